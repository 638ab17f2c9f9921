"""Whether one area changed otherwise than the rest: a difference in differences of counts."""

from __future__ import annotations

import math
from typing import NamedTuple

from scipy.special import ndtr

from scrutiny.statistics.intervals import standard_score

WITHOUT = (math.nan,) * 4


class RatioOfRatios(NamedTuple):
    """An area's change as a ratio, over that of the rest; its limits, and the p of chance."""

    ratio: float
    lower: float
    upper: float
    p: float


def log_ratio_score(before: float, now: float, rest_before: float, rest_now: float) -> float:
    """Return ln(now / before) - ln(rest_now / rest_before) over its standard error.

    The error is that of four independent Poisson counts, by the delta method: the root of the sum
    of their reciprocals. NaN where any of them is 0.
    """
    if 0 in (before, now, rest_before, rest_now):
        return math.nan
    return _log_ratio(before, now, rest_before, rest_now) / _error(
        before, now, rest_before, rest_now
    )


def ratio_of_ratios(
    before: float,
    now: float,
    rest_before: float,
    rest_now: float,
    *,
    dispersion: float = 1,
    confidence: float = 0.95,
) -> RatioOfRatios:
    """Return (now / before) / (rest_now / rest_before) with its limits and two-sided p.

    ``rest`` must not hold the area itself, or the two would not be independent. The standard error
    of :func:`log_ratio_score` is multiplied by the root of ``dispersion`` where that exceeds 1
    (Spiegelhalter 2005). NaN where any count is 0.
    """
    if 0 in (before, now, rest_before, rest_now):
        return RatioOfRatios(*WITHOUT)
    log = _log_ratio(before, now, rest_before, rest_now)
    error = _error(before, now, rest_before, rest_now) * math.sqrt(max(1.0, dispersion))
    return _with_limits(log, error, confidence)


def difference_in_differences(
    one: RatioOfRatios, other: RatioOfRatios, confidence: float = 0.95
) -> RatioOfRatios:
    """Return one ratio of ratios over another of the same area, with its limits and p.

    The two must share no count. Their errors on the logarithm, which their limits of
    ``confidence`` give, are added as squares.
    """
    score = standard_score(confidence)
    errors = [math.log(each.upper / each.lower) / (2 * score) for each in (one, other)]
    return _with_limits(math.log(one.ratio / other.ratio), math.hypot(*errors), confidence)


def gap_of_ratio(ratio: float, before: float, rest_before: float, rest_now: float) -> float:
    """Return the gap, in percentage points, between an area's change and that of the whole.

    The area's change less the rest's is 100 (rest_now / rest_before) (``ratio`` - 1). The whole
    has the area in it, so its change is nearer by the area's share of the count before.
    """
    elsewhere = rest_before / (before + rest_before)
    return 100 * elsewhere * rest_now / rest_before * (ratio - 1)


def _with_limits(log: float, error: float, confidence: float) -> RatioOfRatios:
    half = standard_score(confidence) * error
    p = float(2 * ndtr(-abs(log) / error))
    return RatioOfRatios(math.exp(log), math.exp(log - half), math.exp(log + half), p)


def _log_ratio(before: float, now: float, rest_before: float, rest_now: float) -> float:
    return math.log(now / before) - math.log(rest_now / rest_before)


def _error(*counts: float) -> float:
    return math.sqrt(sum(1 / count for count in counts))
