"""What changed since the last edition, in sentences."""

from __future__ import annotations

from scrutiny.markup import number
from scrutiny.markup import text as escape
from scrutiny.measures import catalogue
from scrutiny.measures.difference import LAST_EDITION
from scrutiny.periods import date_name, day_name
from scrutiny.registers import ScorecardChange
from scrutiny.report import Report
from scrutiny.report.since import NONE_ALIKE, SAME_FILES, Since
from scrutiny.words.sentence import Passage, listed, of_the_whole, paragraphs

MOST_NAMED = 12


@of_the_whole
def since(report: Report) -> Passage:
    """Return what changed since the last edition: figures, measures, scorecards, registers."""
    found = report.since
    if found is None:
        return paragraphs("No edition comes before this one, so nothing is compared.")
    if found.refusal:
        return paragraphs(
            f"The last edition, {escape(found.previous)}, cannot be made again from these files, "
            f"so nothing is compared: {escape(found.refusal)}"
        )
    changed, added, dropped, same, revised = (
        number(report.number(f"figures-{kind}", "count", "day"))
        for kind in ("changed", "added", "dropped", "same", "revised")
    )
    items = [
        f"<strong>Figures</strong>, beside {escape(found.previous)}: {changed} changed, {added} "
        f"added, {dropped} dropped, {same} the same. {_revised(found, revised)}",
        *(_lead(report, key) for key in found.lead),
        _measures("new", found.added),
        _measures("gone", found.dropped),
        *(_left(change) for change in found.left),
        *(escape(sentence) for sentence in found.moved),
        *_unfollowed(report, found),
    ]
    items += _nothing_moved(found)
    return listed(items)


def _revised(found: Since, revised: str) -> str:
    """Return how many figures were revised, or why none can have been."""
    if found.unrevised == NONE_ALIKE:
        return f"Revised: {revised}. No figure is of the same months in both, so none can be."
    if found.unrevised == SAME_FILES:
        return (
            f"They changed because the months moved on. Revised: {revised}. Both editions take "
            "figures of the same months from the same files, so none can be."
        )
    return (
        f"Most changed because the months moved on; {revised} are of the same months and were "
        "revised."
    )


def _unfollowed(report: Report, found: Since) -> list[str]:
    """Return how many rows of registers are no longer followed, and why."""
    if not found.unfollowed:
        return []
    told = "; ".join(
        f"{escape(catalogue()[measure].unit)}: {number(report.number(measure, 'count', 'day'))}"
        for measure in found.unfollowed
    )
    why = (
        f"this edition follows what was made, sent or signed from {day_name(found.followed)} on"
        if found.followed
        else "the registers no longer hold them"
    )
    return [
        f"<strong>On record in the last edition and no longer followed</strong>: {told}. The "
        f"reason: {why}. That does not say that they were done."
    ]


def _lead(report: Report, key: str) -> str:
    now, then = report.numbers[key], report.numbers[f"{key}.{LAST_EDITION}"]
    name = escape(catalogue()[now.measure].name)
    return f"{name}: change {number(now)}, {number(then)} in the last edition."


def _measures(which: str, measures: tuple[str, ...]) -> str:
    names = [escape(catalogue()[m].in_sentence) for m in measures[:MOST_NAMED]]
    more = "; and others" if len(measures) > MOST_NAMED else ""
    return f"<strong>Measures {which}</strong>: {'; '.join(names) or 'none'}{more}."


def _left(change: ScorecardChange) -> str:
    name = escape(catalogue()[change.indicator].name)
    return (
        f"<strong>{name}</strong> left the partners' scorecard ({escape(date_name(change.left_on))}"
        f"). In its place: {escape(change.replacement[0].lower() + change.replacement[1:])}."
    )


def _nothing_moved(found: Since) -> list[str]:
    return [] if found.moved else ["Nothing moved in the registers."]
