"""A page is a committee paper: what it begins with, its sections, its symbols, its statement."""

import re

import pytest
from shipped import PAGES
from test_pages import elements, name_of, of_each_page, read, text_of

SHAPES = "▲▼►✓≈✗–●◆◇■○"
# A part about one recommendation or portfolio is no paper of its own.
of_each_paper = pytest.mark.parametrize("page", [p for p in PAGES if not PAGES[p].get("part")])


@of_each_paper
def test_a_page_begins_with_status_dates_and_what_members_are_asked(built, page):
    html = read(built, page)
    facts = {text_of(d[0]): text_of(d[1]) for d in html.findall("body/header/dl/div")}
    assert facts["Status"] in ("○ Draft", "◐ For review", "● Approved")
    assert {"Data to", "Next edition"} <= facts.keys()
    questions = [text_of(h) for h in html.findall("body/main/h2")]
    assert questions[:2] == ["What are the key messages?", "What are Members asked to do?"]


@of_each_paper
def test_a_page_has_the_sections_of_a_committee_paper_and_says_none_where_there_is_none(
    built, page
):
    main = read(built, page).getroot().find("body/main")
    for heading in (
        "What are Members asked to do?", "Equality implications", "Financial implications",
        "Legal implications", "Which background papers are there?", "Who is the contact?",
    ):  # fmt: skip
        (found,) = [h for h in elements(main, "h2", "h3") if text_of(h) == heading]
        assert text_of(found.getnext()), heading


@of_each_page
def test_the_key_explains_each_symbol_with_its_words_and_no_others(built, page):
    html = read(built, page)
    cells = [text_of(cell) for cell in elements(html, "td", "th")]
    rows = html.xpath("//dl[@class='symbols']/div")
    key = {text_of(row[0]): text_of(row[1]) for row in rows}
    signed = {symbol for symbol in key if symbol[0] in SHAPES}
    used = {
        max((s for s in signed if cell.startswith(s, at)), key=len, default=cell[at:])
        for cell in cells
        for at, letter in enumerate(cell)
        if letter in SHAPES and (letter != "–" or cell.startswith("– "))
    }
    assert used == signed
    marks = {mark for cell in cells for mark in re.findall(r"\[[a-z]+\]", cell)}
    assert marks == {symbol for symbol in key if symbol[0] == "["}
    assert [s for s in key if not any(s in cell for cell in cells)] == []
    assert bool(html.xpath("//a[@href='#symbols']")) == bool(key)


@of_each_page
def test_a_table_takes_focus_only_where_it_may_be_wider_than_the_screen(built, page):
    for table in elements(read(built, page), "table"):
        region = table.getparent()
        takes_focus = region.get("tabindex") == "0"
        assert takes_focus == (name_of(region) == "section")
        assert not takes_focus or region.get("aria-labelledby") == table[0].get("id")
        in_cards = "cards" in table.get("class").split()
        assert takes_focus or len(table.find("thead/tr")) < 8 or in_cards


def test_the_statement_has_the_parts_that_the_regulations_ask_for(built):
    html = read(built, "accessibility")
    parts = [h.get("id") for h in elements(html, "h2")]
    assert parts == [
        "status", "not-accessible", "tests", "feedback", "enforcement", "preparation",
    ]  # fmt: skip
    said = text_of(html.getroot())
    assert "partially compliant with the Web Content Accessibility Guidelines, version 2.2" in said
    assert "Not tested: with a screen reader" in said
    assert "Equality and Human Rights Commission" in said
