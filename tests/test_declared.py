"""Figures that a user declares: what may stand in the table, what is refused and what cures it."""

from pathlib import Path

import pytest
from scrutiny.errors import FaultyFile
from scrutiny.sources import declared
from scrutiny.sources.categories import count_towards
from scrutiny.sources.declared_periods import Span, span_of
from scrutiny.sources.raw import RawFile

SAMPLE = (Path(__file__).parent / "layouts" / "declared.csv").read_text("utf-8")
HEADER = "area,period,measure,value,base,status"
ROW = "Croydon,2012-08,burglary,431,,ok"

# A row that is wrong; column and value of the fault; words of the reason and of the cure.
FAULTS = {
    "unknown place": (
        "Croydn,2012-08,burglary,431,,ok", "area", "Croydn", "not a place", "Croydon",
    ),
    "no area": (",2012-08,burglary,431,,ok", "area", "", "not a place", "group:"),
    "unknown kind": ("area: One,2012-08,burglary,1,,", "area", "area: One", "not a kind", "bcu:"),
    "unknown unit": (
        "bcu: Centre,2012-08,burglary,1,,", "area", "bcu: Centre", "Command Unit", "Central",
    ),
    "place as a group": (
        "group: Croydon,2012-08,burglary,1,,", "area", "group: Croydon", "a place", "Croydon",
    ),
    "month in words": (
        "Croydon,Aug-12,burglary,431,,ok", "period", "Aug-12", "not a period", "2012-08",
    ),
    "months of another style": (
        "Croydon,08/2012,burglary,431,,ok", "period", "08/2012", "not a period", "2012-08",
    ),
    "no such month": (
        "Croydon,2012-13,burglary,431,,ok", "period", "2012-13", "not a period", "2012-08",
    ),
    "a Saturday": (
        "Croydon,2012-10-13,burglary,9,,", "period", "2012-10-13", "not a Sunday", "Sunday",
    ),
    "no such day": (
        "Croydon,2012-02-30,burglary,9,,", "period", "2012-02-30", "no such day", "Sunday",
    ),
    "financial year": (
        "Croydon,fy2011-13,burglary,9,,", "period", "fy2011-13", "two years", "fy2011-12",
    ),
    "count of a quarter": (
        "Croydon,2012-q3,burglary,9,,", "period", "2012-q3", "quarter", "months",
    ),
    "measure in capitals": (
        "Croydon,2012-08,Burglary,431,,ok", "measure", "Burglary", "key", "small letters",
    ),
    "no measure": ("Croydon,2012-08,,431,,ok", "measure", "", "key", "small letters"),
    "per cent": (
        "Croydon,2012-08,victim-satisfaction,72%,,", "value", "72%", "not a figure", "write 0.72",
    ),
    "per cent without sign": (
        "Croydon,2012-08,victim-satisfaction,72.5,,", "value", "72.5", "at most 1", "write 0.725",
    ),
    "decimal comma": (
        'Croydon,2012-08,victim-satisfaction,"0,72",,', "value", "0,72", "not a figure",
        "decimal point",
    ),
    "thousands": ('Croydon,2012-08,burglary,"4,310",,', "value", "4,310", "whole", "digits alone"),
    "part of an offence": (
        "Croydon,2012-08,burglary,4.5,,", "value", "4.5", "whole", "digits alone",
    ),
    "negative": ("Croydon,2012-08,burglary,-4,,", "value", "-4", "whole", "digits alone"),
    "per cent of what nobody knows": (
        "Croydon,2012-08,of-my-own,72%,,", "value", "72%", "not a figure", "write 0.72",
    ),
    "base in words": ("Croydon,2012-08,victim-satisfaction,0.7,many,", "base", "many", "whole", ""),
    "base of nought": (
        "Croydon,2012-08,victim-satisfaction,0.7,0,", "base", "0", "nobody", "empty",
    ),
    "status": (
        "Croydon,2012-08,burglary,431,,final", "status", "final", "not a status", "provisional",
    ),
    "withheld and told": (
        "Croydon,2012-08,burglary,3,,withheld", "value", "3", "withheld", "empty",
    ),
    "no value": ("Croydon,2012-08,burglary,,,ok", "value", "", "empty", "withheld"),
    "same figure": (
        "croydon,2012-07,burglary,9,,", "measure", "Croydon, 2012-07, burglary", "row 2", "right",
    ),
    "field missing": ("Croydon,2012-08,burglary,431,ok", None, None, "5 fields", "restore"),
}  # fmt: skip


