"""A table in text with a known header: its rows one by one, and what is wrong in them.

What the readers of such tables share. A reader asks the ledger for rows and values; whatever
cannot be trusted is written down with row, column, value and cure, and at the end the file is
refused whole or becomes a reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import pandas as pd

from scrutiny import places
from scrutiny.errors import Problem
from scrutiny.sources.raw import RawFile, fields_problem
from scrutiny.sources.reading import Note, Reading, reading

MOST_PROBLEMS = 1_000
_RESTORE = "restore the publisher's figure"
_WHOLE = re.compile(r"\d{1,9}", re.ASCII)
_DECIMAL = re.compile(r"\d{1,9}(?:\.\d+)?(?:[eE]-\d\d?)?", re.ASCII)


class Ledger:
    """The rows below the header of ``raw``, which must be the header of the layout.

    ``needs_line_end`` says that every known copy of the layout ends its last row: then a file
    that does not is refused, as its last figure may have lost digits.
    """

    def __init__(self, raw: RawFile, source: str, *, needs_line_end: bool = False):
        self.raw, self.source = raw, source
        self.problems: list[Problem] = []
        self.notes: list[Note] = []
        self.cells: list[dict] = []
        self.rows = 0
        self._seen: dict[tuple, int] = {}
        self._needs_line_end = needs_line_end

    def __iter__(self) -> Iterator[tuple[int, list[str]]]:
        """Yield the number and the fields, without outer blanks, of each row that has them all."""
        header = self.raw.header
        for number, row in enumerate(self.raw.table[1:], start=2):
            if len(row) != len(header):
                self.problems.append(fields_problem(row, header, number))
                continue
            self.rows += 1
            yield number, [cell.strip() for cell in row]

    def fault(self, reason: str, row: int, column: str, value: str, cure: str = _RESTORE) -> None:
        """Write down a problem."""
        self.problems.append(Problem(reason, row=row, column=column, value=value, cure=cure))

    def area(self, text: str, row: int, column: str, kinds: Iterable[str]) -> str | None:
        """Return the full name of an area of one of the kinds; None, with a problem, otherwise."""
        place = places.find(text)
        if place is None or place.kind not in kinds:
            self.fault("not an area of this table", row, column, text, "correct the name")
            return None
        return place.name

    def number(
        self,
        text: str,
        row: int,
        column: str,
        *,
        whole: bool = False,
        at_most: float = float("inf"),
        decimal: str = ".",
    ) -> float | None:
        """Return a figure of nought or more; None, with a problem, for anything else."""
        form = _WHOLE if whole else _DECIMAL
        plain = text if decimal == "." else text.replace(".", "#").replace(decimal, ".")
        if form.fullmatch(plain) and (value := float(plain)) <= at_most:
            return value
        kind = "a whole number" if whole else "a figure"
        limit = f" of at most {at_most:g}" if at_most < float("inf") else ""
        self.fault(f"not {kind}{limit}", row, column, text)
        return None

    def is_new(self, row: int, column: str, *key: str) -> bool:
        """Whether no row before had this key; a problem is written down where one had."""
        first = self._seen.setdefault(key, row)
        if first != row:
            self.fault(
                f"it stands already in row {first}",
                row,
                column,
                ", ".join(key),
                "ask the publisher which row is right",
            )
        return first == row

    def add(self, row: int, column: int, **cell: object) -> None:
        """Write down a cell: ``column`` counts from 1, the others as observations name them."""
        self.cells.append({"row": row, "column": column, **cell})

    def close(self, layout: str, *, vintage: str = "", sparse: bool = False) -> Reading:
        """Return the reading; raises :class:`scrutiny.errors.FaultyFile` for any problem."""
        raw = self.raw
        if raw.broken:  # the rows from there on were not read, and are not missed
            raise raw.fault(raw.broken, source=self.source)
        if raw.ends_within_a_row:
            last = len(raw.table)
            if self._needs_line_end:
                self.fault(
                    "no line end after the last row: the file may be cut",
                    last,
                    raw.header[-1],
                    raw.table[-1][-1] if raw.table[-1] else "",
                    "copy the file again; where it is whole, end the last row",
                )
            else:
                self.notes.append(Note("no line end after the last row", row=last))
        if raw.blank_rows:
            at = len(raw.table) + 1
            self.notes.append(Note("blank rows at the end", row=at, value=str(raw.blank_rows)))
        if not self.cells and not self.problems:
            self.fault("the table has no rows", 2, raw.header[0], "", "copy the file again")
        if self.problems:
            raise raw.fault(*self.problems[:MOST_PROBLEMS], source=self.source)
        return reading(
            raw,
            self.source,
            layout,
            pd.DataFrame(self.cells),
            rows=self.rows,
            vintage=vintage,
            sparse=sparse,
            notes=self.notes,
        )


def folded(header: Iterable[str]) -> tuple[str, ...]:
    """Return headings as they are compared: without capitals and repeated blanks."""
    return tuple(" ".join(cell.split()).casefold() for cell in header)
