"""The palette can be seen: marks at 3:1 and text at 4.5:1 on the white of the page, computed.

And what is drawn in it is a chart.
"""

import json
from pathlib import Path

import altair as alt
import pytest
from scrutiny import build_report, charts, theme

NOTEBOOKS = Path(__file__).parents[1] / "notebooks"
SOME_OF_EACH = [
    "committee-monthly/2012-10", "borough-priorities/2018-q4",
    "borough-priorities/2018-q4/haringey", "territorial-performance/2025-11",
    "recommendation-tracker/2013-06", "explore/2025-11//robbery",
]  # fmt: skip

TEXT = [theme.DARK_BLUE, theme.DARK_PINK, theme.DARK_GREY]
MARKS = [*TEXT, theme.TURQUOISE, theme.ORANGE, theme.LIGHT_PURPLE]


def contrast_with_white(colour):
    """The contrast ratio of WCAG 2.2 between a colour and white."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    red, green, blue = linear
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def test_the_contrast_of_black_and_of_a_middle_grey_is_the_published_one():
    assert contrast_with_white("#000000") == pytest.approx(21)
    assert contrast_with_white("#767676") == pytest.approx(4.54, abs=0.005)


@pytest.mark.parametrize("colour", MARKS)
def test_a_mark_stands_out_from_the_page(colour):
    assert contrast_with_white(colour) >= 3


@pytest.mark.parametrize("colour", TEXT)
def test_text_in_a_chart_can_be_read(colour):
    assert contrast_with_white(colour) >= 4.5


def test_the_grid_is_too_faint_to_carry_data():
    assert contrast_with_white(theme.GRID) < 3


@pytest.mark.parametrize("page", SOME_OF_EACH)
def test_a_chart_as_a_whole_is_what_the_grammar_of_charts_allows(page):
    report = build_report(*page.split("/"))
    name = {"explore": "explore-static"}.get(report.name, report.name)
    cells = json.loads((NOTEBOOKS / f"{name}.ipynb").read_text("utf-8"))["cells"]
    asked = ["".join(c["source"]) for c in cells if c["source"][0].startswith("charts.")]
    drawn = [eval(each, {"charts": charts, "report": report}) for each in asked]
    figures = [each for each in drawn if isinstance(each, charts.Figure)]
    assert figures
    for figure in figures:
        theme.configure(figure.chart).to_dict(validate=True)  # raises what is wrong


def test_a_chart_that_the_grammar_does_not_allow_would_be_found():
    chart = alt.Chart(alt.InlineData([])).mark_line()
    chart.mark = {"type": "wave"}
    with pytest.raises(alt.utils.schemapi.SchemaValidationError):
        theme.configure(chart).to_dict(validate=True)
