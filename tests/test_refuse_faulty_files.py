"""A faulty file is refused whole, with the place and the cure, and no figure of it is read."""

import gzip
import json

import pytest
from files import LAST, SOUND, checked_in, read, values
from scrutiny.__main__ import main
from scrutiny.errors import FaultyFile

# id; what is changed into what; row, column and value of the fault; words of the reason.
FAULTS = {
    "comma at the end of a row": (
        "131,142\n", "131,142,\n", 2, None, "Barnet,Burglary,Burglary - Residential,118",
        "8 fields and the header 7",
    ),
    "comma at the end of the header": (
        "201812\n", "201812,\n", 2, None, "Barnet,Burglary,Burglary - Residential,118",
        "7 fields and the header 8",
    ),
    "field missing": (
        "118,120,", "118,", 2, None, "Barnet,Burglary,Burglary - Residential,118", "has 6 fields",
    ),
    "blank row": ("Brent,Theft", "\nBrent,Theft", 5, None, "", "has 0 fields"),
    "row cut short": (",503,504\n", ",50", 6, None, LAST[:47], "has 6 fields"),
    "file cut in a name": (LAST, "Westmin", 6, None, "Westmin", "has 1 fields"),
    "quote not closed": (
        "Brent,Theft and", 'Brent,"Theft and', 5, None, None, "",
    ),
    "month twice": ("201811,", "201812,", 1, "201812", "", "heading stands twice"),
    "month missing": ("201810,", "201808,", 1, None, "2018-10", "months are missing"),
    "not a month": ("201812\n", "201813\n", 1, "201813", "201813", "neither a month nor a name"),
    "month in words": ("201812\n", "Dec-18\n", 1, "Dec-18", "Dec-18", "a date stands for a month"),
    "column of totals": ("201812\n", "Total\n", 1, "Total", "Total", "neither a month"),
    "same borough and category": (
        "Brent,Burglary", "Barnet,Burglary", 4, "Minor Category",
        "Barnet, Burglary, Burglary - Residential", "already in row 2",
    ),
    "same in other capitals": (
        "Brent,Burglary,Burglary - R", "BARNET,burglary,BURGLARY -  R", 4, "Minor Category",
        "Barnet, burglary, BURGLARY - Residential", "already in row 2",
    ),
    "unknown borough": ("Brent,Bur", "Brentwood,Bur", 4, "Borough", "Brentwood", "not a borough"),
    "no borough": ("Brent,Bur", ",Bur", 4, "Borough", "", "not a borough"),
    "City of London": (
        "Brent,Bur", "City of London,Bur", 4, "Borough", "City of London", "not a borough",
    ),
    "header again": (
        "Brent,Bur", "Borough,Bur", 4, "Borough", "Borough", "not a borough",
    ),
    "row of totals": (
        LAST, LAST + "Total,,,770,774,787,800\n", 7, "Borough", "Total", "total among the rows",
    ),
    "MPS total": (
        LAST, LAST + "MPS Total,Burglary,Burglary - Residential,1,2,3,4\n", 7, "Borough",
        "MPS Total", "total among the rows",
    ),
    "no major category": (
        "Brent,Burglary,", "Brent,,", 4, "Major Category", "", "a category is empty",
    ),
    "no minor category": (
        "97,96\nBrent,Theft and Handling,Theft Person", "97,96\nBrent,Theft and Handling,", 5,
        "Minor Category", "", "a category is empty",
    ),
}  # fmt: skip

NOT_COUNTS = {
    "empty": "", "space": " ", "negative": "-1", "minus zero": "-0", "fraction": "22.0",
    "decimal comma": '"22,5"', "thousands": '"1,000"', "suppressed": "[c]", "per cent": "100%",
    "words": "n/a", "dash": "–", "exponent": "2e3", "plus": "+22", "gap": "2 2",
    "underscore": "2_2", "estimated": "22*", "overflow": "99999999", "64 bits": str(2**64),
    "Arabic digits": "٢٢", "wide digits": "２２", "superscript": "2²", "true": "TRUE",
}  # fmt: skip


def changed(old, new):
    """The sound file with one thing changed."""
    assert SOUND.count(old) == 1
    return SOUND.replace(old, new)


def refused(folder, content):
    """The problems for which a file is refused; each has a reason."""
    with pytest.raises(FaultyFile, match=r"^downloaded: ") as caught:
        read(folder, content)
    assert "\n" not in str(caught.value)
    assert all(problem.reason for problem in caught.value.problems)
    return caught.value.problems


