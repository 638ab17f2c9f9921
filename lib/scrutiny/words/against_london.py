"""How a borough's crimes moved against London's: what happened, is it good, is it chance."""

from __future__ import annotations

from scrutiny import places
from scrutiny.markup import number
from scrutiny.markup import text as escape
from scrutiny.measures import Result, catalogue
from scrutiny.measures.baseline import DIFFERENCE, NOT_CHOSEN, PRIORITIES
from scrutiny.measures.catalogue import MOPAC_7
from scrutiny.report import Report
from scrutiny.words.sentence import (
    CHANCE_FROM,
    Passage,
    change_sentence,
    could_be_chance,
    direction,
    judged,
    paragraphs,
)

MEAN_REVERSION = (
    "Boroughs tend to choose what is high, and what is high tends to fall back by itself, so a "
    "fall in a chosen crime does not show that choosing it helped."
)
ORDINARY = "chance and ordinary differences among boroughs"
OTHERS = 3  # crimes beside the leading ones in the key messages
MANY_CAUSES = "Nothing here says why a figure moved."


def verdict(report: Report) -> str:
    """Return in one sentence where the leading crimes did better or worse, and whether by luck."""
    found: dict[tuple[str, str], list[str]] = {}
    for measure in report.leading:
        gap = report.number(measure, "gap_points")
        if gap.value is not None and (side := better_or_worse(gap)):
            how = (
                "no more than chance could explain"
                if gap_could_be_chance(report, measure)
                else "more than chance"
            )
            found.setdefault((side, how), []).append(catalogue()[measure].in_sentence)
    if not found:
        return ""
    said = [f"{side} in {escape(_and(names))}, by {how}" for (side, how), names in found.items()]
    return (
        f"<strong>In short</strong>: set against London's change, {escape(report.area)} did "
        f"{'; '.join(said)}."
    )


def gap_sentence(report: Report, measure: str, borough: str, *, whole: bool = False) -> str:
    """Return a borough's change beside that of the MPS, the gap, its interval and chance.

    ``whole`` says that the measure stands for a part of it that was chosen.
    """
    entry = catalogue()[measure]
    crime = f"All {entry.in_sentence}" if whole else entry.name
    name = f"<strong>{escape(crime)} in {escape(borough)}</strong>"
    now = report.number(measure, "count", area=borough)
    before = report.number(measure, "count", f"{report.edition.now.kind}-before", area=borough)
    local = report.number(measure, "change_percent", area=borough)
    london = report.number(measure, "change_percent", area=places.MPS)
    gap = report.number(measure, "gap_points", area=borough)
    over = escape(report.edition.now.name)
    if not local.comparable or not london.comparable:
        return f"{name}: {number(now)} in {over}. Not compared: {escape(gap.note)}"
    if local.value is None:
        return (
            f"{name}: {number(now)}, and none in {escape(report.edition.before.name)}, so no "
            "percentage is given."
        )
    sentence = (
        f"{name}: {number(now)} in {over}, against {number(before)} a year before "
        f"({number(local)}); the MPS {number(london)}."
    )
    p = report.number(measure, "gap_p_value", area=borough)
    if gap.value is None or p.value is None:
        return f"{sentence} The gap is {number(gap)} percentage points."
    side = better_or_worse(gap)
    good = f", the {side} side" if side else ""
    joined = "but" if gap_could_be_chance(report, measure, borough) and side else "and"
    what = (
        f"{_explains(report, measure)} could explain it"
        if gap_could_be_chance(report, measure, borough)
        else "that is more than chance alone would explain"
    )
    lower, upper = (
        report.number(measure, f"gap_points_{end}", area=borough) for end in ("lower", "upper")
    )
    return (
        f"{sentence} The gap is {number(gap)} percentage points{good}, {joined} {what} (95% "
        f"interval {number(lower)} to {number(upper)}; p {_p(p)})."
    )


