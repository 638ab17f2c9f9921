"""Areas beside each other: more variation than chance, changes against the rest, many at once."""

import math

import pytest
from scipy import stats
from scrutiny.statistics import (
    additive_limits,
    arcsine_root,
    between_areas_variance,
    c_chart_limits,
    difference_in_differences,
    dispersion,
    dispersion_p,
    false_discovery,
    gap_of_ratio,
    gap_points,
    log_change,
    log_ratio,
    log_ratio_score,
    multiplicative_limits,
    p_chart_limits,
    percent_change,
    ratio_of_ratios,
    root_ratio,
    u_chart_limits,
    winsorised,
)


def test_the_outermost_tenth_of_each_end_is_drawn_in():
    assert winsorised([-9, -1, 0, 0, 0, 0, 0, 0, 0, 1, 9]).tolist() == [-1, -1, *[0] * 7, 1, 1]


def test_phi_is_the_mean_square_of_the_scores_drawn_in():
    assert dispersion([-9, -1, 0, 0, 0, 0, 0, 0, 0, 1, 9]) == pytest.approx(4 / 11)
    assert dispersion([2, -2, 2, -2]) == pytest.approx(4)


@pytest.mark.parametrize(("areas", "quantile"), [(10, 18.307), (30, 43.773)])
def test_phi_is_held_to_the_chi_square_of_as_many_areas(areas, quantile):
    # The quantiles that tables print for 5%.
    assert dispersion_p(quantile / areas, areas) == pytest.approx(0.05, abs=5e-6)
    assert dispersion_p(1, areas) > 0.4


def test_limits_widen_by_the_root_of_phi_and_never_narrow():
    assert multiplicative_limits(10, 1, 4) == pytest.approx((10 - 3.919928, 10 + 3.919928))
    assert multiplicative_limits(10, 1, 0.25) == multiplicative_limits(10, 1, 1)


def test_the_variance_among_areas_is_what_is_left_of_phi_beyond_chance():
    # Equal errors of 0.1, scores of 2 and -2: phi 4, w 100; (16 - 3) / (400 - 100).
    assert between_areas_variance([2, -2, 2, -2], [0.1] * 4) == pytest.approx(13 / 300)
    assert between_areas_variance([0.5, -0.5, 0.5, -0.5], [0.1] * 4) == 0


def test_limits_with_a_variance_among_areas_do_not_close_up_with_size():
    assert additive_limits(0, 0.3, 0.16) == pytest.approx((-0.979982, 0.979982))
    assert additive_limits(0, 0, 0.16) == pytest.approx((-0.783986, 0.783986))


@pytest.mark.parametrize(
    ("made", "value", "error", "back"),
    [
        (arcsine_root(25, 100), math.pi / 6, 0.05, lambda y: math.sin(y) ** 2),
        (root_ratio(144, 100), 1.2, 0.05, lambda y: y**2),
        (log_ratio(144, 100), math.log(1.44), 0.1, math.exp),
        (log_change(99.5, 199.5), math.log(2), math.sqrt(0.015), math.exp),
    ],
    ids=["proportion", "root ratio", "log ratio", "two counts"],
)
def test_an_indicator_is_put_on_a_scale_of_even_spread(made, value, error, back):
    assert made == pytest.approx((value, error))
    assert back(made[0]) == pytest.approx(back(value))


def test_a_change_to_nothing_stays_finite():
    assert log_change(3, 0) == pytest.approx((math.log(0.5 / 3.5), math.sqrt(2 + 1 / 3.5)))


# Burglary, October to December 2017 and 2018: Croydon 756 and 767, the rest of London as made up.
CROYDON = (756, 767, 20_000, 21_000)


def test_an_areas_change_is_set_against_that_of_the_rest():
    found = ratio_of_ratios(*CROYDON)
    # ln(767/756) - ln(1.05) = -0.0343448; the root of 1/756 + 1/767 + 1/20000 + 1/21000 = 0.0521934
    assert found == pytest.approx((0.966238, 0.872281, 1.070317, 0.510515), abs=5e-6)
    assert log_ratio_score(*CROYDON) == pytest.approx(-0.658030, abs=5e-6)


