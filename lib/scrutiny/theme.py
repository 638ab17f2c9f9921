"""The look of charts: the Government Analysis Function's palette, large plain text, light grids."""

from __future__ import annotations

import altair as alt

# Adjacent colours of the palette differ in lightness as well as hue. On white all have the 3:1 of
# a mark, orange and purple only just; the dark ones alone have the 4.5:1 of text. The grid has
# neither and carries no data: limits and rules that do are drawn in the dark ones.
DARK_BLUE = "#12436D"
TURQUOISE = "#28A197"
DARK_PINK = "#801650"
ORANGE = "#F46A25"
DARK_GREY = "#3D3D3D"
LIGHT_PURPLE = "#A285D1"
GRID = "#D9D9D9"
FONT = "Arial, Helvetica, sans-serif"
MEASURED = "Liberation Sans"  # as wide as Arial; the renderer brings it
TEXT_SIZE = 15
WIDTH = 640

RAG_SHAPES = {"green": "●", "amber": "◆", "red": "■"}
ARROWS = {"up": "▲", "down": "▼", "no change": "►"}


def configure(chart: alt.TopLevelMixin) -> alt.TopLevelMixin:
    """Return the chart with our fonts, sizes and colours; without marks' own roles.

    The figure as a whole carries the title and the description, so a screen reader meets one
    image and not hundreds of marks.
    """
    return chart.configure(
        aria=False,
        background="white",
        font=MEASURED,
        padding={"left": 4, "right": 8, "top": 8, "bottom": 4},
        axis={
            "labelFontSize": TEXT_SIZE,
            "titleFontSize": TEXT_SIZE,
            "titleFontWeight": "normal",
            "labelColor": DARK_GREY,
            "titleColor": DARK_GREY,
            "gridColor": GRID,
            "domainColor": DARK_GREY,
            "tickColor": DARK_GREY,
            "labelLimit": 320,
        },
        header={
            "labelFontSize": TEXT_SIZE,
            "labelColor": DARK_GREY,
            "labelFontWeight": "bold",
            "title": None,
        },
        view={"stroke": None},
        text={"fontSize": TEXT_SIZE, "color": DARK_GREY},
    )
