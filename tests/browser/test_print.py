"""On A4 nothing is cut, a table's header stands on each of its pages, no heading ends a page."""

import pypdfium2
import pytest

A4 = (595.2, 841.9)
CONTENT = 680  # pixels between the side margins of 15 mm
TABLES = """() => [...document.querySelectorAll("table")].map(table => ({
    head: table.tHead?.innerText ?? "",
    rows: [...table.tBodies].flatMap(body => [...body.rows]).map(row => row.innerText),
}))"""
HEADINGS = """() => [...document.querySelectorAll("h2, h3, h4, caption, figcaption")].map(e => ({
    text: e.innerText,
    head: e.closest("table")?.tHead?.innerText ?? "",
}))"""


def squashed(text):
    """A text without spaces; the PDF's reader has its own mark for a hyphen at a line's end."""
    return "".join(text.split()).replace("\ufffe", "-")


def printed(opened):
    """The texts of the pages that the browser prints, and every text that is not all on paper."""
    shown = opened.at(CONTENT, media="print").ask("layout", {"onPaper": True})["shown"]
    pdf = pypdfium2.PdfDocument(opened.page.pdf(format="A4", prefer_css_page_size=True))
    pages, outside = [], []
    for sheet in pdf:
        text = sheet.get_textpage()
        pages.append(squashed(text.get_text_range()))
        width, height = sheet.get_size()
        assert (width, height) == pytest.approx(A4, abs=1)
        for box in map(text.get_rect, range(text.count_rects())):
            left, bottom, right, top = box
            if left < 0 or bottom < 0 or right > width or top > height:
                outside.append(text.get_text_bounded(*box))
    pdf.close()
    paper = "".join(pages)
    return pages, [*outside, *(text for text in shown if squashed(text) not in paper)]


def without_header(pages, tables):
    """Pages on which a table goes on without its header row: its header and the page's number."""
    found = []
    place = (0, 0)
    for table in tables:
        before = None
        for row in map(squashed, table["rows"]):
            number, at = _next(pages, row, place)
            if number is None:
                continue
            if before is not None and number > before:
                head = squashed(table["head"])
                if head not in pages[number][:at]:
                    found.append((table["head"], number + 1))
            before, place = number, (number, at + len(row))
    return found


def _next(pages, text, place):
    """Where a text comes next: its page and its place there."""
    for number in range(place[0], len(pages)):
        at = pages[number].find(text, place[1] if number == place[0] else 0)
        if at >= 0:
            return number, at
    return None, None


def left_at_the_foot(pages, headings):
    """Headings with nothing after them on their page, and captions with a header row alone."""
    paper = "\f".join(pages)
    found = []
    end = len(paper)
    for heading in reversed(headings):  # from the end, as the contents list them before they come
        text = squashed(heading["text"])
        start = paper.rfind(text, 0, end)
        after, is_broken, _ = paper[start + len(text) :].partition("\f")
        if text and is_broken and after in ("", squashed(heading["head"])):
            found.append(heading["text"])
        end = start if start >= 0 else end
    return found


def test_a_printed_page_keeps_its_words_headers_and_headings(page):
    pages, outside = printed(page)
    assert outside == []
    assert without_header(pages, page.page.evaluate(TABLES)) == []
    assert left_at_the_foot(pages, page.page.evaluate(HEADINGS)) == []


def test_no_column_is_cut_at_the_width_of_paper(page):
    found = page.at(CONTENT, media="print").ask("layout", {"onPaper": True})
    assert found["wider"] <= 0
    assert found["lost"] == []


@pytest.mark.parametrize("away", [-16, -200])
def test_a_text_beside_the_paper_is_seen(shown, away):
    _, outside = printed(shown(f"<p style='margin-left:{away}px'>Far away</p>"))
    assert outside


def test_a_column_cut_on_paper_is_seen(shown):
    region = "<div style='width:200px; overflow:auto'><p style='width:900px'>{}</p></div>"
    opened = shown(region.format("Words " * 40)).at(CONTENT, media="print")
    assert opened.ask("layout", {"onPaper": True})["lost"]


@pytest.mark.parametrize(("display", "faulty"), [("table-header-group", 0), ("table-row-group", 1)])
def test_a_header_that_does_not_repeat_is_seen(shown, display, faulty):
    rows = "".join(f"<tr><td>Row {number}</td></tr>" for number in range(60))
    table = f"<table><thead><tr><th>Header</th></tr></thead><tbody>{rows}</tbody></table>"
    opened = shown(table, f"<style>thead {{ display: {display} }}</style>")
    pages, _ = printed(opened)
    assert len(pages) == 2
    assert len(without_header(pages, opened.page.evaluate(TABLES))) == faulty


@pytest.mark.parametrize(
    "last",
    [
        "<h2>Last</h2><p style='break-before:page'>Next</p>",
        "<table><caption>Last</caption><thead><tr><th>Header</th></tr></thead>"
        "<tbody style='break-before:page'><tr><td>Next</td></tr></tbody></table>",
    ],
)
def test_a_heading_at_the_foot_of_a_page_is_seen(shown, last):
    opened = shown(f"<ol><li>Last</li></ol><p>Words</p>{last}")
    pages, _ = printed(opened)
    assert len(pages) == 2
    assert left_at_the_foot(pages, opened.page.evaluate(HEADINGS)) == ["Last"]