def test_dispersion_widens_the_interval_and_never_narrows_it():
    wide = ratio_of_ratios(*CROYDON, dispersion=4)
    assert wide.ratio == ratio_of_ratios(*CROYDON).ratio
    assert wide.lower == pytest.approx(0.966238 * math.exp(-1.959964 * 2 * 0.0521934), abs=5e-6)
    assert wide.p == pytest.approx(math.erfc(0.658030 / 2 / math.sqrt(2)), abs=5e-6)
    assert ratio_of_ratios(*CROYDON, dispersion=0.5) == ratio_of_ratios(*CROYDON)


def test_two_gaps_of_one_area_are_compared_with_the_errors_of_both():
    found = difference_in_differences(
        ratio_of_ratios(*CROYDON), ratio_of_ratios(800, 880, 30_000, 30_000)
    )
    # ln(0.966238 / 1.1) = -0.1296547; the other's error: the root of
    # 1/800 + 1/880 + 2/30000 = 0.0495281; both: 0.0719526.
    assert found == pytest.approx((0.878398, 0.762861, 1.011435, 0.071554), abs=5e-6)


def test_a_count_of_nothing_has_no_ratio():
    assert all(map(math.isnan, ratio_of_ratios(5, 0, 20_000, 21_000)))
    assert math.isnan(log_ratio_score(0, 5, 20_000, 21_000))


def test_the_ratio_gives_the_gap_to_the_whole_that_the_area_is_part_of():
    before, now, rest_before, rest_now = CROYDON
    gap = gap_points(
        percent_change(before, now), percent_change(before + rest_before, now + rest_now)
    )
    ratio = ratio_of_ratios(*CROYDON).ratio
    assert gap_of_ratio(ratio, before, rest_before, rest_now) == pytest.approx(gap)
    assert gap_of_ratio(1, before, rest_before, rest_now) == 0


def test_a_p_is_adjusted_for_how_many_there_are():
    # Benjamini and Hochberg 1995, their fifteen p of section 3.2: four are kept at 5%.
    given = [
        0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262,
        0.5719, 0.6528, 0.7590, 1.0000,
    ]  # fmt: skip
    adjusted = false_discovery(given)
    assert sum(p <= 0.05 for p in adjusted) == 4
    assert adjusted[:2] == pytest.approx([0.0015, 0.003])
    assert false_discovery([]) == []


def test_adjusted_p_are_those_of_scipy():
    given = [0.8, 0.03, 1.0, 0.03, 0.0, 0.012, 0.51, 0.049]
    assert false_discovery(given) == list(stats.false_discovery_control(given))


def test_a_p_chart_has_limits_by_the_size_of_each_sample():
    # Montgomery, table 7.4: 234 of 2,450 units, samples of 100 and 80.
    found = p_chart_limits([12, 8, 214], [100, 80, 2_270])
    assert found.centre == pytest.approx(0.0955102041)
    assert found.lower[:2] == pytest.approx([0.0073346947, 0])
    assert found.upper[:2] == pytest.approx([0.1836857134, 0.1940934205])


def test_a_c_chart_has_one_limit_for_all():
    # Montgomery, example 7.3: 516 nonconformities in 26 samples; limits 6.48 and 33.22.
    found = c_chart_limits([16, 500, *[0] * 24])
    assert (found.centre, found.lower[0], found.upper[25]) == pytest.approx(
        (19.846, 6.481, 33.211), abs=1e-3
    )


def test_a_u_chart_has_limits_by_the_exposure():
    # Montgomery, example 7.4: 74 errors in 20 weeks of 50 shipments; upper limit 0.1894.
    found = u_chart_limits([74, *[0] * 19], [50] * 20)
    assert (found.centre, found.lower[0]) == (0.074, 0)
    assert found.upper[0] == pytest.approx(0.1894, abs=5e-5)
