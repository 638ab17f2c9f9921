"""The catalogue as one table, and what is no longer published as another."""

from __future__ import annotations

from scrutiny.markup import number
from scrutiny.markup import text as escape
from scrutiny.measures import Result, catalogue
from scrutiny.measures.portfolios import PORTFOLIOS
from scrutiny.measures.summaries import Summary
from scrutiny.periods import month, month_name, short_month_name
from scrutiny.report import Report
from scrutiny.report.listing import Entry
from scrutiny.tables.table import Cell, Column, Table
from scrutiny.theme import ARROWS
from scrutiny.words.sentence import CHANCE_FROM, Passage, direction, judged, of_the_whole

NOT_HELD = "[z]"
ABSENT = "not in open data"
LACKING = "not in the files"


def listing(report: Report) -> Table | Passage:
    """Return every item of the lists in a row, grouped by portfolio: what is known of it."""
    if report.listing is None:
        return Passage("")
    last = report.edition.now.last
    shown = [entry for entry in report.listing.entries if entry.ended is None]
    return Table(
        f"What the committee is given, by portfolio: figures for the MPS to {month_name(last)}",
        (
            Column("Item", numeric=False),
            Column("Portfolio", numeric=False),
            Column("Last month", "count or %"),
            Column("Year to date", "count or %"),
            Column("12 months", "count or %"),
            Column("Change in 12 months", "% or pp"),
            Column("Reading; last month", numeric=False),
            Column("Data to", numeric=False),
            Column("What it means", numeric=False),
        ),
        tuple(_row(entry) for entry in shown),
        (
            "Year to date is from April. Change is that of the 12 months against the 12 before: of "
            "a count in per cent, of a rate in percentage points (pp). A level, such as officers "
            "at a month's end or a survey's share, is not added up: its change is against a year "
            "before.",
            "The reading gives the change first, then, after a semicolon, how the last month "
            "stands in the 24 months up to it: usual, or how it stands out. The season alone can "
            "make a month stand out.",
            "Strength is in full-time equivalents, specials in people; all other figures are "
            "counts of offences, victims, searches or calls, or shares in per cent.",
        ),
    )


def _row(entry: Entry) -> tuple[Cell, ...]:
    portfolio = escape(PORTFOLIOS[entry.item.portfolio])
    found = entry.summary
    if found is None:
        name = escape(entry.item.item)
        if entry.item.measure:
            return (name, portfolio, LACKING, *[NOT_HELD] * 5, "None of the files given holds it.")
        said = f"{entry.item.absence} {entry.item.statement} Held by: {entry.item.holder}."
        return (name, portfolio, ABSENT, *[NOT_HELD] * 5, escape(said))
    own = catalogue()[found.measure]
    return (
        escape(own.name),
        portfolio,
        found.latest,
        found.to_date or NOT_HELD,
        found.year or NOT_HELD,
        _change(found.change),
        _reading(found),
        short_month_name(month(found.latest.period[-7:])),
        escape(entry.item.footnote or own.definition),
    )


def _change(change: Result | None) -> Cell:
    if change is None:
        return NOT_HELD
    in_points = change.unit == "percentage points" and change.comparable
    return f"{number(change)} pp" if in_points else change


def _reading(found: Summary) -> str:
    """Return direction, chance and polarity of the change, then how the last month stands."""
    told = [_moved(found)]
    if found.varying and found.varying.segments[-1].lines:
        signal = found.varying.months[-1].signal
        better = f" ({signal.judged})" if signal and signal.judged else ""
        told.append(f"{signal.words}{better}" if signal else "usual")
    return "; ".join(told)


def _moved(found: Summary) -> str:
    if found.change is None:
        return "– no year before"
    way = direction(found.change)
    if way not in ARROWS:
        return f"– {'none before' if way == 'no percentage' else 'not comparable'}"
    arrow = f'<span aria-hidden="true">{ARROWS[way]}</span> {way}'
    if found.p_value and found.p_value.value is not None and found.p_value.value >= CHANCE_FROM:
        return f"{arrow}, within chance"
    polarity = judged(catalogue()[found.measure], found.change)
    return f"{arrow}, {polarity}" if polarity else arrow


@of_the_whole
def ended(report: Report) -> Table | None:
    """Return the measures that are no longer published; None where all still are."""
    if not report.listing.ended:
        return None
    known = catalogue()
    return Table(
        f"No longer published by {month_name(report.edition.now.last)}",
        (
            Column("Measure", numeric=False),
            Column("Last month", numeric=False),
            Column("In which file", numeric=False),
            Column("Nearest measure that is still published", numeric=False),
        ),
        tuple(
            (
                escape(known[each.measure].name),
                month_name(month(each.last_month)),
                escape(each.where),
                escape(known[each.relative].name) if each.relative else "none",
            )
            for each in report.listing.ended
        ),
        (
            "The last month is that of the files read here. The nearest measure counts otherwise: "
            "the two are never joined into one series.",
        ),
    )
