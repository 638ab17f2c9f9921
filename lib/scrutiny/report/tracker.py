"""What the recommendation tracker holds: each recommendation as it stands at the edition's end."""

from __future__ import annotations

from scrutiny import places
from scrutiny.edition import Edition
from scrutiny.errors import FaultyEdition
from scrutiny.measures import Figures, Result, catalogue, printing, result_id
from scrutiny.registers import HistoryEntry, Rag, Recommendation, Registers
from scrutiny.report.model import Recommended

MEASURES = {
    None: "recommendations",
    Rag.GREEN: "recommendations-green",
    Rag.AMBER: "recommendations-amber",
    Rag.RED: "recommendations-red",
}


def contents(edition: Edition, figures: Figures, registers: Registers, area: str) -> dict:
    """Return the fields of the page: the recommendations, and how many have which status.

    Raises :class:`scrutiny.errors.FaultyEdition` where the edition names a document or origin
    that the register does not hold.
    """
    settings = edition.settings
    own = [
        r
        for r in registers.recommendations
        if r.origin == settings.origin and r.asked_on[:7] <= edition.name
    ]
    if not own:
        raise FaultyEdition(
            f"{edition.target}: recommendations.csv holds none of origin {settings.origin!r} "
            f"asked by {edition.name}; correct the edition's origin, or add the rows"
        )
    recommended = tuple(
        _as_it_stands(r, own, registers, edition.name) for r in own if r.parent is None
    )
    return {
        "results": [_count(edition, rag, recommended) for rag in MEASURES],
        "measures": tuple(MEASURES.values()),
        "recommended": recommended,
    }


def _as_it_stands(
    recommendation: Recommendation, own: list[Recommendation], registers: Registers, month: str
) -> Recommended:
    """Return the recommendation with its history up to the end of the month."""
    history: list[HistoryEntry] = sorted(
        (
            entry
            for entry in registers.recommendation_history
            if entry.reference == recommendation.reference and entry.date[:7] <= month
        ),
        key=lambda entry: entry.date,
    )
    judged = [entry for entry in history if entry.event == "judged"]
    return Recommended(
        recommendation=recommendation,
        parts=tuple(r for r in own if r.parent == recommendation.number),
        rag=judged[-1].rag if judged else None,
        judged=judged[-1] if judged else None,
        answers=tuple(entry for entry in history if entry.event == "answered"),
        history=tuple(history),
    )


def _count(edition: Edition, rag: Rag | None, recommended: tuple[Recommended, ...]) -> Result:
    measure = MEASURES[rag]
    number = sum(rag is None or r.rag == rag for r in recommended)
    last = edition.settings.data_to
    return Result(
        result_id=result_id(measure, places.MPS, "count", "day"),
        measure=measure,
        area=places.MPS,
        area_kind="force",
        period=f"{last.end_time:%Y-%m-%d}",
        comparator="",
        statistic="count",
        value=float(number),
        unit=catalogue()[measure].unit,
        printed=printing.count(number),
        method="rows of the register, sub-parts not counted",
        sources=edition.settings.document,
        note="as at the end of the month",
    )
