"""Rows of the registers of a monthly report: finance, letters, commitments, the calendar."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import AfterValidator, model_validator

from scrutiny.registers.cells import Day, PartialDate, Row, Text, month

APPROVED = "approved"


class FinanceFigure(Row):
    """A figure of a financial period, in millions of pounds, and how far it may be shown.

    ``value`` is empty where the figure is not on record, ``state`` where the document does not
    say it. ``kind`` is ``spending`` where the document does not part revenue from capital.
    """

    period: Text
    month: Annotated[str, AfterValidator(month)]
    kind: Literal["revenue", "capital", "spending"]
    figure: Literal["budget", "actual", "forecast"]
    value: float | None
    state: Literal["provisional", "finalised", "approved"] | None
    state_by: str | None
    state_on: Day | None
    reason: str | None
    document: Text
    locator: Text

    @model_validator(mode="after")
    def _approved_by_somebody(self) -> FinanceFigure:
        if self.state == APPROVED and not (self.state_by and self.state_on):
            raise ValueError(
                "approved by nobody or on no day; fill in state_by and state_on, or write finalised"
            )
        if self.state != APPROVED and not self.reason:
            raise ValueError("not approved and no reason; say in reason why it is withheld")
        return self

    @property
    def key(self) -> tuple[str, str, str]:
        """What tells it from the other figures."""
        return self.month, self.kind, self.figure

    def may_be_shown(self, day: dt.date) -> bool:
        """Whether it had been approved by that day."""
        return self.state == APPROVED and self.state_on <= day


class Letter(Row):
    """A letter, question or number of requests, and the answer to it."""

    reference: Text
    kind: Literal["letter", "question", "requests"]
    sender: Text
    addressee: Text
    subject: Text
    sent_on: Day
    due_by: Day | None
    answered_on: Day | None
    answered_by: str | None
    number: int | None
    document: Text
    locator: Text
    note: str | None

    @model_validator(mode="after")
    def _answered_after_it_was_sent(self) -> Letter:
        if self.answered_on and self.answered_on < self.sent_on:
            raise ValueError(
                f"answered on {self.answered_on}, before {self.sent_on}; correct one of the days"
            )
        if (self.answered_on is None) != (self.answered_by is None):
            raise ValueError(
                "answered on no day, or by nobody; fill in answered_on and answered_by, or neither"
            )
        return self


class Commitment(Row):
    """What somebody said would be done, by when, and the document that shows it done.

    ``moved_from`` is the day, month or year that was named before; empty where it never moved.
    """

    reference: Text
    subject: Text
    text: Text
    owner: Text
    made_on: Day
    due: Text
    due_by: PartialDate | None
    moved_from: PartialDate | None
    closed_on: PartialDate | None
    closed_by: str | None
    closed_locator: str | None
    document: Text
    locator: Text

    @model_validator(mode="after")
    def _closed_by_a_document(self) -> Commitment:
        if (self.closed_on is None) != (self.closed_by is None):
            raise ValueError(
                "done without a document, or a document without the day; fill in closed_on and "
                "closed_by, or neither"
            )
        return self


class CycleMeeting(Row):
    """A meeting of a report's cycle: when it is, when its paper is due, which days that covers.

    What no document says is empty. ``edition`` is the month that names the edition.
    """

    report: Text
    edition: Annotated[str, AfterValidator(month)]
    meeting: Day
    venue: str | None
    paper_due: Day | None
    reporting_from: Day | None
    reporting_to: Day | None
    data_to: Annotated[str, AfterValidator(month)] | None
    next_meeting: Day | None
    document: Text
    locator: Text
    note: str | None

    @property
    def key(self) -> tuple[str, str]:
        """The edition that it is the meeting of."""
        return self.report, self.edition

    @model_validator(mode="after")
    def _in_order(self) -> CycleMeeting:
        if f"{self.meeting:%Y-%m}" != self.edition:
            raise ValueError(
                f"the meeting of {self.meeting} is not in {self.edition}; correct one of them"
            )
        days = [self.reporting_from, self.reporting_to, self.paper_due, self.meeting]
        known = [day for day in [*days, self.next_meeting] if day]
        if known != sorted(known):
            raise ValueError(
                "its days are out of order; reporting_from, reporting_to, paper_due, meeting and "
                "next_meeting follow each other"
            )
        return self
