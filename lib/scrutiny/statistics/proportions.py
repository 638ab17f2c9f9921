"""Intervals of a proportion, and of the difference of two.

Proportions are fractions from 0 to 1. ``events`` may be fractional, as weighted surveys have them.
"""

from __future__ import annotations

import math

from scipy.special import betaincinv

from scrutiny.statistics.intervals import standard_score


def wilson_interval(events: float, size: float, confidence: float = 0.95) -> tuple[float, float]:
    """Return the limits of a proportion by the score method (Wilson 1927).

    That of Public Health England's indicators (``PHEindicatormethods``, ``phe_proportion``). It
    stays within 0 and 1 and holds for small numbers. NaN without a size.
    """
    if not size > 0:
        return math.nan, math.nan
    squared = standard_score(confidence) ** 2
    centre = 2 * events + squared
    reach = math.sqrt(squared * (squared + 4 * events * (1 - events / size)))
    # At none or at all of them one limit is 0 or 1; the root is a hair off.
    lower = 0.0 if events == 0 else (centre - reach) / (2 * (size + squared))
    upper = 1.0 if events == size else (centre + reach) / (2 * (size + squared))
    return lower, upper


def exact_proportion_interval(
    events: float, size: float, confidence: float = 0.95
) -> tuple[float, float]:
    """Return the exact limits of a proportion (Clopper and Pearson 1934), by the beta function."""
    tail, rest = (1 - confidence) / 2, size - events
    lower = 0.0 if events == 0 else float(betaincinv(events, rest + 1, tail))
    upper = 1.0 if rest == 0 else float(betaincinv(events + 1, rest, 1 - tail))
    return lower, upper


def newcombe_interval(
    events: float,
    size: float,
    other_events: float,
    other_size: float,
    confidence: float = 0.95,
) -> tuple[float, float]:
    """Return the limits of the first proportion less the second, by the hybrid score method.

    Newcombe 1998, method 10: the distances of each proportion from its own Wilson limits, added
    as squares. Times 100 it is in percentage points.
    """
    from statsmodels.stats.proportion import confint_proportions_2indep

    lower, upper = confint_proportions_2indep(
        events,
        size,
        other_events,
        other_size,
        method="newcomb",
        compare="diff",
        alpha=1 - confidence,
    )
    return float(lower), float(upper)


def survey_interval(
    share: float, respondents: float, *, design_factor: float, confidence: float = 0.95
) -> tuple[float, float]:
    """Return the limits of a survey's proportion: Wilson's for the effective number of answers.

    The respondents count for ``respondents / design_factor ** 2`` of a simple random sample (Kish
    1965); the factor comes from the survey's technical report.
    """
    effective = respondents / design_factor**2
    return wilson_interval(share * effective, effective, confidence)
