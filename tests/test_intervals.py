"""Intervals and funnels: as the methods' own authors publish them."""

import math

import pytest
from scrutiny.statistics import (
    byar_interval,
    change_interval,
    count_interval,
    exact_proportion_interval,
    funnel_limits,
    funnel_significance,
    newcombe_interval,
    poisson_interval,
    proportion_funnel_limits,
    proportion_funnel_significance,
    rate_funnel_limits,
    rate_interval,
    survey_interval,
    wilson_interval,
)


@pytest.mark.parametrize(
    ("count", "confidence", "lower", "upper"),
    [
        (65, 0.95, 50.163188, 82.849139),
        (1045, 0.95, 982.593202, 1110.331213),
        (65, 0.998, 42.880261, 94.000291),
    ],
)
def test_byars_limits_are_the_published_ones(count, confidence, lower, upper):
    assert byar_interval(count, confidence) == pytest.approx((lower, upper), abs=5e-7)
    assert count_interval(count, confidence) == byar_interval(count, confidence)


@pytest.mark.parametrize(
    ("count", "lower", "upper"), [(1, 0.025318, 5.571643), (5, 1.623486, 11.668332)]
)
def test_a_count_under_ten_has_exact_limits(count, lower, upper):
    assert count_interval(count) == pytest.approx((lower, upper), abs=5e-7)
    assert count_interval(count) == poisson_interval(count)


def test_the_rule_turns_at_ten():
    assert count_interval(9) == poisson_interval(9)
    assert count_interval(10) == byar_interval(10) != poisson_interval(10)


def test_nothing_counted_has_an_upper_limit_alone():
    assert poisson_interval(0) == pytest.approx((0, -math.log(0.025)))
    assert rate_interval(0, 1000) == pytest.approx((0, 3.688879), abs=5e-7)


def test_a_rates_limits_are_the_counts_in_proportion():
    assert rate_interval(20, 100, per=100) == pytest.approx((12.211429, 30.889880), abs=5e-7)
    with pytest.raises(ValueError, match="residents"):
        rate_interval(20, 0)


def test_a_changes_limits_are_made_on_the_log_ratio():
    # Croydon, burglary: 756, then 767. ln = 0.0144454; SE = sqrt(1/756 + 1/767) = 0.0512497.
    assert change_interval(756, 767) == pytest.approx((-8.240774, 12.175341), abs=5e-7)
    lower, upper = change_interval(11, 20)
    assert (1 + lower / 100) * (1 + upper / 100) == pytest.approx((20 / 11) ** 2)


def test_the_change_back_has_the_same_limits_turned_round():
    lower, upper = change_interval(756, 767)
    back = change_interval(767, 756)
    turned = [100 / (1 + limit / 100) - 100 for limit in (upper, lower)]
    assert back == pytest.approx(turned)


@pytest.mark.parametrize(("before", "now"), [(0, 3), (3, 0), (0, 0)])
def test_a_change_from_or_to_nothing_has_no_interval(before, now):
    assert all(map(math.isnan, change_interval(before, now)))


@pytest.mark.parametrize("expected", [0.5, 15, 300, 3_000.7, 30_000])
@pytest.mark.parametrize("confidence", [0.95, 0.998])
def test_the_funnels_limits_are_where_the_label_changes(expected, confidence):
    lower, upper = funnel_limits(expected, confidence)
    assert poisson_interval(upper, confidence)[0] == pytest.approx(expected)
    if lower:
        assert poisson_interval(lower, confidence)[1] == pytest.approx(expected)
    tail = {0.95: "0.025", 0.998: "0.001"}[confidence]
    assert funnel_significance(upper * 1.001, expected) == f"High ({tail})"
    assert tail not in funnel_significance(upper * 0.999, expected)


def test_even_none_is_no_surprise_where_few_are_expected():
    assert funnel_limits(0.5, 0.95)[0] == 0
    assert funnel_significance(0, 0.5) == "Not significant"


