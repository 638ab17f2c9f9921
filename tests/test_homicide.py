"""Victims of homicide are added up, a victim's own row goes no further, and no message tells it."""

from pathlib import Path

import pandas as pd
import pytest
from scrutiny.errors import FaultyFile
from scrutiny.sources import homicide
from scrutiny.sources.categories import count_towards
from scrutiny.sources.raw import RawFile

SAMPLE = (Path(__file__).parent / "layouts" / "homicide-victims.csv").read_bytes().decode()
HEADER, *ROWS = SAMPLE.removesuffix("\r\n").split("\r\n")
ATTRIBUTES = {
    "Age Group", "Sex", "Method of Killing", "Domestic Abuse", "Homicide Offence Type",
    "Solved Status", "Officer Observed Ethnicity",
}  # fmt: skip
# The fifth row of the sample: what is changed into what; column and value of the fault; the reason.
FIFTH = "1,35 to 44,Male,Shooting,Not Domestic Abuse,Apr-03,Murder,Unsolved,Westminster,Other"
FAULTS = {
    "no victim": ("1,35", "0,35", "Count of Victims", "0", "without a victim"),
    "part of a victim": ("1,35", "1.5,35", "Count of Victims", "1.5", "whole number"),
    "thousands": ("1,35", '"1,000",35', "Count of Victims", "1,000", "whole number"),
    "per cent": ("1,35", "1%,35", "Count of Victims", "1%", "whole number"),
    "no count": ("1,35", ",35", "Count of Victims", "", "whole number"),
    "day": ("Apr-03", "04/2003", "Recorded Date", "04/2003", "not a month"),
    "month of other words": ("Apr-03", "2003-04", "Recorded Date", "2003-04", "not a month"),
    "no month": ("Apr-03", "", "Recorded Date", "", "not a month"),
    "unknown borough": ("Westminster", "Westmister", "Borough", "Westmister", "not an area"),
    "force": ("Westminster", "MPS", "Borough", "MPS", "not an area"),
    "City": ("Westminster", "City of London", "Borough", "City of London", "not policed"),
    "no borough": ("Westminster", "", "Borough", "", "not an area"),
    "no attribute": ("Shooting", "", "Method of Killing", "", "empty"),
    "cells run together": ("Shooting", "Shooting " * 7, "Method of Killing", "", "too long"),
    "field too many": ("Shooting", "Shooting, at home", None, "", "11 fields"),
    "field missing": ("Male,", "", None, "", "9 fields"),
    "another separator": (",", ";", None, "", "1 fields"),
}  # fmt: skip


def read(text):
    """What the reader makes of a text."""
    return homicide.read(RawFile("downloaded", text.encode()))


def sums(reading):
    """The sums of a reading, by area, period, group and category."""
    rows = reading.observations
    key = ["area", "period", "group", "category"]
    return rows.set_index(key)["value"].sort_index().to_dict()


def held_apart(rows):
    """Whether no row of observations crosses two attributes, or one with a borough or a month."""
    plain, attribute = rows[rows["group"] == ""], rows[rows["group"] != ""]
    return (
        set(plain["category"]) == {"victims"}
        and set(attribute["group"]) <= ATTRIBUTES
        and set(attribute["area"]) == {"MPS"}
        and attribute["period"].str.fullmatch(r"\d{4}").all()
        and plain.loc[plain["area"] != "MPS", "period"].str.fullmatch(r"\d{4}").all()
        and not rows.duplicated(["area", "period", "group", "category"]).any()
    )


def every_year_adds_up(rows):
    """Whether months, boroughs and the values of each attribute have the same sum in each year."""
    months = rows[(rows["area"] == "MPS") & (rows["group"] == "")]
    by_year = months.groupby(months["period"].str[:4])["value"].sum()
    boroughs = rows[rows["area"] != "MPS"].groupby("period")["value"].sum()
    years = boroughs.index
    marginals = rows[rows["group"] != ""].groupby(["group", "period"])["value"].sum()
    return (
        by_year[years].to_dict() == boroughs.to_dict()
        and set(marginals.index.get_level_values("group")) == ATTRIBUTES
        and all(marginals[group].to_dict() == boroughs.to_dict() for group in ATTRIBUTES)
    )


def test_only_sums_go_further_and_every_year_adds_up():
    found = read(SAMPLE)
    rows = found.observations
    assert held_apart(rows)
    assert every_year_adds_up(rows)
    assert (found.first_month, found.last_month, found.vintage) == ("2003-01", "2005-01", "2005-01")
    told = sums(found)
    assert told["MPS", "2003-01", "", "victims"] == 2
    assert told["Ealing", "2003", "", "victims"] == 3
    assert told["London Heathrow and London City Airports", "2003", "", "victims"] == 1
    assert told["MPS", "2004", "Method of Killing", "Physical Assault, no weapon"] == 1
    assert told["MPS", "2003", "Age Group", "13 to19"] == 2


def test_a_month_or_borough_without_a_victim_is_nought_and_not_unknown():
    found = read(SAMPLE)
    told = sums(found)
    assert told["MPS", "2003-07", "", "victims"] == 0
    assert told["London Heathrow and London City Airports", "2004", "", "victims"] == 0
    notes = {note.reason: note.value for note in found.notes}
    assert "2003-07, 2004-08, 2004-11" in notes.values()


def test_a_year_that_is_not_whole_is_counted_by_month_alone():
    found = read(SAMPLE)
    assert found.observations["period"].str[:4].unique().tolist() == ["2003", "2004", "2005"]
    assert not (found.observations["period"] == "2005").any()
    assert any(note.value == "2005" for note in found.notes)


