"""What a report may say of finance: the latest approved period, and what is withheld and why."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from scrutiny import places
from scrutiny.measures import Result, printing, result_id
from scrutiny.periods import financial_year, month
from scrutiny.registers import FinanceFigure, Registers
from scrutiny.report.known import known_by

UNIT = "£ million"
WITHHELD = "withheld"
TOO_COMMON = 2  # digits
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


@dataclass(frozen=True)
class Finance:
    """The figures of the latest approved period, and those that are withheld, without a value.

    ``earlier`` says whether those on record are of earlier financial years alone.
    """

    shown: tuple[FinanceFigure, ...]
    withheld: tuple[FinanceFigure, ...]
    earlier: bool = False

    @property
    def results(self) -> list[Result]:
        """A row a figure; a withheld one has no value, only the reason."""
        return [*map(_result, self.shown), *map(_result, self.withheld)]


def finance(registers: Registers, day: dt.date, last: pd.Period | None = None) -> Finance:
    """Return what may be shown on a day: a figure counts as approved from that day on.

    Of the approved periods the latest alone; withheld is what is not approved of that period and
    of later ones, or of all where none is approved. Periods of financial years before that of the
    month ``last`` are left out.
    """
    known = known_by(registers, registers.finance, day)
    year = financial_year(last) if last is not None else ""
    rows = [row for row in known if financial_year(month(row.month)) >= year]
    approved = [row for row in rows if row.may_be_shown(day)]
    latest = max((row.month for row in approved), default="")
    return Finance(
        tuple(row for row in approved if row.month == latest),
        tuple(
            _without_value(row) for row in rows if row.month >= latest and not row.may_be_shown(day)
        ),
        bool(known) and not rows,
    )


def redacted(registers: Registers, day: dt.date | None) -> Registers:
    """Return the registers without the values that may not be shown on a day; None: without any."""
    rows = tuple(
        row if day and row.may_be_shown(day) else _without_value(row) for row in registers.finance
    )
    return dataclasses.replace(registers, finance=rows)


def withheld_values(registers: Registers, day: dt.date | None) -> tuple[float, ...]:
    """Return the values that may not be shown on a day, for a text to be held against them."""
    shown = finance(registers, day).shown if day else ()
    open_values = {row.value for row in shown}
    closed = (row for row in registers.finance if not (day and row.may_be_shown(day)))
    return tuple(
        row.value for row in closed if row.value is not None and row.value not in open_values
    )


def measure_of(row: FinanceFigure) -> str:
    """Return the measure that a figure is of: ``revenue-actual``."""
    return f"{row.kind}-{row.figure}"


def _without_value(row: FinanceFigure) -> FinanceFigure:
    return row.model_copy(update={"value": None})


def _result(row: FinanceFigure) -> Result:
    known = row.value is not None
    return Result(
        result_id=result_id(measure_of(row), places.MPS, "amount", row.month),
        measure=measure_of(row),
        area=places.MPS,
        area_kind="force",
        period=f"{row.month}..{row.month}",
        comparator="",
        statistic="amount",
        value=row.value,
        unit=UNIT,
        printed=printing.money(row.value) if known else WITHHELD,
        status="as-published" if known else WITHHELD,
        method="taken from the register of finance",
        sources=f"finance;{row.document} {row.locator}",
        note=f"{row.period}: {row.state} by {row.state_by}" if known else row.reason or "",
    )


def problems(texts: Iterable[tuple[str, str]], values: Iterable[float]) -> list[str]:
    """Return where a text holds a withheld value, by the text's name; the value is not repeated."""
    written = {form for value in values for form in _forms(value)}
    return [
        f"{name}.md, line {number}: holds a figure that finance.csv withholds; delete it"
        for name, text in texts
        for number, line in enumerate(text.splitlines(), 1)
        if written & set(_NUMBER.findall(line))
    ]


def _forms(value: float) -> set[str]:
    """Return how a value may be written: as it stands, to a decimal, with commas; not shorter.

    A value rounded to two digits or fewer is too common a number to be known again.
    """
    plain = {f"{value:.10g}", f"{value:,}", printing.money(value)}
    return {form for form in plain if sum(map(str.isdigit, form)) > TOO_COMMON}
