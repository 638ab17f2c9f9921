"""What the committee asked for, what became of it, and the rules by which that is judged."""

from __future__ import annotations

from enum import Enum
from typing import Literal

from pydantic import model_validator

from scrutiny.registers.cells import Day, Listed, PartialDate, Row, Text


class AcceptanceRag(Enum):
    """Whether a recommendation was accepted; no judgement of performance."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"


class PerformanceRag(Enum):
    """Whether performance meets an aim. Never equal to an :class:`AcceptanceRag` of its colour."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"


class RagRule(Row):
    """What the colours of a rule mean; ``judges`` says of what they are a judgement."""

    rule: Text
    judges: Literal["acceptance", "performance"]
    green: Text
    amber: Text
    red: Text
    document: Text
    locator: Text

    @property
    def colours(self) -> type[AcceptanceRag] | type[PerformanceRag]:
        """The type of a colour that the rule gives."""
        return AcceptanceRag if self.judges == "acceptance" else PerformanceRag


class Recommendation(Row):
    """A recommendation, kept once; ``parent`` is the number that a sub-part belongs to.

    ``asked_for`` is by when in the document's sense, ``asked_by`` the same as a date where the
    document allows one.
    """

    reference: Text
    year: int
    origin: Text
    number: Text
    parent: str | None
    text: Text
    theme: Text
    addressee: Text
    asked_on: PartialDate
    asked_for: str | None
    asked_by: PartialDate | None
    document: Text
    locator: Text
    wording: Literal["paraphrase", "verbatim"]


class HistoryEntry(Row):
    """One dated thing that happened to a recommendation; the date of delivery is an entry too."""

    entry: Text
    reference: Text
    date: PartialDate
    event: Literal["asked", "answered", "judged", "delivered", "closed"]
    rag: AcceptanceRag | None
    rule: str | None
    response: str | None
    responded_by: str | None
    offered_for: str | None
    offered_by: PartialDate | None
    next_check: str | None
    next_check_by: PartialDate | None
    judged_by: str | None
    decision: str | None
    document: Text
    locator: Text
    wording: Literal["paraphrase", "verbatim"]

    @model_validator(mode="before")
    @classmethod
    def _green_has_evidence(cls, cells: dict) -> dict:
        lacking = [name for name in ("response", "document", "locator") if not cells.get(name)]
        if cells.get("rag") == "green" and lacking:
            raise ValueError(
                f"green without evidence: {' and '.join(lacking)} empty; say what was done, in "
                "which document and where in it, or judge amber"
            )
        return cells

    @model_validator(mode="after")
    def _of_its_event(self) -> HistoryEntry:
        if self.event == "judged" and not (self.rag and self.rule and self.judged_by):
            raise ValueError(
                "a judgement without colour, rule or judge; fill in rag, rule and judged_by"
            )
        if self.event != "judged" and (self.rag or self.rule):
            raise ValueError(
                f"a colour or rule on an entry that is {self.event}; leave rag and rule empty, or "
                "write judged as the event"
            )
        if self.event == "closed" and not self.decision:
            raise ValueError("closed without a decision; name the decision that ended monitoring")
        if self.event != "closed" and self.decision:
            raise ValueError("a decision on an entry that closes nothing; write closed as event")
        return self


class NotableImpact(Row):
    """Something that changed because the committee asked."""

    number: int
    text: Text
    recommendations: Listed
    document: Text
    locator: Text


class Action(Row):
    """Something promised or requested at a hearing, open until a document closes it."""

    reference: Text
    kind: Literal["promised", "requested", "question"]
    meeting_on: Day
    minute: Text
    subject: Text
    text: Text
    owner: Text
    asked_by: Text
    due: str | None
    due_by: PartialDate | None
    closed_on: Day | None
    closed_by: str | None
    closed_locator: str | None
    document: Text
    locator: Text
    wording: Literal["paraphrase", "verbatim"]

    @model_validator(mode="after")
    def _closed_by_a_document(self) -> Action:
        if (self.closed_on is None) != (self.closed_by is None):
            raise ValueError(
                "closed without a document, or a document without the day; fill in closed_on and "
                "closed_by, or neither"
            )
        if self.closed_on and self.closed_on < self.meeting_on:
            raise ValueError(
                f"closed on {self.closed_on}, before the meeting of {self.meeting_on}; correct "
                "one of the days"
            )
        return self
