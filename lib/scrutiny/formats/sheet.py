"""A sheet of a spreadsheet: a title, lines of text, and at most one table, each in column A on."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.table import Table, TableColumn, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from scrutiny.formats.office import FONT
from scrutiny.markup import visible

NOT_AVAILABLE, NOT_APPLICABLE = "[x]", "[z]"
LIKE_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
TEXT, TITLE, HEADING = Font(FONT, 12), Font(FONT, 16, bold=True), Font(FONT, 12, bold=True)
LINK = Font(FONT, 12, color="12436D", underline="single")
WRAPPED, ON_ONE_LINE = Alignment(wrap_text=True, vertical="top"), Alignment(vertical="top")
NARROWEST, WIDEST, TEXT_WIDTH = 12, 50, 90
LETTERS_TO_WIDTH = 1.25  # Excel counts a width in digits of its own smaller type
AS_TEXT, GENERAL = "@", "General"
_PRINTED = re.compile(
    r"(?P<before>\D*?)(?P<sign>[+-]?)(?P<whole>[\d,]+)(?P<part>\.\d+)?(?P<after>\D*)"
)


@dataclass(frozen=True)
class Number:
    """A number before rounding, and how the page prints it, where it does."""

    value: float
    printed: str = ""


@dataclass(frozen=True)
class Link:
    """The name of another sheet of the file, leading to it."""

    sheet: str


Value = str | Number | Link


def number_format(printed: str) -> str:
    """Return the format in which Excel shows a number as it is printed: ``+0.0"%";-0.0"%"``."""
    found = _PRINTED.fullmatch(printed)
    if found is None:
        return f'"{printed}"'
    digits = "#,##0" + re.sub(r"\d", "0", found["part"] or "")
    before, after = (f'"{text}"' if text else "" for text in (found["before"], found["after"]))
    plain = f"{before}{digits}{after}"
    if not re.search("[1-9]", printed):
        return f"{plain};{plain}"  # or what is just below zero would be shown as -0.0
    return f"+{plain};-{plain};{plain}" if found["sign"] == "+" else plain


def write_lines(
    sheet: Worksheet, title: str, lines: Sequence[str], alignment: Alignment = ON_ONE_LINE
) -> int:
    """Write the title into A1 and a line into each cell below; return the next row."""
    for row, line in enumerate((title, *lines), start=1):
        _text(sheet.cell(row, 1), line, TITLE if row == 1 else TEXT, alignment)
    return len(lines) + 2


def write_table(
    sheet: Worksheet, name: str, top: int, headings: Sequence[str], rows: Sequence[Sequence[Value]]
) -> None:
    """Write a table from column A on, marked up as one of that name; no cell of it is blank."""
    headings = _told_apart(headings)
    for column, heading in enumerate(headings, start=1):
        _text(sheet.cell(top, column), heading, HEADING)
    for at, row in enumerate(rows, start=top + 1):
        for column, value in enumerate(row, start=1):
            _write(sheet.cell(at, column), value)
    for column, heading in enumerate(headings):
        width = _width([heading, *(_shown(row[column]) for row in rows)])
        sheet.column_dimensions[get_column_letter(column + 1)].width = width
    reach = f"A{top}:{get_column_letter(len(headings))}{top + len(rows)}"
    table = Table(displayName=name, name=name, ref=reach)
    # Named here, so that no filter buttons are added.
    table.tableColumns = [TableColumn(id=i, name=h) for i, h in enumerate(headings, start=1)]
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showFirstColumn=True)
    sheet.add_table(table)


def _write(cell: Cell, value: Value) -> None:
    if isinstance(value, Number) and math.isfinite(value.value):
        whole = float(value.value).is_integer()
        cell.value = int(value.value) if whole else float(value.value)
        cell.number_format = number_format(value.printed) if value.printed else GENERAL
        cell.font, cell.alignment = TEXT, ON_ONE_LINE
    elif isinstance(value, Number):
        _text(cell, value.printed, TEXT)
    elif isinstance(value, Link):
        _text(cell, value.sheet, LINK)
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{value.sheet}'!A1")
    else:
        _text(cell, value, TEXT)


def _text(cell: Cell, text: str, font: Font, alignment: Alignment = WRAPPED) -> None:
    """Write text that stays text, whatever it begins with."""
    cell.value = visible(text).strip() or NOT_AVAILABLE
    cell.data_type = "s"
    cell.number_format = AS_TEXT
    cell.font, cell.alignment = font, alignment
    if str(cell.value).startswith(LIKE_A_FORMULA):
        cell.quotePrefix = True


def _told_apart(headings: Sequence[str]) -> list[str]:
    """Return the headings on a line each, those that occur twice told apart by a number."""
    told: list[str] = []
    for heading in headings:
        line = " ".join(visible(heading).split()) or NOT_AVAILABLE
        number, name = 1, line
        while name.lower() in (other.lower() for other in told):
            number += 1
            name = f"{line} ({number})"
        told.append(name)
    return told


def _shown(value: Value) -> str:
    if isinstance(value, Number):
        return value.printed or str(value.value)
    return value.sheet if isinstance(value, Link) else value


def _width(texts: Iterable[str]) -> float:
    longest = max(max(map(len, text.splitlines()), default=0) for text in texts)
    return min(max(longest * LETTERS_TO_WIDTH, NARROWEST), WIDEST)
