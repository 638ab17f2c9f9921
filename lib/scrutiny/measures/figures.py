"""Observations to monthly figures: which file is believed for which month, and sums over areas."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from scrutiny import places
from scrutiny.errors import MissingMeasure, MissingMonths, UnclassifiedCategory
from scrutiny.measures.catalogue import catalogue
from scrutiny.periods import Window
from scrutiny.sources.categories import count_towards, measures_at_risk
from scrutiny.sources.inputs import Inputs
from scrutiny.sources.reading import Reading

NOT_MONTHLY = ("population",)


@dataclass(frozen=True)
class Sum:
    """A sum of months, the files that it came from, and which areas were in it."""

    value: float
    readings: tuple[Reading, ...]
    areas: tuple[str, ...]

    @property
    def sources(self) -> str:
        """The files as ``results.csv`` names them."""
        return ";".join(f"{r.edition}@{r.sha256[:12]}" for r in self.readings)

    @property
    def note(self) -> str:
        """What the area takes in, where the file lets one tell."""
        if not self.areas:
            return ""
        boroughs = [a for a in self.areas if places.place(a).kind == "borough"]
        others = [a for a in self.areas if a not in boroughs]
        return f"{len(self.areas)} areas: {len(boroughs)} boroughs" + "".join(
            f" and {'unknown borough' if a == places.UNKNOWN else a}" for a in others
        )


class Figures:
    """Monthly figures of one run's files, each month from the file that is believed first.

    ``order`` is an edition's ``vintage``: see :meth:`scrutiny.sources.inputs.Inputs.preferred`.
    """

    def __init__(self, inputs: Inputs, order: Iterable[str] = ()):
        self.readings = inputs.preferred(order)
        self._of_files: dict[tuple, tuple[dict[str, float], tuple[str, ...]]] = {}

    def has(self, measure: str, area: str = places.MPS) -> bool:
        """Whether any file holds the measure for the area."""
        return any(self._of_file(reading, measure, area)[0] for reading in self.readings)

    def series(self, measure: str, area: str, *, boroughs_only: bool = False) -> pd.DataFrame:
        """Return the monthly series: a row a month, in order; empty where no file has it.

        Columns: ``value`` (in the measure's unit) and ``file`` (position in ``readings``); the
        index is the month as ``2018-12``. For the MPS, a file without a row of its own for it is
        summed over its areas (over the 32 boroughs alone with ``boroughs_only``). Raises
        :class:`scrutiny.errors.UnclassifiedCategory` where a category that nobody has classified
        may belong to the measure.
        """
        found = self._believed(measure, area, None, boroughs_only)
        frame = pd.DataFrame.from_dict(
            found, orient="index", columns=["value", "file"], dtype="float64"
        )
        return frame.astype({"file": "int64"}).sort_index()

    def total(self, measure: str, area: str, window: Window, *, boroughs_only: bool = False) -> Sum:
        """Return the sum of a measure over a window.

        Raises :class:`scrutiny.errors.MissingMeasure` where no file has the measure and
        :class:`scrutiny.errors.MissingMonths` where the files lack some of the months.
        """
        found = self._believed(measure, area, window.months, boroughs_only)
        missing = [month for month in window.months if month not in found]
        if missing:
            raise self._lacking(measure, area, missing)
        used = sorted({file for _, file in found.values()})
        areas = {
            name
            for file in used
            for name in self._of_file(self.readings[file], measure, area, boroughs_only)[1]
        }
        return Sum(
            math.fsum(value for value, _ in found.values()),
            tuple(self.readings[file] for file in used),
            tuple(sorted(areas, key=_boroughs_first)),
        )

    def residents(self, area: str, year: int) -> Sum | None:
        """Return the residents at the middle of ``year``; None where no file holds the year.

        The MPS has the residents of its 32 boroughs: the City of London is not policed by it.
        """
        names = [p.name for p in places.boroughs()] if area == places.MPS else [area]
        for reading in self.readings:
            if reading.source not in NOT_MONTHLY:
                continue
            years = [_row(reading, "population", name) for name in names]
            if all(found is not None and str(year) in found[0] for found in years):
                return Sum(sum(found[0][str(year)] for found in years), (reading,), ())
        return None

    def _believed(
        self, measure: str, area: str, months: Iterable[str] | None, boroughs_only: bool
    ) -> dict[str, tuple[float, int]]:
        """Return by month the value and the file that is believed; of all months with None."""
        wanted = None if months is None else set(months)
        chosen: dict[str, tuple[float, int]] = {}
        for position, reading in enumerate(self.readings):
            values, _ = self._of_file(reading, measure, area, boroughs_only)
            new = [m for m in values if m not in chosen and (wanted is None or m in wanted)]
            if new:
                _refuse_unclassified(reading, measure)
                chosen |= {month: (values[month], position) for month in new}
            if wanted is not None and len(chosen) == len(wanted):
                break
        return chosen

    def _of_file(
        self, reading: Reading, measure: str, area: str, boroughs_only: bool = False
    ) -> tuple[dict[str, float], tuple[str, ...]]:
        """Return one file's months of a measure, and the areas added up in them."""
        key = (reading.sha256, measure, area, boroughs_only)
        if key not in self._of_files:
            self._of_files[key] = _months_of(reading, measure, area, boroughs_only)
        return self._of_files[key]

    def _lacking(self, measure: str, area: str, missing: list[str]) -> Exception:
        series = self.series(measure, area)
        if series.empty:
            return MissingMeasure(
                f"none of the files given holds {measure} for {area}; "
                "add a file that does, or name another measure"
            )
        return MissingMonths(
            f"{measure} for {area}: the files hold {series.index[0]} to {series.index[-1]} "
            f"and lack {_runs(missing)}; add the file for them, or change data_to"
        )


@lru_cache(maxsize=64)
def table_of(reading: Reading) -> pd.DataFrame:
    """Return one file as a row a measure and area, a column a period.

    In a sparse file an area without a row has 0; elsewhere a missing figure is NaN.
    """
    counted = count_towards(reading.observations)
    table = (
        counted.groupby(["measure", "area", "period"], observed=True)["value"]
        .sum()
        .unstack("period")
    )
    if reading.sparse:
        measures = table.index.get_level_values("measure").unique()
        areas = table.index.get_level_values("area").unique()
        grid = pd.MultiIndex.from_product([measures, areas], names=["measure", "area"])
        table = table.reindex(grid).fillna(0.0)
    return table


def _months_of(
    reading: Reading, measure: str, area: str, boroughs_only: bool
) -> tuple[dict[str, float], tuple[str, ...]]:
    """Return one file's months of a measure: of its parts where the file has them all."""
    if reading.source in NOT_MONTHLY:
        return {}, ()
    entry = catalogue().get(measure)
    for parts in filter(None, (entry.made_of if entry else (), (measure,))):
        rows = [_row(reading, part, area, boroughs_only) for part in parts]
        if all(row is not None for row in rows):
            months = [m for m in rows[0][0] if all(m in values for values, _ in rows)]
            return {m: sum(values[m] for values, _ in rows) for m in months}, rows[0][1]
    return {}, ()


def _refuse_unclassified(reading: Reading, measure: str) -> None:
    if not reading.sparse:
        return
    wanted = {measure, *(catalogue()[measure].made_of if measure in catalogue() else ())}
    for row, group, category in _categories(reading):
        if wanted & set(measures_at_risk(group, category)):
            raise UnclassifiedCategory(
                f"{reading.path}: row {row}: {category!r} under {group!r} is new "
                f"and may count towards {measure}; say so in borough_categories.csv"
            )


@lru_cache(maxsize=64)
def _categories(reading: Reading) -> tuple[tuple[int, str, str], ...]:
    """Return each category of a file with the first row that it stands in."""
    first = reading.observations.drop_duplicates(["group", "category"])
    return tuple(zip(first["row"], first["group"], first["category"], strict=True))


@lru_cache(maxsize=64)
def _rows(reading: Reading) -> dict[tuple[str, str], dict[str, float]]:
    """Return one file's figures by measure and area, then by period."""
    table = table_of(reading)
    return {
        key: {
            period: value
            for period, value in zip(table.columns, values, strict=True)
            if not math.isnan(value)
        }
        for key, values in zip(table.index, table.to_numpy().tolist(), strict=True)
    }


def _row(
    reading: Reading, measure: str, area: str, boroughs_only: bool = False
) -> tuple[dict[str, float], tuple[str, ...]] | None:
    """Return a measure's figures by period and the areas added up; None if the file has none."""
    rows = _rows(reading)
    if (measure, area) in rows and not boroughs_only:
        return rows[measure, area], ()
    if area != places.MPS:
        return None
    known = {p.name for p in places.boroughs()}
    added = {
        its_area: row
        for (its_measure, its_area), row in rows.items()
        if its_measure == measure
        and its_area != places.MPS
        and (its_area in known or not boroughs_only)
    }
    if not known <= set(added):
        return None
    shared = set.intersection(*(set(row) for row in added.values()))
    sums = {period: math.fsum(row[period] for row in added.values()) for period in sorted(shared)}
    return sums, tuple(added)


def _boroughs_first(area: str) -> tuple[bool, str]:
    return places.place(area).kind != "borough", area


def _runs(months: list[str]) -> str:
    """Return ``2012-09..2012-11, 2013-01`` for a list of months in order."""
    runs: list[list[pd.Period]] = []
    for period in (pd.Period(m, "M") for m in months):
        if runs and period == runs[-1][-1] + 1:
            runs[-1].append(period)
        else:
            runs.append([period])
    return ", ".join(str(r[0]) if len(r) == 1 else f"{r[0]}..{r[-1]}" for r in runs)
