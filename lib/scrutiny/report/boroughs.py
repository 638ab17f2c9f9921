"""What the borough priority review holds: a borough's page, or the overview of London."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from scrutiny import places
from scrutiny.edition import Edition
from scrutiny.errors import MissingMeasure
from scrutiny.measures import Figures, Result, catalogue, compare, mopac_seven, standing
from scrutiny.measures import variation as variations
from scrutiny.measures.baseline import baseline, claim, not_chosen
from scrutiny.measures.catalogue import MOPAC_7
from scrutiny.measures.context import context
from scrutiny.measures.gaps import IN_A_ROW, IN_A_SENTENCE, Gaps, beating, gaps
from scrutiny.periods import Window, financial_year
from scrutiny.registers import Registers
from scrutiny.report import continuity, published

# The one measure of which a page shows every borough: in charts, with intervals and limits.
SHOWN_OF_EVERY_BOROUGH = MOPAC_7
MONTHS = 36  # of a trend, where the files hold them
LED_WITH = 2  # crimes, where no choice is on record
EDITIONS_KEPT = 16


def wanted(edition: Edition, registers: Registers, area: str) -> tuple[str, ...]:
    """Return the measures that an edition is to compare, in order."""
    return (*mopac_seven(), MOPAC_7)


def contents(edition: Edition, figures: Figures, registers: Registers, area: str) -> dict:
    """Return the fields of the page: each crime of the area against London, with the gap.

    The overview has every borough for one measure, and each crime where it was chosen: a page of
    each crime of each borough would be too long to read, and to send.

    Raises :class:`scrutiny.errors.MissingMonths` for months that the files lack, and
    :class:`scrutiny.errors.MissingMeasure` where they do not hold the crimes by borough.
    """
    shown = [p.name for p in places.boroughs()] if area == places.MPS else [area]
    choices = _choices(edition, registers, shown)
    # A choice that no file holds is told with the choice itself, as published.
    chosen = (
        [] if area == places.MPS else [c.measure for c in choices if figures.has(c.measure, area)]
    )
    listed = tuple(dict.fromkeys([*chosen, *wanted(edition, registers, area)]))
    measures, ended = continuity.living(figures, listed, shown[0], edition.now.last)
    if not measures:
        raise MissingMeasure(
            f"{edition.target}: the files hold none of the seven crimes by borough; "
            "give the folder of a borough file with --data"
        )
    now, before = edition.now, edition.before
    held, _ = continuity.living(
        figures, tuple(dict.fromkeys(c.measure for c in choices)), shown[0], now.last
    )
    known = [choice for choice in choices if choice.measure in held]
    tested = {m: gaps(figures, m, now, before) for m in dict.fromkeys([*measures, *held])}
    told = _told_on_the_overview(choices, registers, edition.settings.document)
    leading = _leading(choices, tested, area)
    choosers = {choice.borough for choice in choices}
    results: list[Result] = []
    for measure, found in tested.items():
        london = found.changes[places.MPS]
        results += [*london, found.dispersion]
        results += _rate(figures, london[0], now) if measure in measures else []
        for borough in _shown(area, measure, leading, told):
            results += found.changes[borough]
            if borough == area:
                results += found.results(borough)
            elif (measure, borough) in told:
                results += found.results_in(borough, IN_A_SENTENCE)
            elif area != places.MPS or borough not in choosers:
                results += found.results_in(borough, IN_A_ROW)
        results += (
            beating(found) if area == places.MPS else _rate(figures, found.changes[area][0], now)
        )
    # The overview is long: its trend is that of the seven crimes together.
    varying = {
        measure: varied
        for measure in measures
        if (area != places.MPS or measure == SHOWN_OF_EVERY_BOROUGH)
        and (varied := variations.variation(figures, measure, area, now.last, MONTHS))
    }
    results += [number for varied in varying.values() for number in varied.results]
    results += _of_choices(choices, known, tested, area)
    results += context(figures, area, now, before)
    beside, standings = (
        _beside_london(figures, area, now, before)
        if SHOWN_OF_EVERY_BOROUGH in measures
        else ([], {})
    )
    for measure in leading:
        rated, placed = _rate_of_its_own(figures, tested[measure], area, now)
        beside, standings = [*beside, *rated], standings | placed
    computed = {result.result_id: result for result in [*results, *beside]}
    comparisons, as_published = published.compare(
        registers,
        edition.settings.document,
        {*shown, places.MPS},
        (now, before),
        computed,
    )
    return {
        "results": [*computed.values(), *as_published],
        "measures": measures,
        "missing_measures": tuple(m for m in listed if not figures.has(m, shown[0])),
        "ended": ended,
        "choices": choices,
        "leading": leading,
        "standings": standings,
        "varying": varying,
        "published": comparisons,
    }


def _shown(
    area: str, measure: str, leading: tuple[str, ...], told: set[tuple[str, str]]
) -> list[str]:
    """Return the boroughs that a page shows for a crime.

    Its own, with the neighbours for a crime that it leads with; on the overview every borough for
    one measure, and for each crime those that it tells of.
    """
    if area != places.MPS:
        return [area, *(places.neighbours(area) if measure in leading else ())]
    every = [place.name for place in places.boroughs()]
    return [b for b in every if measure == SHOWN_OF_EVERY_BOROUGH or (measure, b) in told]


def _leading(choices: tuple, tested: Mapping[str, Gaps], area: str) -> tuple[str, ...]:
    """Return the crimes that a borough's page leads with.

    Those that it chose, or the one that a chosen crime is part of where no file holds that alone;
    without a choice on record the two whose change differs most from London's.
    """
    if area == places.MPS:
        return ()
    chosen = [c.measure if c.measure in tested else catalogue()[c.measure].part_of for c in choices]
    if found := tuple(dict.fromkeys(measure for measure in chosen if measure in tested)):
        return found
    gap = {
        measure: found.results(area)[0].value
        for measure, found in tested.items()
        if measure != MOPAC_7
    }
    known = [measure for measure, value in gap.items() if value is not None]
    return tuple(sorted(known, key=lambda measure: -abs(gap[measure]))[:LED_WITH])


def _of_choices(choices: tuple, known: list, tested: Mapping[str, Gaps], area: str) -> list[Result]:
    """Return a borough's chosen crimes against the others; for London, all choices together."""
    if not choices:
        return []
    if area == places.MPS:
        return claim([(c.borough, tested[c.measure]) for c in known])
    others = not_chosen(c.measure for c in choices)
    return baseline(
        [tested[c.measure] for c in known],
        [tested[measure] for measure in others if measure in tested],
        area,
    )


