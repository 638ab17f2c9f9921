"""Recorded crime by borough and category: the 24-month and the historical files, every scheme.

A row of the file is a borough and a category, a column a month. The borough, major and minor
columns are found by their values. The grid is sparse: a missing row means zero.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

import pandas as pd

from scrutiny import places
from scrutiny.errors import Problem
from scrutiny.periods import MONTH
from scrutiny.sources import categories
from scrutiny.sources.reading import Note, RawFile, Reading, frame

PUBLISHER = "Metropolitan Police Service"
LICENCE = "OGL-UK-3.0"
DATASETS = {
    "borough-24-months": "Recorded crime by borough, latest 24 months",
    "borough-historical": "Recorded crime by borough, historical",
}
MONTHS_OF_A_RECENT_FILE = 24
LARGEST_COUNT = 1_000_000
_AREA_CODE = re.compile(r"E\d{8}")

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
    months = {i: _month(cell) for i, cell in enumerate(header) if _month(cell)}
    if len(months) < 2:
        return None
    table = raw.table
    roles = _roles(header, table[1:], months)
    if roles is None:
        return None
    source = "borough-24-months" if len(months) <= MONTHS_OF_A_RECENT_FILE else "borough-historical"
    if problems := [*_header_problems(header, months, roles)]:
        raise raw.fault(*problems, source=source)
    cells, notes, problems = _cells(table, header, months, roles)
    if problems:
        raise raw.fault(*problems, source=source)
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


def _month(cell: str) -> str | None:
    """Return ``2018-12`` for a heading like 201812 or 2018-12."""
    text = f"{cell[:4]}-{cell[4:]}" if re.fullmatch(r"\d{6}", cell) else cell
    return text if MONTH.fullmatch(text) else None


def _roles(header: list[str], rows: list[list[str]], months: dict) -> dict[str, int] | None:
    """Return which column holds area, group and category; None if this is another kind of file.

    A file of boroughs and months whose category columns are gone is still such a file: its roles
    lack ``group`` or ``category``.
    """
    sample = [row for row in rows if len(row) == len(header)] or rows
    if not sample:
        return None
    texts = [
        i
        for i in range(len(header))
        if i not in months and any(i < len(row) and row[i].strip() for row in sample)
    ]
    known = {"area": places.find, "group": categories.is_group, "category": categories.is_category}
    scores = {
        role: {
            i: sum(bool(test(row[i])) for row in sample if i < len(row)) / len(sample)
            for i in texts
        }
        for role, test in known.items()
    }
    roles: dict[str, int] = {}
    for role in known:
        best = max(
            (i for i in texts if i not in roles.values()),
            key=lambda i: scores[role][i],
            default=None,
        )
        if best is not None and scores[role][best] > 0.5:
            roles[role] = best
    if "area" not in roles:
        return None
    others = [i for i in texts if i not in roles.values()]
    if any(_AREA_CODE.fullmatch(row[i].strip()) for i in others for row in sample[:20]):
        return None  # a file of wards or smaller areas
    return roles


def _header_problems(header: list[str], months: dict[int, str], roles: dict[str, int]):
    for role, what in (("group", "major category"), ("category", "minor category")):
        if role not in roles:
            yield Problem(
                f"the {what} column is missing",
                row=1,
                value=", ".join(h for i, h in enumerate(header) if i not in months),
                cure="ask the publisher for a copy with its category columns",
            )
    for name, count in Counter(header).items():
        if count > 1 and name:
            yield Problem(
                "the heading stands twice", row=1, column=name, cure="remove the second column"
            )
    listed = sorted(months.values())
    wanted = pd.period_range(listed[0], listed[-1], freq="M")
    missing = [str(p) for p in wanted if str(p) not in set(listed)]
    if missing:
        yield Problem(
            "months are missing between the first and the last",
            row=1,
            value=", ".join(missing[:6]),
            cure="ask the publisher for a whole file",
        )
    named = set(months) | set(roles.values())
    for i, name in enumerate(header):
        if name and i not in named:
            yield Problem(
                "neither a month nor a name that this layout has",
                row=1,
                column=name,
                value=name,
                cure="write months as 201812",
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
            if not value.isascii() or not value.isdigit() or int(value) > LARGEST_COUNT:
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
    return any("total" in cell.casefold().split() for cell in row)


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
