"""One measure of one area, as it can be explored: in a dashboard, and page by page without it."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import replace
from types import MappingProxyType
from typing import Any

import pandas as pd

from scrutiny import places
from scrutiny.edition import EXPLORE, Edition
from scrutiny.edition.settings import Explore
from scrutiny.errors import MissingMeasure, MissingMonths, UnknownPlace, near
from scrutiny.measures import Figures, Result, catalogue, compare, standing
from scrutiny.measures import variation as variations
from scrutiny.measures.suppression import SENSITIVE
from scrutiny.periods import month, window
from scrutiny.registers import Registers
from scrutiny.report.model import Report
from scrutiny.report.reading import used

MONTHS = 36  # of a trend, where the files hold them
TREND, BOROUGHS, RATES = "trend", "boroughs", "rates"


def ends(figures: Figures, measure: str, area: str, kind: str) -> Iterator[str]:
    """Yield the months with which a comparison can end, the latest first."""
    held = set(figures.held(measure, area))
    for name in sorted(held, reverse=True):
        now = window(kind, month(name))
        if held.issuperset(now.months) and held.issuperset(now.a_year_earlier().months):
            yield name


def areas(figures: Figures, measure: str) -> list[str]:
    """Return the boroughs for which a measure can be explored; none where victims are few."""
    if measure in SENSITIVE:
        return []
    return [p.name for p in places.boroughs() if figures.has(measure, p.name)]


def offered(figures: Figures) -> list[str]:
    """Return the measures that can be explored: counts that 12 months of London compare for."""
    return [
        measure
        for measure in catalogue()
        if _is_count(measure) and next(ends(figures, measure, places.MPS, "12m"), None)
    ]


def _is_count(measure: str) -> bool:
    entry = catalogue()[measure]
    return not (entry.share_of or entry.level or entry.unit == "fraction")


def explored(
    figures: Figures,
    registers: Registers,
    measure: str,
    area: str,
    kind: str,
    last: pd.Period,
    pictures: Container[str],
) -> Report:
    """Return the report of a measure and an area, over the window of a kind up to a month.

    It needs no edition's folder. Raises :class:`scrutiny.errors.MissingMonths` for months that the
    files lack.
    """
    settings = Explore(title="Explore", data_to=str(last), compare=kind, status="draft")
    edition = Edition(EXPLORE, str(last), settings, MappingProxyType({}))
    made = _of_a_measure(figures, edition, measure, area, pictures)
    results = made.pop("results")
    return Report(
        edition=edition,
        area=area,
        part=measure,
        numbers=MappingProxyType({result.result_id: result for result in results}),
        registers=registers,
        files=used(figures, results),
        **made,
    )


def parts(edition: Edition, figures: Figures) -> dict[str, str]:
    """Return the measures that have a page in an edition, each with its last month.

    That is the edition's, or an earlier one with which its months end.
    """
    return {m: end for m in catalogue() if (end := _end(edition, figures, m))}


def _end(edition: Edition, figures: Figures, measure: str) -> str:
    """Return the last month with which a measure compares in an edition; empty without one."""
    if not _is_count(measure):
        return ""
    kind, last = edition.settings.compare, str(edition.settings.data_to)
    return next((n for n in ends(figures, measure, places.MPS, kind) if n <= last), "")


def edition_of(edition: Edition, figures: Figures, part: str) -> Edition:
    """Return an edition as the page of a measure has it: up to the measure's own last month.

    Raises :class:`scrutiny.errors.UnknownPlace` for what is no measure of the edition.
    """
    end = _end(edition, figures, part) if part in catalogue() else ""
    if not end:
        known = parts(edition, figures)
        raise UnknownPlace(f"{edition.target} has no part {part!r}{near(part, known)}")
    settings = edition.settings.model_copy(update={"data_to": month(end)})
    return replace(edition, settings=settings)


def contents(edition: Edition, figures: Figures, part: str) -> dict:
    """Return the fields of a page: of a measure for London, or of all of them in a line each.

    Raises :class:`scrutiny.errors.MissingMeasure` where the files hold none.
    """
    if part:
        try:
            return _of_a_measure(figures, edition, part, places.MPS, {TREND, BOROUGHS, RATES})
        except (MissingMeasure, MissingMonths):  # the files do not hold every borough
            return _of_a_measure(figures, edition, part, places.MPS, {TREND})
    known = parts(edition, figures)
    if not known:
        raise MissingMeasure(
            f"{edition.target}: the files hold no measure up to {edition.settings.data_to} for as "
            "long as it compares; give the folder of one that does with --data"
        )
    results: list[Result] = []
    for measure, end in known.items():
        now = window(edition.settings.compare, month(end))
        results += compare.change(figures, measure, places.MPS, now, now.a_year_earlier())
    return {"results": results, "measures": tuple(known)}


def _of_a_measure(
    figures: Figures, edition: Edition, measure: str, area: str, pictures: Container[str]
) -> dict[str, Any]:
    """Return the fields of the report of one measure and area.

    Its numbers are the counts, the change and the rate of the area and of London; for the picture
    ``trend`` the months against their usual variation; for ``boroughs`` each borough's change; for
    ``rates`` each rate (of a borough's report its own alone) with the limits of chance. Raises
    :class:`scrutiny.errors.MissingMeasure` for a borough's figures of a measure with few victims.
    """
    now, before = edition.now, edition.before
    if measure in SENSITIVE and (area != places.MPS or BOROUGHS in pictures or RATES in pictures):
        raise MissingMeasure(
            f"{catalogue()[measure].name} is told for London alone: in a borough and a month there "
            "are too few victims"
        )
    results: list[Result] = []
    for shown in dict.fromkeys((area, places.MPS)):
        if figures.has(measure, shown):
            changed = compare.change(figures, measure, shown, now, before)
            rate = compare.rate_per_1000(figures, changed[0], now)
            results += [*changed, *([rate] if rate else [])]
    standings: dict[str, standing.Standing] = {}
    if BOROUGHS in pictures or RATES in pictures:
        changed, standings = standing.changes(figures, measure, now, before)
        results += changed if BOROUGHS in pictures else []
        if RATES in pictures:
            rated, standings = standing.rates(figures, changed, standings, now)
            results += _shown_of_rates(rated, area)
    varied = None
    if TREND in pictures:
        varied = variations.variation(figures, measure, area, edition.settings.data_to, MONTHS)
        if varied and any(segment.lines for segment in varied.segments):
            results += varied.results
        else:
            varied = None
            for shown in (now, before):
                results += compare.monthly(figures, measure, area, shown)
    return {
        "results": list({result.result_id: result for result in results}.values()),
        "measures": (measure,),
        "compared": {measure: figures.comparability(measure, area, before, now)},
        "standings": MappingProxyType({(measure, b): found for b, found in standings.items()}),
        "varying": MappingProxyType({measure: varied} if varied else {}),
    }


def _shown_of_rates(rated: list[Result], area: str) -> list[Result]:
    """Return a borough's own rate and limits; for London every rate, and limits of three sizes."""
    if area != places.MPS:
        return [r for r in rated if r.area in (area, places.MPS)]
    drawn = standing.funnel_areas(rated)
    return [r for r in rated if r.area in drawn or not r.statistic.startswith("funnel")]
