"""The spreadsheet: the Analysis Function's rules, numbers as numbers, text that stays text."""

import io
import zipfile

import openpyxl
import pytest
from scrutiny.formats import outline, spreadsheet
from scrutiny.formats.sheet import number_format
from small_page import HEADINGS, HOSTILE, PAGE, RESULTS, page_of

REAL = ["committee-monthly", "recommendation-tracker", "borough-priorities"]


def make(html, results=RESULTS):
    """The page's tables as a spreadsheet, in bytes."""
    return spreadsheet.make(outline.read(html), results)


def opened(file):
    """The spreadsheet, opened by the library, formulas as they are written."""
    return openpyxl.load_workbook(io.BytesIO(file))


@pytest.fixture(scope="module")
def small():
    """The small page as a spreadsheet."""
    return opened(make(PAGE))


def table_of(sheet):
    """The cells of the sheet's one table."""
    (table,) = sheet.tables.values()
    return sheet[table.ref]


def test_cover_contents_and_notes_come_first_then_a_sheet_a_table(small):
    assert small.sheetnames == ["Cover", "Contents", "Notes", "Table_1", "Results"]
    assert small.active.title == "Cover"


def test_the_cover_says_what_it_is_its_status_standing_contact_and_licence(small):
    said = [cell.value for cell in small["Cover"]["A"]]
    assert said[:5] == [
        "A small report",
        "A committee",
        "Status: Draft",
        "Data to: May 2013",
        "Not an official publication.",
    ]
    assert said[-2:] == ["Contact: The secretary.", "Open Government Licence v3.0."]


def test_the_contents_name_every_sheet_and_lead_to_it(small):
    rows = table_of(small["Contents"])[1:]
    assert [row[0].value for row in rows] == ["Cover", "Notes", "Table_1", "Results"]
    assert rows[2][1].value == "Recorded crime"
    assert [row[0].hyperlink.location for row in rows] == [
        "'Cover'!A1",
        "'Notes'!A1",
        "'Table_1'!A1",
        "'Results'!A1",
    ]


def test_the_notes_explain_signs_and_set_words_and_hold_the_notes_of_tables(small):
    rows = [[cell.value for cell in row] for row in table_of(small["Notes"])[1:]]
    assert rows == [
        ["[x]", "not available: there is no such figure", "any"],
        ["[z]", "not applicable: the row has no such entry", "any"],
        ["▼ down", "lower than before", "any"],
        ["Note 1", "Counted by month.", "Table_1"],
    ]


def test_numbers_are_numbers_before_rounding_that_print_as_on_the_page(small):
    heads, burglary, robbery = table_of(small["Table_1"])
    assert tuple(cell.value for cell in heads) == HEADINGS
    assert [cell.value for cell in burglary] == [
        "Burglary",
        1756,
        767,
        -56.321184510250568,
        "▼ down, better",
    ]
    assert [cell.number_format for cell in burglary[1:4]] == ["#,##0", "#,##0", '#,##0.0"%"']
    assert [cell.value for cell in robbery] == ["Robbery", "n/a", "[x]", "n/a", "◆ AMBER"]


@pytest.mark.parametrize(
    ("printed", "written"),
    [
        ("797,339", "#,##0"),
        ("+19.6%", '+#,##0.0"%";-#,##0.0"%";#,##0.0"%"'),
        ("-2.9%", '#,##0.0"%"'),
        ("0.0", "#,##0.0;#,##0.0"),
        ("0.0111", "#,##0.0000"),
        ("-5 percentage points", '#,##0" percentage points"'),
        ("n/a", '"n/a"'),
    ],
)
def test_the_format_of_a_number_is_read_from_how_it_is_printed(printed, written):
    assert number_format(printed) == written


def test_every_number_of_the_page_is_in_the_sheet_of_results(small):
    heads, *rows = table_of(small["Results"])
    assert [cell.value for cell in heads] == list(RESULTS.columns)
    assert [cell.value for cell in rows[2]] == [
        "burglary.mps.change_percent.month",
        -56.321184510250568,
        "-56.3%",
        "=note",
        1756,
    ]
    assert [cell.value for cell in rows[1][3:]] == ["[z]", "[z]"]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_text_that_looks_like_a_formula_stays_text(hostile):
    book = opened(make(page_of([hostile, "Other"], [[hostile, hostile]])))
    heads, row = table_of(book["Table_1"])
    for cell in (heads[0], *row):
        assert (cell.value, cell.data_type, cell.quotePrefix) == (hostile, "s", True)


def test_headings_that_occur_twice_are_told_apart():
    book = opened(make(page_of(["Area", "Count", "count", "Count"], [["x", "1", "2", "3"]])))
    heads, _ = table_of(book["Table_1"])
    assert [cell.value for cell in heads] == ["Area", "Count", "count (2)", "Count (3)"]


def follows_the_rules(file):
    """Hold a spreadsheet to the rules: no formula, no merged or blank cell, one table a sheet."""
    book = opened(file)
    assert [name for sheet in book for name in sheet.tables] == book.sheetnames[1:]
    for sheet in book:
        assert not sheet.merged_cells.ranges
        assert sheet["A1"].value
        assert (sheet.sheet_view.selection[0].activeCell, sheet.freeze_panes) == ("A1", None)
        assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
        fonts = [cell.font for row in sheet.iter_rows() for cell in row if cell.value is not None]
        assert {font.name for font in fonts} == {"Arial"}
        assert min(font.size for font in fonts) == 12
        for table in sheet.tables.values():
            cells = sheet[table.ref]
            assert cells[0][0].column == 1
            assert cells[-1][-1].coordinate == sheet.dimensions.partition(":")[2]
            assert all(str(cell.value).strip() for row in cells for cell in row)
            assert None not in {cell.value for row in cells for cell in row}
            names = [column.name for column in table.tableColumns]
            assert names == [cell.value for cell in cells[0]]
            assert table.autoFilter is None
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        parts = [archive.read(name) for name in archive.namelist() if "sheet" in name]
    assert not any(b"<f>" in part for part in parts)


def test_the_small_page_follows_the_rules():
    follows_the_rules(make(PAGE))


@pytest.mark.parametrize("report", REAL)
def test_a_shipped_report_follows_the_rules_and_has_every_table(report, in_all_formats):
    html, file = (next((in_all_formats / report).rglob(f"*.{kind}")) for kind in ("html", "xlsx"))
    follows_the_rules(file.read_bytes())
    book, page = opened(file.read_bytes()), outline.read(html.read_text("utf-8"))
    named = [sheet["A1"].value for sheet in book if sheet.title.startswith("Table_")]
    assert named == [table.caption for table in page.tables]
    shown = sum(bool(cell.result_id) for table in page.tables for row in table.rows for cell in row)
    numbers = [
        cell
        for sheet in book
        if sheet.title.startswith("Table_")
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, int | float)
    ]
    assert 0 < len(numbers) <= shown


def test_the_same_page_gives_the_same_bytes_and_no_clock():
    first, second = make(PAGE), make(PAGE)
    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {part.date_time for part in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        about = archive.read("docProps/core.xml")
    assert b"dcterms:modified" not in about
    assert b"en-GB" in about