def _told_on_the_overview(
    choices: tuple, registers: Registers, document: str | None
) -> set[tuple[str, str]]:
    """Return the crimes and boroughs that the overview tells of: chosen, or in the document."""
    return {(choice.measure, choice.borough) for choice in choices} | {
        (figure.measure, figure.area)
        for figure in registers.published_figures
        if figure.document == document
    }


def _beside_london(
    figures: Figures, area: str, now: Window, before: Window
) -> tuple[list[Result], dict[tuple[str, str], standing.Standing]]:
    """Return every borough's change and rate beside London's, and how each stands.

    A borough's page shows every change, but the rate and the funnel of its own alone. The
    overview draws the funnel through three boroughs.
    """
    measure = SHOWN_OF_EVERY_BOROUGH
    changed, rated, standings = _every_borough(figures, measure, now, before)
    drawn = standing.funnel_areas(rated) if area == places.MPS else (area,)
    shown = [
        r
        for r in rated
        if r.area in (places.MPS, *drawn)
        or (area == places.MPS and not r.statistic.startswith("funnel"))
    ]
    return [*changed, *shown], {(measure, name): found for name, found in standings.items()}


# The same on each page of an edition.
@lru_cache(maxsize=EDITIONS_KEPT)
def _every_borough(
    figures: Figures, measure: str, now: Window, before: Window
) -> tuple[tuple[Result, ...], tuple[Result, ...], Mapping[str, standing.Standing]]:
    changed, standings = standing.changes(figures, measure, now, before)
    rated, standings = standing.rates(figures, changed, standings, now)
    return tuple(changed), tuple(rated), MappingProxyType(standings)


def _rate_of_its_own(
    figures: Figures, found: Gaps, area: str, now: Window
) -> tuple[list[Result], dict[tuple[str, str], standing.Standing]]:
    """Return a borough's rate of a crime that its page leads with, in the funnel of all."""
    counts = [count for count, *_ in found.changes.values()]
    rated, placed = standing.rates(figures, counts, {}, now)
    own = [r for r in rated if r.area in (places.MPS, area)]
    return own, {(found.measure, name): at for name, at in placed.items()}


def _choices(edition: Edition, registers: Registers, boroughs: list[str]) -> tuple:
    year = financial_year(edition.now.last)
    return tuple(
        p for p in registers.local_priorities if p.borough in boroughs and p.financial_year == year
    )


def _rate(figures: Figures, count: Result, window: Window) -> list[Result]:
    made = compare.rate_per_1000(figures, count, window)
    return [made] if made else []
