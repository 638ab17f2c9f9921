"""Whether a table of counts was cut short: by rows, by figures, or in the midst of a month.

A missing row means zero, so a cut can only be told by what cannot be zero. No published file
lacks, for a borough, a category of which most boroughs have rows, with ten offences or more each.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from scrutiny import places
from scrutiny.errors import Problem

if TYPE_CHECKING:
    from scrutiny.sources.grid import Grid

NEVER_NONE = 10  # of a category that the other boroughs have so often, none has none
ENOUGH_BOROUGHS = 8  # to say what all the others have
FEW_BOROUGHS = 4  # the first of the alphabet, which somebody may have chosen
LEAST_FOR_A_MONTH = 1_000  # offences in a usual month, below which a month cannot be judged
# Of a usual month of the year before: April 2020 had 0.64, and half of the fullest month 0.58.
STOPPED = 0.6
LARGEST_JUMP = 1.5  # of a figure over the largest before it
EMPTY = 0.05
_WHOLE = "ask the publisher for a whole file"


def problems(grid: Grid, counts: np.ndarray, ends_within_a_row: bool) -> Iterator[Problem]:
    """Yield what shows that the file is not whole; ``counts`` has a row a month."""
    yield from _boroughs_gone(grid)
    yield from _rows_gone(grid, counts)
    if ends_within_a_row:
        yield from _figure_cut(grid, counts)
    by_month = counts.sum(axis=1)
    usual = np.median(by_month[-13:-1])
    if usual >= LEAST_FOR_A_MONTH and by_month[-1] < STOPPED * usual:
        last = list(grid.months)[-1]
        yield Problem(
            "the last month is not whole",
            row=1,
            column=grid.header[last],
            value=f"{by_month[-1]:,} offences, {usual:,.0f} in a usual month",
            cure=_WHOLE,
        )


def empty_months(grid: Grid, counts: np.ndarray) -> tuple[str, ...]:
    """Return the first month where it is all but empty: what a rolling file leaves behind."""
    by_month = counts.sum(axis=1)
    usual = np.median(by_month)
    first = next(iter(grid.months.values()))
    return (first,) if usual >= LEAST_FOR_A_MONTH and by_month[0] < EMPTY * usual else ()


def _boroughs_gone(grid: Grid) -> Iterator[Problem]:
    """Yield the boroughs without a row, where the file is one of London and not of a few.

    One of London has more than half of them, or the first of the alphabet up to one of them.
    """
    names = [place.name for place in places.boroughs()]
    held = {place.name for text in set(grid.values("area")) if (place := places.find(text))}
    gone = [name for name in names if name not in held]
    kept = len(names) - len(gone)
    in_order = kept > FEW_BOROUGHS and not held & set(names[kept:])
    if gone and (in_order or kept > len(names) / 2):
        yield Problem(
            f"the file is cut: {len(gone)} of the {len(names)} boroughs have no row",
            row=grid.numbers[-1],
            column=grid.heading("area"),
            value=", ".join(gone[:4]),
            cure=_WHOLE,
        )


def _rows_gone(grid: Grid, counts: np.ndarray) -> Iterator[Problem]:
    """Yield each borough that lacks a category which most have, and all that have it have often."""
    pairs = zip(grid.values("group"), grid.values("category"), strict=True)
    keys = [", ".join(" ".join(text.split()).casefold() for text in pair) for pair in pairs]
    areas = [getattr(places.find(text), "name", "") for text in grid.values("area")]
    rows = pd.DataFrame({"key": keys, "area": areas, "total": counts.sum(axis=0)})
    # These lack most categories at all times.
    rows = rows[~rows["area"].isin([places.AIRPORTS, places.UNKNOWN])]
    totals = rows.groupby(["key", "area"])["total"].sum().unstack("area")
    if len(totals.columns) <= ENOUGH_BOROUGHS:
        return
    held = totals.notna().sum(axis=1)
    often = (totals.min(axis=1) >= NEVER_NONE) & (held > len(totals.columns) / 2)
    for key in totals.index[often & (held < len(totals.columns))]:
        lacking = [str(area) for area in totals.columns[totals.loc[key].isna()]]
        yield Problem(
            f"rows are missing: {', '.join(lacking[:4])} has none of this category, which all "
            "others have often",
            row=grid.numbers[int(rows.index[rows["area"] == lacking[0]][-1])],
            column=grid.heading("category"),
            value=key,
            cure=_WHOLE,
        )


def _figure_cut(grid: Grid, counts: np.ndarray) -> Iterator[Problem]:
    """Yield the last figure where no line end follows and digits of it may be gone."""
    before, figure = counts[:-1, -1], counts[-1, -1]
    if 0 < 10 * figure <= LARGEST_JUMP * before.max():  # one more digit is as likely as none
        yield Problem(
            "the file is cut: no line end follows the last figure, and it may have had more digits",
            row=grid.numbers[-1],
            column=grid.header[list(grid.months)[-1]],
            value=str(figure),
            cure=f"{_WHOLE}; where the figure is right, end the row with a line end",
        )
