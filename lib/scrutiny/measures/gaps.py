"""Whether a borough's gap to London is more than chance: its change over that of the rest.

The gap compares with the MPS, the borough in it. The test compares with the rest, so that the two
sides are independent, and allows for how much boroughs' changes differ among themselves.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from scrutiny import places, statistics
from scrutiny.measures import compare, printing
from scrutiny.measures.catalogue import catalogue
from scrutiny.measures.figures import Figures
from scrutiny.measures.results import Result, result_id
from scrutiny.periods import Window

CHANCE_FROM = 0.05
POISSON = "poisson"  # the tag of a p without the dispersion
# What a page prints of a gap in a row of a table, and in a sentence; the p is what its words say.
IN_A_ROW = ("gap_points", "gap_p_value")
IN_A_SENTENCE = (*IN_A_ROW, "gap_points_lower", "gap_points_upper")
_TEST = (
    "ratio of the borough's change to that of the rest of the MPS, on the logarithm; standard "
    "error of four Poisson counts times the root of the dispersion"
)


@dataclass(frozen=True)
class Gaps:
    """One measure in every borough beside the rest of London.

    ``changes`` are the counts, change and p of each area, as
    :func:`scrutiny.measures.compare.change` returns them; ``dispersion`` is how many times more
    the boroughs' changes vary than chance alone gives, 1 at least; ``tests`` are by borough, and
    none where the two windows do not compare.
    """

    measure: str
    window: Window
    changes: Mapping[str, list[Result]]
    dispersion: Result
    tests: Mapping[str, statistics.RatioOfRatios]

    @classmethod
    def of_changes(cls, measure: str, window: Window, changes: Mapping[str, list[Result]]) -> Gaps:
        """Return the tests that the changes of the MPS and of each borough give.

        The dispersion is the mean square of the boroughs' scores, the outermost tenth of each end
        drawn in (Spiegelhalter 2005), and 1 at least.
        """
        london = changes[places.MPS]
        tested = {
            area: _four(changes[area], london)
            for area in changes
            if area != places.MPS and changes[area][2].comparable and london[2].comparable
        }
        scores = [statistics.log_ratio_score(*counts) for counts in tested.values()]
        known = [score for score in scores if not math.isnan(score)]
        dispersion = max(1.0, statistics.dispersion(known)) if known else 1.0
        return cls(
            measure,
            window,
            changes,
            replace(
                london[2],
                result_id=result_id(measure, places.MPS, "dispersion", window.kind),
                statistic="dispersion",
                value=dispersion,
                unit="ratio",
                lower=None,
                upper=None,
                numerator=None,
                denominator=None,
                printed=printing.rate(dispersion),
                status="ok",
                method="mean square of the boroughs' scores, winsorised by a tenth; 1 at least",
                note="",
            ),
            {
                area: statistics.ratio_of_ratios(*counts, dispersion=dispersion)
                for area, counts in tested.items()
            },
        )

    def results_in(self, area: str, printed: tuple[str, ...]) -> list[Result]:
        """Return those of the results that are of the statistics ``printed``."""
        return [
            result
            for result in self.results(area)
            if result.statistic in printed and not result.result_id.endswith(POISSON)
        ]

    def results(self, area: str) -> list[Result]:
        """Return the gap of a borough with its bounds, the ratio with its bounds, and the p.

        The p comes a second time as chance alone would have it, tagged ``poisson``.
        """
        test = self.tests.get(area)
        gap = compare.gap(self.changes[area][2], self.changes[places.MPS][2], self.window)
        if test is None or math.isnan(test.p):
            return [gap, *self._untested(gap)]
        counts = _four(self.changes[area], self.changes[places.MPS])
        alone = statistics.ratio_of_ratios(*counts)
        before, _, rest_before, rest_now = counts
        lower, upper = (
            statistics.gap_of_ratio(limit, before, rest_before, rest_now)
            for limit in (test.lower, test.upper)
        )
        gap = replace(gap, lower=lower, upper=upper)
        ratio = replace(
            self._named(gap, "ratio_of_ratios", "ratio"),
            value=test.ratio,
            lower=test.lower,
            upper=test.upper,
            printed=printing.ratio(test.ratio),
        )
        return [
            gap,
            *compare.bounds(gap, printing.points, _TEST),
            ratio,
            *compare.bounds(ratio, printing.ratio, _TEST),
            replace(
                self._named(gap, "gap_p_value", "probability"),
                value=test.p,
                printed=printing.p_value(test.p),
            ),
            replace(
                self._named(gap, "gap_p_value", "probability", POISSON),
                value=alone.p,
                printed=printing.p_value(alone.p),
                method=f"{_TEST}, taken as 1",
            ),
        ]

    def _named(self, gap: Result, statistic: str, unit: str, tag: str = "") -> Result:
        return replace(
            gap,
            result_id=result_id(self.measure, gap.area, statistic, self.window.kind, tag),
            statistic=statistic,
            unit=unit,
            lower=None,
            upper=None,
            method=_TEST,
        )

    def _untested(self, gap: Result) -> list[Result]:
        """Return the same numbers without a value: the windows do not compare, or one is 0."""
        units = {
            ("gap_points_lower", ""): compare.POINTS,
            ("gap_points_upper", ""): compare.POINTS,
            ("ratio_of_ratios", ""): "ratio",
            ("ratio_of_ratios_lower", ""): "ratio",
            ("ratio_of_ratios_upper", ""): "ratio",
            ("gap_p_value", ""): "probability",
            ("gap_p_value", POISSON): "probability",
        }
        printed = printing.NOT_AVAILABLE if gap.comparable else gap.printed
        return [
            replace(self._named(gap, statistic, unit, tag), value=None, printed=printed)
            for (statistic, tag), unit in units.items()
        ]


def gaps(figures: Figures, measure: str, now: Window, before: Window) -> Gaps:
    """Return one measure in every borough beside the rest of London."""
    areas = [places.MPS, *(place.name for place in places.boroughs())]
    changes = {area: compare.change(figures, measure, area, now, before) for area in areas}
    return Gaps.of_changes(measure, now, changes)


def beating(found: Gaps) -> list[Result]:
    """Return how many boroughs did better than London, and how many would by chance alone.

    ``results``: boroughs whose gap is on the better side; those of them with a p under 0.05; those
    that stay when the false discovery rate over all boroughs is held at 5%; and what chance alone
    would give of the first two. Nothing where neither way is better, or no borough was tested.
    """
    tests = {area: test for area, test in found.tests.items() if not math.isnan(test.p)}
    better = catalogue()[found.measure].better
    if better == "neutral" or not tests:
        return []
    adjusted = statistics.false_discovery([test.p for test in tests.values()])
    good = [(test.ratio < 1) == (better == "lower") for test in tests.values()]
    apart = [test.p < CHANCE_FROM for test in tests.values()]
    kept = [p < CHANCE_FROM for p in adjusted]
    tested = len(tests)
    counted = {
        "boroughs_beating": (sum(good), "gap on the better side of the MPS's change"),
        "boroughs_beating_apart": (_both(good, apart), "the same, and p under 0.05"),
        "boroughs_beating_kept": (
            _both(good, kept),
            "the same, and a false discovery rate of 5% over all boroughs (Benjamini, Hochberg)",
        ),
        "boroughs_beaten_kept": (
            _both([not side for side in good], kept),
            "gap on the worse side, at the same rate",
        ),
        "boroughs_beating_by_chance": (tested / 2, "half of the boroughs tested"),
        "boroughs_beating_apart_by_chance": (
            tested * CHANCE_FROM / 2,
            "half of 5% of the boroughs tested",
        ),
    }
    return [
        replace(
            found.dispersion,
            result_id=result_id(found.measure, places.MPS, statistic, found.window.kind),
            statistic=statistic,
            value=float(number),
            unit="boroughs",
            printed=f"{number:g}",
            method=method,
        )
        for statistic, (number, method) in counted.items()
    ]


def _four(local: list[Result], london: list[Result]) -> tuple[float, float, float, float]:
    """Return the borough's counts before and now, and those of the rest."""
    now, before = local[0].value, local[1].value
    return before, now, london[1].value - before, london[0].value - now


def _both(one: Iterable[bool], other: Iterable[bool]) -> int:
    return sum(a and b for a, b in zip(one, other, strict=True))
