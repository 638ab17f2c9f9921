"""Small areas that come up month after month: who is in the top tenth, and what is left out."""

import gzip

import numpy as np
import pandas as pd
import pytest
from files import read
from scipy.stats import binom
from scrutiny import build_report, statistics, tables, words
from scrutiny.errors import FaultyFile
from scrutiny.measures import Figures
from scrutiny.measures.hot_spots import hot_spots
from scrutiny.periods import month
from scrutiny.project import open_project
from scrutiny.sources import tidy
from scrutiny.sources.inputs import Inputs
from scrutiny.trace import sentences, trace
from test_words import plain

TP = "territorial-performance"
YEAR = [str(m) for m in pd.period_range("2024-01", "2024-12", freq="M")]
ABOUT = {
    "source": "ward-24-months", "vintage": "2024-12", "publisher": "The police",
    "dataset": "Crime by ward", "licence": "OGL-UK-3.0", "scheme": "C", "original": "0" * 64,
}  # fmt: skip


def code(number):
    return f"E05{number:06}"


def ward_file(counts, measure="robbery", months=YEAR, within="Barnet"):
    """A table of wards, each called by its number, from counts by ward and month."""
    rows = [
        (measure, code(ward), f"Ward {ward}, {within}", within, months[at], "count", value)
        for (ward, at), value in np.ndenumerate(np.asarray(counts))
        if value
    ]
    figures = pd.DataFrame(rows, columns=list(tidy.COLUMNS_OF_SMALL_AREAS))
    return tidy.write(figures, {**ABOUT, "vintage": months[-1]})


def found_in(folder, content, measures=("robbery",), last="2024-12"):
    figures = Figures(Inputs((read(folder, content),)))
    return hot_spots(figures, measures, month(last))


# One ward leads in every month, one in the first three; of the others each has a single offence
# in January, but for the last, which has three in the year.
COUNTS = np.zeros((20, 12), dtype=int)
COUNTS[0], COUNTS[1, :3], COUNTS[2:19, 0], COUNTS[19, 4:7] = 9, 8, 1, 1


@pytest.fixture(scope="module")
def of_2025():
    return build_report(TP, "2025-11")


def test_areas_that_tie_at_the_edge_are_all_in_the_top_tenth_and_one_with_none_never_is():
    assert statistics.in_the_top([5, 3, 3, *[0] * 17]).tolist() == [True] * 3 + [False] * 17
    assert statistics.in_the_top([5, 4, 3, *[1] * 17]).tolist() == [True] * 2 + [False] * 18
    assert statistics.in_the_top([1, *[0] * 19]).tolist() == [True] + [False] * 19
    assert statistics.ranks([5, 3, 3, 0]).tolist() == [1, 2, 2, 4]


def test_chance_is_binomial_where_every_month_has_as_many_at_the_top():
    assert statistics.chance_of_at_least(9, [0.1] * 12) == pytest.approx(binom.sf(8, 12, 0.1))
    assert statistics.chance_of_at_least(2, [0.5, 0.2]) == pytest.approx(0.1)


def test_a_ward_that_leads_every_month_lasts_and_one_that_led_for_three_does_not(tmp_path):
    (found,) = found_in(tmp_path, ward_file(COUNTS))
    assert (found.areas.value, found.lasting.value) == (20, 1)
    assert found.by_chance.printed == "under 0.1"
    first, second = found.spots[:2]
    assert (first.name, first.rank.value, first.count.value, first.months.value) == (
        "Ward 0, Barnet", 1, 108, 12,
    )  # fmt: skip
    assert (second.rank.value, second.count.value, second.months.value) == (2, 24, 3)
    assert (found.share.numerator, found.share.denominator) == (132, 152)


def test_a_count_of_one_to_four_is_left_out_with_its_months(tmp_path):
    (found,) = found_in(tmp_path, ward_file(COUNTS))
    third = found.spots[2]
    assert (third.name, third.rank.value) == ("Ward 19, Barnet", 3)
    for number in (third.count, third.months):
        assert (number.printed, number.status, number.value) == ("[c]", "suppressed", None)


