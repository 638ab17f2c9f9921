"""One measure month by month: against its usual variation, or against the year before."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

import altair as alt
import pandas as pd

from scrutiny import theme
from scrutiny.charts import months as drawing
from scrutiny.charts.describe import ON_TRIAL, extremes, source_line, standing_out, usual_variation
from scrutiny.charts.figure import Figure
from scrutiny.markup import text as escape
from scrutiny.measures import Result, catalogue
from scrutiny.measures.variation import DAYS, Month, Segment, Variation
from scrutiny.periods import month, short_month_name
from scrutiny.report import Report
from scrutiny.tables import Column, Table
from scrutiny.tables.table import Cell
from scrutiny.words.sentence import Passage, absent, direction, named

SIZE = (470, 300)
ROOM_FOR_WORDS = 0.13  # of the height: two rows of text
NOT_APPLICABLE = "[z]"
PER_DAYS = (
    f"Months differ in length, so each is counted per {DAYS} days before it is set against the "
    "others. How limits are made, and what makes a month stand out, is said under the methods."
)


def trend(report: Report, measure: str) -> Figure | Passage:
    """Return a measure's months against its usual variation, or that it is absent.

    Where the months are too few for limits, the year's months beside those of the year before.
    """
    if measure not in report.measures:
        return absent(report, measure)
    variation = report.varying.get(measure)
    if variation is None or not any(segment.lines for segment in variation.segments):
        return _beside_the_year_before(report, measure)
    entry = catalogue()[measure]
    over = drawing.window_of(variation.months)
    data = drawing.frame(variation)
    from_nought = drawing.starts_at_nought(data)
    return Figure(
        identity=f"figure-trend-{measure}",
        title=f"{entry.name} by month per {DAYS} days, {over.short_name}",
        description=" ".join(
            [
                f"Line chart of {entry.in_sentence} by month. {_year(report, measure)}",
                *usual_variation(variation, over.name),
                standing_out(variation),
                extremes([(found.name, found.point) for found in variation.months]),
                "" if from_nought else "The scale does not begin at 0.",
            ]
        ).strip(),
        source=source_line(report, measure),
        table=_table(report, measure, variation),
        chart=_chart(variation, data, f"{entry.unit.capitalize()} per {DAYS} days", from_nought),
        data=data,
    )


def _chart(
    variation: Variation, data: pd.DataFrame, title: str, from_nought: bool
) -> alt.LayerChart:
    names = [found.name for found in variation.months]
    x = drawing.axis(names, drawing.QUARTERS)
    y = alt.Y(
        "value:Q",
        title=title if from_nought else [title, "(scale does not begin at 0)"],
        axis=alt.Axis(titlePadding=12),
        # Room for the words at the marks; below 0 there is none.
        scale=alt.Scale(domainMin=0) if from_nought else alt.Scale(zero=False, padding=22),
    )
    layers = drawing.drawn(data, names, variation.breaks, x=x, y=y, size=SIZE)
    return alt.layer(
        *layers, *_break_words(variation, names, x), *_line_words(variation.segments[-1], data, y),
    )  # fmt: skip


def _line_words(segment: Segment, data: pd.DataFrame, y: alt.Y) -> list[alt.Chart]:
    """Return the name and the number of the latest mean and limits, at their right ends.

    Where the lines lie so close that the words would meet, all of them stand at the mean.
    """
    lines = {
        drawing.LINE_NAMES[statistic]: line
        for statistic, line in segment.lines.items()
        if line.value is not None
    }
    told = [(line.value, [name, line.printed]) for name, line in lines.items()]
    heights = sorted((value for value, _ in told), reverse=True)
    lowest = 0 if drawing.starts_at_nought(data) else data["value"].min()
    room = ROOM_FOR_WORDS * (data["value"].max() - lowest)
    if any(upper - lower < room for upper, lower in pairwise(heights)):
        ordered = sorted(lines.items(), key=lambda each: -each[1].value)
        middle = ordered[len(ordered) // 2][1].value
        told = [(middle, [f"{name} {line.printed}" for name, line in ordered])]
    return [
        alt.Chart(pd.DataFrame({"value": [value]}))
        .mark_text(text=text, align="left", dx=8, dy=-4 if len(text) == 2 else -18)
        .encode(x=alt.value(SIZE[0]), y=y)
        for value, text in told
    ]


def _break_words(variation: Variation, names: list[str], x: alt.X) -> list[alt.Chart]:
    """Return the word over each break's rule."""
    return [
        alt.Chart(pd.DataFrame({"at": [names.index(name) - 0.5]}))
        .mark_text(text=f"Break: {short_month_name(month(name))}", y=-10, color=theme.DARK_PINK)
        .encode(x=x)
        for name in dict.fromkeys(found.month for found in variation.breaks)
    ]


