"""Comparisons across a change of counting are refused or footnoted as the register says."""

from dataclasses import dataclass

import pytest
from files import london, read
from scrutiny.errors import FaultyRegister
from scrutiny.measures import Figures, catalogue, compare
from scrutiny.periods import parse_window
from scrutiny.registers import load
from scrutiny.sources.inputs import Inputs

MONTHS = ["201809", "201810", "201811", "201812"]
NOW, BEFORE = parse_window("2018-11..2018-12"), parse_window("2018-09..2018-10")


@dataclass(frozen=True)
class Broken:
    """A row of the register; each field can be changed by a test."""

    measures: tuple = ("burglary",)
    areas: tuple = ("*",)
    sources: tuple = ("*",)
    month: str = "2018-11"
    rule: str = "refuse"
    text: str = "Burglary is counted otherwise since November."


def change(folder, *breaks, area="MPS"):
    """The change of burglary over the two windows, with the breaks on record."""
    table = london(MONTHS, {("Burglary", "Burglary - Residential"): [1, 1, 2, 2]})
    figures = Figures(Inputs((read(folder, table),)), breaks=breaks)
    return compare.change(figures, "burglary", area, NOW, BEFORE)[2]


def test_a_comparison_across_a_break_is_refused_with_its_text(tmp_path):
    found = change(tmp_path, Broken())
    assert (found.value, found.status, found.printed, found.note) == (
        None, "not-comparable", "not comparable", "Burglary is counted otherwise since November.",
    )  # fmt: skip


def test_a_footnote_lets_the_comparison_stand_and_says_so(tmp_path):
    found = change(tmp_path, Broken(rule="footnote"))
    assert (found.value, found.status) == (100, "ok")
    assert "Burglary is counted otherwise since November." in found.note


@pytest.mark.parametrize(
    "other",
    [
        pytest.param({"month": "2018-09"}, id="both periods after it"),
        pytest.param({"month": "2019-01"}, id="both periods before it"),
        pytest.param({"measures": ("robbery",)}, id="another measure"),
        pytest.param({"areas": ("ward",)}, id="another kind of area"),
        pytest.param({"sources": ("datastore-workbook",)}, id="another source"),
    ],
)
def test_a_break_elsewhere_changes_nothing(tmp_path, other):
    found = change(tmp_path, Broken(**other))
    assert (found.value, found.status) == (100, "ok")
    assert "otherwise" not in found.note


def test_a_break_within_a_period_lies_across_the_comparison(tmp_path):
    assert change(tmp_path, Broken(month="2018-12")).status == "not-comparable"
    assert change(tmp_path, Broken(month="2018-10")).status == "not-comparable"


def test_a_family_of_measures_is_named_by_a_star(tmp_path):
    assert change(tmp_path, Broken(measures=("burgl*",))).status == "not-comparable"


def test_a_break_for_boroughs_leaves_the_force_alone(tmp_path):
    only = Broken(areas=("borough",))
    assert change(tmp_path, only, area="Barnet").status == "not-comparable"
    assert change(tmp_path, only).status == "ok"


def shipped(root):
    """The register of the project, by key."""
    return {row.key: row for row in load(root / "data" / "registers").series_breaks}


@pytest.mark.parametrize(
    ("key", "month", "rule"),
    [
        ("fraud-leaves", "2013-02", "footnote"),
        ("violence-recording-2014", "2014-01", "footnote"),
        ("burglary-2017", "2017-04", "footnote"),
        ("burglary-residential-2017", "2017-04", "refuse"),
        ("burglary-residential-2023", "2023-04", "refuse"),
        ("connect-flags", "2024-03", "refuse"),
        ("asb-categories-2013", "2013-10", "refuse"),
        ("wards-2022", "2022-05", "refuse"),
    ],
)
def test_the_register_holds_the_breaks_that_are_known(root, key, month, rule):
    found = shipped(root)[key]
    assert (found.month, found.rule) == (month, rule)
    assert found.text.endswith(".")
    assert found.evidence


def test_domestic_abuse_does_not_compare_across_the_new_recording_system(root):
    assert "domestic-offences" in catalogue()
    assert "domestic-offences" in shipped(root)["connect-flags"].measures


@pytest.mark.parametrize(
    ("old", "new", "column"),
    [
        (",2013-02,", ",February 2013,", "month"),
        (",footnote,", ",perhaps,", "rule"),
        ("tno;victim-based-crime,*", "tn0,*", "measures"),
        (",ward,*,2022-05", ",street,*,2022-05", "areas"),
    ],
)
def test_a_faulty_row_of_the_register_is_named(root, tmp_path, old, new, column):
    for path in (root / "data" / "registers").glob("*.csv"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    register = tmp_path / "series-breaks.csv"
    text = register.read_text("utf-8")
    assert old in text
    register.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(FaultyRegister, match=rf"series-breaks.csv: row \d+, column {column}"):
        load(tmp_path)
