"""XmR limits and the four rules give what was published for them."""

import csv

import numpy as np
import pytest
from scrutiny.statistics import Limits, special_causes, xmr_limits
from scrutiny.statistics.xmr import (
    completed_runs,
    completed_trends,
    spread_back,
    within_two_of_three,
)

AROUND_NOUGHT = Limits(0, -3, 3)


def worked(real_data, name):
    """The published worked examples of a statistic; they stand beside the real files."""
    path = real_data.parent / "vectors" / name
    if not path.is_file():
        pytest.skip(f"no {name} beside the real files")
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def numbers(text):
    """The numbers of a cell, which are separated by semicolons."""
    return [float(number) for number in text.split(";")]


def test_limits_are_2_66_mean_moving_ranges_from_the_mean():
    assert xmr_limits([10, 12, 11, 13]) == Limits(
        11.5, pytest.approx(11.5 - 2.66 * 5 / 3), pytest.approx(11.5 + 2.66 * 5 / 3)
    )


def test_one_wild_range_does_not_widen_the_limits():
    series = [1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1]
    found = xmr_limits(series)  # published in NHSRplotthedots, vignette "deviations"
    assert found == pytest.approx((1.94, -0.72, 4.6), abs=0.005)
    assert xmr_limits(series, screen_outliers=False) == pytest.approx(
        (1.94, -3.06, 6.95), abs=0.005
    )
    assert special_causes(series, found) == [*[""] * 4, "outside", *[""] * 13]


def test_a_series_that_does_not_vary_has_its_limits_at_the_mean():
    assert xmr_limits([4, 4, 4]) == Limits(4, 4, 4)


def test_one_value_has_no_limits():
    with pytest.raises(ValueError, match="two values, not 1"):
        xmr_limits([4])


def test_every_published_limit_is_reproduced(real_data):
    rows = worked(real_data, "spc_xmr_limits.csv")
    assert rows
    for row in rows:
        series = numbers(row["series"])
        frozen = int(row["fix_after_n"] or len(series))
        found = xmr_limits(
            series[:frozen],
            constant=float(row["limit_constant"]),
            screen_outliers=row["screen_outliers"] == "TRUE",
        )
        expected = [float(row[f"expected_{name}"]) for name in ("mean", "lpl", "upl")]
        tolerance = float(row["abs_tol"])
        assert [found.mean, found.lower, found.upper] == pytest.approx(expected, abs=tolerance)


def test_the_published_series_have_the_signals_that_were_published(real_data):
    rows = {
        row["case_id"]: numbers(row["series"]) for row in worked(real_data, "spc_xmr_limits.csv")
    }
    marked = {
        case: [i + 1 for i, rule in enumerate(special_causes(series, xmr_limits(series))) if rule]
        for case, series in rows.items()
    }
    assert (marked["X01"], marked["X03"]) == ([5], [])
    frozen = xmr_limits(rows["X04"][:20], constant=3 / 1.128, screen_outliers=False)
    assert [i + 1 for i, rule in enumerate(special_causes(rows["X04"], frozen)) if rule] == [39, 40]


PRIMITIVES = {
    "run7_flag_at_7th_point": lambda given, _: completed_runs(given),
    "spread_flag_back_over_7": lambda given, _: spread_back(given),
    "trend7_flag_at_7th_point": lambda given, _: completed_trends(given),
    "two_of_three(near;side)": within_two_of_three,
    "member_of_two_of_three(near;side)": lambda near, side: (
        within_two_of_three(near, side) & np.asarray(near, dtype=bool)
    ),
}


def test_every_published_case_of_a_rule_is_reproduced(real_data):
    rows = worked(real_data, "spc_rule_primitives.csv")
    assert {row["rule"] for row in rows} == PRIMITIVES.keys()
    for row in rows:
        given = [numbers(row[name]) if row[name] else [] for name in ("input", "input2")]
        found = PRIMITIVES[row["rule"]](*given)
        assert found.astype(int).tolist() == numbers(row["expected"]), row["case_id"]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        pytest.param([3, -3, 3.1], ["", "", "outside"], id="on a limit is not outside it"),
        pytest.param([1] * 7, ["run"] * 7, id="seven above the mean, all of them marked"),
        pytest.param([1] * 6, [""] * 6, id="six are too few"),
        pytest.param([1] * 6 + [0] + [1] * 6, [""] * 13, id="a point on the mean breaks a run"),
        pytest.param([1.8, 1.2, 0.6, -0.1, -0.7, -1.3, -1.9], ["trend"] * 7, id="seven that fall"),
        pytest.param([1.8, 1.2, 0.6, 0.6, -0.7, -1.3, -1.9], [""] * 7, id="a tie breaks a trend"),
        pytest.param(
            [2.5, 1, 2.5, -1], ["two of three", "", "two of three", ""], id="two of three"
        ),
        pytest.param([2.5, -1, 2.5], [""] * 3, id="two of three on both sides of the mean"),
        pytest.param([3.5, 1, 2.5], ["outside", "", ""], id="a point outside is not near"),
        pytest.param(
            [1, 1, 2.5, 2.5, 1, 1, 3.5],
            ["run", "run", "two of three", "two of three", "run", "run", "outside"],
            id="of several rules the first names the point",
        ),
    ],
)
def test_a_point_is_named_by_the_rule_that_marks_it(values, expected):
    assert special_causes(values, AROUND_NOUGHT) == expected


def test_the_length_of_runs_and_trends_can_be_chosen():
    assert special_causes([1] * 6, AROUND_NOUGHT, run=6) == ["run"] * 6
    assert special_causes([-1, -0.6, 0.1, 0.5, 0.9, 1.3], AROUND_NOUGHT, trend=6) == ["trend"] * 6
    assert special_causes([1] * 7, AROUND_NOUGHT, run=8) == [""] * 7
