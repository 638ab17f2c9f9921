"""Whether chance could explain the difference between two counts."""

from __future__ import annotations

from scipy.special import bdtr


def conditional_binomial(before: int, now: int) -> float:
    """Return the two-sided p of two Poisson counts over equal times, given their sum.

    Given the sum, the later count is binomial with probability one half (Przyborowski and
    Wilenski 1940). Crime counts vary more than Poisson counts do, so a p that is not small shows
    that chance could explain a change; a small p alone does not show that it could not.
    """
    total = before + now
    if total == 0:
        return 1.0
    return float(min(1.0, 2 * bdtr(min(before, now), total, 0.5)))
