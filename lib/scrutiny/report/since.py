"""What changed since the last edition: figures, measures, and what moved in the registers."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from scrutiny import places
from scrutiny.edition import Edition
from scrutiny.measures import Result, result_id, to_frame
from scrutiny.measures.difference import COUNTS, LAST_EDITION, LEFT, difference, revised
from scrutiny.registers import Letter, Registers, ScorecardChange
from scrutiny.report.counting import counted
from scrutiny.report.known import known_by
from scrutiny.report.records import Records, records

MOST_REVISIONS = 10  # the largest; a page has room for no more
NONE_ALIKE, SAME_FILES = "no figure of the same months", "the same files"


@dataclass(frozen=True)
class Since:
    """``revisions`` are the largest of the figures of one period that changed, by their ids.

    ``added`` and ``dropped`` are measures; ``moved`` says what moved in the registers, ``left``
    which indicators left a scorecard. ``unrevised`` says why no figure can have been revised, if
    so. ``unfollowed`` are the counts of register rows that are no longer followed, ``followed``
    the day from which they are, None for all. ``refusal`` says why nothing could be compared, else
    empty.
    """

    previous: str
    results: tuple[Result, ...] = ()
    lead: tuple[str, ...] = ()
    revisions: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    moved: tuple[str, ...] = ()
    left: tuple[ScorecardChange, ...] = ()
    unrevised: str = ""
    unfollowed: tuple[str, ...] = ()
    followed: dt.date | None = None
    refusal: str = ""


def since(
    edition: Edition,
    previous: Edition,
    before: Iterable[Result],
    after: Iterable[Result],
    registers: Registers,
) -> Since:
    """Return what changed between the main pages of two editions."""
    earlier, later = ({r.result_id: r for r in numbers} for numbers in (before, after))
    found = difference(to_frame(earlier.values()), to_frame(later.values()))
    newly = sorted(revised(found), key=_size, reverse=True)
    day = edition.settings.meeting
    figures = dict(zip(COUNTS, _counts(found, newly), strict=True))
    lead = [
        key
        for measure in edition.settings.measures
        for key in [result_id(measure, places.MPS, "change_percent", edition.now.kind)]
        if key in earlier and key in later and earlier[key].value is not None
    ]
    shown = [number["result_id"] for number in newly[:MOST_REVISIONS]]
    kept = [_as_it_was(earlier[key], previous) for key in dict.fromkeys([*lead, *shown])]
    had, has = (_measured(own.values()) for own in (earlier, later))
    made_since = edition.settings.registers_since
    last = previous.settings.meeting
    held, now_held = records(registers, last, made_since), records(registers, day, made_since)
    shed = _unfollowed(records(registers, last, previous.settings.registers_since), now_held)
    return Since(
        previous.target,
        (*(_count(name, value, day, previous) for name, value in (figures | shed).items()), *kept),
        tuple(lead),
        tuple(shown),
        tuple(m for m in has if m not in had),
        tuple(m for m in had if m not in has),
        tuple(_moved(held, now_held)),
        tuple(
            change
            for change in known_by(registers, registers.scorecard_changes, day)
            if change not in known_by(registers, registers.scorecard_changes, last)
        ),
        "" if newly else _unrevised(earlier, later),
        tuple(shed),
        made_since,
    )


def _unrevised(earlier: Mapping[str, Result], later: Mapping[str, Result]) -> str:
    """Return why no figure of the same months can have been revised; empty where one can."""
    alike = [
        key
        for key, number in later.items()
        if key in earlier and "@" in number.sources and earlier[key].period == number.period
    ]
    if not alike:
        return NONE_ALIKE
    return SAME_FILES if all(earlier[k].sources == later[k].sources for k in alike) else ""


def _unfollowed(before: Records, after: Records) -> dict[str, int]:
    """Return how many rows of each register stood before and stand no more, if any."""
    had, has = ([*_rows(each)] for each in (before, after))
    gone = [len(own - kept) for own, kept in zip(had, has, strict=True)]
    return {name: number for name, number in zip(LEFT, gone, strict=True) if number}


def _rows(kept: Records) -> Iterator[set]:
    """Yield what names the rows of each register, in the order of their counts."""
    yield {(promise.subject, promise.text) for promise in kept.promises}
    yield {action.reference for action in kept.actions}
    yield {each.letter.reference for each in kept.letters}
    yield {decision.number for decision in kept.decisions}


def _measured(numbers: Iterable[Result]) -> list[str]:
    """Return the measures that figures of files are of, each once."""
    return list(dict.fromkeys(r.measure for r in numbers if "@" in r.sources))


def _counts(found: Mapping, newly: list[dict]) -> list[int]:
    kinds = (len(found[kind]) for kind in ("changed", "added", "dropped"))
    return [*kinds, found["same"], len(newly)]


def _size(number: dict) -> float:
    """Return how large a revision is beside the figure itself."""
    value = number["before"]["value"]
    return abs(number["change"] or 0) / abs(value) if value else 0.0


def _count(measure: str, value: int, day: dt.date, previous: Edition) -> Result:
    method = "results.csv of this edition against that of the last, by result_id"
    return counted(measure, value, day, method=method, sources=previous.target)


def _as_it_was(result: Result, previous: Edition) -> Result:
    return dataclasses.replace(
        result,
        result_id=f"{result.result_id}.{LAST_EDITION}",
        note="; ".join(filter(None, [f"as in {previous.target}", result.note])),
    )


def _moved(before: Records, after: Records) -> Iterator[str]:
    """Yield in words what is new in the registers, and what stands otherwise."""
    had = {(p.subject, p.text): p.state for p in before.promises}
    states = [(p, had.get((p.subject, p.text))) for p in after.promises]
    new = [p for p, was in states if was is None]
    if new:
        yield f"Commitments new on record: {_named(dict.fromkeys(p.subject for p in new))}."
    for p, was in states:
        if was not in (None, p.state):
            yield f"Commitment on {p.subject}, {p.due}: {was} before, {p.state} now."
    known = {action.reference: action.closed_on for action in before.actions}
    fresh = [a.subject for a in after.actions if a.reference not in known]
    if fresh:
        yield f"Actions new on record: {_named(fresh)}."
    closed = [a.subject for a in after.actions if a.closed_on and not known.get(a.reference)]
    if closed:
        yield f"Actions closed: {_named(closed)}."
    read = {each.letter.reference: each.days for each in before.letters}
    sent = [_called(e.letter) for e in after.letters if e.letter.reference not in read]
    if sent:
        yield f"Letters and requests new on record: {_named(sent)}."
    answered = [
        _called(e.letter)
        for e in after.letters
        if e.days is not None and read.get(e.letter.reference) is None
    ]
    if answered:
        yield f"Answered: {_named(answered)}."
    signed = {decision.number for decision in before.decisions}
    if decided := [d.number for d in after.decisions if d.number not in signed]:
        yield f"Decisions new on record: {_named(decided)}."


def _called(letter: Letter) -> str:
    """Return what a letter is called; requests that are counted have no name but their subject."""
    if letter.number is not None:
        return f"requests from {letter.sender} ({letter.subject})"
    return f"{letter.kind} {letter.reference} ({letter.subject})"


def _named(names: Iterable[str]) -> str:
    return "; ".join(names)
