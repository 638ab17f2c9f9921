"""Tall tables in text: a row a figure, and columns that are asked for by name.

What the readers of surveys, strength and homicide share beside the ledger.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from scrutiny.sources import categories
from scrutiny.sources.ledger import Ledger, folded
from scrutiny.sources.raw import RawFile
from scrutiny.sources.reading import Note

ENOUGH = 0.7  # of the names, below which a header is another layout's, not this one cut down
_SHORT_MONTH = re.compile(r"([a-z]{3})-(\d\d)", re.ASCII | re.IGNORECASE)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_FIRST_YEAR = 69  # of two digits: 69 is 1969 and 68 is 2068, as POSIX has it


class TallTable(Ledger):
    """A ledger of a table with the columns ``names``, in any order; its last row must have an end.

    Names are compared without capitals and repeated blanks. Raises
    :class:`scrutiny.errors.FaultyFile` where a column is missing, strange or there twice.
    """

    def __init__(self, raw: RawFile, source: str, names: Sequence[str]):
        super().__init__(raw, source, needs_line_end=True)
        header = folded(raw.header)
        cure = "restore the publisher's header"
        for name in names:
            if header.count(name) != 1:
                reason = "the heading stands twice" if name in header else "the column is missing"
                self.fault(reason, 1, name, "", cure)
        for heading, name in zip(raw.header, header, strict=True):
            if name and name not in names:
                self.fault("not a column of this layout", 1, heading, heading, cure)
        if self.problems:
            raise raw.fault(*self.problems, source=source)
        self._columns = {name: header.index(name) for name in names}
        self._unnamed = [i for i, name in enumerate(header) if not name]

    @staticmethod
    def fits(raw: RawFile, names: Sequence[str]) -> bool:
        """Whether the header is of this layout, be it that a column has gone or come."""
        return len(set(folded(raw.header)) & set(names)) >= ENOUGH * len(names)

    def place(self, name: str) -> int:
        """Return where a column stands, from 1."""
        return self._columns[name] + 1

    def heading(self, name: str) -> str:
        """Return what stands over a column in the file."""
        return self.raw.header[self._columns[name]]

    def records(self) -> Iterator[tuple[int, list[str]]]:
        """Yield each row's number and its fields in the order of the names."""
        for number, row in self:
            for i in self._unnamed:
                if row[i]:
                    column = f"column {i + 1}"
                    self.fault("a column without a heading is not empty", number, column, row[i])
            yield number, [row[i] for i in self._columns.values()]

    def filled(self, text: str, row: int, name: str) -> bool:
        """Whether a cell holds something; a problem is written down where it does not."""
        if not text:
            self.fault("the cell is empty", row, self.heading(name), text)
        return bool(text)

    def month(self, text: str, row: int, name: str) -> str | None:
        """Return the month of a cell like ``May-13``; None, with a problem, otherwise."""
        month = short_month(text)
        if month is None:
            cure = "restore the publisher's date"
            self.fault("not a month like May-13", row, self.heading(name), text, cure)
        return month

    def note_new_categories(self, name: str) -> None:
        """Write a note for each category that no earlier file of the source has had."""
        pairs = {(c.get("group", ""), c["category"]): c["row"] for c in reversed(self.cells)}
        for (group, category), row in pairs.items():
            if not categories.is_named(self.source, group, category):
                reason = "a category that no earlier file holds"
                self.notes.append(Note(reason, row, self.heading(name), category))


def short_month(text: str) -> str | None:
    """Return ``2013-05`` for ``May-13``; None for anything else."""
    found = _SHORT_MONTH.fullmatch(text)
    if not found or found[1].lower() not in _MONTHS:
        return None
    century = 1900 if int(found[2]) >= _FIRST_YEAR else 2000
    return f"{century + int(found[2])}-{_MONTHS.index(found[1].lower()) + 1:02d}"


def months_between(months: Iterable[str], step: int = 1) -> list[str]:
    """Return every month from the first to the last, or each third of them with ``step=3``."""
    held = sorted(set(months))
    first, last = (int(m[:4]) * 12 + int(m[5:]) - 1 for m in (held[0], held[-1]))
    return [f"{n // 12}-{n % 12 + 1:02d}" for n in range(first, last + 1, step)]