def read(text):
    """What the reader makes of a text."""
    return declared.read(RawFile("downloaded", text.encode()))


def table(*rows):
    """A table of rows below the header."""
    return "\n".join([HEADER, *rows, ""])


def figures(reading):
    """The figures of a reading, by kind and name of the area, period and measure."""
    rows = reading.observations
    key = ["area_kind", "area", "period", "category"]
    return rows.set_index(key)["value"].sort_index().to_dict()


def test_the_sample_is_read_with_areas_periods_and_units_of_every_kind():
    found = read(SAMPLE)
    assert figures(found) == {
        ("borough", "Croydon", "2012-06", "victim-satisfaction"): 0.71,
        ("borough", "Croydon", "2012-09", "victim-satisfaction"): 0.74,
        ("force", "MPS", "2012-09", "victim-satisfaction"): 0.76,
        ("group", "Most similar forces", "2012-09", "victim-satisfaction"): 0.79,
        ("bcu", "South", "2012-09", "victim-satisfaction"): 0.73,
        ("borough", "Croydon", "2012-08", "domestic-abuse-flagged"): 214,
        ("borough", "Croydon", "2012-09", "domestic-abuse-flagged"): 198,
        ("borough", "Croydon", "2012", "burglary"): 4310,
        ("borough", "Croydon", "fy2011-12", "burglary"): 4475,
    }
    units = found.observations.groupby("category")["unit"].unique().map(list).to_dict()
    assert units == {
        "burglary": ["count"],
        "domestic-abuse-flagged": ["number"],
        "victim-satisfaction": ["fraction"],
    }
    assert set(count_towards(found.observations)["measure"]) == set(units)


def test_a_file_says_whose_its_figures_are_and_keeps_the_numbers_of_its_rows():
    found = read(SAMPLE)
    assert (found.publisher, found.dataset) == (
        "Example Council", "What victims and callers told us, 2012",
    )  # fmt: skip
    raw = RawFile("downloaded", SAMPLE.encode())
    assert found.sha256 == raw.sha256
    assert set(found.observations["sha256"]) == {raw.sha256}
    first = found.observations.iloc[0]
    assert (first["row"], first["column"], first["group"]) == (4, 4, "412")
    assert SAMPLE.split("\n")[3] == "Croydon,2012-q2,victim-satisfaction,0.71,412,ok"
    assert (found.rows, found.areas) == (10, 4)


def test_the_vintage_is_the_month_in_which_the_last_period_ends():
    found = read(table("MPS,fy2011-12,burglary,9,,", "MPS,2011-04,burglary,1,,"))
    assert (found.vintage, found.first_month, found.last_month) == ("2012-03", "2011-04", "2012-03")
    assert read(SAMPLE).vintage == "2012-12"


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("2012-08", Span("2012-08", "2012-08", "2012-08")),
        ("2012", Span("2012", "2012-01", "2012-12")),
        ("fy1999-00", Span("fy1999-00", "1999-04", "2000-03")),
        ("2012-q3", Span("2012-09", "2012-07", "2012-09", is_quarter=True)),
        ("2012-10-14", Span("2012-10-14", "2012-10", "2012-10")),
    ],
)
def test_a_period_is_a_month_a_year_a_quarter_or_a_week(text, span):
    assert span_of(text) == span


def test_a_week_is_kept_as_the_sunday_that_ends_it():
    found = read(table("MPS,2012-10-14,burglary,1713,,", "MPS,2012-10-21,burglary,1655,,"))
    assert figures(found) == {
        ("force", "MPS", "2012-10-14", "burglary"): 1713,
        ("force", "MPS", "2012-10-21", "burglary"): 1655,
    }
    assert found.vintage == "2012-10"


@pytest.mark.parametrize("fault", FAULTS)
def test_a_faulty_row_is_refused_with_place_and_cure(fault):
    row, column, value, reason, cure = FAULTS[fault]
    with pytest.raises(FaultyFile) as caught:
        read(table("Croydon,2012-07,burglary,402,,ok", row))
    assert caught.value.source == "declared"
    (problem,) = caught.value.problems
    assert (problem.row, problem.column) == (3, column)
    assert value is None or problem.value == value
    assert reason in problem.reason
    assert cure in problem.cure


