"""Lines from a baseline to an aim."""

from __future__ import annotations

from collections.abc import Sequence


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
