"""Wards and LSOAs that are near the top of London in a crime month after month.

No count of a small area in a month goes out of here, and none of a year from 1 to 4.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from scrutiny import places, statistics
from scrutiny.measures import compare, printing
from scrutiny.measures.catalogue import catalogue
from scrutiny.measures.figures import Figures, refuse_unclassified
from scrutiny.measures.results import Result
from scrutiny.measures.suppression import SENSITIVE, suppressed
from scrutiny.periods import Window, month
from scrutiny.sources.categories import count_towards
from scrutiny.sources.reading import Reading
from scrutiny.statistics.suppression import FEWEST

NAMES = {"ward": "wards", "lsoa": "LSOAs"}
MONTHS = 12
LASTING = 9  # of the months in the top tenth
SHOWN = 10
LEAST_PRINTED = 0.1
KIND = "12m"
COLUMNS = (
    "source", "layout", "group", "category", "code", "area", "within", "period", "value",
)  # fmt: skip


@dataclass(frozen=True)
class Spot:
    """An area: its offences in the months, its rank by them, its months in the top tenth."""

    name: str
    count: Result
    rank: Result
    months: Result


@dataclass(frozen=True)
class HotSpots:
    """A crime in the small areas of one kind over the months of ``window``.

    ``spots`` are the first areas by rank and ``tied`` how many more share the last rank of them;
    ``areas`` is how many the file has, ``top`` how many are in the top tenth in a usual month and
    ``top_share`` what part of all that is,
    ``lasting`` how many are there in most months and ``by_chance`` how many would be; ``share`` is
    what part of the offences was in the top tenth of the areas.
    """

    kind: str
    measure: str
    file: str
    window: Window
    spots: tuple[Spot, ...]
    areas: Result
    top: Result
    top_share: Result
    lasting: Result
    by_chance: Result
    share: Result
    tied: Result | None = None

    @property
    def results(self) -> list[Result]:
        """Every number of it."""
        own = (
            self.areas,
            self.top,
            self.top_share,
            self.lasting,
            self.by_chance,
            self.share,
            self.tied,
        )
        return [*filter(None, own), *(r for s in self.spots for r in (s.count, s.rank, s.months))]


def hot_spots(figures: Figures, measures: Iterable[str], last: pd.Period) -> tuple[HotSpots, ...]:
    """Return the hot spots of each kind of area and measure, in the months on file up to ``last``.

    Of each kind, the file that is believed first of those with twelve such months; measures that
    it lacks, and those with few victims, are left out.
    """
    wanted = [measure for measure in measures if measure not in SENSITIVE]
    found: list[HotSpots] = []
    for kind in NAMES:
        for reading in figures.small_areas:
            if reading.source.startswith(kind) and (window := _window(reading, last)):
                found += _of_file(kind, reading, wanted, window)
                break
    return tuple(found)


def _window(reading: Reading, last: pd.Period) -> Window | None:
    end = min(month(reading.last_month), last)
    first = end - (MONTHS - 1)
    return Window(KIND, first, end) if month(reading.first_month) <= first else None


def _of_file(kind: str, reading: Reading, measures: list[str], window: Window) -> list[HotSpots]:
    observations = reading.columns(*COLUMNS)
    areas = observations.drop_duplicates(["code", "area", "within"])
    # One ward stands in the file under a borough and under the airports: the borough names it.
    named = areas.sort_values("within", key=lambda within: within == places.AIRPORTS, kind="stable")
    names = dict(zip(named["code"][::-1], named["area"][::-1], strict=True))
    within = observations["period"].isin(window.months)
    counted = count_towards(observations.loc[within].drop(columns=["area", "within"]))
    made = []
    for measure in measures:
        parts = catalogue()[measure].made_of or (measure,)
        if not {*parts} <= {*counted["measure"].unique()}:
            continue
        refuse_unclassified(reading, measure)
        table = (
            counted[counted["measure"].isin(parts)]
            .pivot_table(index="code", columns="period", values="value", aggfunc="sum")
            .reindex(index=sorted(names), columns=window.months)
            .fillna(0.0)
        )
        made.append(_of_measure(kind, measure, reading, window, table, names))
    return made


def _of_measure(
    kind: str,
    measure: str,
    reading: Reading,
    window: Window,
    table: pd.DataFrame,
    names: dict[str, str],
) -> HotSpots:
    months = np.column_stack([statistics.in_the_top(table[name]) for name in table])
    times, totals = months.sum(axis=1), table.sum(axis=1).to_numpy()
    rank = statistics.ranks(totals)
    order = np.lexsort((table.index, rank))[:SHOWN]
    tied = int((rank == rank[order[-1]]).sum() - (rank[order] == rank[order[-1]]).sum())
    in_top = statistics.in_the_top(totals)
    chance = len(table) * statistics.chance_of_at_least(LASTING, months.mean(axis=0))
    held, whole = float(totals[in_top].sum()), float(totals.sum())
    areas = NAMES[kind]
    base = Result(
        result_id="",
        measure=measure,
        area=places.MPS,
        area_kind="force",
        period=str(window),
        comparator="",
        statistic="",
        value=None,
        unit=areas,
        sources=f"{reading.edition}@{reading.sha256[:12]}",
        note=f"of the {areas} in the file: offences without a place are not in it",
    )

    def of_london(statistic: str, value: float, printed: str, method: str) -> Result:
        return replace(
            base,
            result_id=f"{measure}.mps.{statistic}.{KIND}.{kind}",
            statistic=statistic,
            value=value,
            printed=printed,
            method=method,
        )

    return HotSpots(
        kind,
        measure,
        reading.dataset,
        window,
        tuple(
            _spot(base, kind, table.index[i], names, totals[i], rank[i], times[i]) for i in order
        ),
        areas=of_london(
            "areas",
            float(len(table)),
            printing.count(len(table)),
            f"{areas} with a row in the file",
        ),
        top=of_london(
            "top_tenth_areas",
            float(months.sum() / MONTHS),
            printing.count(months.sum() / MONTHS),
            "mean of the months; ties at the edge are in",
        ),
        top_share=replace(
            of_london(
                "top_tenth_areas_share",
                100 * float(months.mean()),
                printing.share(100 * float(months.mean())),
                f"100 {areas} in the top tenth in a usual month / {areas} in all",
            ),
            unit=compare.PER_CENT,
        ),
        lasting=of_london(
            "lasting_areas",
            float((times >= LASTING).sum()),
            printing.count((times >= LASTING).sum()),
            f"{areas} in the top tenth in at least {LASTING} of {MONTHS} months",
        ),
        by_chance=of_london(
            "lasting_areas_by_chance",
            chance,
            f"under {LEAST_PRINTED}" if chance < LEAST_PRINTED else printing.rate(chance),
            f"{areas} times the Poisson-binomial chance, each month's top tenth drawn anew",
        ),
        share=replace(
            of_london(
                "top_tenth_share",
                statistics.share(held, whole),
                printing.share(statistics.share(held, whole)),
                f"100 offences in the top tenth of {areas} by {MONTHS} months / offences in all",
            ),
            unit=compare.PER_CENT,
            numerator=held,
            denominator=whole,
        ),
        tied=of_london("tied_areas", float(tied), printing.count(tied), "not shown, of that rank")
        if tied
        else None,
    )


def _spot(
    base: Result,
    kind: str,
    code: str,
    names: dict[str, str],
    total: float,
    rank: int,
    times: int,
) -> Spot:
    """Return an area's numbers; of a small count neither it nor its months."""
    tag = f".{places.slug(code)}" if [*names.values()].count(names[code]) > 1 else ""

    def of_area(statistic: str, value: float, unit: str, method: str) -> Result:
        return replace(
            base,
            result_id=f"{base.measure}.{places.slug(names[code])}.{statistic}.{KIND}{tag}",
            area=names[code],
            area_kind=kind,
            statistic=statistic,
            value=float(value),
            unit=unit,
            printed=printing.count(value),
            method=method,
            note=code,
        )

    count = of_area("count", total, catalogue()[base.measure].unit, "sum of months")
    months = of_area("top_tenth_months", times, "months", "months in the top tenth of all areas")
    if 0 < total < FEWEST:
        count, months = suppressed([count, months])
    placed = of_area("rank", rank, "rank", f"by offences in {MONTHS} months; ties share a rank")
    return Spot(names[code], count, placed, months)