def test_the_file_without_a_fault_is_read(tmp_path):
    found = read(tmp_path, SOUND)
    assert (found.rows, found.areas, found.observations["value"].sum()) == (5, 3, 3131)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_faulty_borough_file_is_refused_with_the_place(tmp_path, fault):
    old, new, row, column, value, reason = FAULTS[fault]
    problems = refused(tmp_path, changed(old, new))
    assert (row, column) in [(problem.row, problem.column) for problem in problems]
    (problem,) = (p for p in problems if (p.row, p.column) == (row, column))
    assert value is None or problem.value == value
    assert reason in problem.reason
    assert problem.cure


@pytest.mark.parametrize("kind", NOT_COUNTS)
def test_what_is_not_a_whole_count_is_refused_with_its_cell(tmp_path, kind):
    (problem,) = refused(tmp_path, changed("21,22,23", f"21,{NOT_COUNTS[kind]},23"))
    assert (problem.row, problem.column) == (3, "201810")
    assert problem.value == NOT_COUNTS[kind].strip('"')
    assert problem.reason == "not a whole count of offences"
    restore = "restore the publisher's figure; 0 where there was none"
    assert problem.cure == ("write 1000" if kind == "thousands" else restore)


@pytest.mark.parametrize(
    ("columns", "missing"),
    [
        ((0, 3, 4, 5, 6), ["major", "minor"]),
        ((0, 1, 3, 4, 5, 6), ["minor"]),
        ((0, 2, 3, 4, 5, 6), ["major"]),
    ],
    ids=["both", "minor", "major"],
)
def test_a_file_that_has_lost_category_columns_is_refused(tmp_path, columns, missing):
    rows = [line.split(",") for line in SOUND.splitlines()]
    problems = refused(tmp_path, "\n".join(",".join(row[i] for i in columns) for row in rows))
    assert [(p.row, p.reason) for p in problems] == [
        (1, f"the {name} category column is missing") for name in missing
    ]
    assert "its category columns" in problems[0].cure


def test_a_file_whose_category_columns_are_blank_is_refused(tmp_path):
    rows = [line.split(",") for line in SOUND.splitlines()]
    text = "\n".join(",".join([row[0], "", "", *row[3:]]) for row in rows)
    reasons = [problem.reason for problem in refused(tmp_path, text)]
    assert reasons[0] == "the major category column is missing"


def test_every_fault_of_a_file_is_listed(tmp_path):
    text = SOUND.replace("120", "-120").replace("Brent,B", "Brentwood,B").replace(",504\n", ",x\n")
    assert [(p.row, p.column, p.value) for p in refused(tmp_path, text)] == [
        (2, "201810", "-120"),
        (4, "Borough", "Brentwood"),
        (6, "201812", "x"),
    ]


def test_a_file_cut_anywhere_in_a_row_but_its_last_figure_is_refused(tmp_path):
    start, last_figure = SOUND.index(LAST), SOUND.rindex(",") + 1
    for end in range(start + 1, last_figure + 1):
        (problem,) = refused(tmp_path, SOUND[:end])
        assert problem.row == 6


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"\n\n\n", id="blank lines"),
        pytest.param(SOUND.split("\n", 1)[1].encode(), id="no header"),
        pytest.param(("Recorded crime\n" + SOUND).encode(), id="title over the header"),
        pytest.param(gzip.compress(SOUND.encode()), id="compressed"),
        pytest.param(json.dumps(SOUND.split("\n")).encode(), id="JSON"),
    ],
)
def test_a_file_that_is_not_such_a_table_is_not_read_and_fails_where_named(tmp_path, content):
    assert read(tmp_path, content) is None
    (found,) = checked_in(tmp_path / "downloaded")
    assert (found.known, found.fails) == (False, True)


