"""One file's figures by measure, area and period, and their sums over its areas."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import lru_cache

import pandas as pd

from scrutiny import places
from scrutiny.measures.catalogue import catalogue
from scrutiny.periods import MONTH, WEEK
from scrutiny.sources.categories import count_towards
from scrutiny.sources.reading import Reading

NOT_MONTHLY = ("population",)
SMALL_AREAS = ("ward", "lsoa")
NAMED_AREAS = ("force", "borough", "other")


@dataclass(frozen=True)
class Months:
    """Figures by period, and the areas that were added up in them (none: the file's own row)."""

    months: dict[str, float] = field(default_factory=dict)
    areas: tuple[str, ...] = ()


@lru_cache(maxsize=256)
def table_of(reading: Reading) -> pd.DataFrame:
    """Return one file as a row a measure and area, a column a period.

    The areas are those of :mod:`scrutiny.places`. Wards and LSOAs are added up to their boroughs
    where the file has no row of a borough itself. In a sparse file an area without a row has 0;
    elsewhere a missing figure is NaN.
    """
    counted = count_towards(reading.observations)
    kinds = set(counted["area_kind"])
    wanted = NAMED_AREAS if kinds & {"borough"} else (*NAMED_AREAS, *SMALL_AREAS)
    counted = counted[counted["area_kind"].isin(wanted)]
    small = counted["area_kind"].isin(SMALL_AREAS)
    area = counted["area"].where(~small, counted["within"])
    table = (
        counted.groupby([counted["measure"], area.rename("area"), counted["period"]])["value"]
        .sum()
        .unstack("period")
    )
    if reading.sparse:
        measures = table.index.get_level_values("measure").unique()
        areas = table.index.get_level_values("area").unique()
        grid = pd.MultiIndex.from_product([measures, areas], names=["measure", "area"])
        table = table.reindex(grid).fillna(0.0)
    return table


@lru_cache(maxsize=65_536)
def months_of(reading: Reading, measure: str, area: str, boroughs_only: bool = False) -> Months:
    """Return one file's months, and weeks, of a measure: of its parts where the file has them all.

    For the MPS, a file without a row of its own for it is summed over its areas (over the 32
    boroughs alone with ``boroughs_only``). Empty where the file does not hold the measure.
    """
    if reading.source in NOT_MONTHLY or reading.partial:
        return Months()
    entry = catalogue().get(measure)
    for parts in filter(None, (entry.made_of if entry else (), (measure,))):
        rows = [row_of(reading, part, area, boroughs_only) for part in parts]
        if all(row is not None for row in rows):
            shared = _dated(reading).intersection(*(row.months for row in rows))
            months = [m for m in rows[0].months if m in shared]
            return Months({m: sum(row.months[m] for row in rows) for m in months}, rows[0].areas)
    return Months()


def row_of(reading: Reading, measure: str, area: str, boroughs_only: bool = False) -> Months | None:
    """Return a measure's figures by period; None where the file has none for the area."""
    rows = _rows(reading)
    if area in rows.get(measure, {}) and not boroughs_only:
        return Months(rows[measure][area])
    entry = catalogue().get(measure)
    if area != places.MPS or entry is None or entry.level or entry.unit == "fraction":
        return None
    known = {p.name for p in places.boroughs()}
    added = {
        its_area: row
        for its_area, row in rows.get(measure, {}).items()
        if its_area != places.MPS and (its_area in known or not boroughs_only)
    }
    if not known <= set(added):
        return None
    shared = set.intersection(*(set(row) for row in added.values()))
    sums = {period: math.fsum(row[period] for row in added.values()) for period in sorted(shared)}
    return Months(sums, tuple(added))


@lru_cache(maxsize=256)
def _dated(reading: Reading) -> frozenset[str]:
    """Return the months and weeks of a file; a year is none."""
    periods = table_of(reading).columns
    return frozenset(p for p in periods if MONTH.fullmatch(p) or WEEK.fullmatch(p))


@lru_cache(maxsize=256)
def _rows(reading: Reading) -> dict[str, dict[str, dict[str, float]]]:
    """Return one file's figures by measure, then area, then period."""
    table = table_of(reading)
    periods = table.columns.tolist()
    rows: dict[str, dict[str, dict[str, float]]] = {}
    for (measure, area), values in zip(table.index, table.to_numpy().tolist(), strict=True):
        rows.setdefault(measure, {})[area] = {
            period: value
            for period, value in zip(periods, values, strict=True)
            if not math.isnan(value)
        }
    return rows
