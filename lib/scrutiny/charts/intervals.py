"""Every borough's change with its interval, in order, against the change of London."""

from __future__ import annotations

import altair as alt
import pandas as pd

from scrutiny import places, theme
from scrutiny.charts.describe import and_so_on, boroughs_lie, source_line
from scrutiny.charts.dots import CHANGE_AXIS
from scrutiny.charts.figure import Figure
from scrutiny.markup import number
from scrutiny.markup import text as escape
from scrutiny.measures import Result, catalogue
from scrutiny.measures.standing import ABOVE, BELOW, UNKNOWN, WITHIN
from scrutiny.report import Report
from scrutiny.tables import Column, Table
from scrutiny.words.sentence import Passage, absent

ROW_HEIGHT = 22
READINGS = {
    ABOVE: "above the MPS",
    WITHIN: "not apart from the MPS",
    BELOW: "below the MPS",
    UNKNOWN: "no interval",
}
_LABELS = {ABOVE: "above", WITHIN: "", BELOW: "below", UNKNOWN: "no interval"}
_SHAPES = {ABOVE: "triangle-up", WITHIN: "circle", BELOW: "triangle-down", UNKNOWN: "cross"}
_COLOURS = {
    ABOVE: theme.ORANGE,
    WITHIN: theme.DARK_BLUE,
    BELOW: theme.TURQUOISE,
    UNKNOWN: theme.DARK_GREY,
}


def boroughs(report: Report, measure: str) -> Figure | Passage:
    """Return each borough's change with its 95% interval, the page's own borough marked out.

    The change of London is a rule; boroughs whose interval leaves it out have a shape and a word
    of their own. A measure that the report does not show for every borough is said to be absent.
    """
    names = [p.name for p in places.boroughs() if (measure, p.name) in report.standings]
    if not names:
        return absent(report, measure)
    entry = catalogue()[measure]
    london = report.number(measure, "change_percent", area=places.MPS)
    changes = {name: report.number(measure, "change_percent", area=name) for name in names}
    found = dict(sorted(changes.items(), key=lambda item: _order(item[1])))
    sides = {name: report.standings[measure, name].change for name in found}
    data = pd.DataFrame(
        [
            {
                "name": name,
                "value": found[name].value,
                "lower": found[name].lower,
                "upper": found[name].upper,
                "side": sides[name],
                "label": _label(report, name, found[name], sides[name]),
            }
            for name in found
        ]
    )
    now = report.edition.now
    return Figure(
        identity=f"figure-boroughs-{measure}",
        title=(
            f"Change in {entry.in_sentence} by borough with 95% intervals, {now.name} against a "
            f"year before; dashed line: MPS {london.printed}"
        ),
        description=" ".join(_description(report, measure, found, sides)),
        source=source_line(report, measure),
        table=_table(report, measure, found, sides),
        chart=_chart(report, data, london),
        data=data,
    )


def _order(change: Result) -> tuple[bool, float]:
    """Return what sorts the largest rise first and what has no change last."""
    return change.value is None, -(change.value or 0)


def _label(report: Report, name: str, change: Result, side: str) -> str:
    if name != report.area:
        return _LABELS[side]
    return f"◄ {change.printed}" + (f", {_LABELS[side]}" if _LABELS[side] else "")


def _chart(report: Report, data: pd.DataFrame, london: Result) -> alt.LayerChart:
    bold = alt.condition(alt.datum.value == report.area, alt.value("bold"), alt.value("normal"))
    axis = alt.Axis(labelFontWeight=bold, ticks=False, domain=False, labelPadding=6)
    width, height = theme.WIDTH - 300, ROW_HEIGHT * len(data)
    base = alt.Chart(data, width=width, height=height).encode(
        y=alt.Y("name:N", sort=list(data["name"]), title=None, axis=axis)
    )
    interval = base.mark_rule(strokeWidth=2, color=theme.DARK_GREY).encode(
        x=alt.X("lower:Q", title=CHANGE_AXIS, axis=alt.Axis(tickCount=6)), x2="upper:Q"
    )
    scale = {"domain": list(_SHAPES)}
    points = base.mark_point(filled=True, size=90, opacity=1).encode(
        x="value:Q",
        shape=alt.Shape("side:N", scale=alt.Scale(range=[*_SHAPES.values()], **scale), legend=None),
        color=alt.Color(
            "side:N", scale=alt.Scale(range=[*_COLOURS.values()], **scale), legend=None
        ),
    )
    words = (
        base.transform_filter("datum.label")
        .mark_text(align="left", fontSize=theme.TEXT_SIZE, color=theme.DARK_GREY)
        .encode(x=alt.value(width + 8), text="label:N")
    )
    frame = (
        base.transform_filter(alt.datum.name == report.area)
        .mark_point(shape="square", filled=False, size=260, stroke=theme.DARK_GREY, opacity=1)
        .encode(x="value:Q")
    )
    own = [] if report.is_for_london else [frame]
    return alt.layer(*_rules(london), interval, *own, points, words)


