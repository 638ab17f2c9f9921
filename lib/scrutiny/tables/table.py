"""A table as a value: caption, columns with units, rows with headers, notes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from scrutiny.markup import number
from scrutiny.markup import text as escape
from scrutiny.measures import Result

Cell = Result | str  # a number of the results, or markup that is already clean


@dataclass(frozen=True)
class Column:
    """A column: its heading, its unit where it has one, whether it holds numbers."""

    heading: str
    unit: str = ""
    numeric: bool = True


@dataclass(frozen=True)
class Table:
    """Shown as HTML by a notebook. The first column holds the rows' headers."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()

    @property
    def identity(self) -> str:
        """A stable id made of the caption."""
        return "table-" + re.sub(r"[^a-z0-9]+", "-", self.caption.lower()).strip("-")[:80]

    def _repr_html_(self) -> str:
        caption = f"{self.identity}-caption"
        head = "".join(f'<th scope="col"{_class(c)}>{_heading(c)}</th>' for c in self.columns)
        body = "\n".join(self._row(row) for row in self.rows)
        notes = "".join(f"<p>{note}</p>" for note in self.notes)
        return (
            f'<div class="table" role="region" aria-labelledby="{caption}" tabindex="0">\n'
            f'<table id="{self.identity}">\n'
            f'<caption id="{caption}">{escape(self.caption)}</caption>\n'
            f"<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>\n</div>\n"
            + (f'<div class="notes">{notes}</div>\n' if notes else "")
        )

    def _row(self, row: Sequence[Cell]) -> str:
        first, *rest = row
        cells = "".join(
            f"<td{_class(column)}>{_markup(cell)}</td>"
            for column, cell in zip(self.columns[1:], rest, strict=True)
        )
        return f'<tr><th scope="row">{_markup(first)}</th>{cells}</tr>'


def _markup(cell: Cell) -> str:
    return number(cell) if isinstance(cell, Result) else cell


def _heading(column: Column) -> str:
    unit = f' <span class="unit">({escape(column.unit)})</span>' if column.unit else ""
    return f"{escape(column.heading)}{unit}"


def _class(column: Column) -> str:
    return ' class="number"' if column.numeric else ""
