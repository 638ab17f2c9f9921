"""Rates per 1,000 residents: what is read, what is refused and what is left out with a note."""

from pathlib import Path

import pandas as pd
import pytest
from scrutiny.errors import FaultyFile
from scrutiny.sources import rates
from scrutiny.sources.categories import count_towards
from scrutiny.sources.raw import RawFile

SAMPLE = (Path(__file__).parent / "layouts" / "borough-rates.csv").read_bytes().decode()

# What is changed into what; row, column and value of the fault; words of the reason.
FAULTS = {
    "year of one number": ("2000-01,Robbery", "2000,Robbery", 9, "Year", "2000", "financial year"),
    "year of two years": (
        "2000-01,Robbery", "2000-02,Robbery", 9, "Year", "2000-02", "financial year",
    ),
    "type twice": (
        "2000-01,Robbery", "1999-00,robbery", 9, "CrimeType", "fy1999-00, robbery",
        "already in row 8",
    ),
    "decimal comma": (
        "2.8410030664", '"2,8410030664"', 9, "Barking and Dagenham", "2,8410030664", "not a figure",
    ),
    "rate in per cent": ("2.8410030664", "2.8%", 9, "Barking and Dagenham", "2.8%", "not a figure"),
    "part of a resident": ("237000", "237000.5", 22, "Barking and Dagenham", "237000.5", "whole"),
    "no residents": ("237000", "0", 22, "Barking and Dagenham", "0", "without residents"),
    "unknown area": (",Barnet,", ",Barnett,", 1, "Barnett", "Barnett", "not an area"),
    "area twice": (",Barnet,", ",Brent,", 1, "Brent", "Brent", "stands twice"),
    "rate missing": ("2.8410030664,", "", 9, None, None, "35 fields"),
}  # fmt: skip


def read(content):
    """What the reader makes of a text."""
    return rates.read(RawFile("downloaded", content.encode()))


def figures(reading):
    """The figures of a reading, by area, period and category."""
    rows = reading.observations
    return rows.set_index(["area", "period", "category"])["value"].sort_index().to_dict()


def changed(old, new):
    """The sample with one thing changed."""
    assert SAMPLE.count(old) == 1
    return SAMPLE.replace(old, new)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_faulty_table_is_refused_with_the_place(fault):
    old, new, row, column, value, reason = FAULTS[fault]
    with pytest.raises(FaultyFile) as caught:
        read(changed(old, new))
    (problem,) = caught.value.problems
    assert (problem.row, problem.column) == (row, column)
    assert value is None or problem.value == value
    assert reason in problem.reason
    assert problem.cure
    assert caught.value.source == "borough-rates"


@pytest.mark.parametrize("variant", ["line ends", "BOM", "order", "blank rows", "blanks", "column"])
def test_what_makes_no_difference_is_accepted(variant):
    first, *rest = SAMPLE.split("\n")
    another = {
        "line ends": SAMPLE.replace("\n", "\r\n") + "\r\n",
        "BOM": "\ufeff" + SAMPLE,
        "order": "\n".join([first, *reversed(rest)]),
        "blank rows": SAMPLE + "\n\n\n,,,\n",
        "blanks": "\n".join([first, *(f" {row} " for row in rest)]),
        "column": "\n".join(f"{row}," for row in [first, *rest]),
    }[variant]
    assert figures(read(another)) == figures(read(SAMPLE))


def test_a_table_without_types_is_refused_and_another_table_is_none_of_these():
    with pytest.raises(FaultyFile, match="CrimeType: the column is missing"):
        read(
            "\n".join(
                ",".join(row.split(",")[:1] + row.split(",")[2:]) for row in SAMPLE.split("\n")
            )
        )
    assert read("Year,CrimeType,Value\n1999-00,Robbery,1\n") is None


def test_residents_of_the_rates_are_no_measure_and_rates_are_per_1000():
    found = read(SAMPLE)
    rows = found.observations
    assert (found.vintage, found.first_month, found.last_month) == (
        "2001-03",
        "fy1999-00",
        "fy2000-01",
    )
    assert rows.groupby("unit").size().to_dict() == {"per_1000": 680, "residents": 68}
    assert set(rows.loc[rows["unit"] == "residents", "category"]) == {"Mid-year estimates"}
    assert count_towards(rows).empty


def test_a_rate_that_breaks_the_sum_takes_its_area_and_year_out_with_a_note():
    found = read(changed("2.8410030664", "1.8410030664"))
    rows = found.observations
    left = rows[(rows["area"] == "Barking and Dagenham") & (rows["period"] == "fy2000-01")]
    assert left["category"].tolist() == ["Mid-year estimates"]
    (note,) = [n for n in found.notes if "add up" in n.reason]
    assert (note.value, "2000-01" in note.reason) == ("Barking and Dagenham", True)
    assert len(rows) == 748 - 10


def test_a_file_cut_between_two_rows_is_refused():
    with pytest.raises(FaultyFile, match="no row of mid-year estimates for years") as caught:
        read(SAMPLE[: SAMPLE.rindex("\n") + 1])
    (problem,) = caught.value.problems
    assert (problem.row, problem.column, problem.value) == (22, "Year", "2000-01")


@pytest.mark.parametrize("digits", [1, 3, 6])
def test_a_last_figure_that_has_lost_digits_is_refused(digits):
    with pytest.raises(FaultyFile, match="the file is cut") as caught:
        read(SAMPLE[:-digits])
    (problem,) = caught.value.problems
    assert (problem.row, problem.column) == (23, "Outer London")
    assert problem.value == SAMPLE[-7:-digits]


def test_the_published_rates_are_read_but_for_those_that_do_not_add_up(real_data):
    path = real_data / "older" / "LondonCrime.csv"
    found = rates.read(RawFile.open(path, path.name))
    rows = found.observations
    theirs = pd.read_csv(path).set_index(["Year", "CrimeType"])
    earlier = theirs[theirs.index.get_level_values("Year") < "2016-17"]
    ours = rows[rows["period"] < "fy2016-17"]
    assert ours["value"].sum() == pytest.approx(earlier.to_numpy().sum(), rel=1e-12)
    assert len(rows) == 198 * 34 - 19 * 10
    told = figures(found)
    assert told["Barking and Dagenham", "fy1999-00", "All recorded offences"] == 120.4538179311
    assert told["Outer London", "fy2016-17", "Mid-year estimates"] == 5258546
    assert told["Westminster", "fy2015-16", "Other Notifiable Offences"] == 3.2067817036
    assert ("Westminster", "fy2016-17", "Robbery") not in told
    assert (
        told["Barnet", "fy2016-17", "All recorded offences"]
        == theirs.loc[("2016-17", "All recorded offences"), "Barnet"]
    )
