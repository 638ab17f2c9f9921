"""A dashboard extract with a fault is refused whole: its figures stand in it twice over."""

import csv
import io

import pandas as pd
import pytest
from extracts import KNIFE, KNIFE_DAYS, VAWG, VAWG_DAYS, as_parquet, edited, figures, problems, read
from scrutiny.errors import FaultyFile
from scrutiny.limits import Limits

# file; row and column of a cell and what is put there; row, column and value of the fault; words
# of the reason.
FAULTS = {
    "negative": (VAWG, 3, "count", "-12", "whole count"),
    "day of a month": (KNIFE, 2, "month_year", "2025-12-02", "not the first day"),
    "day first": (KNIFE, 2, "month_year", "01/12/2025", "not the first day"),
    "unknown borough": (KNIFE, 2, "borough_snt", "Croyden", "not a borough"),
    "MPS": (KNIFE, 2, "borough_snt", "MPS", "not a borough"),
    "two names": (KNIFE, 2, "area_name", "Barnet", "not the name of the borough"),
    "another's code": (KNIFE, 2, "area_code", "E09000002", "not the code of the borough"),
    "code of no borough": (KNIFE, 5, "area_code", "E09000002", "unknown borough with a code"),
    "code of an LSOA": (KNIFE, 6, "area_code", "E01000001", "not the code of a ward"),
    "ward of no borough": (KNIFE, 6, "borough_snt", "Fairfield", "no borough before"),
    "ward without a name": (KNIFE, 6, "borough_snt", "Croydon", "no borough before"),
    "outside without a name": (KNIFE, 5, "area_name", "Kent", "outside the boroughs"),
    "team of nowhere": (KNIFE, 10, "borough_snt", "Kent", "no borough before"),
    "kind of area": (KNIFE, 2, "area_type", "Ward", "not a kind of area"),
    "other crime": (KNIFE, 2, "crime_type", "Hate Crime", "not knife crime"),
    "a rate": (KNIFE, 2, "measure", "Positive Outcome Rate", "not a measure"),
    "total of kinds": (KNIFE, 2, "crime_subtype", "Knife Crime Total", "a total among the rows"),
    "no kind": (KNIFE, 2, "crime_subtype", "", "empty"),
    "other command unit": (
        VAWG,
        12,
        "bcu_location",
        "South Area",
        "not the borough's command unit",
    ),
    "no borough": (VAWG, 12, "borough_name", "", "empty"),
    "total of boroughs": (VAWG, 12, "borough_name", "Total", "not a borough"),
    "class by place": (VAWG, 12, "crimsec_group", "Rape", "a cell of the other table"),
    "total of classes": (VAWG, 17, "crimsec_group", "Sub-total", "a total among the rows"),
    "no table": (VAWG, 12, "sheet", "Sheet1", "not a table"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_faulty_cell_is_refused_with_its_place(fault):
    text, row, column, value, reason = FAULTS[fault]
    found = problems(edited(text, row, column, value))
    (problem,) = (p for p in found if (p.row, p.column, p.value) == (row, column, value))
    assert reason in problem.reason


@pytest.mark.parametrize(("text", "last"), [(VAWG, 25), (KNIFE, 29)], ids=["vawg", "knife"])
def test_a_figure_that_lost_or_won_a_digit_is_refused(text, last):
    for row in range(2, last + 1):
        for count in ("0", "10"):
            (problem,) = problems(edited(text, row, "count", count))
            assert "counts the same offences twice" in problem.reason
            assert (problem.column, problem.row <= row) == ("count", True)


@pytest.mark.parametrize("count", ["", "1.5", "1,000", "[c]", "1e3", "99999999", "٢"])
@pytest.mark.parametrize("text", [VAWG, KNIFE], ids=["vawg", "knife"])
def test_what_is_not_a_whole_count_is_refused(text, count):
    (problem,) = problems(edited(text, 4, "count", count))
    assert (problem.row, problem.column, problem.value) == (4, "count", count)


@pytest.mark.parametrize(
    ("text", "days"), [(VAWG, VAWG_DAYS), (KNIFE, KNIFE_DAYS)], ids=["vawg", "knife"]
)
@pytest.mark.parametrize("count", [None, "1.5", "-1"])
def test_counts_of_parquet_are_held_to_the_same(text, days, count):
    counts = [count, *pd.read_csv(io.StringIO(text), dtype=str)["count"][1:]]
    first = problems(as_parquet(text, days, count=counts))[0]
    assert (first.row, first.column) == (2, "count")


@pytest.mark.parametrize("text", [VAWG, KNIFE], ids=["vawg", "knife"])
def test_a_row_that_stands_twice_is_refused(text):
    lines = text.splitlines()
    problem = problems("\n".join([*lines, lines[4]]))[0]
    assert (problem.row, problem.reason) == (len(lines) + 1, "it stands already in row 5")


@pytest.mark.parametrize("text", [VAWG, KNIFE], ids=["vawg", "knife"])
def test_a_file_that_has_lost_any_row_is_refused(text):
    lines = text.splitlines()
    for gone in range(1, len(lines)):
        assert problems("\n".join(lines[:gone] + lines[gone + 1 :]))


@pytest.mark.parametrize(
    ("text", "start"), [(VAWG, "Central"), (KNIFE, "2026-01")], ids=["vawg", "knife"]
)
def test_a_file_that_was_cut_anywhere_is_refused_or_unchanged(text, start):
    by = ("period", "area", "group", "category")
    sound = figures(read(text), *by)
    for end in range(text.index(start), len(text), 41):
        try:
            found = figures(read(text[:end]), *by)
        except FaultyFile:
            continue
        months = {period for period, *_ in found}
        assert found == {key: value for key, value in sound.items() if key[0] in months}


@pytest.mark.parametrize(
    ("text", "column"), [(VAWG, "crimsec_group"), (KNIFE, "crime_subtype")], ids=["vawg", "knife"]
)
def test_columns_that_are_gone_new_or_twice_are_refused(text, column):
    rows = list(csv.reader(io.StringIO(text)))
    at = rows[0].index(column)
    out = io.StringIO()
    csv.writer(out).writerows(row[:at] + row[at + 1 :] for row in rows)
    (gone,) = problems(out.getvalue())
    assert (gone.row, gone.column, gone.reason) == (1, column, "the column is missing")
    (new, *_) = problems(text.replace(column, f"{column},sex", 1))
    assert (new.column, new.reason) == ("sex", "not a column of this layout")
    (twice, *_) = problems(text.replace(column, f"{column},{column.upper()}", 1))
    assert (twice.column, twice.reason) == (column, "the heading stands twice")


def test_a_last_month_that_stops_early_is_refused():
    def month(name, count):
        tail = f"Knife Crime,Knife Crime,Offences,fy,fy,{count},2026-02-18,x"
        return (
            f"{name}-01,Borough,Croydon,Croydon,E09000008,{tail}\n"
            f"{name}-01,Safer Neighbourhood Teams,Croydon Fairfield,Fairfield,E05011468,{tail}\n"
        )

    head = KNIFE.split("\n", 1)[0] + "\n"
    months = [f"2025-{n:02d}" for n in range(1, 7)]
    assert read(head + "".join(month(name, 1200) for name in months)).last_month == "2025-06"
    (problem,) = problems(
        head + "".join(month(n, 1200) for n in months[:-1]) + month("2025-06", 500)
    )
    assert (problem.row, problem.reason) == (12, "the last month is not whole")
    (gap,) = problems(head + "".join(month(name, 1200) for name in months if name != "2025-03"))
    assert (gap.value, "months are missing" in gap.reason) == ("2025-03", True)


def test_a_cell_over_the_cap_is_refused_in_parquet_too():
    content = as_parquet(VAWG, VAWG_DAYS, crimsec_offences="x" * 300)
    assert read(content) is not None
    with pytest.raises(FaultyFile, match="a cell of more than 200 characters"):
        read(content, Limits(cell=200))
