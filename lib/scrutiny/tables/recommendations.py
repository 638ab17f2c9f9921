"""The tracker's list: how many of each status and theme, and a row a recommendation."""

from __future__ import annotations

from dataclasses import dataclass

from scrutiny.markup import text as escape
from scrutiny.periods import date_name
from scrutiny.registers import AcceptanceRag
from scrutiny.report import Recommended, Report
from scrutiny.report.tracked import ALL, COLOURS, OVERDUE
from scrutiny.tables.table import Column, Table
from scrutiny.theme import RAG_SHAPES
from scrutiny.words import Passage

MEANINGS = {
    AcceptanceRag.GREEN: "implemented, or in substance accepted",
    AcceptanceRag.AMBER: "some progress",
    AcceptanceRag.RED: "not accepted",
    None: "not judged yet",
}
NOTHING = Passage("")


@dataclass(frozen=True)
class Grouped:
    """Tables under headings of their own."""

    tables: tuple[tuple[str, Table], ...]

    def _repr_html_(self) -> str:
        return "\n".join(
            f"<h3>{escape(heading)}</h3>\n{table._repr_html_()}" for heading, table in self.tables
        )


def statuses(report: Report) -> Table | Passage:
    """Return how many recommendations have which status, and the change since the last edition."""
    if report.is_extract:
        return NOTHING
    before = report.tracker.before
    rows = [
        (badge(rag), meaning, *_counted(report, COLOURS[rag], changed=before is not None))
        for rag, meaning in MEANINGS.items()
    ]
    rows.append(("All", "each counted once", *_counted(report, ALL, changed=before is not None)))
    since = (Column(f"Change since {before.period_name}", "count"),) if before else ()
    return Table(
        "Recommendations by status",
        (
            Column("Status", numeric=False),
            Column("Meaning", numeric=False),
            Column("Number", "count"),
            *since,
        ),
        tuple(rows),
        () if before else ("No earlier edition about these recommendations is on record here.",),
    )


def themes(report: Report) -> Table | Passage:
    """Return how many recommendations of each theme have which status, and how many are late."""
    if report.is_extract:
        return NOTHING
    measures = (ALL, *COLOURS.values(), OVERDUE)
    return Table(
        "Recommendations by theme and status",
        (
            Column("Theme", numeric=False),
            Column("All", "count"),
            *(Column(rag.value.capitalize() if rag else "Not judged", "count") for rag in COLOURS),
            Column("Overdue", "count"),
        ),
        tuple(
            (
                escape(theme),
                *(report.number(m, "count", "day", tag=f"theme-{tag}") for m in measures),
            )
            for theme, tag in report.tracker.themes.items()
        ),
    )


def recommendations(report: Report) -> Grouped | Table:
    """Return a row a recommendation, under its theme, or the pages of a list that is too long."""
    tracker = report.tracker
    if tracker.pages:
        return _pages(report)
    if tracker.alone:
        (found,) = tracker.listed
        return listed(report, f"Recommendation {found.recommendation.number}", tracker.listed)
    grouped = [(theme, tracker.of_theme(theme)) for theme in tracker.themes]
    return Grouped(
        tuple(
            (theme, listed(report, f"{theme}: {numbered(found)}", found))
            for theme, found in grouped
        )
    )


def badge(rag: AcceptanceRag | None) -> str:
    """Return a status as a shape, a word and a colour."""
    if rag is None:
        return '<span class="rag">○ OPEN</span>'
    shape = f'<span aria-hidden="true">{RAG_SHAPES[rag.value]}</span>'
    return f'<span class="rag {rag.value}">{shape} {rag.value.upper()}</span>'


def numbered(found: tuple[Recommended, ...]) -> str:
    """Return ``recommendations 5, 6 and 8``."""
    numbers = [r.recommendation.number for r in found]
    if len(numbers) == 1:
        return f"recommendation {numbers[0]}"
    return f"recommendations {', '.join(numbers[:-1])} and {numbers[-1]}"


def name(found: Recommended) -> str:
    """Return what heads a recommendation's row in the tables beside the list."""
    own = found.recommendation
    return f"Recommendation {escape(own.number)}: {escape(own.theme)}"


def _counted(report: Report, measure: str, *, changed: bool) -> tuple:
    change = (report.number(measure, "change", "day"),) if changed else ()
    return (report.number(measure, "count", "day", tag=_own_tag(report)), *change)


def _own_tag(report: Report) -> str:
    return report.part if report.is_extract else ""


def listed(report: Report, caption: str, found: tuple[Recommended, ...]) -> Table:
    """Return a row a recommendation: status, what became of it, dates, owner."""
    return Table(
        caption,
        (
            Column("Recommendation", numeric=False),
            Column("Status", numeric=False),
            Column("What became of it", numeric=False),
            Column("Answer asked for by", numeric=False),
            Column("Answer offered for", numeric=False),
            Column("Committee looks next", numeric=False),
            Column("Asked of", numeric=False),
        ),
        tuple(_row(r) for r in found),
        cards=True,
    )


def _row(found: Recommended) -> tuple[str, ...]:
    own = found.recommendation
    parts = "".join(
        f"<li><strong>{escape(part.number)}</strong> {escape(part.text)}</li>"
        for part in found.parts
    )
    head = f'<span id="recommendation-{found.tag}">{escape(own.number)}. {escape(own.text)}</span>'
    late = "<br><strong>Overdue</strong>" if found.days_late else ""
    return (
        head + (f'<ul class="parts">{parts}</ul>' if parts else ""),
        badge(found.rag) + late,
        escape(_outcome(found)),
        escape(own.asked_for or "no date asked"),
        escape(found.offer.offered_for if found.offer else "no date offered"),
        escape(found.next_check.next_check if found.next_check else "no date set"),
        escape(own.addressee),
    )


def _outcome(found: Recommended) -> str:
    """Return the judgement's reason, else the last answer."""
    if found.closed:
        return f"Monitoring ended {date_name(found.closed.date)} by {found.closed.decision}."
    said = [entry.response for entry in found.history if entry.response]
    judged = found.judged.response if found.judged else None
    return judged or (said[-1] if said else "No answer on record.")


def _pages(report: Report) -> Table:
    return Table(
        "The list, page by page",
        (
            Column("Recommendations", numeric=False),
            Column("All", "count"),
            Column("Overdue", "count"),
        ),
        tuple(
            (
                f"Recommendations {escape(page.replace('-to-', ' to '))}",
                *(report.number(m, "count", "day", tag=page) for m in (ALL, OVERDUE)),
            )
            for page, _ in report.tracker.pages
        ),
        (
            "The list is too long for one page. Each row here is a page of its own beside this "
            "one, named in the index of all reports.",
        ),
    )
