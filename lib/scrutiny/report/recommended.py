"""A recommendation as it stands at the end of a month, and what follows from its dates."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from scrutiny.registers import (
    AcceptanceRag,
    HistoryEntry,
    Recommendation,
    first_day,
    last_day,
)


@dataclass(frozen=True)
class Recommended:
    """A recommendation with what is known of it on the day ``at``.

    ``tag`` names it in addresses and numbers; ``parts`` are its sub-parts; ``earlier`` is its
    colour in the edition before, and ``was_known`` whether it had been asked by then.
    """

    recommendation: Recommendation
    tag: str
    parts: tuple[Recommendation, ...]
    history: tuple[HistoryEntry, ...]
    at: dt.date
    earlier: AcceptanceRag | None = None
    was_known: bool = False

    @property
    def judged(self) -> HistoryEntry | None:
        """The last judgement; None where there is none yet."""
        return self._last("judged")

    @property
    def rag(self) -> AcceptanceRag | None:
        """The colour of the last judgement."""
        return self.judged.rag if self.judged else None

    @property
    def delivered(self) -> HistoryEntry | None:
        """The entry that says that what was asked has come."""
        return self._last("delivered")

    @property
    def closed(self) -> HistoryEntry | None:
        """The entry with the committee's decision to end monitoring."""
        return self._last("closed")

    @property
    def moved(self) -> bool:
        """Whether its colour is another than in the edition before."""
        return self.was_known and self.rag != self.earlier

    @property
    def answered_undated(self) -> bool:
        """Whether an answer is told by the judgement of it alone, so that its day is not known."""
        answers = self._last("answered") or self._last("delivered")
        return answers is None and self.rag in (AcceptanceRag.GREEN, AcceptanceRag.AMBER)

    @property
    def offer(self) -> HistoryEntry | None:
        """The last entry in which a date was offered."""
        offers = [entry for entry in self.history if entry.offered_for]
        return offers[-1] if offers else None

    @property
    def offered_otherwise(self) -> bool:
        """Whether one date was asked and another offered."""
        asked = self.recommendation.asked_for
        return bool(asked and self.offer and asked != self.offer.offered_for)

    @property
    def due(self) -> dt.date | None:
        """The last day of the last date offered or, where none was offered, of the date asked."""
        offered = [entry.offered_by for entry in self.history if entry.offered_by]
        date = offered[-1] if offered else self.recommendation.asked_by
        return last_day(date) if date else None

    @property
    def undated(self) -> str:
        """The date offered or asked, in words, of what is to come and no day can be told for."""
        if not self.outstanding or self.due:
            return ""
        return (self.offer and self.offer.offered_for) or self.recommendation.asked_for or ""

    @property
    def outstanding(self) -> bool:
        """Whether it is still to come: not delivered, and not closed."""
        return not (self.delivered or self.closed)

    @property
    def days_late(self) -> int:
        """The days since it was due; 0 where it is not late, has no date, or has come."""
        if not self.outstanding or self.due is None:
            return 0
        return max(0, (self.at - self.due).days)

    @property
    def months_old(self) -> int:
        """The whole calendar months since the month in which it was asked."""
        asked = first_day(self.recommendation.asked_on)
        return 12 * (self.at.year - asked.year) + self.at.month - asked.month

    @property
    def next_check(self) -> HistoryEntry | None:
        """The last entry that says when the committee looks next; None once it is closed."""
        checks = [entry for entry in self.history if entry.next_check]
        return checks[-1] if checks and not self.closed else None

    def _last(self, event: str) -> HistoryEntry | None:
        found = [entry for entry in self.history if entry.event == event]
        return found[-1] if found else None
