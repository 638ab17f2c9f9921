"""Small numbers: those that may not be told, and those that make no percentage worth telling."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from scrutiny import places
from scrutiny.measures.figures import Figures
from scrutiny.measures.results import Result
from scrutiny.periods import Window
from scrutiny.statistics.suppression import FEWEST

SENSITIVE = ("rape",)  # of whose victims, few in a borough, one could be known
SUPPRESSED, MARK = "suppressed", "[c]"
SMALLEST_BASE = 50
LOW, WITHHELD = "[low]", "withheld"
WHY = f"suppressed: fewer than {FEWEST} could identify a person"


def untold(figures: Figures, measure: str, *windows: Window) -> frozenset[str]:
    """Return the boroughs of which a sensitive measure may not be told over any of the windows.

    Those with 1 to 4, and where one stands alone the smallest other: else it could be worked out
    from London's total. A count of none is told: it is about nobody.
    """
    if measure not in SENSITIVE:
        return frozenset()
    hidden: set[str] = set()
    names = [p.name for p in places.boroughs() if figures.has(measure, p.name)]
    for window in windows:
        counts = {name: figures.total(measure, name, window).value for name in names}
        few = {name for name, count in counts.items() if 0 < count < FEWEST}
        others = sorted((c, n) for n, c in counts.items() if c and n not in few)
        hidden |= few | ({others[0][1]} if len(few) == 1 and others else set())
    return frozenset(hidden)


def suppressed(results: Iterable[Result]) -> list[Result]:
    """Return the results with nothing told but that they were left out."""
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
