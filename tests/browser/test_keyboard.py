"""With the keyboard alone: all is reached, in order, seen where it is, and left again."""

from itertools import pairwise

import pytest
from opening import DESKTOP, PHONE

SEEN = 3.0  # contrast of what focus adds against the page round it
SMALLEST = 8  # pixels: less of a focused thing is not seen


def tabbed(opened):
    """What can be reached, and each stop of the Tab key until it leaves the page or is caught."""
    reachable = opened.ask("stops")
    stops = []
    for _ in range(len(reachable) + 3):
        opened.page.keyboard.press("Tab")
        stop = opened.ask("focus")
        if stop is None:
            return reachable, stops, True
        stops.append(stop)
    return reachable, stops, False


def passed_over(reachable, stops):
    """What the Tab key did not reach, and what it reached that nobody marked as reachable."""
    reached = {stop["place"] for stop in stops}
    return [
        *(name for place, name in enumerate(reachable) if place not in reached),
        *(stop["where"] for stop in stops if stop["place"] == -1),
    ]


def unseen(stops):
    """Where a reader cannot see the focus."""
    return [
        stop["where"]
        for stop in stops
        if stop["sign"] < SEEN or stop["covered"] or stop["size"] < SMALLEST
    ]


def out_of_order(stops):
    """Stops that stand wholly above the one before."""
    return [after["where"] for before, after in pairwise(stops) if after["bottom"] <= before["top"]]


def test_the_keyboard_reaches_everything_in_the_pages_order_and_leaves(page):
    reachable, stops, left = tabbed(page.at(DESKTOP))
    assert left
    assert passed_over(reachable, stops) == []
    assert [stop["place"] for stop in stops] == list(range(len(reachable)))
    assert unseen(stops) == []


def test_on_a_phones_width_the_keyboard_goes_down_the_page(page):
    reachable, stops, left = tabbed(page.at(PHONE))
    assert left
    assert passed_over(reachable, stops) == []
    assert out_of_order(stops) == []
    assert unseen(stops) == []


def test_the_skip_link_comes_first_and_leads_to_the_content(page):
    page.at(DESKTOP).ask("stops")
    page.page.keyboard.press("Tab")
    skip = page.page.evaluate("[document.activeElement.hash, document.activeElement.innerText]")
    page.page.keyboard.press("Enter")
    page.page.keyboard.press("Tab")
    inside = page.page.evaluate("document.querySelector('main').contains(document.activeElement)")
    before = page.page.evaluate(
        "window.stops.all.findIndex(e => document.querySelector('main').contains(e))"
    )
    assert skip == ["#main", "Skip to main content"]
    assert inside
    assert page.ask("focus")["place"] == before


THREE = "<main><a href='#a'>One</a> <a href='#b'>Two</a> <a href='#c'>Three</a></main>"


def test_a_sound_page_is_let_pass(shown):
    reachable, stops, left = tabbed(shown(THREE))
    assert (len(reachable), [stop["place"] for stop in stops], left) == (3, [0, 1, 2], True)
    assert unseen(stops) == []


def test_a_trap_is_seen(shown):
    opened = shown(THREE)
    opened.page.evaluate(
        "document.links[1].addEventListener('keydown', event => event.preventDefault())"
    )
    reachable, stops, left = tabbed(opened)
    assert not left
    assert passed_over(reachable, stops) == ["main > a:nth-of-type(3)"]


def test_a_link_out_of_turn_is_seen(shown):
    _, stops, _ = tabbed(shown(THREE.replace("<a href='#c'>", "<a href='#c' tabindex='1'>")))
    assert [stop["place"] for stop in stops] == [2, 0, 1]


def test_a_jump_up_the_page_is_seen(shown):
    up = "<style>main { display: flex; flex-direction: column-reverse }</style>"
    _, stops, _ = tabbed(shown(THREE, up))
    assert len(out_of_order(stops)) == 2


@pytest.mark.parametrize(
    "rules",
    [
        ":focus { outline: none }",
        ":focus { outline: 2px solid #eee }",
        "a:nth-of-type(n) { position: absolute; left: -99px }",
        "main::after { content: ''; position: fixed; inset: 0; background: white }",
    ],
)
def test_a_focus_that_is_not_seen_is_told(shown, rules):
    _, stops, _ = tabbed(shown(THREE, f"<style>{rules}</style>"))
    assert len(unseen(stops)) == 3


def test_a_region_that_scrolls_but_is_not_marked_is_told(shown):
    region = (
        "<main><div style='width:99px; overflow:auto'><p style='width:999px'>A</p></div></main>"
    )
    reachable, stops, _ = tabbed(shown(region))
    assert passed_over(reachable, stops) == ["main > div"]
