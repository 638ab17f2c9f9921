"""The palette can be seen: marks at 3:1 and text at 4.5:1 on the white of the page, computed."""

import pytest
from scrutiny import theme

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
