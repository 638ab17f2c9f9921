"""The year to a day that may lie within a month: whole months, and a part taken pro rata."""

from __future__ import annotations

import math
from dataclasses import replace

from scrutiny import places, statistics
from scrutiny.measures import compare, printing
from scrutiny.measures.catalogue import catalogue
from scrutiny.measures.figures import Figures
from scrutiny.measures.results import Result, result_id
from scrutiny.periods import Days, Window, month_name

WHOLE = "sum of months"
PRO_RATA = "sum of whole months and the last one's count x its days / the days of the month"


def change(figures: Figures, measure: str, area: str, now: Days) -> list[Result]:
    """Return the counts of the days and of as many a year before, the change and its p of chance.

    ``results``: ``count``, ``count`` of ``-before``, ``change_percent`` and ``p_value``.
    """
    before = now.a_year_earlier()
    counts = [
        count(figures, measure, area, now, now.kind),
        count(figures, measure, area, before, f"{now.kind}-before"),
    ]
    windows = [months(days) for days in (before, now)]
    return compare.changed(counts, figures.comparability(measure, area, *windows))


def count(figures: Figures, measure: str, area: str, days: Days, name: str) -> Result:
    """Return a count of days; the note says what the area takes in, and what is pro rata."""
    parts = days.parts()
    sums = [figures.total(measure, area, Window("month", m, m)) for m, _ in parts]
    value = math.fsum(
        s.value * own / m.days_in_month for s, (m, own) in zip(sums, parts, strict=True)
    )
    last, own = parts[-1]
    whole = own == last.days_in_month
    part = (
        "" if whole else f"{own} of the {last.days_in_month} days of {month_name(last)}, pro rata"
    )
    return Result(
        result_id=result_id(measure, area, "count", name),
        measure=measure,
        area=area,
        area_kind=places.place(area).kind,
        period=str(days),
        comparator="",
        statistic="count",
        value=value,
        unit=catalogue()[measure].unit,
        printed=printing.count(value),
        method=WHOLE if whole else PRO_RATA,
        sources=compare.merged(*(s.sources for s in sums)),
        note="; ".join(filter(None, [sums[0].note, part])),
    )


def share(part: Result, whole: Result) -> Result:
    """Return what share of a count another is, with Wilson's limits."""
    value = statistics.share(part.value, whole.value)
    lower, upper = statistics.wilson_interval(part.value, whole.value)
    return replace(
        part,
        result_id=part.result_id.replace(".count.", ".share."),
        statistic="share",
        value=value,
        unit=compare.PER_CENT,
        lower=100 * lower,
        upper=100 * upper,
        numerator=part.value,
        denominator=whole.value,
        printed=printing.share(value),
        method=f"100 {part.measure} / {whole.measure}; 95% limits by Wilson's method",
        sources=compare.merged(part.sources, whole.sources),
    )


def months(days: Days) -> Window:
    """Return the months that have some of the days."""
    parts = days.parts()
    return Window("window", parts[0][0], parts[-1][0])
