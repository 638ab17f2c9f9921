"""The two dashboard extracts: what is added up of them, and where each sum stands."""

import csv
import io

import pandas as pd
import pyarrow.parquet as pq
import pytest
from extracts import KNIFE, KNIFE_DAYS, VAWG, VAWG_DAYS, as_parquet, edited, figures, read
from scrutiny import places
from scrutiny.measures.catalogue import catalogue
from scrutiny.sources import dashboards
from scrutiny.sources.categories import count_towards
from scrutiny.sources.raw import RawFile


def test_the_two_tables_of_violence_against_women_and_girls_are_added_up():
    found = read(VAWG)
    assert (found.source, found.vintage, found.rows, found.sparse) == (
        "vawg-dashboard", "2026-01", 24, False,
    )  # fmt: skip
    last = found.observations.query("period == '2026-01'")
    assert last.groupby(["area_kind", "area"])["value"].sum().to_dict() == {
        ("bcu", "Central East"): 28, ("bcu", "East"): 2, ("bcu", "North West"): 17,
        ("borough", "Barnet"): 17, ("borough", "Hackney"): 28, ("borough", "Havering"): 2,
        ("other", "Unknown"): 24, ("force", "MPS"): 71,
    }  # fmt: skip
    assert last.query("area == 'MPS'").set_index("category")["value"].to_dict() == {
        "Rape": 3, "Stalking and Harassment": 30, "Public fear, alarm, distress": 3,
        "Violence with Injury": 2, "Other flagged offences outside of VAWG": 33,
    }  # fmt: skip
    (note,) = found.notes
    assert (note.reason, note.row, note.value) == (
        "offences whose borough is unknown or outside London", 6, "48 of 155",
    )  # fmt: skip


def test_a_sum_stands_where_the_first_of_its_rows_names_what_it_is_of():
    cells = list(csv.reader(io.StringIO(VAWG)))
    for row in read(VAWG).observations.itertuples():
        text = cells[row.row - 1][row.column - 1]
        wanted = {"force": row.category, "other": "Other", "bcu": row.area}.get(
            row.area_kind, row.area
        )
        assert (text.removesuffix(" Area"), cells[row.row - 1][6]) == (wanted, row.sheet)
        assert cells[row.row - 1][3][:7] == row.period


def test_knife_crime_is_read_by_borough_and_by_ward():
    found = read(KNIFE)
    assert (found.source, found.vintage, found.rows, found.sparse) == (
        "knife-crime-dashboard", "2026-01", 28, True,
    )  # fmt: skip
    kinds = figures(found, "area_kind")
    assert kinds["borough"] + kinds["other"] == kinds["ward"]
    knives = found.observations.query(
        "category == 'Knife Crime' and group == 'Offences' and period == '2025-12'"
    )
    assert knives[["area_kind", "area", "code", "within", "value"]].to_numpy().tolist() == [
        ["borough", "Croydon", "", "", 33],
        ["borough", "Hillingdon", "", "", 25],
        ["other", places.AIRPORTS, "", "", 2],
        ["other", "Unknown", "", "", 13],
        ["ward", "Fairfield, Croydon", "E05011468", "Croydon", 32],
        ["ward", "Heathrow Villages, Hillingdon", "E05013570", "Hillingdon", 25],
        ["ward", f"Heathrow Villages, {places.AIRPORTS}", "E05013570", places.AIRPORTS, 2],
        ["ward", "N/K, Unknown", "", "Unknown", 13],
        ["ward", "Other / NK, Unknown", "", "Unknown", 1],
    ]
    assert [note.value for note in found.notes] == ["29 of 149", "4 of 10 sums, by at most 1"]


def test_each_figure_of_knife_crime_is_the_count_of_its_row():
    cells = list(csv.reader(io.StringIO(KNIFE)))
    for row in read(KNIFE).observations.itertuples():
        assert float(cells[row.row - 1][row.column - 1]) == row.value
        assert (cells[row.row - 1][6], cells[row.row - 1][7]) == (row.category, row.group)


