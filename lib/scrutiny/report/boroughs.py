"""What the borough priority review holds: a borough's page, or the overview of London."""

from __future__ import annotations

from scrutiny import places
from scrutiny.edition import Edition
from scrutiny.errors import MissingMeasure
from scrutiny.measures import Figures, Result, compare, mopac_seven, standing
from scrutiny.measures import variation as variations
from scrutiny.measures.catalogue import MOPAC_7
from scrutiny.periods import Window, financial_year
from scrutiny.registers import Registers
from scrutiny.report import continuity, published

# The one measure of which a page shows every borough: in charts, with intervals and limits.
SHOWN_OF_EVERY_BOROUGH = MOPAC_7


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
    told = _told_on_the_overview(choices, registers, edition.settings.document)
    results: list[Result] = []
    varying: dict[str, variations.Variation] = {}
    for measure in measures:
        london = compare.change(figures, measure, places.MPS, now, before)
        results += [*london, *_rate(figures, london[0], now)]
        for borough in (name for name in shown if area == name or (measure, name) in told):
            local = compare.change(figures, measure, borough, now, before)
            results += [*local, compare.gap(local[2], london[2], now)]
            results += _rate(figures, local[0], now) if area == borough else []
        if varied := variations.variation(figures, measure, area, now.last):
            varying[measure] = varied
            results += varied.results
    beside, standings = (
        _beside_london(figures, area, now, before)
        if SHOWN_OF_EVERY_BOROUGH in measures
        else ([], {})
    )
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
        "standings": standings,
        "varying": varying,
        "published": comparisons,
    }


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
    changed, standings = standing.changes(figures, measure, now, before)
    counts = [r for r in changed if r.result_id.endswith(f".count.{now.kind}")]
    rated, standings = standing.rates(figures, counts, standings, now)
    drawn = standing.funnel_areas(rated) if area == places.MPS else (area,)
    shown = [
        r
        for r in rated
        if r.area in (places.MPS, *drawn)
        or (area == places.MPS and not r.statistic.startswith("funnel"))
    ]
    return [*changed, *shown], {(measure, name): found for name, found in standings.items()}


def _choices(edition: Edition, registers: Registers, boroughs: list[str]) -> tuple:
    year = financial_year(edition.now.last)
    return tuple(
        p for p in registers.local_priorities if p.borough in boroughs and p.financial_year == year
    )


def _rate(figures: Figures, count: Result, window: Window) -> list[Result]:
    made = compare.rate_per_1000(figures, count, window)
    return [made] if made else []
