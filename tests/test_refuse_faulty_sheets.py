"""A sheet of strengths, surveys, calls or searches with a fault refuses the workbook whole."""

import datetime as dt
import io
import zipfile

import pytest
from files import read, workbook
from scrutiny.errors import FaultyFile
from workbooks import BOOK, JULY, MAY, SEARCHES, with_cell

OFFICERS, FEAR = "Officer Strength-Borough", "Fear of Crime-Borough"
TWICE = "Barking and Dagenham"


@pytest.mark.parametrize(
    ("sheet", "row", "column", "written", "value", "reason"),
    [
        ("Stop&Search", 5, 2, None, "", "not a whole count"),
        ("Stop&Search", 5, 2, "n/a", "n/a", "not a whole count"),
        ("Stop&Search", 5, 2, -42250, "-42250.0", "not a whole count"),
        ("Stop&Search", 5, 2, 42250.5, "42250.5", "not a whole count"),
        ("Stop&Search", 5, 2, 10_000_001, "10000001.0", "not a whole count of at most 10,000,000"),
        ("Stop&Search", 5, 2, 1e400, "inf", "not a whole count"),
        ("Stop&Search", 5, 3, 8.4, "8.4", "not a fraction of at most 1"),
        ("Stop&Search", 5, 3, "8.4%", "8.4%", "not a fraction"),
        ("Stop&Search", 5, 1, None, "", "figures without a date"),
        ("Stop&Search", 5, 1, "May 2011", "May 2011", "figures without a date"),
        ("Stop&Search", 6, 1, MAY, "2011-05", "the month stands twice"),
        ("Stop&Search", 6, 1, JULY, "2011-06", "months are missing"),
        ("Police-strength", 6, 2, None, "", "not a number of full-time equivalents"),
        ("Police-strength", 6, 2, "905,75", "905,75", "not a number of full-time equivalents"),
        ("Police-strength", 6, 2, -1, "-1.0", "not a number of full-time equivalents"),
        ("Police-strength", 6, 2, 100_001, "100001.0", "not a number of full-time equivalents of"),
        ("Police-strength", 6, 4, 62.5, "62.5", "not a whole number of people"),
        (OFFICERS, 5, 3, "Barnett", "Barnett", "not a borough"),
        (OFFICERS, 5, 3, TWICE, TWICE, "the heading stands twice"),
        (OFFICERS, 4, 7, None, "MPS Total", "no column of the whole force"),
        (OFFICERS, 5, 4, "All", "All", "not a borough"),
        (OFFICERS, 7, 3, None, "", "not a number of full-time equivalents"),
        (FEAR, 6, 1, dt.date(2010, 11, 1), "2010-11", "not the last month of a quarter"),
        (FEAR, 8, 1, dt.date(2011, 3, 1), "2011-03", "the quarter stands twice"),
        (FEAR, 8, 1, dt.date(2011, 9, 1), "2011-06", "quarters are missing"),
        (FEAR, 5, 3, 26, "26.0", "not a fraction of at most 1"),
        (FEAR, 5, 3, "126%", "126%", "not a fraction of at most 1"),
        (FEAR, 5, 3, "26", "26", "not a fraction"),
        (FEAR, 3, 4, "Trend", "Trend", "not a borough"),
        ("Police Calls-ASB", 7, 4, None, "", "not a whole count"),
    ],
)  # fmt: skip
def test_a_faulty_cell_refuses_the_workbook(tmp_path, sheet, row, column, written, value, reason):
    table = with_cell(BOOK[sheet], row, column, written)
    with pytest.raises(FaultyFile) as caught:
        read(tmp_path, workbook({sheet: table}))
    assert caught.value.source == "datastore-workbook"
    here = [p for p in caught.value.problems if p.reason.endswith(f", sheet {sheet}")]
    assert [p.value for p in here if p.reason.startswith(reason)] == [value]


@pytest.mark.parametrize(
    ("first", "second", "reason"),
    [
        (OFFICERS, "Special Strength-Borough", "the title is another sheet's"),
        (OFFICERS, "Sergeant Strength-Borough", "the title is another sheet's"),
        (OFFICERS, FEAR, "no column of all boroughs"),
        ("Police Calls-ASB", "Police Calls-Crime", "the headings are another sheet's"),
        ("Stop&Search", "Police-strength", "the headings are another sheet's"),
        ("Stop&Search", FEAR, "none of the sheet's headings is here"),
    ],
)
def test_sheets_with_each_others_figures_refuse_the_workbook(tmp_path, first, second, reason):
    swapped = BOOK | {first: BOOK[second], second: BOOK[first]}
    with pytest.raises(FaultyFile) as caught:
        read(tmp_path, workbook(swapped))
    assert [p for p in caught.value.problems if p.reason == f"{reason}, sheet {first}"]


def test_a_cell_far_from_the_figures_refuses_the_workbook(tmp_path):
    content, part = workbook({"Stop&Search": SEARCHES}), "xl/worksheets/s1.xml"
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as sound, zipfile.ZipFile(out, "w") as far:
        for name in sound.namelist():
            text = sound.read(name)
            if name == part:
                cell = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
                text = text.replace(b"</sheetData>", cell)
            far.writestr(name, text)
    with pytest.raises(FaultyFile) as caught:
        read(tmp_path, out.getvalue())
    assert caught.value.problems[0].value == "XFD1048576"
