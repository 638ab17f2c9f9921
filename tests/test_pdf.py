"""The PDF: tagged for those who do not see it, whole for those who do."""

import io
import re

import html5lib
import pikepdf
import pypdfium2
import pytest
from scrutiny import formats
from scrutiny.formats import outline
from scrutiny.project import open_project
from small_page import PAGE, RESULTS, page_of

A4 = {(595, 842), (842, 595)}
INSIDE_TABLES = {"/THead": "/Column", "/TBody": "/Row"}


@pytest.fixture(scope="module")
def make(root, pango):
    """The bytes of a page as PDF."""
    project = open_project(root / "params")
    style = (root / "templates" / "report" / "report.css").read_text("utf-8")

    def made(html):
        styled = html.replace("</head>", f"<style>{style}</style></head>")
        return formats.make(project, "pdf", styled, RESULTS)

    return made


@pytest.fixture(scope="module")
def small(make):
    """The small page as PDF."""
    return make(PAGE)


def opened(pdf):
    """The PDF for reading its tags."""
    return pikepdf.open(io.BytesIO(pdf))


def elements(pdf):
    """Every element of the tree of tags, in reading order, with its parents' kinds."""

    def below(element, above):
        yield element, above
        kids = element.get("/K", [])
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                yield from below(kid, (*above, str(element.S)))

    return list(below(pdf.Root.StructTreeRoot.K[0], ()))


def of_kind(pdf, kind):
    """The elements of one kind."""
    return [element for element, _ in elements(pdf) if kind == element.S]


def outside(pdf):
    """The letters that stand outside their page, in part or as a whole."""
    found = []
    for page in pypdfium2.PdfDocument(pdf):
        text = page.get_textpage()
        x1, y1, x2, y2 = page.get_mediabox()
        for index in range(text.count_chars()):
            letter = text.get_text_range(index, 1)
            left, bottom, right, top = text.get_charbox(index)
            if letter.strip() and not (x1 <= left <= right <= x2 and y1 <= bottom <= top <= y2):
                found.append(letter)
    return found


def text_of(pdf):
    """What the PDF says, without the ends of its lines."""
    document = pypdfium2.PdfDocument(pdf)
    pages = (page.get_textpage().get_text_range() for page in document)
    return re.sub(r"\s+", " ", " ".join(pages).replace("\ufffe", "-"))  # a hyphen ends a line


def bookmarks(pdf, level):
    """The titles of the bookmarks of one level, in order."""
    found = pypdfium2.PdfDocument(pdf).get_toc()
    return [entry.get_title() for entry in found if entry.level == level]


def headings(html, tag):
    """The text of the page's headings of one level."""
    tree = html5lib.parse(html, namespaceHTMLElements=False)
    return [" ".join("".join(heading.itertext()).split()) for heading in tree.iter(tag)]


def test_it_says_that_it_is_tagged_in_which_language_and_by_which_standard(small):
    pdf = opened(small)
    assert pdf.Root.MarkInfo.Marked is True
    assert str(pdf.Root.Lang) == "en-GB"
    assert str(pdf.docinfo["/Title"]) == "A small report - May 2013"
    assert pdf.Root.ViewerPreferences.DisplayDocTitle is True
    with pdf.open_metadata() as about:
        assert about["pdfuaid:part"] == "1"
        assert about["dc:title"] == "A small report - May 2013"


def test_headers_say_whether_they_head_a_column_or_a_row(small):
    pdf = opened(small)
    scopes = [str(header.A.Scope) for header in of_kind(pdf, "/TH")]
    assert scopes == ["/Column"] * 5 + ["/Row"] * 2


def test_every_cell_names_its_headers(small):
    pdf = opened(small)
    ids = {bytes(header.ID) for header in of_kind(pdf, "/TH")}
    for cell in of_kind(pdf, "/TD"):
        assert len(cell.A.Headers) == 2
        assert {bytes(header) for header in cell.A.Headers} <= ids


def test_a_figure_has_its_title_and_description_as_alternative_text(small):
    pdf = opened(small)
    (figure,) = of_kind(pdf, "/Figure")
    assert str(figure.Alt) == "Burglary by month. Line chart. Down from 1,756 to 767."


def test_a_list_holds_items_and_nothing_else(small):
    pdf = opened(small)
    for element, above in elements(pdf):
        if above and above[-1] == "/L":
            assert element.S in ("/LI", "/L", "/Caption")


def test_bookmarks_are_the_headings_of_the_page(small):
    assert bookmarks(small, 0) == ["A small report"]
    assert bookmarks(small, 1) == headings(PAGE, "h2")
    assert bookmarks(small, 2) == ["In the year"]


