"""What the committee's monthly report holds."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from scrutiny import places
from scrutiny.edition import Edition
from scrutiny.errors import MissingMeasure
from scrutiny.measures import Figures, Result, compare, mopac_seven
from scrutiny.measures import variation as variations
from scrutiny.measures.catalogue import MOPAC_7
from scrutiny.measures.challenge import Challenge, by_borough, by_crime
from scrutiny.measures.summaries import Summary, summary
from scrutiny.measures.trajectory import YEARS, trajectory
from scrutiny.measures.victims import victims
from scrutiny.periods import Window, financial_year_window
from scrutiny.registers import Registers
from scrutiny.report import continuity, finance, listing, published, records

CHALLENGE = "mopac-challenge"


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
    # Those that a cell of the notebook may draw month by month.
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
    challenge = _challenge(edition, figures)
    results += challenge.results if challenge else []
    aims = _aims(registers, figures, now.last)
    results += [each.year or each.latest for each in aims.values()]
    # A month may be a point of a trend and of the line; it is the same number.
    computed = {result.result_id: result for result in results}
    comparisons, as_published = published.compare(
        registers, settings.document, [places.MPS], (now, before), computed
    )
    spoken, as_said = published.said(registers, settings.hearings, figures, computed)
    window = settings.reporting_period
    meetings = sorted(
        (m for m in registers.meetings if m.document == settings.document),
        key=lambda m: m.date,
    )
    listed = listing.listing(figures, registers, now.last)
    computed |= {n.result_id: n for each in listed.summaries for n in each.line}
    computed |= {n.result_id: n for n in listing.counts(listed, settings.meeting)}
    spent = finance.finance(registers, settings.meeting, now.last)
    kept = records.records(registers, settings.meeting, settings.registers_since)
    computed |= {n.result_id: n for n in (*spent.results, *kept.results)}
    shown = tuple(chosen.measure for chosen in listed.chosen)
    varying |= {s.measure: s.varying for s in listed.summaries if s.measure in shown and s.varying}
    computed |= {n.result_id: n for m in shown for n in varying[m].results}
    return {
        "results": [*computed.values(), *as_published, *as_said],
        "listing": listed,
        "finance": spent,
        "records": kept,
        "measures": measures,
        "varying": varying,
        "challenge": challenge,
        "aims": aims,
        "shares": shares,
        "missing_measures": tuple(
            m for m in (*asked_for, *settings.shares) if not figures.has(m, area)
        ),
        "ended": (*ended, *ended_shares),
        "published": (*comparisons, *spoken),
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


def _challenge(edition: Edition, figures: Figures) -> Challenge | None:
    """Return where the seven crimes together stand against the baseline year, if they compare."""
    year = edition.settings.baseline_year
    crimes = by_crime(figures, financial_year_window(year), edition.now.last) if year else ()
    total = tuple(position for position in crimes if position.measure == MOPAC_7)
    return Challenge(total) if total else None


def _aims(registers: Registers, figures: Figures, last: pd.Period) -> dict[str, Summary]:
    """Return what the files hold of each measure that an aim was set for, up to the month."""
    found = {
        target.measure: summary(figures, target.measure, places.MPS, last)
        for target in registers.targets
        if target.measure and figures.has(target.measure)
    }
    return {measure: each for measure, each in found.items() if each}


def parts(edition: Edition, registers: Registers) -> list[str]:
    """Return the parts of an edition: a portfolio each, and the MOPAC Challenge while it runs."""
    year = edition.settings.baseline_year
    after = edition.now.last.year - financial_year_window(year).last.year if year else -1
    challenge = [CHALLENGE] if 0 <= after <= YEARS else []
    return [*challenge, records.PART, *listing.parts(registers, edition.settings.portfolios)]


def part_contents(
    edition: Edition, figures: Figures, registers: Registers, part: str
) -> dict[str, Any]:
    """Return the fields of the page of a part."""
    now, before = edition.now, edition.before
    if part == records.PART:
        since = edition.settings.registers_since
        kept = records.records(registers, edition.settings.meeting, since)
        spent = finance.finance(registers, edition.settings.meeting, now.last)
        return {
            "results": [*kept.results, *spent.results],
            "measures": (),
            "records": kept,
            "finance": spent,
        }
    if part != CHALLENGE:
        made = listing.part_contents(figures, registers, part, now, before)
        found = victims(figures, now.last) if part == f"{listing.PART}violence" else None
        made["results"] += found.results if found else []
        return made | {"victims": found}
    baseline = financial_year_window(edition.settings.baseline_year)
    crimes = by_crime(figures, baseline, now.last)
    found = Challenge(crimes, by_borough(figures, baseline, now.last)) if crimes else None
    line = trajectory(figures, MOPAC_7, places.MPS, baseline, now.last)
    measures = tuple(m for m in (*mopac_seven(), MOPAC_7) if figures.has(m))
    results = [n for m in measures for n in compare.change(figures, m, places.MPS, now, before)]
    results += [*(found.results if found else []), *(line.results if line else [])]
    return {
        "results": list({result.result_id: result for result in results}.values()),
        "measures": measures,
        "trajectory": line,
        "challenge": found,
    }
