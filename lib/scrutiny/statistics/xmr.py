"""XmR charts: how far a series varies by itself, and which of its points stand out.

Individuals and moving ranges after Shewhart and Wheeler, with the four rules of NHS England's
Making Data Count as the R package ``NHSRplotthedots`` applies them. In one thing we differ: that
package marks rising trends only, here falling ones are marked too.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

CONSTANT = 2.66  # limits from the mean moving range of two points, as Making Data Count rounds it
SCREEN = 3.267  # a moving range of so many times the mean is no part of the usual variation
SIGNAL_LENGTH = 7  # points of a run or a trend
FEWEST_FOR_LIMITS = 2

# The rules, the one that names a point first.
OUTSIDE, TREND, TWO_OF_THREE, RUN = "outside", "trend", "two of three", "run"


class Limits(NamedTuple):
    """The mean of a series and the limits of its usual variation."""

    mean: float
    lower: float
    upper: float

    @property
    def near(self) -> tuple[float, float]:
        """The lines at two thirds of the way from the mean to the limits."""
        return (
            self.mean - 2 / 3 * (self.mean - self.lower),
            self.mean + 2 / 3 * (self.upper - self.mean),
        )


def xmr_limits(
    values: ArrayLike, *, constant: float = CONSTANT, screen_outliers: bool = True
) -> Limits:
    """Return the mean and the limits, ``constant`` mean moving ranges to either side of it.

    With ``screen_outliers`` the ranges of 3.267 times their mean and more are left out, once, and
    the mean is taken again (Nelson 1982). To freeze limits on the first points, give those alone.
    Raises ``ValueError`` with fewer than two values.
    """
    series = np.asarray(values, dtype=float)
    if series.size < FEWEST_FOR_LIMITS:
        raise ValueError(f"limits need two values, not {series.size}")
    ranges = np.abs(np.diff(series))
    if screen_outliers and ranges.any():
        ranges = ranges[ranges < SCREEN * ranges.mean()]
    mean, reach = float(series.mean()), constant * float(ranges.mean())
    return Limits(mean, mean - reach, mean + reach)


def special_causes(
    values: ArrayLike, limits: Limits, *, run: int = SIGNAL_LENGTH, trend: int = SIGNAL_LENGTH
) -> list[str]:
    """Return for each point the rule by which it stands out, or an empty string.

    ``outside``: beyond a limit. ``trend``: one of ``trend`` or more that rise, or fall, without a
    tie. ``two of three``: near a limit, as is another of three neighbours all on that side of the
    mean. ``run``: one of ``run`` or more on one side of the mean. A point that several rules mark
    has the first of them.
    """
    series = np.asarray(values, dtype=float)
    side = sides(series, limits)
    low, high = limits.near
    outside = (series < limits.lower) | (series > limits.upper)
    near = ~outside & ((series < low) | (series > high))
    marked = {
        OUTSIDE: outside,
        TREND: spread_back(completed_trends(series, trend), trend),
        TWO_OF_THREE: within_two_of_three(near, side) & near,
        RUN: spread_back(completed_runs(side, run), run),
    }
    return [
        next((rule for rule, points in marked.items() if points[i]), "") for i in range(series.size)
    ]


def sides(values: ArrayLike, limits: Limits) -> NDArray[np.int_]:
    """Return for each point 1 above the mean, -1 below it and 0 on it."""
    return np.sign(np.asarray(values, dtype=float) - limits.mean).astype(int)


def completed_runs(side: ArrayLike, length: int = SIGNAL_LENGTH) -> NDArray[np.int_]:
    """Return the side where so many points in a row are on it, at the last of them; else 0."""
    return _completed(np.asarray(side, dtype=int), length)


def completed_trends(values: ArrayLike, length: int = SIGNAL_LENGTH) -> NDArray[np.int_]:
    """Return 1 where so many points in a row rise, -1 where they fall, at the last; else 0."""
    series = np.asarray(values, dtype=float)
    steps = np.sign(np.diff(series)).astype(int)
    found = _completed(steps, length - 1)
    return np.concatenate([np.zeros(min(1, series.size), dtype=int), found])


def spread_back(flags: ArrayLike, length: int = SIGNAL_LENGTH) -> NDArray[np.bool_]:
    """Return a mark at each flagged point and at the ``length`` - 1 points before it."""
    found = np.asarray(flags, dtype=bool)
    return np.array([found[i : i + length].any() for i in range(found.size)], dtype=bool)


def within_two_of_three(near: ArrayLike, side: ArrayLike) -> NDArray[np.bool_]:
    """Return a mark at each member of three in a row on one side, two of them near or more."""
    close, way = np.asarray(near, dtype=int), np.asarray(side, dtype=int)
    marks = np.zeros(close.size, dtype=bool)
    for i in range(close.size - 2):
        three = slice(i, i + 3)
        if close[three].sum() >= 2 and abs(way[three].sum()) == 3:
            marks[three] = True
    return marks


def _completed(signs: NDArray[np.int_], length: int) -> NDArray[np.int_]:
    """Return the sign at each place where it ends ``length`` equal ones that are not 0."""
    found = np.zeros(signs.size, dtype=int)
    for last in range(length - 1, signs.size):
        same = signs[last - length + 1 : last + 1]
        if abs(same.sum()) == length:
            found[last] = signs[last]
    return found
