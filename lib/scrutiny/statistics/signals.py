"""Which points of an XmR chart stand out, and what a series says of its target.

The four rules, the colours and the icons of NHS England's Making Data Count, as the R package
``NHSRplotthedots`` applies them. In one thing we differ: that package marks rising trends only,
here falling ones are marked too.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from scrutiny.statistics.xmr import Limits

SIGNAL_LENGTH = 7  # points of a run or a trend

# The rules, the one that names a point first.
OUTSIDE, TREND, TWO_OF_THREE, RUN = "outside", "trend", "two of three", "run"

# Which way is an improvement.
INCREASE, DECREASE, NEUTRAL = "increase", "decrease", "neutral"
# What a point, and by its last one a series, shows.
IMPROVEMENT, CONCERN, HIGH, LOW, COMMON = "improvement", "concern", "high", "low", "common cause"
# What the limits say of a target.
PASS, FAIL, INCONSISTENT, NONE = "consistent pass", "consistent fail", "inconsistent", "none"


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


def point_types(
    values: ArrayLike, limits: Limits, causes: list[str], improvement: str
) -> list[str]:
    """Return what each point shows, by its rule, its side of the mean and which way is better.

    ``improvement`` is ``increase``, ``decrease`` or ``neutral``. A point without a rule is
    ``common cause``; others are ``improvement`` or ``concern``, or ``high`` or ``low`` where
    neither way is good by itself.
    """
    return [
        _type(side > 0, improvement) if cause else COMMON
        for cause, side in zip(causes, sides(values, limits), strict=True)
    ]


def variation(types: list[str]) -> str:
    """Return what a series shows now: the type of its last point."""
    return types[-1]


def assurance(limits: Limits, target: float | None, improvement: str) -> str:
    """Return whether a target will be met if nothing changes.

    ``consistent pass`` or ``consistent fail`` where it lies beyond the limits, ``inconsistent``
    (hit and miss) within them; ``none`` without a target, or where neither way is good.
    """
    if target is None or improvement == NEUTRAL:
        return NONE
    if limits.lower <= target <= limits.upper:
        return INCONSISTENT
    return PASS if (target > limits.upper) == (improvement == DECREASE) else FAIL


def _type(high: bool, improvement: str) -> str:
    if improvement == NEUTRAL:
        return HIGH if high else LOW
    return IMPROVEMENT if high == (improvement == INCREASE) else CONCERN


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
