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
from scrutiny.words.sentence import Passage

CHANGE_AXIS = "Change from a year before, %"
_AXIS = alt.Axis(tickCount=6)
_SHAPES = ("circle", "diamond")
_COLOURS = (theme.DARK_BLUE, theme.DARK_PINK)  # the page's area, the MPS


def changes(report: Report) -> Figure | Passage:
    """Return the change of each of the seven crimes and of their total."""
    if report.has_challenge_elsewhere:
        return Passage("")
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


def against_london(report: Report) -> Figure | Table:
    """Return a borough's changes beside London's; for London, its own as a table."""
    if report.is_for_london:
        return tables.changes(report)
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
    looks = {"domain": list(areas)}
    chart = _base(data, names).mark_point(filled=True, size=150, opacity=1).encode(
        color=alt.Color("area:N", scale=alt.Scale(range=[*_COLOURS], **looks), legend=None),
        shape=alt.Shape("area:N", scale=alt.Scale(range=[*_SHAPES], **looks), legend=None),
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
        chart=alt.layer(_zero(), chart, *_named_above(data, areas)),
        data=data,
    )


def _named_above(data: pd.DataFrame, areas: tuple[str, str]) -> list[alt.Chart]:
    """Return the two areas' names over their marks of the first row, away from each other."""
    first = data[data["name"] == data["name"].iloc[0]].dropna()
    left = first["value"].idxmin() if len(first) else None
    return [
        alt.Chart(first.loc[[place], ["value"]])
        .mark_text(
            text=first.loc[place, "area"],
            y=-8,
            align="right" if place == left else "left",
            dx=-2 if place == left else 2,
            color=_COLOURS[areas.index(first.loc[place, "area"])],
            fontWeight="bold",
        )
        .encode(x=alt.X("value:Q", title=CHANGE_AXIS, axis=_AXIS))
        for place in first.index
    ]


def _base(data: pd.DataFrame, names: list[str]) -> alt.Chart:
    return alt.Chart(data, width=theme.WIDTH - 230, height=34 * len(names)).encode(
        x=alt.X("value:Q", title=CHANGE_AXIS, axis=_AXIS),
        y=alt.Y("name:N", sort=names, title=None, axis=alt.Axis(grid=True)),
    )


def _dots(data: pd.DataFrame, names: list[str]) -> alt.LayerChart:
    return _zero() + _base(data, names).mark_point(
        filled=True, size=130, opacity=1, color=theme.DARK_BLUE
    )


def _zero() -> alt.Chart:
    return (
        alt.Chart(pd.DataFrame({"value": [0]}))
        .mark_rule(color=theme.DARK_GREY, strokeWidth=1.5)
        .encode(x=alt.X("value:Q", title=CHANGE_AXIS, axis=_AXIS))
    )
