"""Small multiples: several measures month by month, each against its own usual variation."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby

import altair as alt
import pandas as pd

from scrutiny import theme
from scrutiny.charts import months as drawing
from scrutiny.charts.describe import ON_TRIAL, and_so_on, extremes, source_line
from scrutiny.charts.figure import Figure
from scrutiny.charts.lines import NOT_APPLICABLE, notes_of
from scrutiny.markup import text as escape
from scrutiny.measures import Result, catalogue
from scrutiny.measures.variation import DAYS, FEWEST_MONTHS, MEAN, UPPER, Variation
from scrutiny.periods import month, short_month_name
from scrutiny.report import Report
from scrutiny.tables import Column, Table
from scrutiny.tables.table import Cell
from scrutiny.words.sentence import Passage, named, of_the_whole, paragraphs

SIZE = (252, 110)
COLUMNS = 2
KEY_WIDTH, SAMPLE, SLOT, WIDE_SLOT = 640, 36, 64, 140
NO_SERIES = "no series"
COUNTS = "The counts themselves are in results.csv."
TOO_FEW = (
    f"With under {FEWEST_MONTHS} months up to the latest one, what a month usually varies by "
    "cannot be told."
)
NONE = "The files have no run of months up to the latest one."


def trends(report: Report) -> Figure | Passage:
    """Return the months of each measure, a small chart each with a scale of its own.

    All share the months of the axis, which the lowest ones carry. A measure without months up to
    the latest, or with under 12 of them, is left out, and the notes say so.
    """
    held = {m: report.varying[m] for m in report.measures if m in report.varying}
    shown = {m: found for m, found in held.items() if len(found.months) >= FEWEST_MONTHS}
    few = [catalogue()[m].name for m in held if m not in shown]
    if not shown:
        return paragraphs(f"{TOO_FEW} So no month is drawn." if few else NONE)
    return _figure(report, shown, few, "figure-trends", "Recorded crime")


@of_the_whole
def chosen(report: Report) -> Figure | Passage:
    """Return the months of the measures that the rule chose, a small chart each."""
    shown = {each.measure: report.varying[each.measure] for each in report.listing.chosen}
    if not shown:
        return paragraphs("No measure stands out, none has an aim, and no series breaks.")
    return _figure(report, shown, [], "figure-chosen", "Measures that call for a closer look")


def _figure(
    report: Report, shown: dict[str, Variation], few: list[str], identity: str, what: str
) -> Figure:
    names = sorted({found.name for variation in shown.values() for found in variation.months})
    first, last = (short_month_name(month(name)) for name in (names[0], names[-1]))
    area = named(report.area)
    data = pd.concat(
        [drawing.frame(variation).assign(measure=m) for m, variation in shown.items()],
        ignore_index=True,
    )
    return Figure(
        identity=identity,
        title=f"{what} by month per {DAYS} days in {area}, {first} to {last}",
        description=(
            f"{_charts(shown)} of {what[0].lower()}{what[1:]} in {area} by month, counted per "
            f"{DAYS} days, {first} to {last}, {'each ' if len(shown) > 1 else ''}with a scale of "
            "its own that need not begin at 0. "
            + " ".join(_found(m, variation) for m, variation in shown.items())
        ),
        source=source_line(report, *shown),
        table=_table(report, shown, names, few, what),
        chart=_chart(data, shown, names),
        data=data,
    )


def _charts(shown: dict[str, Variation]) -> str:
    return "1 line chart" if len(shown) == 1 else f"{len(shown)} line charts"


def _found(measure: str, variation: Variation) -> str:
    """Return the finding of one measure: its mean and what stands out, else its extremes."""
    latest = variation.segments[-1]
    name = catalogue()[measure].name
    if not latest.lines:
        return f"{name}: {extremes([(found.name, found.point) for found in variation.months])}"
    trial = f" ({ON_TRIAL})" if latest.trial else ""
    return f"{name}: around a mean of {latest.lines[MEAN].printed}{trial}, {_sides(variation)}."


def _sides(variation: Variation) -> str:
    """Return which months stand out above the mean and which below it."""
    said: dict[str, list[str]] = {}
    ways = groupby(variation.months, key=lambda each: each.signal and each.signal.high)
    for high, months in ways:
        if high is not None:
            over = drawing.window_of(tuple(months)).name
            said.setdefault("high" if high else "low", []).append(over)
    told = [f"{side} in {and_so_on(names)}" for side, names in said.items()]
    return "; ".join(told) or "no month stands out"


def _chart(data: pd.DataFrame, shown: dict[str, Variation], names: list[str]) -> alt.VConcatChart:
    """Return one chart that is repeated: Altair takes three times as long over one a measure."""
    rows = _placed(data, shown, names)
    x = drawing.axis(names, drawing.HALVES)
    y = alt.Y("value:Q", title=None, scale={"zero": False}, axis={"tickCount": 3, "minExtent": 52})
    width, height = SIZE

    def of(condition: str) -> alt.Chart:
        return alt.Chart(width=width, height=height).transform_filter(condition)

    layers = {
        "break": drawing.break_rule(of("datum.kind == 'break'"), x),
        "line": drawing.mean_and_limits(of("datum.kind == 'line'"), x, y),
        "month": drawing.month_line(of("datum.kind == 'month'"), x, y),
        "nought": of("datum.kind == 'nought'")
        .mark_point(opacity=0, size=0, color=theme.DARK_GREY)
        .encode(x=x, y=y),
    }
    held = set(rows["kind"])
    drawn = [layer for kind, layer in layers.items() if kind in held]
    if (rows["side"] != "usual").any():
        drawn.append(drawing.mark(of("datum.side != 'usual'"), x, y))
    panel = alt.Facet(
        "panel:N",
        sort=[catalogue()[measure].name for measure in shown],
        header={"labelAnchor": "start", "labelOrient": "top"},
    )
    panels = alt.layer(*drawn, data=rows).facet(panel, columns=COLUMNS)
    panels = panels.resolve_scale(y="independent").properties(spacing=18)
    key = _key(data, broken="break" in held)
    return alt.vconcat(key, panels, spacing=6)


def _placed(data: pd.DataFrame, shown: dict[str, Variation], names: list[str]) -> pd.DataFrame:
    """Return what is drawn, each row with its ``panel``, its ``kind`` of mark, and where it is.

    A panel whose scale begins at 0 has a point there that nobody sees.
    """
    rows = drawing.placed(data, names)
    rows = rows.assign(kind=rows["series"].where(rows["series"] == "month", "line"))
    added = [
        {"measure": measure, "kind": "nought", "at": 0, "value": 0}
        for measure, own in data.groupby("measure")
        if drawing.starts_at_nought(own)
    ] + [
        {"measure": measure, "kind": "break", "at": at}
        for measure, variation in shown.items()
        for at in drawing.begins(variation.breaks, names)
    ]
    rows = pd.concat([rows, pd.DataFrame(added)], ignore_index=True)
    rows = rows.assign(
        side=rows["side"].fillna("usual"),
        panel=rows["measure"].map(lambda measure: catalogue()[measure].name),
    )
    kept = ["panel", "kind", "series", "at", "to", "value", "segment", "side", "judged"]
    return rows[kept]


def _key(data: pd.DataFrame, *, broken: bool) -> alt.LayerChart:
    """Return the names of the lines and marks that occur, each beside a sample of it."""
    lines = [("Mean", drawing.DASHES[MEAN], theme.DARK_GREY)] * (MEAN in set(data["series"]))
    lines += [("Limits", drawing.DASHES[UPPER], theme.DARK_GREY)] * (UPPER in set(data["series"]))
    lines += [("Break", drawing.BREAK_DASH, theme.DARK_PINK)] * broken
    marks = data.loc[data["side"] != "usual", ["side", "judged"]].drop_duplicates()
    named_marks = [
        (f"{side.capitalize()} ({judged})" if judged != "neither" else side.capitalize(), mark)
        for mark in marks.sort_values(["side", "judged"]).itertuples(index=False)
        for side, judged in [mark]
    ]
    x = alt.X("at:Q", axis=None, scale={"domain": [0, KEY_WIDTH], "nice": False})
    base = {"width": KEY_WIDTH, "height": 20}
    layers, at = [], 0
    for name, dash, colour in lines:
        layers += [
            alt.Chart(pd.DataFrame({"at": [at], "to": [at + SAMPLE]}), **base)
            .mark_rule(strokeDash=dash, color=colour, strokeWidth=2)
            .encode(x=x, x2=alt.X2("to:Q"), y=alt.YValue(10)),
            _name(name, at + SAMPLE + 6, x, base),
        ]
        at += SAMPLE + SLOT
    for name, (side, judged) in named_marks:
        mark = alt.Chart(pd.DataFrame({"at": [at + 6], "side": [side], "judged": [judged]}), **base)
        layers += [drawing.mark(mark, x, alt.YValue(10)), _name(name, at + 18, x, base)]
        at += WIDE_SLOT
    return alt.layer(*layers)


def _name(name: str, at: float, x: alt.X, base: dict) -> alt.Chart:
    words = alt.Chart(pd.DataFrame({"at": [at]}), **base)
    return words.mark_text(text=name, align="left", baseline="middle").encode(x=x, y=alt.YValue(10))


def _table(
    report: Report, shown: dict[str, Variation], names: list[str], few: list[str], what: str
) -> Table:
    held = {m: {found.name: found.point for found in v.months} for m, v in shown.items()}
    rows: list[tuple[Cell, ...]] = [
        (short_month_name(month(name)), *(held[m].get(name, NO_SERIES) for m in shown))
        for name in names
    ]
    rows += [
        (label + ending, *(lines.get(m, {}).get(statistic, NOT_APPLICABLE) for m in shown))
        for ending, lines in _lines(shown).items()
        for statistic, label in drawing.LINE_NAMES.items()
    ]
    first, last = (short_month_name(month(name)) for name in (names[0], names[-1]))
    return Table(
        f"{what} per {DAYS} days by month in {named(report.area)}, {first} to {last}",
        (
            Column("Month", numeric=False),
            *(Column(catalogue()[m].name, catalogue()[m].unit) for m in shown),
        ),
        tuple(rows),
        (
            *notes_of(shown.values()),
            *([f"{TOO_FEW} Left out for that: {escape(', '.join(few))}."] if few else []),
            COUNTS,
        ),
    )


def _lines(shown: dict[str, Variation]) -> dict[str, dict[str, Mapping[str, Result]]]:
    """Return each measure's mean and limits, by what is added to their names: up to a break."""
    found: dict[str, dict[str, Mapping[str, Result]]] = {"": {}}
    for measure, variation in shown.items():
        *earlier, latest = variation.segments
        for segment in earlier:
            ending = f" to {short_month_name(month(segment.months[-1].name))}"
            found.setdefault(ending, {})[measure] = segment.lines
        found[""][measure] = latest.lines
    return found
