"""What else is on file of a borough: police strength, and what its residents think."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from scrutiny import places, statistics
from scrutiny.measures import compare, printing
from scrutiny.measures.catalogue import catalogue
from scrutiny.measures.figures import Figures
from scrutiny.measures.results import Result, result_id
from scrutiny.periods import Window

# Officers and PCSOs, confidence and fear: as the workbook has them, and as the survey has since.
KNOWN = ("officers", "pcsos", "good-job-local", "confidence", "trust", "fear-of-crime")

SURVEY_DECIMALS = 0  # the files print whole percentages, and the survey is no surer


def context(figures: Figures, area: str, now: Window, before: Window) -> list[Result]:
    """Return the levels at the end of both windows, of the area and the MPS, where on file.

    ``results``: ``count``, or ``share`` in per cent, for the months in which the windows end, with
    the change between them in per cent or in percentage points.
    """
    return [
        result
        for measure in KNOWN
        for name in dict.fromkeys([area, places.MPS])
        for result in levels(figures, measure, name, now.last, before.last)
    ]


def levels(
    figures: Figures, measure: str, area: str, now: pd.Period, before: pd.Period
) -> list[Result]:
    """Return a level at the ends of two months, and the change; none where the files lack one."""
    held = set(figures.held(measure, area))
    if not {str(now), str(before)} <= held:
        return []
    return _compared(
        figures,
        level(figures, measure, area, now, "month"),
        level(figures, measure, area, before, "month-before"),
    )


def level(figures: Figures, measure: str, area: str, at: pd.Period, name: str) -> Result:
    """Return a level at the end of a month, named ``name``: ``count``, or ``share`` in per cent."""
    counted = compare.count(figures, measure, area, Window("month", at, at), name=name)
    if catalogue()[measure].unit != "fraction":
        return replace(counted, method="as published for the month")
    return replace(
        counted,
        result_id=result_id(measure, area, "share", name),
        statistic="share",
        value=100 * counted.value,
        unit=compare.PER_CENT,
        printed=printing.share(100 * counted.value, SURVEY_DECIMALS),
        method="as published: twelve months to the end of the quarter",
    )


def _compared(figures: Figures, now: Result, before: Result) -> list[Result]:
    share = now.statistic == "share"
    statistic = "change_points" if share else "change_percent"
    judge = statistics.gap_points if share else _percent
    value = judge(now.value, before.value)
    judged = figures.comparability(
        now.measure, now.area, *(_window(each) for each in (before, now))
    )
    changed = replace(
        now,
        result_id=result_id(now.measure, now.area, statistic, "month"),
        statistic=statistic,
        comparator=before.period,
        value=value,
        unit=compare.POINTS if share else compare.PER_CENT,
        printed=printing.points(value, SURVEY_DECIMALS)
        if share
        else printing.percent_change(value),
        method="share - share before" if share else "100 (count - count before) / count before",
        sources=compare.merged(now.sources, before.sources),
        note=judged.note,
    )
    return [
        now,
        before,
        compare.not_comparable(changed, judged.note) if judged.refusals else changed,
    ]


def _percent(now: float, before: float) -> float:
    return statistics.percent_change(before, now)


def _window(result: Result) -> Window:
    at = pd.Period(result.period.partition("..")[0], "M")
    return Window("month", at, at)
