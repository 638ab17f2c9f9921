"""Trends: this year beside the year before, and the months of several crimes."""

from __future__ import annotations

import altair as alt
import pandas as pd

from scrutiny import theme
from scrutiny.charts.describe import extremes, source_line
from scrutiny.charts.figure import Figure
from scrutiny.markup import text as escape
from scrutiny.measures import Result, catalogue
from scrutiny.periods import month, short_month_name
from scrutiny.report import Report
from scrutiny.tables import Column, Table
from scrutiny.words.sentence import Passage, absent, direction


def trend(report: Report, measure: str) -> Figure | Passage:
    """Return a measure's months beside the same months a year before, or that it is absent."""
    if measure not in report.measures:
        return absent(report, measure)
    entry = catalogue()[measure]
    now, before = report.edition.now, report.edition.before
    change = report.number(measure, "change_percent")
    latest = report.monthly(measure, now)
    earlier = report.monthly(measure, before) if change.comparable else []
    months = [short_month_name(month(name))[:3] for name, _ in latest]
    names = {now.short_name: latest} | ({before.short_name: earlier} if earlier else {})
    data = pd.DataFrame(
        [
            {"month": label, "position": i, "window": name, "value": point.value}
            for name, points in names.items()
            for i, (label, (_, point)) in enumerate(zip(months, points, strict=True))
        ]
    )
    columns = [Column("Month", numeric=False)]
    columns += [Column(name, entry.unit) for name in reversed(names)]
    scale = alt.Scale(domain=list(names), range=[theme.DARK_BLUE, theme.DARK_PINK])
    dash = alt.Scale(domain=list(names), range=[[1, 0], [6, 4]])
    legend = alt.Legend(
        orient="top", title=None, labelFontSize=theme.TEXT_SIZE, symbolType="stroke",
        symbolStrokeWidth=3, symbolSize=900, labelLimit=300,
    )  # fmt: skip
    chart = (
        alt.Chart(data, width=theme.WIDTH - 60, height=280)
        .mark_line(strokeWidth=3, point=alt.OverlayMarkDef(size=45, filled=True))
        .encode(
            x=alt.X("month:O", sort=months, title=None, axis=alt.Axis(labelAngle=0)),
            y=alt.Y("value:Q", title=f"{entry.unit} a month", scale=alt.Scale(zero=True)),
            color=alt.Color("window:N", scale=scale, legend=legend),
            strokeDash=alt.StrokeDash("window:N", scale=dash, legend=legend),
        )
    )
    description = (
        f"Line chart of {entry.in_sentence} by month. {now.name}: "
        f"{report.number(measure, 'count').printed} in all, "
        f"{_against(report, measure, change)}. {extremes(latest)}"
    )
    return Figure(
        identity=f"figure-trend-{measure}",
        title=f"{entry.name} by month, {' and '.join(names)}",
        description=description,
        source=source_line(report),
        table=Table(
            f"{entry.name} by month in the MPS",
            tuple(columns),
            tuple(
                (label, *(points[i][1] for points in reversed(names.values())))
                for i, label in enumerate(months)
            ),
            () if change.comparable else (escape(change.note),),
        ),
        chart=chart,
        data=data,
    )


def trends(report: Report) -> Figure:
    """Return the months of each of the seven crimes, a small chart each with its own scale."""
    measures = report.measures
    points = {m: report.monthly(m) for m in measures}
    months = sorted({name for found in points.values() for name, _ in found})
    held = {m: dict(found) for m, found in points.items()}
    labels = {name: short_month_name(month(name)) for name in months}
    data = pd.DataFrame(
        [
            {"crime": catalogue()[m].name, "month": labels[name], "value": point.value}
            for m in measures
            for name, point in points[m]
        ]
    )
    ticks = [labels[name] for name in months if name.endswith(("-01", "-07"))]
    chart = (
        alt.Chart(data, width=262, height=120)
        .mark_line(
            strokeWidth=2,
            color=theme.DARK_BLUE,
            point=alt.OverlayMarkDef(size=14, color=theme.DARK_BLUE),
        )
        .encode(
            x=alt.X(
                "month:O",
                sort=list(labels.values()),
                title=None,
                axis=alt.Axis(values=ticks, labelAngle=0, labelOverlap=True),
            ),
            y=alt.Y(
                "value:Q",
                title=None,
                axis=alt.Axis(tickCount=3, minExtent=52),
                scale=alt.Scale(zero=True),
            ),
            facet=alt.Facet(
                "crime:N", columns=2, sort=[catalogue()[m].name for m in measures], title=None
            ),
        )
        .resolve_scale(y="independent")
        .resolve_axis(x="independent")
    )
    first, last = (short_month_name(month(m)) for m in (months[0], months[-1]))
    area = "the MPS" if report.is_for_london else report.area
    description = (
        f"{len(measures)} line charts of recorded crime in {area} by month, {first} to {last}, "
        "each with its own scale from zero. "
        + " ".join(f"{catalogue()[m].name}: {extremes(points[m])}" for m in measures)
    )
    return Figure(
        identity="figure-trends",
        title=f"Recorded crime by month in {area}, {first} to {last}",
        description=description,
        source=source_line(report),
        table=Table(
            f"Offences by month in {area}, {first} to {last}",
            (
                Column("Month", numeric=False),
                *(Column(catalogue()[m].name, catalogue()[m].unit) for m in measures),
            ),
            tuple(
                (labels[name], *(held[m].get(name, "no series") for m in measures))
                for name in months
            ),
        ),
        chart=chart,
        data=data,
    )


def _against(report: Report, measure: str, change: Result) -> str:
    if not change.comparable:
        return "not compared with the year before"
    before = report.number(measure, "count", f"{report.edition.now.kind}-before")
    way = direction(change)
    verb = f"{way} from" if way in ("up", "down") else "against"
    return f"{verb} {before.printed} the year before ({change.printed})"
