"""The columns of a grid of counts: which are months, and which hold areas and categories."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

import pandas as pd

from scrutiny import places
from scrutiny.errors import Problem
from scrutiny.periods import MONTH
from scrutiny.sources import categories

_WHAT = {"area": "borough", "group": "major category", "category": "minor category"}
_DATED = re.compile(
    r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{4}[/.-]\d{1,2}[/.-]\d{1,2}(?:[T ].*)?|\d{1,2}[/.]\d{4}"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[ ./-]*'?\d{2,4}",
    re.IGNORECASE,
)
_SMALL_AREA = re.compile(r"E0[15]\d{6}")


def month_of(cell: str) -> str | None:
    """Return ``2018-12`` for a heading like 201812 or 2018-12."""
    text = f"{cell[:4]}-{cell[4:]}" if re.fullmatch(r"\d{6}", cell) else cell
    return text if MONTH.fullmatch(text) else None


def roles_of(
    header: list[str], columns: list[list[str]], months: dict[int, str]
) -> dict[str, int] | None:
    """Return which column holds which role; None if this is another kind of file.

    The roles are ``area`` (the borough), ``group`` and ``category``, and for wards and LSOAs
    ``code`` and ``name``. A file that has lost the column of the areas, or of categories, is still
    such a file: its roles lack the one that is gone.
    """
    texts = {i: Counter(columns[i]) for i in range(len(header)) if i not in months}
    texts = {i: found for i, found in texts.items() if any(text.strip() for text in found)}
    known = {"area": places.find, "group": categories.is_group, "category": categories.is_category}
    roles: dict[str, int] = {}
    for role, test in known.items():
        shares = {
            i: sum(n for text, n in found.items() if test(text)) / found.total()
            for i, found in texts.items()
            if i not in roles.values()
        }
        best = max(shares, key=shares.__getitem__, default=None)
        if best is not None and shares[best] > 0.5:
            roles[role] = best
    if "area" not in roles and not {"group", "category"} <= set(roles):
        return None
    left = [i for i in texts if i not in roles.values()]
    codes = {i: sum(n for t, n in texts[i].items() if _SMALL_AREA.match(t.strip())) for i in left}
    best = max(codes, key=codes.__getitem__, default=None)
    if best is not None and codes[best]:
        roles["code"] = best
        left.remove(best)
    if {"area", "group"} <= set(roles) and "category" not in roles and len(left) == 1:
        if "code" not in roles:
            roles["category"] = left[0]  # a few rows, of categories that are mostly new
    elif "code" in roles and "category" in roles and len(left) == 1:
        roles["name"] = left[0]
    return roles


def header_problems(
    header: list[str], columns: list[list[str]], months: dict[int, str], roles: dict[str, int]
) -> Iterator[Problem]:
    """Yield what is wrong with the header of a grid."""
    for role, what in _WHAT.items():
        if role not in roles:
            yield Problem(
                f"the {what} column is missing",
                row=1,
                value=", ".join(h for i, h in enumerate(header) if i not in months),
                cure="ask the publisher for a copy with its category columns"
                if role in ("group", "category")
                else "ask the publisher for a copy with its columns of areas",
            )
    for name, count in Counter(header).items():
        if count > 1 and name:
            yield Problem(
                "the heading stands twice", row=1, column=name, cure="remove the second column"
            )
    yield from _months_twice(header, months)
    yield from _months_out_of_order(header, months)
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
        if i not in named:
            yield from _neither_month_nor_role(i, name, columns[i])


def _months_out_of_order(header: list[str], months: dict[int, str]):
    listed = list(months.values())
    if listed == sorted(listed, reverse=True):
        return  # the last month first
    for (_, before), (i, month) in pairwise(months.items()):
        if month < before:
            yield Problem(
                "the months do not stand in their order, so the headings may be exchanged",
                row=1,
                column=header[i],
                value=f"{header[i]} after {before}",
                cure="restore the publisher's headings",
            )


def dates_for_months(header: list[str]) -> dict[int, str]:
    """Return the headings that are dates or names of months: 01/09/2018, Sep-18."""
    return {i: cell for i, cell in enumerate(header) if _DATED.fullmatch(cell)}


def _months_twice(header: list[str], months: dict[int, str]):
    for period, count in Counter(months.values()).items():
        spellings = [header[i] for i in months if months[i] == period]
        if count > 1 and len(set(spellings)) > 1:
            yield Problem(
                "the month stands twice",
                row=1,
                column=spellings[-1],
                value=", ".join(spellings),
                cure="remove the second column",
            )


def _neither_month_nor_role(position: int, name: str, column: list[str]):
    if name:
        yield Problem(
            "neither a month nor a name that this layout has",
            row=1,
            column=name,
            value=name,
            cure="write months as 201812",
        )
        return
    if value := next((text for text in column if text.strip()), ""):
        yield Problem(
            "a column without a heading is not empty",
            row=1,
            column=f"column {position + 1}",
            value=value,
            cure="restore the publisher's heading",
        )
