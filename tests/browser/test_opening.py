"""A page whose process in the browser crashes is looked at again, and fails if it crashes again."""

import contextlib

from playwright.sync_api import Error


def test_a_page_that_crashed_is_opened_anew(shown):
    opened = shown("<p>Here</p>")
    crashed = opened.page
    with crashed.expect_event("crash"), contextlib.suppress(Error):
        crashed.goto("chrome://crash")
    assert opened.page is not crashed
    assert opened.page.inner_text("p") == "Here"
