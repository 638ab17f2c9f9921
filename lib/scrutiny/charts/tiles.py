"""The tile map: 32 boroughs of one size, each about where it lies."""

from __future__ import annotations

import altair as alt
import pandas as pd

from scrutiny import places, theme
from scrutiny.charts.describe import source_line
from scrutiny.charts.figure import Figure
from scrutiny.markup import text as escape
from scrutiny.measures import catalogue
from scrutiny.report import Report
from scrutiny.tables import Column, Table
from scrutiny.words.sentence import Passage, absent, could_be_chance, direction

SIDE = 80
GAP = 3
NAME_SIZE = 12.5
# A class: its words in the table, its words in a tile, ground, text, and how round its corners
# are, so that no two classes differ by colour alone.
CLASSES = {
    "up": ("up, by more than chance", "▲ up", theme.DARK_BLUE, "white", 0),
    "down": ("down, by more than chance", "▼ down", theme.TURQUOISE, "black", 14),
    "chance": ("within chance", "○ chance", "white", "black", 5),
    "none": ("no change to judge", "– none", theme.GRID, "black", 0),
}


def tiles(report: Report, measure: str) -> Figure | Passage | None:
    """Return the change of each borough on a tile map; for a borough's own page, nothing.

    A measure that the report does not show for every borough is said to be absent.
    """
    if not report.is_for_london:
        return None
    shown = [p for p in places.boroughs() if (measure, p.name) in report.standings]
    if not shown:
        return absent(report, measure)
    entry = catalogue()[measure]
    classes = {p.name: _class(report, measure, p.name) for p in shown}
    found = {p.name: report.number(measure, "change_percent", area=p.name) for p in shown}
    data = pd.DataFrame(
        [
            {
                "name": p.short_name,
                "printed": found[p.name].printed,
                "class": classes[p.name],
                "row": p.tile[0],
                "column": p.tile[1],
            }
            for p in shown
        ]
    )
    now, before = report.edition.now, report.edition.before
    return Figure(
        identity=f"figure-tiles-{measure}",
        title=f"Where {entry.in_sentence} went up and down, {now.name} against a year before",
        description=(
            f"Tile map of the 32 boroughs: the change in {entry.in_sentence}, {now.name} against "
            f"{before.name}. " + " ".join(_of_each_class(classes))
        ),
        source=source_line(report),
        table=Table(
            f"On the map: change in {entry.in_sentence} by borough, {now.short_name} against "
            f"{before.short_name}",
            (
                Column("Borough", numeric=False),
                Column("Change", "%"),
                Column("Tile", numeric=False),
            ),
            tuple((escape(p.name), found[p.name], CLASSES[classes[p.name]][0]) for p in shown),
            (
                "A tile is a borough, large or small, about where it lies; the City of London has "
                "a police force of its own and no tile. Within chance: chance alone could explain "
                "the change (p from 0.05 up).",
            ),
        ),
        chart=_chart(data),
        data=data,
    )


def _class(report: Report, measure: str, area: str) -> str:
    way = direction(report.number(measure, "change_percent", area=area))
    if way not in ("up", "down", "no change"):
        return "none"
    return "chance" if way == "no change" or could_be_chance(report, measure, area) else way


def _of_each_class(classes: dict[str, str]) -> list[str]:
    """Return which boroughs rose and which fell by more than chance."""
    sentences = []
    for key, what in (("up", "Up"), ("down", "Down")):
        named = [name for name in classes if classes[name] == key]
        sentences.append(f"{what} by more than chance: {', '.join(named) or 'none'}.")
    return [*sentences, "In the others chance alone could explain the change."]


def _chart(data: pd.DataFrame) -> alt.LayerChart:
    rows, columns = max(data["row"]) + 1, max(data["column"]) + 1
    layers = []
    for key, (_, words, ground, ink, corner) in CLASSES.items():
        own = data[data["class"] == key]
        if own.empty:
            continue
        base = alt.Chart(own).encode(
            x=_place("column", columns), y=_place("row", rows)
        )  # fmt: skip
        layers.append(
            base.mark_rect(
                width=SIDE - GAP, height=SIDE - GAP, color=ground, cornerRadius=corner,
                stroke=theme.DARK_GREY, strokeWidth=1, opacity=1,
            )
        )  # fmt: skip
        layers += [
            base.mark_text(dy=-22, fontSize=NAME_SIZE, color=ink).encode(text="name:N"),
            base.mark_text(dy=1, fontSize=theme.TEXT_SIZE + 1, fontWeight="bold", color=ink).encode(
                text="printed:N"
            ),
            base.mark_text(dy=23, fontSize=NAME_SIZE, color=ink, text=words),
        ]
    return alt.layer(*layers).properties(width=SIDE * columns, height=SIDE * rows)


def _place(field: str, number: int) -> alt.X | alt.Y:
    """Return the axis without lines on which each tile has one step."""
    channel = alt.X if field == "column" else alt.Y
    scale = alt.Scale(domain=list(range(number)), paddingInner=0, paddingOuter=0)
    return channel(f"{field}:O", scale=scale, axis=None)
