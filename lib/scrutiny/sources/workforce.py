"""The strength of the Metropolitan Police Service: officers, staff and community support officers.

A row a month and a column a role, in whole full-time equivalents at the month's end. The Datastore
workbook prints the same figures with decimals.
"""

from __future__ import annotations

from scrutiny import places
from scrutiny.sources.raw import RawFile
from scrutiny.sources.reading import Note, Reading
from scrutiny.sources.tall import TallTable, months_between

SOURCE = "workforce"
ROLES = ("police officer strength", "police staff strength", "pcso strength")
_NAMES = ("date", *ROLES)
MOST_PEOPLE = 200_000


def read(raw: RawFile) -> Reading | None:
    """Return the full-time equivalents by role and month, or None where the file is no such table.

    Raises :class:`scrutiny.errors.FaultyFile` for one that is, and is broken.
    """
    if not TallTable.fits(raw, _NAMES):
        return None
    table = TallTable(raw, SOURCE, _NAMES)
    for number, (date, *strengths) in table.records():
        month = table.month(date, number, "date")
        if month is None or not table.is_new(number, table.heading("date"), month):
            continue
        for role, text in zip(ROLES, strengths, strict=True):
            heading = table.heading(role)
            value = table.number(text, number, heading, whole=True, at_most=MOST_PEOPLE)
            if value is not None:
                table.add(
                    number,
                    table.place(role),
                    area=places.MPS,
                    period=month,
                    category=heading,
                    value=value,
                    unit="fte",
                )
    _note_missing_months(table)
    return table.close("strength by month")


def _note_missing_months(table: TallTable) -> None:
    held = {cell["period"] for cell in table.cells}
    missing = [month for month in months_between(held) if month not in held] if held else []
    if missing:
        text = ", ".join(missing)
        table.notes.append(Note("months missing between the first and the last", value=text))
