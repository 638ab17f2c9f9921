"""Files for owners to fill in: a spreadsheet with a sheet a register, or one CSV of all."""

from __future__ import annotations

import csv
import datetime as dt
import io
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import IllegalCharacterError, InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from scrutiny.errors import FaultyRegister, Problem, WrongOption, near
from scrutiny.limits import Limits
from scrutiny.registers import check
from scrutiny.registers.check import Fault, Line
from scrutiny.registers.merge import EXCHANGED, EXPORTED, columns

ENDINGS = (".xlsx", ".csv")
REGISTER = "register"  # the CSV's column that names the register of a row
SHEETS = {name.replace("_", "-"): name for name in EXCHANGED}
TEXT = "@"  # the format in which a spreadsheet leaves what is typed as it is
RUN_BY_A_SPREADSHEET = ("=", "+", "-", "@")
ROOMY = {"text": 60, "response": 60, EXPORTED: 12}
USUAL = 18
EPOCH = dt.datetime(2000, 1, 1)  # noqa: DTZ001 (a file's own clock; the same bytes every time)

Tables = dict[str, list[Line]]


def checked(path: Path) -> Path:
    """Return the path of a file for owners; raises ``WrongOption`` for another kind of file."""
    if path.suffix.lower() not in ENDINGS:
        raise WrongOption(f"{path.name}: a register goes into a file that ends in .xlsx or .csv")
    return path


def write(path: Path, tables: Mapping[str, list[Mapping[str, str]]]) -> None:
    """Write the rows of each register; raises ``FaultyRegister`` where a cell cannot be kept."""
    if path.suffix.lower() == ".csv":
        _write_csv(path, tables)
    else:
        _write_spreadsheet(path, tables)


def read(path: Path, limits: Limits, faults: list[Fault]) -> Tables:
    """Return the lines of each register in a file; what is wrong is added to ``faults``.

    Raises :class:`scrutiny.errors.FaultyRegister` for a file that cannot be opened at all.
    """
    if path.stat().st_size > limits.bytes:
        raise FaultyRegister([f"{path.name}: larger than {limits.bytes:,} bytes"])
    lines = _csv_lines if path.suffix.lower() == ".csv" else _spreadsheet_lines
    found: Tables = {name: [] for name in EXCHANGED}
    for name, line in lines(path, limits, faults):
        faults += _cells(line, limits)
        found[name].append(line)
    return found


def _cells(line: Line, limits: Limits) -> Iterator[Fault]:
    """Yield what no cell may hold: what a spreadsheet would run, or what is far too long."""
    for column, cell in line.cells.items():
        problem = None
        if cell[:1] in RUN_BY_A_SPREADSHEET and cell[1:2].strip():
            problem = "begins like a formula", "begin with a letter or a space after the sign"
        elif len(cell) > limits.cell:
            problem = f"{len(cell):,} letters", f"shorten it to {limits.cell:,} at most"
        elif any(ord(letter) < 32 and letter not in "\t\n\r" for letter in cell):
            problem = "holds letters that cannot be seen", "type the text again"
        if problem:
            reason, cure = problem
            shown = cell[: check.LONGEST_SHOWN]
            where = Problem(reason, row=line.number, column=column, value=shown, cure=cure)
            yield Fault(line.sheet, where)


def _write_csv(path: Path, tables: Mapping[str, list[Mapping[str, str]]]) -> None:
    own = [column for name in tables for column in columns(name) if column != EXPORTED]
    header = [REGISTER, *dict.fromkeys(own), EXPORTED]
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, header, restval="", lineterminator="\r\n")
    writer.writeheader()
    for name, rows in tables.items():
        writer.writerows({REGISTER: name.replace("_", "-"), **row} for row in rows)
    # The mark at the beginning tells a spreadsheet program that the text is UTF-8.
    path.write_bytes(b"\xef\xbb\xbf" + text.getvalue().encode("utf-8"))


def _write_spreadsheet(path: Path, tables: Mapping[str, list[Mapping[str, str]]]) -> None:
    book = Workbook()
    book.remove(book.active)
    book.properties.created = book.properties.modified = EPOCH
    for name, rows in tables.items():
        sheet = book.create_sheet(name.replace("_", "-"))
        header = columns(name)
        for at, column in enumerate(header, start=1):
            sheet.cell(1, at, column).font = Font(bold=True)
            width = sheet.column_dimensions[get_column_letter(at)]
            width.width, width.hidden = ROOMY.get(column, USUAL), column == EXPORTED
        for number, row in enumerate(rows, start=2):
            for at, column in enumerate(header, start=1):
                _write_cell(sheet, number, at, column, row[column])
        sheet.freeze_panes = "B2"
    book.save(path)


