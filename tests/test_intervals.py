"""Intervals and funnels: as the methods' own authors publish them, row by row."""

import csv
import math

import pytest
from scrutiny.statistics import (
    byar_interval,
    change_interval,
    count_interval,
    funnel_limits,
    funnel_significance,
    poisson_interval,
    rate_interval,
)

CONFIDENCE = {"95%": 0.95, "99.8%": 0.998}


@pytest.fixture(scope="module")
def vectors(real_data):
    """The published worked examples of one file, beside the publishers' own files."""
    folder = real_data.parent / "vectors"
    if not folder.is_dir():
        pytest.skip("no folder of published worked examples beside the real files")

    def rows(name):
        with (folder / name).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    return rows


def number(text):
    """A cell's number; an empty cell is not a number."""
    return float(text) if text else math.nan


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


def test_every_published_byar_interval_is_met(vectors):
    rows = [row for row in vectors("byar_wilson.csv") if row["method"] == "Byars"]
    assert len(rows) == 3
    for row in rows:
        made = byar_interval(float(row["x"]), CONFIDENCE[row["confidence"]])
        assert made == pytest.approx((float(row["lower"]), float(row["upper"])), rel=1e-12)


def test_every_published_rate_interval_is_met(vectors):
    for row in vectors("rates_byar_exact.csv"):
        count, residents = number(row["numerator"]), number(row["denominator"])
        for suffix, confidence in (("95", 0.95), ("998", 0.998)):
            made = rate_interval(count, residents, float(row["multiplier"]), confidence)
            published = number(row[f"lower{suffix}"]), number(row[f"upper{suffix}"])
            assert made == pytest.approx(published, rel=1e-9, nan_ok=True)


def test_every_published_funnel_line_is_met(vectors):
    """The sheet gives, for an observed count, the expected count at whose limit it stands."""
    # Its solver stopped at five digits for the smallest counts.
    for row in vectors("funnel_ratio_poisson_limits.csv"):
        observed = float(row["Observed_events"])
        for sigma, confidence in (("2s", 0.95), ("3s", 0.998)):
            below, above = (float(row[f"{s}_{sigma}_exp_events"]) for s in ("lower", "upper"))
            assert poisson_interval(observed, confidence) == pytest.approx((above, below), rel=5e-5)
            assert funnel_limits(below, confidence)[0] == pytest.approx(observed, rel=5e-5)
            assert funnel_limits(above, confidence)[1] == pytest.approx(observed, rel=5e-5)
            ratios = 100 * observed / above, 100 * observed / below
            published = [float(row[f"{s}_{sigma}_isr"]) for s in ("upper", "lower")]
            assert ratios == pytest.approx(published, rel=1e-7)


def test_every_published_limit_of_a_standardised_ratio_is_met(vectors):
    for row in vectors("funnel_sr_limits_funnelplotr.csv"):
        expected = float(row["expected"])
        for suffix, confidence in (("95", 0.95), ("998", 0.998)):
            made = [limit / expected for limit in poisson_interval(expected, confidence)]
            published = [float(row[f"{side}{suffix}"]) for side in ("ll", "ul")]
            assert made == pytest.approx(published, abs=1e-6)


def test_every_published_label_is_met(vectors):
    rows = vectors("funnel_ratio_significance.csv")
    assert len(rows) == 100
    wrong = [
        row
        for row in rows
        if funnel_significance(float(row["obs"]), float(row["expected"])) != row["significance"]
    ]
    assert wrong == []
