"""Results of one measure and area over a window: counts, change, rate, gap, monthly points."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

from scrutiny import places, statistics
from scrutiny.errors import MissingMonths
from scrutiny.measures import printing
from scrutiny.measures.catalogue import catalogue
from scrutiny.measures.comparability import Comparability
from scrutiny.measures.figures import Figures
from scrutiny.measures.results import NOT_COMPARABLE, Result, result_id
from scrutiny.periods import Window, month, period

PER_CENT = "%"
POINTS = "percentage points"
PER_1000 = "per 1,000 residents"
LOG_RATIO = "log ratio of two Poisson counts"
CHANGES_KEPT = 4096  # some editions of each measure in every borough


def change(figures: Figures, measure: str, area: str, now: Window, before: Window) -> list[Result]:
    """Return the count of each window, the change in per cent, and the p of chance.

    ``results``: ``count``, ``count`` of ``-before``, ``change_percent`` and ``p_value``.
    """
    return list(_change(figures, measure, area, now, before))


# Each borough's page compares its changes with those of every other.
@lru_cache(maxsize=CHANGES_KEPT)
def _change(
    figures: Figures, measure: str, area: str, now: Window, before: Window
) -> tuple[Result, ...]:
    counts = [
        count(figures, measure, area, now),
        count(figures, measure, area, before, name=f"{now.kind}-before"),
    ]
    return tuple(changed(counts, figures.comparability(measure, area, before, now)))


def changed(counts: list[Result], judged: Comparability) -> list[Result]:
    """Return a count and the one before with their change in per cent and its p of chance."""
    value, earlier = counts[0].value, counts[1].value
    sources = merged(counts[0].sources, counts[1].sources)
    base = replace(
        counts[0],
        comparator=counts[1].period,
        numerator=value,
        denominator=earlier,
        sources=sources,
    )
    change = replace(
        base,
        result_id=counts[0].result_id.replace(".count.", ".change_percent."),
        statistic="change_percent",
        unit=PER_CENT,
        method="100 (count - count before) / count before; 95% limits on the log ratio of counts",
    )
    chance = replace(
        base,
        result_id=counts[0].result_id.replace(".count.", ".p_value."),
        statistic="p_value",
        unit="probability",
        method="conditional binomial test of two counts, two-sided, assuming Poisson",
    )
    if judged.refusals or value is None or earlier is None:
        why = judged.note or counts[0].note or counts[1].note
        return [*counts, *(not_comparable(made, why) for made in (change, chance))]
    percent = statistics.percent_change(earlier, value)
    p = statistics.conditional_binomial(round(earlier), round(value))
    lower, upper = _known(statistics.change_interval(earlier, value))
    note = base.note if earlier else "no percentage: there were none before"
    return [
        *counts,
        replace(
            change,
            value=None if math.isnan(percent) else percent,
            lower=lower,
            upper=upper,
            printed=printing.percent_change(percent),
            note=" ".join(filter(None, [note, judged.note])),
        ),
        replace(chance, value=p, printed=printing.p_value(p)),
    ]


def not_comparable(result: Result, why: str) -> Result:
    """Return a result that was not made, with the reason."""
    return replace(
        result, value=None, status=NOT_COMPARABLE, printed=printing.NOT_COMPARABLE, note=why
    )


def count(figures: Figures, measure: str, area: str, window: Window, *, name: str = "") -> Result:
    """Return the count of a measure over a window, named ``name`` or by the window's kind."""
    found = figures.total(measure, area, window)
    made = Result(
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
    if len(found.readings) > 1 and (why := figures.comparability(measure, area, window)).refusals:
        return not_comparable(made, why.note)
    return made


def monthly(figures: Figures, measure: str, area: str, window: Window) -> list[Result]:
    """Return the count of each month of a window, each named by its month."""
    return [
        count(figures, measure, area, Window("month", found, found), name=name)
        for name in window.months
        for found in [period(name)]
    ]


def share(figures: Figures, measure: str, area: str, now: Window, before: Window) -> list[Result]:
    """Return a share over each window and its change in percentage points.

    The file prints a fraction for each month. A month's part is that fraction of the count that
    the measure is a share of; the window's share is the sum of parts over the sum of counts.
    ``results``: ``share``, ``share`` of ``-before`` and ``change_points``.
    """
    first = share_of_window(figures, measure, area, now, now.kind)
    second = share_of_window(figures, measure, area, before, f"{now.kind}-before")
    judged = figures.comparability(measure, area, before, now)
    refused = judged.refusals or first.value is None or second.value is None
    points = None if refused else statistics.gap_points(first.value, second.value)
    made = replace(
        first,
        result_id=result_id(measure, area, "change_points", now.kind),
        statistic="change_points",
        comparator=str(before),
        value=points,
        unit=POINTS,
        numerator=None,
        denominator=None,
        printed="" if refused else printing.points(points),
        method="share - share before",
        sources=merged(first.sources, second.sources),
        note=" ".join(filter(None, [first.note, judged.note])),
    )
    why = judged.note if judged.refusals else second.note if second.value is None else first.note
    return [first, second, not_comparable(made, why) if refused else made]


def share_of_window(figures: Figures, measure: str, area: str, window: Window, name: str) -> Result:
    """Return a share over one window, named ``name``: see :func:`share`."""
    whole = catalogue()[measure].share_of
    counted = count(figures, whole, area, window)
    made = replace(
        counted,
        result_id=result_id(measure, area, "share", name),
        measure=measure,
        statistic="share",
        unit=PER_CENT,
        method=f"100 sum of (month's fraction x {whole}) / sum of {whole}",
    )
    if counted.value is None:
        return made
    months = [Window("month", period, period) for period in map(month, window.months)]
    try:
        parts = [
            figures.total(measure, area, m).value * figures.total(whole, area, m).value
            for m in months
        ]
    except MissingMonths:
        why = f"The files hold no monthly rate for some months of {window.name}."
        return replace(not_comparable(made, why), printed=printing.NOT_AVAILABLE)
    part = math.fsum(parts)
    value = statistics.share(part, counted.value)
    return replace(
        made,
        value=value,
        numerator=part,
        denominator=counted.value,
        printed=printing.share(value),
    )


def gap(local: Result, reference: Result, window: Window) -> Result:
    """Return by how many percentage points one area's change exceeds another's."""
    missing = local.value is None or reference.value is None
    refused = [r for r in (local, reference) if r.status == NOT_COMPARABLE]
    value = math.nan if missing else statistics.gap_points(local.value, reference.value)
    made = replace(
        local,
        result_id=result_id(local.measure, local.area, "gap_points", window.kind),
        statistic="gap_points",
        value=None if missing else value,
        unit=POINTS,
        lower=None,
        upper=None,
        numerator=None,
        denominator=None,
        printed=printing.points(value),
        method=f"change_percent of {local.area} - change_percent of {reference.area}",
        sources=merged(local.sources, reference.sources),
        note=f"{reference.area}: {reference.note}" if reference.note else "",
    )
    return not_comparable(made, refused[0].note) if refused else made


def rate_per_1000(figures: Figures, total: Result, window: Window) -> Result | None:
    """Return the count of a window per 1,000 residents; None where no residents are on file.

    The residents are those at the middle of the year in which the window ends.
    """
    residents = figures.residents(total.area, window.last.year)
    if residents is None or total.value is None:
        return None
    value = statistics.rate(total.value, residents.value)
    lower, upper = statistics.rate_interval(total.value, residents.value)
    return replace(
        total,
        result_id=result_id(total.measure, total.area, "rate", window.kind),
        statistic="rate",
        value=value,
        unit=PER_1000,
        lower=lower,
        upper=upper,
        numerator=total.value,
        denominator=residents.value,
        printed=printing.rate(value),
        method=f"1000 count / residents at mid-{window.last.year}; limits: Byar, exact under 10",
        sources=merged(total.sources, residents.sources),
    )


def bounds(result: Result, printed: Callable[[float], str], method: str) -> list[Result]:
    """Return the lower and the upper bound of a result as numbers of their own."""
    window = result.result_id.rpartition(".")[2]
    return [
        replace(
            result,
            result_id=result_id(result.measure, result.area, statistic, window),
            statistic=statistic,
            value=bound,
            lower=None,
            upper=None,
            printed=_or_none(bound, result, printed),
            method=f"{side} 95% limit of {result.statistic}: {method}",
        )
        for side, bound in (("lower", result.lower), ("upper", result.upper))
        for statistic in [f"{result.statistic}_{side}"]
    ]


def _or_none(bound: float | None, result: Result, printed: Callable[[float], str]) -> str:
    if bound is not None:
        return printed(bound)
    return printing.NOT_AVAILABLE if result.comparable else result.printed


def _known(limits: tuple[float, float]) -> tuple[float | None, float | None]:
    lower, upper = limits
    return (None, None) if math.isnan(lower) else (lower, upper)


def merged(*sources: str) -> str:
    """Return the files of several results, each once."""
    return ";".join(dict.fromkeys(part for text in sources for part in text.split(";") if part))
