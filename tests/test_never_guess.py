"""Files that look sound and are not: a reader refuses them, and never guesses a figure."""

import datetime as dt
import gzip
import io
import zipfile
from contextlib import suppress

import pytest
from files import LAST, SOUND, measured, read, values, workbook
from scrutiny.errors import FaultyFile

APRIL, MAY = dt.date(2011, 4, 1), dt.date(2011, 5, 1)


def refused(folder, content):
    with pytest.raises(FaultyFile) as caught:
        read(folder, content)
    return caught.value.problems


def changed(old, new):
    assert SOUND.count(old) == 1
    return SOUND.replace(old, new)


@pytest.mark.parametrize(
    ("old", "new", "row", "column"),
    [
        pytest.param(",22,", ',"2"2,', 3, None, id="quote inside a figure is read as 22"),
        pytest.param(",24\n", ',"2"4\n', 3, None, id="at the end of a row"),
        pytest.param(",504\n", ',"50', 6, None, id="cut in a quoted last figure"),
        pytest.param(",22,", f",{'9' * 5000},", 3, "201810", id="5000 digits"),
        pytest.param(
            "Brent,Burglary", 'Brent,"Burglary' + 200_000 * "x", 4, None,
            id="quote not closed in a large file: csv.Error",
        ),
        pytest.param("201812\n", "2018-11\n", 1, "2018-11", id="month twice in two forms"),
        pytest.param("201812\n", "\n", 1, "column 7", id="last month's heading lost"),
        pytest.param(
            LAST, LAST + "Brent,Burglary,Total,1,2,3,4\n", 7, "Minor Category",
            id="total of a major",
        ),
        pytest.param(
            LAST, LAST + "Brent,Total,Total,1,2,3,4\n", 7, "Major Category",
            id="total of a borough",
        ),
        pytest.param(
            LAST, LAST + "Brent,Burglary,Sub-total,1,2,3,4\n", 7, "Minor Category",
            id="sub-total",
        ),
    ],
)  # fmt: skip
def test_a_faulty_borough_file_is_refused_with_the_place(tmp_path, old, new, row, column):
    problems = refused(tmp_path, changed(old, new))
    assert (row, column) in [(problem.row, problem.column) for problem in problems]


def test_the_first_months_heading_lost_is_refused(tmp_path):
    assert refused(tmp_path, changed("201809", ""))[0].row == 1


@pytest.mark.parametrize("end", ["5", "50"])
def test_a_file_cut_in_its_last_figure_is_not_read_in_silence(tmp_path, end):
    try:
        found = read(tmp_path, SOUND.removesuffix("504\n") + end)
    except FaultyFile:
        return
    assert [note.row for note in found.notes] == [6]


@pytest.mark.parametrize("separator", [";", "\t", "|"])
def test_the_separator_is_the_files_own(tmp_path, separator):
    found = read(tmp_path, SOUND.replace(",", separator))
    assert values(found)["Westminster", "Theft Person", "2018-12"] == 504


def test_a_small_file_with_a_new_minor_is_sound(tmp_path):
    text = "\n".join(
        [*SOUND.split("\n")[:2], "Barnet,Theft and Handling,Theft by Drone,1,2,3,4", ""]
    )
    (note,) = read(tmp_path, text).notes
    assert note.value == "Theft and Handling, Theft by Drone"


OFFENCES = [["Total"], [], ["Month-Year", "TNO", "Victim based crime"], [APRIL, 9, 8], [MAY, 7, 6]]
BOROUGHS = [["x"], [], ["Month-Year", "Barnet", "Westminster"], [APRIL, 1, 2], [MAY, 3, 4]]


@pytest.mark.parametrize(
    ("heading", "second"),
    [
        pytest.param("City of Westminster", "Westminster", id="one borough in two spellings"),
        pytest.param("City of London", "Westminster", id="City of London"),
        pytest.param("Inner London", "Westminster", id="Inner London"),
    ],
)
def test_a_wrong_borough_heading_refuses_the_workbook(tmp_path, heading, second):
    table = [*BOROUGHS[:2], ["Month-Year", heading, second], *BOROUGHS[3:]]
    assert refused(tmp_path, workbook({"MOPAC Priority-Borough": table}))[0].row == 3


def test_two_sheets_of_one_name_are_refused(tmp_path):
    assert refused(tmp_path, workbook({"All offences": OFFENCES, " All offences": OFFENCES}))


@pytest.mark.parametrize("first", [None, "May-11", 40664], ids=["none", "text", "number"])
def test_a_row_of_figures_without_a_date_is_refused(tmp_path, first):
    table = [*OFFENCES[:4], [first, 7, 6]]
    assert refused(tmp_path, workbook({"All offences": table}))[0].row == 5


@pytest.mark.parametrize("heading", [None, "Crimes"])
def test_a_column_that_earlier_workbooks_have_is_named_where_it_is_missing(tmp_path, heading):
    table = [*OFFENCES[:2], ["Month-Year", heading, "Victim based crime"], *OFFENCES[3:]]
    notes = read(tmp_path, workbook({"All offences": table})).notes
    assert any("tno" in note.value.lower() for note in notes)


