"""What a file is and what is wrong with it; whether an edition can be built."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path

from scrutiny import sources
from scrutiny.edition import resolve
from scrutiny.errors import FaultyFile, Problem, ScrutinyError, UnknownTarget
from scrutiny.measures import printing
from scrutiny.measures.revisions import Overlap, shared_measures
from scrutiny.project import Project
from scrutiny.publish.plan import plan
from scrutiny.sources import inputs
from scrutiny.sources.inputs import files_in
from scrutiny.sources.reading import Note, Reading

FIELDS = (
    "path", "source", "layout", "vintage", "first_month", "last_month", "rows", "areas",
    "problems", "notes",
)  # fmt: skip


@dataclass(frozen=True)
class Checked:
    """One file or edition: ``named`` says that the user named it, not a folder around it."""

    about: dict
    known: bool
    named: bool
    reading: Reading | None = None

    @property
    def fails(self) -> bool:
        """Whether it makes the check fail: faulty, or unknown although named."""
        return bool(self.about["problems"]) or (self.named and not self.known)


def check(
    project: Project,
    names: Iterable[str],
    progress: Callable[[list[Path]], Iterable[Path]] = list,
) -> list[Checked]:
    """Return what the named files, folders and targets are, in order.

    ``progress`` is given the files of each folder and gives them back one by one.

    Raises :class:`scrutiny.errors.UnknownTarget` for a name that is none of the three.
    """
    found: list[Checked] = []
    for name in names:
        path = Path(name)
        if path.is_dir():
            found += _files(project, files_in(path), progress, named=False)
        elif path.is_file():
            found += _files(project, [path], list, named=True)
        else:
            found += _editions(project, name)
    _note_overlaps(project, [one for one in found if one.reading])
    return found


def _note_overlaps(project: Project, checked: list[Checked]) -> None:
    """Add to each file what it changes in the files beside it and in the project's own."""
    own = {reading.edition: reading for reading in inputs.own(project)}
    beside = own | {one.reading.edition: one.reading for one in checked}
    for one in checked:
        for other in beside.values():
            if other.edition != one.reading.edition:
                reasons = overlaps(one.reading, other)
                one.about["notes"] += [Note(reason).as_dict() for reason in reasons]


def _files(
    project: Project,
    paths: list[Path],
    progress: Callable[[list[Path]], Iterable[Path]],
    *,
    named: bool,
) -> list[Checked]:
    names = [(path, str(path)) for path in paths]
    found = sources.read_all(names, project.cache, project.limits)
    return [
        _file(path, reading, named=named)
        for path, reading in zip(progress(paths), found, strict=True)
    ]


def _file(path: Path, found: Future[Reading | None], *, named: bool) -> Checked:
    about = dict.fromkeys(FIELDS) | {"path": str(path), "problems": [], "notes": []}
    try:
        reading = found.result()
    except FaultyFile as error:
        about["source"] = error.source
        about["problems"] = [problem.as_dict() for problem in error.problems]
        return Checked(about, known=True, named=named)
    except OSError as error:
        about["problems"] = [Problem(f"cannot be read: {error.strerror}").as_dict()]
        return Checked(about, known=False, named=named)
    if reading is None:
        about["notes"] = [
            {"row": None, "column": None, "value": "", "reason": "no reader knows its contents"}
        ]
        return Checked(about, known=False, named=named)
    about |= {field: getattr(reading, field) for field in FIELDS[1:8]}
    about["notes"] = [note.as_dict() for note in reading.notes]
    return Checked(about, known=True, named=named, reading=reading)


def overlaps(reading: Reading, other: Reading) -> list[str]:
    """Return what a file says of the months of another, in words: a sentence each.

    One for each measure that the two, being of about one age, do not count alike; and where the
    file is the later one, one for the largest of the measures that it revises.
    """
    found = shared_measures(reading, other)
    apart = [shared for shared in found if shared.disagrees]
    sentences = [
        f"does not count {shared.measure} as {other.edition} does: {_sums(reading, shared)}; "
        "no series runs across the two"
        for shared in apart
    ]
    revised = [o for o in found if o.later is reading and o.apart and o not in apart]
    if revised:
        first = max(revised, key=lambda shared: shared.sum_earlier)
        sentences.append(
            f"revises {other.edition} in {len(revised)} measures, {first.measure} among them: "
            f"{_sums(reading, first)}"
        )
    replaced = [o for o in found if o.earlier is reading and o.apart and o not in apart]
    if replaced:
        first = max(replaced, key=lambda shared: shared.sum_earlier)
        sentences.append(f"is revised by {other.edition}, {first.measure} among others")
    return sentences


def _sums(reading: Reading, shared: Overlap) -> str:
    values = [shared.sum_later, shared.sum_earlier]
    own, others = (f"{v:,.10g}" for v in (values if shared.later is reading else values[::-1]))
    change = printing.percent_change(100 * shared.apart)
    return (
        f"{own} against {others} in {shared.first}..{shared.last} "
        f"({change} from the earlier file to the later)"
    )


def _editions(project: Project, name: str) -> list[Checked]:
    try:
        targets = resolve(project.params, [name])
    except UnknownTarget as error:
        raise UnknownTarget(f"{error}; nor is there a file or folder {name}") from error
    found = []
    for target in targets:
        about = dict.fromkeys(FIELDS) | {"path": str(target), "source": "edition"}
        about |= {"problems": [], "notes": []}
        try:
            warnings = plan(project, [target], named=True).warnings
            about["notes"] = [
                {"row": None, "column": None, "value": "", "reason": warning}
                for warning in warnings
            ]
        except ScrutinyError as error:
            about["problems"] = [Problem(str(error)).as_dict()]
        found.append(Checked(about, known=True, named=True))
    return found


def sentence(checked: Checked) -> str:
    """Return the check of one file in a line, and a line for each problem and note."""
    about = checked.about
    if not checked.known and not about["problems"]:
        head = f"?  {about['path']}: unknown, no reader knows its contents"
        return head
    mark = "✗" if about["problems"] else "✓"
    if about["source"] == "edition":
        what = "cannot be built" if about["problems"] else "can be built"
    elif about["vintage"]:
        what = (
            f"{about['source']}, layout {about['layout']}, vintage {about['vintage']}, "
            f"{about['first_month']} to {about['last_month']}, {about['rows']:,} rows, "
            f"{about['areas']} areas"
        )
    else:
        what = f"{about['source'] or 'a file'}, refused whole"
    lines = [f"{mark}  {about['path']}: {what}"]
    lines += [f"     problem: {Problem(**_words(p)).sentence()}" for p in about["problems"]]
    lines += [f"     note: {Problem(**_words(n)).sentence()}" for n in about["notes"]]
    return "\n".join(lines)


def _words(entry: dict) -> dict:
    return {key: value for key, value in entry.items() if value is not None}
