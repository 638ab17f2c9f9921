"""The calendar of releases: what each source should hold by a day, and what is late."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from scrutiny.periods import MONTH, month, month_name
from scrutiny.sources.catalogue import sources
from scrutiny.sources.reading import Reading


@dataclass(frozen=True)
class Release:
    """A source, the last month that its newest file holds, and the month that is due by a day.

    ``expected`` is None for a source that is no longer released, or at no set time.
    """

    source: str
    held: pd.Period
    expected: pd.Period | None
    day: dt.date

    @property
    def late(self) -> int:
        """How many months are missing; 0 where the source is up to date."""
        return max(0, (self.expected - self.held).n) if self.expected is not None else 0

    @property
    def sentence(self) -> str:
        """Return it in words: ``workforce holds March 2026, and September 2026 was due by ...``."""
        held = f"{self.source} holds {month_name(self.held)}"
        if self.expected is None:
            return f"{held}; nothing newer is due"
        if not self.late:
            return f"{held}, up to date"
        lag = sources()[self.source].due_months or 0
        due = (self.expected + lag).to_timestamp(how="end").date()
        return f"{held}, and {month_name(self.expected)} was due by {due.isoformat()}"


def releases(readings: Iterable[Reading], day: dt.date) -> list[Release]:
    """Return how each source of monthly figures among the files stands on a day, by its key."""
    newest: dict[str, str] = {}
    for reading in readings:
        if MONTH.fullmatch(reading.last_month):
            newest[reading.source] = max(newest.get(reading.source, ""), reading.last_month)
    return [
        Release(key, month(held), sources()[key].expected(pd.Timestamp(day)), day)
        for key, held in sorted(newest.items())
    ]
