"""Funnels: how far from what all areas together have one area may be by chance alone.

The limits are those at which Public Health England's test of a ratio changes its answer
(``PHEindicatormethods``), so that a point outside a line always has the label that says so. The
other form in use (Spiegelhalter 2005 as FunnelPlotR draws it) takes the expected count for the one
observed; near a line, it can contradict the label.
"""

from __future__ import annotations

from scipy.special import pdtrik

from scrutiny.statistics.intervals import poisson_interval

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
    for confidence, tail in LEVELS:
        lower, upper = poisson_interval(observed, confidence)
        if lower > expected:
            return f"High ({tail})"
        if upper < expected:
            return f"Low ({tail})"
    return NOT_SIGNIFICANT
