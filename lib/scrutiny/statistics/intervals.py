"""Intervals of counts, of rates made of them, and of the change from one count to another.

Each takes counts for Poisson counts. Crime counts vary more than that, so an interval shows the
least that chance does.
"""

from __future__ import annotations

import math

from scipy.special import gammaincinv, ndtri

FEWEST_FOR_BYAR = 10


def poisson_interval(count: float, confidence: float = 0.95) -> tuple[float, float]:
    """Return the exact limits of the mean of a Poisson count (Garwood 1936), by chi-square.

    Half the chi-square quantile with 2 ``count`` degrees of freedom below, with 2 ``count`` + 2
    above; 0 below where nothing was counted.
    """
    tail = (1 - confidence) / 2
    lower = 0.0 if count == 0 else float(gammaincinv(count, tail))
    return lower, float(gammaincinv(count + 1, 1 - tail))


def byar_interval(count: float, confidence: float = 0.95) -> tuple[float, float]:
    """Return Byar's approximation of the same limits (Breslow and Day 1987, page 69)."""
    z = standard_score(confidence)
    above = count + 1
    return (
        count * (1 - 1 / (9 * count) - z / (3 * math.sqrt(count))) ** 3,
        above * (1 - 1 / (9 * above) + z / (3 * math.sqrt(above))) ** 3,
    )


def count_interval(count: float, confidence: float = 0.95) -> tuple[float, float]:
    """Return the limits of a count: Byar's from 10 up, exact below.

    The rule of Public Health England's indicators (``PHEindicatormethods``, ``phe_rate``).
    """
    method = poisson_interval if count < FEWEST_FOR_BYAR else byar_interval
    return method(count, confidence)


def rate_interval(
    count: float, population: float, per: float = 1000, confidence: float = 0.95
) -> tuple[float, float]:
    """Return the limits of events per ``per`` residents: those of the count, in proportion.

    The residents are taken as known. Raises ``ValueError`` without residents.
    """
    if population <= 0:
        raise ValueError(f"a rate needs residents, not {population}")
    lower, upper = count_interval(count, confidence)
    return per * lower / population, per * upper / population


def change_interval(before: float, now: float, confidence: float = 0.95) -> tuple[float, float]:
    """Return the limits of a change in per cent, made on the logarithm of the ratio of the counts.

    The standard error of ln(now / before), two Poisson counts over equal times, is the root of
    1 / before + 1 / now, by the delta method. NaN where either count is 0.
    """
    if before == 0 or now == 0:
        return math.nan, math.nan
    ratio = math.log(now / before)
    half = standard_score(confidence) * math.sqrt(1 / before + 1 / now)
    return 100 * math.expm1(ratio - half), 100 * math.expm1(ratio + half)


def standard_score(confidence: float) -> float:
    """Return within how many standard errors of its mean a normal variable lies that often."""
    return float(ndtri((1 + confidence) / 2))
