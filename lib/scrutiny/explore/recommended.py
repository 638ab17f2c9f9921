"""The recommendations that a reader asks for: a list, their movement, or one's whole history."""

from __future__ import annotations

import base64
import csv
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from scrutiny import charts, tables
from scrutiny.edition.load import editions_of
from scrutiny.explore.asked import Asked, read, settle
from scrutiny.explore.key import key_of
from scrutiny.markup import number
from scrutiny.markup import text as escape
from scrutiny.periods import month, month_name
from scrutiny.project import Project
from scrutiny.report import Recommended, Report, build_report
from scrutiny.report.tracker import owners_of
from scrutiny.tables.recommendations import listed
from scrutiny.words.notes import RECONSTRUCTION

TRACKER = "recommendation-tracker"
ALL = "all"
STATUSES = {ALL: "Any", "green": "Green", "amber": "Amber", "red": "Red", "open": "Open"}
LATE = {ALL: "Overdue or not", "overdue": "Overdue alone"}
NAMES = {
    "edition": "edition", "status": "status", "owner": "owner", "theme": "theme",
    "late": "lateness", "one": "recommendation",
}  # fmt: skip


@dataclass(frozen=True)
class Filter(Asked):
    """Which recommendations to show; each field is a key as it stands in a permalink."""

    edition: str
    status: str = ALL
    owner: str = ALL
    theme: str = ALL
    late: str = ALL
    one: str = ALL


class Filters:
    """What the editions of the tracker let one choose."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self.editions = tuple(reversed(editions_of(project.params, TRACKER)))
        self.report = lru_cache(maxsize=None)(self._report)

    def _report(self, edition: str, part: str = "") -> Report:
        return build_report(TRACKER, edition, part=part, project=self._project)

    def offered(self, name: str, chosen: Filter) -> Mapping[str, str]:
        """Return what a control offers beside the values of those before it: key to its name."""
        if name == "edition":
            return {
                e: f"{month_name(month(e))}: {self.report(e).edition.settings.origin}"
                for e in self.editions
            }
        if name in ("status", "late"):
            return STATUSES if name == "status" else LATE
        tracker = self.report(chosen.edition).tracker
        if name == "one":
            found = {r.tag: f"Recommendation {r.recommendation.number}" for r in tracker.all}
            return {ALL: "All that fit the other choices"} | found
        named = tracker.owners if name == "owner" else tracker.themes
        return {ALL: "Any"} | {tag: full for full, tag in named.items()}

    def read(self, query: str) -> tuple[Filter, tuple[str, ...]]:
        """Return what a query string asks for, and a message for all that was passed over."""
        return read(query, Filter(self.editions[0]), NAMES, self.settled)

    def settled(self, chosen: Filter, name: str) -> tuple[Filter, str]:
        """Return the filter with one field at a value that can be had, and why it was changed."""
        usual = getattr(Filter(self.editions[0]), name)
        return settle(chosen, name, self.offered(name, chosen), usual, NAMES[name])


def found(report: Report, chosen: Filter) -> tuple[Recommended, ...]:
    """Return the recommendations that fit all choices."""
    tracker = report.tracker
    owners = {tag: full for full, tag in tracker.owners.items()}
    themes = {tag: full for full, tag in tracker.themes.items()}
    tests: list[Callable[[Recommended], bool]] = [
        lambda r: chosen.status in (ALL, r.rag.value if r.rag else "open"),
        lambda r: chosen.owner == ALL or owners[chosen.owner] in owners_of(r.recommendation),
        lambda r: chosen.theme == ALL or themes[chosen.theme] == r.recommendation.theme,
        lambda r: chosen.late == ALL or r.days_late > 0,
        lambda r: chosen.one in (ALL, r.tag),
    ]
    return tuple(r for r in tracker.all if all(test(r) for test in tests))


def shown(filters: Filters, chosen: Filter) -> str:
    """Return the page under the controls, as markup."""
    report = filters.report(chosen.edition)
    fits = found(report, chosen)
    total = report.number("recommendations", "count", "day")
    at = month_name(month(chosen.edition))
    sentence = (
        f"<strong>{len(fits)}</strong> of {number(total)} recommendations fit, as they stood at "
        f"the end of {escape(at)}."
    )
    parts = [f'<div class="said" id="said"><p>{sentence}</p></div>']
    if fits:
        own = replace(report, recommended=fits, tracker=replace(report.tracker, listed=fits))
        if chosen.one != ALL:
            parts.append(tables.timeline(filters.report(chosen.edition, chosen.one))._repr_html_())
        parts.append(listed(own, f"Recommendations that fit, {at}", fits)._repr_html_())
        parts.append(charts.history(own)._repr_html_())
    else:
        parts.append("<p>None fits all choices: take one of them back.</p>")
    return "\n".join([*parts, _along(chosen, fits), key_of("".join(parts))])


def as_csv(fits: tuple[Recommended, ...]) -> str:
    """Return the recommendations that are shown, a row each, as the registers have them."""
    told = io.StringIO()
    writer = csv.writer(told, lineterminator="\n")
    writer.writerow(
        ["number", "text", "theme", "asked_of", "asked_on", "asked_for", "offered_for", "status",
         "days_overdue"]
    )  # fmt: skip
    for each in fits:
        own = each.recommendation
        writer.writerow(
            [own.number, own.text, own.theme, own.addressee, own.asked_on, own.asked_for or "",
             each.offer.offered_for if each.offer else "", each.rag.value if each.rag else "open",
             each.days_late]
        )  # fmt: skip
    return told.getvalue()


def _along(chosen: Filter, fits: tuple[Recommended, ...]) -> str:
    data = base64.b64encode(as_csv(fits).encode()).decode()
    return (
        '<section aria-labelledby="take"><h2 id="take">Take it along</h2><ul>'
        f'<li><a class="download" download="recommendations-{escape(chosen.edition)}.csv" '
        f'href="data:text/csv;base64,{data}">Download this list (CSV)</a></li>'
        f'<li><a class="permalink" href="{escape(chosen.permalink)}">Link to this view</a></li>'
        f"</ul><p>{RECONSTRUCTION}</p></section>"
    )
