"""Areas that vary by more than chance: how much more, and limits that allow for it.

Spiegelhalter, "Handling over-dispersion of performance indicators", Quality and Safety in Health
Care 2005; 14: 347-351. A score z is how many standard errors an area is from its target.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import chdtrc

from scrutiny.statistics.intervals import standard_score

WINSORISED = 0.1  # of the scores, at each end


def winsorised(scores: ArrayLike, tail: float = WINSORISED) -> NDArray[np.float64]:
    """Return the scores with the outermost ``tail`` of each end set to the quantile there.

    So areas that truly differ do not pass for variation of all.
    """
    known = np.asarray(scores, dtype=float)
    return np.clip(known, *np.quantile(known, [tail, 1 - tail]))


def dispersion(scores: ArrayLike, tail: float = WINSORISED) -> float:
    """Return phi, the mean square of the winsorised scores: 1 where chance is all."""
    return float(np.mean(winsorised(scores, tail) ** 2))


def dispersion_p(phi: float, areas: int) -> float:
    """Return the p of so large a phi by chance alone: ``areas`` phi is chi-square with as many."""
    return float(chdtrc(areas, areas * phi))


def multiplicative_limits(
    target: float, error: float, phi: float, confidence: float = 0.95
) -> tuple[float, float]:
    """Return limits about the target whose standard error is times the root of phi, if over 1."""
    return _about(target, error * math.sqrt(max(1.0, phi)), confidence)


def between_areas_variance(scores: ArrayLike, errors: ArrayLike) -> float:
    """Return tau squared: the variance among areas beyond chance, by moments; 0 where none is.

    max(0, (n phi - (n - 1)) / (sum w - sum w^2 / sum w)), with w = 1 / error^2 (DerSimonian and
    Laird 1986), phi of winsorised scores.
    """
    weights = 1 / np.asarray(errors, dtype=float) ** 2
    beyond = weights.size * dispersion(scores) - (weights.size - 1)
    return float(max(0.0, beyond / (weights.sum() - (weights**2).sum() / weights.sum())))


def additive_limits(
    target: float, error: float, variance: float, confidence: float = 0.95
) -> tuple[float, float]:
    """Return limits about the target that allow for chance and for the variance among areas."""
    return _about(target, math.sqrt(error**2 + variance), confidence)


def _about(target: float, error: float, confidence: float) -> tuple[float, float]:
    half = standard_score(confidence) * error
    return target - half, target + half
