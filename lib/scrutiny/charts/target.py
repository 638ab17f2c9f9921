"""The year against the line that would lead to the MOPAC Challenge's aim."""

from __future__ import annotations

import altair as alt
import pandas as pd

from scrutiny import theme
from scrutiny.charts import months as drawing
from scrutiny.charts.describe import source_line
from scrutiny.charts.figure import Figure
from scrutiny.markup import number
from scrutiny.markup import text as escape
from scrutiny.measures import catalogue
from scrutiny.measures.trajectory import LABEL, YEARS, Compared, Trajectory
from scrutiny.periods import (
    financial_year,
    financial_year_window,
    month,
    parse_window,
    short_month_name,
)
from scrutiny.report import Report
from scrutiny.tables import Column, Table
from scrutiny.tables.table import Cell
from scrutiny.words.sentence import Passage, named, paragraphs

SIZE = (450, 300)
TO_COME = "to come"
# Of the baseline year, the line and the year at hand: colour, dash and width.
_LOOKS = {
    "baseline": (theme.DARK_GREY, [2, 3], 2),
    "line": (theme.DARK_PINK, [9, 4], 2.5),
    "count": (theme.DARK_BLUE, [1, 0], 3),
}


def target(report: Report) -> Figure | Passage:
    """Return the financial year against the illustrative line and the baseline year, by month."""
    found = report.trajectory
    if found is None:
        return Passage("") if report.has_challenge_elsewhere else _none(report)
    entry = catalogue()[found.measure]
    year, baseline = _year(found.months[0].name), _year(found.months[0].baseline.period[:7])
    data = pd.DataFrame(
        [
            {"series": series, "month": point.name, "value": result.value}
            for point in found.months
            for series in _LOOKS
            if (result := getattr(point, series))
        ]
    )
    names = {
        "baseline": f"{baseline}, the baseline",
        "line": "Illustrative line",
        "count": year,
    }
    return Figure(
        identity="figure-target",
        title=(
            f"{entry.name} by month in {year} against an illustrative line and the baseline year "
            f"{baseline}"
        ),
        description=_description(found, entry.name, year, baseline),
        source=source_line(report, found.measure),
        table=_table(report, found, year, baseline),
        chart=_chart(data, found, names, entry.unit),
        data=data,
    )


def _none(report: Report) -> Passage:
    """Return why no line is shown."""
    baseline = report.edition.settings.baseline_year
    if not baseline:
        return paragraphs("No line is shown: the edition names no baseline year.")
    begins = financial_year_window(baseline).last
    last = report.edition.now.last
    if last <= begins:
        why = f"the months are not after the baseline year {baseline}"
    elif last > begins + 12 * YEARS:
        why = f"it ended with {financial_year(begins + 12 * YEARS)}"
    else:
        why = f"the year does not compare with the baseline year {baseline}"
    return paragraphs(f"No line is shown: {escape(why)}.")


def _year(name: str) -> str:
    return financial_year(month(name))


def _description(found: Trajectory, name: str, year: str, baseline: str) -> str:
    now, gap = found.to_date, found.gap
    last = _year(found.years[-1].period[-7:])
    side = {"+": "above", "-": "below"}.get(gap.printed[0], "on")
    apart = "" if side == "on" else f" ({gap.printed} percentage points)"
    return (
        f"Line chart of the {name} by month in {year} against a straight line from {baseline} to "
        f"20% less in {last}. The line is {LABEL}. {parse_window(now.count.period).name}: "
        f"{now.count.printed} offences, {now.line.printed} on the line and {now.baseline.printed} "
        f"in the same months of {baseline}; the count is {side} the line{apart}. "
        "The scale does not begin at 0."
    )


def _chart(data: pd.DataFrame, found: Trajectory, names: dict[str, str], unit: str) -> alt.Chart:
    months = [point.name for point in found.months]
    placed = data.assign(at=data["month"].map({name: i for i, name in enumerate(months)}))
    x = drawing.axis(months, tuple(name[-2:] for name in months[::2]))
    title = [f"{unit.capitalize()} a month", "(scale does not begin at 0)"]
    scale = alt.Scale(zero=False)
    y = alt.Y("value:Q", title=title, scale=scale, axis=alt.Axis(titlePadding=12))
    layers = []
    for series, (colour, dash, width) in _LOOKS.items():
        own = placed[placed["series"] == series]
        base = alt.Chart(own[["at", "value"]], width=SIZE[0], height=SIZE[1]).encode(x=x, y=y)
        layers.append(base.mark_line(color=colour, strokeDash=dash, strokeWidth=width))
        if series == "count":
            layers.append(base.mark_point(filled=True, opacity=1, size=45, color=colour))
        end = alt.Chart(own.iloc[[-1]][["at", "value"]])
        # A year that is not over ends among the other lines: its name stands away from them.
        beside = {"align": "left", "dx": 8}
        under = {"align": "right", "dy": -16 if found.gap.printed.startswith("+") else 18}
        where = beside if len(own) == len(months) else under
        words = end.mark_text(text=names[series], color=colour, fontWeight="bold", **where)
        layers.append(words.encode(x=x, y=y))
    return alt.layer(*layers)


def _table(report: Report, found: Trajectory, year: str, baseline: str) -> Table:
    unit = catalogue()[found.measure].unit
    over = parse_window(found.to_date.count.period)
    lines = ", ".join(f"{_year(r.period[-7:])} {number(r)}" for r in found.years)
    return Table(
        f"{catalogue()[found.measure].name} by month in {named(report.area)}, {year}, against an "
        "illustrative line",
        (
            Column("Month", numeric=False),
            Column(baseline, unit),
            Column("Illustrative line", unit),
            Column(year, unit),
        ),
        (
            *(_row(short_month_name(month(point.name))[:3], point) for point in found.months),
            _row(over.short_name, found.to_date),
        ),
        (
            f"The line is {LABEL}. The MOPAC Challenge of 2012 aimed at 20% fewer in four years; "
            "no target was adopted for the years between. The line falls by a twentieth of the "
            f"baseline each year, from {number(found.baseline)} in {baseline}: {lines}. A year's "
            f"value is shared among its months as the count of {baseline} was.",
            f"{escape(over.name)}: the count is {number(found.gap)} percentage points from the "
            f"line, as a share of the same months of {baseline}.",
            *map(escape, found.notes),
        ),
    )


def _row(name: str, point: Compared) -> tuple[Cell, ...]:
    return name, point.baseline, point.line, point.count or TO_COME
