"""A page is one small file: it asks for nothing, runs nothing and says nothing to the browser."""

from urllib.request import urlopen

import pytest

LARGEST_PAGE = 150_000


def open_ends(opened):
    """What a page asked for besides itself, and what it ran, said or could not do."""
    asked = [url for url in opened.requests if url != opened.address]
    scripts = opened.page.evaluate("document.querySelectorAll('script').length")
    return [*asked, *opened.dialogs, *opened.complaints, *["a script"] * scripts]


def test_a_page_asks_for_nothing_and_runs_nothing(page):
    assert open_ends(page) == []
    assert page.requests == [page.address]


def test_a_page_is_small_enough_for_an_e_mail(page):
    with urlopen(page.address) as file:
        assert len(file.read()) <= LARGEST_PAGE


@pytest.mark.parametrize(
    ("body", "seen"),
    [
        ("<img src='beside.png' alt='A'>", "beside.png"),
        ("<link rel='stylesheet' href='http://127.0.0.1:9/a.css'>", "http://127.0.0.1:9/a.css"),
        ("<script>alert('Hello')</script>", "Hello"),
        ("<img src='data:,' alt='A' onerror=\"alert('Hello')\">", "Hello"),
        ("<script>undefined.name</script>", "Cannot read properties of undefined"),
        ("<script type='text/plain'></script>", "a script"),
    ],
)
def test_what_a_page_asks_for_or_runs_is_seen(shown, body, seen):
    assert [end for end in open_ends(shown(body)) if seen in end]