def _write_cell(sheet: Worksheet, row: int, at: int, column: str, text: str) -> None:
    cell = sheet.cell(row, at)
    cell.number_format, cell.alignment = TEXT, Alignment(wrap_text=True, vertical="top")
    if not text:
        return
    try:
        cell.value = text
    except IllegalCharacterError:
        problem = Problem(
            "letters that no spreadsheet can hold", row=row, column=column, cure="use a .csv file"
        )
        raise FaultyRegister([Fault(sheet.title, problem).sentence()]) from None
    cell.data_type = "s"  # text that begins with = is no formula


def _csv_lines(path: Path, limits: Limits, faults: list[Fault]) -> Iterator[tuple[str, Line]]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise FaultyRegister([f"{path.name}: not UTF-8 text; save it as CSV UTF-8"]) from None
    first = text.partition("\n")[0]
    separator = max(",;\t", key=first.count)
    table = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    header = table[0] if table else []
    wanted = dict.fromkeys([REGISTER, *(c for name in EXCHANGED for c in columns(name))])
    faults += check.header(path.name, header, wanted)
    header = check.meant(header, wanted)
    for number, cells in enumerate(table[1:], start=2):
        if not any(cell.strip() for cell in cells):
            continue
        row = dict(zip(header, cells, strict=False))
        given = row.pop(REGISTER, "")
        if len(cells) != len(header):
            reason, cure = (
                f"{len(cells)} cells, not {len(header)}",
                "put text with commas in quotes",
            )
            faults.append(Fault(path.name, Problem(reason, row=number, cure=cure)))
        elif given not in SHEETS:
            cure = f"write {', '.join(SHEETS)}{near(given, SHEETS)}"
            problem = Problem(
                "no such register", row=number, column=REGISTER, value=given, cure=cure
            )
            faults.append(Fault(path.name, problem))
        else:
            name = SHEETS[given]
            for column in sorted(set(row) - set(columns(name))):
                if row[column]:
                    cure = "empty the cell"
                    reason = f"{given} has no such column"
                    value = row[column][: check.LONGEST_SHOWN]
                    problem = Problem(reason, row=number, column=column, value=value, cure=cure)
                    faults.append(Fault(path.name, problem))
            yield name, _line(path.name, number, row, name)


def _spreadsheet_lines(
    path: Path, limits: Limits, faults: list[Fault]
) -> Iterator[tuple[str, Line]]:
    try:
        with zipfile.ZipFile(path) as packed:
            if sum(entry.file_size for entry in packed.infolist()) > limits.unpacked_bytes:
                raise FaultyRegister([f"{path.name}: unpacks to more than the limit"])
        book = load_workbook(path)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError) as error:
        raise FaultyRegister([f"{path.name}: not a spreadsheet; save it as .xlsx"]) from error
    for sheet in book.worksheets:
        if sheet.title not in SHEETS:
            cure = f"rename it to {', '.join(SHEETS)}, or delete it{near(sheet.title, SHEETS)}"
            faults.append(Fault(sheet.title, Problem("no such sheet", cure=cure)))
            continue
        for merged in sheet.merged_cells.ranges:
            problem = Problem(
                "merged cells", row=merged.min_row, column=merged.coord, cure="take them apart"
            )
            faults.append(Fault(sheet.title, problem))
        name = SHEETS[sheet.title]
        header = [str(cell.value or "").strip() for cell in sheet[1]]
        while header and not header[-1]:
            header.pop()
        faults += check.header(sheet.title, header, columns(name))
        header = check.meant(header, columns(name))
        for row in sheet.iter_rows(min_row=2, max_col=max(1, len(header))):
            named = zip([*header, ""], row, strict=False)
            given = {column: _text(sheet, column, cell, faults) for column, cell in named}
            if any(text.strip() for text in given.values()):
                yield name, _line(sheet.title, row[0].row, given, name)


def _line(sheet: str, number: int, given: Mapping[str, str], name: str) -> Line:
    """Return a row with those of the register's columns that the file has."""
    return Line(sheet, number, {c: given[c] for c in columns(name) if c in given})


def _text(sheet: Worksheet, column: str, cell: Cell, faults: list[Fault]) -> str:
    """Return a cell as the text that the register holds; a day is written as one."""
    value, reason, cure = cell.value, "", ""
    if value is None:
        return ""
    if cell.data_type in ("f", "e"):
        reason = "a formula" if cell.data_type == "f" else "an error of the spreadsheet"
        cure = "type the text itself"
    elif isinstance(value, dt.datetime):
        if value.time() == dt.time():
            return value.date().isoformat()
        reason, cure = "a day with a time", "write the day alone, like 2013-03-25"
    elif isinstance(value, (dt.time, dt.timedelta)):
        reason, cure = "a time of day", "write a day, like 2013-03-25"
    elif isinstance(value, float) and value.is_integer():
        return str(int(value))
    if reason:
        shown = str(value)[: check.LONGEST_SHOWN]
        problem = Problem(reason, row=cell.row, column=column, value=shown, cure=cure)
        faults.append(Fault(sheet.title, problem))
        return ""
    return str(value)
