"""A faulty file of records is refused whole, with the place and the cure, or its oddity is said."""

from pathlib import Path

import pytest
from scrutiny import sources
from scrutiny.errors import FaultyFile
from scrutiny.limits import DEFAULT, Limits

LAYOUTS = Path(__file__).parent / "layouts"
STREET = (LAYOUTS / "police-uk-street.csv").read_text("utf-8")
OUTCOMES = (LAYOUTS / "police-uk-outcomes.csv").read_text("utf-8")
SEARCHES = (LAYOUTS / "police-uk-stop-and-search.csv").read_text("utf-8")
SOURCES = {
    "police-uk-street": STREET,
    "police-uk-outcomes": OUTCOMES,
    "police-uk-stop-and-search": SEARCHES,
}
RESTORE, AGAIN = "restore the publisher's row", "download the file again"
MPS = "Metropolitan Police Service"


def read(folder, content, limits=DEFAULT):
    """The reading of a file with these contents."""
    path = folder / "downloaded"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return sources.read(path, path.name, None, limits)


def refused(folder, content, source="police-uk-street", limits=DEFAULT):
    """The problems for which a file is refused; each has a reason and a cure."""
    with pytest.raises(FaultyFile, match=r"^downloaded: ") as caught:
        read(folder, content, limits)
    assert caught.value.source == source
    assert all(problem.reason and problem.cure for problem in caught.value.problems)
    return caught.value.problems


def places(problems):
    """Row, column and value of each problem."""
    return [(problem.row, problem.column, problem.value) for problem in problems]


def edited(text, row, column, value):
    """The text with another value in one cell; no cell of the samples holds a comma."""
    lines = [line.split(",") for line in text.split("\n")]
    lines[row - 1][lines[0].index(column)] = value
    return "\n".join(map(",".join, lines))


def with_line(text, row, change):
    """The text with a row changed."""
    lines = text.split("\n")
    lines[row - 1] = change(lines[row - 1])
    return "\n".join(lines)


@pytest.mark.parametrize("source", SOURCES)
def test_the_samples_are_read_whole(tmp_path, source):
    found = read(tmp_path, SOURCES[source])
    rows = SOURCES[source].count("\n") - 1
    assert (found.source, found.rows, found.partial) == (source, rows, "")
    sheet = found.observations["sheet"]
    assert set(found.observations["value"].groupby(sheet).sum()) == {rows}


# Sample; row, column and value of the one faulty cell; words of the reason.
CELLS = {
    "month as a day": (STREET, 5, "Month", "2024-05-01", "not a month like 2018-12"),
    "month in words": (STREET, 5, "Month", "May 2024", "not a month"),
    "month 13": (STREET, 5, "Month", "2024-13", "not a month"),
    "no month": (STREET, 5, "Month", "", "not a month"),
    "another month": (STREET, 27, "Month", "2024-06", "the other records have 2024-05"),
    "another force": (
        OUTCOMES, 5, "Falls within", "City of London Police", f"the other records have {MPS}",
    ),
    "no force": (OUTCOMES, 5, "Reported by", "", "not a name of a force"),
    "North Sea": (STREET, 5, "Longitude", "3.6", "not a longitude of the British Isles"),
    "far south": (STREET, 5, "Latitude", "-51.65", "not a latitude of the British Isles"),
    "infinite": (STREET, 5, "Longitude", "inf", "not a longitude of the British Isles"),
    "words for a point": (STREET, 5, "Latitude", "n/a", "not a coordinate"),
    "degrees": (SEARCHES, 5, "Latitude", "51°26'N", "not a coordinate"),
    "LSOA of Scotland": (STREET, 5, "LSOA code", "S01000001", "not the code of an LSOA"),
    "short LSOA": (STREET, 5, "LSOA code", "E0190000", "not the code of an LSOA"),
    "ward for an LSOA": (OUTCOMES, 5, "LSOA code", "E05013500", "not the code of an LSOA"),
    "borough for an LSOA": (STREET, 5, "LSOA name", "Barnet", "not the name of an LSOA"),
    "no type": (STREET, 5, "Crime type", "", "the crime type is empty"),
    "no outcome type": (OUTCOMES, 5, "Outcome type", "", "the outcome type is empty"),
    "outcome for a type": (
        STREET, 5, "Crime type", "Suspect charged", "it belongs in another column",
    ),
    "type for an outcome": (OUTCOMES, 5, "Outcome type", "Burglary", "belongs in another"),
    "no time": (SEARCHES, 5, "Date", "", "not a time like 2018-11-01T00:00:00+00:00"),
    "day for a time": (SEARCHES, 5, "Date", "2018-11-04", "not a time"),
    "no such day": (SEARCHES, 5, "Date", "2018-11-31T00:00:00+00:00", "not a time"),
    "time without a zone": (SEARCHES, 5, "Date", "2018-11-04T10:00:00", "not a time"),
    "no kind of search": (SEARCHES, 5, "Type", "", "the type is empty"),
    "neither true nor false": (
        SEARCHES, 5, "Part of a policing operation", "perhaps", "not True or False",
    ),
}  # fmt: skip


