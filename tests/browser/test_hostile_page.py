"""A page full of text that would do harm as markup runs nothing and asks for nothing."""

import pytest
from hostile import hostile_page, hostile_project
from opening import DESKTOP, PHONE, opening
from test_axe import violations
from test_closed import open_ends
from test_reflow import looked, lost


@pytest.fixture(scope="module")
def hostile(chromium, tmp_path_factory):
    """That page, open."""
    folder = tmp_path_factory.mktemp("hostile")
    page = hostile_page(hostile_project(folder / "project"), folder)
    path = folder / "page.html"
    path.write_text(page, "utf-8")
    with opening(chromium, path) as opened:
        yield opened


def test_no_hostile_text_runs_or_asks(hostile):
    assert open_ends(hostile) == []


def test_what_a_finger_or_a_mouse_touches_runs_nothing(hostile):
    hostile.at(DESKTOP).page.evaluate(
        "document.querySelectorAll('body *').forEach(e => ['mouseover', 'focus', 'toggle', 'load',"
        " 'error'].forEach(name => e.dispatchEvent(new Event(name))))"
    )
    assert open_ends(hostile) == []


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_hostile_text_breaks_neither_rules_nor_layout(axe, hostile, width):
    assert lost(looked(hostile.at(width))) == []
    assert violations(hostile.at(width), axe) == []
