"""Every statistic gives, case by case, what its authors and users have published for it.

The examples stand beside the publishers' own files; the other tests of the statistics hold a
handful of each, so that these are proved on any machine.
"""

import csv
import math

import numpy as np
import pytest
from scrutiny import statistics
from scrutiny.measures import printing
from scrutiny.statistics import Limits
from scrutiny.statistics.signals import (
    completed_runs,
    completed_trends,
    spread_back,
    within_two_of_three,
)

CONFIDENCE = {"95%": 0.95, "99.8%": 0.998, "0.95": 0.95}
LEVELS = (("95", 0.95), ("998", 0.998))
# Cases of another method than the one of their file's other rows, which is not ours.
NOT_OURS = {"P02": "a Byar's formula of another name", "D02": "the Wald interval"}
BASELINE = 0.8064244785714955  # of the labels of proportions, as published


def numbers(text):
    """The numbers of a cell, which are separated by semicolons."""
    return [float(number) for number in text.split(";")] if text else []


def number(text):
    """A cell's number; an empty cell is not a number."""
    return float(text) if text else math.nan


def limits(row, suffix=""):
    """The lower and the upper limit that a row publishes."""
    return number(row[f"lower{suffix}"]), number(row[f"upper{suffix}"])


def tolerance(row):
    """The row's own tolerance, or a millionth of what is published."""
    return {"abs": float(row["abs_tol"])} if row.get("abs_tol") else {"rel": 1e-6}


def digits(text):
    """Half of the last digit printed."""
    return 0.5 * 10 ** -len(text.partition(".")[2]) if text else 0


def attribute_chart(rows):
    found = statistics.p_chart_limits([r["count"] for r in rows], [r["n"] for r in rows])
    for row, lower, upper in zip(rows, found.lower, found.upper, strict=True):
        published = [float(row[name]) for name in ("cl", "lcl", "ucl")]
        assert [found.centre, lower, upper] == pytest.approx(published, abs=5e-11)
        assert (not lower <= float(row["y"]) <= upper) == (row["sigma_signal"] == "True")


def byar_or_wilson(row):
    confidence = CONFIDENCE[row["confidence"]]
    made = (
        statistics.byar_interval(float(row["x"]), confidence)
        if row["method"] == "Byars"
        else statistics.wilson_interval(float(row["x"]), float(row["n"]), confidence)
    )
    assert made == pytest.approx(limits(row), rel=1e-12)


def proportion_limits(row):
    size = float(row["population"])
    for suffix, confidence in LEVELS:
        made = statistics.proportion_funnel_limits(BASELINE, size, confidence)
        assert [100 * limit for limit in made] == pytest.approx(limits(row, f"_{suffix}"), abs=5e-7)


def proportion_label(row):
    events, size = float(row["numerator"]), float(row["denominator"])
    label = statistics.proportion_funnel_significance(events, size, BASELINE)
    assert label == row["significance"]


def ratio_limits(row):
    """The sheet gives, for an observed count, the expected count at whose limit it stands."""
    observed = float(row["Observed_events"])
    for sigma, confidence in (("2s", 0.95), ("3s", 0.998)):
        below, above = (float(row[f"{side}_{sigma}_exp_events"]) for side in ("lower", "upper"))
        # Its solver stopped at five digits for the smallest counts.
        made = statistics.poisson_interval(observed, confidence)
        assert made == pytest.approx((above, below), rel=5e-5)
        assert statistics.funnel_limits(below, confidence)[0] == pytest.approx(observed, rel=5e-5)
        assert statistics.funnel_limits(above, confidence)[1] == pytest.approx(observed, rel=5e-5)
        published = [float(row[f"{side}_{sigma}_isr"]) for side in ("upper", "lower")]
        assert [100 * observed / above, 100 * observed / below] == pytest.approx(
            published, rel=1e-7
        )


def ratio_label(row):
    label = statistics.funnel_significance(float(row["obs"]), float(row["expected"]))
    assert label == row["significance"]


def standardised_ratio(row):
    expected = float(row["expected"])
    for suffix, confidence in LEVELS:
        made = [limit / expected for limit in statistics.poisson_interval(expected, confidence)]
        published = [float(row[f"{side}{suffix}"]) for side in ("ll", "ul")]
        assert made == pytest.approx(published, abs=1e-6)


def one_count(row):
    lower, upper = statistics.poisson_interval(float(row["count"]))
    exposure = float(row["exposure"])
    assert (lower / exposure, upper / exposure) == pytest.approx(limits(row), rel=1e-12)


def one_proportion(row):
    method = {
        "wilson": statistics.wilson_interval,
        "clopper-pearson": statistics.exact_proportion_interval,
    }[row["method"]]
    made = method(float(row["x"]), float(row["n"]), float(row["confidence"]))
    half_a_digit = max(digits(row["lower"]), digits(row["upper"]))
    assert made == pytest.approx(limits(row), abs=min(half_a_digit, 5e-5), rel=1e-9)


def proportion_difference(row):
    counts = [float(row[name]) for name in ("x1", "n1", "x2", "n2")]
    made = statistics.newcombe_interval(*counts, float(row["confidence"]))
    assert made == pytest.approx(limits(row), **tolerance(row))


def wilson(row):
    events, size = number(row["numerator"]), number(row["denominator"])
    assert events / size == pytest.approx(number(row["value"]), nan_ok=True)
    for suffix, confidence in LEVELS:
        made = statistics.wilson_interval(events, size, confidence)
        assert made == pytest.approx(limits(row, suffix), rel=1e-12, nan_ok=True)


