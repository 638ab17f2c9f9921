"""Changes, gaps, shares and rates of counts.

The definitions are those of the UK's official crime statistics: a count changes by per cent, a
percentage by percentage points, and every difference is taken before anything is rounded.
"""

from __future__ import annotations

import math


def percent_change(before: float, now: float) -> float:
    """Return 100 (now - before) / before, in per cent; NaN where ``before`` is 0."""
    if before == 0:
        return math.nan
    return 100 * (now - before) / before


def gap_points(change: float, reference: float) -> float:
    """Return by how many percentage points one percentage change exceeds another."""
    return change - reference


def share(part: float, whole: float) -> float:
    """Return 100 part / whole, in per cent; NaN where ``whole`` is 0."""
    return 100 * part / whole if whole else math.nan


def rate(count: float, population: float, per: float = 1000) -> float:
    """Return the events per ``per`` residents; raises ``ValueError`` without residents."""
    if population <= 0:
        raise ValueError(f"a rate needs residents, not {population}")
    return per * count / population
