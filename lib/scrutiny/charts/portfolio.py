"""A portfolio: a chart and a table of each of its measures."""

from __future__ import annotations

from dataclasses import dataclass

import altair as alt
import pandas as pd

from scrutiny import theme
from scrutiny.charts import months as drawing
from scrutiny.charts.describe import extremes, source_line
from scrutiny.charts.figure import Figure
from scrutiny.charts.lines import trend
from scrutiny.markup import text as escape
from scrutiny.measures import catalogue
from scrutiny.measures.summaries import Summary
from scrutiny.periods import month, short_month_name
from scrutiny.report import Report
from scrutiny.tables import Column, Table
from scrutiny.words.sentence import Passage, named

SIZE = (470, 190)


@dataclass(frozen=True)
class Portfolio:
    """Figures, each under the name of its measure and what it means."""

    figures: tuple[tuple[str, str, Figure | Passage], ...]

    def _repr_html_(self) -> str:
        return "\n".join(
            f"<h3>{escape(name)}</h3>\n<p>{escape(meaning)}</p>\n{figure._repr_html_()}"
            for name, meaning, figure in self.figures
        )


def portfolio(report: Report) -> Portfolio | Passage:
    """Return a figure of each measure of the page's portfolio; nothing on the main page."""
    if report.listing is None or not report.is_extract:
        return Passage("")
    return Portfolio(
        tuple(
            (entry.name, " ".join([entry.definition, *entry.caveats]), _figure(report, found))
            for found in report.listing.summaries
            for entry in [catalogue()[found.measure]]
        )
    )


def _figure(report: Report, found: Summary) -> Figure | Passage:
    if found.measure in report.measures:
        return trend(report, found.measure)
    return _points(report, found)


def _points(report: Report, found: Summary) -> Figure:
    """Return the months or quarters of a measure that is set against no usual variation."""
    entry = catalogue()[found.measure]
    points = list(found.points)
    first, last = (short_month_name(month(points[i][0])) for i in (0, -1))
    share = found.latest.statistic == "share"
    unit = "%" if share else entry.unit
    data = pd.DataFrame(
        [
            {"month": name, "value": number.value}
            for name, number in points
            if number.value is not None
        ]
    )
    from_nought = bool(data["value"].min() < data["value"].max() / 2)
    over = first if first == last else f"{first} to {last}"
    return Figure(
        identity=f"figure-points-{found.measure}",
        title=f"{entry.name}, {over}",
        description=(
            f"Line chart of {entry.in_sentence} in {named(report.area)}, {over}. "
            f"{extremes([p for p in points if p[1].value is not None])}"
            + ("" if from_nought else " The scale does not begin at 0.")
        ),
        source=source_line(report, found.measure),
        table=Table(
            f"{entry.name} in {named(report.area)}, {over}",
            (Column("Month", numeric=False), Column(entry.name, unit)),
            tuple((short_month_name(month(name)), number) for name, number in points),
        ),
        chart=_chart(data, unit if share else unit.capitalize(), from_nought),
        data=data,
    )


def _chart(data: pd.DataFrame, unit: str, from_nought: bool) -> alt.LayerChart:
    first, last = data["month"].iloc[0], data["month"].iloc[-1]
    names = drawing.window_between(first, last).months
    placed = data.assign(at=data["month"].map({name: i for i, name in enumerate(names)}))
    title = unit if from_nought else [unit, "(scale does not begin at 0)"]
    y = alt.Y(
        "value:Q", title=title, axis=alt.Axis(titlePadding=12, tickCount=4),
        scale=alt.Scale(zero=from_nought, padding=8),
    )  # fmt: skip
    base = alt.Chart(placed[["at", "value"]], width=SIZE[0], height=SIZE[1]).encode(
        x=drawing.axis(names, drawing.QUARTERS), y=y
    )
    return alt.layer(
        base.mark_line(color=theme.DARK_BLUE, strokeWidth=2),
        base.mark_point(filled=True, opacity=1, size=36, color=theme.DARK_BLUE),
    )
