"""Recorded crime by area and category: boroughs, wards and LSOAs, every scheme, text or Parquet.

A row of the file is an area and a category, a column a month. The columns of area, major and
minor category are found by their values. The grid is sparse: a missing row means zero.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from scrutiny import places
from scrutiny.errors import Problem
from scrutiny.sources import categories, cuts
from scrutiny.sources.columns import dates_for_months, header_problems, month_of, roles_of
from scrutiny.sources.grid import Grid, area_of, squeeze
from scrutiny.sources.grid_rows import COUNT, row_problems
from scrutiny.sources.ledger import folded
from scrutiny.sources.raw import RawFile, fields_problem
from scrutiny.sources.reading import Note, Reading, reading
from scrutiny.sources.schemes import scheme_of

MONTHS_OF_A_RECENT_FILE = 24
MOST_PROBLEMS = 1_000
FEWEST_COLUMNS = 4  # of whole numbers, that a grid without names of months must have
_AREA_HEADINGS = {"borough", "boroughname", "lookup boroughname", "wardname", "lsoa name"}
_CATEGORY_HEADINGS = {"major category", "minor category", "majortext", "minortext"}


def read(raw: RawFile) -> Reading | None:
    """Return the file's observations, or None where it is not such a file.

    Raises :class:`scrutiny.errors.FaultyFile` for one that is, and is broken.
    """
    header = raw.header
    months = {i: month_of(cell) for i, cell in enumerate(header) if month_of(cell)}
    dates = dates_for_months(header)
    if len(months) + len(dates) < 2 and not _has_the_headings(header):
        return None
    columns, numbers, problems = _columns(raw, len(header))
    roles = roles_of(header, columns, months | dates)
    if roles is None:
        if not numbers and _has_the_headings(header):
            problem = Problem("the table has no rows", row=2, cure="copy the file again")
            raise raw.fault(problem, source=_source(_kind_by_heading(header), len(months)))
        return None
    if len(months) + len(dates) < 2:
        return _refuse_without_months(raw, header, columns, roles)
    grid = Grid(header, months, roles, columns, numbers)
    kind = _kind(grid)
    if problems and raw.ends_within_a_row and problems[-1].row == len(raw.table):
        last = problems.pop()
        reason = f"{last.reason}, and no line end follows: the file is cut here"
        cure = "ask the publisher for a whole file"
        problems.append(Problem(reason, row=last.row, value=last.value, cure=cure))
    faults = [*_dates(dates)] or [*header_problems(header, columns, months, roles)]
    problems = faults or [*problems, *row_problems(grid, kind)]
    problems += [raw.broken] if raw.broken else []
    if problems:
        source = _source(kind, len(months) + len(dates))
        raise raw.fault(*problems[:MOST_PROBLEMS], source=source)
    counts = np.array([[int(v) for v in columns[i]] for i in months], dtype="int64")
    source = _source(kind, len(months) - len(cuts.empty_months(grid, counts)))
    if problems := [*cuts.problems(grid, counts, raw.ends_within_a_row)]:
        raise raw.fault(*problems, source=source)
    pairs = set(zip(grid.values("group"), grid.values("category"), strict=True))
    made, left_out = _cells(grid, kind, counts)
    notes = [*_notes(grid, raw), *left_out]
    return reading(
        raw,
        source,
        scheme_of((squeeze(g), squeeze(c)) for g, c in pairs),
        made,
        rows=len(numbers),
        vintage=max(months.values()),
        sparse=True,
        notes=notes,
    )


def _refuse_without_months(
    raw: RawFile, header: list[str], columns: list[list[str]], roles: dict[str, int]
) -> None:
    """Refuse a grid whose months have lost their names; a table with a count a row is another."""
    others = [i for i in range(len(header)) if i not in roles.values()]
    counts = [i for i in others if columns[i] and all(map(COUNT.fullmatch, columns[i]))]
    if len(counts) < FEWEST_COLUMNS:
        return
    problem = Problem(
        "no heading is a month",
        row=1,
        column=header[counts[0]],
        value=header[counts[0]],
        cure="write months as 201812",
    )
    raise raw.fault(problem, source=_source(_kind_by_heading(header), len(counts)))


def _has_the_headings(header: list[str]) -> bool:
    named = {cell.replace("_", " ") for cell in folded(header)}
    return bool(named & _AREA_HEADINGS and named & _CATEGORY_HEADINGS)


def _kind_by_heading(header: list[str]) -> str:
    kinds = {cell[:4] for cell in folded(header)} & {"ward", "lsoa"}
    return next(iter(kinds), "borough")


def _dates(dates: dict[int, str]) -> Iterator[Problem]:
    for cell in dates.values():
        yield Problem(
            "a date stands for a month",
            row=1,
            column=cell,
            value=cell,
            cure="write the month as 201812",
        )


def _source(kind: str, months: int) -> str:
    return f"{kind}-{'24-months' if months <= MONTHS_OF_A_RECENT_FILE else 'historical'}"


def _columns(raw: RawFile, width: int) -> tuple[list[list[str]], list[int], list[Problem]]:
    """Return the columns and row numbers of the rows that have all fields, and the others."""
    if raw.parquet is not None:
        table = raw.parquet
        columns = [["" if v is None else str(v) for v in c.to_pylist()] for c in table.columns]
        return columns, list(range(2, table.num_rows + 2)), []
    rows = raw.table[1:]
    whole = [(n, row) for n, row in enumerate(rows, start=2) if len(row) == width]
    if not whole:  # the file is known and refused all the same
        whole = [(n, (row + [""] * width)[:width]) for n, row in enumerate(rows, start=2)]
    problems = [
        fields_problem(row, raw.header, n)
        for n, row in enumerate(rows, start=2)
        if len(row) != width
    ]
    columns = [list(column) for column in zip(*(row for _, row in whole), strict=True)]
    return columns or [[] for _ in range(width)], [n for n, _ in whole], problems


def _kind(grid: Grid) -> str:
    if "code" not in grid.roles:
        return _kind_by_heading(grid.header)
    kinds = {"E05": "ward", "E01": "lsoa"}  # of the first code that is one
    return next(kinds[t.strip()[:3]] for t in grid.values("code") if t.strip()[:3] in kinds)


def _cells(grid: Grid, kind: str, counts: np.ndarray) -> tuple[pd.DataFrame, list[Note]]:
    """Return the cells, and a note for each month that is left out as all but empty."""
    boroughs = {text: area_of(text) for text in set(grid.values("area"))}
    about = pd.DataFrame(
        {
            "row": grid.numbers,
            "within": [boroughs[text] for text in grid.values("area")],
            "group": [squeeze(text) for text in grid.values("group")],
            "category": [squeeze(text) for text in grid.values("category")],
        }
    )
    if kind == "borough":
        about = about.rename(columns={"within": "area"})
    else:
        named = grid.values("name" if "name" in grid.roles else "code")
        names = pd.Series(named, dtype="str").map(squeeze)
        about["area"] = names if kind == "lsoa" else names + ", " + about["within"]
        about["code"] = [text.strip() for text in grid.values("code")]
        about["area_kind"] = kind
    notes, parts, empty = [], [], cuts.empty_months(grid, counts)
    for (i, period), column in zip(grid.months.items(), counts, strict=True):
        if period in empty:
            reason = "the file's first month is all but empty and was left out"
            notes.append(Note(reason, column=grid.header[i], value=f"{column.sum():,}"))
            continue
        part = about.assign(column=i + 1, period=period, value=column)
        # Most small areas have none of most crimes in a month, and a missing row means zero.
        parts.append(part if kind == "borough" else part[part["value"] > 0])
    return pd.concat(parts, ignore_index=True).assign(unit="count"), notes


def _notes(grid: Grid, raw: RawFile) -> Iterator[Note]:
    areas = grid.values("area")
    for text in dict.fromkeys(areas):
        if area_of(text) == places.UNKNOWN:
            row = grid.numbers[areas.index(text)]
            yield Note("offences whose borough is unknown", row=row, value=places.UNKNOWN)
    if raw.ends_within_a_row:
        last = grid.numbers[-1]
        yield Note("no line end after the last row: the file may be cut", row=last)
    if raw.blank_rows:
        yield Note("blank rows at the end", row=grid.numbers[-1] + 1, value=str(raw.blank_rows))
    pairs = list(zip(grid.values("group"), grid.values("category"), strict=True))
    for pair in dict.fromkeys(pairs):
        if not categories.is_known(*pair):
            value = ", ".join(map(squeeze, pair))
            row = grid.numbers[pairs.index(pair)]
            yield Note("a category that no earlier file holds", row=row, value=value)
