"""Lines from a baseline to an aim."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.special import stdtrit


def straight_line(baseline: float, year: int, *, fall: float, years: int) -> float:
    """Return what a straight fall of ``fall`` (0.2 for 20%) in ``years`` years gives in ``year``.

    Year 0 is the baseline. Raises ``ValueError`` for a year beyond the line's ends.
    """
    if not 0 <= year <= years:
        raise ValueError(f"the line has the years 0 to {years}, not {year}")
    return baseline * (1 - fall * year / years)


def seasonal_line(baseline: Sequence[float], year: int, *, fall: float, years: int) -> list[float]:
    """Return the line's value in ``year`` shared among its months, or other parts of the year.

    Each has the share of the year that it had of the baseline, so that the line has its seasons.
    Raises ``ValueError`` for a year beyond the line's ends.
    """
    whole = sum(baseline)
    value = straight_line(whole, year, fall=fall, years=years)
    return [value * part / whole for part in baseline]


def projection(
    to_date: float, earlier: Sequence[tuple[float, float]], level: float = 0.95
) -> tuple[float, float, float]:
    """Return where a year would end, with lower and upper limits.

    ``earlier`` are the count to the same month and of the whole of earlier years. The logarithms of
    their ratios are taken as a sample of the year at hand's: mean, and Student's t prediction
    interval of one more. It tells how earlier years varied, not what may be new in this one.
    Raises ``ValueError`` for fewer than two years.
    """
    if len(earlier) < 2:
        raise ValueError("a projection needs two earlier years at least")
    ratios = np.log([whole / part for part, whole in earlier])
    mean, spread = ratios.mean(), ratios.std(ddof=1)
    quantile = stdtrit(len(ratios) - 1, (1 + level) / 2)
    reach = quantile * spread * np.sqrt(1 + 1 / len(ratios))
    value, lower, upper = (to_date * np.exp(at) for at in (mean, mean - reach, mean + reach))
    return float(value), float(lower), float(upper)
