"""Indicators on a scale on which chance has about the same spread everywhere, and is even.

What :mod:`scrutiny.statistics.overdispersion` takes: each returns the transformed value and its
standard error. The transforms of Spiegelhalter 2005 and, for the ratio, of the Care Quality
Commission's and the Summary Hospital-level Mortality Indicator's funnels.
"""

from __future__ import annotations

import math


def arcsine_root(events: float, size: float) -> tuple[float, float]:
    """Return a proportion as the arcsine of its root; back: the square of the sine."""
    return math.asin(math.sqrt(events / size)), 1 / (2 * math.sqrt(size))


def root_ratio(observed: float, expected: float) -> tuple[float, float]:
    """Return observed over expected as its root; back: the square. The target is 1."""
    return math.sqrt(observed / expected), 1 / (2 * math.sqrt(expected))


def log_ratio(observed: float, expected: float) -> tuple[float, float]:
    """Return observed over expected as its logarithm; back: the exponential. The target is 0."""
    return math.log(observed / expected), 1 / math.sqrt(expected)


def log_change(before: float, now: float) -> tuple[float, float]:
    """Return the ratio of two counts as its logarithm, with a half added to each count.

    The halves keep a count of 0 finite; back: the exponential.
    """
    first, second = before + 0.5, now + 0.5
    return math.log(second / first), math.sqrt(1 / first + 1 / second)
