"""A pack of approved pages: as they were published, the same every time."""

import hashlib
import re

from packs import WARNING, bookmarks, pdf, tree, words_of_pages
from scrutiny.pack.document import chapter

WAYS = re.compile(r'<nav class="beside".*?</nav>')


def test_an_item_of_several_pages_is_bookmarked_by_page_and_then_by_section(approved):
    found = bookmarks(pdf(approved / "packs" / "2019-03-01"))
    assert [title for level, title, _ in found if level == 0] == [
        "Briefing <b>on boroughs</b>, 1 March 2019",
        "Item 4a: Two boroughs",
        "Item 7: Any other business",
    ]
    titles = [title for level, title, _ in found if level == 1]
    assert ["Croydon" in titles[0], "Bromley" in titles[1], len(titles)] == [True, True, 2]
    assert sum(level == 2 for level, _, _ in found) > 8


def test_approved_pages_are_packed_as_they_are_but_for_their_links_and_without_the_mark(approved):
    pack = approved / "packs" / "2019-03-01"
    for place in ("croydon", "bromley"):
        name = f"borough-priorities-2018-q4-{place}.html"
        page = approved / "borough-priorities" / "2018-q4" / place / name
        packed, published = (WAYS.split(path.read_text("utf-8")) for path in (pack / name, page))
        assert packed == published
    assert (pack / "pack-2019-03-01.zip").is_file()
    assert "Draft" not in " ".join(words_of_pages(pdf(pack)))
    assert WARNING.upper() not in (pack / "covering-note.txt").read_text("utf-8")


def test_markup_in_a_meetings_file_shows_as_text(approved):
    cover = approved / "packs" / "2019-03-01" / "index.html"
    assert tree(cover).findtext("body/header/h1") == "Briefing <b>on boroughs</b>, 1 March 2019"


def test_the_same_pages_make_the_same_pack_byte_for_byte(approved, params, scrutiny):
    pack = approved / "packs" / "2019-03-01"
    first = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in pack.iterdir()}
    finished = scrutiny("pack", "2019-03-01", "--params", params, "--out", approved)
    assert finished.returncode == 0, finished.stderr
    again = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in pack.iterdir()}
    assert again == first


def test_a_chapter_keeps_its_links_and_drawings_with_ids_of_its_own():
    page = """<html lang="en-GB"><head><title>A</title></head><body>
    <a class="skip" href="#main">Skip</a><header><h1>A</h1></header>
    <main id="main"><h2 id="x">B</h2><a href="#x">to B</a><a href="https://e.org/#x">away</a>
    <svg viewBox="0 0 1 1" aria-labelledby="t d"><title id="t">T</title><desc id="d">D</desc>
    <g clip-path="url(#c)"></g></svg></main><footer>F</footer></body></html>"""
    made = chapter(page, "p--")
    for kept in (
        '<h3>A</h3>', '<h4 id="p--x">B</h4>', 'href="#p--x"', 'href="https://e.org/#x"',
        'viewBox="0 0 1 1"', 'aria-labelledby="p--t p--d"', 'id="p--t"', "url(#p--c)",
    ):  # fmt: skip
        assert kept in made, kept
    assert not re.search(r"<(header|main|footer)\b|Skip", made)