@pytest.mark.parametrize(
    ("content", "row", "column", "reason"),
    [
        pytest.param(SOUND.replace("118", "11\0").encode(), 2, "4", "a NUL character", id="NUL"),
        pytest.param(SOUND.encode("utf-16"), 1, None, "the text is in UTF-16", id="UTF-16"),
        pytest.param(
            SOUND.encode("utf-16-le"), 1, None, "the text is in UTF-16", id="UTF-16 without a mark"
        ),
        pytest.param(
            b"\xef\xbb\xbf\xef\xbb\xbf" + SOUND.encode(), 1, None, "two byte-order marks", id="BOMs"
        ),
        pytest.param(
            SOUND.replace("Barnet", "Barn\xe9t").encode("latin-1"),
            2, "1", "the text is not in UTF-8", id="Latin-1",
        ),
        pytest.param(
            SOUND.encode()[:-1] + b"\xff\xfe", 6, "7", "the text is not in UTF-8",
            id="half a character",
        ),
        pytest.param(
            SOUND.split("\n")[0].encode(), 2, None, "the table has no rows", id="only a header"
        ),
    ],
)  # fmt: skip
def test_a_known_table_that_cannot_be_read_as_text_says_where_and_why(
    tmp_path, content, row, column, reason
):
    (problem,) = refused(tmp_path, content)
    assert (problem.row, problem.column, problem.reason) == (row, column, reason)
    assert problem.cure


def test_check_prints_each_fault_and_fails_in_a_folder_too(tmp_path, capsys):
    (tmp_path / "a.csv").write_text(changed("120", "1.5"))
    (tmp_path / "b.csv").write_text(SOUND)
    assert main(["check", str(tmp_path), "--json"]) == 1
    faulty, sound = json.loads(capsys.readouterr().out)
    assert (faulty["source"], faulty["vintage"], sound["problems"]) == (
        "borough-24-months", None, [],
    )  # fmt: skip
    assert faulty["problems"] == [
        {
            "row": 2,
            "column": "201810",
            "value": "1.5",
            "reason": "not a whole count of offences",
            "cure": "restore the publisher's figure; 0 where there was none",
        }
    ]


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
MOST = 64 * 1024 * 1024


def packed(text):
    return gzip.compress(text.encode(), compresslevel=1, mtime=0)


def test_a_table_in_the_tidy_form_is_read(tmp_path):
    found = read(tmp_path, packed(TIDY))
    assert (found.source, found.layout, found.vintage) == (
        "borough-24-months", "tidy figures", "2018-12",
    )  # fmt: skip
    assert (found.publisher, found.licence) == ("Metropolitan Police Service", "OGL-UK-3.0")
    assert found.observations["row"].tolist() == [10, 11, 12]
    assert values(found) == {
        ("Barnet", "burglary", "2018-11"): 118,
        ("Barnet", "burglary", "2018-12"): 120,
        ("Brent", "robbery", "2018-12"): 9,
    }


@pytest.mark.parametrize(
    ("old", "new", "row", "value", "reason"),
    [
        ("# licence: OGL-UK-3.0\n", "", 2, "licence", "lacks a line"),
        ("# source: borough-24-months\n", "", 2, "source", "lacks a line"),
        ("Barnet,2018-12", "Barnet,2018-11", 11, "burglary, Barnet, 2018-11", "stand twice"),
        ("count,120\n", "count,\n", 11, "", "a cell is empty"),
        ("count,9\n", "9\n", 12, None, ""),
        ("robbery,Brent", "robbery,", 12, "", "a cell is empty"),
        ("area,period", "period,area", None, None, "not the columns of the tidy form"),
    ],
    ids=["no licence", "no source", "key", "value", "field", "area", "columns"],
)
def test_a_faulty_tidy_table_is_refused_with_the_row(tmp_path, old, new, row, value, reason):
    assert TIDY.count(old) == 1
    (problem,) = refused(tmp_path, packed(TIDY.replace(old, new)))
    assert (problem.row, reason in problem.reason) == (row, True)
    assert value is None or problem.value == value


@pytest.mark.parametrize("end", [40, 100, -9, -1], ids="cut at {}".format)
def test_a_cut_tidy_table_is_refused_wherever_it_ends(tmp_path, end):
    (problem,) = refused(tmp_path, packed(TIDY)[:end])
    assert problem.reason == "the compressed file is damaged"


def test_a_tidy_table_with_a_changed_sum_is_refused(tmp_path):
    content = bytearray(packed(TIDY))
    content[-5] ^= 1
    (problem,) = refused(tmp_path, bytes(content))
    assert (problem.reason, problem.cure) == ("the compressed file is damaged", "copy it again")


def test_a_table_that_is_far_larger_unpacked_is_refused(tmp_path):
    (problem,) = refused(tmp_path, packed(TIDY + " " * MOST))
    assert problem.reason == "more than 67,108,864 bytes when unpacked"
