"""What people told a survey: shares with limits, the range of boroughs, and who meets a target."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pandas as pd

from scrutiny import places, statistics
from scrutiny.measures import compare, printing
from scrutiny.measures.figures import Figures
from scrutiny.measures.results import Result, result_id
from scrutiny.periods import Window, month

CONFIDENCE = ("good-job-local", "confidence", "trust")
SATISFACTION = ("victim-satisfaction", "fair-treatment")
# Asked in a year, as the survey's archive describes it; no file of figures says how many answered.
ASKED_IN_A_BOROUGH, ASKED_IN_LONDON = 400, 12_800
DESIGN_FACTOR = 1.2  # assumed, as no technical report is on file
METHOD = (
    f"Wilson's limits for {ASKED_IN_A_BOROUGH} people a borough and {ASKED_IN_LONDON:,} in London, "
    f"with an assumed design factor of {DESIGN_FACTOR}"
)


@dataclass(frozen=True)
class Asked:
    """One question at the latest quarter's end on file: London, and the boroughs at both ends.

    ``meeting`` is how many boroughs reach the target and ``surely`` how many with all of their
    limits; None without a target, or without figures by borough. ``london_to`` is the last quarter
    of London's own answers, which may be later than that of the boroughs.
    """

    measure: str
    london: Result
    lowest: Result | None = None
    highest: Result | None = None
    target: float | None = None
    meeting: Result | None = None
    surely: Result | None = None
    bounds: tuple[Result, ...] = ()
    london_to: str = ""

    @property
    def results(self) -> list[Result]:
        """Every number of it."""
        own = (self.london, self.lowest, self.highest, self.meeting, self.surely)
        return [*filter(None, own), *self.bounds]


def asked(
    figures: Figures, measure: str, last: pd.Period, targets: Mapping[str, float]
) -> Asked | None:
    """Return the shares of a question for the latest month on file up to ``last``; None without.

    Of the latest month that has boroughs, where any has; else of London's latest.
    """
    names = [p.name for p in places.boroughs()]
    held = _months(figures, measure, names[0], last) or _months(figures, measure, places.MPS, last)
    if not held:
        return None
    at = month(held[-1])
    if not _months(figures, measure, places.MPS, at):
        return None
    london_to = _months(figures, measure, places.MPS, last)[-1]
    london = _share(figures, measure, places.MPS, at)
    have = [n for n in names if str(at) in _months(figures, measure, n, at)]
    shares = sorted((_share(figures, measure, n, at) for n in have), key=lambda r: r.value)
    if not shares:
        return Asked(measure, london, bounds=_bounds(london), london_to=london_to)
    low, high = shares[0], shares[-1]
    target = targets.get(measure)
    counts = {}
    if target is not None:
        counts = {
            "meeting": _boroughs(london, "meeting", sum(r.value >= target for r in shares)),
            "surely": _boroughs(london, "meeting_surely", sum(r.lower >= target for r in shares)),
        }
    bounds = tuple(b for r in (london, low, high) for b in _bounds(r))
    return Asked(measure, london, low, high, target, bounds=bounds, london_to=london_to, **counts)


def _months(figures: Figures, measure: str, area: str, last: pd.Period) -> list[str]:
    return [m for m in figures.held(measure, area) if m <= str(last)]


def _share(figures: Figures, measure: str, area: str, at: pd.Period) -> Result:
    counted = compare.count(figures, measure, area, Window("month", at, at))
    size = ASKED_IN_LONDON if area == places.MPS else ASKED_IN_A_BOROUGH
    lower, upper = statistics.survey_interval(counted.value, size, design_factor=DESIGN_FACTOR)
    return replace(
        counted,
        result_id=result_id(measure, area, "share", "month"),
        statistic="share",
        value=100 * counted.value,
        unit=compare.PER_CENT,
        lower=100 * lower,
        upper=100 * upper,
        printed=printing.share(100 * counted.value, 0),
        method=f"as published: twelve months to the end of the quarter; {METHOD}",
    )


def _bounds(share: Result) -> tuple[Result, ...]:
    return tuple(compare.bounds(share, lambda value: printing.share(value, 0), METHOD))


def _boroughs(london: Result, statistic: str, number: int) -> Result:
    return replace(
        london,
        result_id=result_id(london.measure, places.MPS, f"boroughs_{statistic}", "month"),
        statistic=f"boroughs_{statistic}",
        value=float(number),
        unit="boroughs",
        lower=None,
        upper=None,
        printed=printing.count(number),
        method="boroughs whose share reaches the target"
        + (" with all of its limits" if statistic.endswith("surely") else ""),
    )
