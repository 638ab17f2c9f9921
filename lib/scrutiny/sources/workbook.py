"""The Datastore workbook behind MOPAC's monthly reports: a sheet a subject, a row a month."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import python_calamine
from python_calamine import CalamineWorkbook, SheetVisibleEnum

from scrutiny.errors import Problem
from scrutiny.sources.categories import fold, workbook_table
from scrutiny.sources.raw import RawFile
from scrutiny.sources.reading import Note, Reading, reading
from scrutiny.sources.workbook_headings import headings_of
from scrutiny.sources.workbook_sheets import Sheet
from scrutiny.sources.workbook_totals import (
    notes_on_rates,
    notes_on_the_force,
    notes_on_totals,
    rates_to_date,
)

SOURCE = "datastore-workbook"
# Sheets that list, repeat or explain what the others hold.
WITHOUT_FIGURES = frozenset(map(fold, ("Home", "Indicator Trends", "Definitions")))
# A sheet is laid out in memory from its first cell to its last: one stray cell in the last row
# and column of an .xlsx would take hundreds of gigabytes. The largest sheet has 521 rows.
MOST_CELLS = 20_000_000
_OLD, _NEW = b"\xd0\xcf\x11\xe0", b"PK\x03\x04"
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_CELL = re.compile(rb"<(?:\w+:)?(?:c|row)\b[^>]*?\sr=[\"']([A-Z]{0,3})(\d{1,7})[\"']")


def read(raw: RawFile) -> Reading | None:
    """Return the workbook's observations, or None where the file is not such a workbook.

    Raises :class:`scrutiny.errors.FaultyFile` for one that is, and is broken.
    """
    book = _open(raw)
    if book is None:
        return None
    known = {sheet for sheet, _ in workbook_table()}
    visible = [m.name for m in book.sheets_metadata if m.visible == SheetVisibleEnum.Visible]
    wanted = [name for name in visible if fold(name) in known]
    notes: list[Note] = []
    sheets: list[Sheet] = []
    cells: list[dict] = []
    for name, table in _tables(raw, book, wanted).items():
        headings = headings_of(name, table)
        if headings is None:
            notes.append(Note("no row of the sheet begins with Month-Year", value=name.strip()))
        else:
            sheets.append(Sheet(name.strip(), table, headings))
    if not any(sheet.columns for sheet in sheets):
        return None  # another's workbook, with a sheet of a common name
    if problems := [problem for sheet in sheets for problem in sheet.problems]:
        raise raw.fault(*problems, source=SOURCE)
    for sheet in sheets:
        to_date = rates_to_date(sheet)
        notes += [*sheet.notes, *notes_on_totals(sheet), *notes_on_rates(sheet, to_date)]
        notes += _force_of(sheet, sheets)
        cells += sheet.cells(to_date)
    if not cells:
        return None
    notes += _notes_on_the_book(book, sheets, wanted)
    rows = sum(len(sheet.row_of) for sheet in sheets)
    return reading(raw, SOURCE, "Datastore workbook", cells, rows=rows, notes=notes)


def _open(raw: RawFile) -> CalamineWorkbook | None:
    """Return the workbook; None where the file is no Excel workbook, or not a readable one."""
    if not raw.content.startswith((_OLD, _NEW)):
        return None
    try:
        if raw.content.startswith(_NEW):
            with zipfile.ZipFile(io.BytesIO(raw.content)) as archive:
                archive.getinfo("xl/workbook.xml")
        return python_calamine.load_workbook(io.BytesIO(raw.content))
    except (python_calamine.CalamineError, zipfile.BadZipFile, KeyError):
        return None


def _tables(raw: RawFile, book: CalamineWorkbook, wanted: list[str]) -> dict[str, list[list]]:
    """Return the rows of each sheet that is wanted; raises for sheets that cannot be read."""
    if twice := [name for name, count in Counter(map(fold, wanted)).items() if count > 1]:
        raise raw.fault(
            Problem("two sheets of one name", value=", ".join(twice), cure="remove one of them"),
            source=SOURCE,
        )
    if wanted and (far := _far_cell(raw)):
        raise raw.fault(
            Problem(
                f"a sheet spreads over more than {MOST_CELLS:,} cells",
                value=far,
                cure="delete what stands far below and right of the figures",
            ),
            source=SOURCE,
        )
    try:
        return {
            name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in wanted
        }
    except python_calamine.CalamineError as error:
        raise raw.fault(
            Problem("the workbook is damaged", value=str(error), cure="copy it again"),
            source=SOURCE,
        ) from error


def _far_cell(raw: RawFile) -> str:
    """Return the last cell of a sheet that spreads too far; empty where none does.

    An old workbook cannot: its sheets have 65,536 rows of 256 columns at most.
    """
    if not raw.content.startswith(_NEW):
        return ""
    with zipfile.ZipFile(io.BytesIO(raw.content)) as archive:
        for part in filter(_SHEET.fullmatch, archive.namelist()):
            try:
                text = archive.read(part)
            except (zipfile.BadZipFile, zlib.error, RuntimeError):
                continue  # the reader of the sheet says what is wrong with it
            row, column, letters = 0, 0, "A"
            for cell in _CELL.finditer(text):
                row = max(row, int(cell[2]))
                if cell[1] and (position := _position(cell[1])) > column:
                    column, letters = position, cell[1].decode()
            if row * column > MOST_CELLS:
                return f"{letters}{row}"
    return ""


def _position(letters: bytes) -> int:
    """Return the number of a column, from 1."""
    number = 0
    for letter in letters:
        number = 26 * number + letter - ord("A") + 1
    return number


def _force_of(sheet: Sheet, sheets: list[Sheet]) -> Iterator[Note]:
    """Let the force's strength hold its measure once, where two sheets print it.

    A sheet of strength by borough repeats the force's figure of the sheet by role. Its own holds
    the measure only where the workbook lacks that one: boroughs alone do not add up to the force.
    Yields a note for each run of months in which the two differ.
    """
    every = sheet.columns.every_area
    force = next((i for i, c in sheet.columns.items() if c.is_of_the_force), None)
    if every is None or force is None:
        return
    here = sheet.columns[force]
    sheet.columns[force] = replace(here, category=every.category, measure=every.measure)
    for other in sheets:
        for i, column in other.columns.items():
            if other is not sheet and column.measure == every.measure and other.values[i]:
                category = f"{every.category}: {here.title}"
                sheet.columns[force] = replace(here, category=category, measure="")
                yield from notes_on_the_force(sheet, force, other, i)
                return


def _notes_on_the_book(
    book: CalamineWorkbook, sheets: list[Sheet], wanted: list[str]
) -> Iterator[Note]:
    """Yield a note for what the workbook lacks, what was left unread, and what ends early."""
    known = {sheet for sheet, _ in workbook_table()}
    last = max(month for sheet in sheets for month in sheet.row_of)
    for sheet in sheets:
        if sheet.row_of and max(sheet.row_of) < last:
            reason = f"the sheet ends before {last}, the workbook's last month"
            yield Note(reason, column=sheet.name, value=max(sheet.row_of))
    for missing in sorted(known - set(map(fold, wanted))):
        yield Note("the workbook has no such sheet", value=missing)
    hidden, unread = [], []
    for meta in book.sheets_metadata:
        if meta.visible != SheetVisibleEnum.Visible:
            hidden.append(meta.name.strip())
        elif fold(meta.name) not in known | WITHOUT_FIGURES:
            unread.append(meta.name.strip())
    if unread:
        yield Note("sheets that hold no measure of the catalogue", value=", ".join(unread))
    if hidden:
        yield Note("hidden sheets were not read", value=", ".join(hidden))
