"""What the committee's monthly report holds."""

from __future__ import annotations

from collections.abc import Iterable

from scrutiny import places
from scrutiny.edition import Edition
from scrutiny.errors import MissingMeasure
from scrutiny.measures import Figures, Result, compare, mopac_seven
from scrutiny.measures import trajectory as trajectories
from scrutiny.measures import variation as variations
from scrutiny.measures.catalogue import MOPAC_7
from scrutiny.periods import Window, financial_year_window
from scrutiny.registers import Registers
from scrutiny.report import continuity, listing, published


def wanted(edition: Edition, registers: Registers, area: str) -> tuple[str, ...]:
    """Return the measures that an edition is to compare, in order."""
    return tuple(dict.fromkeys([*edition.settings.measures, *mopac_seven(), MOPAC_7]))


def contents(edition: Edition, figures: Figures, registers: Registers, area: str) -> dict:
    """Return the fields of the report: results, measures, register rows of the reporting period.

    Raises :class:`scrutiny.errors.MissingMonths` for months that the files lack, and
    :class:`scrutiny.errors.MissingMeasure` where they hold none of the report's measures.
    """
    settings = edition.settings
    asked_for = wanted(edition, registers, area)
    measures, ended = continuity.living(figures, asked_for, area, edition.now.last)
    if not measures:
        raise MissingMeasure(
            f"{edition.target}: the files hold none of its measures for {area}; "
            "give the folder that has them with --data"
        )
    now, before = edition.now, edition.before
    results: list[Result] = []
    # Those that the page follows month by month: a number that no page shows is no result.
    followed = [m for m in measures if m in (*settings.measures, MOPAC_7)]
    found = {m: variations.variation(figures, m, area, now.last) for m in followed}
    varying = {measure: variation for measure, variation in found.items() if variation}
    for measure in measures:
        changed = compare.change(figures, measure, area, now, before)
        results += changed
        if changed[2].comparable:
            results += compare.monthly(figures, measure, area, before)
        results += compare.monthly(figures, measure, area, now)
        results += varying[measure].results if measure in varying else []
    shares, ended_shares = continuity.living(figures, settings.shares, area, edition.now.last)
    for measure in shares:
        results += compare.share(figures, measure, area, now, before)
    results += _baseline(figures, measures, area, settings.baseline_year)
    trajectory = _trajectory(edition, figures, measures, area)
    results += trajectory.results if trajectory else []
    # A month may be a point of a trend and of the line; it is the same number.
    computed = {result.result_id: result for result in results}
    comparisons, as_published = published.compare(
        registers, settings.document, [places.MPS], (now, before), computed
    )
    window = settings.reporting_period
    meetings = sorted(
        (m for m in registers.meetings if m.document == settings.document),
        key=lambda m: m.date,
    )
    listed = listing.listing(figures, registers, now.last)
    computed |= {n.result_id: n for each in listed.summaries for n in each.line}
    computed |= {n.result_id: n for n in listing.counts(listed, settings.meeting)}
    shown = {chosen.measure for chosen in listed.chosen}
    varying |= {s.measure: s.varying for s in listed.summaries if s.measure in shown and s.varying}
    computed |= {n.result_id: n for m in shown for n in varying[m].results}
    return {
        "results": [*computed.values(), *as_published],
        "listing": listed,
        "measures": measures,
        "varying": varying,
        "trajectory": trajectory,
        "shares": shares,
        "missing_measures": tuple(
            m for m in (*asked_for, *settings.shares) if not figures.has(m, area)
        ),
        "ended": (*ended, *ended_shares),
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


def _trajectory(
    edition: Edition, figures: Figures, measures: Iterable[str], area: str
) -> trajectories.Trajectory | None:
    """Return where the MOPAC 7 stand against the line, where the edition names its baseline."""
    year = edition.settings.baseline_year
    if year is None or MOPAC_7 not in measures:
        return None
    baseline = financial_year_window(year)
    return trajectories.trajectory(figures, MOPAC_7, area, baseline, edition.now.last)
