"""What the committee's monthly report holds."""

from __future__ import annotations

from collections.abc import Iterable

from scrutiny import places
from scrutiny.edition import Edition
from scrutiny.errors import MissingMeasure
from scrutiny.measures import Figures, Result, compare, mopac_seven
from scrutiny.measures.catalogue import MOPAC_7
from scrutiny.periods import Window, financial_year_window
from scrutiny.registers import Registers
from scrutiny.report import published


def contents(edition: Edition, figures: Figures, registers: Registers, area: str) -> dict:
    """Return the fields of the report: results, measures, register rows of the reporting period.

    Raises :class:`scrutiny.errors.MissingMonths` for months that the files lack, and
    :class:`scrutiny.errors.MissingMeasure` where they hold none of the report's measures.
    """
    settings = edition.settings
    wanted = tuple(dict.fromkeys([*settings.measures, *mopac_seven(), MOPAC_7]))
    measures = tuple(m for m in wanted if figures.has(m, area))
    if not measures:
        raise MissingMeasure(
            f"{edition.target}: the files hold none of its measures for {area}; "
            "give the folder that has them with --data"
        )
    now, before = edition.now, edition.before
    results: list[Result] = []
    for measure in measures:
        results += compare.change(figures, measure, area, now, before)
        results += compare.monthly(figures, measure, area, before)
        results += compare.monthly(figures, measure, area, now)
    shares = tuple(m for m in settings.shares if figures.has(m, area))
    for measure in shares:
        results += compare.share(figures, measure, area, now, before)
    results += _baseline(figures, measures, area, settings.baseline_year)
    computed = {result.result_id: result for result in results}
    comparisons, as_published = published.compare(
        registers, settings.document, [places.MPS], (now, before), computed
    )
    window = settings.reporting_period
    meetings = sorted(
        (m for m in registers.meetings if m.document == settings.document),
        key=lambda m: m.date,
    )
    return {
        "results": [*results, *as_published],
        "measures": measures,
        "shares": shares,
        "missing_measures": tuple(
            m for m in (*wanted, *settings.shares) if m not in (*measures, *shares)
        ),
        "published": comparisons,
        "held": tuple(
            m for m in meetings if m.attendance == "held" and window.first <= m.date <= window.last
        ),
        "upcoming": tuple(
            m for m in meetings if m.attendance == "upcoming" and m.date > window.last
        ),
        "decisions": tuple(d for d in registers.decisions if d.document == settings.document),
    }


def _baseline(
    figures: Figures, measures: Iterable[str], area: str, year: str | None
) -> list[Result]:
    """Return the counts of the MOPAC Challenge's baseline year, where the edition names it."""
    if year is None:
        return []
    window: Window = financial_year_window(year)
    name = f"fy{year.replace('/', '-')}"
    return [
        compare.count(figures, measure, area, window, name=name)
        for measure in measures
        if measure in (*mopac_seven(), MOPAC_7)
    ]
