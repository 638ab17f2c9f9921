"""What several files say of the same months: revised, or not counted alike."""

import pytest
from files import london, read
from scrutiny import sources
from scrutiny.measures import Figures, compare
from scrutiny.measures.revisions import disagreements, overlap, revisions
from scrutiny.periods import parse_window
from scrutiny.sources.inputs import Inputs

BURGLARY = ("Burglary", "Burglary - Residential")
THEFT = ("Theft and Handling", "Theft Person")
AUTUMN = ["201809", "201810", "201811", "201812"]
WINTER = ["201811", "201812", "201901", "201902"]


def two_files(folder, later):
    """A file to December 2018 with ten burglaries a borough and month, and one to February."""
    earlier = read(folder, london(AUTUMN, {BURGLARY: 10, THEFT: 5}), "earlier")
    return earlier, read(folder, london(WINTER, {BURGLARY: later, THEFT: 5}), "later")


def test_the_overlap_is_summed_over_all_the_months_that_both_hold(tmp_path):
    earlier, later = two_files(tmp_path, 11)
    shared = overlap(later, earlier, "burglary")
    assert (shared.earlier, shared.later) == (earlier, later)
    assert (shared.first, shared.last) == ("2018-11", "2018-12")
    assert (shared.sum_earlier, shared.sum_later) == (640, 704)
    assert shared.apart == pytest.approx(0.1)


@pytest.mark.parametrize(
    ("later", "measures"), [(11, {"burglary", "tno"}), ([10, 10, 99, 99], set())]
)
def test_files_of_one_age_that_are_more_than_two_percent_apart_disagree(tmp_path, later, measures):
    assert {shared.measure for shared in disagreements(two_files(tmp_path, later))} == measures


def test_files_far_apart_in_age_are_revised_and_do_not_disagree(tmp_path):
    earlier = read(tmp_path, london(AUTUMN, {BURGLARY: 10}), "earlier")
    months = ["201812", "201901", "201902", "201903", "201904"]
    later = read(tmp_path, london(months, {BURGLARY: 20}), "later")
    assert overlap(earlier, later, "burglary").apart == 1.0
    assert disagreements([earlier, later]) == []


def test_no_series_runs_across_files_that_count_different_things(tmp_path):
    earlier, later = two_files(tmp_path, 11)
    figures = Figures(Inputs((earlier, later)))
    assert list(figures.series("burglary", "MPS").index) == [
        "2018-11",
        "2018-12",
        "2019-01",
        "2019-02",
    ]
    assert list(figures.series("theft-person", "MPS").index) == [
        "2018-09", "2018-10", "2018-11", "2018-12", "2019-01", "2019-02",
    ]  # fmt: skip
    assert figures.series("burglary", "Barnet").index[0] == "2018-11"


def test_a_change_across_files_that_count_different_things_is_not_comparable(tmp_path):
    figures = Figures(Inputs(two_files(tmp_path, 11)))
    windows = parse_window("2018-11..2018-12"), parse_window("2018-09..2018-10")
    counts, before, change, p = compare.change(figures, "burglary", "MPS", *windows)
    assert (counts.value, before.value) == (704, 640)
    assert (change.value, change.status, change.printed) == (
        None,
        "not-comparable",
        "not comparable",
    )
    assert (p.value, p.status) == (None, "not-comparable")
    assert "do not count burglary alike" in change.note
    local = compare.change(figures, "burglary", "Barnet", *windows)[2]
    assert compare.gap(local, change, windows[0]).status == "not-comparable"


def test_a_sum_over_files_that_count_different_things_is_not_made(tmp_path):
    figures = Figures(Inputs(two_files(tmp_path, 11)))
    found = compare.count(figures, "burglary", "MPS", parse_window("2018-10..2018-11"))
    assert (found.value, found.status) == (None, "not-comparable")


def test_joined_files_that_agree_are_compared_with_a_footnote(tmp_path):
    figures = Figures(Inputs(two_files(tmp_path, 10)))
    windows = parse_window("2018-11..2018-12"), parse_window("2018-09..2018-10")
    change = compare.change(figures, "burglary", "MPS", *windows)[2]
    assert (change.value, change.status) == (0, "ok")
    assert "borough-24-months/2018-12" in change.note
    assert "borough-24-months/2019-02" in change.note