def others_sentence(report: Report) -> list[str]:
    """Return the crimes beside the leading ones whose own change is more than chance."""
    moved = _moved(report)
    if not moved:
        return []
    said = [
        f"{escape(catalogue()[m].in_sentence)} {direction(change)} from "
        f"{number(report.number(m, 'count', f'{report.edition.now.kind}-before'))} to "
        f"{number(report.number(m, 'count'))} ({number(change)}; the MPS "
        f"{number(report.number(m, 'change_percent', area=places.MPS))})"
        for m in moved[:OTHERS]
        for change in [report.number(m, "change_percent")]
    ]
    return [f"<strong>Other crimes</strong>, by more than chance alone: {_and(said)}."]


def next_question(report: Report) -> str:
    """Return what a reader should ask next: what got worse, and what these months cannot show."""
    worse = [
        measure
        for measure in report.measures
        if measure != MOPAC_7
        and better_or_worse(report.number(measure, "gap_points")) == "worse"
        and not gap_could_be_chance(report, measure)
    ]
    risen = [
        measure
        for measure in _moved(report)
        if measure not in worse
        and judged(catalogue()[measure], report.number(measure, "change_percent")) == "worse"
    ]
    asked = []
    if worse:
        asked.append(f"ask about {_names(worse)}: worse than London by more than chance")
    if risen:
        asked.append(
            f"ask what lies behind {_names(risen)}: up by more than chance, though not further "
            "from London's change than other boroughs are"
        )
    if not asked:
        asked.append("no crime on this page got worse by more than chance")
    said = ". ".join(f"{each[0].upper()}{each[1:]}" for each in asked)
    unproven = report.choices and all(gap_could_be_chance(report, m) for m in report.leading)
    over = escape(report.edition.now.name)
    return f"<strong>What next</strong>: {said[0].lower()}{said[1:]}." + (
        f" {over} alone cannot show whether choosing a crime helped." if unproven else ""
    )


def beating_sentence(report: Report) -> list[str]:
    """Return how many boroughs did better than London, beside how many would by chance."""
    if not report.has(MOPAC_7, "boroughs_beating"):
        return []
    better, by_chance, apart, apart_by_chance = (
        number(report.number(MOPAC_7, f"boroughs_beating{ending}"))
        for ending in ("", "_by_chance", "_apart", "_apart_by_chance")
    )
    return [
        f"<strong>Boroughs</strong>: in the seven crimes together {better} of the boroughs did "
        f"better than London; by chance alone {by_chance} would. By more than chance {apart} did; "
        f"by chance alone {apart_by_chance} would seem to."
    ]


def against_baseline(report: Report) -> Passage:
    """Return how the chosen crimes did against those not chosen; for London, the letter's claim."""
    if report.is_for_london:
        return _claim(report)
    if not report.choices:
        return paragraphs(
            "No choice is on record here, so there is nothing to set against the other crimes."
        )
    if not report.has(MOPAC_7, "gap_points", tag=NOT_CHOSEN):
        return paragraphs("The crimes not chosen do not compare over these months.", MEAN_REVERSION)
    gap = report.number(MOPAC_7, "gap_points", tag=NOT_CHOSEN)
    local, london = (
        report.number(MOPAC_7, "change_percent", area=area, tag=NOT_CHOSEN)
        for area in (report.area, places.MPS)
    )
    now = report.number(MOPAC_7, "count", tag=NOT_CHOSEN)
    sentences = [
        f"The crimes that {escape(report.area)} did not choose ({escape(_added(gap.note))}) came "
        f"to {number(now)} and changed by {number(local)}, in the MPS by {number(london)}: a gap "
        f"of {number(gap)} percentage points. That is the baseline that the Mayor's letter names."
    ]
    for choice in report.choices:
        if report.has(choice.measure, f"{DIFFERENCE}_points"):
            sentences.append(_difference(report, choice.measure))
        else:
            sentences.append(
                f"<strong>{escape(catalogue()[choice.measure].name)}</strong> is not on file and "
                "cannot be set against them."
            )
    return paragraphs(*sentences, f"{MEAN_REVERSION} {MANY_CAUSES}")


