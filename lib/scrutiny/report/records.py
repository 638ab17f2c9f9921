"""The registers behind a monthly report as they stood on its day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from scrutiny.measures import Result
from scrutiny.registers import Action, Commitment, Decision, Letter, Registers, last_day
from scrutiny.report.counting import counted
from scrutiny.report.known import known_by

PART = "registers"
REGISTERS = {"commitments": "commitments", "letters": "correspondence", "actions": "actions"}


@dataclass(frozen=True)
class Promise:
    """A commitment as it stood: ``state`` is ``open``, ``overdue`` or ``done``.

    ``ahead`` says whether it is open and has a day that had not passed.
    """

    subject: str
    text: str
    owner: str
    due: str
    moved_from: str
    state: str
    document: str
    locator: str
    closed_by: str = ""
    ahead: bool = False


@dataclass(frozen=True)
class Answered:
    """A letter as it stood: ``days`` to the answer, None without; ``overdue`` past its day."""

    letter: Letter
    days: int | None
    overdue: bool


@dataclass(frozen=True)
class Records:
    """What is on record on a day; ``gaps`` are the decisions' numbers between those listed."""

    day: dt.date
    letters: tuple[Answered, ...]
    promises: tuple[Promise, ...]
    actions: tuple[Action, ...]
    decisions: tuple[Decision, ...]
    gaps: tuple[str, ...]

    @property
    def documents(self) -> tuple[str, ...]:
        """The keys of the documents that the rows cite, each once, in order."""
        rows = (*self.decisions, *self.promises, *self.actions)
        cited = [row.document for row in rows]
        cited += [row.closed_by for row in (*self.promises, *self.actions) if row.closed_by]
        cited += [each.letter.document for each in self.letters]
        return tuple(dict.fromkeys(cited))

    @property
    def results(self) -> list[Result]:
        """The counts of each register, and the days that each answer took."""
        states = [promise.state for promise in self.promises]
        numbers = {
            "commitments": len(states),
            "commitments-open": states.count("open"),
            "commitments-overdue": states.count("overdue"),
            "letters": sum(each.letter.kind != "requests" for each in self.letters),
            "letters-overdue": sum(each.overdue for each in self.letters),
            "actions": len(self.actions),
            "actions-open": sum(action.closed_on is None for action in self.actions),
            "actions-overdue": sum(is_late(action, self.day) for action in self.actions),
        }
        made = [
            self._number(name, "count", value, source=REGISTERS[name.partition("-")[0]])
            for name, value in numbers.items()
        ]
        return [*made, *self._of_letters()]

    def _of_letters(self) -> Iterator[Result]:
        for each in self.letters:
            tag, source = each.letter.reference, f"{each.letter.document} {each.letter.locator}"
            if each.days is not None:
                yield self._number("response-days", "days", each.days, tag, source)
            if each.letter.number is not None:
                yield self._number("requests", "count", each.letter.number, "published", source)

    def _number(
        self, measure: str, statistic: str, value: int, tag: str = "", source: str = ""
    ) -> Result:
        return counted(
            measure,
            value,
            self.day,
            statistic=statistic,
            tag=tag,
            status="as-published" if measure == "requests" else "ok",
            method="answered_on - sent_on" if statistic == "days" else "rows counted",
            sources=source,
            note="as on the day of the meeting",
        )


def records(registers: Registers, day: dt.date, since: dt.date | None = None) -> Records:
    """Return what is on record on a day, of what was made or sent since another."""
    since = since or dt.date.min
    letters = [
        _answered(letter, day)
        for letter in known_by(registers, registers.correspondence, day)
        if since <= letter.sent_on <= day
    ]
    made = [
        _promise(commitment, day)
        for commitment in known_by(registers, registers.commitments, day)
        if since <= commitment.made_on <= day
    ]
    decisions = sorted(
        (row for row in known_by(registers, registers.decisions, day) if row.year >= since.year),
        key=lambda row: (row.year, row.sequence),
    )
    return Records(
        day,
        tuple(letters),
        (*made, *_offered(registers, day, since)),
        tuple(
            _as_it_stood(action, day)
            for action in known_by(registers, registers.actions, day)
            if since <= action.meeting_on <= day
        ),
        tuple(decisions),
        tuple(_gaps(decisions)),
    )


def _answered(letter: Letter, day: dt.date) -> Answered:
    answered = letter.answered_on if letter.answered_on and letter.answered_on <= day else None
    days = (answered - letter.sent_on).days if answered else None
    overdue = bool(letter.due_by and letter.due_by < (answered or day))
    return Answered(letter, days, overdue)


def _promise(commitment: Commitment, day: dt.date) -> Promise:
    done = bool(commitment.closed_on and last_day(commitment.closed_on) <= day)
    return Promise(
        commitment.subject,
        commitment.text,
        commitment.owner,
        commitment.due,
        commitment.moved_from or "",
        "done" if done else _state(commitment.due_by, day),
        commitment.document,
        commitment.locator,
        (commitment.closed_by or "") if done else "",
        not done and _is_ahead(commitment.due_by, day),
    )


def _is_ahead(due_by: str | None, day: dt.date) -> bool:
    return bool(due_by and last_day(due_by) >= day)


def _state(due_by: str | None, day: dt.date) -> str:
    return "overdue" if due_by and last_day(due_by) < day else "open"


def _offered(registers: Registers, day: dt.date, since: dt.date) -> Iterator[Promise]:
    """Yield the dates that answers to recommendations promised, moved from those asked for."""
    asked = {row.reference: row for row in registers.recommendations}
    history = known_by(registers, registers.recommendation_history, day)
    ended = {
        row.reference: row.document
        for row in history
        if row.event in ("delivered", "closed") and last_day(row.date) <= day
    }
    last = {
        row.reference: row
        for row in history
        if row.offered_for and since <= last_day(row.date) <= day
    }
    for reference, row in last.items():
        own = asked[reference]
        moved = own.asked_for if own.asked_for and own.asked_for != row.offered_for else ""
        done = reference in ended
        yield Promise(
            f"Recommendation {own.number} of {own.year}",
            own.text,
            own.addressee,
            row.offered_for or "",
            moved,
            "done" if done else _state(row.offered_by, day),
            row.document,
            row.locator,
            ended.get(reference, ""),
            not done and _is_ahead(row.offered_by, day),
        )


def _as_it_stood(action: Action, day: dt.date) -> Action:
    if action.closed_on is None or action.closed_on <= day:
        return action
    return action.model_copy(update={"closed_on": None, "closed_by": None, "closed_locator": None})


def state_of(action: Action, day: dt.date) -> str:
    """Return how an action stands on a day: ``done``, ``overdue``, ``ahead`` or ``open``."""
    if action.closed_on is not None:
        return "done"
    if is_late(action, day):
        return "overdue"
    return "ahead" if _is_ahead(action.due_by, day) else "open"


def is_late(action: Action, day: dt.date) -> bool:
    """Whether an action is open and its day has passed."""
    return bool(action.closed_on is None and action.due_by and last_day(action.due_by) < day)


def _gaps(decisions: list[Decision]) -> Iterator[str]:
    """Yield the numbers that lie between those on record, a run at a time."""
    for earlier, later in pairwise(decisions):
        first, last = earlier.sequence + 1, later.sequence - 1
        if earlier.year == later.year and first <= last:
            yield f"{later.year} {first}" + (f" to {last}" if last > first else "")
