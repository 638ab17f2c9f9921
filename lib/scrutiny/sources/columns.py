"""The columns of a borough file: which are months, and which hold the borough and categories."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import pandas as pd

from scrutiny import places
from scrutiny.errors import Problem
from scrutiny.periods import MONTH
from scrutiny.sources import categories

_AREA_CODE = re.compile(r"E\d{8}")


def month_of(cell: str) -> str | None:
    """Return ``2018-12`` for a heading like 201812 or 2018-12."""
    text = f"{cell[:4]}-{cell[4:]}" if re.fullmatch(r"\d{6}", cell) else cell
    return text if MONTH.fullmatch(text) else None


def roles_of(header: list[str], rows: list[list[str]], months: dict) -> dict[str, int] | None:
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
    left = [i for i in texts if i not in roles.values()]
    if "group" in roles and "category" not in roles and len(left) == 1:
        roles["category"] = left[0]  # a few rows, of categories that are mostly new
    others = [i for i in texts if i not in roles.values()]
    if any(_AREA_CODE.fullmatch(row[i].strip()) for i in others for row in sample[:20]):
        return None  # a file of wards or smaller areas
    return roles


def header_problems(
    header: list[str], rows: list[list[str]], months: dict[int, str], roles: dict[str, int]
) -> Iterator[Problem]:
    """Yield what is wrong with the header of a borough file."""
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
    yield from _months_twice(header, months)
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
            yield from _neither_month_nor_role(i, name, rows)


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


def _neither_month_nor_role(position: int, name: str, rows: list[list[str]]):
    if name:
        yield Problem(
            "neither a month nor a name that this layout has",
            row=1,
            column=name,
            value=name,
            cure="write months as 201812",
        )
        return
    below = (row[position] for row in rows if position < len(row) and row[position].strip())
    if value := next(below, ""):
        yield Problem(
            "a column without a heading is not empty",
            row=1,
            column=f"column {position + 1}",
            value=value,
            cure="restore the publisher's heading",
        )
