"""The project's own tidy form: one published vintage of figures a file, a row a figure.

The file is gzip-compressed CSV. Its first lines are ``# key: value`` and say once what holds for
the whole table: publisher, data set, vintage, licence, the scheme and the sha256 of the file that
the figures were taken from. The rows are measure, area, period, unit, value. A table of wards or
LSOAs names each by its code, its name and the borough that it is in; what has no row there is zero.
"""

from __future__ import annotations

import csv
import gzip
import io
import re
import zlib
from collections.abc import Mapping
from dataclasses import replace
from functools import cache

import pandas as pd

from scrutiny import observations, places
from scrutiny.errors import Problem
from scrutiny.periods import MONTH
from scrutiny.sources import catalogue
from scrutiny.sources.categories import TIDY_LAYOUT
from scrutiny.sources.grid import CODES
from scrutiny.sources.raw import RawFile
from scrutiny.sources.reading import Reading, reading

MAGIC = "# scrutiny tidy figures 1"
COLUMNS = ("measure", "area", "period", "unit", "value")
COLUMNS_OF_SMALL_AREAS = ("measure", "code", "area", "within", "period", "unit", "value")
FIELDS = ("source", "vintage", "publisher", "dataset", "licence", "scheme", "original")
LARGEST_UNPACKED = 64 * 1024 * 1024
_CHUNK = 4 * 1024 * 1024
_GZIP = b"\x1f\x8b"
_YEAR = re.compile(r"(?:19|20)\d\d|fy(?:19|20)\d\d-\d\d")
_WHOLE = re.compile(r"\d{1,9}", re.ASCII)
_DECIMAL = re.compile(r"\d{1,9}(?:\.\d+)?(?:e-\d\d)?", re.ASCII)
_FRACTION = re.compile(r"[01](?:\.\d+)?(?:e-\d\d)?|\d(?:\.\d+)?e-\d\d", re.ASCII)

_FORMS = {"count": _WHOLE, "residents": _WHOLE, "headcount": _WHOLE, "fraction": _FRACTION}


def read(raw: RawFile) -> Reading | None:
    """Return the figures, or None where the file is not of this form.

    Raises :class:`scrutiny.errors.FaultyFile` for one that is, and is broken.
    """
    text = _unpack(raw)
    if text is None or not text.startswith(MAGIC):
        return None
    lines = text.split("\n", len(FIELDS) + 1)
    about = dict(
        line.removeprefix("# ").partition(": ")[::2] for line in lines[1 : len(FIELDS) + 1]
    )
    if missing := [name for name in FIELDS if name not in about]:
        raise raw.fault(
            Problem("the head of the table lacks a line", row=2, value=", ".join(missing))
        )
    columns, small = columns_of(about["source"]), _small(about["source"])
    rows, problems = _rows(lines[-1], columns, small)
    at = 1 + columns.index("period")
    if rows and not problems and max(row[at] for row in rows) != about["vintage"]:
        problems.append(
            Problem(
                "the vintage is not the last period",
                row=3,
                value=f"{about['vintage']}, {max(row[at] for row in rows)}",
                cure="name the last period of the table",
            )
        )
    if not rows and not problems:
        problems.append(Problem("the table has no rows", row=len(FIELDS) + 2))
    if problems:
        raise raw.fault(*problems, source=about["source"])
    table = pd.DataFrame(rows, columns=["row", *columns]).rename(columns={"measure": "category"})
    table = table.assign(area_kind=small) if small else table
    known = catalogue.sources().get(about["source"])
    if known is None:
        raise raw.fault(
            Problem("not a source of the catalogue", row=2, column="source", value=about["source"])
        )
    return reading(
        raw,
        about["source"],
        TIDY_LAYOUT,
        table.assign(column=columns.index("value") + 1),
        rows=len(table),
        sparse=bool(small),
        vintage=about["vintage"],
        origin=replace(
            known,
            publisher=about["publisher"],
            name=about["dataset"],
            licence=about["licence"],
        ),
    )


