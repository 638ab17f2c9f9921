"""The records of one file as columns, each row checked for its fields and read once.

A file without quotes is read by Arrow, which refuses a row with too many or too few fields; a
column is coded, a number a text, when it is first asked for: most of the time would go into
columns that nothing asks for. A file with quotes or blank rows, or one that Arrow refuses, is
read by the strict reader of all tables instead, which knows in which row a fault stands.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from scrutiny.errors import Problem
from scrutiny.sources.ledger import folded
from scrutiny.sources.raw import RawFile, fields_problem
from scrutiny.sources.reading import Note

ID, LONGITUDE, LATITUDE = "Crime ID", "Longitude", "Latitude"
COORDINATES = (LONGITUDE, LATITUDE)
RESTORE = "restore the publisher's row"
AGAIN = "download the file again"
_BLOCK = 512 * 1024  # bytes: what the processor's cache holds; files, not blocks, are read at once
_ID_WIDTH = 64  # bytes of a published id
# Odd numbers without a pattern, one for each eight bytes of an id.
_ODD = np.frombuffer(hashlib.blake2b(b"odd", digest_size=_ID_WIDTH).digest(), "uint64") | 1
_COORDINATE = re.compile(r"\s*(?:[+-]?\d{1,3}(?:\.\d*)?(?:[eE][+-]?\d\d?)?\s*)?", re.ASCII)

Texts = tuple[dict[str, int], np.ndarray]


@dataclass(frozen=True)
class Layout:
    """A published form: its source, its headings, and those of the date and of what is counted."""

    source: str
    dated: str
    counted: str
    headings: tuple[str, ...]


class Table:
    """The records of a file: a place, from 0, is the same record in every column.

    ``rows`` says in which row of the file each record stands and ``numbers`` in which column each
    published heading, from 1; ``names`` are the headings, where a column that is not published is
    under its number. ``problems`` and ``notes`` are what was wrong or odd about the rows.
    """

    def __init__(
        self,
        columns: pa.Table,
        rows: np.ndarray,
        numbers: dict[str, int],
        problems: list[Problem],
        notes: list[Note],
    ):
        self._columns, self.rows, self.numbers = columns, rows, numbers
        self.problems, self.notes = problems, notes
        self._coded: dict[str, Texts] = {}

    @property
    def text_headings(self) -> list[str]:
        """The names of the columns of text, the ids left out."""
        return [name for name in self._columns.column_names if name not in (ID, *COORDINATES)]

    def texts(self, heading: str) -> Texts:
        """Return a number for each text of a column, and the number of each record's text.

        The texts are without outer blanks, the numbers in the order of the file from 0.
        """
        if heading not in self._coded:
            self._coded[heading] = _coded(self._columns[heading])
        return self._coded[heading]

    def texts_at(self, heading: str, places: np.ndarray) -> Texts:
        """Return the same of the records at some places alone."""
        if heading in self._coded or len(places) == len(self.rows):
            numbers, codes = self.texts(heading)
            return numbers, codes[places]
        return _coded(self._columns[heading].take(pa.array(places)))

    @cached_property
    def coordinates(self) -> dict[str, np.ndarray]:
        """Floats by heading, NaN where there is none."""
        return {name: self._columns[name].to_numpy() for name in COORDINATES}

    @cached_property
    def ids(self) -> np.ndarray | None:
        """A number for each record's id, 0 for none, by which ids that differ are told apart."""
        if ID not in self._columns.column_names:
            return None
        return np.concatenate([_identified(ids) for ids in self._columns[ID].chunks])


def read_table(raw: RawFile, layout: Layout) -> Table:
    """Return the records of a file of that layout, with what was wrong or odd about its rows.

    Raises :class:`scrutiny.errors.FaultyFile` for a file that is no text, lacks a heading, has no
    record or too many.
    """
    if raw.unreadable:
        raise raw.fault(raw.unreadable, source=layout.source)
    notes: list[Note] = []
    problems: list[Problem] = []
    numbers = _numbers_of(raw, layout, notes)
    headings = {number: heading for heading, number in numbers.items()}
    names = [headings.get(n, str(n)) for n in range(1, len(raw.header) + 1)]
    columns = _at_once(raw, layout, names)
    if columns is None:
        columns, rows = _row_by_row(raw, names, problems, notes)
    else:
        rows = np.arange(2, len(columns) + 2)
    if not len(rows):
        problems.append(Problem("the table has no records", row=2, column=names[0], cure=AGAIN))
        raise raw.fault(*problems, source=layout.source)
    if len(rows) > raw.limits.rows:
        raise raw.fault(raw.too_many_rows(len(rows)), source=layout.source)
    if raw.ends_within_a_row:
        reason = "no line end after the last row: the file may be cut"
        problems.append(Problem(reason, row=int(rows[-1]), column=raw.header[-1], cure=AGAIN))
    return Table(columns, rows, numbers, problems, notes)


