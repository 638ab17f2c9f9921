"""How a borough's crimes moved against London's: what happened, is it good, is it chance."""

from __future__ import annotations

from scrutiny import places
from scrutiny.markup import number
from scrutiny.markup import text as escape
from scrutiny.measures import Result, catalogue
from scrutiny.measures.baseline import DIFFERENCE, FEWEST_PAIRS, NOT_CHOSEN, PRIORITIES
from scrutiny.measures.catalogue import MOPAC_7
from scrutiny.report import Report
from scrutiny.words.sentence import (
    CHANCE_FROM,
    Passage,
    change_sentence,
    could_be_chance,
    judged,
    paragraphs,
)

MEAN_REVERSION = (
    "Boroughs tend to choose what is high, and what is high tends to fall back by itself, so a "
    "fall in a chosen crime does not show that choosing it helped."
)
MANY_CAUSES = "Nothing here says why a figure moved."
DIFFERS = (
    "The interval allows for how much boroughs differ among themselves: their changes vary {} "
    "times as much as chance alone would make them."
)


def verdict(report: Report) -> str:
    """Return in one sentence where the leading crimes did better or worse, and whether by luck."""
    found: dict[tuple[str, bool], list[str]] = {}
    for measure in report.leading:
        gap = report.number(measure, "gap_points")
        if gap.value is not None and (side := better_or_worse(gap)):
            name = catalogue()[measure].in_sentence
            found.setdefault((side, gap_could_be_chance(report, measure)), []).append(name)
    if not found:
        return ""
    said = [
        f"{side} in {escape(_and(names))}, by {_how_much(chance)}"
        for (side, chance), names in found.items()
    ]
    return (
        f"<strong>In short</strong>: against London's change, {escape(report.area)} did "
        f"{'; '.join(said)}."
    )


def gap_sentence(report: Report, measure: str, borough: str) -> str:
    """Return a borough's change beside that of the MPS, the gap, its interval and chance."""
    name = f"<strong>{escape(catalogue()[measure].name)} in {escape(borough)}</strong>"
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
        "chance alone could explain it"
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
        for measure in report.measures
        if measure not in (MOPAC_7, *worse)
        and judged(catalogue()[measure], report.number(measure, "change_percent")) == "worse"
        and not could_be_chance(report, measure)
    ]
    asked = [_names(measures) for measures in (worse, risen) if measures]
    why = [
        reason
        for measures, reason in (
            (worse, "worse than London by more than chance"),
            (risen, "up by more than chance, though boroughs differ so much that the gap to London "
             "may be chance"),
        )
        if measures
    ]  # fmt: skip
    questions = [f"{names} ({reason})" for names, reason in zip(asked, why, strict=True)]
    ask = f"Ask about {'; and about '.join(questions)}." if questions else (
        "No crime on this page got worse by more than chance."
    )  # fmt: skip
    chosen = [m for m in report.leading if report.choices]
    unproven = chosen and all(gap_could_be_chance(report, m) for m in chosen)
    return f"<strong>What next</strong>: {ask}" + (
        f" {escape(report.edition.now.name)} cannot show whether choosing a crime helped."
        if unproven
        else ""
    )


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
        "chance alone could explain that"
        if p.value >= CHANCE_FROM
        else "that is more than chance alone would explain"
    )
    return (
        f"<strong>{escape(catalogue()[measure].name)}</strong> stands {number(points)} percentage "
        f"points from that baseline; {chance} (as a ratio {number(ratio)}, 95% interval "
        f"{number(lower)} to {number(upper)}; p {_p(p)})."
    )


def _claim(report: Report) -> Passage:
    """Return whether recorded choices beat London, where enough of them are on record."""
    said = (
        "The Mayor's letter says that choosing a crime tends to have a positive impact compared "
        "with the London average."
    )
    if not report.has(PRIORITIES, "count"):
        return paragraphs(f"{said} No choice is on record for these months: too few to test.")
    counted = report.number(PRIORITIES, "count")
    beating = report.number(PRIORITIES, "count", tag="beating")
    held = f"{number(counted)} recorded choices can be computed; in {number(beating)} of them the "
    held += "borough did better than the MPS."
    if not report.has(PRIORITIES, "p_value"):
        return paragraphs(
            f"{said} <strong>Too few are on record to test that</strong>: {held} Under "
            f"{FEWEST_PAIRS} pairs of borough and crime, nothing follows.",
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


def _how_much(chance: bool) -> str:
    return "no more than chance could explain" if chance else "more than chance"


def _added(note: str) -> str:
    return note.partition(": ")[2]


def _p(p: Result) -> str:
    return f"{'' if p.printed.startswith('under') else '= '}{number(p)}"


def _names(measures: list[str]) -> str:
    return escape(_and([catalogue()[m].in_sentence for m in measures]))


def _and(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
