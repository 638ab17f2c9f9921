"""The pictures of the measure that a page or a dashboard explores."""

from __future__ import annotations

from collections.abc import Callable

from scrutiny.charts.figure import Figure
from scrutiny.charts.funnel import funnel
from scrutiny.charts.intervals import boroughs
from scrutiny.charts.lines import trend
from scrutiny.charts.tiles import tiles
from scrutiny.report import Report
from scrutiny.words.sentence import Passage, paragraphs

_DRAWN: dict[str, Callable[[Report, str], Figure | Passage | None]] = {
    "trend": trend,
    "boroughs": boroughs,
    "map": tiles,
    "funnel": funnel,
}
NO_MAP = "The map is of London as a whole: choose London as the area to see it."
NOT_BY_BOROUGH = (
    "The files hold this measure for London as a whole alone, or too few are counted in a borough "
    "to tell."
)


def picture(report: Report, name: str) -> Figure | Passage:
    """Return a picture of the page's measure: ``trend``, ``boroughs``, ``map`` or ``funnel``.

    Of a measure without boroughs ``boroughs`` says so, and what else is about them is nothing; on
    the page that lists all measures every picture is.
    """
    if not report.part:
        return Passage("")
    if name != "trend" and not report.standings:
        return paragraphs(NOT_BY_BOROUGH) if name == "boroughs" else Passage("")
    return _DRAWN[name](report, report.part) or paragraphs(NO_MAP)