def _rules(london: Result) -> list[alt.Chart]:
    """Return the rule at no change, and London's with its label."""
    zero = alt.Chart(pd.DataFrame({"value": [0]})).mark_rule(color=theme.DARK_GREY)
    rules = [zero.encode(x="value:Q")]
    if london.value is not None:
        at = alt.Chart(pd.DataFrame({"value": [london.value]})).encode(x="value:Q")
        rules += [
            at.mark_rule(strokeWidth=3, strokeDash=[6, 4], color=theme.DARK_PINK),
            at.mark_text(
                text=f"MPS {london.printed}", y=-10, color=theme.DARK_PINK, fontWeight="bold"
            ),
        ]
    return rules


def _description(
    report: Report, measure: str, found: dict[str, Result], sides: dict[str, str]
) -> list[str]:
    entry = catalogue()[measure]
    now, before = report.edition.now, report.edition.before
    london = report.number(measure, "change_percent", area=places.MPS)
    sentences = [
        f"Dot chart of the change in {entry.in_sentence} in each of the 32 boroughs, {now.name} "
        f"against {before.name}, each with its 95% interval, the largest rise first. "
        "The intervals allow for chance in the counts alone.",
        f"The MPS: {london.printed}." if london.comparable else f"Not compared: {london.note}",
    ]
    for side in (ABOVE, BELOW):
        apart = [f"{name} ({found[name].printed})" for name in found if sides[name] == side]
        apart = apart if side == ABOVE else apart[::-1]
        counted = report.number(measure, f"boroughs_change_{side}", area=places.MPS)
        sentences.append(
            f"{boroughs_lie(counted)} {side} it with the whole interval: {and_so_on(apart)}."
            if apart
            else f"No borough lies {side} it with its whole interval."
        )
    sentences.append("The other boroughs cannot be told apart from the MPS.")
    if not report.is_for_london:
        own = found[report.area]
        sentences.append(f"{report.area}: {own.printed}, {READINGS[sides[report.area]]}.")
    return sentences


def _table(report: Report, measure: str, found: dict[str, Result], sides: dict[str, str]) -> Table:
    entry = catalogue()[measure]
    now, before = report.edition.now, report.edition.before
    london = report.number(measure, "change_percent", area=places.MPS)
    head = ("MPS", london, "none", "none", "dashed line")
    rows = [
        (
            f"<strong>{escape(name)}</strong>" if name == report.area else escape(name),
            found[name],
            report.number(measure, "change_percent_lower", area=name),
            report.number(measure, "change_percent_upper", area=name),
            READINGS[sides[name]],
        )
        for name in found
    ]
    above, below = (
        number(report.number(measure, f"boroughs_change_{side}", area=places.MPS))
        for side in (ABOVE, BELOW)
    )
    return Table(
        f"Change in {entry.in_sentence} by borough, {now.short_name} against {before.short_name}, "
        "with 95% intervals",
        (
            Column("Area", numeric=False),
            Column("Change", "%"),
            Column("From", "%"),
            Column("To", "%"),
            Column("Whole interval", numeric=False),
        ),
        (head, *rows),
        (
            f"Boroughs above the MPS with their whole interval: {above}; below: {below}. Chance "
            "alone would set one or two of 32 apart. The intervals take counts to vary as rare "
            f"events do; crime varies more{_allowed(report)}. The order of boroughs not apart from "
            "the MPS means little.",
        ),
    )


def _allowed(report: Report) -> str:
    gaps = any(number.statistic == "gap_p_value" for number in report.numbers.values())
    return ", which the gaps to London above allow for" if gaps else ""