@pytest.mark.parametrize(
    ("observed", "expected", "label"),
    [
        (8, 6.239860227, "Not significant"),
        (151, 106.4429719, "High (0.001)"),
        (159, 232.9329036, "Low (0.001)"),
        (141, 106.7211626, "High (0.001)"),  # inside the limits of the form that is not used
        (355, 318.5570711, "High (0.025)"),  # likewise
        (154, 194.8380567, "Low (0.025)"),  # likewise
    ],
)
def test_a_funnels_label_is_the_published_one(observed, expected, label):
    assert funnel_significance(observed, expected) == label


@pytest.mark.parametrize(
    ("events", "size", "confidence", "lower", "upper"),
    [
        (18, 20, 0.95, 0.698966, 0.972134),
        (0, 30, 0.95, 0, 0.113513),
        (30, 30, 0.95, 0.886487, 1),
        (1045, 5000, 0.95, 0.197955, 0.220491),
        (20, 100, 0.998, 0.105192, 0.347111),
    ],
)
def test_wilsons_limits_are_the_published_ones(events, size, confidence, lower, upper):
    made = wilson_interval(events, size, confidence)
    assert made == pytest.approx((lower, upper), abs=5e-7)


def test_wilsons_limits_are_those_of_statsmodels():
    from statsmodels.stats.proportion import proportion_confint

    for events, size in ((1, 7), (477, 1426), (35078.488, 41980)):
        expected = proportion_confint(events, size, alpha=0.05, method="wilson")
        assert wilson_interval(events, size) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize(
    ("events", "size", "lower", "upper"),
    [(18, 20, 0.683017, 0.987651), (0, 20, 0, 0.168433), (20, 20, 0.831567, 1)],
)
def test_the_exact_limits_of_a_proportion_are_the_published_ones(events, size, lower, upper):
    assert exact_proportion_interval(events, size) == pytest.approx((lower, upper), abs=5e-7)


def test_newcombes_limits_of_a_difference_are_the_published_ones():
    # Newcombe 1998, table II: 56 of 70 against 48 of 80.
    assert newcombe_interval(56, 70, 48, 80) == pytest.approx((0.0524, 0.3339), abs=5e-5)
    assert newcombe_interval(48, 80, 56, 70) == pytest.approx((-0.3339, -0.0524), abs=5e-5)


def test_a_clustered_survey_counts_for_fewer_answers():
    # Half-widths at 50% of 400 answers: 4.9 points at random, 7.4 with a design factor of 1.5.
    for factor, half in ((1, 0.049), (1.5, 0.073)):
        lower, upper = survey_interval(0.5, 400, design_factor=factor)
        assert (upper - lower) / 2 == pytest.approx(half, abs=5e-4)


@pytest.mark.parametrize(
    ("size", "confidence", "lower", "upper"),
    [
        (1, 0.95, 0.03204264, 1),
        (1, 0.998, 0, 1),
        (102, 0.95, 0.72974925, 0.88309971),
        (99_108, 0.998, 0.80254616, 0.8103028),
    ],
)
def test_a_funnel_of_proportions_has_the_published_limits(size, confidence, lower, upper):
    made = proportion_funnel_limits(0.8064244785714955, size, confidence)
    assert made == pytest.approx((lower, upper), abs=5e-9)


@pytest.mark.parametrize(
    ("events", "size", "label"),
    [
        (35_078.488, 41_980, "High (0.001)"),
        (26_789.238, 33_012, "High (0.025)"),
        (50_050.7443, 61_921, "Not significant"),
        (24_803.6256, 31_824, "Low (0.001)"),
    ],
)
def test_a_proportions_label_is_the_published_one(events, size, label):
    assert proportion_funnel_significance(events, size, 0.8064244785714955) == label


def test_a_funnel_of_rates_is_that_of_the_counts_expected():
    # Public Health England's sheet: 15 events lie at the lower limit where 24.74021692 are
    # expected, and at the upper one where 8.395387918 are; here at 2 per 1,000 residents.
    lower, _ = rate_funnel_limits(2, 12_370.10846, 0.95)
    _, upper = rate_funnel_limits(2, 4_197.693959, 0.95)
    assert lower == pytest.approx(15_000 / 12_370.10846, rel=1e-6)
    assert upper == pytest.approx(15_000 / 4_197.693959, rel=1e-6)
