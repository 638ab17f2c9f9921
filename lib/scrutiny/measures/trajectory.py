"""The MOPAC Challenge's aim as an illustrative straight line, month by month.

The aim was 20% less in four years and no target was adopted for the years between; a straight
line between the baseline and the aim is a device of this page. A year's value on the line is
shared among its months as the baseline year's count was, so that it has the seasons.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd

from scrutiny import statistics
from scrutiny.measures import compare, printing
from scrutiny.measures.figures import Figures
from scrutiny.measures.results import Result, result_id
from scrutiny.periods import Window, financial_year, month, window

FALL = 0.2
YEARS = 4
LABEL = "illustrative; not an adopted target"


@dataclass(frozen=True)
class Compared:
    """One period: the count of the baseline year, the line, and the count of the year at hand.

    ``name`` is a month of the year at hand as ``2012-08``, or empty for several; ``count`` is
    None for a month to come.
    """

    name: str
    baseline: Result
    line: Result
    count: Result | None


@dataclass(frozen=True)
class Trajectory:
    """A financial year against the line: month by month, and from April to the latest month.

    ``gap`` is how far the count stands above the line, in percentage points of the baseline's
    count of the same months; ``years`` are the line's values for whole years, ``baseline`` the
    count of its first; ``notes`` are what to know of breaks between.
    """

    measure: str
    baseline: Result
    months: tuple[Compared, ...]
    to_date: Compared
    gap: Result
    years: tuple[Result, ...]
    notes: tuple[str, ...]

    @property
    def results(self) -> list[Result]:
        """Every number of it."""
        parts = [*self.months, self.to_date]
        shown = [n for part in parts for n in (part.baseline, part.line, part.count) if n]
        return [self.baseline, *shown, self.gap, *self.years]


def trajectory(
    figures: Figures, measure: str, area: str, baseline: Window, last: pd.Period
) -> Trajectory | None:
    """Return how the financial year of ``last`` stands against the line from the baseline year.

    None before the line begins and after it ends, and where the two years do not compare.
    """
    to_date = window("ytd", last)
    year = to_date.first.year - baseline.first.year
    judged = figures.comparability(measure, area, baseline, to_date)
    if not 1 <= year <= YEARS or judged.refusals:
        return None

    def counted(over: Window, name: str) -> Result:
        return compare.count(figures, measure, area, over, name=name)

    months = []
    for name in Window("fy", to_date.first, to_date.first + 11).months:
        own, earlier = month(name), month(name) - 12 * year
        base = counted(Window("month", earlier, earlier), str(earlier))
        count = counted(Window("month", own, own), name) if own <= last else None
        months.append(Compared(name, base, _on_line(base, name, name, year), count))
    same = Window("ytd", baseline.first, last - 12 * year)
    base = replace(
        counted(same, "ytd"), result_id=result_id(measure, area, "count", "ytd", "baseline")
    )
    count = counted(to_date, "ytd")
    line = _on_line(base, "ytd", str(to_date), year)
    whole = counted(baseline, f"fy{financial_year(baseline.last).replace('/', '-')}")
    return Trajectory(
        measure=measure,
        baseline=whole,
        months=tuple(months),
        to_date=Compared("", base, line, count),
        gap=_gap(count, line, base),
        years=tuple(_of_year(whole, baseline, k) for k in range(1, YEARS + 1)),
        notes=judged.footnotes,
    )


def _on_line(base: Result, name: str, period: str, year: int) -> Result:
    """Return the line over the same months as a count of the baseline year, ``year`` years on."""
    value = statistics.straight_line(base.value, year, fall=FALL, years=YEARS)
    return replace(
        base,
        result_id=result_id(base.measure, base.area, "illustrative", name),
        period=period if ".." in period else f"{period}..{period}",
        statistic="illustrative",
        value=value,
        printed=printing.count(value),
        method=f"(1 - {FALL:g} x {year} / {YEARS}) x count of the same months of the baseline year",
        note=LABEL,
    )


def _of_year(whole: Result, baseline: Window, year: int) -> Result:
    over = Window("fy", baseline.first + 12 * year, baseline.last + 12 * year)
    name = f"fy{financial_year(over.last).replace('/', '-')}"
    return _on_line(whole, name, str(over), year)


def _gap(count: Result, line: Result, base: Result) -> Result:
    share = statistics.share(count.value, base.value)
    value = statistics.gap_points(share, statistics.share(line.value, base.value))
    return replace(
        count,
        result_id=result_id(count.measure, count.area, "illustrative_gap_points", "ytd"),
        comparator=base.period,
        statistic="illustrative_gap_points",
        value=value,
        unit=compare.POINTS,
        numerator=count.value,
        denominator=line.value,
        printed=printing.points(value),
        method="100 (count - illustrative) / count of the same months of the baseline year",
        note=LABEL,
    )
