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
from functools import cache
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    import pandera.pandas as pa

COLUMNS = (
    "source", "vintage", "layout", "sha256", "path", "sheet", "row", "column",
    "area_kind", "area", "code", "within", "period", "group", "category", "value", "unit",
)  # fmt: skip
UNITS = ("count", "fraction", "residents", "fte", "headcount", "per_1000", "number")
AREA_KINDS = ("force", "borough", "bcu", "ward", "lsoa", "group", "other")
PERIOD = r"^(?:\d{4}(?:-\d\d){0,2}|fy\d{4}-\d\d)$"
_TYPES = dict.fromkeys(COLUMNS, "str") | {"row": "int64", "column": "int64", "value": "float64"}
_FORMS = {
    "vintage": PERIOD,
    "period": PERIOD,
    "sha256": r"^[0-9a-f]{64}$",
} | dict.fromkeys(("source", "layout", "path", "area", "category"), r"(?s).")
_NAMED = ("force", "borough", "other")  # kinds whose areas scrutiny.places lists


def check(observations: pd.DataFrame) -> pd.DataFrame:
    """Return the frame, held to the schema; raises ``pandera.errors.SchemaErrors``.

    A failure here is a reader's mistake, not a publisher's: readers refuse faulty files with
    row, column and cure before they make rows.
    """
    return _schema().validate(observations[list(COLUMNS)], lazy=True)


@cache
def _schema() -> pa.DataFrameSchema:
    # Imported late: kernels read what was checked before, and the import costs a second.
    import pandera.pandas as pa

    from scrutiny.places import all_places

    names = [place.name for place in all_places()]
    listed = {"area_kind": AREA_KINDS, "unit": UNITS, "within": ("", *names)}

    # A rule looks at all columns at once, and at each text once: a file of a month has few rows
    # and a check a column would take most of the time that the file takes.
    def types(frame: pd.DataFrame) -> bool:
        return [str(dtype) for dtype in frame.dtypes] == [_TYPES[name] for name in COLUMNS]

    def texts(frame: pd.DataFrame) -> bool:
        return all(
            isinstance(text, str) and re.search(_FORMS.get(name, ""), text)
            for name in COLUMNS
            if _TYPES[name] == "str"
            for text in frame[name].unique()
        )

    def lists(frame: pd.DataFrame) -> bool:
        return all(frame[name].isin(known).all() for name, known in listed.items())

    def numbers(frame: pd.DataFrame) -> bool:
        return bool((frame[["row", "column"]] >= 1).all(axis=None) and (frame["value"] >= 0).all())

    def places_are_known(frame: pd.DataFrame) -> bool:
        named = frame["area_kind"].isin(_NAMED)
        return bool(frame.loc[named, "area"].isin(names).all())

    rules = (types, texts, lists, numbers, places_are_known)
    return pa.DataFrameSchema(
        {name: pa.Column() for name in COLUMNS},
        checks=[pa.Check(rule, name=rule.__name__) for rule in rules],
        strict=True,
        ordered=True,
        unique=["sha256", "sheet", "row", "column"],
    )


def empty() -> pd.DataFrame:
    """Return a frame of no observations."""
    return pd.DataFrame({name: pd.Series(dtype=_TYPES[name]) for name in COLUMNS})
