"""The columns of one file of records, read in one pass where that is safe.

Arrow reads a file without quotes, and refuses a row with too many or too few fields. A file with
quotes or blank rows, or one that Arrow refuses, is read by the strict reader of all tables
instead, which knows in which row a fault stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from scrutiny.errors import Problem
from scrutiny.sources.ledger import folded
from scrutiny.sources.raw import RawFile, fields_problem
from scrutiny.sources.reading import Note

LONGITUDE, LATITUDE = "Longitude", "Latitude"
COORDINATES = (LONGITUDE, LATITUDE)
RESTORE = "restore the publisher's row"
AGAIN = "download the file again"
# Python alone would also take 5_1.6 and the digits of other scripts.
_COORDINATE = re.compile(r"[+-]?\d+(?:\.\d*)?(?:[eE][+-]?\d+)?", re.ASCII)
_BLOCK = 512 * 1024  # bytes that Arrow takes at a time: more is no faster and holds more memory


@dataclass(frozen=True)
class Layout:
    """A published form: its source, its headings, and those of the date and of what is counted."""

    source: str
    dated: str
    counted: str
    headings: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """The records of a file.

    ``columns`` stand under the layout's headings (others of the file under their numbers): texts
    but for the coordinates, which are floats or null. ``rows`` says in which row of the file each
    record stands and ``numbers`` in which column each heading, from 1.
    """

    columns: pa.Table
    rows: np.ndarray
    numbers: dict[str, int]
    problems: list[Problem]
    notes: list[Note]


def read_table(raw: RawFile, layout: Layout) -> Table:
    """Return the records of a file of that layout, with what was wrong or odd about its rows.

    Raises :class:`scrutiny.errors.FaultyFile` for a file that is no text or lacks a heading.
    """
    if raw.unreadable:
        raise raw.fault(raw.unreadable, source=layout.source)
    problems: list[Problem] = []
    notes: list[Note] = []
    header = folded(raw.header)
    for heading in layout.headings:
        if (found := header.count(heading.casefold())) != 1:
            reason = "the heading stands twice" if found else "the column is missing"
            problems.append(Problem(reason, row=1, column=heading, cure=AGAIN))
    if problems:
        raise raw.fault(*problems, source=layout.source)
    numbers = {heading: header.index(heading.casefold()) + 1 for heading in layout.headings}
    for number, heading in enumerate(raw.header, start=1):
        if number not in numbers.values():
            reason = "a column that the layout does not have was left out"
            notes.append(Note(reason, row=1, column=heading))
    names = {number: heading for heading, number in numbers.items()}
    names = [names.get(number, str(number)) for number in range(1, len(header) + 1)]
    columns = _at_once(raw, layout, names)
    if columns is not None:
        rows = np.arange(2, columns.num_rows + 2)
    else:
        columns, rows = _row_by_row(raw, names, problems, notes)
    if not len(rows):
        problems.append(Problem("the table has no records", row=2, column=names[0], cure=AGAIN))
        raise raw.fault(*problems, source=layout.source)
    if raw.ends_within_a_row:
        reason = "no line end after the last row: the file may be cut"
        last = max(int(rows[-1]), *(problem.row or 0 for problem in problems), 0)
        problems.append(Problem(reason, row=last, column=raw.header[-1], cure=AGAIN))
    return Table(columns, rows, numbers, problems, notes)


def _at_once(raw: RawFile, layout: Layout, names: list[str]) -> pa.Table | None:
    """Return the columns as Arrow reads them; None where it must not."""
    content = raw.content
    odd_returns = b"\r" in content and content.count(b"\r") != content.count(b"\r\n")
    if b'"' in content or odd_returns:
        return None
    types = {name: pa.float64() if name in COORDINATES else pa.string() for name in names}
    try:
        columns = csv.read_csv(
            pa.BufferReader(content),
            csv.ReadOptions(block_size=_BLOCK, skip_rows=1, column_names=names),
            csv.ParseOptions(delimiter=raw.separator, quote_char=False, ignore_empty_lines=False),
            csv.ConvertOptions(column_types=types, null_values=[""], strings_can_be_null=False),
        )
    except pa.ArrowInvalid:
        return None
    if columns.num_rows > raw.limits.rows:
        raise raw.fault(raw.too_many_rows(columns.num_rows), source=layout.source)
    columns = columns.combine_chunks()
    texts = [column for column in columns.columns if column.type == pa.string() and len(column)]
    if any(pc.max(pc.binary_length(text)).as_py() > raw.limits.cell for text in texts):
        return None
    blank = pc.index(columns[layout.dated], "").as_py()  # so does Arrow read a blank row
    return None if blank >= 0 else columns


def _row_by_row(
    raw: RawFile, names: list[str], problems: list[Problem], notes: list[Note]
) -> tuple[pa.Table, np.ndarray]:
    """Return the columns and the rows of the records that have all fields; adds the others."""
    if raw.broken:
        problems.append(raw.broken)
    if raw.blank_rows:
        at = len(raw.table) + 1
        notes.append(Note("blank rows at the end", row=at, value=str(raw.blank_rows)))
    rows, records = [], []
    for number, fields in enumerate(raw.table[1:], start=2):
        if len(fields) == len(names):
            rows.append(number)
            records.append(fields)
        else:
            problems.append(fields_problem(fields, raw.header, number))
    columns = {}
    for i, name in enumerate(names):
        texts = [fields[i] for fields in records]
        if name in COORDINATES:
            columns[name] = pa.array(_floats(texts, rows, name, problems), pa.float64())
        else:
            columns[name] = pa.array(texts, pa.string())
    return pa.table(columns), np.array(rows, dtype="int64")


def _floats(
    texts: Iterable[str], rows: list[int], heading: str, problems: list[Problem]
) -> list[float | None]:
    found: list[float | None] = []
    for row, text in zip(rows, texts, strict=True):
        known = _COORDINATE.fullmatch(text.strip())
        found.append(float(text) if known else None)
        if text.strip() and not known:
            problems.append(
                Problem("not a coordinate", row=row, column=heading, value=text, cure=RESTORE)
            )
    return found
