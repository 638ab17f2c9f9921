"""What is wrong in the rows of a grid: areas, categories, codes, keys and counts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scrutiny import places
from scrutiny.errors import Problem
from scrutiny.sources.grid import CODES, Grid, area_of, squeeze

LARGEST_COUNT = 1_000_000
COUNT = re.compile(r"\d{1,7}", re.ASCII)
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+", re.ASCII)
_TOTAL = re.compile(r"\b(?:sub[- ]?)?totals?\b|\ball (?:offences|crimes?)\b", re.IGNORECASE)
_RESTORE = "restore the publisher's row"


def row_problems(grid: Grid, kind: str) -> list[Problem]:
    """Return every fault of the rows, in their order; ``kind`` is borough, ward or lsoa."""
    found = [*_areas_wrong(grid), *_categories_wrong(grid), *_codes_wrong(grid, kind)]
    found += _keys_twice(grid) if not found else []
    return sorted([*found, *_counts_wrong(grid)], key=lambda problem: problem.row or 0)


def _areas_wrong(grid: Grid) -> Iterator[Problem]:
    known = {text: area_of(text) for text in set(grid.values("area"))}
    for number, text in zip(grid.numbers, grid.values("area"), strict=True):
        if known[text] is None:
            place = places.find(text)
            total = _TOTAL.search(text) or (place is not None and place.kind == "force")
            yield Problem(
                "a total among the rows" if total else "not a borough of the Metropolitan Police",
                row=number,
                column=grid.heading("area"),
                value=text,
                cure="correct the name, or leave the row out",
            )


def _categories_wrong(grid: Grid) -> Iterator[Problem]:
    for role in ("group", "category"):
        wrong = {
            text: "a total among the rows" if _TOTAL.search(text) else "a category is empty"
            for text in set(grid.values(role))
            if not text.strip() or _TOTAL.search(text)
        }
        for number, text in zip(grid.numbers, grid.values(role), strict=True):
            if text in wrong:
                yield Problem(
                    wrong[text],
                    row=number,
                    column=grid.heading(role),
                    value=text,
                    cure="leave the row out" if text.strip() else _RESTORE,
                )


def _codes_wrong(grid: Grid, kind: str) -> Iterator[Problem]:
    if kind == "borough":
        return
    wanted = re.compile(CODES[kind])
    right = {text for text in set(grid.values("code")) if wanted.fullmatch(text.strip())}
    if "name" in grid.roles:
        for number, text in zip(grid.numbers, grid.values("name"), strict=True):
            if not text.strip():
                heading = grid.heading("name")
                yield Problem("a name is empty", row=number, column=heading, cure=_RESTORE)
    for number, text in zip(grid.numbers, grid.values("code"), strict=True):
        if text not in right:
            yield Problem(
                f"not the code of a {kind}" if kind == "ward" else "not the code of an LSOA",
                row=number,
                column=grid.heading("code"),
                value=text,
                cure=_RESTORE,
            )


def _keys_twice(grid: Grid) -> Iterator[Problem]:
    seen: dict[tuple[str, ...], int] = {}
    roles = [role for role in ("area", "code", "group", "category") if role in grid.roles]
    folds = {role: {text: _fold(role, text) for text in set(grid.values(role))} for role in roles}
    texts = [[folds[role][text] for text in grid.values(role)] for role in roles]
    for at, (number, *key) in enumerate(zip(grid.numbers, *texts, strict=True)):
        first = seen.setdefault(tuple(key), number)
        if first != number:
            what = "borough and category stand" if len(roles) == 3 else "area and category stand"
            yield Problem(
                f"{what} already in row {first}",
                row=number,
                column=grid.heading("category"),
                value=", ".join(_shown(role, grid.values(role)[at]) for role in roles),
                cure="ask the publisher which row is right",
            )


def _counts_wrong(grid: Grid) -> Iterator[Problem]:
    for i in grid.months:
        wrong = {
            text
            for text in set(grid.columns[i])
            if not COUNT.fullmatch(text.strip(" ")) or int(text) > LARGEST_COUNT
        }
        for number, text in zip(grid.numbers, grid.columns[i], strict=True) if wrong else ():
            if text in wrong:
                yield Problem(
                    "not a whole count of offences",
                    row=number,
                    column=grid.header[i],
                    value=text,
                    cure=f"write {text.strip().replace(',', '')}"
                    if _THOUSANDS.fullmatch(text.strip())
                    else "restore the publisher's figure; 0 where there was none",
                )


def _fold(role: str, text: str) -> str:
    return area_of(text) if role == "area" else squeeze(text).casefold()


def _shown(role: str, text: str) -> str:
    return area_of(text) if role == "area" else squeeze(text)
