"""XmR limits and the four rules give what was published for them."""

import pytest
from scrutiny.statistics import (
    Limits,
    Segment,
    assurance,
    point_types,
    rebased,
    special_causes,
    variation,
    xmr_limits,
)

AROUND_NOUGHT = Limits(0, -3, 3)


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


STEADY = [10, 12, 11, 13, 10, 12, 11, 13, 10, 12, 11, 13]


def test_frozen_limits_are_those_of_the_first_points():
    assert xmr_limits([*STEADY, 40, 50, 60], fix_after_n=12) == xmr_limits(STEADY)
    assert special_causes([*STEADY, 40], xmr_limits([*STEADY, 40], fix_after_n=12))[-1] == "outside"


@pytest.mark.parametrize("points", [11, 13])
def test_limits_are_frozen_on_twelve_points_or_more_of_those_there_are(points):
    with pytest.raises(ValueError, match=f"not on {points} of 12"):
        xmr_limits(STEADY, fix_after_n=points)


def test_limits_begin_anew_where_a_reason_is_given_and_the_step_is_no_moving_range():
    assert rebased([1, 3, 2, 100, 102], {3: "April 2017: burglary is counted otherwise"}) == [
        Segment(0, 3, "", Limits(2, 2 - 2.66 * 1.5, 2 + 2.66 * 1.5), trial=True),
        Segment(
            3,
            5,
            "April 2017: burglary is counted otherwise",
            Limits(101, 101 - 2.66 * 2, 101 + 2.66 * 2),
            trial=True,
        ),
    ]


def test_thirteen_points_make_firm_limits_and_one_makes_none():
    long, short = rebased([*STEADY, 10, 99], {13: "another definition"})
    assert (long.trial, short.limits) == (False, None)


@pytest.mark.parametrize(
    ("reasons", "why"),
    [
        ({3: " "}, "point 3 without a reason"),
        ({0: "from the start"}, "point 0"),
        ({12: "after the end"}, "point 12"),
    ],
)
def test_limits_never_begin_anew_without_a_reason_or_outside_the_series(reasons, why):
    with pytest.raises(ValueError, match=why):
        rebased(STEADY, reasons)


@pytest.mark.parametrize(
    ("improvement", "types"),
    [
        ("increase", ["improvement", "common cause", "concern"]),
        ("decrease", ["concern", "common cause", "improvement"]),
        ("neutral", ["high", "common cause", "low"]),
    ],
)
def test_a_point_that_stands_out_is_good_or_bad_by_which_way_is_better(improvement, types):
    values = [3.5, 0.5, -3.5]
    found = point_types(values, AROUND_NOUGHT, special_causes(values, AROUND_NOUGHT), improvement)
    assert found == types
    assert variation(found) == types[-1]


@pytest.mark.parametrize(
    ("improvement", "lower", "upper", "target", "expected"),
    [
        ("increase", 1, 3, 4, "consistent fail"),
        ("decrease", 1, 3, 4, "consistent pass"),
        ("increase", 5, 7, 4, "consistent pass"),
        ("decrease", 5, 7, 4, "consistent fail"),
        ("increase", 1, 5, 4, "inconsistent"),
        ("increase", 1, 4, 4, "inconsistent"),  # on the limit is within it
        ("neutral", 1, 3, 4, "none"),
        ("increase", 1, 3, None, "none"),
    ],
)
def test_a_target_beyond_the_limits_is_met_or_missed_whatever_chance_does(
    improvement, lower, upper, target, expected
):
    assert assurance(Limits(2, lower, upper), target, improvement) == expected
