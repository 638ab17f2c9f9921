"""Chosen crimes against those not chosen: a difference in differences.

The crimes that a borough did not choose, added up, are the baseline that the Mayor's letter of 3
May 2019 names. Each gap is the borough's change less that of the MPS; the difference of the gaps
is what chosen crimes did better or worse than the others, London's own changes taken out.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import replace

from scrutiny import places, statistics
from scrutiny.measures import compare, printing
from scrutiny.measures.catalogue import MOPAC_7, catalogue, mopac_seven
from scrutiny.measures.gaps import Gaps
from scrutiny.measures.results import Result, result_id

PRIORITIES = "local-priorities"
FEWEST_PAIRS = 10  # under so many, the claim that choosing helps is not tested
NOT_CHOSEN = "not-chosen"
DIFFERENCE = "difference_in_differences"
_METHOD = "the gap of the chosen crime less that of the crimes not chosen"
_TEST = "the ratio of ratios of the chosen crime over that of the crimes not chosen"


def not_chosen(chosen: Iterable[str]) -> tuple[str, ...]:
    """Return those of the seven crimes that neither were chosen nor have a chosen one in them."""
    taken = {key for measure in chosen for key in (measure, catalogue()[measure].part_of)}
    return tuple(measure for measure in mopac_seven() if measure not in taken)


def baseline(chosen: list[Gaps], others: list[Gaps], area: str) -> list[Result]:
    """Return the crimes not chosen together, and each chosen crime against them.

    ``results``: counts, change and gap of the others in the area and the MPS, tagged
    ``not-chosen``; for each chosen crime the difference of the gaps in points, the ratio of the
    ratios with its bounds, and the p. Nothing where one of the others does not compare, or a count
    is 0.
    """
    if not others or any(area not in other.tests for other in others):
        return []
    summed = {name: _together(others, name) for name in others[0].changes}
    together = Gaps.of_changes(MOPAC_7, others[0].window, summed)
    made = [result for name in (area, places.MPS) for result in summed[name][:3]]
    gap = together.results(area)[0]
    made.append(replace(gap, result_id=_tagged(gap), note=_names(others)))
    for own in chosen:
        if area in own.tests and not math.isnan(own.tests[area].p + together.tests[area].p):
            made += _differences(own, together, area)
    return made


def claim(pairs: list[tuple[str, Gaps]]) -> list[Result]:
    """Return in how many pairs of borough and chosen crime the borough beat the MPS, and the p.

    ``results``: ``count`` of pairs that compare, of those on the better side, and with ten or more
    the p of the sign test: each side is as likely as the other if choosing makes no difference.
    Nothing without a pair.
    """
    if not pairs:
        return []
    london = pairs[0][1]
    ratios = [
        (found.tests[area].ratio, catalogue()[found.measure].better)
        for area, found in pairs
        if area in found.tests and not math.isnan(found.tests[area].p)
    ]
    good = sum((ratio < 1) == (better == "lower") for ratio, better in ratios)
    counted = replace(
        london.dispersion,
        measure=PRIORITIES,
        result_id=result_id(PRIORITIES, places.MPS, "count", london.window.kind),
        statistic="count",
        value=float(len(ratios)),
        unit=catalogue()[PRIORITIES].unit,
        printed=printing.count(len(ratios)),
        method="recorded choices that the files hold for both periods",
        sources=compare.merged(*(found.dispersion.sources for _, found in pairs)),
    )
    beating = replace(
        counted,
        result_id=f"{counted.result_id}.beating",
        value=float(good),
        printed=printing.count(good),
        method="those whose gap is on the better side of the MPS's change",
    )
    if len(ratios) < FEWEST_PAIRS:
        return [counted, beating]
    p = statistics.conditional_binomial(good, len(ratios) - good)
    return [
        counted,
        beating,
        replace(
            counted,
            result_id=result_id(PRIORITIES, places.MPS, "p_value", london.window.kind),
            statistic="p_value",
            value=p,
            unit="probability",
            printed=printing.p_value(p),
            method="sign test of the pairs on the better side, two-sided",
        ),
    ]


def _together(others: list[Gaps], area: str) -> list[Result]:
    """Return the counts before and now, the change and the p of several measures added up."""
    parts = [other.changes[area] for other in others]
    now, before = (
        replace(
            parts[0][position],
            result_id=_tagged(replace(parts[0][position], measure=MOPAC_7)),
            measure=MOPAC_7,
            value=math.fsum(part[position].value for part in parts),
            printed=printing.count(math.fsum(part[position].value for part in parts)),
            method="sum of months and of the crimes not chosen",
            sources=compare.merged(*(part[position].sources for part in parts)),
            note=_names(others),
        )
        for position in (0, 1)
    )
    change = parts[0][2]
    percent = statistics.percent_change(before.value, now.value)
    return [
        now,
        before,
        replace(
            change,
            result_id=_tagged(replace(change, measure=MOPAC_7)),
            measure=MOPAC_7,
            value=None if math.isnan(percent) else percent,
            lower=None,
            upper=None,
            numerator=now.value,
            denominator=before.value,
            printed=printing.percent_change(percent),
            method="100 (count - count before) / count before",
            sources=now.sources,
            note=_names(others),
        ),
    ]


def _differences(own: Gaps, together: Gaps, area: str) -> list[Result]:
    one, other = (each.results(area)[0] for each in (own, together))
    points = statistics.gap_points(one.value, other.value)
    test = statistics.difference_in_differences(own.tests[area], together.tests[area])
    difference = replace(
        one,
        result_id=result_id(own.measure, area, f"{DIFFERENCE}_points", own.window.kind),
        statistic=f"{DIFFERENCE}_points",
        value=points,
        lower=None,
        upper=None,
        printed=printing.points(points),
        method=_METHOD,
        note="",
    )
    ratio = replace(
        difference,
        result_id=result_id(own.measure, area, f"{DIFFERENCE}_ratio", own.window.kind),
        statistic=f"{DIFFERENCE}_ratio",
        value=test.ratio,
        unit="ratio",
        lower=test.lower,
        upper=test.upper,
        printed=printing.ratio(test.ratio),
        method=_TEST,
    )
    return [
        difference,
        ratio,
        *compare.bounds(ratio, printing.ratio, _TEST),
        replace(
            ratio,
            result_id=result_id(own.measure, area, f"{DIFFERENCE}_p_value", own.window.kind),
            statistic=f"{DIFFERENCE}_p_value",
            value=test.p,
            unit="probability",
            lower=None,
            upper=None,
            printed=printing.p_value(test.p),
        ),
    ]


def _tagged(result: Result) -> str:
    window = result.result_id.split(".")[3]
    return result_id(result.measure, result.area, result.statistic, window, NOT_CHOSEN)


def _names(others: list[Gaps]) -> str:
    return "added up: " + ", ".join(catalogue()[other.measure].in_sentence for other in others)
