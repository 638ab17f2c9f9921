"""One measure of one area, as a dashboard asks for it: a report without an edition's folder."""

from __future__ import annotations

from types import MappingProxyType

import pandas as pd

from scrutiny import places
from scrutiny.edition import Edition
from scrutiny.edition.settings import BoroughPriorities
from scrutiny.measures import Figures, Result, compare, standing
from scrutiny.measures import variation as variations
from scrutiny.periods import Window
from scrutiny.registers import Registers
from scrutiny.report.build import used
from scrutiny.report.model import Report

REPORT = "borough-priorities"  # whose words, charts and tables are about one area beside London
MONTHS = 36  # of a trend, where the files hold them


def explored(
    figures: Figures,
    registers: Registers,
    measure: str,
    area: str,
    kind: str,
    last: pd.Period,
    *,
    boroughs: bool = False,
    rates: bool = False,
) -> Report:
    """Return the report of a measure and an area, over the window of a kind up to a month.

    It holds the counts, the change and the rate of the area and of London, the months against
    their usual variation and, with ``boroughs``, each borough's change or, with ``rates``, each
    rate (of a borough's report its own alone) with the limits of chance. Raises
    :class:`scrutiny.errors.MissingMonths` for months that the files lack.
    """
    settings = BoroughPriorities(title="Explore", data_to=str(last), compare=kind, status="draft")
    edition = Edition(REPORT, str(last), settings, MappingProxyType({}))
    now, before = edition.now, edition.before
    results: list[Result] = []
    for shown in dict.fromkeys((area, places.MPS)):
        if figures.has(measure, shown):
            changed = compare.change(figures, measure, shown, now, before)
            rate = compare.rate_per_1000(figures, changed[0], now)
            results += [*changed, *([rate] if rate else [])]
    varied, standings = None, {}
    if boroughs or rates:
        made, standings = _every_borough(figures, measure, area, now, before, rates=rates)
        results += made
    else:
        varied = variations.variation(figures, measure, area, last, MONTHS)
        if varied and any(segment.lines for segment in varied.segments):
            results += varied.results
        else:
            varied = None
            for window in (now, before):
                results += compare.monthly(figures, measure, area, window)
    numbers = {result.result_id: result for result in results}
    return Report(
        edition=edition,
        area=area,
        part="" if area == places.MPS else places.place(area).folder,
        numbers=MappingProxyType(numbers),
        measures=(measure,),
        registers=registers,
        files=used(figures, numbers.values()),
        compared={measure: figures.comparability(measure, area, before, now)},
        standings=MappingProxyType({(measure, b): found for b, found in standings.items()}),
        varying=MappingProxyType({measure: varied} if varied else {}),
    )


def _every_borough(
    figures: Figures, measure: str, area: str, now: Window, before: Window, *, rates: bool
) -> tuple[list[Result], dict[str, standing.Standing]]:
    changed, stood = standing.changes(figures, measure, now, before)
    if not rates:
        return changed, stood
    counts = [r for r in changed if r.result_id.endswith(f".count.{now.kind}")]
    rated, stood = standing.rates(figures, counts, stood, now)
    if area == places.MPS:
        return rated, stood
    return [r for r in rated if r.area in (area, places.MPS)], stood
