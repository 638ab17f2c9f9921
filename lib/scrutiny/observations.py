"""The one tidy schema of what publishers printed, checked once at the door.

A row is one published cell. Columns:

=========== ==============================================================================
source      key of the data set, ``borough-24-months``
vintage     last month (or year) that the file holds, ``2018-12``
layout      the publisher's layout, as the reader names it
sha256      of the file
path        of the file, from the project's or the given folder
sheet       of a workbook, else empty
row, column where the cell stands, from 1, as a spreadsheet counts
area_kind   ``force``, ``borough``, ``bcu``, ``ward``, ``lsoa``, ``group`` or ``other``
area        full name: of :mod:`scrutiny.places`, or of a ward (with its borough) or LSOA
code        the statistical code of a ward or LSOA, else empty: names outlive boundaries
within      the borough of a ward or LSOA, else empty
period      ``2018-12``; ``2018`` and ``fy2018-19`` for a figure of a year; for a figure of the
            twelve months to a quarter's end, the last of them; ``2012-10-14`` for the week that
            ends on that Sunday
group       the publisher's heading over the category (sheet, major category), else empty
category    the publisher's own name of what is counted
value       the figure
unit        ``count``, ``fraction``, ``residents``, ``fte`` (full-time equivalents),
            ``headcount``, ``per_1000`` (residents) or ``number`` (any other quantity)
=========== ==============================================================================
"""

from __future__ import annotations

import re

import pandas as pd

from scrutiny.places import all_places

COLUMNS = (
    "source", "vintage", "layout", "sha256", "path", "sheet", "row", "column",
    "area_kind", "area", "code", "within", "period", "group", "category", "value", "unit",
)  # fmt: skip
UNITS = ("count", "fraction", "residents", "fte", "headcount", "per_1000", "number")
AREA_KINDS = ("force", "borough", "bcu", "ward", "lsoa", "group", "other")
PERIOD = r"^(?:\d{4}(?:-\d\d){0,2}|fy\d{4}-\d\d)$"
_TYPES = dict.fromkeys(COLUMNS, "str") | {"row": "int64", "column": "int64", "value": "float64"}
_TEXTS = [name for name in COLUMNS if _TYPES[name] == "str"]
_FORMS = (
    dict.fromkeys(_TEXTS, "")
    | dict.fromkeys(("source", "layout", "path", "area", "category"), r"(?s).")
    | {"vintage": PERIOD, "period": PERIOD, "sha256": r"^[0-9a-f]{64}$"}
)
_NAMED = ("force", "borough", "other")  # kinds whose areas scrutiny.places lists
_LISTS = {
    "area_kind": AREA_KINDS,
    "unit": UNITS,
    "within": ("", *(place.name for place in all_places())),
}


class BrokenSchema(ValueError):
    """Rows that no reader may hand on: a mistake in the reader, not in the publisher's file."""


def check(observations: pd.DataFrame) -> pd.DataFrame:
    """Return the frame, its columns in order, held to the schema; raises :class:`BrokenSchema`.

    Readers refuse faulty files with row, column and cure before they make rows. Each text is
    looked at once: a file of a month has few rows, and a check must not take longer than the file.
    """
    frame = observations[list(COLUMNS)]
    types = {name: str(dtype) for name, dtype in frame.dtypes.items()}
    wrong = [f"types: {name} is {types[name]}" for name in COLUMNS if types[name] != _TYPES[name]]
    if wrong:
        raise BrokenSchema("; ".join(wrong))
    texts = {name: frame[name].unique() for name in _TEXTS}
    wrong += [
        f"texts: {name} {text!r}"
        for name, form in _FORMS.items()
        for text in texts[name]
        if not isinstance(text, str) or not re.search(form, text)
    ]
    wrong += [
        f"lists: {name} {text!r}"
        for name, known in _LISTS.items()
        for text in texts[name]
        if text not in known
    ]
    named = frame["area"][frame["area_kind"].isin(_NAMED)].unique()
    wrong += [f"places: {area!r}" for area in named if area not in _LISTS["within"][1:]]
    wrong += [
        f"numbers: {name} {frame[name].min()}"
        for name, least in (("row", 1), ("column", 1), ("value", 0))
        if not (frame[name] >= least).all()
    ]
    twice = frame.duplicated(["sha256", "sheet", "row", "column"])
    wrong += [f"places of cells: row {row} stands twice" for row in frame["row"][twice][:1]]
    if wrong:
        raise BrokenSchema("; ".join(wrong))
    return frame


def empty() -> pd.DataFrame:
    """Return a frame of no observations."""
    return pd.DataFrame({name: pd.Series(dtype=_TYPES[name]) for name in COLUMNS})