def write(figures: pd.DataFrame, about: Mapping[str, str]) -> bytes:
    """Return the file for a frame of figures (:func:`columns_of`); same figures, same bytes."""
    head = [MAGIC, *(f"# {name}: {about[name]}" for name in FIELDS)]
    columns = columns_of(about["source"])
    rows = figures[list(columns)].sort_values(list(columns[:-2]))
    body = rows.to_csv(index=False, lineterminator="\n", float_format="%.10g")
    return gzip.compress(("\n".join(head) + "\n" + body).encode(), compresslevel=9, mtime=0)


def columns_of(source: str) -> tuple[str, ...]:
    """Return the columns of a data set's table."""
    return COLUMNS_OF_SMALL_AREAS if _small(source) else COLUMNS


def _small(source: str) -> str:
    """Return the kind of small area that a data set is of, ``ward`` or ``lsoa``; else empty."""
    kind = source.partition("-")[0]
    return kind if kind in CODES else ""


def _rows(text: str, columns: tuple[str, ...], small: str) -> tuple[list[tuple], list[Problem]]:
    """Return the row and the cells of each figure, and what is wrong."""
    rows: list[tuple] = []
    problems: list[Problem] = []
    seen: dict[tuple[str, ...], int] = {}
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    number = len(FIELDS) + 2
    try:
        heading = next(reader, [])
        if tuple(heading) != columns:
            return [], [Problem("not the columns of the tidy form", value=", ".join(heading))]
        for number, cells in enumerate(reader, start=len(FIELDS) + 3):
            if problem := _fault(cells, columns, small, seen, number):
                problems.append(problem)
            else:
                seen[tuple(cells[:-2])] = number
                rows.append((number, *cells))
    except csv.Error as error:
        problems.append(
            Problem("a quote is not closed, or inside a field", row=number + 1, value=str(error))
        )
    return rows, problems


def _fault(
    cells: list[str], columns: tuple[str, ...], small: str, seen: dict, number: int
) -> Problem | None:
    if len(cells) != len(columns):
        reason = f"the row has {len(cells)} fields and the header {len(columns)}"
        return Problem(reason, row=number, value=",".join(cells))
    if not all(cells):
        return Problem("a cell is empty", row=number, cure="fill the row, or drop it")
    measure, area, *of_small, period, unit, value = cells
    named = of_small[1] if small else area
    wrong = {
        "code": bool(small) and not re.fullmatch(CODES[small], area),
        "within" if small else "area": named not in _areas(),
        "period": not (MONTH.fullmatch(period) or _YEAR.fullmatch(period)),
        "unit": unit not in observations.UNITS,
        "value": not _FORMS.get(unit, _DECIMAL).fullmatch(value),
    }
    for column, is_wrong in wrong.items():
        if is_wrong:
            return Problem(
                f"not such {column} as the form has",
                row=number,
                column=column,
                value=cells[columns.index(column)],
            )
    if tuple(cells[:-2]) in seen:
        return Problem(
            "measure, area and period stand twice",
            row=number,
            value=f"{measure}, {area}, {period}",
            cure=f"drop this row or row {seen[tuple(cells[:-2])]}",
        )
    return None


@cache
def _areas() -> frozenset[str]:
    return frozenset(place.name for place in places.all_places())


def _unpack(raw: RawFile) -> str | None:
    """Return the unpacked text; None where the file is no such table.

    Raises :class:`scrutiny.errors.FaultyFile` for one that is damaged or over the cap, whatever
    it holds: what is over the cap is never kept in memory.
    """
    if not raw.content.startswith(_GZIP):
        return None
    magic = MAGIC.encode()
    with gzip.GzipFile(fileobj=io.BytesIO(raw.content)) as file:
        try:
            content = file.read(len(magic))
            known = content == magic
            cap = raw.limits.unpacked_bytes
            largest = min(cap, LARGEST_UNPACKED) if known else cap
            size = len(content)
            while chunk := file.read(_CHUNK):
                size += len(chunk)
                if size > largest:
                    raise raw.fault(raw.too_large(size, largest))
                content += chunk if known else b""
        except (OSError, EOFError, zlib.error) as error:
            raise raw.fault(
                Problem("the compressed file is damaged", value=str(error), cure="copy it again")
            ) from error
    if not known:
        return None
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return None
