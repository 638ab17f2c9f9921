"""Every text stands out from its ground by 4.5 to 1, every mark of a chart by 3 to 1."""

import pytest
from opening import DESKTOP, PHONE
from scrutiny import theme


def judged(opened):
    """How many texts and marks there are, and those that do not stand out."""
    return opened.ask("contrast", {"grid": theme.GRID})


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_every_text_and_every_mark_stands_out_from_its_ground(page, width):
    found = judged(page.at(width))
    assert found["faults"] == []
    assert found["texts"] > 0


def drawn(inside):
    """A drawing with those shapes."""
    return f"<svg width='200' height='100' font-size='16'>{inside}</svg>"


@pytest.mark.parametrize(
    ("body", "kind", "ratio"),
    [
        ("<p style='color:#777'>Grey</p>", "text", 4.47),
        ("<p style='color:#767676; opacity:.9'>Thin</p>", "text", 3.75),
        ("<div style='background:#12436d'><p style='color:#444'>On blue</p></div>", "text", 1.05),
        ("<p style='background:linear-gradient(red, blue)'>On what?</p>", "undetermined", None),
        (drawn("<text x='9' y='50' fill='#777'>Grey</text>"), "text", 4.47),
        (
            drawn("<path d='M0,0h200v100h-200z' fill='#12436d'/><text x='9' y='50'>On blue</text>"),
            "text", 2.04,
        ),
        (drawn("<path d='M0,50h200' stroke='#F9A'/>"), "mark", 2.02),
        (drawn("<path d='M9,9h0M50,50h0' stroke='#FD0' stroke-width='9'/>"), "mark", 1.34),
        (
            drawn(
                "<path d='M0,0h200v100h-200z' fill='#12436d'/>"
                "<rect x='50' y='20' width='20' height='80' fill='#801650'/>"
            ),
            "mark", 1.04,
        ),
    ],
)  # fmt: skip
def test_what_does_not_stand_out_is_seen(shown, body, kind, ratio):
    faults = judged(shown(body))["faults"]
    assert [(fault["kind"], fault["ratio"]) for fault in faults][:1] == [(kind, ratio)]


@pytest.mark.parametrize(
    "inside",
    [
        "<path d='M0,50h200' stroke='#D9D9D9'/>",  # a grid line
        "<path d='M0,0h200v100h-200z' fill='#12436d'/><text x='9' y='50' fill='#fff'>A</text>",
        "<rect width='20' height='20' fill='#FD0' stroke='#3D3D3D'/>",  # pale, with a dark edge
        "<path d='M0,50h200' stroke='#12436d'/><path d='M99,50h0' stroke='#801650' stroke-width='9'"
        " stroke-linecap='round'/>",  # a point on its line lies on the page
    ],
)
def test_what_stands_out_is_let_pass(shown, inside):
    assert judged(shown(drawn(inside)))["faults"] == []