def test_the_running_foot_is_no_part_of_the_text(small):
    pdf = opened(small)
    content = pdf.pages[0].Contents.read_bytes()
    assert content.count(b"/Pagination") == 2
    said = text_of(small)
    assert said.count("Page 1 of") == 1


def test_every_mark_of_the_text_is_in_the_tree(small):
    pdf = opened(small)
    for page in pdf.pages:
        marks = set(map(int, re.findall(rb"/MCID (\d+)", page.Contents.read_bytes())))
        numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
        listed = {int(n): kids for n, kids in zip(numbers[::2], numbers[1::2], strict=True)}
        parents = listed[int(page.StructParents)]
        assert marks == {n for n, kid in enumerate(parents) if isinstance(kid, pikepdf.Dictionary)}


def test_the_same_page_gives_the_same_bytes(small, make):
    assert make(PAGE) == small


def test_no_clock_is_in_it(small):
    pdf = opened(small)
    assert not {"/CreationDate", "/ModDate"} & set(pdf.docinfo.keys())
    assert b"xmp:" not in pdf.Root.Metadata.read_bytes()


def test_nothing_is_asked_of_the_network(make, caplog):
    make(PAGE.replace("<p>The secretary.", '<img alt="x" src="http://127.0.0.1:9/x.png"><p>The'))
    assert "protocol" in caplog.text.lower()


def test_a_link_keeps_its_address(small):
    pdf = opened(small)
    links = [a for page in pdf.pages for a in page.get("/Annots", [])]
    addresses = {str(link.A.URI) for link in links if "/A" in link}
    assert addresses == {"https://www.example.org/"}


WIDE_TABLES = {
    "many-columns": [f"Borough-wide counts in month {n}" for n in range(12)],
    "long-words": [f"Counterterrorism{n:02}units" for n in range(6)],
    "capitals": [f"MOPAC{n:02}WWWMMMWWW" for n in range(8)],
    "far-too-wide": [f"Unacknowledgeable{n:02}reconsiderations" for n in range(14)],
}


@pytest.mark.parametrize("names", WIDE_TABLES.values(), ids=WIDE_TABLES)
def test_no_cell_of_a_wide_table_is_clipped(names, make):
    rows = [[f"{name}row{n}" for name in names] for n in range(3)]
    pdf = make(page_of(names, rows))
    said = text_of(pdf).replace(" ", "")
    for text in (*names, *(cell for row in rows for cell in row)):
        assert text.replace(" ", "") in said
    assert outside(pdf) == []


def test_words_of_a_table_that_fits_a_page_are_never_broken(make):
    names = WIDE_TABLES["long-words"]
    said = text_of(make(page_of(names, [names])))
    assert [said.count(name) for name in names] == [2] * 6


def test_the_page_is_upright_again_after_a_table_on_its_side(make):
    names = WIDE_TABLES["long-words"]
    pdf = opened(make(page_of(names, [names])))
    turned = [page.MediaBox[2] > page.MediaBox[3] for page in pdf.pages]
    assert turned == [False, True, False]


def test_the_header_row_stands_on_every_page_of_a_long_table(make):
    rows = [[f"Row {n}", "1", "2"] for n in range(120)]
    pdf = pypdfium2.PdfDocument(make(page_of(["Measure", "Headed so", "And so"], rows)))
    texts = [page.get_textpage().get_text_range() for page in pdf]
    with_rows = [text for text in texts if "Row " in text]
    assert len(with_rows) > 2
    assert all("Headed so" in text for text in with_rows)


REAL = ["committee-monthly", "recommendation-tracker", "borough-priorities"]


@pytest.mark.parametrize("report", REAL)
def test_a_shipped_report_is_tagged_and_whole(report, in_all_formats):
    html, pdf = (next((in_all_formats / report).rglob(f"*.{kind}")) for kind in ("html", "pdf"))
    page, made = html.read_text("utf-8"), pdf.read_bytes()
    said = outline.read(page)
    tags = opened(made)
    assert bookmarks(made, 1) == headings(page, "h2")
    assert {(round(float(p.MediaBox[2])), round(float(p.MediaBox[3]))) for p in tags.pages} <= A4
    figures = [str(figure.Alt) for figure in of_kind(tags, "/Figure")]
    charts = [b for b in said.body if type(b).__name__ == "Figure"]
    assert figures == [f"{chart.title}. {chart.description}" for chart in charts]
    assert len(of_kind(tags, "/Table")) >= len(said.tables)
    for header, above in elements(tags):
        if header.S == "/TH":
            part = next(kind for kind in reversed(above) if kind in INSIDE_TABLES)
            assert header.A.Scope == INSIDE_TABLES[part]
    printed = text_of(made).replace(" ", "")
    for table in said.tables:
        for text in (*table.columns, *(cell.text for row in table.rows for cell in row)):
            assert all(word in printed for word in text.split()), text
    assert outside(made) == []
