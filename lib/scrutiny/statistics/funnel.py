"""Funnels: how far from what all areas together have one area may be by chance alone.

The limits are those at which Public Health England's test of a ratio changes its answer
(``PHEindicatormethods``), so that a point outside a line always has the label that says so. The
other form in use (Spiegelhalter 2005 as FunnelPlotR draws it) takes the expected count for the one
observed; near a line, it can contradict the label.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from scipy.special import pdtrik

from scrutiny.statistics.intervals import poisson_interval, standard_score
from scrutiny.statistics.proportions import wilson_interval

NOT_SIGNIFICANT = "Not significant"
# From the wider limits to the narrower ones, with the tail that each label names.
LEVELS = ((0.998, "0.001"), (0.95, "0.025"))


def funnel_limits(expected: float, confidence: float) -> tuple[float, float]:
    """Return between which counts an area lies that differs from ``expected`` by chance alone.

    The lower one is the count whose exact upper limit is the expected count, the upper one that
    whose exact lower limit is. Counts are taken as continuous; the lower is 0 where even none
    would be no surprise.
    """
    tail = (1 - confidence) / 2
    return float(pdtrik(tail, expected)), float(pdtrik(1 - tail, expected)) + 1


def funnel_significance(observed: float, expected: float) -> str:
    """Return ``High`` or ``Low`` with the tail, ``High (0.001)``, or ``Not significant``."""
    return _label(expected, lambda confidence: poisson_interval(observed, confidence))


def rate_funnel_limits(
    rate: float, population: float, confidence: float, per: float = 1000
) -> tuple[float, float]:
    """Return between which crude rates an area of that population differs by chance alone.

    Those of the count that it would have at ``rate``, both per ``per`` residents.
    """
    lower, upper = funnel_limits(rate * population / per, confidence)
    return per * lower / population, per * upper / population


def proportion_funnel_limits(
    baseline: float, size: float, confidence: float
) -> tuple[float, float]:
    """Return between which proportions an area of that size differs by chance alone.

    Those whose Wilson limit is the baseline, a fraction from 0 to 1; within 0 and 1.
    """
    half = standard_score(confidence) * math.sqrt(baseline * (1 - baseline) / size)
    return max(0.0, baseline - half), min(1.0, baseline + half)


def proportion_funnel_significance(events: float, size: float, baseline: float) -> str:
    """Return the label of a proportion beside the baseline, as :func:`funnel_significance`."""
    return _label(baseline, lambda confidence: wilson_interval(events, size, confidence))


def _label(target: float, limits: Callable[[float], tuple[float, float]]) -> str:
    for confidence, tail in LEVELS:
        lower, upper = limits(confidence)
        if lower > target:
            return f"High ({tail})"
        if upper < target:
            return f"Low ({tail})"
    return NOT_SIGNIFICANT
