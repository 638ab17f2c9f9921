"""Figures as documents printed them, each beside the same figure computed."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import replace
from decimal import ROUND_DOWN, Decimal

from scrutiny import places
from scrutiny.errors import MissingMeasure, MissingMonths
from scrutiny.measures import Figures, Result, printing, result_id
from scrutiny.measures.compare import change as compare_windows
from scrutiny.periods import Window, parse_window
from scrutiny.registers import PublishedFigure, Registers
from scrutiny.report.model import Comparison


def compare(
    registers: Registers,
    document: str | None,
    areas: Iterable[str],
    windows: tuple[Window, Window],
    computed: Mapping[str, Result],
) -> tuple[tuple[Comparison, ...], list[Result]]:
    """Return the document's figures for the areas and windows, and their results.

    ``windows`` are the page's two windows: a figure over other months is left out.
    """
    areas = set(areas)
    months = tuple(map(str, windows))
    comparisons = []
    results: list[Result] = []
    for figure in registers.published_figures:
        if figure.document != document or figure.area not in areas:
            continue
        if (figure.period, figure.comparator) != months:
            continue
        made = _compare_one(figure, windows[0].kind, computed)
        comparisons.append(made)
        results += filter(None, (made.published, made.difference))
    return tuple(comparisons), results


def said(
    registers: Registers,
    hearings: Iterable[str],
    figures: Figures,
    taken: Container[str],
) -> tuple[tuple[Comparison, ...], list[Result]]:
    """Return the changes for London that were said at hearings, and their results.

    Each is over months of its own, which need not be the page's: their window is ``window``. One
    that the files cannot give stands as published alone; one whose name is ``taken`` by a number
    over the edition's own ``window`` is left out.
    """
    hearings, comparisons = set(hearings), []
    results: list[Result] = []
    for figure in registers.published_figures:
        if figure.document not in hearings or figure.statistic != "change_percent":
            continue
        if figure.area != places.MPS or not figure.comparator:
            continue
        if result_id(figure.measure, figure.area, "count", "window") in taken:
            continue
        over, before = parse_window(figure.period), parse_window(figure.comparator)
        try:
            own = compare_windows(figures, figure.measure, figure.area, over, before)
        except (MissingMeasure, MissingMonths):
            own = []
        made = _compare_one(figure, over.kind, {result.result_id: result for result in own})
        comparisons.append(made)
        results += [*own, *filter(None, (made.published, made.difference))]
    return tuple(comparisons), results


def _compare_one(
    figure: PublishedFigure, window: str, computed: Mapping[str, Result]
) -> Comparison:
    key = result_id(figure.measure, figure.area, figure.statistic, window)
    own = computed.get(key)
    published = Result(
        result_id=f"{key}.published",
        measure=figure.measure,
        area=figure.area,
        area_kind=places.place(figure.area).kind,
        period=figure.period,
        comparator=figure.comparator or "",
        statistic=figure.statistic,
        value=figure.value,
        unit=figure.unit,
        printed=figure.printed,
        status="as-published",
        method="taken from the document",
        sources=f"{figure.document} {figure.locator}",
        note=figure.note or "",
    )
    if own is None or own.value is None:
        return Comparison(published, None, None, "", figure)
    off = own.value - figure.value
    difference = replace(
        own,
        result_id=result_id(figure.measure, figure.area, "difference_points", window),
        statistic="difference_points",
        value=off,
        unit="percentage points",
        lower=None,
        upper=None,
        numerator=None,
        denominator=None,
        printed=printing.points(off),
        method="computed - published",
        sources=f"{own.sources};{published.sources}",
        note="",
    )
    return Comparison(published, own, difference, _agreement(own.value, figure), figure)


def _agreement(value: float, figure: PublishedFigure) -> str:
    """Return how the computed value meets the printed one; see :class:`Comparison`."""
    digits = figure.printed.partition(".")[2]
    decimals = len(digits.rstrip("% ")) if digits else 0
    printed = printing.rounded(figure.value, decimals)
    if printed == printing.rounded(value, decimals):
        return "rounded"
    if printed == Decimal(repr(value)).quantize(printed, ROUND_DOWN):
        return "cut"
    return "near" if abs(value - figure.value) < Decimal(1).scaleb(-decimals) else "none"