def rate(row):
    count, residents = number(row["numerator"]), number(row["denominator"])
    for suffix, confidence in LEVELS:
        made = statistics.rate_interval(count, residents, float(row["multiplier"]), confidence)
        assert made == pytest.approx(limits(row, suffix), rel=1e-9, nan_ok=True)


def change(row):
    before, now = float(row["prev"]), float(row["curr"])
    assert now - before == float(row["printed_change"])
    made = printing.rounded(statistics.percent_change(before, now), int(row["dp"]))
    # Homicide is printed as 81.1, which its counts do not give.
    assert (float(made) == float(row["printed_pct"])) == row["agrees_on_recompute"].startswith("y")


def confidence_measure(row):
    share, half = float(row["value_pct"]), float(row["half_width_pp"])
    size = float(row["implied_effective_n_95"])
    made = statistics.survey_interval(share / 100, size, design_factor=1)
    published = [float(row["low"]), float(row["high"])]
    assert published == pytest.approx([share - half, share + half])
    assert [100 * limit for limit in made] == pytest.approx(published, abs=0.05)
    gained = statistics.gap_points(share, float(row["previous_pct"]))
    assert gained == pytest.approx(float(row["change_pp"]))


def proportion(row):
    made = statistics.share(float(row["numerator"]), float(row["denominator"]))
    published = row["agrees"].partition(" ")[0] if row["dp"] == "" else row["printed_pct"]
    assert made == pytest.approx(float(published), abs=0.05)


def assured(row):
    made = statistics.assurance(
        Limits(math.nan, float(row["lpl"]), float(row["upl"])),
        float(row["target"]),
        row["improvement_direction"],
    )
    assert made.replace(" ", "_") == row["expected_assurance"]


PRIMITIVES = {
    "run7_flag_at_7th_point": lambda given, _: completed_runs(given),
    "spread_flag_back_over_7": lambda given, _: spread_back(given),
    "trend7_flag_at_7th_point": lambda given, _: completed_trends(given),
    "two_of_three(near;side)": within_two_of_three,
    "member_of_two_of_three(near;side)": lambda near, side: (
        within_two_of_three(near, side) & np.asarray(near, dtype=bool)
    ),
}


def rule(row):
    found = PRIMITIVES[row["rule"]](numbers(row["input"]), numbers(row["input2"]))
    assert found.astype(int).tolist() == numbers(row["expected"])


# The points that stand out, as the examples say it in words.
SIGNALS = {"X01": [5], "X03": [], "X04": [39, 40]}


def xmr(row):
    series = numbers(row["series"])
    found = statistics.xmr_limits(
        series,
        constant=float(row["limit_constant"]),
        screen_outliers=row["screen_outliers"] == "TRUE",
        fix_after_n=int(row["fix_after_n"]) if row["fix_after_n"] else None,
    )
    published = [float(row[f"expected_{name}"]) for name in ("mean", "lpl", "upl")]
    assert list(found) == pytest.approx(published, **tolerance(row))
    marked = [i + 1 for i, cause in enumerate(statistics.special_causes(series, found)) if cause]
    assert row["case_id"] not in SIGNALS or marked == SIGNALS[row["case_id"]]


def two_counts(row):
    test = {
        "etest": statistics.e_test,
        "conditional_exact": statistics.conditional_binomial,
        "score": statistics.score_test,
    }[row["method"]]
    against = {"ratio": float(row["null_value"])} if row["compare"] == "ratio" else {}
    made = test(
        int(row["count1"]),
        int(row["count2"]),
        (float(row["exposure1"]), float(row["exposure2"])),
        alternative=row["alternative"],
        **against,
    )
    assert made == pytest.approx(float(row["expected_p"]), **tolerance(row))


OF_A_ROW = {
    "byar_wilson.csv": byar_or_wilson,
    "funnel_proportion_limits.csv": proportion_limits,
    "funnel_proportion_significance.csv": proportion_label,
    "funnel_ratio_poisson_limits.csv": ratio_limits,
    "funnel_ratio_significance.csv": ratio_label,
    "funnel_sr_limits_funnelplotr.csv": standardised_ratio,
    "poisson_one_sample.csv": one_count,
    "proportion_ci_other.csv": one_proportion,
    "proportion_difference.csv": proportion_difference,
    "proportions_wilson.csv": wilson,
    "published_changes.csv": change,
    "published_confidence.csv": confidence_measure,
    "published_proportions.csv": proportion,
    "rates_byar_exact.csv": rate,
    "spc_assurance.csv": assured,
    "spc_rule_primitives.csv": rule,
    "spc_xmr_limits.csv": xmr,
    "two_count_tests.csv": two_counts,
}
OF_A_CHART = {"attribute_charts.csv": attribute_chart}


@pytest.fixture(scope="module")
def examples(real_data):
    """The folder of published worked examples."""
    folder = real_data.parent / "vectors"
    if not folder.is_dir():
        pytest.skip("no folder of published worked examples beside the real files")
    return folder


def rows_of(path):
    """The rows of a file of examples, but for methods that are not ours."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows
    return [row for row in rows if row.get("case_id") not in NOT_OURS]


def test_no_file_of_examples_is_left_out(examples):
    assert {path.name for path in examples.glob("*.csv")} == OF_A_ROW.keys() | OF_A_CHART.keys()


@pytest.mark.parametrize("name", OF_A_ROW)
def test_every_published_case_is_met(examples, name):
    for row in rows_of(examples / name):
        OF_A_ROW[name](row)


@pytest.mark.parametrize("name", OF_A_CHART)
def test_every_published_chart_is_met(examples, name):
    OF_A_CHART[name](rows_of(examples / name))
