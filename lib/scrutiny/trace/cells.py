"""A printed number back to its files, and the cells that it came from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from scrutiny import places
from scrutiny.errors import WrongOption, near
from scrutiny.measures import Result, catalogue
from scrutiny.measures.catalogue import MOPAC_7
from scrutiny.measures.suppression import SENSITIVE
from scrutiny.measures.tables import NAMED_AREAS, NOT_MONTHLY, months_of, row_of
from scrutiny.periods import financial_year_window, parse_window
from scrutiny.project import Project
from scrutiny.report import Report
from scrutiny.sources.categories import count_towards
from scrutiny.sources.inputs import SMALL_AREA_FILES
from scrutiny.sources.reading import Reading
from scrutiny.trace.rows import COLUMNS, register_rows

# Files of a row a victim, an incident or a search: added up at the door, their cells are of people.
RECORD_LEVEL = (
    "homicide-victims", "police-uk-street", "police-uk-outcomes", "police-uk-stop-and-search",
)  # fmt: skip
CLOSED = ("withheld", "suppressed")  # statuses of figures that are not to be told
# Statistics that set an area beside London, and those that are of every borough at once.
BESIDE_LONDON = ("gap_", "ratio_of_ratios", "difference_in_differences", "funnel_")
SUM_OF = "sum of months and of "  # the method of the count of a group of boroughs
OF_ALL_BOROUGHS = ("boroughs_", "dispersion", "gap_p_value", "ratio_of_ratios")


@dataclass(frozen=True)
class File:
    """A file that a number came from: a publisher's, or a register of the project."""

    path: str
    what: str
    sha256: str = ""
    untold: str = ""


@dataclass(frozen=True)
class Trace:
    """A number and where it came from.

    ``cells`` has a row a cell: columns ``file``, ``sheet``, ``row`` and ``column`` (from 1, as a
    spreadsheet counts), ``what``, ``area``, ``period`` and the raw ``value``; of a file that is
    ``untold`` it has none. Where several files hold a month, the one believed first is there.
    """

    result: Result
    files: tuple[File, ...]
    cells: pd.DataFrame


def trace(project: Project, report: Report, result_id: str) -> Trace:
    """Return where a number of a page came from.

    Raises :class:`scrutiny.errors.WrongOption` for a number that the page does not have.
    """
    if result_id not in report.numbers:
        raise WrongOption(
            f"{report.edition.target} has no number {result_id!r}{near(result_id, report.numbers)}"
            "; results.csv beside the page names them all"
        )
    result = report.numbers[result_id]
    named = [part for part in result.sources.split(";") if part]
    readings = [r for r in report.files if f"{r.edition}@{r.sha256[:12]}" in named]
    files = [
        File(r.path, f"{r.dataset}, {r.publisher}", r.sha256, _untold(result, r)) for r in readings
    ]
    frames = [_of_readings(report, result, [r for r in readings if not _untold(result, r)])]
    if documents := [part for part in named if "@" not in part]:
        rows = register_rows(project, report, result, documents)
        files += [File(name, "register of this project") for name in dict.fromkeys(rows["file"])]
        frames.append(rows)
    held = [frame for frame in frames if len(frame)] or frames[:1]
    cells = pd.concat(held, ignore_index=True) if len(held) > 1 else held[0]
    return Trace(result, tuple(files), cells)


def _untold(result: Result, reading: Reading) -> str:
    if reading.source in RECORD_LEVEL:
        return "each of its rows is about one person or event; no value of it is shown"
    if result.status in CLOSED:
        return f"the figure is {result.status}; no value of it is shown"
    if reading.source in SMALL_AREA_FILES:
        return "the months of a small area may be too few to tell; no value of one is shown"
    if result.measure in SENSITIVE:  # its months and boroughs may be too few, where it is not
        return "its months and boroughs may be too few to tell; no value of it is shown"
    return ""


def _of_readings(report: Report, result: Result, readings: list[Reading]) -> pd.DataFrame:
    """Return the cells of data files, each month from the file that is believed first."""
    found: dict[tuple, None] = {}  # in order, each cell once
    for measure in filter(None, _measures(report, result)):
        for areas in _areas(report, result):
            taken: set[str] = set()
            for reading in readings:
                new = [p for p in _periods(report, result, reading) if p not in taken]
                found |= dict.fromkeys(_cells(reading, measure, areas, new))
                if reading.source not in NOT_MONTHLY:
                    taken |= set(months_of(reading, measure, areas[0]).months) & set(new)
    return pd.DataFrame(list(found), columns=list(COLUMNS))


