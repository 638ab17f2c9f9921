"""Straight lines from a baseline to an aim."""

from __future__ import annotations


def straight_line(baseline: float, year: int, *, fall: float, years: int) -> float:
    """Return what a straight fall of ``fall`` (0.2 for 20%) in ``years`` years gives in ``year``.

    Year 0 is the baseline. Raises ``ValueError`` for a year beyond the line's ends.
    """
    if not 0 <= year <= years:
        raise ValueError(f"the line has the years 0 to {years}, not {year}")
    return baseline * (1 - fall * year / years)