def test_a_sheet_whose_header_row_is_gone_is_named(tmp_path):
    book = workbook({"All offences": OFFENCES, "MOPAC Priority-Borough": BOROUGHS[:2]})
    notes = read(tmp_path, book).notes
    assert any("mopac priority-borough" in note.value.lower() for note in notes)


@pytest.mark.parametrize("damage", ["part missing", "part cut", "changed byte"])
def test_a_damaged_workbook_is_refused_without_a_traceback(tmp_path, damage):
    content = workbook({"All offences": OFFENCES})
    if damage == "changed byte":
        content = content.replace(b"Victim based", b"Wictim based")
    else:
        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
            for name in old.namelist():
                part = old.read(name)
                if "worksheets/" not in name:
                    new.writestr(name, part)
                elif damage == "part cut":
                    new.writestr(name, part[: len(part) // 2])
        content = out.getvalue()
    with suppress(FaultyFile):
        assert read(tmp_path, content) is None


TIDY = """\
# scrutiny tidy figures 1
# source: borough-24-months
# vintage: 2018-12
# publisher: Metropolitan Police Service
# dataset: Recorded crime by borough, latest 24 months
# licence: OGL-UK-3.0
# scheme: A'
# original: af38
measure,area,period,unit,value
burglary,Barnet,2018-11,count,118
burglary,Barnet,2018-12,count,120
robbery,Brent,2018-12,count,9
"""


@pytest.mark.parametrize(
    ("old", "new", "row"),
    [
        pytest.param("count,120\n", "count,abc\n", 11, id="words"),
        pytest.param("count,120\n", "count,n/a\n", 11, id="n/a is not an empty cell"),
        pytest.param("count,120\n", 'count,"1,000"\n', 11, id="thousands"),
        pytest.param("count,120\n", "count,120,\n", 11, id="comma at the end"),
        pytest.param("count,118\n", "count,118,\n", 10, id="in the first row"),
        pytest.param("count,120\n", "count,-120\n", 11, id="negative"),
        pytest.param("count,120\n", "count,inf\n", 11, id="infinite"),
        pytest.param("count,120\n", "count,12.5\n", 11, id="fraction of a count"),
        pytest.param("8-12,count", "8-12,offences", 11, id="unit"),
        pytest.param("robbery,Brent", "robbery,Brentwood", 12, id="area"),
        pytest.param("Brent,2018-12", "Brent,2018-13", 12, id="month 13"),
        pytest.param("Brent,2018-12", "Brent,Dec", 12, id="period"),
        pytest.param("robbery,Brent", '"robbery,Brent', 12, id="quote"),
        pytest.param("vintage: 2018-12", "vintage: Dec", None, id="vintage"),
        pytest.param("vintage: 2018-12", "vintage: 2018-10", None, id="vintage not the last month"),
    ],
)
def test_a_faulty_tidy_table_is_refused_with_the_row(tmp_path, old, new, row):
    text = TIDY.replace(old, new, 1)
    assert text != TIDY
    problem = refused(tmp_path, gzip.compress(text.encode()))[0]
    assert row is None or problem.row == row


def test_a_blank_row_does_not_shift_the_rows_that_are_named(tmp_path):
    text = TIDY.replace("burglary,Barnet,2018-12", "\nburglary,Barnet,2018-12")
    problem = refused(tmp_path, gzip.compress(text.encode()))[0]
    assert (problem.row, problem.reason) == (11, "the row has 0 fields and the header 5")


@pytest.mark.parametrize("text", [TIDY[: TIDY.index("measure,")], TIDY[: TIDY.index("burglary,")]])
def test_a_tidy_table_without_rows_is_refused_without_a_traceback(tmp_path, text):
    refused(tmp_path, gzip.compress(text.encode()))


def test_a_tidy_table_damaged_inside_is_refused_without_a_traceback(tmp_path):
    content = bytearray(gzip.compress(TIDY.encode(), mtime=0))
    content[60] ^= 0xFF  # raises zlib.error, which is neither OSError nor EOFError
    assert refused(tmp_path, bytes(content))[0].reason == "the compressed file is damaged"


def test_a_large_compressed_file_of_another_kind_is_unknown_not_faulty(tmp_path):
    assert read(tmp_path, gzip.compress(b"x" * (65 * 1024 * 1024), compresslevel=1)) is None


POPULATION = (
    "Code,Name,Year,Source,Population\nE1,Barnet,2018,ONS,387800\nE2,Brent,2018,ONS,332100\n"
)


@pytest.mark.parametrize("residents", ["38780²", "٣٨٧٨٠٠", "9" * 5000, "387800000000"])
def test_what_is_not_a_number_of_residents_is_refused(tmp_path, residents):
    problem = refused(tmp_path, POPULATION.replace("387800", residents))[0]
    assert (problem.row, problem.column) == (2, "Population")


@pytest.mark.parametrize("damage", [b"", b"PAR1", b"PAR1 garbage PAR1"])
def test_a_damaged_kept_reading_costs_nothing_but_time(tmp_path, damage):
    kept = tmp_path / "kept"
    read(tmp_path, SOUND, cache=kept)
    (file,) = kept.iterdir()
    file.write_bytes(damage)
    assert measured(read(tmp_path, SOUND, cache=kept), "burglary", "Brent") == [99, 98, 97, 96]
