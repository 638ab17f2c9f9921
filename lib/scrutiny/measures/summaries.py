"""A measure in one line: its latest figure, the year to date, twelve months, and the change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

import pandas as pd

from scrutiny.errors import MissingMonths
from scrutiny.measures import compare, printing
from scrutiny.measures.catalogue import catalogue
from scrutiny.measures.context import level, levels
from scrutiny.measures.figures import Figures
from scrutiny.measures.results import Result
from scrutiny.measures.variation import MONTHS, Variation, variation
from scrutiny.periods import Window, month, window

QUARTER = 3
TWELVE_MONTHS = "12m"


@dataclass(frozen=True)
class Summary:
    """A measure up to a month.

    ``latest`` is of the last month, or of the quarter, that the files hold; ``to_date`` from April
    and ``year`` over twelve months, both None of what does not add up; ``change`` is that of the
    twelve months in per cent, of a rate in percentage points, and of a level that of ``latest``
    against a year before, None where the files do not reach back. ``p_value`` is of counts alone.
    ``varying`` are the months of a count against their variation, ``points`` the months themselves
    or the quarters, 24 months back.
    """

    measure: str
    latest: Result
    to_date: Result | None
    year: Result | None
    change: Result | None
    p_value: Result | None
    varying: Variation | None
    points: tuple[tuple[str, Result], ...]

    @property
    def line(self) -> list[Result]:
        """The numbers of its line in a table."""
        return [n for n in (self.latest, self.to_date, self.year, self.change) if n]

    @property
    def series(self) -> list[Result]:
        """The numbers of its months."""
        own = self.varying.results if self.varying else []
        return [*own, *(number for _, number in self.points)]


def summary(figures: Figures, measure: str, area: str, last: pd.Period) -> Summary | None:
    """Return a measure up to the month ``last``; None where the files end before it.

    A measure that comes by the quarter reaches a month where it has the last quarter before it.
    """
    held = figures.held(measure, area)
    at = max((name for name in held if name <= str(last)), default="")
    if not at or month(at) <= last - _step(held):
        return None
    entry = catalogue()[measure]
    make = _of_level if entry.level else _of_rate if entry.share_of else _of_count
    return make(figures, measure, area, month(at))


def _step(held: list[str]) -> int:
    """Return the months between a series' points: 1, or 3 where it comes by the quarter."""
    apart = [(month(later) - month(earlier)).n for earlier, later in pairwise(held)]
    return QUARTER if apart and min(apart) >= QUARTER else 1


def _of_count(figures: Figures, measure: str, area: str, last: pd.Period) -> Summary:
    def counted(kind: str) -> Result:
        return compare.count(figures, measure, area, window(kind, last))

    now = window(TWELVE_MONTHS, last)
    changed = _or_none(lambda: compare.change(figures, measure, area, now, now.a_year_earlier()))
    varying = variation(figures, measure, area, last)
    return Summary(
        measure,
        counted("month"),
        _or_none(lambda: counted("ytd")),
        _or_none(lambda: counted(TWELVE_MONTHS)),
        changed[2] if changed else None,
        changed[3] if changed else None,
        varying,
        tuple((found.name, found.count) for found in varying.months) if varying else (),
    )


def _of_rate(figures: Figures, measure: str, area: str, last: pd.Period) -> Summary:
    def shared(kind: str) -> list[Result]:
        own = window(kind, last)
        return compare.share(figures, measure, area, own, own.a_year_earlier())

    whole = _or_none(lambda: shared(TWELVE_MONTHS))
    held = set(figures.held(measure, area))
    latest = Window("window", last - (MONTHS - 1), last)
    points = tuple(
        (name, compare.share_of_window(figures, measure, area, at, name))
        for name in latest.months
        if name in held
        for at in [Window("month", month(name), month(name))]
    )
    return Summary(
        measure,
        shared("month")[0],
        _or_none(lambda: shared("ytd")[0]),
        whole[0] if whole else None,
        whole[2] if whole else None,
        None,
        None,
        points,
    )


def _of_level(figures: Figures, measure: str, area: str, last: pd.Period) -> Summary:
    held = figures.held(measure, area)
    compared = levels(figures, measure, area, last, last - 12)
    latest = Window("window", last - (MONTHS - 1), last)
    points = tuple(
        (name, level(figures, measure, area, month(name), name))
        for name in latest.months
        if name in held
    )
    return Summary(
        measure,
        level(figures, measure, area, last, "month"),
        None,
        None,
        compared[2] if compared else None,
        None,
        None,
        points,
    )


def _or_none(make: Callable[[], Result]) -> Result | None:
    """Return what is made, or None where the files lack some of its months."""
    try:
        made = make()
    except MissingMonths:
        return None
    shown = made[0] if isinstance(made, list) else made
    return None if shown.printed == printing.NOT_AVAILABLE else made
