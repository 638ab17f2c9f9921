"""Where the MOPAC Challenge stands: by crime and by borough, and where the year would end."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd

from scrutiny import places, statistics
from scrutiny.measures import compare, printing
from scrutiny.measures.catalogue import MOPAC_7, mopac_seven
from scrutiny.measures.figures import Figures
from scrutiny.measures.results import Result, result_id
from scrutiny.measures.trajectory import Trajectory, trajectory
from scrutiny.periods import Window, month

MONTHS_OF_A_YEAR = 12
FEWEST_YEARS = 3  # behind a projection; with fewer its interval says nothing


@dataclass(frozen=True)
class Position:
    """A crime or borough against the illustrative line.

    ``end`` is the whole year as it would end if it went on as earlier years did, with its limits
    as numbers of their own. There is none of a borough, and none where the files have too few
    earlier years.
    """

    measure: str
    area: str
    trajectory: Trajectory
    end: Result | None
    limits: tuple[Result, ...]

    @property
    def year_line(self) -> Result:
        """The line's value for the whole year at hand."""
        last = self.trajectory.months[-1].name
        return next(r for r in self.trajectory.years if r.period.endswith(last))

    @property
    def results(self) -> list[Result]:
        """The numbers of its row."""
        to_date = self.trajectory.to_date
        shown = [self.trajectory.baseline, to_date.baseline, to_date.line, to_date.count]
        ends = [self.end, *self.limits, self.year_line] if self.end else []
        return [n for n in (*shown, self.trajectory.gap, *ends) if n]


@dataclass(frozen=True)
class Challenge:
    """The positions of a page: by crime, the total last, and by borough."""

    crimes: tuple[Position, ...]
    boroughs: tuple[Position, ...] = ()

    @property
    def results(self) -> list[Result]:
        """Every number of it."""
        return [n for position in (*self.crimes, *self.boroughs) for n in position.results]


def by_crime(figures: Figures, baseline: Window, last: pd.Period) -> tuple[Position, ...]:
    """Return the seven crimes of the MPS and their total, as far as they compare."""
    found = (
        _position(figures, measure, places.MPS, baseline, last)
        for measure in (*mopac_seven(), MOPAC_7)
        if figures.last_month(measure) >= str(last)
    )
    return tuple(position for position in found if position)


def by_borough(figures: Figures, baseline: Window, last: pd.Period) -> tuple[Position, ...]:
    """Return the seven crimes added up in each borough that the files hold, by name."""
    found = (
        _position(figures, MOPAC_7, place.name, baseline, last)
        for place in places.boroughs()
        if figures.last_month(MOPAC_7, place.name) >= str(last)
    )
    return tuple(position for position in found if position)


def _position(
    figures: Figures, measure: str, area: str, baseline: Window, last: pd.Period
) -> Position | None:
    line = trajectory(figures, measure, area, baseline, last)
    if line is None:
        return None
    end = _projected(figures, measure, line.to_date.count) if area == places.MPS else None
    limits = compare.bounds(end, printing.count, "t interval of earlier years") if end else ()
    return Position(measure, area, line, end, tuple(limits))


def _projected(figures: Figures, measure: str, to_date: Result) -> Result | None:
    """Return the whole financial year as it would end if its rest went as in earlier years."""
    first, last = (month(name) for name in to_date.period.split(".."))
    months = (last - first).n + 1
    series = figures.series(measure, places.MPS)["value"]
    held = dict(zip(series.index, series, strict=True))
    earlier = [
        (sum(held[name] for name in year.months[:months]), sum(held[n] for n in year.months))
        for year in _years_before(first, held)
    ]
    if len(earlier) < FEWEST_YEARS or months == MONTHS_OF_A_YEAR:
        return None
    value, lower, upper = statistics.projection(to_date.value, earlier)
    end = first + 11
    name = f"fy{first.year}-{end.year % 100:02d}"
    return replace(
        to_date,
        result_id=result_id(measure, places.MPS, "projected", name),
        period=f"{first}..{end}",
        statistic="projected",
        value=value,
        lower=lower,
        upper=upper,
        numerator=to_date.value,
        denominator=None,
        printed=printing.count(value),
        method=(
            f"count to date x mean ratio of whole years to the same {months} months, over "
            f"{len(earlier)} earlier years; 95% t prediction interval on its logarithm"
        ),
        note="a projection, not a forecast of policy",
    )


def _years_before(first: pd.Period, held: dict[str, float]) -> list[Window]:
    """Return the whole financial years before a month for which there are figures."""
    years = [Window("fy", first - 12 * back, first - 12 * back + 11) for back in range(1, 20)]
    return [year for year in years if all(name in held for name in year.months)]
