"""The Datastore workbook's own quirks are layout; whatever else is wrong refuses it whole."""

import datetime as dt

import pytest
from files import read, values, workbook
from scrutiny.errors import FaultyFile
from scrutiny.sources import workbook as reader
from scrutiny.sources.raw import RawFile

APRIL, MAY, JUNE = (dt.date(2011, month, 1) for month in (4, 5, 6))
CHANGE = "% Change over last two 12 month periods"
OFFENCES = [
    ["Total Counts", None, " Click on links for definitions"],
    [],
    ["Month-Year", "TNO", "Victim based crime", "Victim based crime SDR", None, "Notes"],
    [APRIL, 69738, 60243, 0.154],
    [MAY, 72700, 62264, 0.150],
    [JUNE, 72811, 62661, 0.157],
]
BOROUGHS = [
    ["MOPAC Priority Crimes, by Borough"],
    [],
    ["Month-Year", "Barking & Dagenham", "Barnet", "Heathrow Airport", "MPS Total"],
    [APRIL, 956, 1324, 12, 2292],
    [CHANGE, -0.0067, 0.0303, 0.1, -0.0031],
    [MAY, 995, 1398, 10, 2403],
    [JUNE, 887, 1335, 11, 2233],
]
OTHER_SHEETS = [  # without All offences
    "confidence in police", "fear of crime-borough", "mopac priority", "mopac priority-borough",
    "officer strength-borough", "other priority", "pcso strength-borough", "police calls-asb",
    "police calls-crime", "police-strength", "sergeant strength-borough",
    "special strength-borough", "staff strength-borough", "stop&search", "violence",
]  # fmt: skip
AIRPORTS = "London Heathrow and London City Airports"


def with_cell(table, row, column, value):
    """The table with another value in one cell, counted from 1."""
    rows = [[*cells, *[None] * (column - len(cells))] for cells in table]
    rows[row - 1][column - 1] = value
    return rows


def test_a_workbook_is_read_sheet_by_sheet(tmp_path):
    found = read(tmp_path, workbook({"All offences": OFFENCES, "MOPAC Priority-Borough": BOROUGHS}))
    assert (found.source, found.vintage, found.first_month) == (
        "datastore-workbook", "2011-06", "2011-04",
    )  # fmt: skip
    assert (found.rows, found.areas) == (6, 4)
    assert values(found)["MPS", "TNO", "2011-05"] == 72700
    assert values(found)["MPS", "Victim based crime SDR", "2011-06"] == 0.157
    assert values(found)["Barking and Dagenham", "MOPAC 7", "2011-05"] == 995
    assert values(found)[AIRPORTS, "MOPAC 7", "2011-04"] == 12
    assert values(found)["MPS", "MOPAC 7", "2011-06"] == 2233
    assert len(values(found)) == 3 * 3 + 4 * 3


def test_a_figure_says_its_sheet_row_and_column(tmp_path):
    found = read(tmp_path, workbook({" MOPAC Priority-Borough": BOROUGHS})).observations
    cell = found[(found["area"] == "Barnet") & (found["period"] == "2011-05")].iloc[0]
    assert (cell["sheet"], cell["row"], cell["column"]) == ("MOPAC Priority-Borough", 6, 3)


def test_a_row_of_changes_among_the_months_is_noted_and_left_out(tmp_path):
    found = read(tmp_path, workbook({"MOPAC Priority-Borough": BOROUGHS}))
    (note,) = (note for note in found.notes if note.row)
    assert (note.row, note.column, note.value) == (5, "MOPAC Priority-Borough", CHANGE)


@pytest.mark.parametrize(
    ("name", "table"),
    [
        ("All offences", OFFENCES),
        (" All offences", OFFENCES),
        ("  ALL  offences ", OFFENCES),
        ("All offences", [["Total Counts"], [], [], *OFFENCES[2:]]),
        ("All offences", [*OFFENCES, *[[]] * 200, [None, None, None, None, " "]]),
        ("All offences", with_cell(OFFENCES, 5, 5, "stray")),
        ("All offences", with_cell(OFFENCES, 5, 6, 7)),
    ],
    ids=[
        "plain", "space before", "capitals", "header lower", "blank rows", "unnamed column",
        "unknown column",
    ],
)  # fmt: skip
def test_what_is_the_workbooks_layout_is_no_fault(tmp_path, name, table):
    found = values(read(tmp_path, workbook({name: table})))
    assert len(found) == 9
    assert found["MPS", "TNO", "2011-06"] == 72811