@pytest.mark.parametrize("fault", CELLS)
def test_a_faulty_cell_is_refused_with_its_place(tmp_path, fault):
    text, row, column, value, reason = CELLS[fault]
    source = next(source for source, sample in SOURCES.items() if sample is text)
    (problem,) = refused(tmp_path, edited(text, row, column, value), source)
    assert (problem.row, problem.column, problem.value) == (row, column, value)
    assert reason in problem.reason


def test_swapped_coordinates_are_refused_in_both_columns(tmp_path):
    text = edited(edited(STREET, 5, "Longitude", "51.611375"), 5, "Latitude", "-0.178802")
    problems = refused(tmp_path, text)
    assert places(problems) == [(5, "Longitude", "51.611375"), (5, "Latitude", "-0.178802")]


def test_two_months_in_one_file_are_refused_row_by_row(tmp_path):
    text = STREET.replace(",2024-05,", ",2024-06,", 9)
    problems = refused(tmp_path, text)
    assert places(problems) == [(row, "Month", "2024-06") for row in range(2, 11)]
    assert problems[0].cure == "split the file: one month of one force each"
    text = SEARCHES.replace("2018-11", "2018-10", 9)
    (problem,) = refused(tmp_path, text, "police-uk-stop-and-search")
    assert places([problem]) == [(2, "Date", "2018-10-01T00:00:00+00:00")]
    assert problem.cure == "split the file by month"


def test_a_row_whose_fields_have_moved_is_refused(tmp_path):
    moved = with_line(STREET, 6, lambda line: "," + line.removesuffix(","))
    found = [(row, column) for row, column, _ in places(refused(tmp_path, moved))]
    assert {(6, "Month"), (6, "LSOA code"), (6, "Crime type")} <= set(found)
    assert {row for row, _ in found} == {6}


# What a row becomes; the row that is named.
ROWS = {
    "field missing": lambda text: with_line(text, 5, lambda line: line.rsplit(",", 1)[0]),
    "field too many": lambda text: with_line(text, 5, lambda line: line + ","),
    "blank row": lambda text: with_line(text, 5, lambda line: "\n" + line),
    "cut row": lambda text: with_line(text, 5, lambda line: line[:90]),
    "two rows in one": lambda text: with_line(text, 5, lambda line: line + line),
}


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize("fault", ROWS)
def test_a_row_of_other_fields_is_refused(tmp_path, source, fault):
    text = SOURCES[source]
    (problem,) = refused(tmp_path, ROWS[fault](text), source)
    assert problem.row == 5
    fields = text.split("\n")[0].count(",") + 1
    assert problem.reason.endswith(f" fields and the header {fields}")
    assert problem.cure == RESTORE


def test_a_field_that_went_to_the_next_row_is_refused_in_both(tmp_path):
    lines = STREET.split("\n")
    lines[4], lines[5] = lines[4].removesuffix(","), lines[5] + ","
    problems = refused(tmp_path, "\n".join(lines))
    assert [problem.row for problem in problems] == [5, 6]
    assert "11 fields and the header 12" in problems[0].reason
    assert "13 fields and the header 12" in problems[1].reason


def test_quotes_are_read_and_one_that_is_not_closed_is_refused(tmp_path):
    sound = edited(STREET, 5, "Location", '"On or near Example Road, North"')
    wanted = read(tmp_path, STREET).observations
    columns = ["sheet", "row", "column", "area", "category", "value"]
    assert read(tmp_path, sound).observations[columns].equals(wanted[columns])
    (problem,) = refused(tmp_path, edited(STREET, 5, "Location", '"On or near Example Road'))
    assert problem.row == 5
    assert "a quote is not closed" in problem.reason


