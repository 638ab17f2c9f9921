"""A force's survey share against the mean of its most similar forces: the suite's own test.

It is not the Home Office's grading, whose rule is not published: a difference of independent
proportions with a normal error, each answer counting for one over the squared design factor of a
simple random one (Kish 1965).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from scrutiny.statistics.intervals import standard_score

IN_LINE = "in line"
SMALLEST = 0.0005  # of a share: under it the difference is printed as none


class Surveyed(NamedTuple):
    """A force's share from 0 to 1, how many were asked, and the survey's design factor."""

    share: float
    asked: float
    design_factor: float

    @property
    def variance(self) -> float:
        """The variance of the share."""
        return self.share * (1 - self.share) * self.design_factor**2 / self.asked


def against_family(
    force: Surveyed, others: Sequence[Surveyed], confidence: float = 0.95
) -> tuple[float, float, float]:
    """Return the share less the mean of the others, all alike in weight, and its limits."""
    difference = force.share - sum(other.share for other in others) / len(others)
    variance = force.variance + sum(other.variance for other in others) / len(others) ** 2
    half = standard_score(confidence) * math.sqrt(variance)
    return difference, difference - half, difference + half


def grade(difference: float, lower: float, upper: float, *, higher_is_better: bool) -> str:
    """Return ``significantly better``, ``better, not significant``, ``in line`` or a worse one."""
    if abs(difference) < SMALLEST:
        return IN_LINE
    word = "better" if (difference > 0) == higher_is_better else "worse"
    return f"{word}, not significant" if lower <= 0 <= upper else f"significantly {word}"
