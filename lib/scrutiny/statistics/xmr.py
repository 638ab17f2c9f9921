"""XmR charts: how far a series varies by itself.

Individuals and moving ranges after Shewhart and Wheeler, as NHS England's Making Data Count draws
them and the R package ``NHSRplotthedots`` computes them. Which points stand out is told by
:mod:`scrutiny.statistics.signals`.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

CONSTANT = 2.66  # limits from the mean moving range of two points, as Making Data Count rounds it
SCREEN = 3.267  # a moving range of so many times the mean is no part of the usual variation
FEWEST_FOR_LIMITS = 2
FEWEST_TO_FREEZE = 12
FEWEST_FOR_FIRM_LIMITS = 13  # NHSRplotthedots warns of limits made of fewer


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


class Segment(NamedTuple):
    """Points with limits of their own: from ``first`` to before ``end``, counted from 0.

    ``reason`` says why they do not go on from the points before, and is empty for the first
    segment. ``limits`` is None for a single point; ``trial`` says that the points are so few that
    the limits may still move.
    """

    first: int
    end: int
    reason: str
    limits: Limits | None
    trial: bool


def xmr_limits(
    values: ArrayLike,
    *,
    constant: float = CONSTANT,
    screen_outliers: bool = True,
    fix_after_n: int | None = None,
) -> Limits:
    """Return the mean and the limits, ``constant`` mean moving ranges to either side of it.

    With ``screen_outliers`` the ranges of 3.267 times their mean and more are left out, once, and
    the mean is taken again (Nelson 1982); the NHS's own spreadsheet does not do so. With
    ``fix_after_n`` the limits are those of the first so many points, 12 at least, and stay. Raises
    ``ValueError`` with fewer than two values, or than are to be frozen.
    """
    series = np.asarray(values, dtype=float)
    if fix_after_n is not None:
        if not FEWEST_TO_FREEZE <= fix_after_n <= series.size:
            raise ValueError(
                f"limits are frozen on {FEWEST_TO_FREEZE} points or more of those there are, "
                f"not on {fix_after_n} of {series.size}"
            )
        series = series[:fix_after_n]
    if series.size < FEWEST_FOR_LIMITS:
        raise ValueError(f"limits need two values, not {series.size}")
    ranges = np.abs(np.diff(series))
    if screen_outliers and ranges.any():
        ranges = ranges[ranges < SCREEN * ranges.mean()]
    mean, reach = float(series.mean()), constant * float(ranges.mean())
    return Limits(mean, mean - reach, mean + reach)


def rebased(
    values: ArrayLike, reasons: Mapping[int, str], *, screen_outliers: bool = True
) -> list[Segment]:
    """Return the segments of a series whose limits begin anew, each with its own limits.

    ``reasons`` has the first point of each new segment, and why it does not go on from the one
    before: a dated change in what is counted. A signal is no reason. The moving range from one
    segment to the next is none. Raises ``ValueError`` for a segment without a reason, or one that
    begins outside the series.
    """
    series = np.asarray(values, dtype=float)
    for first, reason in reasons.items():
        if not reason.strip():
            raise ValueError(f"limits do not begin anew at point {first} without a reason")
        if not 0 < first < series.size:
            raise ValueError(f"point {first} begins no segment of {series.size} points")
    return [
        Segment(
            first,
            end,
            reasons.get(first, ""),
            xmr_limits(series[first:end], screen_outliers=screen_outliers)
            if end - first >= FEWEST_FOR_LIMITS
            else None,
            trial=end - first < FEWEST_FOR_FIRM_LIMITS,
        )
        for first, end in pairwise([0, *sorted(reasons), series.size])
    ]
