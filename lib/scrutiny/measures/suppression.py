"""Small numbers: those that may not be told, and those that make no percentage worth telling."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from scrutiny import places
from scrutiny.measures.results import Result

SENSITIVE = ("rape",)  # of whose victims, few in a borough, one could be known
FEWEST_TOLD = 5
SUPPRESSED, MARK = "suppressed", "[c]"
SMALLEST_BASE = 50
LOW, WITHHELD = "[low]", "withheld"
WHY = f"suppressed: fewer than {FEWEST_TOLD} could identify a person"


def suppressed(results: Iterable[Result]) -> list[Result]:
    """Return the results of one measure, area and window, with what gives few away left out.

    Of a borough's count of 1 to 4 of a sensitive measure neither the count is told nor what was
    made with it. A count of none is told: it is about nobody.
    """
    results = list(results)
    few = any(
        r.statistic == "count" and r.value is not None and 0 < r.value < FEWEST_TOLD
        for r in results
        if r.measure in SENSITIVE and r.area != places.MPS
    )
    if not few:
        return results
    return [
        replace(
            r, value=None, lower=None, upper=None, numerator=None, denominator=None,
            printed=MARK, status=SUPPRESSED, note=WHY,
        )
        for r in results
    ]  # fmt: skip


def without_low_bases(results: Iterable[Result]) -> list[Result]:
    """Return the results with no change in per cent of a count under 50: it says more than it is.

    The counts and the p of chance stay.
    """
    return [
        replace(
            r, value=None, lower=None, upper=None, printed=LOW, status=WITHHELD,
            note=f"no percentage: fewer than {SMALLEST_BASE} before",
        )
        if r.statistic == "change_percent" and r.value is not None and r.denominator < SMALLEST_BASE
        else r
        for r in results
    ]  # fmt: skip
