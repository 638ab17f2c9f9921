"""One browser for each test process, one page open at a time, and what else sees a page."""

import contextlib
import os
from collections import defaultdict

import pytest
from opening import BROWSERS, QUIET, document, needed, node_file, opening
from playwright.sync_api import sync_playwright
from shipped import PAGES, stem

WAYS_IN = ("index", "accessibility")
COVER = "packs/2012-10-25"
# Every page is looked at by axe and the checkers of HTML, for contrast and for what it asks for.
# The parts of an edition are made alike: of them the checks below look at one of eight and the
# last, unless the environment asks for all, which takes twice as long.
LOOKS_AT_SOME = {"test_keyboard", "test_print", "test_reading_order", "test_reflow"}
ONE_OF = 8


def of_each_kind():
    """Main pages, and of the parts of each edition every eighth and the last."""
    parts = defaultdict(list)
    for name in PAGES:
        report, edition, *part = name.split("/")
        parts[report, edition, bool(part)].append(name)
    return {
        name
        for (_, _, is_part), names in parts.items()
        for name in ([*names[::ONE_OF], names[-1]] if is_part else names)
    }


def pytest_collection_modifyitems(config, items):
    """Leave out the pages that are like others, where a check looks at some."""
    if os.environ.get("SCRUTINY_EVERY_PAGE"):
        return
    looked_at = {*of_each_kind(), *WAYS_IN, COVER}
    alike = [
        item
        for item in items
        if item.module.__name__ in LOOKS_AT_SOME
        and getattr(item, "callspec", None)
        and item.callspec.params.get("page", COVER) not in looked_at
    ]
    config.hook.pytest_deselected(items=alike)
    left_out = set(alike)
    items[:] = [item for item in items if item not in left_out]


@pytest.fixture(scope="session")
def chromium():
    """The browser that the machine has; a test that needs one is skipped without."""
    found = needed(*BROWSERS)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=found, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def files(built):
    """Every page that is published and every page about the pages, by its name."""
    pages = {name: built / name / f"{stem(name)}.html" for name in PAGES}
    return pages | {name: built / f"{name}.html" for name in WAYS_IN}


@pytest.fixture(scope="session")
def packed(draft):
    """The files of HTML in the pack of a meeting, by name: its cover, and its pages as drafts."""
    return {path.name: path for path in draft.glob("*.html")}


@pytest.fixture(scope="session")
def axe():
    """axe's own source, for the page to run."""
    return node_file("axe-core", "axe.min.js").read_text("utf-8")


# Of the whole session, so that all checks of one page share one opening of it.
@pytest.fixture(scope="session", params=[*PAGES, *WAYS_IN, COVER])
def page(request, chromium, files):
    """A shipped page, or the cover of a pack, open."""
    at = files.get(request.param) or request.getfixturevalue("packed")["index.html"]
    with opening(chromium, at) as opened:
        yield opened


@pytest.fixture
def shown(chromium, tmp_path):
    """``shown("<p>...")`` opens a page of that body, to see what a check finds in it."""
    with contextlib.ExitStack() as stack:

        def show(body, head=""):
            path = tmp_path / "page.html"
            path.write_text(document(body, head), "utf-8")
            return stack.enter_context(opening(chromium, path))

        yield show