def test_areas_of_the_last_rank_that_are_not_shown_are_counted(tmp_path):
    (found,) = found_in(tmp_path, ward_file(COUNTS))
    assert [spot.rank.value for spot in found.spots] == [1, 2, 3, *[4] * 7]
    assert found.tied.value == 10


def test_no_number_is_of_a_month(tmp_path):
    (found,) = found_in(tmp_path, ward_file(COUNTS))
    assert {number.period for number in found.results} == {"2024-01..2024-12"}
    assert len({number.result_id for number in found.results}) == len(found.results)


def test_the_months_end_with_the_page_and_a_file_without_twelve_of_them_is_not_used(tmp_path):
    content = ward_file(np.ones((3, 13)), months=["2023-12", *YEAR])
    (found,) = found_in(tmp_path, content, last="2024-11")
    assert str(found.window) == "2023-12..2024-11"
    assert found_in(tmp_path, content, last="2024-10") == ()
    assert found_in(tmp_path, ward_file(np.ones((3, 12))), last="2025-06") != ()


def test_a_crime_with_few_victims_is_not_shown_by_small_area(tmp_path):
    assert found_in(tmp_path, ward_file(COUNTS, "rape"), ("rape",)) == ()


def test_a_ward_under_a_borough_and_under_the_airports_is_one_ward(of_2025):
    named = [r.area for r in of_2025.numbers.values() if r.area.startswith("Heathrow Villages")]
    assert set(named) == {"Heathrow Villages, Hillingdon"}
    assert {h.areas.value for h in of_2025.territorial.hot_spots if h.kind == "ward"} == {679}


@pytest.mark.parametrize(
    ("right", "wrong", "column"),
    [("E05000001", "E01000001", "code"), (",Barnet,2024", ",Barnit,2024", "within")],
)
def test_a_table_of_wards_with_another_code_or_borough_is_refused(tmp_path, right, wrong, column):
    content = gzip.decompress(ward_file(COUNTS)).decode().replace(right, wrong)
    with pytest.raises(FaultyFile) as refused:
        read(tmp_path, gzip.compress(content.encode()))
    assert refused.value.problems[0].column == column


def test_the_page_says_which_file_and_months_and_what_is_left_out(of_2025):
    said = plain(words.hot_spots(of_2025))
    assert "wards, April 2024 to March 2025 (Recorded crime by ward, latest 24 months)" in said
    assert "LSOAs, December 2024 to November 2025" in said
    assert "no month of a small area is shown here" in said
    assert "there is no map" in said
    row = next(
        r for r in tables.lasting(of_2025)._repr_html_().split("<tr>") if "Robbery, wards" in r
    )
    assert "679" in plain(row)
    shown = tables.hot_spots(of_2025, "ward")._repr_html_()
    assert "West End, Westminster" in shown


def test_a_key_message_says_in_how_many_places_the_first_crime_comes_up(of_2025):
    said = plain(words.headlines(of_2025))
    assert (
        "In the top tenth of London for robbery in at least 9 of 12 months: 33 of 679 wards "
        "(April 2024 to March 2025); were all alike, chance would put under 0.1 there."
    ) in said
    assert "top tenth" not in plain(words.headlines(build_report(TP, "2010-05")))


def test_an_edition_before_the_files_says_which_would_do():
    of_2010 = build_report(TP, "2010-05")
    said = plain(words.hot_spots(of_2010))
    assert "No file here holds 12 months of small areas up to April 2010" in said
    assert "ward-historical (Recorded crime by ward, earlier years)" in said
    assert tables.lasting(of_2010) is tables.hot_spots(of_2010, "lsoa") is None


def test_a_number_of_a_small_area_is_traced_to_its_file_and_shows_no_month(of_2025):
    (name,) = [
        n
        for n, r in of_2025.numbers.items()
        if (r.area, r.measure, r.statistic) == ("West End, Westminster", "robbery", "count")
    ]
    found = trace(open_project(), of_2025, name)
    assert len(found.cells) == 0
    assert "ward-24-months-2025-03" in found.files[0].path
    assert "no value of one is shown" in "\n".join(sentences(found))
