"""Records of data.police.uk are counted month by month, and what is odd about them is said."""

import datetime as dt
import os
import subprocess
import sys

import pandas as pd
import pytest
from files import checked_in, measured, read
from scrutiny import places
from scrutiny.errors import MissingMeasure, MissingMonths
from scrutiny.measures import Figures
from scrutiny.periods import parse_window
from scrutiny.sources.categories import count_towards
from scrutiny.sources.inputs import Inputs

MPS = "Metropolitan Police Service"
STREET = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,"
    "Crime type,Last outcome category,Context\n"
)
SEARCHES = (
    "Type,Date,Part of a policing operation,Policing operation,Latitude,Longitude,Gender,Age range,"
    "Self-defined ethnicity,Officer-defined ethnicity,Legislation,Object of search,Outcome,"
    "Outcome linked to object of search,Removal of more than just outer clothing\n"
)
IN_LONDON, IN_THE_CITY = "51.600000,-0.200000", "51.513000,-0.090000"
IN_FULL = "every field is that of an earlier record; kept, as published"
OUTSIDE = "the LSOA is outside London: counted as of an unknown borough"


def crime(number, lsoa="Barnet 001A", kind="Burglary", *, force=MPS, month="2024-05"):
    """A row of a street-level file; ``number`` makes its id and its point."""
    where = f"-0.1{number:05d},51.5{number:05d},On or near Example Road,E01900001,{lsoa}"
    return f"made-up-{number},{month},{force},{force},{where},{kind},Under investigation,\n"


def search(time, where=IN_LONDON, outcome="Arrest", sex="Male"):
    """A row of a file of searches."""
    return (
        f"Person search,{time},False,,{where},{sex},18-24,Not stated,White,"
        f"Misuse of Drugs Act 1971 (section 23),Controlled drugs,{outcome},,\n"
    )


def whole_month(month="2024-05", each=50, without=""):
    """A street-level file with as many burglaries in each borough but one."""
    names = [place.name for place in places.boroughs() if place.name != without]
    rows = [
        crime(each * b + i, f"{name} 001A", month=month)
        for b, name in enumerate(names)
        for i in range(each)
    ]
    return STREET + "".join(rows)


def hours(first, last, step=1):
    """The times of every so many hours, as the publisher writes them."""
    time, end = dt.datetime.fromisoformat(first), dt.datetime.fromisoformat(last)
    while time <= end:
        yield time.isoformat()
        time += dt.timedelta(hours=step)


def counts(reading, *by):
    """A reading's figures by these columns."""
    return reading.observations.groupby(list(by))["value"].sum().to_dict()


def noted(reading, reason):
    """Row, column and value of the one note with this reason."""
    (note,) = (note for note in reading.notes if note.reason == reason)
    return note.row, note.column, note.value


def test_crimes_are_counted_by_borough_and_type(tmp_path):
    rows = [
        crime(1), crime(2), crime(3, kind="Robbery"), crime(4, "Barnet 014C"),
        crime(5, "Kensington and Chelsea 001A"), crime(6, "City of London 001F"),
    ]  # fmt: skip
    found = read(tmp_path, STREET + "".join(rows))
    assert (found.source, found.vintage, found.rows) == ("police-uk-street", "2024-05", 6)
    assert found.layout == f"street-level crime, {MPS}"
    assert counts(found, "area", "category") == {
        ("Barnet", "Burglary"): 3,
        ("Barnet", "Robbery"): 1,
        ("City of London", "Burglary"): 1,
        ("Kensington and Chelsea", "Burglary"): 1,
    }
    where = found.observations[["sheet", "row", "column"]]
    assert where.iloc[:2].to_numpy().tolist() == [  # of the first record of each count
        ["records by borough and Crime type", 2, 10],
        ["records by borough and Crime type", 4, 10],
    ]
    assert found.notes == ()
    assert measured(found, "street-burglary", "Barnet") == [3]
    assert measured(found, "street-robbery", "Kensington and Chelsea") == [0]  # none is nought


def test_a_record_of_no_or_a_foreign_lsoa_is_of_an_unknown_borough(tmp_path):
    nowhere = crime(2).replace("E01900001,Barnet 001A", ",")
    found = read(tmp_path, STREET + crime(1) + nowhere + crime(3, "Slough 002A"))
    assert counts(found, "area") == {"Barnet": 1, "Unknown": 2}
    assert noted(found, "no LSOA, so the borough is unknown") == (3, "LSOA name", "1")
    assert noted(found, OUTSIDE) == (4, "LSOA name", "1")


def test_another_forces_crimes_never_count_towards_a_measure(tmp_path):
    force = "City of London Police"
    rows = [crime(1, "City of London 001F", force=force), crime(2, force=force)]
    found = read(tmp_path, STREET + "".join(rows))
    assert found.layout == f"street-level crime, {force}"
    assert count_towards(found.observations).empty
    own = read(tmp_path, whole_month())
    both = Figures(Inputs((found, own)))
    assert both.series("street-burglary", "MPS")["value"].tolist() == [32 * 50]
    assert both.series("street-burglary", "Barnet")["value"].tolist() == [50]


