"""Observations to monthly figures: which file is believed for which month, and sums over areas."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from scrutiny import places
from scrutiny.errors import MissingMeasure, MissingMonths, NotAdded, UnclassifiedCategory
from scrutiny.measures.catalogue import catalogue
from scrutiny.measures.comparability import Break, Comparability, breaks_across, judge
from scrutiny.measures.revisions import overlap
from scrutiny.measures.tables import NOT_MONTHLY, months_of, row_of, table_of
from scrutiny.periods import MONTH, WEEK, Window, key, period
from scrutiny.sources.categories import measures_at_risk
from scrutiny.sources.inputs import SMALL_AREA_FILES, Inputs
from scrutiny.sources.reading import Reading


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

    With ``weekly`` they are the figures of weeks instead: the two are kept apart.

    ``order`` is an edition's ``vintage``: see :meth:`scrutiny.sources.inputs.Inputs.preferred`;
    ``breaks`` are rows of the register of series breaks. Files of wards and LSOAs stand apart, in
    ``small_areas``: no borough's figure comes from them.
    """

    def __init__(
        self,
        inputs: Inputs,
        order: Iterable[str] = (),
        breaks: Iterable[Break] = (),
        *,
        weekly: bool = False,
    ):
        self._form = WEEK if weekly else MONTH
        preferred = inputs.preferred(order)
        self.readings = tuple(r for r in preferred if r.source not in SMALL_AREA_FILES)
        self.small_areas = tuple(r for r in preferred if r.source in SMALL_AREA_FILES)
        self.breaks = tuple(breaks)

    def has(self, measure: str, area: str = places.MPS) -> bool:
        """Whether any file holds the measure for the area."""
        return bool(self.last_month(measure, area))

    def series(self, measure: str, area: str, *, boroughs_only: bool = False) -> pd.DataFrame:
        """Return the monthly series: a row a month, in order; empty where no file has it.

        Columns: ``value`` (in the measure's unit) and ``file`` (position in ``readings``); the
        index is the month as ``2018-12``. For the MPS, a file without a row of its own for it is
        summed over its areas (over the 32 boroughs alone with ``boroughs_only``). The series does
        not run into a file that counts otherwise: see :mod:`scrutiny.measures.revisions`. Raises
        :class:`scrutiny.errors.UnclassifiedCategory` where a category that nobody has classified
        may belong to the measure.
        """
        found = self._joined(measure, area, boroughs_only)
        frame = pd.DataFrame.from_dict(
            found, orient="index", columns=["value", "file"], dtype="float64"
        )
        return frame.astype({"file": "int64"})

    def held(self, measure: str, area: str) -> list[str]:
        """Return the months that :meth:`series` has, in order; raises what it raises."""
        return list(self._joined(measure, area))

    def total(self, measure: str, area: str, window: Window, *, boroughs_only: bool = False) -> Sum:
        """Return the sum of a measure over a window.

        Raises :class:`scrutiny.errors.MissingMeasure` where no file has the measure and
        :class:`scrutiny.errors.MissingMonths` where the files lack some of the months;
        :class:`scrutiny.errors.NotAdded` for more than one month of a level.
        """
        entry = catalogue().get(measure)
        if entry and entry.level and len(window.months) > 1:
            raise NotAdded(
                f"{measure} is a level, which does not add up over {window.name}; "
                "name a single month, or another measure"
            )
        found = self._believed(measure, area, window.months, boroughs_only)
        missing = [month for month in window.months if month not in found]
        if missing:
            raise self._lacking(measure, area, missing)
        used = sorted({file for _, file in found.values()})
        areas = {
            name
            for file in used
            for name in months_of(self.readings[file], measure, area, boroughs_only).areas
        }
        return Sum(
            math.fsum(value for value, _ in found.values()),
            tuple(self.readings[file] for file in used),
            tuple(sorted(areas, key=_boroughs_first)),
        )

    def comparability(self, measure: str, area: str, *windows: Window) -> Comparability:
        """Return whether a measure of an area may be compared or added up over the windows."""
        return judge(self.breaks, measure, area, windows, self._used(measure, area, windows))

    def breaks_within(self, measure: str, area: str, window: Window) -> list[Break]:
        """Return the series breaks that begin after a window's first month, in time order."""
        used = self._used(measure, area, [window])
        found = breaks_across(self.breaks, measure, area, [window], used)
        return sorted(found, key=lambda row: row.month)

    def elsewhere(self, measure: str, area: str, window: Window) -> list[Sum]:
        """Return the same sum from each single file that holds the whole window, best first."""
        found = []
        for reading in self.readings:
            held = months_of(reading, measure, area)
            if all(month in held.months for month in window.months):
                value = math.fsum(held.months[month] for month in window.months)
                found.append(Sum(value, (reading,), held.areas))
        return found

    def last_month(self, measure: str, area: str = places.MPS) -> str:
        """Return the last month that any file holds of a measure; empty where none does."""
        held = (sorted(months_of(r, measure, area).months, reverse=True) for r in self.readings)
        last = (next(filter(self._form.fullmatch, months), "") for months in held)
        return max(last, default="")

    def _joined(
        self, measure: str, area: str, boroughs_only: bool = False
    ) -> dict[str, tuple[float, int]]:
        """Return by month, in order, the value and the file of those that count alike."""
        found = self._believed(measure, area, None, boroughs_only)
        used: list[int] = []
        for position in sorted({file for _, file in found.values()}):
            if all(self._joins(measure, area, position, other) for other in used):
                used.append(position)
        return {month: found[month] for month in sorted(found) if found[month][1] in used}

    def _joins(self, measure: str, area: str, one: int, other: int) -> bool:
        shared = overlap(self.readings[one], self.readings[other], measure, area)
        return not (shared and shared.disagrees)

    def residents(self, area: str, year: int) -> Sum | None:
        """Return the residents at the middle of ``year``; None where no file holds the year.

        The MPS has the residents of its 32 boroughs: the City of London is not policed by it.
        """
        names = [p.name for p in places.boroughs()] if area == places.MPS else [area]
        for reading in self.readings:
            if reading.source not in NOT_MONTHLY:
                continue
            years = [row_of(reading, "population", name) for name in names]
            if all(found is not None and str(year) in found.months for found in years):
                return Sum(sum(found.months[str(year)] for found in years), (reading,), ())
        return None

    def _used(self, measure: str, area: str, windows: Iterable[Window]) -> list[Reading]:
        months = {month for window in windows for month in window.months}
        found = self._believed(measure, area, months, False)
        return [self.readings[file] for file in sorted({file for _, file in found.values()})]

    def _believed(
        self, measure: str, area: str, months: Iterable[str] | None, boroughs_only: bool
    ) -> dict[str, tuple[float, int]]:
        """Return by month the value and the file that is believed; of all months with None."""
        wanted = None if months is None else set(months)
        chosen: dict[str, tuple[float, int]] = {}
        for position, reading in enumerate(self.readings):
            values = months_of(reading, measure, area, boroughs_only).months
            asked = filter(self._form.fullmatch if wanted is None else wanted.__contains__, values)
            new = [m for m in asked if m not in chosen]
            if new:
                refuse_unclassified(reading, measure)
                chosen |= {month: (values[month], position) for month in new}
            if wanted is not None and len(chosen) == len(wanted):
                break
        return chosen

    def _lacking(self, measure: str, area: str, missing: list[str]) -> Exception:
        held = self.held(measure, area)
        left_out = [
            f" {r.path} was not used: {r.partial}."
            for r in self.readings
            if r.partial and measure in table_of(r).index.get_level_values("measure")
        ]
        if not held:
            return MissingMeasure(
                f"none of the files given holds {measure} for {area}; "
                f"add a file that does, or name another measure.{''.join(left_out)}"
            )
        return MissingMonths(
            f"{measure} for {area}: the files hold {held[0]} to {held[-1]} and "
            f"lack {_runs(missing)}; add the file for them, or change data_to.{''.join(left_out)}"
        )


def refuse_unclassified(reading: Reading, measure: str) -> None:
    """Raise ``UnclassifiedCategory`` for a file with a new category that may be of the measure."""
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
    first = reading.columns("row", "group", "category").drop_duplicates(["group", "category"])
    return tuple(zip(first["row"], first["group"], first["category"], strict=True))


def _boroughs_first(area: str) -> tuple[bool, str]:
    return places.place(area).kind != "borough", area


def _runs(months: list[str]) -> str:
    """Return ``2012-09..2012-11, 2013-01`` for a list of months in order."""
    runs: list[list[pd.Period]] = []
    for found in map(period, months):
        if runs and found == runs[-1][-1] + 1:
            runs[-1].append(found)
        else:
            runs.append([found])
    return ", ".join(key(r[0]) if len(r) == 1 else f"{key(r[0])}..{key(r[-1])}" for r in runs)