def test_the_order_of_an_edition_chooses_the_side_of_the_seam(tmp_path):
    inputs = Inputs(two_files(tmp_path, 11))
    series = Figures(inputs, ["2018-12"]).series("burglary", "MPS")
    assert list(series.index) == ["2018-09", "2018-10", "2018-11", "2018-12"]


def test_the_revision_table_has_a_row_a_figure_of_both_files(tmp_path):
    table = revisions(*two_files(tmp_path, [11, 9, 1, 1]))
    rows = table[(table["measure"] == "burglary") & (table["area"] == "Barnet")]
    assert rows.to_dict("records") == [
        {
            "measure": "burglary", "area": "Barnet", "month": "2018-11", "before": 10,
            "after": 11, "size": 1, "size_percent": pytest.approx(10),
        },
        {
            "measure": "burglary", "area": "Barnet", "month": "2018-12", "before": 10,
            "after": 9, "size": -1, "size_percent": pytest.approx(-10),
        },
    ]  # fmt: skip


def test_the_airports_are_in_the_force_and_not_in_the_32_boroughs(tmp_path):
    earlier = read(tmp_path, london(AUTUMN, {BURGLARY: 1}, airports=7), "earlier")
    later = read(tmp_path, london(WINTER, {BURGLARY: 2}, airports=8), "later")
    table = revisions(earlier, later)
    december = table[(table["measure"] == "tno") & (table["month"] == "2018-12")]
    december = december.set_index("area")[["before", "after"]]
    assert december.loc["MPS"].tolist() == [39, 72]
    assert december.loc["32 boroughs"].tolist() == [32, 64]


def published(real_data, folder):
    """The real file of a folder."""
    (path,) = (real_data / folder).iterdir()
    return sources.read(path, folder)


@pytest.fixture(scope="module")
def real(real_data):
    """The real files of recorded crime by borough, by data set and vintage."""
    folders = [
        "borough-24-months/2018-12", "borough-24-months/2019-02", "borough-24-months/2024-01",
        "borough-24-months/2025-11", "borough-historical/2018-12", "borough-historical/2022-01",
        "borough-historical/2023-09",
    ]  # fmt: skip
    return {folder: published(real_data, folder) for folder in folders}


@pytest.mark.parametrize(
    ("area", "before", "after"), [("MPS", 71390, 71607), ("32 boroughs", 71101, 71322)]
)
def test_december_2018_was_revised_as_published(real, area, before, after):
    table = revisions(real["borough-24-months/2018-12"], real["borough-24-months/2019-02"])
    (row,) = table[
        (table["measure"] == "tno") & (table["area"] == area) & (table["month"] == "2018-12")
    ].to_dict("records")
    assert (row["before"], row["after"], row["size"]) == (before, after, after - before)


def test_the_real_files_that_count_otherwise_are_found(real):
    found = {
        (shared.measure, shared.earlier.edition, shared.later.edition): (
            shared.sum_earlier, shared.sum_later,
        )
        for shared in disagreements(real.values())
    }  # fmt: skip
    historical, recent, next_one = (
        "borough-historical/2018-12", "borough-24-months/2018-12", "borough-24-months/2019-02",
    )  # fmt: skip
    assert found == {
        ("criminal-damage", recent, next_one): (112441, 108985),
        ("burglary", historical, recent): (185397, 156610),
        ("mopac7", historical, recent): (804719, 775883),
        ("burglary", historical, next_one): (170546, 143909),
        ("criminal-damage", historical, next_one): (112467, 108985),
        ("mopac7", historical, next_one): (745031, 716475),
    }


def test_real_burglary_does_not_run_from_the_recent_file_into_the_historical_one(real):
    figures = Figures(
        Inputs((real["borough-24-months/2018-12"], real["borough-historical/2018-12"]))
    )
    assert figures.series("burglary", "MPS").index[0] == "2017-01"
    assert figures.series("robbery", "MPS").index[0] == "2008-01"