def test_a_hidden_sheet_is_not_read_and_is_named_as_missing(tmp_path):
    stale = with_cell(OFFENCES, 5, 2, 1)
    book = workbook({"All offences": stale, "MOPAC Priority-Borough": BOROUGHS}, ["All offences"])
    found = read(tmp_path, book)
    assert not any(category == "TNO" for _, category, _ in values(found))
    assert ("the workbook has no such sheet", "all offences") in [
        (note.reason, note.value) for note in found.notes
    ]


def test_what_a_workbook_lacks_and_what_no_earlier_one_had_is_noted(tmp_path):
    book = workbook({"All offences": OFFENCES, "Drones": [["Month-Year", "Flights"], [APRIL, 3]]})
    notes = [(note.reason, note.row, note.value) for note in read(tmp_path, book).notes]
    assert notes == [
        ("a column that no earlier workbook has", 3, "Notes"),
        *(("the workbook has no such sheet", None, sheet) for sheet in OTHER_SHEETS),
        ("sheets that hold no measure of the catalogue", None, "Drones"),
    ]


@pytest.mark.parametrize(
    ("sheet", "row", "column", "written", "value", "reason"),
    [
        ("All offences", 5, 1, APRIL, "2011-04", "the month stands twice"),
        ("All offences", 5, 1, dt.date(2011, 8, 1), "2011-05, 2011-07", "months are missing"),
        ("All offences", 5, 2, "n/a", "n/a", "not a whole count"),
        ("All offences", 5, 2, "72700", "72700", "not a whole count"),
        ("All offences", 5, 2, None, "", "not a whole count"),
        ("All offences", 5, 2, -1, "-1.0", "not a whole count"),
        ("All offences", 5, 2, 72700.5, "72700.5", "not a whole count"),
        ("All offences", 5, 2, MAY, "2011-05-01", "not a whole count"),
        ("All offences", 5, 4, "15%", "15%", "not a fraction"),
        ("All offences", 3, 3, "TNO", "TNO", "the heading stands twice"),
        ("MOPAC Priority-Borough", 3, 2, "Brentwood", "Brentwood", "not a borough"),
        ("MOPAC Priority-Borough", 3, 4, "BARNET", "BARNET", "the heading stands twice"),
        ("MOPAC Priority-Borough", 6, 3, "*", "*", "not a whole count"),
    ],
    ids=[
        "month twice", "month missing", "words", "number as text", "empty", "negative", "fraction",
        "date", "per cent as text", "heading twice", "unknown borough", "borough twice", "mark",
    ],
)  # fmt: skip
def test_a_faulty_sheet_refuses_the_workbook(tmp_path, sheet, row, column, written, value, reason):
    tables = {"All offences": OFFENCES, "MOPAC Priority-Borough": BOROUGHS}
    tables[sheet] = with_cell(tables[sheet], row, column, written)
    with pytest.raises(FaultyFile) as caught:
        read(tmp_path, workbook(tables))
    problem = caught.value.problems[0]
    assert caught.value.source == "datastore-workbook"
    assert (problem.row, problem.column, problem.value) == (row, str(column), value)
    assert problem.reason.startswith(reason)
    assert problem.reason.endswith(f", sheet {sheet}")
    assert problem.cure == "restore the publisher's sheet"


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(workbook({"Drones": OFFENCES}), id="other sheets"),
        pytest.param(workbook({"All offences": [["Month", "TNO"], [APRIL, 1]]}), id="no header"),
        pytest.param(workbook({"All offences": OFFENCES[:3]}), id="only a header"),
        pytest.param(workbook({"All offences": OFFENCES})[:900], id="cut short"),
        pytest.param(b"PK\x03\x04 and no more", id="signature alone"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), id="old signature alone"),
    ],
)
def test_what_is_no_such_workbook_is_not_read(content):
    assert reader.read(RawFile("downloaded", content)) is None
