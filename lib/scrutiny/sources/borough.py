"""Recorded crime by borough and category: the 24-month and the historical files, every scheme.

A row of the file is a borough and a category, a column a month. The borough, major and minor
columns are found by their values. The grid is sparse: a missing row means zero.
"""

from __future__ import annotations

import re
from functools import cache

import pandas as pd

from scrutiny import places
from scrutiny.errors import Problem
from scrutiny.sources import categories
from scrutiny.sources.columns import header_problems, month_of, roles_of
from scrutiny.sources.reading import Note, RawFile, Reading, frame

PUBLISHER = "Metropolitan Police Service"
LICENCE = "OGL-UK-3.0"
DATASETS = {
    "borough-24-months": "Recorded crime by borough, latest 24 months",
    "borough-historical": "Recorded crime by borough, historical",
}
MONTHS_OF_A_RECENT_FILE = 24
LARGEST_COUNT = 1_000_000
_COUNT = re.compile(r"\d{1,7}", re.ASCII)
_TOTAL = re.compile(r"\b(?:sub[- ]?)?totals?\b|\ball (?:offences|crimes?)\b", re.IGNORECASE)

# Which categories tell the schemes apart; the line that a file matches best names its scheme.
_SCHEMES = (
    ("A'", {"burglary - residential", "theft person"}, "theft and handling"),
    ("A", {"burglary in a dwelling", "other theft person"}, "theft and handling"),
    ("C+", {"stalking and harassment", "res burglary of a home"}, "theft"),
    ("C", {"burglary in a dwelling", "theft from the person"}, "theft"),
    ("B first form", {"burglary - residential", "theft from person"}, "theft"),
    ("B", {"domestic burglary", "theft from person"}, "theft"),
)


def read(raw: RawFile) -> Reading | None:
    """Return the file's observations, or None where it is not such a file.

    Raises :class:`scrutiny.errors.FaultyFile` for one that is, and is broken.
    """
    header = [cell.strip() for cell in raw.header]
    months = {i: month_of(cell) for i, cell in enumerate(header) if month_of(cell)}
    if len(months) < 2:
        return None
    table = raw.table
    roles = roles_of(header, table[1:], months)
    if roles is None:
        return None
    source = "borough-24-months" if len(months) <= MONTHS_OF_A_RECENT_FILE else "borough-historical"
    if problems := [*header_problems(header, table[1:], months, roles)]:
        raise raw.fault(*problems, source=source)
    cells, notes, problems = _cells(table, header, months, roles)
    problems += [raw.broken] if raw.broken else []
    if problems:
        raise raw.fault(*problems, source=source)
    if raw.ends_within_a_row:
        notes.append(Note("no line end after the last row: the file may be cut", row=len(table)))
    last = max(months.values())
    layout = _scheme(cells)
    made = frame(raw, source, layout, last, cells)
    return Reading(
        source=source,
        layout=layout,
        vintage=last,
        publisher=PUBLISHER,
        dataset=DATASETS[source],
        licence=LICENCE,
        path=raw.name,
        sha256=raw.sha256,
        rows=len(table) - 1,
        sparse=True,
        observations=made,
        notes=(*notes, *_unknown_categories(made)),
    )


def _cells(
    table: list[list[str]], header: list[str], months: dict[int, str], roles: dict[str, int]
) -> tuple[list[dict], list[Note], list[Problem]]:
    """Return the cells, the notes and the problems of the rows below the header."""
    cells: list[dict] = []
    notes: list[Note] = []
    problems: list[Problem] = []
    seen: dict[tuple[str, str, str], int] = {}
    heading = {role: header[i] or f"column {i + 1}" for role, i in roles.items()}
    for number, row in enumerate(table[1:], start=2):
        if len(row) != len(header):
            problems.append(
                Problem(
                    f"the row has {len(row)} fields and the header {len(header)}",
                    row=number,
                    value=",".join(row[:4]),
                    cure="restore the publisher's row",
                )
            )
            continue
        area = places.find(row[roles["area"]])
        group, category = (_squeeze(row[roles[role]]) for role in ("group", "category"))
        if area is None or area.name not in _areas():
            problems.append(
                Problem(
                    "a total among the rows"
                    if (area is not None and area.kind == "force") or _looks_like_a_total(row)
                    else "not a borough of the Metropolitan Police",
                    row=number,
                    column=heading["area"],
                    value=row[roles["area"]],
                    cure="correct the name, or leave the row out",
                )
            )
            continue
        if not group or not category:
            problems.append(
                Problem(
                    "a category is empty",
                    row=number,
                    column=heading["category" if group else "group"],
                    cure="restore the publisher's row",
                )
            )
            continue
        totals = [role for role in ("group", "category") if _TOTAL.search(row[roles[role]])]
        if totals:
            problems.append(
                Problem(
                    "a total among the rows",
                    row=number,
                    column=heading[totals[0]],
                    value=row[roles[totals[0]]],
                    cure="leave the row out",
                )
            )
            continue
        key = (area.name, group.casefold(), category.casefold())
        if key in seen:
            problems.append(
                Problem(
                    f"borough and category stand already in row {seen[key]}",
                    row=number,
                    column=heading["category"],
                    value=f"{area.name}, {group}, {category}",
                    cure="ask the publisher which row is right",
                )
            )
            continue
        seen[key] = number
        for i, period in months.items():
            value = row[i].strip()
            if not _COUNT.fullmatch(value) or int(value) > LARGEST_COUNT:
                problems.append(
                    Problem(
                        "not a whole count of offences",
                        row=number,
                        column=header[i],
                        value=row[i],
                        cure="restore the publisher's figure; 0 where there was none",
                    )
                )
                continue
            cells.append(
                {
                    "sheet": "",
                    "row": number,
                    "column": i + 1,
                    "area": area.name,
                    "period": period,
                    "group": group,
                    "category": category,
                    "value": int(value),
                    "unit": "count",
                }
            )
    if any(key[0] == places.UNKNOWN for key in seen):
        first = next(n for key, n in seen.items() if key[0] == places.UNKNOWN)
        notes.append(Note("offences whose borough is unknown", row=first, value=places.UNKNOWN))
    return cells, notes, problems


@cache
def _areas() -> frozenset[str]:
    return frozenset({p.name for p in places.boroughs()} | {places.AIRPORTS, places.UNKNOWN})


def _looks_like_a_total(row: list[str]) -> bool:
    return any(_TOTAL.search(cell) for cell in row)


def _squeeze(text: str) -> str:
    return " ".join(text.split())


def _scheme(cells: list[dict]) -> str:
    names, groups = _folded(tuple({(c["group"], c["category"]) for c in cells}))
    matches = {scheme: len(signs & names) for scheme, signs, group in _SCHEMES if group in groups}
    best = max(matches, key=matches.__getitem__, default=None)
    return best if best and matches[best] else "unknown scheme"


@cache
def _folded(pairs: tuple[tuple[str, str], ...]) -> tuple[set[str], set[str]]:
    return {c.casefold() for _, c in pairs}, {g.casefold() for g, _ in pairs}


def _unknown_categories(made: pd.DataFrame) -> tuple[Note, ...]:
    pairs = made.drop_duplicates(["group", "category"])
    return tuple(
        Note(
            "a category that no earlier file holds",
            row=int(row.row),
            value=f"{row.group}, {row.category}",
        )
        for row in pairs.itertuples()
        if not categories.is_known(row.group, row.category)
    )
