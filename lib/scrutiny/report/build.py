"""``build_report()``: the front door of the package for a notebook."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from scrutiny import edition as editions
from scrutiny import places, registers
from scrutiny.edition import EXPLORE, REPORTS, Edition
from scrutiny.errors import FaultyEdition, ScrutinyError, UnknownPlace, near
from scrutiny.measures import Figures, Result, to_frame
from scrutiny.project import Project, open_project
from scrutiny.report import (
    boroughs,
    committee,
    continuity,
    elsewhere,
    explored,
    finance,
    scorecard,
    since,
    territorial,
    texts,
    tracker,
)
from scrutiny.report.model import Report
from scrutiny.report.reading import figures_of, registers_of, stamp_of, used
from scrutiny.sources import inputs
from scrutiny.sources.releases import releases

SHOWN_UNKNOWN = 3
REPORTS_KEPT = 64  # those of an edition with a page for each borough
TERRITORIAL = "territorial-performance"
_CONTENTS: dict[str, Callable[..., dict]] = {
    "committee-monthly": committee.contents,
    "borough-priorities": boroughs.contents,
    "partner-scorecard": scorecard.contents,
}
_WANTED: dict[str, Callable[..., tuple[str, ...]]] = {
    "committee-monthly": committee.wanted,
    "borough-priorities": boroughs.wanted,
    "partner-scorecard": scorecard.wanted,
}


def build_report(
    report: str, edition: str, place: str = "", part: str = "", *, project: Project | None = None
) -> Report:
    """Return the frozen report of one page.

    ``report`` and ``edition`` name the folder below ``params``; ``place`` is a borough's folder
    name (empty: London), ``part`` another part of the report (empty: the main page). The project
    is the one that the working folder is in. Raises :class:`scrutiny.errors.ScrutinyError` with
    the cause and the cure.
    """
    project = project or open_project()
    read = (project.params / report, project.registers, *project.given_data)
    stamp = stamp_of(*read, project.inbox, project.sample)
    return _built(project, report, edition, place, part, stamp)


# A kernel that is forked from the process which planned its page finds the page's report here.
@lru_cache(maxsize=REPORTS_KEPT)
def _built(
    project: Project, report: str, edition: str, place: str, part: str, stamp: tuple
) -> Report:
    loaded = editions.load(project.params, report, edition)
    books = _books(project)
    area = _area(loaded, place or part, books)
    _check_documents(loaded, books)
    _check_finance(loaded, books)
    found, figures = _figures(project, loaded, books)
    earlier = _previous(project, loaded)
    if report == "partner-scorecard":
        scorecard.refuse_departures(loaded, earlier, books)
    if report == "committee-monthly" and part:
        made = committee.part_contents(loaded, figures, books, part)
    elif report == TERRITORIAL:
        areas = project.root / "data" / "areas"
        made = territorial.contents(loaded, figures, books, area, areas)
    elif report == EXPLORE:
        loaded = explored.edition_of(loaded, figures, part) if part else loaded
        made = explored.contents(loaded, figures, part)
    elif report in _CONTENTS:
        made = _CONTENTS[report](loaded, figures, books, area)
    else:
        made = tracker.contents(loaded, books, part, earlier)
    numbers = made.pop("results")
    if not part:
        numbers += _beside(loaded, earlier, figures, books, area, made, numbers)
    if report == "committee-monthly" and not part:
        made["since"] = _since(project, loaded, earlier, numbers, books)
        numbers += made["since"].results if made["since"] else ()
    to_frame(numbers)  # refuses two numbers of one name
    known = MappingProxyType({result.result_id: result for result in numbers})
    # A page cut out of a list shows none of the texts.
    told = [] if part else texts.warnings(loaded, area, known)
    return Report(
        edition=loaded,
        area=area,
        part=place or part,
        numbers=known,
        registers=finance.redacted(books, getattr(loaded.settings, "meeting", None)),
        files=used(figures, numbers),
        warnings=_warnings(loaded, found, made, told),
        **made,
    )


def opened(project: Project) -> tuple[Figures, registers.Registers]:
    """Return the monthly figures and the registers of the project's data, as they are now."""
    books = _books(project)
    return figures_of(project, (), (), books.series_breaks, False, _stamp(project))[1], books


def parts(project: Project, report: str, edition: str) -> tuple[list[str], list[str]]:
    """Return the parts that are built with an edition, and those that are built when named.

    Raises :class:`scrutiny.errors.ScrutinyError` for an edition or register that is faulty.
    """
    if REPORTS[report].for_places:
        return [place.folder for place in places.boroughs()], []
    if report == "committee-monthly":
        loaded = editions.load(project.params, report, edition)
        return committee.parts(loaded, _books(project)), []
    if report == TERRITORIAL:
        return [], []
    if report == EXPLORE:
        loaded = editions.load(project.params, report, edition)
        return [*explored.parts(loaded, _figures(project, loaded, _books(project))[1])], []
    return tracker.parts(editions.load(project.params, report, edition), _books(project))


def references(project: Project, edition: str, part: str = "") -> tuple[str, ...]:
    """Return the keys of the register rows behind a tracker: recommendations, then actions.

    Raises :class:`scrutiny.errors.UnknownPlace` for a part that is none of its recommendations.
    """
    loaded = editions.load(project.params, "recommendation-tracker", edition)
    made = tracker.contents(loaded, _books(project), part, None)["tracker"]
    whole = [r.recommendation.reference for r in made.all]
    under = [own.reference for r in made.all for own in r.parts]
    return (*whole, *under, *(action.reference for action in made.actions))


