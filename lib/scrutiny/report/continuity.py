"""What is missing or gone: nothing that was on the last edition leaves in silence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from scrutiny.edition import Edition
from scrutiny.measures import Figures, catalogue
from scrutiny.periods import Window, date_name, key, period


@dataclass(frozen=True)
class Ended:
    """A measure whose figures end before the edition's.

    Its last month, the file that holds it, and the nearest living measure, empty without one.
    """

    measure: str
    last_month: str
    where: str
    relative: str

    @property
    def sentence(self) -> str:
        """Return it in words."""
        name = catalogue()[self.measure].name
        nearest = catalogue().get(self.relative)
        instead = f" The nearest measure that goes on is {nearest.in_sentence}." if nearest else ""
        return f"{name}: no file holds it after {date_name(self.last_month)}.{instead}"


def living(
    figures: Figures, wanted: Iterable[str], area: str, last: pd.Period
) -> tuple[tuple[str, ...], tuple[Ended, ...]]:
    """Return the measures that the files hold up to the month, and those that end before it.

    Where none reaches the month all that are held are returned as living: then it is the months
    that are missing, and not a measure.
    """
    ends = {m: figures.last_month(m, area) for m in wanted if figures.has(m, area)}
    alive = tuple(m for m, end in ends.items() if end >= key(last))
    if not alive:
        return tuple(ends), ()
    return alive, tuple(ended(figures, m, area, last) for m in ends if m not in alive)


def ended(figures: Figures, measure: str, area: str, last: pd.Period) -> Ended:
    """Return where a measure's figures end that do not reach the month ``last``."""
    end = figures.last_month(measure, area)
    at = period(end)
    (*_, file) = figures.elsewhere(measure, area, Window("month", at, at))[0].readings
    relative = catalogue()[measure].relative
    lives = relative and figures.last_month(relative, area) >= key(last)
    return Ended(measure, end, file.edition, relative if lives else "")


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
