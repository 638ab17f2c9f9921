"""Where several files hold the same months: what was revised, and what is not counted alike.

The rule of splicing: a series takes each month from the file that is believed first and goes on
in the next, and the page says where the seam is and how far the two are apart. It does not go on
where the two are of about one age (vintages at most :data:`SAME_AGE` months apart) and their sums
over all the months that both hold differ by more than :data:`MOST_APART`: they count different
things.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

import pandas as pd

from scrutiny import places
from scrutiny.measures.catalogue import catalogue
from scrutiny.measures.tables import months_of, table_of
from scrutiny.periods import MONTH
from scrutiny.sources.reading import Reading

MOST_APART = 0.02
SAME_AGE = 3  # months between two vintages: revisions of so short a time are smaller than that
BOROUGHS = "32 boroughs"
COLUMNS = ("measure", "area", "month", "before", "after", "size", "size_percent")


@dataclass(frozen=True)
class Overlap:
    """A measure's sums in two files over the months that both hold, the earlier vintage first."""

    measure: str
    earlier: Reading
    later: Reading
    first: str
    last: str
    sum_earlier: float
    sum_later: float

    @property
    def apart(self) -> float:
        """By how much the later sum differs, as a fraction of the earlier; infinite from nought."""
        if self.sum_earlier == self.sum_later:
            return 0.0
        return (self.sum_later / self.sum_earlier - 1) if self.sum_earlier else math.inf

    @property
    def of_one_age(self) -> bool:
        """Whether the vintages are so close that revision cannot explain much."""
        if not (MONTH.fullmatch(self.earlier.vintage) and MONTH.fullmatch(self.later.vintage)):
            return False
        gap = pd.Period(self.later.vintage, "M") - pd.Period(self.earlier.vintage, "M")
        return abs(gap.n) <= SAME_AGE

    @property
    def disagrees(self) -> bool:
        """Whether the two count different things, so that no series may run across them."""
        return self.of_one_age and abs(self.apart) > MOST_APART


@lru_cache(maxsize=4096)
def overlap(one: Reading, other: Reading, measure: str, area: str = places.MPS) -> Overlap | None:
    """Return the sums of a measure over the months that both files hold; None without any.

    For the MPS, of all the areas of each file, as its total is made; for any other area, of the
    32 boroughs: the figures of one borough are too small to tell two ways of counting apart.
    """
    earlier, later = sorted((one, other), key=lambda r: (r.vintage, r.sha256))
    boroughs_only = area != places.MPS
    sums = [months_of(r, measure, places.MPS, boroughs_only).months for r in (earlier, later)]
    months = sorted(set(sums[0]) & set(sums[1]))
    if not months:
        return None
    before, after = (math.fsum(found[m] for m in months) for found in sums)
    return Overlap(measure, earlier, later, months[0], months[-1], before, after)


def shared_measures(one: Reading, other: Reading) -> list[Overlap]:
    """Return the overlap of each measure that both files hold in some month; levels have no sum."""
    found = (overlap(one, other, m.key) for m in catalogue().values() if not m.level)
    return [shared for shared in found if shared]


def disagreements(readings: Iterable[Reading]) -> list[Overlap]:
    """Return every measure on which two files of about one age are more than 2% apart."""
    return [
        shared
        for pair in combinations(readings, 2)
        for shared in shared_measures(*pair)
        if shared.disagrees
    ]


def revisions(earlier: Reading, later: Reading) -> pd.DataFrame:
    """Return what a later file says of the months of an earlier one: a row a figure of both.

    Columns: ``measure``, ``area``, ``month``, ``before`` and ``after`` (in the measure's unit),
    ``size`` (after less before) and ``size_percent`` (of before; empty where that was nought).
    The area ``MPS`` is all the areas that both files have, ``32 boroughs`` those alone.
    """
    tables = [table_of(reading) for reading in (earlier, later)]
    index = tables[0].index.intersection(tables[1].index)
    months = [m for m in tables[0].columns.intersection(tables[1].columns) if MONTH.fullmatch(m)]
    before, after = (_with_totals(table.loc[index, months]) for table in tables)
    long = pd.DataFrame(
        {"before": before.stack(), "after": after.stack()},  # noqa: PD013 - index kept in order
    ).dropna()
    long.index.names = ["measure", "area", "month"]
    long["size"] = long["after"] - long["before"]
    long["size_percent"] = (100 * long["size"] / long["before"]).where(long["before"] != 0)
    return long.reset_index()[list(COLUMNS)].sort_values(["measure", "area", "month"])


def _with_totals(table: pd.DataFrame) -> pd.DataFrame:
    """Return the table with the sums of its areas, where it has no total of its own."""
    areas = table.index.get_level_values("area")
    known = {place.name for place in places.boroughs()}
    parts = [table]
    for name, chosen in ((places.MPS, areas != places.MPS), (BOROUGHS, areas.isin(known))):
        if name not in areas:
            sums = table[chosen].groupby(level="measure").sum(min_count=1)
            parts.append(sums.assign(area=name).set_index("area", append=True))
    return pd.concat(parts)
