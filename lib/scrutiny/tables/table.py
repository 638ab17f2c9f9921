"""A table as a value: caption, columns with units, rows with headers, notes."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from scrutiny.markup import number
from scrutiny.markup import text as escape
from scrutiny.measures import Result
from scrutiny.tables.symbols import symbols_in

Cell = Result | str  # a number of the results, or markup that is already clean

KEY = '<p><a href="#symbols">What the symbols in this table mean</a></p>'
# The narrowest screen is 320 px wide. A letter takes up to 9 px of it, the space after a column 16,
# the page's own margins 32: so many letters fit, and a table that needs more has to scroll. A table
# of cards has no columns on a screen so narrow; the narrowest on which it has is 736 px wide.
LETTERS_ON_A_PHONE = 31
LETTERS_BESIDE_CARDS = 88
LETTERS_BETWEEN_COLUMNS = 2
_TAG = re.compile(r"<[^>]+>")


@dataclass(frozen=True)
class Column:
    """A column: its heading, its unit where it has one, whether it holds numbers."""

    heading: str
    unit: str = ""
    numeric: bool = True


@dataclass(frozen=True)
class Table:
    """Shown as HTML by a notebook. The first column holds the rows' headers.

    On a narrow screen a table of ``cards`` shows each row as a block, each cell under the name of
    its column; any other that is wider than the screen scrolls in a region of its own.
    """

    caption: str
    columns: tuple[Column, ...] = field(repr=False)
    rows: tuple[tuple[Cell, ...], ...] = field(repr=False)
    notes: tuple[str, ...] = field(default=(), repr=False)
    cards: bool = field(default=False, repr=False)

    @property
    def identity(self) -> str:
        """A stable id made of the caption."""
        return "table-" + re.sub(r"[^a-z0-9]+", "-", self.caption.lower()).strip("-")[:80]

    def _repr_html_(self) -> str:
        around, about, name = "div", "", ""
        if self._may_scroll:
            around, about = "section", f' aria-labelledby="{self.identity}-caption" tabindex="0"'
            name = f' id="{self.identity}-caption"'
        head = "".join(f'<th scope="col">{_heading(column)}</th>' for column in self.columns)
        body = "\n".join(self._row(row) for row in self.rows)
        notes = "".join(f"<p>{note}</p>" for note in self.notes) + KEY * bool(symbols_in(body))
        return (
            f'<{around} class="table"{about}>\n<table id="{self.identity}"{self._classes}>\n'
            f"<caption{name}>{escape(self.caption)}</caption>\n"
            f"<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>\n</{around}>\n"
            + (f'<div class="notes">{notes}</div>\n' if notes else "")
        )

    @property
    def _classes(self) -> str:
        """How the style sheet knows the columns: numbers, but for the ones named as text."""
        columns = [column.numeric for column in self.columns[1:]]
        texts = [f"t{i}" for i, numeric in enumerate(columns, 2) if not numeric]
        known = ["n", *texts] if any(columns) or not self.cards else []
        return f' class="{" ".join(["cards"] * self.cards + known)}"'

    @cached_property
    def _may_scroll(self) -> bool:
        """Whether its longest words, side by side, are wider than the screen may be."""
        longest = [_longest_word(_heading(column)) for column in self.columns]
        for row in self.rows:
            words = (_longest_word(_markup(cell)) for cell in row)
            longest = [max(pair) for pair in zip(longest, words, strict=True)]
        needed = sum(longest) + LETTERS_BETWEEN_COLUMNS * len(self.columns)
        return needed > (LETTERS_BESIDE_CARDS if self.cards else LETTERS_ON_A_PHONE)

    def _row(self, row: Sequence[Cell]) -> str:
        first, *rest = row
        cells = "".join(
            f"<td{self._label(column)}>{_markup(cell)}</td>"
            for column, cell in zip(self.columns[1:], rest, strict=True)
        )
        return f'<tr><th scope="row">{_markup(first)}</th>{cells}</tr>'

    def _label(self, column: Column) -> str:
        return f' data-label="{escape(column.heading)}"' if self.cards else ""


def _markup(cell: Cell) -> str:
    return number(cell) if isinstance(cell, Result) else cell


def _heading(column: Column) -> str:
    unit = f' <span class="unit">({escape(column.unit)})</span>' if column.unit else ""
    return f"{escape(column.heading)}{unit}"


def _longest_word(markup: str) -> int:
    words = html.unescape(_TAG.sub(" ", markup)).split()
    return max(map(len, words), default=0)
