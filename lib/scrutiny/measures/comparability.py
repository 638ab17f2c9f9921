"""Whether two periods may be compared: series breaks, and files that count different things."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from itertools import combinations
from typing import Protocol

from scrutiny import places
from scrutiny.measures.catalogue import catalogue
from scrutiny.measures.revisions import overlap
from scrutiny.periods import Window
from scrutiny.sources.reading import Reading

REFUSE = "refuse"


class Break(Protocol):
    """A row of the register of series breaks: see :class:`scrutiny.registers.SeriesBreak`."""

    measures: tuple[str, ...]
    areas: tuple[str, ...]
    sources: tuple[str, ...]
    month: str
    rule: str
    text: str


@dataclass(frozen=True)
class Comparability:
    """Why a comparison may not be made, and what its reader must know where it may."""

    refusals: tuple[str, ...] = ()
    footnotes: tuple[str, ...] = ()

    @property
    def note(self) -> str:
        """Return all of it in one text: the refusals where there are any."""
        return " ".join(self.refusals or self.footnotes)


def judge(
    breaks: Iterable[Break],
    measure: str,
    area: str,
    windows: Iterable[Window],
    readings: Iterable[Reading],
) -> Comparability:
    """Return whether a measure of an area compares over windows whose figures are of these files.

    A break lies across them where some of their months are before it and some are not. Files of
    about one age that count different things refuse; other joined files are a footnote.
    """
    windows, readings = list(windows), list(readings)
    refusals, footnotes = [], []
    for one, other in combinations(readings, 2):
        shared = overlap(one, other, measure, area)
        name = catalogue()[measure].in_sentence
        if shared and shared.disagrees:
            refusals.append(
                f"{one.edition} and {other.edition} do not count {name} alike, so no comparison "
                "is made across them."
            )
        else:
            footnotes.append(f"Months of {one.edition} and of {other.edition} are joined.")
    for found in breaks_across(breaks, measure, area, windows, readings):
        (refusals if found.rule == REFUSE else footnotes).append(found.text)
    return Comparability(tuple(refusals), tuple(dict.fromkeys(footnotes)))


def breaks_across(
    breaks: Iterable[Break],
    measure: str,
    area: str,
    windows: list[Window],
    readings: list[Reading],
) -> list[Break]:
    """Return the breaks that are about the measure, area and files and lie across the windows."""
    return [
        found
        for found in breaks
        if _applies(found, measure, area, readings) and _lies_across(found.month, windows)
    ]


def _applies(found: Break, measure: str, area: str, readings: list[Reading]) -> bool:
    kind = places.place(area).kind
    return (
        any(fnmatchcase(measure, pattern) for pattern in found.measures)
        and any(fnmatchcase(kind, pattern) for pattern in found.areas)
        and any(fnmatchcase(r.source, pattern) for r in readings for pattern in found.sources)
    )


def _lies_across(first: str, windows: list[Window]) -> bool:
    return min(w.months[0] for w in windows) < first <= max(w.months[-1] for w in windows)