def _area(edition: Edition, name: str, books: registers.Registers) -> str:
    """Return the area of a page: a borough's of a report that is issued for them, else London.

    Raises :class:`scrutiny.errors.UnknownPlace` for a name that is no place and no part.
    """
    if not name or edition.report not in (*_CONTENTS, TERRITORIAL):
        return places.MPS
    for_places = REPORTS[edition.report].for_places
    if for_places:
        known = [p.folder for p in places.boroughs()]
    else:
        known = [] if edition.report == TERRITORIAL else committee.parts(edition, books)
    if name not in known:
        what = "place" if for_places else "part"
        raise UnknownPlace(f"{edition.target} has no {what} {name!r}{near(name, known)}")
    return places.by_folder(name).name if for_places else places.MPS


def _check_documents(edition: Edition, books: registers.Registers) -> None:
    """Refuse an edition that names a document which the register does not hold."""
    known = [document.document for document in books.documents]
    own = {"document": [edition.settings.document] if hasattr(edition.settings, "document") else []}
    own["hearings"] = getattr(edition.settings, "hearings", ())
    for field, named in own.items():
        for document in filter(None, named):
            if document not in known:
                raise FaultyEdition(
                    f"{edition.target}/edition.yml: {field}: {document!r} is not in documents.csv"
                    f"{near(document, known)}"
                )


def _check_finance(edition: Edition, books: registers.Registers) -> None:
    """Refuse an edition whose texts hold a figure that the register of finance withholds."""
    day = getattr(edition.settings, "meeting", None)
    values = finance.withheld_values(books, day)
    if found := finance.problems(edition.texts.items(), values):
        raise FaultyEdition("; ".join(f"{edition.target}/{problem}" for problem in found))


def _stamp(project: Project) -> tuple:
    return stamp_of(*project.given_data, project.inbox, project.sample)


def _figures(
    project: Project, edition: Edition, books: registers.Registers
) -> tuple[inputs.Inputs, Figures]:
    """Return the files that an edition is made from, and the figures in them."""
    settings = edition.settings
    order, breaks, weekly = settings.vintage, books.series_breaks, settings.weekly
    return figures_of(project, edition.pins, order, breaks, weekly, _stamp(project))


def _books(project: Project) -> registers.Registers:
    return registers_of(project.registers, stamp_of(project.registers))


def _previous(project: Project, edition: Edition) -> Edition | None:
    """Return the last edition of the same kind: weekly or not, about the same recommendations."""
    alike = {"weekly": edition.settings.weekly}
    if hasattr(edition.settings, "origin"):
        alike["origin"] = edition.settings.origin
    return editions.previous(project.params, edition, **alike)


def _since(
    project: Project,
    edition: Edition,
    previous: Edition | None,
    numbers: list[Result],
    books: registers.Registers,
) -> since.Since | None:
    """Return what changed since the last edition, whose main page is made from the same files."""
    if previous is None:
        return None
    try:
        _, figures = _figures(project, previous, books)
        made = committee.contents(previous, figures, books, places.MPS)
        had = made.pop("results")
        had += _beside(previous, None, figures, books, places.MPS, made, had)
    except ScrutinyError as error:
        return since.Since(previous.target, refusal=str(error))
    return since.since(edition, previous, had, numbers, books)


def _beside(
    edition: Edition,
    previous: Edition | None,
    figures: Figures,
    books: registers.Registers,
    area: str,
    made: dict,
    numbers: list[Result],
) -> list[Result]:
    """Add to a report what stands beside its figures; return the numbers that this takes.

    Whether they compare, what other files hold of the same months, and what was in the last
    edition and is gone.
    """
    if edition.report not in _WANTED:
        return []
    now, before = edition.now, edition.before
    shown = (*made["measures"], *made.get("shares", ()))
    listed = made["listing"].compared(now) if made.get("listing") else ()
    made["compared"] = MappingProxyType(
        {m: figures.comparability(m, area, before, now) for m in dict.fromkeys([*shown, *listed])}
    )
    counts = {number.result_id: number for number in numbers}
    made["elsewhere"] = elsewhere.contents(figures, made["measures"], area, now, counts)
    made_of = used(figures, numbers)
    meeting = getattr(edition.settings, "meeting", None)
    late = releases(made_of, meeting) if meeting else ()
    made["late"] = tuple(release.sentence for release in late if release.late)
    if previous:
        recorded = {change.indicator for change in books.scorecard_changes}
        listed = [m for m in _WANTED[edition.report](previous, books, area) if m not in recorded]
        had, _ = continuity.living(figures, listed, area, previous.now.last)
        made["alarms"] = continuity.alarms(edition, previous, had, shown)
    return [
        number
        for found in made["elsewhere"]
        for number in (*found.others.values(), found.largest)
        if number
    ]


def _warnings(
    edition: Edition, found: inputs.Inputs, made: Mapping[str, Any], of_texts: list[str]
) -> tuple[str, ...]:
    warnings = []
    if found.unknown:
        shown = ", ".join(found.unknown[:SHOWN_UNKNOWN])
        others = len(found.unknown) - SHOWN_UNKNOWN
        more = f" and {others} more" if others > 0 else ""
        warnings.append(f"not used, as no reader knows the contents: {shown}{more}")
    if found.pins_ignored:
        warnings.append(f"the pins of {edition.target} were not used: --data was given")
    warnings += [f"alarm: {alarm}" for alarm in made.get("alarms", ())]
    warnings += [f"none of the files holds {m}" for m in made.get("missing_measures", ())]
    warnings += [ended.sentence for ended in made.get("ended", ())]
    warnings += made.get("late", ())
    warnings += of_texts
    refused = [m for m, found in made.get("compared", {}).items() if found.refusals]
    warnings += [f"{m} is not compared: {made['compared'][m].note}" for m in refused]
    return tuple(warnings)
