"""The headings of a sheet of the Datastore workbook: where they stand.

Most sheets have them in one row. The sheets of strength have the groups of columns in the row
above or have the columns' own names in the row below; one sheet of calls has no heading over its
months.
"""

from __future__ import annotations

from dataclasses import dataclass

from scrutiny import places
from scrutiny.sources.categories import WorkbookColumn, fold, unmarked, workbook_table

EVERY_AREA = "*"
FIRST = "month-year"
LOOK_FOR = 8  # rows from the top; the lowest headings so far stand in rows 4 and 5
FEWEST_KNOWN = 3  # headings that tell a row of headings without Month-Year from any other row


@dataclass(frozen=True)
class Headings:
    """The headings of a sheet by column (from 0), and the row (from 1) that they stand in.

    ``data`` is the position (from 0) of the first row below them.
    """

    row: int
    data: int
    titles: dict[int, str]


def headings_of(sheet: str, table: list[list]) -> Headings | None:
    """Return the headings of a sheet of that name; None where no row has them."""
    at = _row_of_headings(sheet, table[:LOOK_FOR])
    if at is None:
        return None
    here = _texts(table[at])
    below = table[at + 1] if at + 1 < len(table) else []
    if below and is_blank(below[0]) and any(_is_known(sheet, t) for t in _texts(below).values()):
        return Headings(at + 1, at + 2, here | _texts(below))
    above = _texts(table[at - 1]) if at else {}
    merged = {i: title for i, title in above.items() if i not in here and _is_known(sheet, title)}
    return Headings(at + 1, at + 1, dict(sorted((here | merged).items())))


def known(sheet: str, title: str) -> WorkbookColumn | None:
    """Return what a column of that heading holds in that sheet; None where nobody knows."""
    heading = unmarked(title)
    return None if heading == EVERY_AREA else workbook_table().get((fold(sheet), heading))


def is_blank(cell: object) -> bool:
    """Whether a cell holds nothing to be seen. A formula's error is one: so it is handed over."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def _row_of_headings(sheet: str, top: list[list]) -> int | None:
    for at, row in enumerate(top):
        if row and isinstance(row[0], str) and fold(row[0]) == FIRST:
            return at
    for at, row in enumerate(top):
        found = [title for title in _texts(row).values() if known(sheet, title)]
        if row and is_blank(row[0]) and len(found) >= FEWEST_KNOWN:
            return at
    return None


def _texts(row: list) -> dict[int, str]:
    return {
        i: " ".join(cell.split())
        for i, cell in enumerate(row)
        if i and isinstance(cell, str) and not is_blank(cell)
    }


def _is_known(sheet: str, title: str) -> bool:
    if known(sheet, title):
        return True
    return (fold(sheet), EVERY_AREA) in workbook_table() and places.find(title) is not None
