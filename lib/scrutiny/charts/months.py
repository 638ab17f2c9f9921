"""Months in time order: the axis, the line, its mean and limits, and what stands out from them."""

from __future__ import annotations

import json
from itertools import groupby

import altair as alt
import pandas as pd

from scrutiny import theme
from scrutiny.measures.variation import LOWER, MEAN, UPPER, Month, Segment, Variation
from scrutiny.periods import Window, month, short_month_name

LINE_NAMES = {UPPER: "Upper limit", MEAN: "Mean", LOWER: "Lower limit"}
QUARTERS, HALVES = ("01", "04", "07", "10"), ("01", "07")
DASHES = {UPPER: [3, 3], MEAN: [10, 4], LOWER: [3, 3]}
BREAK_DASH = [8, 3, 2, 3]
_DASH = alt.StrokeDash(
    "series:N", scale={"domain": [*DASHES], "range": [*DASHES.values()]}, legend=None
)
_SHAPES = {"usual": "circle", "high": "triangle-up", "low": "triangle-down"}
_COLOURS = {
    "usual": theme.DARK_BLUE,
    "better": theme.TURQUOISE,
    "worse": theme.ORANGE,
    "neither": theme.DARK_GREY,
}
_SHAPE = alt.Shape(
    "side:N", scale={"domain": [*_SHAPES], "range": [*_SHAPES.values()]}, legend=None
)
_COLOUR = alt.Color(
    "judged:N", scale={"domain": [*_COLOURS], "range": [*_COLOURS.values()]}, legend=None
)


def frame(variation: Variation) -> pd.DataFrame:
    """Return what is drawn of a measure: a row a month, then a row a line and segment.

    Columns: ``series`` (``month``, or the line's statistic), ``value``, ``first`` and ``last``
    month, ``segment``, and for a month ``side`` and ``judged`` as its mark shows them.
    """
    rows = []
    for number, segment in enumerate(variation.segments):
        rows += [_row("month", found.point.value, [found], number) for found in segment.months]
        rows += [
            _row(statistic, line.value, segment.months, number)
            for statistic, line in segment.lines.items()
            if line.value is not None
        ]
    return pd.DataFrame(rows)


def _row(series: str, value: float, months: list[Month] | tuple[Month, ...], segment: int) -> dict:
    signal = months[0].signal if series == "month" else None
    return {
        "series": series,
        "value": value,
        "first": months[0].name,
        "last": months[-1].name,
        "segment": segment,
        "side": "usual" if signal is None else "high" if signal.high else "low",
        "judged": "usual" if signal is None else signal.judged or "neither",
    }


def starts_at_nought(data: pd.DataFrame) -> bool:
    """Whether the values' scale begins at 0: where they reach so low that it costs no detail."""
    return bool(data["value"].min() < data["value"].max() / 2)


def axis(names: list[str], ticks: tuple[str, ...]) -> alt.X:
    """Return the axis of those months, labelled at the months of a year in ``ticks``."""
    shown = [i for i, name in enumerate(names) if name[-2:] in ticks]
    labels = [short_month_name(month(name)).split(" ") for name in names]
    return alt.X(
        "at:Q",
        title=None,
        scale={"domain": [-0.5, len(names) - 0.5], "nice": False, "zero": False},
        axis={
            "values": shown,
            "labelExpr": f"{json.dumps(labels)}[datum.value]",
            "grid": False,
        },
    )


def drawn(
    data: pd.DataFrame,
    names: list[str],
    breaks: tuple,
    *,
    x: alt.X,
    y: alt.Y,
    size: tuple[int, int],
) -> list[alt.Chart]:
    """Return the layers of one measure: its breaks, mean and limits, line, and a mark a month."""
    rows = placed(data, names)
    months = rows[rows["series"] == "month"]
    lines = rows.loc[rows["series"] != "month", ["series", "at", "to", "value"]]
    width, height = size
    base = {"width": width, "height": height}
    begun = pd.DataFrame({"at": begins(breaks, names)})
    layers = [] if begun.empty else [break_rule(alt.Chart(begun, **base), x)]
    layers.append(mean_and_limits(alt.Chart(lines, **base), x, y))
    layers.append(month_line(alt.Chart(months[["at", "value", "segment"]], **base), x, y))
    usual = months["side"] == "usual"
    marked = months[["at", "value", "side", "judged"]]
    if usual.any():
        layers.append(mark(alt.Chart(marked[usual], **base), x, y, size=30))
    if not usual.all():
        layers.append(mark(alt.Chart(marked[~usual], **base), x, y))
    return layers


def placed(data: pd.DataFrame, names: list[str]) -> pd.DataFrame:
    """Return the rows of a frame with where they are on the axis, in ``at`` and ``to``.

    A line begins half a month before its first month, and ends half a month after its last.
    """
    place = {name: i for i, name in enumerate(names)}
    half = (data["series"] != "month") / 2
    return data.assign(at=data["first"].map(place) - half, to=data["last"].map(place) + half)


def begins(breaks: tuple, names: list[str]) -> list[float]:
    """Return where on the axis a series begins anew, from left to right."""
    months = {found.month for found in breaks}
    return [i - 0.5 for i, name in enumerate(names) if name in months]


def mean_and_limits(chart: alt.Chart, x: alt.X, y: alt.Y) -> alt.Chart:
    """Return the lines that a month is set against, told apart by their dashes."""
    rules = chart.mark_rule(color=theme.DARK_GREY, strokeWidth=1.5)
    return rules.encode(x=x, x2=alt.X2("to:Q"), y=y, strokeDash=_DASH)


def month_line(chart: alt.Chart, x: alt.X, y: alt.Y) -> alt.Chart:
    """Return the line from month to month, which a break interrupts."""
    line = chart.mark_line(color=theme.DARK_BLUE, strokeWidth=2)
    return line.encode(x=x, y=y, detail=alt.Detail("segment:N"))


def mark(chart: alt.Chart, x: alt.X, y: alt.Y | alt.YValue, *, size: int = 120) -> alt.Chart:
    """Return marks whose shape says high or low, and whose colour says better or worse."""
    marks = chart.mark_point(filled=True, opacity=1, size=size, stroke="white", strokeWidth=1)
    return marks.encode(x=x, y=y, shape=_SHAPE, color=_COLOUR)


def break_rule(chart: alt.Chart, x: alt.X) -> alt.Chart:
    """Return a line down the chart where the series begins anew."""
    rule = chart.mark_rule(color=theme.DARK_PINK, strokeWidth=2, strokeDash=BREAK_DASH)
    return rule.encode(x=x)


def runs(months: tuple[Month, ...]) -> list[tuple[Month, ...]]:
    """Return the months that stand out, those next to each other that do so alike together."""
    grouped = groupby(months, key=lambda found: found.signal)
    return [tuple(group) for signal, group in grouped if signal]


def window_of(months: tuple[Month, ...]) -> Window:
    """Return the window from the first to the last of the months."""
    return window_between(months[0].name, months[-1].name)


def window_between(first: str, last: str) -> Window:
    """Return the window from one month to another, each as ``2012-08``."""
    return Window("window", month(first), month(last))


def after_break(segment: Segment, variation: Variation) -> str:
    """Return how a line's name goes on where the series has several segments."""
    if len(variation.segments) == 1:
        return ""
    return f", {window_of(segment.months).short_name}"
