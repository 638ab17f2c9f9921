"""Observations to monthly figures: which file is believed for which month, and sums over areas."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

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
        self._tables: dict[str, pd.DataFrame] = {}
        self._series: dict[tuple[str, str, bool], tuple[pd.DataFrame, dict]] = {}

    def has(self, measure: str, area: str = places.MPS) -> bool:
        """Whether any file holds the measure for the area."""
        return not self.series(measure, area).empty

    def series(self, measure: str, area: str, *, boroughs_only: bool = False) -> pd.DataFrame:
        """Return the monthly series: a row a month, in order; empty where no file has it.

        Columns: ``value`` (in the measure's unit) and ``file`` (position in ``readings``); the
        index is the month as ``2018-12``. For the MPS, a file without a row of its own for it is
        summed over its areas (over the 32 boroughs alone with ``boroughs_only``). Raises
        :class:`scrutiny.errors.UnclassifiedCategory` where a category that nobody has classified
        may belong to the measure.
        """
        return self._believed(measure, area, boroughs_only)[0]

    def _believed(self, measure: str, area: str, boroughs_only: bool):
        """Return the series, and by file the areas that were added up for it."""
        key = (measure, area, boroughs_only)
        if key not in self._series:
            parts, areas = [], {}
            taken: set[str] = set()
            for position, reading in enumerate(self.readings):
                values, its_areas = self._of_file(reading, measure, area, boroughs_only)
                values = values[~values.index.isin(taken)]
                if values.empty:
                    continue
                self._refuse_unclassified(reading, measure)
                taken |= set(values.index)
                areas[position] = its_areas
                parts.append(pd.DataFrame({"value": values, "file": position}))
            frame = pd.concat(parts).sort_index() if parts else pd.DataFrame(
                {"value": pd.Series(dtype="float64"), "file": pd.Series(dtype="int64")}
            )  # fmt: skip
            self._series[key] = frame, areas
        return self._series[key]

    def total(self, measure: str, area: str, window: Window, *, boroughs_only: bool = False) -> Sum:
        """Return the sum of a measure over a window.

        Raises :class:`scrutiny.errors.MissingMeasure` where no file has the measure and
        :class:`scrutiny.errors.MissingMonths` where the files lack some of the months.
        """
        series, areas = self._believed(measure, area, boroughs_only)
        if series.empty:
            raise MissingMeasure(
                f"none of the files given holds {measure} for {area}; "
                "add a file that does, or name another measure"
            )
        missing = [m for m in window.months if m not in series.index]
        if missing:
            raise MissingMonths(
                f"{measure} for {area}: the files hold {series.index[0]} to {series.index[-1]} "
                f"and lack {_runs(missing)}; add the file for them, or change data_to"
            )
        rows = series.loc[window.months]
        used = sorted(set(rows["file"]))
        return Sum(
            float(rows["value"].sum()),
            tuple(self.readings[i] for i in used),
            tuple(sorted({a for i in used for a in areas[i]}, key=_boroughs_first)),
        )

    def residents(self, area: str, year: int) -> Sum | None:
        """Return the residents at the middle of ``year``; None where no file holds the year.

        The MPS has the residents of its 32 boroughs: the City of London is not policed by it.
        """
        names = [p.name for p in places.boroughs()] if area == places.MPS else [area]
        for reading in self.readings:
            if reading.source != "population":
                continue
            table = self.table(reading)
            try:
                values = table.loc[[("population", name) for name in names], str(year)]
            except KeyError:
                continue
            if not values.isna().any():
                return Sum(float(values.sum()), (reading,), ())
        return None

    def _of_file(self, reading: Reading, measure: str, area: str, boroughs_only: bool):
        """Return one file's series of a measure, and the areas added up in it."""
        nothing = pd.Series(dtype="float64"), ()
        if reading.source in NOT_MONTHLY:
            return nothing
        entry = catalogue().get(measure)
        table = self.table(reading)
        for parts in filter(None, (entry.made_of if entry else (), (measure,))):
            sums = [_row(table, part, area, boroughs_only) for part in parts]
            if all(found is not None for found in sums):
                values = sum(found[0] for found in sums).dropna()
                return values, sums[0][1]
        return nothing

    def table(self, reading: Reading) -> pd.DataFrame:
        """Return one file as a row a measure and area, a column a period."""
        if reading.sha256 not in self._tables:
            counted = count_towards(reading.observations)
            table = (
                counted.groupby(["measure", "area", "period"], observed=True)["value"]
                .sum()
                .unstack("period")
            )
            if reading.sparse:
                measures = table.index.get_level_values("measure").unique()
                areas = table.index.get_level_values("area").unique()
                table = table.reindex(
                    pd.MultiIndex.from_product([measures, areas], names=["measure", "area"])
                ).fillna(0.0)
            self._tables[reading.sha256] = table
        return self._tables[reading.sha256]

    def _refuse_unclassified(self, reading: Reading, measure: str) -> None:
        if not reading.sparse:
            return
        wanted = {measure, *(catalogue()[measure].made_of if measure in catalogue() else ())}
        pairs = reading.observations.drop_duplicates(["group", "category"])
        for row in pairs.itertuples():
            if wanted & set(measures_at_risk(row.group, row.category)):
                raise UnclassifiedCategory(
                    f"{reading.path}: row {row.row}: {row.category!r} under {row.group!r} is new "
                    f"and may count towards {measure}; say so in borough_categories.csv"
                )


def _row(table: pd.DataFrame, measure: str, area: str, boroughs_only: bool):
    """Return a measure's series and the areas added up; None where the table lacks it."""
    if (measure, area) in table.index and not boroughs_only:
        return table.loc[(measure, area)], ()
    if area != places.MPS or measure not in table.index.get_level_values("measure"):
        return None
    by_area = table.xs(measure, level="measure")
    by_area = by_area[by_area.index != places.MPS]
    if boroughs_only:
        by_area = by_area.loc[[p.name for p in places.boroughs() if p.name in by_area.index]]
    if len(by_area) < len(places.boroughs()):
        return None
    return by_area.sum(min_count=1), tuple(by_area.index)


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