def test_the_city_forces_searches_are_told_by_their_places(tmp_path):
    times = [*hours("2018-11-01T00:00:00+00:00", "2018-11-30T23:00:00+00:00", 12)]
    found = read(tmp_path, SEARCHES + "".join(search(time, IN_THE_CITY) for time in times))
    assert found.layout == "stop and search, City of London Police"
    assert set(found.observations["area"]) == {"City of London"}
    assert measured(found, "stop-and-search-records", "MPS") == []


def test_repeated_ids_and_records_are_counted_and_noted(tmp_path):
    again = crime(1, kind="Robbery")
    found = read(tmp_path, STREET + crime(1) + crime(2) + again + crime(2) + crime(2))
    assert (found.rows, counts(found, "area")) == (5, {"Barnet": 5})
    repeated = "a Crime ID of an earlier record; kept, as published"
    assert noted(found, repeated) == (4, "Crime ID", "3")
    assert noted(found, IN_FULL) == (5, None, "2")


def test_reports_without_an_id_repeat_none_but_in_full(tmp_path):
    report = crime(1, kind="Anti-social behaviour").removeprefix("made-up-1")
    other = crime(2, kind="Anti-social behaviour").removeprefix("made-up-2")
    found = read(tmp_path, STREET + report + other + report)
    assert [(note.reason, note.row, note.value) for note in found.notes] == [(IN_FULL, 4, "1")]
    assert measured(found, "street-anti-social-behaviour", "Barnet") == [3]


def test_missing_coordinates_are_counted_and_noted(tmp_path):
    found = read(tmp_path, STREET + crime(1) + crime(2).replace("-0.100002,51.500002", ","))
    assert counts(found, "area") == {"Barnet": 2}
    assert noted(found, "no coordinates; counted all the same") == (3, "Longitude", "1")


def test_a_type_that_no_file_had_is_noted_and_counts_towards_nothing(tmp_path):
    found = read(tmp_path, STREET + crime(1) + crime(2, kind="Theft by drone"))
    reason = "a type that no earlier file holds; it counts towards no measure"
    assert noted(found, reason) == (3, "Crime type", "Theft by drone: 1")
    assert set(count_towards(found.observations)["measure"]) == {"street-burglary"}


def test_searches_are_counted_by_one_column_at_a_time(tmp_path):
    rows = [
        search("2018-11-01T00:00:00+00:00"),
        search("2018-11-02T00:00:00+00:00", sex="Female", outcome="Suspect arrested"),
        search("2018-11-03T00:00:00+00:00", outcome="Community resolution", sex=""),
    ]
    found = read(tmp_path, SEARCHES + "".join(rows))
    assert (found.vintage, found.layout) == ("2018-11", f"stop and search, {MPS}")
    assert counts(found, "area", "group", "category") == {
        ("MPS", "", "Searches"): 3,
        ("MPS", "Age range", "18-24"): 3,
        ("MPS", "Gender", "(blank)"): 1,
        ("MPS", "Gender", "Female"): 1,
        ("MPS", "Gender", "Male"): 1,
        ("MPS", "Object of search", "Controlled drugs"): 3,
        ("MPS", "Officer-defined ethnicity", "White"): 3,
        ("MPS", "Outcome", "Arrest"): 1,
        ("MPS", "Outcome", "Community resolution"): 1,
        ("MPS", "Outcome", "Suspect arrested"): 1,
        ("MPS", "Type", "Person search"): 3,
    }
    assert measured(found, "stop-and-search-records", "MPS") == [3]
    assert measured(found, "stop-and-search-arrests", "MPS") == [2]  # in either wording


def test_a_summer_month_begins_at_23_00_utc_of_the_day_before(tmp_path):
    times = [*hours("2018-05-31T23:00:00+00:00", "2018-06-30T22:00:00+00:00")]
    found = read(tmp_path, SEARCHES + "".join(map(search, times)))
    assert (found.vintage, found.partial, len(found.notes)) == ("2018-06", "", 2)
    assert measured(found, "stop-and-search-records", "MPS") == [30 * 24]
    late = read(tmp_path, SEARCHES + "".join(map(search, [*times, "2018-06-30T23:00:00+00:00"])))
    reason = "outside 2018-06 by London's clocks; counted in it, as published"
    assert (late.rows, noted(late, reason)) == (721, (722, "Date", "1"))


def stops_early():
    """A file of searches whose last half of a month is gone."""
    times = hours("2018-11-01T00:00:00+00:00", "2018-11-15T23:00:00+00:00")
    return SEARCHES + "".join(map(search, times))


