"""A measure month by month: its usual variation, and the months that stand out from it.

Months differ in length, so each is counted per 30 days before it is set against the others; a week
is counted per 7.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import takewhile
from types import MappingProxyType

import pandas as pd

from scrutiny import statistics
from scrutiny.measures import compare, printing
from scrutiny.measures.catalogue import catalogue
from scrutiny.measures.comparability import REFUSE, Break
from scrutiny.measures.figures import Figures
from scrutiny.measures.results import Result, result_id
from scrutiny.periods import DAYS_IN_A_WEEK, Window, days, is_week, period
from scrutiny.statistics.signals import CONCERN, IMPROVEMENT, SIGNAL_LENGTH
from scrutiny.statistics.xmr import CONSTANT, FEWEST_FOR_FIRM_LIMITS, SCREEN, Limits

MONTHS = 24
DAYS = 30
FEWEST_MONTHS = 12  # of a series with limits
UPPER, MEAN, LOWER = "spc_upper", "spc_mean", "spc_lower"
NO_LIMIT = "no limit"  # a lower one would be below 0
_METHODS = {
    UPPER: f"mean + {CONSTANT} mean moving ranges of spc_point",
    MEAN: "mean of spc_point",
    LOWER: f"mean - {CONSTANT} mean moving ranges of spc_point",
}
# The catalogue's words for which way is better, as the rules of the charts name them.
_IMPROVEMENT = {"higher": "increase", "lower": "decrease", "neutral": "neutral"}
_JUDGED = {IMPROVEMENT: "better", CONCERN: "worse"}
_SCREENED = f"; ranges of {SCREEN} times their mean and more left out once"


@dataclass(frozen=True)
class Signal:
    """How a month stands out.

    ``rule`` is ``outside``, ``trend``, ``two of three`` or ``run``, as
    :func:`scrutiny.statistics.special_causes` names it; ``high`` says whether the month is above
    the mean; ``judged`` is ``better``, ``worse``, or empty where neither way is good by itself.
    """

    rule: str
    high: bool
    judged: str

    @property
    def words(self) -> str:
        """The signal in words, without the judgement."""
        way, limit = ("above", "upper") if self.high else ("below", "lower")
        return {
            "outside": f"{way} the {limit} limit",
            "trend": f"in a trend of {SIGNAL_LENGTH} or more",
            "two of three": f"two of three near the {limit} limit",
            "run": f"in a run of {SIGNAL_LENGTH} or more {way} the mean",
        }[self.rule]

    @property
    def meaning(self) -> str:
        """The rule in plain words, whichever side of the mean it is."""
        return {
            "outside": "beyond what is usual for it",
            "trend": f"one of at least {SIGNAL_LENGTH} in a row that each rise, or each fall",
            "two of three": "of three in a row, all on that side of the mean, it is one of two "
            "that are far from it, though within the limits",
            "run": f"one of at least {SIGNAL_LENGTH} in a row on that side of the mean",
        }[self.rule]


@dataclass(frozen=True)
class Month:
    """One month: what was counted, the same per 30 days, and how it stands out, if it does."""

    name: str
    count: Result
    point: Result
    signal: Signal | None = None


@dataclass(frozen=True)
class Segment:
    """Months that compare with each other.

    ``lines`` are the upper limit, the mean and the lower limit by statistic, and none where the
    months are too few; ``trial`` says that so few months give limits that may still move.
    """

    months: tuple[Month, ...]
    lines: Mapping[str, Result]
    trial: bool


@dataclass(frozen=True)
class Variation:
    """The latest months of a measure in time order, and the series breaks that lie within them."""

    segments: tuple[Segment, ...]
    breaks: tuple[Break, ...]

    @property
    def months(self) -> tuple[Month, ...]:
        """Every month, in order."""
        return tuple(month for segment in self.segments for month in segment.months)

    @property
    def results(self) -> list[Result]:
        """Every number of it."""
        months = [number for month in self.months for number in (month.count, month.point)]
        return months + [line for segment in self.segments for line in segment.lines.values()]


def variation(
    figures: Figures, measure: str, area: str, last: pd.Period, most: int = MONTHS
) -> Variation | None:
    """Return the unbroken run of months up to ``last``, ``most`` at most, against its variation.

    Limits begin anew at a break that forbids comparisons, and nowhere else. None of a level or a
    fraction, which are not counted by the day, and where the files lack the last month.
    """
    entry = catalogue()[measure]
    held = set(figures.held(measure, area))
    latest = Window("window", last - (most - 1), last)
    run = list(takewhile(held.__contains__, reversed(latest.months)))[::-1]
    if not run or entry.level or entry.unit == "fraction":
        return None
    whole = Window("window", period(run[0]), last)
    counts = compare.monthly(figures, measure, area, whole)
    levels = [_level(period(name), count) for name, count in zip(run, counts, strict=True)]
    around = sum(levels) / len(levels)
    months = [_month(*month, around) for month in zip(run, counts, levels, strict=True)]
    breaks = tuple(figures.breaks_within(measure, area, whole))
    reasons = {
        position: found.text
        for found in breaks
        if found.rule == REFUSE
        for position in [sum(m.name < found.month for m in months)]
    }
    parts = statistics.rebased([m.point.value for m in months], reasons)
    segments = []
    for part in parts:
        own = months[part.first : part.end]
        if part.limits is None or len(run) < FEWEST_MONTHS:
            segments.append(Segment(tuple(own), MappingProxyType({}), True))
            continue
        window = Window("window", period(own[0].name), period(own[-1].name))
        total = compare.count(figures, measure, area, window)
        # The results of the latest months have no tag.
        tag = f"before-{months[part.end].name}" if part.end < len(months) else ""
        segments.append(_segment(own, part.limits, total, tag, trial=part.trial))
    return Variation(tuple(segments), breaks)


def _per(found: pd.Period) -> int:
    return DAYS_IN_A_WEEK if is_week(found) else DAYS


def _level(found: pd.Period, count: Result) -> float:
    return _per(found) * count.value / days(found)


def _month(name: str, count: Result, level: float, around: float) -> Month:
    found = period(name)
    per = _per(found)
    point = replace(
        count,
        result_id=result_id(count.measure, count.area, "spc_point", name),
        statistic="spc_point",
        value=level,
        printed=printing.level(level, around),
        unit=f"{count.unit} per {per} days",
        numerator=count.value,
        denominator=float(days(found)),
        method=f"{per} count / days of the {'week' if is_week(found) else 'month'}",
    )
    return Month(name, count, point)


def _segment(
    months: list[Month], limits: Limits, total: Result, tag: str, *, trial: bool
) -> Segment:
    values = [m.point.value for m in months]
    rules = statistics.special_causes(values, limits)
    better = _IMPROVEMENT[catalogue()[total.measure].better]
    shown = statistics.point_types(values, limits, rules, better)
    marked = [
        _marked(m, Signal(rule, m.point.value > limits.mean, _JUDGED.get(kind, ""))) if rule else m
        for m, rule, kind in zip(months, rules, shown, strict=True)
    ]
    per = replace(total, unit=months[0].point.unit)
    lines = {
        statistic: _line(per, statistic, value, limits.mean, tag, trial=trial)
        for statistic, value in ((UPPER, limits.upper), (MEAN, limits.mean), (LOWER, limits.lower))
    }
    return Segment(tuple(marked), MappingProxyType(lines), trial)


def _marked(found: Month, signal: Signal) -> Month:
    note = ". ".join(filter(None, [f"Stands out: {signal.words}", found.point.note]))
    return replace(found, point=replace(found.point, note=note), signal=signal)


def _line(
    total: Result, statistic: str, value: float, mean: float, tag: str, *, trial: bool
) -> Result:
    """Return a mean or limit; a limit below nought is none, as no count can pass it."""
    none = value < 0
    notes = [
        f"trial limits: fewer than {FEWEST_FOR_FIRM_LIMITS} months" if trial else "",
        "no lower limit: it would be below 0" if none else "",
    ]
    return replace(
        total,
        result_id=result_id(total.measure, total.area, statistic, "window", tag),
        statistic=statistic,
        value=None if none else value,
        printed=NO_LIMIT if none else printing.level(value, mean),
        method=_METHODS[statistic] + ("" if statistic == MEAN else _SCREENED),
        note="; ".join(filter(None, notes)),
    )
