"""The records of one file as columns, each row checked for its fields and read once.

A file without quotes is cut into blocks of whole rows, which Arrow reads side by side; it refuses
a row with too many or too few fields. A block fits the processor's cache and is gone when the
next is read: that, not the counting, is what time and memory go into. A file with quotes or blank
rows, or one that Arrow refuses, is read by the strict reader of all tables instead, which knows in
which row a fault stands.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

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
_BLOCK = 2 * 1024 * 1024  # bytes
_MOST_THREADS = 4
_ID_WIDTH = 64  # bytes of a published id
_ODD = np.random.default_rng(1).integers(2**62, size=_ID_WIDTH // 8, dtype="uint64") * 2 + 1
_COORDINATE = re.compile(r"\s*(?:[+-]?\d{1,3}(?:\.\d*)?(?:[eE][+-]?\d\d?)?\s*)?", re.ASCII)

Texts = tuple[list[str], np.ndarray]


@dataclass(frozen=True)
class Layout:
    """A published form: its source, its headings, and those of the date and of what is counted."""

    source: str
    dated: str
    counted: str
    headings: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """The records of a file: a place, from 0, is the same record in every column.

    ``texts`` has by heading the different texts of a column, without outer blanks, and each
    record's place among them; ``coordinates`` by heading floats, NaN where there is none; ``ids``
    a number for each id, 0 for none, by which ids that differ are told apart. ``rows`` says in
    which row of the file each record stands and ``numbers`` in which column each published
    heading, from 1. A column that is not published is under its number.
    """

    texts: dict[str, Texts]
    coordinates: dict[str, np.ndarray]
    ids: np.ndarray | None
    rows: np.ndarray
    numbers: dict[str, int]
    problems: list[Problem]
    notes: list[Note]


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
    parts = _at_once(raw, layout, names)
    if parts is None:
        parts, rows = _row_by_row(raw, names, problems, notes)
    else:
        rows = np.arange(2, sum(len(part[LATITUDE]) for part in parts) + 2)
    if not len(rows):
        problems.append(Problem("the table has no records", row=2, column=names[0], cure=AGAIN))
        raise raw.fault(*problems, source=layout.source)
    if len(rows) > raw.limits.rows:
        raise raw.fault(raw.too_many_rows(len(rows)), source=layout.source)
    if raw.ends_within_a_row:
        reason = "no line end after the last row: the file may be cut"
        problems.append(Problem(reason, row=int(rows[-1]), column=raw.header[-1], cure=AGAIN))
    texts = {
        name: _joined([part[name] for part in parts])
        for name in names
        if name not in (ID, *COORDINATES)
    }
    floats = {name: np.concatenate([part[name] for part in parts]) for name in COORDINATES}
    ids = np.concatenate([part[ID] for part in parts]) if ID in names else None
    return Table(texts, floats, ids, rows, numbers, problems, notes)


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


def _at_once(raw: RawFile, layout: Layout, names: list[str]) -> list[dict] | None:
    """Return the file's blocks of coded columns; None where Arrow must not read it."""
    content = raw.content
    odd_returns = b"\r" in content and content.count(b"\r") != content.count(b"\r\n")
    if b'"' in content or odd_returns:
        return None
    types = {name: pa.float64() if name in COORDINATES else pa.string() for name in names}

    def part(block: pa.Buffer) -> dict:
        table = csv.read_csv(
            pa.BufferReader(block),
            csv.ReadOptions(use_threads=False, block_size=len(block) + 1, column_names=names),
            csv.ParseOptions(delimiter=raw.separator, quote_char=False, ignore_empty_lines=False),
            csv.ConvertOptions(column_types=types, null_values=[""], strings_can_be_null=False),
        )
        if pc.index(table[layout.dated], "").as_py() >= 0:  # so does Arrow read a blank row
            raise pa.ArrowInvalid("a blank row")
        return _coded(table, raw.limits.cell)

    with ThreadPoolExecutor(min(_MOST_THREADS, os.cpu_count() or 1)) as threads:
        threads.submit(lambda: raw.sha256)  # wanted at the end, and best made meanwhile
        try:
            return list(threads.map(part, _blocks(content)))
        except pa.ArrowInvalid:
            return None


def _blocks(content: bytes) -> Iterator[pa.Buffer]:
    """Yield the rows below the header, in blocks of whole rows."""
    whole = pa.py_buffer(content)
    start = content.find(b"\n") + 1 or len(content)
    while start < len(content):
        end = content.rfind(b"\n", start, start + _BLOCK) + 1
        end = end or content.find(b"\n", start + _BLOCK) + 1 or len(content)
        yield whole.slice(start, end - start)
        start = end


def _coded(table: pa.Table, longest: int) -> dict:
    """Return the columns as the finished table holds them, each with texts of its own.

    Raises ``pyarrow.ArrowInvalid`` for a cell of more than ``longest`` bytes.
    """
    part: dict = {}
    for name, chunks in zip(table.column_names, table.columns, strict=True):
        column = chunks.combine_chunks()
        if name in COORDINATES:
            part[name] = column.to_numpy(zero_copy_only=False)
            if np.isnan(part[name]).sum() > column.null_count:
                raise pa.ArrowInvalid("a coordinate of nan")
            continue
        if pc.max(pc.binary_length(column)).as_py() > longest:
            raise pa.ArrowInvalid("a cell too long")
        if name == ID:
            part[name] = _identified(column)
        elif pc.all(pc.equal(column, column[0])).as_py():
            part[name] = [column[0].as_py().strip()], np.zeros(len(column), dtype="int32")
        else:
            encoded = column.dictionary_encode()
            values = pc.utf8_trim_whitespace(encoded.dictionary).to_pylist()
            part[name] = values, encoded.indices.to_numpy()
    return part


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


def _joined(parts: list[Texts]) -> Texts:
    """Return the texts of all blocks as one."""
    places: dict[str, int] = {}
    joined = []
    for values, codes in parts:
        new = [places.setdefault(value, len(places)) for value in values]
        joined.append(np.array(new, dtype="int32")[codes])
    return [*places], np.concatenate(joined)


def _row_by_row(
    raw: RawFile, names: list[str], problems: list[Problem], notes: list[Note]
) -> tuple[list[dict], np.ndarray]:
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
        return [], np.zeros(0, dtype="int64")
    columns = {}
    for i, name in enumerate(names):
        texts = [fields[i] for fields in records]
        if name in COORDINATES:
            columns[name] = pa.array(_floats(texts, rows, name, problems), pa.float64())
        else:
            columns[name] = pa.array(texts, pa.string())
    part = _coded(pa.table(columns), len(raw.content))
    return [part], np.array(rows, dtype="int64")


def _floats(
    texts: list[str], rows: list[int], heading: str, problems: list[Problem]
) -> Iterator[float | None]:
    for row, text in zip(rows, texts, strict=True):
        if not _COORDINATE.fullmatch(text):
            problems.append(
                Problem("not a coordinate", row=row, column=heading, value=text, cure=RESTORE)
            )
        yield float(text) if text.strip() and _COORDINATE.fullmatch(text) else None