@pytest.mark.parametrize(
    ("content", "row", "column", "reason"),
    [
        (STREET.replace("Hackney", "Hack\0ney", 1).encode(), 10, "9", "a NUL character"),
        (STREET.replace("Hackney", "Hackn\xe9y", 1).encode("latin-1"), 10, "9", "not in UTF-8"),
        (STREET.encode("utf-16"), 1, None, "the text is in UTF-16"),
        (STREET.encode("utf-16-be"), 1, None, "the text is in UTF-16"),
        (b"\xef\xbb\xbf" * 2 + STREET.encode(), 1, None, "two byte-order marks"),
    ],
    ids=["NUL", "Latin-1", "UTF-16", "UTF-16 without a mark", "two marks"],
)
def test_what_is_not_text_in_utf_8_is_refused(tmp_path, content, row, column, reason):
    (problem,) = refused(tmp_path, content)
    assert (problem.row, problem.column) == (row, column)
    assert reason in problem.reason


@pytest.mark.parametrize("source", SOURCES)
def test_a_file_cut_within_its_last_row_is_refused_wherever_it_ends(tmp_path, source):
    text = SOURCES[source]
    last, start = text.count("\n"), text.rindex("\n", 0, -1) + 1
    for end in range(start + 1, len(text), 7):
        assert refused(tmp_path, text[:end], source)[-1].row == last
    (problem,) = refused(tmp_path, text[:-1], source)
    assert (problem.row, problem.cure) == (last, AGAIN)
    assert problem.reason == "no line end after the last row: the file may be cut"


@pytest.mark.parametrize("source", SOURCES)
def test_a_file_without_its_columns_or_records_is_refused(tmp_path, source):
    header, rows = SOURCES[source].split("\n", 1)
    (problem,) = refused(tmp_path, f"{header}\n", source)
    assert (problem.row, problem.reason) == (2, "the table has no records")
    names = header.split(",")
    kept = [[*line.split(",")[:1], *line.split(",")[2:]] for line in (header, *rows.split("\n"))]
    (problem,) = refused(tmp_path, "\n".join(map(",".join, kept)), source)
    assert places([problem]) == [(1, names[1], "")]
    assert problem.reason == "the column is missing"
    twice = "\n".join(f"{line},{line.split(',')[1]}" for line in (header, *rows.split("\n")[:-1]))
    (problem,) = refused(tmp_path, f"{twice}\n", source)
    assert (problem.row, problem.column) == (1, names[1])
    assert problem.reason == "the heading stands twice"


@pytest.mark.parametrize("source", SOURCES)
def test_the_header_among_the_rows_is_refused(tmp_path, source):
    header = SOURCES[source].split("\n")[0]
    problems = refused(
        tmp_path, with_line(SOURCES[source], 5, lambda line: f"{header}\n{line}"), source
    )
    assert {problem.row for problem in problems} == {5}


@pytest.mark.parametrize("source", SOURCES)
def test_a_file_over_the_caps_is_refused(tmp_path, source):
    (problem,) = refused(tmp_path, SOURCES[source], source, Limits(rows=5))
    assert (problem.row, problem.reason) == (6, "more than 5 rows")
    heading = {"police-uk-stop-and-search": "Policing operation"}.get(source, "Location")
    long = edited(SOURCES[source], 5, heading, "x" * 101)
    problems = refused(tmp_path, long, source, Limits(cell=100))
    assert (5, "a cell of more than 100 characters") in [(p.row, p.reason) for p in problems]


def test_searches_elsewhere_are_not_taken_for_those_of_london(tmp_path):
    text = SEARCHES.replace(",51.", ",53.")
    (problem,) = refused(tmp_path, text, "police-uk-stop-and-search")
    assert (problem.row, problem.column) == (2, "Longitude")
    assert "not those of a force of London" in problem.reason


def test_what_does_no_harm_is_accepted(tmp_path):
    wanted = read(tmp_path, STREET).observations["value"].tolist()
    marked = b"\xef\xbb\xbf" + STREET.replace("\n", "\r\n").encode()
    for content in (marked, STREET + "\n\n", STREET.replace(",", " , ")):
        assert read(tmp_path, content).observations["value"].tolist() == wanted
    more = "\n".join(f"{line},7" if line else "" for line in STREET.split("\n"))
    found = read(tmp_path, more.replace("Context,7", "Context,Shift"))
    assert found.observations["value"].tolist() == wanted
    (note,) = (note for note in found.notes if note.column == "Shift")
    assert note.reason == "a column that the layout does not have was left out"
