"""The tracker's tables: how many of each status, and a row a recommendation."""

from __future__ import annotations

from scrutiny.markup import text as escape
from scrutiny.registers import Rag
from scrutiny.report import Recommended, Report
from scrutiny.report.tracker import MEASURES
from scrutiny.tables.table import Column, Table
from scrutiny.theme import RAG_SHAPES

MEANINGS = {
    Rag.GREEN: "implemented, or in substance accepted",
    Rag.AMBER: "some progress",
    Rag.RED: "not accepted",
}


def statuses(report: Report) -> Table:
    """Return how many recommendations have which status; a status that none has is 0."""
    rows = [
        (badge(rag), MEANINGS[rag], report.number(MEASURES[rag], "count", "day"))
        for rag in MEANINGS
    ]
    rows.append(("All", "each counted once", report.number(MEASURES[None], "count", "day")))
    return Table(
        "Recommendations by status",
        (
            Column("Status", numeric=False),
            Column("Meaning", numeric=False),
            Column("Number", "count"),
        ),
        tuple(rows),
    )


def recommendations(report: Report) -> Table:
    """Return a row a recommendation: what was asked, its status, the answer, what comes next."""
    return Table(
        "The committee's recommendations and what became of them",
        (
            Column("Recommendation", numeric=False),
            Column("Status", numeric=False),
            Column("What became of it", numeric=False),
            Column("Answer asked for by", numeric=False),
            Column("Answer offered for", numeric=False),
            Column("Committee looks next", numeric=False),
            Column("Asked of", numeric=False),
        ),
        tuple(_row(r) for r in report.recommended),
        (
            "Texts are paraphrases of the document named here; recommendations.csv names the line: "
            f"{escape(report.registers.document(report.edition.settings.document).title)}.",
            "Sub-parts are judged together with their recommendation.",
        ),
        cards=True,
    )


def badge(rag: Rag | None) -> str:
    """Return a status as a shape, a word and a colour."""
    if rag is None:
        return '<span class="rag">○ OPEN</span>'
    shape = f'<span aria-hidden="true">{RAG_SHAPES[rag]}</span>'
    return f'<span class="rag {rag}">{shape} {rag.upper()}</span>'


def _row(found: Recommended) -> tuple[str, ...]:
    own = found.recommendation
    parts = "".join(
        f"<li><strong>{escape(part.number)}</strong> {escape(part.text)}</li>"
        for part in found.parts
    )
    head = f"{escape(own.number)}. {escape(own.text)}" + (
        f'<ul class="parts">{parts}</ul>' if parts else ""
    )
    judged = found.judged
    return (
        head,
        badge(found.rag),
        escape(judged.response if judged and judged.response else "No answer on record."),
        escape(own.asked_for or "no date asked"),
        escape((judged and judged.offered_for) or "no date offered"),
        escape((judged and judged.next_check) or "no date set"),
        escape(own.addressee),
    )