@pytest.mark.parametrize(
    ("text", "days"), [(VAWG, VAWG_DAYS), (KNIFE, KNIFE_DAYS)], ids=["vawg", "knife"]
)
def test_parquet_and_text_with_the_same_headings_give_the_same(text, days):
    one, other = read(text), read(as_parquet(text, days))
    columns = [name for name in one.observations if name != "sha256"]
    pd.testing.assert_frame_equal(one.observations[columns], other.observations[columns])
    assert one.notes == other.notes


@pytest.mark.parametrize("text", [VAWG, KNIFE], ids=["vawg", "knife"])
def test_what_does_no_harm_changes_nothing(text):
    rows = list(csv.reader(io.StringIO(text)))
    out = io.StringIO(newline="")
    turned = [[f" {cell} " for cell in reversed(row)] for row in [rows[0], *rows[:0:-1]]]
    csv.writer(out, lineterminator="\r\n").writerows(turned)
    found = read("\ufeff" + out.getvalue().replace("month_year", "Month Year") + "\r\n\r\n")
    by = ("area", "period", "group", "category")
    assert figures(found, *by) == figures(read(text), *by)
    assert any(note.reason == "blank rows at the end" for note in found.notes)


def test_every_category_is_named_and_leads_to_a_measure_of_the_catalogue():
    for text in (VAWG, KNIFE):
        counted = count_towards(read(text).observations)
        assert set(counted["measure"]) <= set(catalogue())
        assert len(counted) == len(read(text).observations)


def test_a_category_that_no_earlier_file_holds_is_noted():
    notes = read(KNIFE.replace("Knife Crime with Injury", "Knife Crime at Sea")).notes
    assert ("a category that no earlier file holds", "Offences, Knife Crime at Sea") in [
        (note.reason, note.value) for note in notes
    ]


@pytest.mark.parametrize("name", ["Merton Fairfield", "Croydon Fairfields"])
def test_a_ward_code_under_two_names_is_noted_as_the_publisher_has_such(name):
    notes = read(edited(KNIFE, 20, "borough_snt", name)).notes
    assert ("the code is that of Fairfield, Croydon in row 6", 20, "E05011468") in [
        (note.reason, note.row, note.value) for note in notes
    ]


def test_the_publishers_file_of_violence_against_women_and_girls(real_data):
    path = real_data / "dashboard-extracts" / "vawg-offences.parquet"
    raw = RawFile.open(path, path.name)
    found = dashboards.read(raw)
    assert (found.rows, found.first_month, found.vintage) == (411_341, "2014-01", "2026-02")
    assert figures(found, "area_kind") == {
        "borough": 1_612_003 - 44_581, "other": 44_581, "bcu": 1_612_003 - 44_581,
        "force": 1_612_003,
    }  # fmt: skip
    table = pq.read_table(path).to_pandas()
    placed = table[table["sheet"] == "Offence count location"]
    wanted = placed.groupby(["borough_name", "recorded_date_months"])["count"].sum()
    boroughs = found.observations.query("area_kind == 'borough'").set_index(["area", "period"])
    for (borough, month), count in wanted.items():
        if borough not in ("Other", "Unknown"):
            assert boroughs["value"][borough, f"{month:%Y-%m}"] == count


def test_the_publishers_file_of_knife_crime(real_data):
    path = real_data / "dashboard-extracts" / "monthly-crime-dashboard.parquet"
    found = dashboards.read(RawFile.open(path, path.name))
    assert (found.rows, found.first_month, found.vintage) == (59_431, "2022-03", "2026-02")
    knives = found.observations.query("category == 'Knife Crime' and group == 'Offences'")
    assert knives.groupby("area_kind")["value"].sum().to_dict() == {
        "borough": 56_384, "other": 1_325, "ward": 57_709,
    }  # fmt: skip
    year = knives.query("area_kind != 'ward' and '2025-03' <= period <= '2026-02'")
    assert year["value"].sum() == 13_552
    assert [note.value for note in found.notes] == [
        "E05009336", "1,310 of 57,709", "579 of 9,483 sums, by at most 6",
    ]  # fmt: skip
