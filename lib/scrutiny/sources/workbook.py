"""The Datastore workbook behind MOPAC's monthly reports: a sheet a subject, a row a month."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections import Counter

import pandas as pd
import python_calamine

from scrutiny import places
from scrutiny.errors import Problem
from scrutiny.sources.categories import fold, workbook_table
from scrutiny.sources.reading import Note, RawFile, Reading, frame

SOURCE = "datastore-workbook"
PUBLISHER = "Mayor's Office for Policing and Crime, through the London Datastore"
DATASET = "Metropolitan Police Service recorded crime figures and associated data"
LICENCE = "OGL-UK-3.0"
BY_BOROUGH = fold("MOPAC Priority-Borough")
FIRST_HEADING = "month-year"
_NOT_A_MONTH = re.compile(r"%|change|total|average", re.IGNORECASE)
LOOK_FOR_HEADING = 8
AREAS = frozenset({place.name for place in places.boroughs()} | {places.AIRPORTS, places.MPS})
_SIGNATURES = (b"\xd0\xcf\x11\xe0", b"PK\x03\x04")


def read(raw: RawFile) -> Reading | None:
    """Return the workbook's observations, or None where the file is not such a workbook.

    Raises :class:`scrutiny.errors.FaultyFile` for one that is, and is broken.
    """
    if not raw.content.startswith(_SIGNATURES):
        return None
    try:
        book = python_calamine.load_workbook(io.BytesIO(raw.content))
    except python_calamine.CalamineError:
        return None
    known = {sheet for sheet, _ in workbook_table()}
    wanted = [
        meta.name
        for meta in book.sheets_metadata
        if meta.visible == python_calamine.SheetVisibleEnum.Visible and fold(meta.name) in known
    ]
    if twice := [name for name, count in Counter(map(fold, wanted)).items() if count > 1]:
        raise raw.fault(
            Problem("two sheets of one name", value=", ".join(twice), cure="remove one of them"),
            source=SOURCE,
        )
    try:
        sheets = {
            name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in wanted
        }
    except python_calamine.CalamineError as error:
        raise raw.fault(
            Problem("the workbook is damaged", value=str(error), cure="copy it again"),
            source=SOURCE,
        ) from error
    cells: list[dict] = []
    problems: list[Problem] = []
    notes: list[Note] = []
    rows = 0
    for name, table in sheets.items():
        start = _heading_row(table)
        if start is None:
            notes.append(Note("no row of the sheet begins with Month-Year", value=name.strip()))
            continue
        data = _Sheet(name.strip(), table, start)
        cells += data.cells
        problems += data.problems
        notes += data.notes
        rows += data.rows
    if not cells and not problems:
        return None
    if problems:
        raise raw.fault(*problems, source=SOURCE)
    found = {fold(name) for name in sheets}
    notes += [
        Note("the workbook has no such sheet", value=sheet) for sheet in sorted(known - found)
    ]
    unread = [n.strip() for n in book.sheet_names if fold(n) not in known]
    if unread:
        notes.append(Note("sheets that hold no measure of the catalogue", value=", ".join(unread)))
    last = max(cell["period"] for cell in cells)
    return Reading(
        source=SOURCE,
        layout="Datastore workbook",
        vintage=last,
        publisher=PUBLISHER,
        dataset=DATASET,
        licence=LICENCE,
        path=raw.name,
        sha256=raw.sha256,
        rows=rows,
        sparse=False,
        observations=frame(raw, SOURCE, "Datastore workbook", last, cells),
        notes=tuple(notes),
    )


def _heading_row(table: list[list]) -> int | None:
    for number, row in enumerate(table[:LOOK_FOR_HEADING]):
        if row and isinstance(row[0], str) and fold(row[0]) == FIRST_HEADING:
            return number
    return None


class _Sheet:
    """One sheet's cells, with what is wrong or worth a note in it."""

    def __init__(self, name: str, table: list[list], start: int):
        self.name = name
        self.cells: list[dict] = []
        self.problems: list[Problem] = []
        self.notes: list[Note] = []
        self.rows = 0
        self.columns = self._columns(table[start], start + 1)
        months: dict[str, int] = {}
        for number, row in enumerate(table[start + 1 :], start=start + 2):
            month = _month(row[0])
            if month is None:
                figures = any(row[i] not in ("", None) for i in self.columns if i < len(row))
                if figures and not (isinstance(row[0], str) and _NOT_A_MONTH.search(row[0])):
                    self._problem("figures without a date", number, 1, str(row[0]))
                elif row[0] not in ("", None):
                    self.notes.append(
                        Note("a row that is not a month was left out", number, name, str(row[0]))
                    )
                continue
            if month in months:
                self._problem("the month stands twice", number, 1, month)
            months[month] = number
            self.rows += 1
            for column in self.columns:
                self._read_cell(row, number, column, month)
        self._check_continuity(months)

    def _columns(self, heading: list, number: int) -> dict[int, tuple[str, str, str]]:
        """Return column index to area, category and unit."""
        table = workbook_table()
        columns = {}
        seen: set[str] = set()
        for i, text in enumerate(heading[1:], start=1):
            title = " ".join(str(text).split())
            if not title:
                continue
            if fold(title) in seen:
                self._problem("the heading stands twice", number, i + 1, title)
            seen.add(fold(title))
            if fold(self.name) == BY_BOROUGH:
                area = places.find(title)
                if area is None or area.name not in AREAS:
                    self._problem("not a borough of the Metropolitan Police", number, i + 1, title)
                elif area.name in {name for name, _, _ in columns.values()}:
                    self._problem("the heading stands twice", number, i + 1, title)
                else:
                    columns[i] = (area.name, "MOPAC 7", "count")
            elif (fold(self.name), fold(title)) in table:
                columns[i] = (places.MPS, title, table[fold(self.name), fold(title)][1])
            else:
                self.notes.append(
                    Note("a column that no earlier workbook has", number, self.name, title)
                )
        here = {heading for sheet, heading in table if sheet == fold(self.name)} - {"*"}
        for missing in sorted(here - seen):
            self.notes.append(Note("the sheet has no such column", number, self.name, missing))
        return columns

    def _read_cell(self, row: list, number: int, column: int, month: str) -> None:
        area, category, unit = self.columns[column]
        value = row[column] if column < len(row) else ""
        whole = unit == "count"
        if (
            isinstance(value, bool)
            or not isinstance(value, int | float)
            or value < 0
            or (whole and value != int(value))
        ):
            kind = "a whole count" if whole else "a fraction"
            self._problem(f"not {kind}", number, column + 1, str(value))
            return
        self.cells.append(
            {
                "sheet": self.name,
                "row": number,
                "column": column + 1,
                "area": area,
                "period": month,
                "group": self.name,
                "category": category,
                "value": float(value),
                "unit": unit,
            }
        )

    def _check_continuity(self, months: dict[str, int]) -> None:
        if not months:
            return
        listed = pd.period_range(min(months), max(months), freq="M")
        missing = [str(p) for p in listed if str(p) not in months]
        if missing:
            self._problem("months are missing", months[max(months)], 1, ", ".join(missing[:6]))

    def _problem(self, reason: str, row: int, column: int, value: str) -> None:
        self.problems.append(
            Problem(
                f"{reason}, sheet {self.name}",
                row=row,
                column=str(column),
                value=value,
                cure="restore the publisher's sheet",
            )
        )


def _month(value: object) -> str | None:
    return f"{value.year}-{value.month:02d}" if isinstance(value, dt.date) else None