def test_rows_that_are_alike_count_each_and_are_noted_by_number():
    assert ROWS.count(ROWS[-2]) == 2
    found = read(SAMPLE)
    assert sums(found)["MPS", "2004-12", "", "victims"] == 2
    (note,) = [n for n in found.notes if "same as another" in n.reason]
    assert (note.row, note.column, note.value) == (None, None, "1")


def test_only_the_victims_as_such_and_their_ages_are_measures():
    counted = count_towards(read(SAMPLE).observations)
    assert set(counted["group"]) == {"", "Age Group"}
    as_such = counted[counted["group"] == ""]
    assert set(as_such["measure"]) == {"homicide-victims"}
    others = set(counted["measure"]) - {"homicide-victims"}
    assert all(measure.startswith("homicide-victims-aged-") for measure in others)


def test_several_victims_in_one_row_count_as_many():
    told = sums(read(SAMPLE.replace(FIFTH, "3" + FIFTH[1:])))
    assert told["MPS", "2003-04", "", "victims"] == 3
    assert told["MPS", "2003", "Solved Status", "Unsolved"] == 4


@pytest.mark.parametrize("fault", FAULTS)
def test_a_faulty_row_is_refused_and_its_other_cells_stay_unsaid(fault):
    old, new, column, value, reason = FAULTS[fault]
    assert SAMPLE.count(FIFTH) == 1
    with pytest.raises(FaultyFile) as caught:
        read(SAMPLE.replace(FIFTH, FIFTH.replace(old, new)))
    (problem,) = caught.value.problems
    assert (problem.row, problem.column, problem.value) == (6, column, value)
    assert reason in problem.reason
    assert problem.cure
    message = str(caught.value)
    others = {"35 to 44", "Male", "Shooting", "Murder", "Westminster", "Other"} - {old, value}
    assert not any(cell in message for cell in others)


def test_a_lost_column_is_named_and_a_new_value_is_a_note_without_its_row():
    cut = "\r\n".join(row.split(",", 1)[1] for row in [HEADER, *ROWS])
    with pytest.raises(FaultyFile, match="count of victims: the column is missing"):
        read(cut + "\r\n")
    (note,) = [n for n in read(SAMPLE.replace("Shooting", " Bow ")).notes if n.value == "Bow"]
    assert (note.row, note.column) == (None, "Method of Killing")


def test_a_file_cut_in_its_last_word_is_refused():
    with pytest.raises(FaultyFile, match="no line end after the last row"):
        read(SAMPLE[:-4])


def test_an_open_quote_is_refused_without_what_follows_it():
    with pytest.raises(FaultyFile) as caught:
        read(SAMPLE.replace("Shooting,Not", '"Shooting,Not', 1))
    assert not any(cell in str(caught.value) for cell in ("Shooting", "Male", "35 to 44"))


@pytest.mark.parametrize(
    "variant", ["line ends", "BOM", "order", "blank rows", "blanks", "columns"]
)
def test_what_makes_no_difference_is_accepted(variant):
    another = {
        "line ends": SAMPLE.replace("\r\n", "\n"),
        "BOM": "\ufeff" + SAMPLE,
        "order": "\r\n".join([HEADER, *reversed(ROWS), ""]),
        "blank rows": SAMPLE + "\r\n,,,\r\n",
        "blanks": SAMPLE.replace(",Murder,", " ,  Murder , "),
        "columns": "\r\n".join([f"{row},," for row in [HEADER, *ROWS]] + [""]),
    }[variant]
    assert sums(read(another)) == sums(read(SAMPLE))


def test_another_table_is_not_taken_for_this_one():
    assert read("Borough,Sex,Age Group,Victims\r\nBarnet,Male,0 to 12,1\r\n") is None


@pytest.fixture(scope="module")
def published(real_data):
    """The publisher's table: as our reader and as pandas read it."""
    path = real_data / "homicide" / "Homicides_2003_2023.csv"
    return homicide.read(RawFile.open(path, path.name)), pd.read_csv(path, skipinitialspace=True)


def test_the_published_victims_agree_with_pandas(published):
    found, theirs = published
    rows = found.observations
    assert held_apart(rows)
    assert every_year_adds_up(rows)
    assert (found.rows, found.areas, found.vintage) == (2912, 34, "2023-12")
    months = rows[(rows["area"] == "MPS") & (rows["group"] == "")]
    by_month = pd.to_datetime(theirs["Recorded Date"], format="%b-%y").dt.strftime("%Y-%m")
    victims = theirs["Count of Victims"].groupby(by_month).sum().to_dict()
    assert months.set_index("period")["value"].to_dict() == victims
    for group in ATTRIBUTES:
        ours = rows[rows["group"] == group].groupby("category")["value"].sum()
        assert ours.to_dict() == theirs.groupby(theirs[group].str.strip()).size().to_dict()


def test_the_published_sums_are_these(published):
    told = sums(published[0])
    assert told["Lambeth", "2003", "", "victims"] == 15
    assert told["MPS", "2005-07", "", "victims"] == 30
    assert told["MPS", "2019", "Sex", "Female"] == 30
    assert told["MPS", "2023", "Solved Status", "Solved"] == 89
    assert told["MPS", "2014", "Domestic Abuse", "Domestic Abuse"] == 16
    assert told["MPS", "2017", "Homicide Offence Type", "Manslaughter"] == 6
