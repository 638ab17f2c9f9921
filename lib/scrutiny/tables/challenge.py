"""The MOPAC Challenge as tables: the aims, the position by crime and by borough."""

from __future__ import annotations

from collections.abc import Callable

from scrutiny.markup import number
from scrutiny.markup import text as escape
from scrutiny.measures import catalogue
from scrutiny.measures.challenge import Position
from scrutiny.measures.trajectory import LABEL
from scrutiny.periods import financial_year, month, month_name, parse_window
from scrutiny.registers import Target
from scrutiny.report import Report
from scrutiny.tables.table import Cell, Column, Table
from scrutiny.words.sentence import Passage, of_the_whole

NOT_HELD = "not in open data"
NO_END = "[z]"
GAP = (
    "The gap is that of the count to the line, in percentage points of the count of the same "
    "months of the baseline year."
)


@of_the_whole
def targets(report: Report) -> Table | None:
    """Return what was to be reached beside what the files hold; None without any aim."""
    if not report.registers.targets:
        return None
    return Table(
        "What was to be reached, and the latest figures",
        (
            Column("What", numeric=False),
            Column("From", numeric=False),
            Column("To", numeric=False),
            Column("By", numeric=False),
            Column("Standing", numeric=False),
            Column("Latest in open data", "as said", numeric=False),
            Column("What to know", numeric=False),
        ),
        tuple(_target(report, target) for target in report.registers.targets),
        (
            "An aim was adopted by whoever set it; an ambition was spoken of and not adopted. The "
            "figures are the nearest that open data hold.",
        ),
    )


def _target(report: Report, target: Target) -> tuple[Cell, ...]:
    held = report.aims.get(target.measure or "")
    latest = NOT_HELD
    over = target.is_over(report.edition.now.last.end_time.date())
    note = target.note if held or target.measure is None else None
    if held:
        shown = held.year or held.latest
        months = "12 months to " if held.year else ""
        at = month_name(month(held.latest.period[-7:]))
        name = catalogue()[held.measure].in_sentence
        latest = f"{number(shown)}, {escape(name)}, {months}{at}"
    return (
        escape(target.name),
        escape(target.before or "not stated"),
        escape(target.aim),
        escape(target.by),
        escape(f"{target.standing}{', its time is over' if over else ''}"),
        latest,
        escape(" ".join(filter(None, [target.words, note]))),
    )


def challenge(report: Report) -> Table | Passage:
    """Return each of the seven crimes and their total against the line, and the year's end."""
    if report.challenge is None or report.has_challenge_elsewhere:
        return Passage("")
    return _positions(
        report.challenge.crimes,
        "Crime",
        lambda each: catalogue()[each.measure].name,
        "The seven crimes of the MOPAC Challenge in the MPS",
    )


def challenge_boroughs(report: Report) -> Table | Passage:
    """Return the seven crimes together in each borough against the line, in order of the name."""
    if report.challenge is None or not report.challenge.boroughs:
        return Passage("")
    return _positions(
        report.challenge.boroughs,
        "Borough",
        lambda each: each.area,
        "The seven crimes of the MOPAC Challenge together, by borough",
    )


def _positions(
    found: tuple[Position, ...], kind: str, name: Callable[[Position], str], caption: str
) -> Table:
    first = found[0].trajectory
    over = parse_window(first.to_date.count.period)
    baseline = financial_year(month(first.baseline.period[:7]))
    year = financial_year(over.last)
    ends = any(each.end for each in found)
    columns = [
        Column(kind, numeric=False),
        Column(f"{baseline}, the baseline", "count"),
        Column(f"{over.short_name}", "count"),
        Column("Illustrative line, same months", "count"),
        Column("Gap to the line", "percentage points"),
    ]
    if ends:
        columns += [
            Column(f"{year}, projected", "count"),
            Column("Lower limit", "95%"),
            Column("Upper limit", "95%"),
            Column(f"Illustrative line, {year}", "count"),
        ]
    return Table(
        f"{caption}, {over.name}, against an illustrative line",
        tuple(columns),
        tuple((escape(name(each)), *_numbers(each, ends=ends)) for each in found),
        (f"The line is {LABEL}. {GAP}",),
    )


def _numbers(found: Position, *, ends: bool) -> tuple[Cell, ...]:
    line = found.trajectory
    cells = (line.baseline, line.to_date.count, line.to_date.line, line.gap)
    if not ends:
        return cells
    if found.end is None:
        return (*cells, *[NO_END] * 4)
    return (*cells, found.end, *found.limits, found.year_line)
