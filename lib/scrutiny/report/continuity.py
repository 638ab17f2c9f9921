"""What is missing or gone: nothing that was on the last edition leaves in silence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from scrutiny.edition import Edition
from scrutiny.measures import Figures, catalogue
from scrutiny.periods import month, month_name


@dataclass(frozen=True)
class Ended:
    """A measure whose figures end before the edition's: its last month and nearest living one."""

    measure: str
    last_month: str
    relative: str

    @property
    def sentence(self) -> str:
        """Return it in words."""
        name = catalogue()[self.measure].name
        nearest = catalogue().get(self.relative)
        instead = f" The nearest measure that goes on is {nearest.in_sentence}." if nearest else ""
        return f"{name}: no file holds it after {month_name(month(self.last_month))}.{instead}"


def living(
    figures: Figures, wanted: Iterable[str], area: str, last: pd.Period
) -> tuple[tuple[str, ...], tuple[Ended, ...]]:
    """Return the measures that the files hold up to the month, and those that end before it.

    Where none reaches the month all that are held are returned as living: then it is the months
    that are missing, and not a measure.
    """
    ends = {m: figures.last_month(m, area) for m in wanted if figures.has(m, area)}
    alive = tuple(m for m, end in ends.items() if end >= str(last))
    if not alive:
        return tuple(ends), ()
    ended = [
        Ended(m, end, _living_relative(m, alive, figures, area, str(last)))
        for m, end in ends.items()
        if m not in alive
    ]
    return alive, tuple(ended)


def alarms(
    edition: Edition, previous: Edition | None, before: Iterable[str], shown: Iterable[str]
) -> tuple[str, ...]:
    """Return an alarm for each measure that the last edition had and this one lacks."""
    if previous is None:
        return ()
    return tuple(
        f"{measure} was in {previous.target} and is not in this edition"
        for measure in before
        if measure not in set(shown)
    )


def _living_relative(
    measure: str, alive: tuple[str, ...], figures: Figures, area: str, last: str
) -> str:
    relative = catalogue()[measure].relative
    return relative if relative in alive or figures.last_month(relative, area) >= last else ""
