"""What the committee is given: every item of the report's lists, with its figures or the reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from scrutiny import places
from scrutiny.errors import MissingMonths
from scrutiny.measures import Figures, Result, compare
from scrutiny.measures.portfolios import PORTFOLIOS
from scrutiny.measures.summaries import TWELVE_MONTHS, Summary, summary
from scrutiny.periods import Window
from scrutiny.registers import ListedItem, Registers
from scrutiny.report import continuity
from scrutiny.report.counting import counted

PART = "catalogue-"
TOTAL = "Total"  # how the two lists of calls name their last line, which is no item
ITEMS, PUBLISHED, ENDED, ABSENT = (
    "listed-items", "listed-items-published", "listed-items-ended", "listed-items-absent",
)  # fmt: skip
ROWS, ENDED_ROWS, UNCHARTED = "listed-rows", "listed-rows-ended", "listed-measures-uncharted"
MOST_CHOSEN = 4  # two rows of two: with the whole catalogue below, more make the page too heavy
STANDS_OUT, AIMED_AT, BROKEN = "the last month stands out", "an aim is set", "a break of the series"


@dataclass(frozen=True)
class Entry:
    """A row of the lists: ``summary`` where the files reach the edition's months.

    ``ended`` where they end before; neither for what open data do not hold.
    """

    item: ListedItem
    summary: Summary | None
    ended: continuity.Ended | None


@dataclass(frozen=True)
class Chosen:
    """A measure that the rule of the charts names, and its reasons."""

    measure: str
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Listing:
    """The entries of a page in order of portfolio; ``portfolio`` is empty on the main page.

    ``called`` are the measures that the rule of the charts names, in its order.
    """

    entries: tuple[Entry, ...]
    portfolio: str
    called: tuple[Chosen, ...]

    @property
    def chosen(self) -> tuple[Chosen, ...]:
        """The measures that have a chart on the main page: the first of those that are called."""
        return self.called[:MOST_CHOSEN]

    @cached_property
    def summaries(self) -> tuple[Summary, ...]:
        """The living measures, each once, in order."""
        found = {e.summary.measure: e.summary for e in self.entries if e.summary}
        return tuple(found.values())

    def compared(self, now: Window) -> tuple[str, ...]:
        """Return the counts whose change is over the months that the edition compares."""
        counts = tuple(found.measure for found in self.summaries if found.p_value)
        return counts if now.kind == TWELVE_MONTHS else ()

    @property
    def ended(self) -> tuple[continuity.Ended, ...]:
        """The measures that are no longer published, each once, in order."""
        return tuple({e.ended.measure: e.ended for e in self.entries if e.ended}.values())


def parts(registers: Registers, wanted: Iterable[str]) -> list[str]:
    """Return the parts of an edition that carry the catalogue, a portfolio each it wants."""
    held = {item.portfolio for item in registers.data_lists}
    return [f"{PART}{portfolio}" for portfolio in PORTFOLIOS if portfolio in held & {*wanted}]


def listing(
    figures: Figures, registers: Registers, last: pd.Period, portfolio: str = ""
) -> Listing:
    """Return the entries of a portfolio, or of all, for the MPS up to the month ``last``."""
    order = list(PORTFOLIOS)
    items = sorted(registers.data_lists, key=lambda item: order.index(item.portfolio))
    entries = tuple(
        _entry(figures, item, last) for item in items if portfolio in ("", item.portfolio)
    )
    day = last.end_time.date()
    aims = {target.measure for target in registers.targets if not target.is_over(day)}
    found = Listing(entries, portfolio, ())
    return found if portfolio else Listing(entries, "", _called(found.summaries, aims))


def _entry(figures: Figures, item: ListedItem, last: pd.Period) -> Entry:
    if item.measure is None or not figures.has(item.measure):
        return Entry(item, None, None)
    found = summary(figures, item.measure, places.MPS, last)
    ended = None if found else continuity.ended(figures, item.measure, places.MPS, last)
    return Entry(item, found, ended)


def _called(summaries: Iterable[Summary], aims: set[str | None]) -> tuple[Chosen, ...]:
    """Return which measures call for a chart: with an aim, then standing out, then broken.

    Of those that stand out what got worse comes before what got better, and that before the rest.
    """
    found = []
    for each in summaries:
        if not each.varying or not each.varying.segments[-1].lines:
            continue
        signal = each.varying.months[-1].signal
        reasons = [AIMED_AT] * (each.measure in aims) + [STANDS_OUT] * bool(signal)
        reasons += [BROKEN] * bool(each.varying.breaks)
        if reasons:
            judged = signal.judged if signal else ""
            order = (each.measure not in aims, not signal, ["worse", "better", ""].index(judged))
            found.append((order, Chosen(each.measure, tuple(reasons))))
    return tuple(chosen for _, chosen in sorted(found, key=lambda pair: pair[0]))


def counts(found: Listing, day: dt.date) -> list[Result]:
    """Return how many items there are, and how many are published, ended and not in open data.

    And how many rows those with figures and those ended take, a measure each, and how many
    measures call for a chart and have none.
    """
    states: dict[tuple[str, str], set[str]] = {}
    for entry in found.entries:
        state = PUBLISHED if entry.summary else ENDED if entry.ended else ABSENT
        states.setdefault((entry.item.list, entry.item.item), set()).add(state)
    best = [next(s for s in (PUBLISHED, ENDED, ABSENT) if s in held) for held in states.values()]
    numbers = {ITEMS: len(best)} | {s: best.count(s) for s in (PUBLISHED, ENDED, ABSENT)}
    numbers |= {
        ROWS: sum(entry.summary is not None for entry in found.entries),
        ENDED_ROWS: len(found.ended),
        UNCHARTED: len(found.called) - len(found.chosen),
    }
    about = {"method": "items, rows or measures of the lists counted", "sources": "data-lists"}
    return [counted(measure, value, day, **about) for measure, value in numbers.items()]


def part_contents(
    figures: Figures, registers: Registers, part: str, now: Window, before: Window
) -> dict:
    """Return the fields of the page of a portfolio."""
    found = listing(figures, registers, now.last, part.removeprefix(PART))
    results = [n for each in found.summaries for n in (*each.line, *each.series)]
    compared = []
    for each in found.summaries:
        if each.varying and (change := list(_changes(figures, each.measure, now, before))):
            compared.append(each.measure)
            results += change
    return {
        "results": list({result.result_id: result for result in results}.values()),
        "measures": tuple(compared),
        "varying": {each.measure: each.varying for each in found.summaries if each.varying},
        "listing": found,
        "missing_measures": (),
    }


def _changes(figures: Figures, measure: str, now: Window, before: Window) -> Iterator[Result]:
    """Yield the change over the edition's own windows; nothing where the files lack months."""
    try:
        made = compare.change(figures, measure, places.MPS, now, before)
        months = compare.monthly(figures, measure, places.MPS, now)
    except MissingMonths:
        return
    yield from (*made, *months)