def _measures(report: Report, result: Result) -> list[str]:
    """Return the measures that a number was made of."""
    if "." in result.measure or result.measure not in catalogue():
        return []
    entry = catalogue()[result.measure]
    found = [result.measure, *([entry.share_of] if result.statistic == "share" else [])]
    if result.statistic == "change_points" and entry.share_of:
        found.append(entry.share_of)
    if result.measure == "local-priorities":
        chosen = {choice.measure for choice in report.registers.local_priorities}
        found = sorted(filter(None, chosen))
    if result.result_id.endswith(".not-chosen"):
        named = result.note.rpartition(": ")[2].split(", ")
        found = [key for key, other in catalogue().items() if other.in_sentence in named]
    if result.statistic.startswith("difference_in_differences"):
        found += [part for part in catalogue()[MOPAC_7].made_of if part not in found]
    return ["population", *found] if "population/" in result.sources else found


def _areas(report: Report, result: Result) -> list[list[str]]:
    """Return the areas that a number was made of: alone, or several that are alike."""
    found = [_members(report, result.area) or [result.area]]
    if result.statistic.startswith(BESIDE_LONDON) and result.area != places.MPS:
        found.append([places.MPS])
    if result.statistic.startswith(OF_ALL_BOROUGHS) or result.measure == "local-priorities":
        found.append([place.name for place in places.boroughs()])
    return found


def _members(report: Report, area: str) -> list[str]:
    """Return the boroughs of a group that the report adds up, as its counts name them."""
    own = (n for n in report.numbers.values() if (n.area, n.area_kind) == (area, "bcu"))
    named = (n.method[len(SUM_OF) :] for n in own if n.method.startswith(SUM_OF))
    return [name for name in next(named, "").split(", ") if name]


def _periods(report: Report, result: Result, reading: Reading) -> list[str]:
    """Return the months that a number was made of, as the file names its periods."""
    if reading.source in NOT_MONTHLY:
        return [result.period.rpartition("..")[2][:4]]
    months = [m for text in (result.period, result.comparator) if text for m in _named_in(text)]
    year = getattr(report.edition.settings, "baseline_year", None)
    if result.statistic.startswith("illustrative") and year:
        months += financial_year_window(year).months
    return months


def _named_in(text: str) -> list[str]:
    """Return the months of a window; of days, the months that they touch and their Sundays."""
    first, _, last = text.partition("..")
    if len(first) == len("2010-05"):
        return parse_window(text).months
    sundays = pd.date_range(first, last, freq="W-SUN").strftime("%Y-%m-%d")
    return [*parse_window(f"{first[:7]}..{last[:7]}").months, *sundays]


def _cells(reading: Reading, measure: str, areas: list[str], periods: Iterable[str]) -> list[tuple]:
    """Return the cells of areas and periods, in the order of the file."""
    parts = [_indexed(reading)[part] for part in _parts(reading, measure, areas[0])]
    held = {area for part in parts for area in part}
    names = set(areas) & held
    if areas == [places.MPS] and not names:
        names = held
        if reading.source in NOT_MONTHLY:  # the City of London is not policed by the MPS
            names = {place.name for place in places.boroughs()}
    found = [
        cell
        for part in parts
        for own in [part[name] for name in names if name in part]
        for period in periods
        for cell in own.get(period, ())
    ]
    return sorted(found, key=lambda cell: cell[1:4])


@lru_cache(maxsize=64)
def _indexed(reading: Reading) -> dict[str, dict[str, dict[str, list[tuple]]]]:
    """Return a file's cells of named areas by measure, area and period."""
    counted = count_towards(reading.observations)
    counted = counted[counted["area_kind"].isin(NAMED_AREAS)]
    what = counted["category"].where(
        counted["group"] == "", counted["group"] + ": " + counted["category"]
    )
    counted = counted.assign(file=counted["path"], what=what)
    found: dict[str, dict[str, dict[str, list[tuple]]]] = defaultdict(dict)
    cells = zip(*(counted[column].tolist() for column in COLUMNS), strict=True)
    for measure, cell in zip(counted["measure"].tolist(), cells, strict=True):
        found[measure].setdefault(cell[5], {}).setdefault(cell[6], []).append(cell)
    return found


def _parts(reading: Reading, measure: str, area: str) -> tuple[str, ...]:
    """Return the measures that a file adds up for one: its parts, where it has them all."""
    made_of = catalogue()[measure].made_of
    if made_of and all(row_of(reading, part, area) is not None for part in made_of):
        return made_of
    return (measure,)