def test_rows_below_a_head_are_named_by_their_number_in_the_file():
    with pytest.raises(FaultyFile) as caught:
        read("# publisher: A\n# a remark\n" + table(ROW, ROW, "Croydon,2012-09,burglary,4,ok"))
    assert [(p.row, p.reason) for p in caught.value.problems] == [
        (5, "it stands already in row 4"),
        (6, "the row has 5 fields and the header 6"),
    ]


@pytest.mark.parametrize(
    ("header", "cure"),
    [
        ("period,area,measure,value,base,status", f"write {HEADER}"),
        ("Area,Period,Measure,Value,Base,Status", f"write {HEADER}"),
    ],
)
def test_six_names_in_another_form_are_refused_with_the_header_to_write(header, cure):
    with pytest.raises(FaultyFile) as caught:
        read(f"# publisher: A\n{header}\n{ROW}\n")
    (problem,) = caught.value.problems
    assert (problem.row, problem.value, problem.cure) == (2, header, cure)


@pytest.mark.parametrize("header", ["area,period,measure,value,base", "area,month,measure,value"])
def test_other_names_are_another_table(header):
    assert read(f"{header}\n{ROW}\n") is None
    assert read("# publisher: A\n") is None


@pytest.mark.parametrize(
    ("head", "reason"),
    [
        ("# publisher: A\n# publisher: B\n", "stands twice"),
        ("# licence:\n", "says nothing"),
    ],
)
def test_a_faulty_line_above_the_header_is_refused(head, reason):
    with pytest.raises(FaultyFile, match=reason):
        read(head + table(ROW))


def test_remarks_and_misspelt_lines_do_no_harm_and_the_latter_are_noted():
    found = read("# Asked for in May\n# publsher: A\n" + table(ROW))
    (note,) = found.notes
    assert (note.row, note.value) == (2, "publsher")
    assert "did you mean publisher?" in note.reason
    assert found.publisher != "A"


def test_what_is_withheld_is_a_note_and_no_figure():
    found = read(table(ROW, "Sutton,2012-08,burglary,,,withheld"))
    assert figures(found) == {("borough", "Croydon", "2012-08", "burglary"): 431}
    (note,) = found.notes
    assert (note.row, note.reason, note.value) == (
        3, "a figure is withheld", "Sutton, 2012-08, burglary",
    )  # fmt: skip
    with pytest.raises(FaultyFile, match="every figure is withheld"):
        read(table("Sutton,2012-08,burglary,,,withheld"))


def test_new_measures_and_provisional_figures_are_noted():
    notes = read(table("MPS,2012-08,burglry,4,,provisional", "MPS,2012-09,burglry,4,,")).notes
    assert [(n.row, n.column, n.value) for n in notes] == [
        (2, "measure", "burglry"), (2, "status", "1"),
    ]  # fmt: skip
    assert "does not define; did you mean burglary" in notes[0].reason


@pytest.mark.parametrize(
    "text",
    [
        SAMPLE.replace("\n", "\r\n"),
        "\ufeff" + SAMPLE,
        SAMPLE + "\n,,,,,\n",
        SAMPLE.removesuffix("\n"),
        SAMPLE.replace(",2012-08,", " , 2012-08 ,"),
        SAMPLE.replace("Croydon,", "London Borough of CROYDON,"),
        "\n".join([*SAMPLE.split("\n")[:3], *reversed(SAMPLE.split("\n")[3:-1]), ""]),
        SAMPLE.replace("Council\n", "Council,,,,,\n")
        .replace("us, 2012\n", 'us, 2012",,,,,\n')
        .replace("# data", '"# data'),
    ],
    ids=["CRLF", "BOM", "blank rows", "no end", "blanks", "spelling", "order", "spreadsheet"],
)  # fmt: skip
def test_what_makes_no_difference_is_accepted(text):
    found = read(text)
    assert figures(found) == figures(read(SAMPLE))
    assert (found.publisher, found.rows) == ("Example Council", 10)
    assert found.dataset == "What victims and callers told us, 2012"


def test_the_example_of_the_guide_is_read(root):
    text = (root / "docs" / "how-to" / "declare-figures.md").read_text("utf-8")
    examples = [block.split("```")[0] for block in text.split("```csv\n")[1:]]
    assert len(examples) == 4
    assert all(read(example).rows for example in examples)
