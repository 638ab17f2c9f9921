"""Numbers in, numbers out; and how they are printed."""

import math

import pytest
from scrutiny.measures import printing
from scrutiny.statistics import (
    conditional_binomial,
    e_test,
    gap_points,
    percent_change,
    rate,
    score_test,
    seasonal_line,
    share,
    straight_line,
)


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [(821_439, 797_339, -2.933875), (11, 20, 81.818182), (756, 767, 1.455026), (5, 0, -100)],
)
def test_a_count_changes_by_per_cent_of_what_it_was(before, now, expected):
    assert percent_change(before, now) == pytest.approx(expected, abs=1e-6)


def test_there_is_no_percentage_of_nothing():
    assert math.isnan(percent_change(0, 3))
    assert math.isnan(share(0, 0))
    assert printing.percent_change(percent_change(0, 3)) == "n/a"


def test_a_gap_is_the_difference_of_the_changes_unrounded():
    assert gap_points(1.455026455, 5.297636001) == pytest.approx(-3.842609546)


def test_a_share_and_a_rate_follow_from_their_counts():
    assert share(74, 358) == pytest.approx(20.670391)
    assert rate(767, 391_296) == pytest.approx(1.960153)
    with pytest.raises(ValueError, match="residents"):
        rate(1, 0)


@pytest.mark.parametrize(
    ("before", "now", "p"),
    [
        (11, 20, 0.150),  # homicide, 2009 and 2010, worked in the published record
        (320, 358, 0.155),  # gun crime, the same
        (1_372, 1_426, 0.316),  # knife crime, the same
        (5, 5, 1.0),
        (0, 0, 1.0),
    ],
)
def test_two_counts_are_compared_by_the_conditional_binomial(before, now, p):
    assert conditional_binomial(before, now) == pytest.approx(p, abs=5e-4)
    assert conditional_binomial(now, before) == conditional_binomial(before, now)


def test_two_rates_are_compared_over_their_own_exposures():
    # Gu and others 2008, by R's exactci: 60 in 51,477.5 against 30 in 54,308.7.
    counts = 60, 30, (51_477.5, 54_308.7)
    assert conditional_binomial(*counts, ratio=1.2, alternative="greater") == pytest.approx(
        0.006651774552714537, rel=1e-10
    )
    assert score_test(*counts, alternative="greater") == pytest.approx(0.000316, abs=5e-7)
    assert conditional_binomial(6, 1, (51, 54), ratio=1.2) == pytest.approx(0.1301269270479679)


@pytest.mark.parametrize(
    ("first", "second", "exposures", "p"),
    [
        (0, 3, (100, 100), 0.0884),  # Krishnamoorthy and Thomson 2004
        (3, 20, (100, 300), 0.122027),
        (20, 10, (1, 1), 0.069),
        (11, 20, (1, 1), 0.111),  # homicide, 2009 and 2010
    ],
)
def test_small_counts_are_compared_by_the_e_test(first, second, exposures, p):
    assert e_test(first, second, exposures) == pytest.approx(p, abs=1e-3)


def test_a_seasonal_line_has_the_seasons_of_the_baseline_and_the_years_of_the_straight_one():
    line = seasonal_line([30, 20, 50], 2, fall=0.2, years=4)
    assert line == pytest.approx([27, 18, 45])
    assert sum(line) == pytest.approx(straight_line(100, 2, fall=0.2, years=4))
    with pytest.raises(ValueError, match="0 to 4, not 5"):
        seasonal_line([30, 20, 50], 5, fall=0.2, years=4)


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        (-2.9338, "-2.9%"),
        (5.25, "+5.3%"),  # half up, away from what bankers' rounding gives
        (-5.25, "-5.3%"),
        (0.04, "0.0%"),
        (-0.04, "0.0%"),
        (1234.56, "+1,234.6%"),
    ],
)
def test_changes_are_printed_half_up_with_a_sign(value, printed):
    assert printing.percent_change(value) == printed


@pytest.mark.parametrize(
    ("value", "printed"), [(797339.0, "797,339"), (0.0, "0"), (0.5, "1"), (2.5, "3")]
)
def test_counts_are_printed_whole_with_commas(value, printed):
    assert printing.count(value) == printed


@pytest.mark.parametrize(
    ("value", "printed"),
    [(0.7964, "0.80"), (0.0111, "0.0111"), (0.04971, "0.0497"), (1e-9, "under 0.001")],
)
def test_a_p_is_printed_so_that_it_stays_above_nought(value, printed):
    assert printing.p_value(value) == printed
