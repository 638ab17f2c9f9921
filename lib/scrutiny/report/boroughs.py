"""What the borough priority review holds: a borough's page, or the overview of London."""

from __future__ import annotations

from itertools import takewhile

from scrutiny import places
from scrutiny.edition import Edition
from scrutiny.errors import MissingMeasure
from scrutiny.measures import Figures, Result, compare, mopac_seven
from scrutiny.measures.catalogue import MOPAC_7
from scrutiny.periods import Window, financial_year, month
from scrutiny.registers import Registers
from scrutiny.report import continuity, published

MONTHS_OF_A_TREND = 24


def wanted(edition: Edition, registers: Registers, area: str) -> tuple[str, ...]:
    """Return the measures that an edition is to compare, in order."""
    return (*mopac_seven(), MOPAC_7)


def contents(edition: Edition, figures: Figures, registers: Registers, area: str) -> dict:
    """Return the fields of the page: each crime of the area against London, with the gap.

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
    results: list[Result] = []
    for measure in measures:
        london = compare.change(figures, measure, places.MPS, now, before)
        results += [*london, *_rate(figures, london[0], now)]
        for borough in shown:
            local = compare.change(figures, measure, borough, now, before)
            gap = compare.gap(local[2], london[2], now)
            results += [*local, gap, *_rate(figures, local[0], now)]
        results += _trend(figures, measure, area, now)
    computed = {result.result_id: result for result in results}
    comparisons, as_published = published.compare(
        registers,
        edition.settings.document,
        {*shown, places.MPS},
        (now, before),
        computed,
    )
    return {
        "results": [*results, *as_published],
        "measures": measures,
        "missing_measures": tuple(m for m in listed if not figures.has(m, shown[0])),
        "ended": ended,
        "choices": choices,
        "published": comparisons,
    }


def _choices(edition: Edition, registers: Registers, boroughs: list[str]) -> tuple:
    year = financial_year(edition.now.last)
    return tuple(
        p for p in registers.local_priorities if p.borough in boroughs and p.financial_year == year
    )


def _rate(figures: Figures, count: Result, window: Window) -> list[Result]:
    made = compare.rate_per_1000(figures, count, window)
    return [made] if made else []


def _trend(figures: Figures, measure: str, area: str, now: Window) -> list[Result]:
    """Return the unbroken run of months up to the window's end that the files hold, 24 at most."""
    held = set(figures.series(measure, area).index)
    longest = Window("window", now.last - (MONTHS_OF_A_TREND - 1), now.last)
    run = list(takewhile(held.__contains__, reversed(longest.months)))
    return compare.monthly(figures, measure, area, Window("window", month(run[-1]), now.last))
