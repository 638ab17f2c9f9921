"""Results of one measure and area over a window: counts, change, rate, gap, monthly points."""

from __future__ import annotations

import math
from dataclasses import replace

from scrutiny import places, statistics
from scrutiny.measures import printing
from scrutiny.measures.catalogue import catalogue
from scrutiny.measures.figures import Figures
from scrutiny.measures.results import Result, result_id
from scrutiny.periods import Window, month

PER_CENT = "%"
POINTS = "percentage points"
PER_1000 = "per 1,000 residents"


def change(figures: Figures, measure: str, area: str, now: Window, before: Window) -> list[Result]:
    """Return the count of each window, the change in per cent, and the p of chance.

    ``results``: ``count``, ``count`` of ``-before``, ``change_percent`` and ``p_value``.
    """
    counts = [
        count(figures, measure, area, now),
        count(figures, measure, area, before, name=f"{now.kind}-before"),
    ]
    value, earlier = counts[0].value, counts[1].value
    percent = statistics.percent_change(earlier, value)
    base = replace(
        counts[0],
        comparator=str(before),
        numerator=value,
        denominator=earlier,
        sources=_merge(counts[0].sources, counts[1].sources),
    )
    p = statistics.conditional_binomial(int(earlier), int(value))
    return [
        *counts,
        replace(
            base,
            result_id=result_id(measure, area, "change_percent", now.kind),
            statistic="change_percent",
            value=None if math.isnan(percent) else percent,
            unit=PER_CENT,
            printed=printing.percent_change(percent),
            method="100 (count - count before) / count before",
            note=base.note if earlier else "no percentage: there were none before",
        ),
        replace(
            base,
            result_id=result_id(measure, area, "p_value", now.kind),
            statistic="p_value",
            value=p,
            unit="probability",
            printed=printing.p_value(p),
            method="conditional binomial test of two counts, two-sided, assuming Poisson",
        ),
    ]


def count(figures: Figures, measure: str, area: str, window: Window, *, name: str = "") -> Result:
    """Return the count of a measure over a window, named ``name`` or by the window's kind."""
    found = figures.total(measure, area, window)
    return Result(
        result_id=result_id(measure, area, "count", name or window.kind),
        measure=measure,
        area=area,
        area_kind=places.place(area).kind,
        period=str(window),
        comparator="",
        statistic="count",
        value=found.value,
        unit=catalogue()[measure].unit,
        printed=printing.count(found.value),
        method="sum of months",
        sources=found.sources,
        note=found.note,
    )


def monthly(figures: Figures, measure: str, area: str, window: Window) -> list[Result]:
    """Return the count of each month of a window, each named by its month."""
    return [
        count(figures, measure, area, Window("month", period, period), name=name)
        for name in window.months
        for period in [month(name)]
    ]


def share(figures: Figures, measure: str, area: str, now: Window, before: Window) -> list[Result]:
    """Return a share over each window and its change in percentage points.

    The file prints a fraction for each month. A month's part is that fraction of the count that
    the measure is a share of; the window's share is the sum of parts over the sum of counts.
    ``results``: ``share``, ``share`` of ``-before`` and ``change_points``.
    """
    first = _share(figures, measure, area, now, now.kind)
    second = _share(figures, measure, area, before, f"{now.kind}-before")
    points = statistics.gap_points(first.value, second.value)
    return [
        first,
        second,
        replace(
            first,
            result_id=result_id(measure, area, "change_points", now.kind),
            statistic="change_points",
            comparator=str(before),
            value=points,
            unit=POINTS,
            numerator=None,
            denominator=None,
            printed=printing.points(points),
            method="share - share before",
            sources=_merge(first.sources, second.sources),
        ),
    ]


def _share(figures: Figures, measure: str, area: str, window: Window, name: str) -> Result:
    whole = catalogue()[measure].share_of
    months = [Window("month", period, period) for period in map(month, window.months)]
    parts = [
        figures.total(measure, area, m).value * figures.total(whole, area, m).value for m in months
    ]
    part, counted = math.fsum(parts), count(figures, whole, area, window)
    value = statistics.share(part, counted.value)
    return replace(
        counted,
        result_id=result_id(measure, area, "share", name),
        measure=measure,
        statistic="share",
        value=value,
        unit=PER_CENT,
        numerator=part,
        denominator=counted.value,
        printed=printing.share(value),
        method=f"100 sum of (month's fraction x {whole}) / sum of {whole}",
    )


def gap(local: Result, reference: Result, window: Window) -> Result:
    """Return by how many percentage points one area's change exceeds another's."""
    missing = local.value is None or reference.value is None
    value = math.nan if missing else statistics.gap_points(local.value, reference.value)
    return replace(
        local,
        result_id=result_id(local.measure, local.area, "gap_points", window.kind),
        statistic="gap_points",
        value=None if missing else value,
        unit=POINTS,
        numerator=None,
        denominator=None,
        printed=printing.points(value),
        method=f"change_percent of {local.area} - change_percent of {reference.area}",
        sources=_merge(local.sources, reference.sources),
        note=f"{reference.area}: {reference.note}" if reference.note else "",
    )


def rate_per_1000(figures: Figures, total: Result, window: Window) -> Result | None:
    """Return the count of a window per 1,000 residents; None where no residents are on file.

    The residents are those at the middle of the year in which the window ends.
    """
    residents = figures.residents(total.area, window.last.year)
    if residents is None:
        return None
    value = statistics.rate(total.value, residents.value)
    return replace(
        total,
        result_id=result_id(total.measure, total.area, "rate", window.kind),
        statistic="rate",
        value=value,
        unit=PER_1000,
        numerator=total.value,
        denominator=residents.value,
        printed=printing.rate(value),
        method=f"1000 count / residents at mid-{window.last.year}",
        sources=_merge(total.sources, residents.sources),
    )


def _merge(*sources: str) -> str:
    return ";".join(dict.fromkeys(part for text in sources for part in text.split(";") if part))
