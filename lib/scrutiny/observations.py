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
area        full name of :mod:`scrutiny.places`
period      ``2018-12``, or ``2018`` for a yearly figure
group       the publisher's heading over the category (sheet, major category), else empty
category    the publisher's own name of what is counted
value       the figure
unit        ``count``, ``fraction`` or ``residents``
=========== ==============================================================================
"""

from __future__ import annotations

import pandas as pd

COLUMNS = (
    "source", "vintage", "layout", "sha256", "path", "sheet", "row", "column",
    "area", "period", "group", "category", "value", "unit",
)  # fmt: skip
UNITS = ("count", "fraction", "residents")


def check(observations: pd.DataFrame) -> pd.DataFrame:
    """Return the frame, held to the schema; raises ``pandera.errors.SchemaErrors``.

    A failure here is a reader's mistake, not a publisher's: readers refuse faulty files with
    row, column and cure before they make rows.
    """
    # Imported late: kernels read what was checked before, and the import costs a second.
    import pandera.pandas as pa

    from scrutiny.places import all_places

    text = {"dtype": "str", "nullable": False}
    schema = pa.DataFrameSchema(
        {
            "source": pa.Column(**text, checks=pa.Check.str_length(min_value=1)),
            "vintage": pa.Column(**text, checks=pa.Check.str_matches(r"^\d{4}(-\d\d)?$")),
            "layout": pa.Column(**text, checks=pa.Check.str_length(min_value=1)),
            "sha256": pa.Column(**text, checks=pa.Check.str_matches(r"^[0-9a-f]{64}$")),
            "path": pa.Column(**text, checks=pa.Check.str_length(min_value=1)),
            "sheet": pa.Column(**text),
            "row": pa.Column("int64", pa.Check.ge(1)),
            "column": pa.Column("int64", pa.Check.ge(1)),
            "area": pa.Column(**text, checks=pa.Check.isin([p.name for p in all_places()])),
            "period": pa.Column(**text, checks=pa.Check.str_matches(r"^\d{4}(-\d\d)?$")),
            "group": pa.Column(**text),
            "category": pa.Column(**text, checks=pa.Check.str_length(min_value=1)),
            "value": pa.Column("float64", pa.Check.ge(0)),
            "unit": pa.Column(**text, checks=pa.Check.isin(UNITS)),
        },
        strict=True,
        ordered=True,
        unique=["sha256", "sheet", "row", "column"],
    )
    return schema.validate(observations[list(COLUMNS)], lazy=True)


def empty() -> pd.DataFrame:
    """Return a frame of no observations."""
    types = dict.fromkeys(COLUMNS, "str") | {"row": "int64", "column": "int64", "value": "float64"}
    return pd.DataFrame({name: pd.Series(dtype=types[name]) for name in COLUMNS})
