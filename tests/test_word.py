"""The Word file: Word's own structure, so that whoever reads by structure can."""

import io
import zipfile

import docx
import pytest
from docx.oxml.ns import qn
from scrutiny.formats import outline, word
from small_page import PAGE, page_of

REAL = ["committee-monthly", "recommendation-tracker", "borough-priorities"]


def make(html):
    """The page as a Word file, in bytes."""
    return word.make(outline.read(html))


def opened(file):
    """The Word file, opened by the library."""
    return docx.Document(io.BytesIO(file))


@pytest.fixture(scope="module")
def small():
    """The small page as a Word file."""
    return opened(make(PAGE))


def with_style(document, *names):
    """The text of the paragraphs of these styles, in order."""
    return [p.text for p in document.paragraphs if p.style.name in names]


def test_headings_have_words_own_styles(small):
    assert with_style(small, "Title") == ["A small report"]
    assert with_style(small, "Heading 1") == [
        "What are the key messages?",
        "Contents",
        "What changed?",
        "Who is the contact?",
        "What do the symbols mean?",
    ]
    assert with_style(small, "Heading 2") == ["In the year"]


def test_lists_are_lists(small):
    assert with_style(small, "List Bullet") == ["Burglary fell: 767."]
    numbered = ["What are the key messages?", "What changed?", "First", "Second"]
    assert with_style(small, "List Number") == numbered
    assert with_style(small, "List Bullet 2") == ["Inner"]


def test_every_numbered_list_begins_at_one(small):
    numbers = [p._p.pPr.numPr.numId.val for p in small.paragraphs if p.style.name == "List Number"]
    assert numbers[0] == numbers[1] != numbers[2] == numbers[3]
    numbering = small.part.numbering_part.element
    for number in set(numbers):
        own = next(num for num in numbering.num_lst if num.numId == number)
        assert own.find(f".//{qn('w:startOverride')}").get(qn("w:val")) == "1"


def test_the_language_is_british_english_and_the_title_is_said(small):
    assert small.core_properties.title == "A small report"
    assert small.core_properties.language == "en-GB"
    languages = small.styles.element.iter(qn("w:lang"))
    assert {language.get(qn("w:val")) for language in languages} == {"en-GB"}


def test_a_table_has_a_header_row_that_is_repeated_and_rows_that_stay_whole(small):
    (table,) = small.tables
    marked = [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows]
    whole = [row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows]
    assert (marked, whole) == ([True, False, False], [True, True, True])
    look = table._tbl.tblPr.find(qn("w:tblLook"))
    assert (look.get(qn("w:firstRow")), look.get(qn("w:firstColumn"))) == ("1", "1")


def test_a_table_says_what_the_page_says_words_and_shapes_included(small):
    (table,) = small.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Crime", "Before (count)", "Now (count)", "Change (%)", "Reading"],
        ["Burglary", "1,756", "767", "-56.3%", "▼ down, better"],
        ["Robbery", "n/a", "", "n/a", "◆ AMBER"],
    ]


def test_tables_and_figures_have_captions_and_notes(small):
    assert with_style(small, "Caption") == ["Recorded crime", "Burglary by month"]
    notes = ["Counted by month.", "What the symbols mean", "Source: made up."]
    assert with_style(small, "Source or note") == notes


def test_a_picture_has_its_description_as_alternative_text(small):
    (picture,) = small.inline_shapes
    about = picture._inline.docPr
    assert about.get("title") == "Burglary by month"
    assert about.get("descr") == "Line chart. Down from 1,756 to 767."
    assert (picture.width.mm, picture.height.mm) == pytest.approx((79.375, 26.458), abs=0.01)


def test_links_lead_to_addresses_and_to_places_of_the_file(small):
    links = list(small.element.iter(qn("w:hyperlink")))
    places = {mark.get(qn("w:name")) for mark in small.element.iter(qn("w:bookmarkStart"))}
    inside = {link.get(qn("w:anchor")) for link in links} - {None}
    outside = {link.get(qn("r:id")) for link in links} - {None}
    assert inside
    assert inside <= places
    assert {small.part.rels[name].target_ref for name in outside} == {"https://www.example.org/"}


def test_pages_are_a4_and_numbered(small):
    (section,) = small.sections
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    fields = section.footer._element.iter(qn("w:fldSimple"))
    assert [field.get(qn("w:instr")) for field in fields] == ["PAGE", "NUMPAGES"]


def test_the_page_is_turned_for_a_wide_table_and_back():
    names = [f"Counterterrorism{n:02}units" for n in range(6)]
    sections = opened(make(page_of(names, [names]))).sections
    assert [section.page_width > section.page_height for section in sections] == [
        False,
        True,
        False,
    ]


def test_the_same_page_gives_the_same_bytes_and_no_clock():
    first, second = make(PAGE), make(PAGE)
    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {part.date_time for part in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        about = archive.read("docProps/core.xml").decode()
    assert "dcterms" not in about.partition(">")[2].partition(">")[2]


@pytest.mark.parametrize("report", REAL)
def test_a_shipped_report_has_all_that_the_page_has(report, in_all_formats):
    html, file = (next((in_all_formats / report).rglob(f"*.{kind}")) for kind in ("html", "docx"))
    page, made = outline.read(html.read_text("utf-8")), opened(file.read_bytes())
    of_level = {
        level: [b.text for b in page.body if getattr(b, "level", 0) == level] for level in (2, 3)
    }
    assert with_style(made, "Heading 1") == of_level[2]
    assert with_style(made, "Heading 2") == of_level[3]
    assert [table.cell(0, 0).text for table in made.tables] == [t.columns[0] for t in page.tables]
    charts = [block for block in page.body if hasattr(block, "svg")]
    described = [shape._inline.docPr.get("descr") for shape in made.inline_shapes]
    assert described == [chart.description for chart in charts]
    assert set(with_style(made, "Caption")) >= {table.caption for table in page.tables}