def _table(report: Report, measure: str, variation: Variation) -> Table:
    """Return the months, then the lines; with a column of readings where any month stands out."""
    entry = catalogue()[measure]
    over = drawing.window_of(variation.months)
    columns = [
        Column("Month", numeric=False),
        Column("Counted", entry.unit),
        Column(f"Per {DAYS} days", entry.unit),
        Column("Reading", numeric=False),
    ]
    rows: list[tuple[Cell, ...]] = [
        (short_month_name(month(found.name)), found.count, found.point, reading(found))
        for found in variation.months
    ]
    rows += [
        (
            drawing.LINE_NAMES[statistic] + drawing.after_break(segment, variation),
            NOT_APPLICABLE,
            line,
            NOT_APPLICABLE,
        )
        for segment in variation.segments
        for statistic, line in segment.lines.items()
    ]
    shown = len(columns) if any(found.signal for found in variation.months) else -1
    return Table(
        f"{entry.name} by month in {named(report.area)}, {over.short_name}",
        tuple(columns[:shown]),
        tuple(row[:shown] for row in rows),
        notes_of([variation]),
    )


def notes_of(variations: Iterable[Variation]) -> tuple[str, ...]:
    """Return how months are set against each other, and the breaks that lie within them."""
    found = list(variations)
    none = any(x.value is None for v in found for s in v.segments for x in s.lines.values())
    trial = any(s.trial and s.lines for v in found for s in v.segments)
    texts = dict.fromkeys(each.text for v in found for each in v.breaks)
    return (
        PER_DAYS,
        *([f"Limits of so few months are {ON_TRIAL}."] if trial else []),
        *(["There is no lower limit where it would be below 0."] if none else []),
        *map(escape, texts),
    )


def reading(found: Month) -> str:
    """Return how a month stands in its series, in words for a table's cell."""
    if found.signal is None:
        return "usual"
    judged = f" ({found.signal.judged})" if found.signal.judged else ""
    return f"{found.signal.words}{judged}"


def _year(report: Report, measure: str) -> str:
    """Return the edition's window in a sentence, against the year before."""
    change = report.number(measure, "change_percent")
    count = report.number(measure, "count")
    return (
        f"{report.edition.now.name}: {count.printed} in all, {_against(report, measure, change)}."
    )


def _against(report: Report, measure: str, change: Result) -> str:
    if not change.comparable:
        return "not compared with the year before"
    before = report.number(measure, "count", f"{report.edition.now.kind}-before")
    way = direction(change)
    verb = f"{way} from" if way in ("up", "down") else "against"
    return f"{verb} {before.printed} the year before ({change.printed})"


def _beside_the_year_before(report: Report, measure: str) -> Figure:
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
    return Figure(
        identity=f"figure-trend-{measure}",
        title=f"{entry.name} by month, {' and '.join(names)}",
        description=(
            f"Line chart of {entry.in_sentence} by month. {_year(report, measure)} "
            f"{extremes(latest)}"
        ),
        source=source_line(report, measure),
        table=Table(
            f"{entry.name} by month in the MPS",
            tuple(columns),
            tuple(
                (label, *(points[i][1] for points in reversed(names.values())))
                for i, label in enumerate(months)
            ),
            () if change.comparable else (escape(change.note),),
        ),
        chart=_two_years(data, list(names), months, f"{entry.unit} a month"),
        data=data,
    )


def _two_years(data: pd.DataFrame, names: list[str], months: list[str], unit: str) -> alt.Chart:
    scale = alt.Scale(domain=names, range=[theme.DARK_BLUE, theme.DARK_PINK])
    dash = alt.Scale(domain=names, range=[[1, 0], [6, 4]])
    base = alt.Chart(data, width=SIZE[0], height=SIZE[1]).encode(
        x=alt.X("month:O", sort=months, title=None, axis=alt.Axis(labelAngle=0)),
        y=alt.Y("value:Q", title=unit, scale=alt.Scale(zero=True)),
        color=alt.Color("window:N", scale=scale, legend=None),
    )
    lines = base.mark_line(strokeWidth=2.5, point=alt.OverlayMarkDef(size=45, filled=True)).encode(
        strokeDash=alt.StrokeDash("window:N", scale=dash, legend=None)
    )
    ends = base.transform_filter(f"datum.position == {len(months) - 1}")
    words = ends.mark_text(align="left", dx=8, fontSize=theme.TEXT_SIZE).encode(text="window:N")
    return lines + words
