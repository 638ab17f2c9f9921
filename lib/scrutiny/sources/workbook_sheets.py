"""One sheet of the Datastore workbook: its months and its figures."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

import pandas as pd

from scrutiny.errors import Problem
from scrutiny.sources.categories import fold
from scrutiny.sources.reading import Note
from scrutiny.sources.workbook_columns import Columns, problem
from scrutiny.sources.workbook_headings import Headings, is_blank

# Surveys: a row a quarter, and some of their rows hold texts like 43% in the place of 0.43.
BY_QUARTER = frozenset(map(fold, ("Fear of Crime-Borough", "Confidence in Police")))
KINDS = {
    "count": "a whole count",
    "headcount": "a whole number of people",
    "fte": "a number of full-time equivalents",
    "fraction": "a fraction",
}
TO_DATE = ", year to date"
WHOLE = ("count", "headcount")
# No month had a million of anything that is counted here, and the force has never had 60,000
# people: what is larger than these stands in the wrong column, or has lost its decimal point.
LARGEST = {"count": 10_000_000, "headcount": 100_000, "fte": 100_000, "fraction": 1}
_NOT_A_MONTH = re.compile(r"%|change|total|average", re.IGNORECASE)
_PER_CENT = re.compile(r"(\d{1,3}(?:\.\d+)?) ?%", re.ASCII)
_LIKE_A_FIGURE = re.compile(r"[\d.,%\s-]+")


class Sheet:
    """One sheet, with what is wrong or worth a note in it.

    ``values`` is column (from 0) to month to figure; ``row_of`` is month to row (from 1).
    """

    def __init__(self, name: str, table: list[list], headings: Headings):
        self.name, self.key = name, fold(name)
        title = table[0][0] if table[0] and isinstance(table[0][0], str) else ""
        self.columns = Columns(name, headings, title)
        self.problems: list[Problem] = self.columns.problems
        self.notes: list[Note] = self.columns.notes
        self.row_of: dict[str, int] = {}
        self.values: dict[int, dict[str, float]] = {i: {} for i in self.columns}
        self._in_text: list[int] = []  # the rows of percentages in text, one for each cell
        if self.columns:
            filled = self._rows(table, headings.data)
            self._read_columns(filled)

    def cells(self, to_date: Mapping[int, Iterable[Iterable[str]]]) -> list[dict]:
        """Return the figures as observations want them.

        ``to_date`` has by column the years whose rates are of the year since April: these are not
        the figures of their months, so their category is another.
        """
        apart = {(i, month) for i, years in to_date.items() for year in years for month in year}
        return [
            {
                "sheet": self.name,
                "row": self.row_of[month],
                "column": i + 1,
                "area": column.area,
                "period": month,
                "group": self.name,
                "category": column.category + (TO_DATE if (i, month) in apart else ""),
                "value": value,
                "unit": column.unit,
            }
            for i, column in self.columns.items()
            for month, value in self.values[i].items()
        ]

    def _rows(self, table: list[list], first: int) -> dict[int, dict[int, object]]:
        """Return row (from 1) to its filled cells of known columns; fills :attr:`row_of`."""
        filled: dict[int, dict[int, object]] = {}
        rows: dict[str, list[int]] = defaultdict(list)
        for number, row in enumerate(table[first:], start=first + 1):
            here = {i: row[i] for i in self.columns if i < len(row) and not is_blank(row[i])}
            month = _month(row[0]) if row else None
            if month is None:
                self._note_what_is_no_month(number, row, here)
            elif here:
                rows[month].append(number)
                filled[number] = here
        if rows:
            self._read_months(rows)
        return filled

    def _note_what_is_no_month(self, number: int, row: list, here: dict[int, object]) -> None:
        label = next((cell for cell in row[:1] if not is_blank(cell)), "")
        figures = any(
            not isinstance(cell, str) or _LIKE_A_FIGURE.fullmatch(cell) for cell in here.values()
        )
        if figures and not (isinstance(label, str) and _NOT_A_MONTH.search(label)):
            self._problem("figures without a date", number, 0, str(label))
        elif label != "" or here:
            value = str(label) or str(next(iter(here.values())))
            self._note("a row that is not a month was left out", number, value)

    def _read_months(self, rows: dict[str, list[int]]) -> None:
        """Find the row of each month; none may be missing or stand twice."""
        step, kind = (3, "quarter") if self.key in BY_QUARTER else (1, "month")
        listed = [str(p) for p in pd.period_range(min(rows), max(rows), freq="M")][::step]
        missing = [month for month in listed if month not in rows]
        for month, numbers in rows.items():
            if step == 3 and int(month[-2:]) % 3:
                self._problem("not the last month of a quarter", numbers[0], 0, month)
            if len(numbers) == 1:
                self.row_of[month] = numbers[0]
            elif lost := self._mislabelled(month, numbers, rows, missing):
                missing.remove(lost)
            else:
                self._problem(f"the {kind} stands twice", numbers[1], 0, month)
        if missing:
            last = rows[max(rows)][-1]
            self._problem(f"{kind}s are missing", last, 0, ", ".join(missing[:6]))

    def _mislabelled(
        self, month: str, numbers: list[int], rows: dict[str, list[int]], missing: list[str]
    ) -> str | None:
        """Return the missing quarter that one of two rows of a quarter must be of, else None.

        Nothing in the sheet says which of the two it is: both are left out, with a note.
        """
        between = [n for ns in rows.values() for n in ns if numbers[0] < n < numbers[-1]]
        if self.key not in BY_QUARTER or len(numbers) != 2 or between:
            return None
        beside = [str(pd.Period(month, "M") + by) for by in (-3, 3)]
        lost = [quarter for quarter in beside if quarter in missing]
        if len(lost) != 1:
            return None
        reason = (
            f"the quarter stands twice and {lost[0]} is missing: nothing says which row is which"
        )
        value = f"{month} in rows {numbers[0]} and {numbers[1]}"
        self._note(f"{reason}, so both were left out", numbers[0], value)
        return lost[0]

    def _read_columns(self, filled: dict[int, dict[int, object]]) -> None:
        """Read each column from its first figure to its last; a blank between is a problem."""
        months = sorted(self.row_of)
        spans: dict[tuple[str, str], list[str]] = defaultdict(list)
        for i, column in self.columns.items():
            held = [month for month in months if i in filled[self.row_of[month]]]
            if not held:
                self._note("a column without a figure", None, column.title)
                continue
            if held[0] != months[0]:
                spans["begin after the sheet's first month", held[0]].append(column.title)
            if held[-1] != months[-1]:
                spans["end before the sheet's last month", held[-1]].append(column.title)
            for month in months[months.index(held[0]) : months.index(held[-1]) + 1]:
                row = self.row_of[month]
                self._read_figure(filled[row].get(i), row, i, month)
        for (what, month), titles in sorted(spans.items()):
            self._note(f"columns that {what}", self.row_of[month], f"{month}: {', '.join(titles)}")
        if found := self._in_text:
            value = f"{len(found)} cells in rows {min(found)} to {max(found)}"
            self._note("percentages in text were read as fractions", min(found), value)

    def _read_figure(self, cell: object, row: int, i: int, month: str) -> None:
        unit = self.columns[i].unit
        written = "" if cell is None else str(cell)
        if self.key in BY_QUARTER and (found := _PER_CENT.fullmatch(written.strip())):
            cell = round(float(found[1]) / 100, 6)  # 0.29, not 0.28999999999999998
            self._in_text.append(row)
        if (
            isinstance(cell, bool)
            or not isinstance(cell, int | float)
            or not math.isfinite(cell)
            or cell < 0
            or (unit in WHOLE and cell != int(cell))
        ):
            self._problem(f"not {KINDS[unit]}", row, i, written)
        elif cell > LARGEST[unit]:
            self._problem(f"not {KINDS[unit]} of at most {LARGEST[unit]:,}", row, i, written)
        else:
            self.values[i][month] = float(cell)

    def _note(self, reason: str, row: int | None, value: str) -> None:
        self.notes.append(Note(reason, row, self.name, value))

    def _problem(self, reason: str, row: int, i: int, value: str) -> None:
        self.problems.append(problem(self.name, reason, row, i, value))


def _month(value: object) -> str | None:
    return f"{value.year}-{value.month:02d}" if isinstance(value, dt.date) else None