def _numbers_of(raw: RawFile, layout: Layout, notes: list[Note]) -> dict[str, int]:
    """Return the number of the column of each published heading; notes others."""
    header = folded(raw.header)
    problems = [
        Problem(
            "the heading stands twice" if heading.casefold() in header else "the column is missing",
            row=1,
            column=heading,
            cure=AGAIN,
        )
        for heading in layout.headings
        if header.count(heading.casefold()) != 1
    ]
    if problems:
        raise raw.fault(*problems, source=layout.source)
    numbers = {heading: header.index(heading.casefold()) + 1 for heading in layout.headings}
    for number, heading in enumerate(raw.header, start=1):
        if number not in numbers.values():
            reason = "a column that the layout does not have was left out"
            notes.append(Note(reason, row=1, column=heading))
    return numbers


def _at_once(raw: RawFile, layout: Layout, names: list[str]) -> pa.Table | None:
    """Return the columns of the file; None where Arrow must not read it."""
    content = raw.content
    odd_returns = b"\r" in content and content.count(b"\r") != content.count(b"\r\n")
    if b'"' in content or odd_returns:
        return None
    types = {name: pa.float64() if name in COORDINATES else pa.string() for name in names}
    threads = ThreadPoolExecutor(1)
    threads.submit(lambda: raw.sha256)  # wanted at the end, and best made meanwhile
    try:
        table = csv.read_csv(
            pa.BufferReader(content),
            csv.ReadOptions(use_threads=False, block_size=_BLOCK, skip_rows=1, column_names=names),
            csv.ParseOptions(delimiter=raw.separator, quote_char=False, ignore_empty_lines=False),
            csv.ConvertOptions(
                check_utf8=False,  # the whole text was checked: raw.unreadable
                column_types=types,
                null_values=[""],
                strings_can_be_null=False,
            ),
        )
    except pa.ArrowInvalid:
        return None
    finally:
        threads.shutdown()
    blank = pc.index(table[layout.dated], "").as_py() >= 0  # so does Arrow read a blank row
    return None if blank or _is_odd(table, raw.limits.cell) else table


def _is_odd(table: pa.Table, longest: int) -> bool:
    """Return whether a cell has more than ``longest`` bytes, or a coordinate is ``nan``."""
    for name, column in zip(table.column_names, table.columns, strict=True):
        if name in COORDINATES:
            if pc.any(pc.is_nan(column)).as_py():
                return True
        elif len(column) and pc.max(pc.binary_length(column)).as_py() > longest:
            return True
    return False


def _coded(column: pa.ChunkedArray) -> Texts:
    """Return a number for each text, without outer blanks, and the number of each cell's text."""
    if not len(column):
        return {}, np.zeros(0, dtype="int32")
    if pc.all(pc.equal(column, column[0])).as_py():
        return {column[0].as_py().strip(): 0}, np.zeros(len(column), dtype="int32")
    chunks = column.dictionary_encode().chunks  # of one dictionary
    texts = pc.utf8_trim_whitespace(chunks[0].dictionary).to_pylist()
    numbers = dict(zip(texts, range(len(texts)), strict=True))
    codes = np.concatenate([chunk.indices.to_numpy() for chunk in chunks])
    if len(numbers) < len(texts):  # two texts were one but for their blanks
        numbers = {text: number for number, text in enumerate(dict.fromkeys(texts))}
        codes = np.array([numbers[text] for text in texts], dtype=codes.dtype)[codes]
    return numbers, codes


def _identified(ids: pa.Array) -> np.ndarray:
    """Return a number of 64 bits for each id, of all its bytes; 0 for none."""
    offsets = np.frombuffer(ids.buffers()[1], "int32", len(ids) + 1, 4 * ids.offset)
    widths = np.diff(offsets)
    numbers = np.zeros(len(ids), dtype="uint64")
    if ((widths == 0) | (widths == _ID_WIDTH)).all():
        data = np.frombuffer(ids.buffers()[2], "uint8")[offsets[0] : offsets[-1]]
        numbers[widths > 0] = data.view("uint64").reshape(-1, len(_ODD)) @ _ODD
        return numbers
    for i, text in enumerate(ids.to_pylist()):  # not as published
        if text:
            data = hashlib.blake2b(text.encode(), digest_size=_ID_WIDTH).digest()
            numbers[i] = np.frombuffer(data, "uint64") @ _ODD
    return numbers


def _row_by_row(
    raw: RawFile, names: list[str], problems: list[Problem], notes: list[Note]
) -> tuple[pa.Table | None, np.ndarray]:
    """Return the same of the records that have all fields, and their rows; adds the others."""
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
    if not rows:
        return None, np.zeros(0, dtype="int64")
    columns = {}
    for i, name in enumerate(names):
        texts = [fields[i] for fields in records]
        if name in COORDINATES:
            columns[name] = pa.array(_floats(texts, rows, name, problems), pa.float64())
        else:
            columns[name] = pa.array(texts, pa.string())
    return pa.table(columns), np.array(rows, dtype="int64")


def _floats(
    texts: list[str], rows: list[int], heading: str, problems: list[Problem]
) -> Iterator[float | None]:
    for row, text in zip(rows, texts, strict=True):
        if not _COORDINATE.fullmatch(text):
            problems.append(
                Problem("not a coordinate", row=row, column=heading, value=text, cure=RESTORE)
            )
        yield float(text) if text.strip() and _COORDINATE.fullmatch(text) else None