@pytest.mark.parametrize(
    ("content", "measure", "reason"),
    [
        (whole_month(each=52, without="Westminster"), "street-burglary", "the file is cut: 1 of"),
        (stops_early(), "stop-and-search-records", "not a whole month: no record on 15 days"),
    ],
    ids=["street", "searches"],
)
def test_a_month_that_stops_early_is_sound_and_gives_no_count(tmp_path, content, measure, reason):
    found = read(tmp_path, content)
    assert found.partial.startswith(reason)
    (checked,) = checked_in(tmp_path / "downloaded")
    assert not checked.fails
    assert found.partial in [note["reason"] for note in checked.about["notes"]]
    figures = Figures(Inputs((found,)))
    month = parse_window(f"{found.vintage}..{found.vintage}")
    with pytest.raises(MissingMeasure, match=f"downloaded was not used: {reason}"):
        figures.total(measure, "MPS", month)


def test_a_cut_month_beside_a_whole_one_is_missing_by_name(tmp_path):
    whole = read(tmp_path, whole_month("2024-04"), "april")
    cut = read(tmp_path, whole_month("2024-05", 52, "Westminster"), "may")
    figures = Figures(Inputs((whole, cut)))
    with pytest.raises(MissingMonths, match=r"lack 2024-05; .* may was not used: the file is cut"):
        figures.total("street-burglary", "MPS", parse_window("2024-04..2024-05"))


def test_a_folder_of_months_is_a_series(tmp_path):
    for name, month, each in (("x", "2024-05", 51), ("y", "2024-04", 50), ("z", "2024-06", 53)):
        (tmp_path / name).write_text(whole_month(month, each))
    found = checked_in(tmp_path)
    assert [checked.fails for checked in found] == [False] * 3
    series = Figures(Inputs(tuple(c.reading for c in found))).series("street-burglary", "MPS")
    assert series["value"].to_dict() == {"2024-04": 1600, "2024-05": 1632, "2024-06": 1696}


# The publisher's own files -----------------------------------------------------------------------

COURTS = r"(?:Court|Defendant|Offender (?!given (?:a|penalty) )).+"


@pytest.fixture
def real(real_data, tmp_path):
    """The reading of a real file, and the file as pandas alone reads it."""

    def of(name):
        (path,) = (real_data / "police-uk").glob(name)
        frame = pd.read_csv(path, dtype=str, keep_default_na=False)
        return read(tmp_path, path.read_bytes()), frame

    return of


@pytest.mark.parametrize(
    ("month", "rows", "same_id", "copies", "courts"),
    [("2019-05", 10_723, "1,417", "566", 2_472), ("2019-06", 8_050, "521", "489", 0)],
)
def test_real_outcomes_count_as_pandas_counts_them(real, month, rows, same_id, copies, courts):
    found, frame = real(f"{month}-*outcomes.csv")
    assert (found.vintage, found.rows, found.partial) == (month, rows, "")
    borough = frame["LSOA name"].str.replace(r" \d{3}[A-Z]$", "", regex=True)
    known = [place.name for place in places.boroughs()] + ["City of London"]
    by = [borough.where(borough.isin(known), "Unknown"), frame["Outcome type"]]
    assert counts(found, "area", "category") == frame.groupby(by).size().to_dict()
    assert sum(found.observations["value"]) == len(frame) == rows
    assert noted(found, "a Crime ID of an earlier record; kept, as published")[2] == same_id
    assert noted(found, IN_FULL)[2] == copies == str(frame.duplicated().sum())
    of_courts = found.observations["category"].str.fullmatch(COURTS)
    assert found.observations["value"][of_courts].sum() == courts
    assert not [note for note in found.notes if "no earlier file holds" in note.reason]


@pytest.mark.parametrize(
    ("month", "rows", "copies", "arrests"),
    [("2017-11", 11_398, "357", 2_016), ("2018-11", 15_196, "400", 2_321)],
)
def test_real_searches_count_as_pandas_counts_them(real, month, rows, copies, arrests):
    found, frame = real(f"{month}-*search.csv")
    assert (found.vintage, found.rows, found.partial) == (month, rows, "")
    wanted = {("", "Searches"): len(frame)}
    for column in set(found.observations["group"]) - {""}:
        texts = frame[column].replace("", "(blank)").value_counts()
        wanted |= {(column, text): count for text, count in texts.items()}
    assert counts(found, "group", "category") == wanted
    assert set(found.observations["area"]) == {"MPS"}
    assert noted(found, IN_FULL)[2] == copies == str(frame.duplicated().sum())
    assert measured(found, "stop-and-search-arrests", "MPS") == [arrests]
    assert not [note for note in found.notes if "no earlier file holds" in note.reason]


@pytest.mark.skipif(not hasattr(os, "wait4"), reason="no peak memory of a child to ask for")
def test_the_comparison_with_pandas_counts_alike(root):
    command = [sys.executable, "bench/street.py", "--rows", "20000", "--months", "2"]
    finished = subprocess.run(
        command, cwd=root, capture_output=True, encoding="utf-8", timeout=300, check=False
    )
    assert finished.returncode == 0, finished.stderr
    assert "\ncounts equal: " in finished.stdout
    assert finished.stdout.rstrip().endswith("20,000 records")
