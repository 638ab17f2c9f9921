"""What the partners' scorecard holds: each indicator in its windows, and against its usual self."""

from __future__ import annotations

from dataclasses import dataclass

from scrutiny import places
from scrutiny.edition import Edition
from scrutiny.errors import FaultyEdition, MissingMeasure
from scrutiny.measures import Figures, Result, catalogue, compare
from scrutiny.measures import variation as variations
from scrutiny.measures.suppression import SUPPRESSED, suppressed, untold, without_low_bases
from scrutiny.measures.variation import Variation
from scrutiny.periods import Window, window
from scrutiny.registers import Registers, ScorecardChange
from scrutiny.report import continuity

POINTS = 24  # months or weeks that the latest one is set against
FEWEST_A_POINT = 5  # on average; limits of rarer counts would call a usual month unusual


@dataclass(frozen=True)
class Scorecard:
    """The indicators by portfolio, the windows that they are shown in, and those that left.

    ``windows`` are pairs: the window and the same a year before.
    """

    portfolios: tuple[tuple[str, tuple[str, ...]], ...]
    windows: tuple[tuple[Window, Window], ...]
    left: tuple[ScorecardChange, ...]


def wanted(edition: Edition, registers: Registers, area: str) -> tuple[str, ...]:
    """Return the indicators of an edition, in order."""
    return edition.settings.listed


def contents(edition: Edition, figures: Figures, registers: Registers, area: str) -> dict:
    """Return the fields of the page: results, indicators, the latest months of each.

    Raises :class:`scrutiny.errors.MissingMonths` for months that the files lack, and
    :class:`scrutiny.errors.MissingMeasure` where they hold none of the indicators.
    """
    settings = edition.settings
    alive, ended = continuity.living(figures, settings.listed, area, settings.data_to)
    measures = tuple(m for m in alive if not catalogue()[m].share_of)
    shares = tuple(m for m in alive if catalogue()[m].share_of)
    if not measures:
        raise MissingMeasure(
            f"{edition.target}: the files hold none of its indicators for {area}; "
            "give the folder that has them with --data"
        )
    windows = tuple(
        (now, now.a_year_earlier())
        for kind in settings.windows
        for now in [window(kind, settings.data_to)]
    )
    results: list[Result] = []
    for now, before in windows:
        for measure in measures:
            made = compare.change(figures, measure, area, now, before)
            hidden = area in untold(figures, measure, now, before)
            results += suppressed(made) if hidden else without_low_bases(made)
        for measure in shares:
            results += compare.share(figures, measure, area, now, before)
    if area != places.MPS:
        beside = [compare.change(figures, m, places.MPS, *windows[-1])[:3] for m in measures]
        results += [number for changed in beside for number in changed]
    latest = f".count.{settings.compare}"
    not_told = {
        r.measure for r in results if r.status == SUPPRESSED and r.result_id.endswith(latest)
    }
    found = {
        m: variations.variation(figures, m, area, settings.data_to, POINTS)
        for m in measures
        if m not in not_told
    }
    varying = {m: varied for m, varied in found.items() if varied and _is_frequent(varied)}
    for varied in varying.values():
        results += [varied.months[-1].point, *varied.segments[-1].lines.values()]
    known = {*alive, *(each.measure for each in ended)}
    return {
        "results": results,
        "measures": measures,
        "shares": shares,
        "varying": varying,
        "ended": ended,
        "missing_measures": tuple(m for m in settings.listed if m not in known),
        "scorecard": Scorecard(
            tuple(settings.indicators.items()),
            windows,
            _left(edition, registers),
        ),
    }


def _is_frequent(varied: Variation) -> bool:
    counts = [month.count.value for month in varied.months]
    return sum(counts) >= FEWEST_A_POINT * len(counts)


def refuse_departures(edition: Edition, previous: Edition | None, registers: Registers) -> None:
    """Refuse a scorecard that has lost an indicator of the last one without a recorded decision.

    Raises :class:`scrutiny.errors.FaultyEdition` that names each.
    """
    if previous is None:
        return
    recorded = {change.indicator for change in _left(edition, registers)}
    gone = [
        m
        for m in previous.settings.listed
        if m not in edition.settings.listed and m not in recorded
    ]
    if gone:
        raise FaultyEdition(
            f"{edition.target}/edition.yml: {', '.join(gone)} was on {previous.target} and is on "
            "this scorecard no more; put it back, or record the decision, the reason and what "
            "replaces it in scorecard-changes.csv"
        )


def _left(edition: Edition, registers: Registers) -> tuple[ScorecardChange, ...]:
    last = edition.now.months[-1]
    return tuple(c for c in registers.scorecard_changes if c.left_on <= last[: len(c.left_on)])
