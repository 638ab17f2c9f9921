"""Report to figures. What is drawn are results; nothing is computed here."""

from scrutiny.charts.dots import against_london, changes
from scrutiny.charts.explored import picture
from scrutiny.charts.figure import Figure
from scrutiny.charts.funnel import funnel
from scrutiny.charts.intervals import boroughs
from scrutiny.charts.lines import trend
from scrutiny.charts.multiples import chosen, trends
from scrutiny.charts.portfolio import portfolio
from scrutiny.charts.strip import history
from scrutiny.charts.target import target
from scrutiny.charts.tiles import tiles

__all__ = [
    "Figure",
    "against_london",
    "boroughs",
    "changes",
    "chosen",
    "funnel",
    "history",
    "picture",
    "portfolio",
    "target",
    "tiles",
    "trend",
    "trends",
]
