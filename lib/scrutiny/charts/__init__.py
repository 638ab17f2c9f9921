"""Report to figures. What is drawn are results; nothing is computed here."""

from scrutiny.charts.dots import against_london, changes
from scrutiny.charts.figure import Figure
from scrutiny.charts.lines import trend, trends

__all__ = ["Figure", "against_london", "changes", "trend", "trends"]
