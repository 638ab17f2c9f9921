"""Nothing is lost on a narrow screen, at twice the size, or with a reader's own spacing."""

import pytest
from opening import DESKTOP, HALF, PHONE, opening

# What WCAG 1.4.12 lets a reader set.
SPACING = """
* {
  line-height: 1.5 !important;
  letter-spacing: 0.12em !important;
  word-spacing: 0.16em !important;
}
p { margin-bottom: 2em !important }
"""


def looked(opened):
    """How the page is laid out."""
    return opened.ask("layout", {"onPaper": False})


def looked_at(page, width):
    """How the page is laid out at a width."""
    return page.once(("layout", width), lambda: looked(page.at(width)))


def lost(found):
    """What the page loses; by how far it scrolls sideways first."""
    wider = [f"the page is {found['wider']} pixels too wide"] if found["wider"] > 0 else []
    return [*wider, *found["lost"]]


@pytest.mark.parametrize("width", [DESKTOP, HALF, PHONE])
def test_nothing_is_cut_covered_or_beside_the_page(page, width):
    assert lost(looked_at(page, width)) == []


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_a_readers_own_spacing_loses_nothing(page, width):
    with page.at(width).styled(SPACING):
        assert lost(looked(page)) == []


def test_a_narrow_screen_shows_every_word_of_a_wide_one(page):
    wide, narrow = (sorted(looked_at(page, width)["shown"]) for width in (DESKTOP, PHONE))
    assert narrow == wide


def test_twice_the_size_shows_the_same_as_half_the_width(chromium, files):
    path = files["committee-monthly/2012-10"]
    with opening(chromium, path, scale=2) as opened:
        found = looked(opened.at(HALF))
        assert opened.page.evaluate("[innerWidth, devicePixelRatio]") == [HALF, 2]
        assert lost(found) == []


@pytest.mark.parametrize(
    ("body", "how"),
    [
        (
            "<p style='width:90px; overflow:hidden; white-space:nowrap'>Much too long</p>",
            "cut by p",
        ),
        ("<p style='height:9px; overflow:hidden'>Much too high</p>", "cut by p"),
        ("<p style='position:absolute; left:1270px'>Outside</p>", "out of the page"),
        ("<svg width='90' height='20'><text y='15'>Much too long</text></svg>", "cut by svg"),
        ("<p style='height:0; margin:0'>Under</p><p style='margin:0'>Above</p>", 'over "Under"'),
    ],
)
def test_text_that_is_lost_is_seen(shown, body, how):
    found = lost(looked(shown(body).at(DESKTOP)))
    assert how in [loss["how"] for loss in found if isinstance(loss, dict)]


def test_a_page_that_scrolls_sideways_is_seen(shown):
    found = lost(looked(shown("<p style='width:400px'>Wide</p>").at(PHONE)))
    assert found == ["the page is 88 pixels too wide"]


def test_a_region_that_scrolls_loses_nothing(shown):
    region = "<div style='width:200px; overflow:auto'><p style='width:900px'>Wide</p></div>"
    assert lost(looked(shown(region).at(PHONE))) == []


def test_spacing_that_cuts_a_text_is_seen(shown):
    opened = shown("<p style='width:9ch; overflow:hidden; font-family:monospace'>Just_fits</p>")
    assert lost(looked(opened)) == []
    with opened.styled(SPACING):
        assert [loss["how"] for loss in lost(looked(opened))] == ["cut by p"]
