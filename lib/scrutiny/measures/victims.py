"""Victims by what they are, with small counts left out so that none can be told from the rest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import product
from types import MappingProxyType

import numpy as np
import pandas as pd

from scrutiny import places, statistics
from scrutiny.measures import printing
from scrutiny.measures.catalogue import catalogue
from scrutiny.measures.figures import Figures
from scrutiny.measures.results import Result, result_id
from scrutiny.measures.tables import row_of
from scrutiny.sources.reading import Reading

SUPPRESSED = "suppressed"
MARK = "[c]"
WHOLE = "homicide-victims"
YEARS = 3
DECEMBER = 12


@dataclass(frozen=True)
class Victims:
    """Victims by group and calendar year: a result each by both, all victims and all years last.

    What could identify a person has the status ``suppressed``, and no value anywhere.
    """

    measures: tuple[str, ...]
    years: tuple[str, ...]
    cells: Mapping[tuple[str, str], Result]

    @property
    def results(self) -> list[Result]:
        """Every number of the table, those that are left out without a value."""
        return list(self.cells.values())


def victims(figures: Figures, last: pd.Period) -> Victims | None:
    """Return the victims of homicide by age in the last whole calendar years up to a month.

    The file gives ages by the year alone. None where it lacks one of the years, or where the ages
    do not add up to all victims.
    """
    groups = [key for key, entry in catalogue().items() if entry.part_of == WHOLE]
    end = last.year if last.month == DECEMBER else last.year - 1
    years = [str(year) for year in range(end - YEARS + 1, end + 1)]
    for reading in figures.readings:
        rows = [row_of(reading, measure, places.MPS) for measure in groups]
        months = row_of(reading, WHOLE, places.MPS)
        if months is None or not all(row and {*years} <= {*row.months} for row in rows):
            continue
        table = np.array([[row.months[year] for year in years] for row in rows])
        whole = [sum(v for m, v in months.months.items() if m.startswith(f"{y}-")) for y in years]
        if table.sum(axis=0).tolist() == whole:
            return _table(reading, (*groups, WHOLE), years, table)
    return None


def _table(
    reading: Reading, measures: tuple[str, ...], years: list[str], table: np.ndarray
) -> Victims:
    whole = np.vstack([table, table.sum(axis=0)])
    whole = np.hstack([whole, whole.sum(axis=1, keepdims=True)])
    hidden = statistics.suppressed(whole)
    named = (*years, f"{years[0]}-{years[-1]}")
    cells = {}
    for (row, measure), (column, year) in product(enumerate(measures), enumerate(named)):
        first, last = year[:4], year[-4:]
        made = Result(
            result_id=result_id(measure, places.MPS, "count", year),
            measure=measure,
            area=places.MPS,
            area_kind="force",
            period=f"{first}-01..{last}-12",
            comparator="",
            statistic="count",
            value=float(whole[row, column]),
            unit=catalogue()[measure].unit,
            printed=printing.count(whole[row, column]),
            method="as published for the calendar year" if first == last else "sum of years",
            sources=f"{reading.edition}@{reading.sha256[:12]}",
        )
        cells[measure, year] = _left_out(made) if hidden[row, column] else made
    return Victims(measures, named, MappingProxyType(cells))


def _left_out(result: Result) -> Result:
    return replace(
        result,
        value=None,
        lower=None,
        upper=None,
        numerator=None,
        denominator=None,
        printed=MARK,
        status=SUPPRESSED,
        note="left out, because so few could identify a person, or because it would tell such a "
        "count",
    )
