"""Where each borough stands in London: its change, and its rate, against what chance allows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from scrutiny import places, statistics
from scrutiny.measures import compare, printing
from scrutiny.measures.figures import Figures
from scrutiny.measures.results import Result, result_id
from scrutiny.periods import Window

ABOVE, WITHIN, BELOW, UNKNOWN = "above", "within", "below", "unknown"
# The funnel's limits: how sure, and the tag of their results.
LIMITS = ((0.95, "95"), (0.998, "99-8"))


@dataclass(frozen=True)
class Standing:
    """How one borough stands beside the MPS in one measure.

    ``change``: whether the whole interval of its change is ``above`` or ``below`` the change of
    the MPS, or takes it in (``within``). ``rate``: the label of its rate in the funnel, ``High
    (0.001)``, ``Low (0.025)`` or ``Not significant``; empty without residents.
    """

    change: str
    rate: str = ""


@dataclass(frozen=True)
class Ends:
    """The boroughs with the highest and the lowest change.

    ``limits`` are those of both, lower and upper, widened for a comparison of all boroughs;
    ``apart`` whether they part the two, so that chance does not explain which is which.
    """

    highest: Result
    lowest: Result
    limits: tuple[Result, ...]
    apart: bool


def ends(changes: Iterable[Result]) -> Ends | None:
    """Return the boroughs at both ends of the changes; None where a change is not known.

    ``changes`` are the results ``change_percent`` of all boroughs.
    """
    known = list(changes)
    if not known or any(change.value is None for change in known):
        return None
    found = statistics.extremes(
        [change.denominator for change in known], [change.numerator for change in known]
    )
    highest, lowest = known[found.highest], known[found.lowest]
    tag = f"of-{len(known)}-boroughs"
    method = f"{compare.LOG_RATIO}, widened for {len(known)} boroughs (Sidak) and their dispersion"
    limits = tuple(
        replace(limit, result_id=f"{limit.result_id}.{tag}")
        for change, (lower, upper) in (
            (highest, found.limits_of_highest),
            (lowest, found.limits_of_lowest),
        )
        for limit in compare.bounds(
            replace(change, lower=lower, upper=upper), printing.percent_change, method
        )
    )
    return Ends(highest, lowest, limits, found.apart)


def changes(
    figures: Figures, measure: str, now: Window, before: Window
) -> tuple[list[Result], dict[str, Standing]]:
    """Return the change of the MPS and of each borough, with its bounds, and how each stands.

    ``results``: those of :func:`scrutiny.measures.compare.change` for each area, the bounds of
    each borough's change as results of their own, and how many boroughs are above and below.
    """
    london = compare.change(figures, measure, places.MPS, now, before)
    results, standings = list(london), {}
    for borough in (place.name for place in places.boroughs()):
        local = compare.change(figures, measure, borough, now, before)
        limits = compare.bounds(local[2], printing.percent_change, compare.LOG_RATIO)
        results += [*local, *limits]
        standings[borough] = Standing(_side(local[2], london[2]))
    for side in (ABOVE, BELOW):
        number = sum(standing.change == side for standing in standings.values())
        results.append(
            _boroughs(london[2], f"change_{side}", number, f"95% limits {side} the MPS's change")
        )
    return results, standings


def rates(
    figures: Figures, changed: Iterable[Result], standings: dict[str, Standing], now: Window
) -> tuple[list[Result], dict[str, Standing]]:
    """Return each borough's rate with the funnel's limits at its residents, and its label.

    Among ``changed`` are the counts of the MPS and of each borough over the window, as
    :func:`changes` returns them; what else there is is passed over. ``results``: ``rate``, the
    residents, ``funnel_lower`` and ``funnel_upper`` at 95% and at 99.8%, and how many boroughs are
    outside. Nothing where residents are not on file.
    """
    counts = [r for r in changed if r.result_id.endswith(f".count.{now.kind}")]
    made = {count.area: compare.rate_per_1000(figures, count, now) for count in counts}
    london = made.pop(places.MPS, None)
    if london is None or not all(made.values()):
        return [], standings
    results = [london]
    labelled = {}
    for area, rate in made.items():
        expected = london.value * rate.denominator / 1000
        label = statistics.funnel_significance(rate.numerator, expected)
        labelled[area] = replace(standings.get(area, Standing(UNKNOWN)), rate=label)
        results += [rate, _residents(figures, rate, now), *_limits(rate, expected)]
    for way in ("high", "low"):
        outside = [s for s in labelled.values() if s.rate.lower().startswith(way)]
        far = [s for s in outside if s.rate.endswith("(0.001)")]
        text = f"rates {way} against {{}} funnel limits"
        results += [
            _boroughs(london, f"rate_{way}", len(outside), text.format("95%"), "95"),
            _boroughs(london, f"rate_{way}", len(far), text.format("99.8%"), "99-8"),
        ]
    return results, labelled


def funnel_areas(rates: Iterable[Result]) -> tuple[str, ...]:
    """Return the boroughs with the fewest, the middle and the most residents.

    Limits change so little between them that a line through three is the curve to the eye.
    """
    residents = [r for r in rates if r.measure == "population"]
    residents.sort(key=lambda result: result.value)
    return tuple(residents[place].area for place in (0, len(residents) // 2, -1) if residents)


def _side(local: Result, london: Result) -> str:
    if local.lower is None or london.value is None:
        return UNKNOWN
    if local.lower > london.value:
        return ABOVE
    return BELOW if local.upper < london.value else WITHIN


def _residents(figures: Figures, rate: Result, window: Window) -> Result:
    """Return the residents that a rate was made with, as a number of their own."""
    return replace(
        rate,
        result_id=result_id("population", rate.area, "count", "day"),
        measure="population",
        period=f"{window.last.year}-06-30",
        statistic="count",
        value=rate.denominator,
        unit="residents",
        lower=None,
        upper=None,
        numerator=None,
        denominator=None,
        printed=printing.count(rate.denominator),
        method="residents at mid-year, estimated or projected",
        sources=figures.residents(rate.area, window.last.year).sources,
        note="",
    )


def _limits(rate: Result, expected: float) -> list[Result]:
    """Return the rates at which an area of these residents leaves the funnel."""
    window = rate.result_id.rpartition(".")[2]
    return [
        replace(
            rate,
            result_id=result_id(rate.measure, rate.area, statistic, window, tag),
            statistic=statistic,
            value=statistics.rate(count, rate.denominator),
            lower=None,
            upper=None,
            numerator=count,
            printed=printing.rate(statistics.rate(count, rate.denominator)),
            method=f"exact Poisson {100 * confidence:g}% limit at the MPS's rate and the residents",
        )
        for confidence, tag in LIMITS
        for statistic, count in zip(
            ("funnel_lower", "funnel_upper"),
            statistics.funnel_limits(expected, confidence),
            strict=True,
        )
    ]


def _boroughs(london: Result, statistic: str, number: int, method: str, tag: str = "") -> Result:
    window = london.result_id.rpartition(".")[2]
    return replace(
        london,
        result_id=result_id(london.measure, places.MPS, f"boroughs_{statistic}", window, tag),
        statistic=f"boroughs_{statistic}",
        value=float(number),
        unit="boroughs",
        lower=None,
        upper=None,
        numerator=None,
        denominator=None,
        printed=printing.count(number),
        status="ok",
        method=f"boroughs with {method}",
        note="",
    )