def better_or_worse(gap: Result) -> str:
    """Return on which side of London's change a gap lies; empty for none, or without a judge."""
    return judged(catalogue()[gap.measure], gap)


def gap_could_be_chance(report: Report, measure: str, area: str = "") -> bool:
    """Whether a borough's gap to London could be chance alone; so too where it is not tested."""
    p = report.number(measure, "gap_p_value", area=area).value
    return p is None or p >= CHANCE_FROM


def _difference(report: Report, measure: str) -> str:
    points, ratio, lower, upper, p = (
        report.number(measure, f"{DIFFERENCE}_{ending}")
        for ending in ("points", "ratio", "ratio_lower", "ratio_upper", "p_value")
    )
    chance = (
        f"{_explains(report, measure)} could explain that"
        if p.value >= CHANCE_FROM
        else "that is more than chance alone would explain"
    )
    own = report.number(measure, "gap_points")
    theirs = report.number(MOPAC_7, "gap_points", tag=NOT_CHOSEN)
    return (
        f"<strong>{escape(catalogue()[measure].name)}</strong> stands {number(points)} percentage "
        f"points from that baseline (its gap of {number(own)} less theirs of {number(theirs)}); "
        f"{chance} (as a ratio {number(ratio)}, 95% interval "
        f"{number(lower)} to {number(upper)}; p {_p(p)})."
    )


def _claim(report: Report) -> Passage:
    """Return whether recorded choices beat London, where enough of them are on record."""
    said = (
        "The Mayor's letter says that choosing a crime tends to have a positive impact compared "
        "with the London average."
    )
    if not report.has(PRIORITIES, "count"):
        return paragraphs(
            f"{said} No choice that is on record can be computed for these months: too few to test."
        )
    counted = report.number(PRIORITIES, "count")
    beating = report.number(PRIORITIES, "count", tag="beating")
    held = f"{number(counted)} recorded choices can be computed; in {number(beating)} of them the "
    held += "borough's change was better than that of the MPS, by chance or not."
    if not report.has(PRIORITIES, "p_value"):
        return paragraphs(
            f"{said} <strong>Too few are on record to test that</strong>: {held}",
            MEAN_REVERSION,
        )
    p = report.number(PRIORITIES, "p_value")
    chance = (
        "as many as chance alone could give" if p.value >= CHANCE_FROM else "more, or fewer, than "
        "chance alone would give"
    )  # fmt: skip
    return paragraphs(f"{said} {held} That is {chance} (p {_p(p)}).", MEAN_REVERSION)


def total_sentence(report: Report) -> list[str]:
    """Return the change of the seven crimes together, where the files hold them."""
    return [change_sentence(report, MOPAC_7)] if MOPAC_7 in report.measures else []


def _moved(report: Report) -> list[str]:
    """Return the crimes beside the leading ones that changed by more than chance, most first."""
    known = {
        measure: abs(change.value)
        for measure in report.measures
        if measure not in (MOPAC_7, *report.leading)
        for change in [report.number(measure, "change_percent")]
        if change.value is not None and not could_be_chance(report, measure)
    }
    return sorted(known, key=lambda measure: -known[measure])


def _explains(report: Report, measure: str) -> str:
    """Return what a gap may come from: boroughs that differ by chance alone, or by more."""
    dispersion = report.number(measure, "dispersion", area=places.MPS)
    return "chance alone" if dispersion.value == 1 else ORDINARY


def _added(note: str) -> str:
    return note.partition(": ")[2]


def _p(p: Result) -> str:
    return f"{'' if p.printed.startswith('under') else '= '}{number(p)}"


def _names(measures: list[str]) -> str:
    return escape(_and([catalogue()[m].in_sentence for m in measures]))


def _and(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
