"""Changes side by side: crimes against last year, a borough against London."""

from __future__ import annotations

import altair as alt
import pandas as pd

from scrutiny import places, tables, theme
from scrutiny.charts.describe import source_line
from scrutiny.charts.figure import Figure
from scrutiny.measures import catalogue
from scrutiny.measures.catalogue import MOPAC_7, mopac_seven
from scrutiny.report import Report
from scrutiny.tables import Column, Table

CHANGE_AXIS = "Change from a year before, %"
_AXIS = alt.Axis(tickCount=6)


def changes(report: Report) -> Figure:
    """Return the change of each of the seven crimes and of their total."""
    measures = [m for m in (*mopac_seven(), MOPAC_7) if m in report.measures]
    found = {m: report.number(m, "change_percent") for m in measures}
    data = pd.DataFrame([{"name": catalogue()[m].name, "value": found[m].value} for m in measures])
    chart = _dots(data, [catalogue()[m].name for m in measures])
    ups = [catalogue()[m].name for m in measures if (found[m].value or 0) > 0]
    now = report.edition.now
    return Figure(
        identity="figure-changes",
        title=f"Change in the seven MOPAC crimes and their total, {now.name} against a year before",
        description=(
            "Dot chart of the change of each crime in per cent. "
            + (f"Up: {', '.join(ups)}. " if ups else "None is up. ")
            + " ".join(f"{catalogue()[m].name} {found[m].printed}." for m in measures)
        ),
        source=source_line(report),
        table=Table(
            f"Change in the seven MOPAC crimes, {now.short_name} against a year before",
            (Column("Crime", numeric=False), Column("Change", "%")),
            tuple((catalogue()[m].name, found[m]) for m in measures),
        ),
        chart=chart,
        data=data,
    )


def against_london(report: Report) -> Figure:
    """Return a borough's changes beside London's; for London, every borough's MOPAC 7 change."""
    return _boroughs(report) if report.is_for_london else _borough(report)


def _borough(report: Report) -> Figure:
    measures = report.measures
    areas = (report.area, places.MPS)
    found = {(m, a): report.number(m, "change_percent", area=a) for m in measures for a in areas}
    data = pd.DataFrame(
        [
            {"name": catalogue()[m].name, "area": a, "value": found[m, a].value}
            for m in measures
            for a in areas
        ]
    )
    names = [catalogue()[m].name for m in measures]
    legend = alt.Legend(orient="top", title=None, labelFontSize=theme.TEXT_SIZE, labelLimit=300)
    chart = _base(data, names).mark_point(filled=True, size=150, opacity=1).encode(
        color=alt.Color(
            "area:N",
            scale=alt.Scale(domain=list(areas), range=[theme.DARK_BLUE, theme.DARK_PINK]),
            legend=legend,
        ),
        shape=alt.Shape(
            "area:N",
            scale=alt.Scale(domain=list(areas), range=["circle", "diamond"]),
            legend=legend,
        ),
    )  # fmt: skip
    now = report.edition.now
    return Figure(
        identity="figure-against-london",
        title=f"Change in {report.area} and in the MPS, {now.name} against a year before",
        description=(
            f"Dot chart of the change of each crime in per cent, {report.area} beside the MPS. "
            + " ".join(
                f"{catalogue()[m].name}: {found[m, report.area].printed} against "
                f"{found[m, places.MPS].printed}."
                for m in measures
            )
        ),
        source=source_line(report),
        table=tables.against_london(report),
        chart=_zero() + chart,
        data=data,
    )


def _boroughs(report: Report) -> Figure:
    boroughs = [p.name for p in places.boroughs()]
    london = report.number(MOPAC_7, "change_percent", area=places.MPS)
    found = {b: report.number(MOPAC_7, "change_percent", area=b) for b in boroughs}
    data = pd.DataFrame([{"name": b, "value": found[b].value} for b in boroughs])
    line = (
        alt.Chart(pd.DataFrame({"value": [london.value]}))
        .mark_rule(strokeWidth=3, strokeDash=[6, 4], color=theme.DARK_PINK)
        .encode(x="value:Q")
    )
    now = report.edition.now
    return Figure(
        identity="figure-boroughs",
        title=(
            f"Change in the MOPAC 7 by borough, {now.name} against a year before; "
            f"dashed line: MPS {london.printed}"
        ),
        description=(
            f"Dot chart of the change of the MOPAC 7 in each of the 32 boroughs, the MPS at "
            f"{london.printed} as a dashed line. "
            + _range(found)
            + " Which changes chance could explain is said on each borough's own page."
        ),
        source=source_line(report),
        table=tables.against_london(report),
        chart=_dots(data, boroughs, height=32 * 24) + line,
        data=data,
    )


def _range(found: dict) -> str:
    known = {b: r for b, r in found.items() if r.value is not None}
    if not known:
        return "No change could be made."
    low, high = min(known, key=lambda b: known[b].value), max(known, key=lambda b: known[b].value)
    return f"The changes run from {known[low].printed} ({low}) to {known[high].printed} ({high})."


def _base(data: pd.DataFrame, names: list[str], height: int = 0) -> alt.Chart:
    return alt.Chart(data, width=theme.WIDTH - 230, height=height or 34 * len(names)).encode(
        x=alt.X("value:Q", title=CHANGE_AXIS, axis=_AXIS),
        y=alt.Y("name:N", sort=names, title=None, axis=alt.Axis(grid=True)),
    )


def _dots(data: pd.DataFrame, names: list[str], height: int = 0) -> alt.LayerChart:
    return _zero() + _base(data, names, height).mark_point(
        filled=True, size=130, opacity=1, color=theme.DARK_BLUE
    )


def _zero() -> alt.Chart:
    return (
        alt.Chart(pd.DataFrame({"value": [0]}))
        .mark_rule(color=theme.DARK_GREY, strokeWidth=1.5)
        .encode(x=alt.X("value:Q", title=CHANGE_AXIS, axis=_AXIS))
    )
