"""Whole numbers that a page counts of its own lists and registers, as results."""

from __future__ import annotations

import datetime as dt

from scrutiny import places
from scrutiny.measures import Result, catalogue, printing, result_id


def counted(
    measure: str, value: int, day: dt.date, *, statistic: str = "count", tag: str = "", **about: str
) -> Result:
    """Return a whole number as it stands on a day, for London, in the unit of its measure.

    ``about`` are other fields of a result: ``method``, ``sources``, ``status``, ``note``.
    """
    return Result(
        result_id=result_id(measure, places.MPS, statistic, "day", tag),
        measure=measure,
        area=places.MPS,
        area_kind="force",
        period=day.isoformat(),
        comparator="",
        statistic=statistic,
        value=float(value),
        unit=catalogue()[measure].unit,
        printed=printing.count(value),
        **about,
    )
