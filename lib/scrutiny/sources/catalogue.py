"""The catalogue of sources: what each is, whose, how often it comes, its traps and its limits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from importlib import resources
from types import MappingProxyType

import pandas as pd
import yaml

_MONTHS = {"month": 1, "quarter": 3, "year": 12}


@dataclass(frozen=True)
class Source:
    """One entry of ``catalogue.yml``.

    ``every`` is ``month``, ``quarter``, ``year`` or ``none`` (released once, or no more);
    ``due_months`` are the whole months after a period by whose last day its figures are due.
    """

    key: str
    name: str
    publisher: str
    licence: str
    page: str
    what: str
    covers: str
    every: str
    due_months: int | None
    layout: str
    traps: tuple[str, ...]
    not_for: tuple[str, ...]

    def expected(self, day: pd.Timestamp) -> pd.Period | None:
        """Return the last month that should be published on ``day``; None where none is due.

        A figure is due by the last day of its month: before that day the one before is expected.
        """
        step = _MONTHS.get(self.every)
        if step is None or self.due_months is None:
            return None
        this_month = day.to_period("M")
        complete = this_month if day.day == this_month.days_in_month else this_month - 1
        last = complete - self.due_months
        return last - last.month % step if step > 1 else last


@cache
def sources() -> Mapping[str, Source]:
    """Return every source by its key, in the catalogue's order."""
    text = resources.files("scrutiny.sources").joinpath("catalogue.yml").read_text("utf-8")
    names = [field.name for field in fields(Source)]
    entries = [
        Source(
            **{name: tuple(e[name]) if name in ("traps", "not_for") else e[name] for name in names}
        )
        for e in yaml.safe_load(text)
    ]
    return MappingProxyType({entry.key: entry for entry in entries})


def source(key: str) -> Source:
    """Return the source of that key; raises ``KeyError``."""
    return sources()[key]
