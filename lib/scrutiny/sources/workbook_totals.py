"""What the sheets of the Datastore workbook add up to, held against the totals that they print.

The publisher's totals are kept as printed. Where they are not the sum of their parts, or where a
rate is not that of its month, a note says so.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from scrutiny.sources.categories import fold
from scrutiny.sources.reading import Note
from scrutiny.sources.workbook_columns import BOROUGH_TOTAL
from scrutiny.sources.workbook_sheets import Sheet

# Strengths are rounded to hundredths, the parts and the total each for itself: every one of them
# may be off by half a hundredth. Whole numbers are not rounded.
ROUNDED = {"fte": 0.005, "count": 0.0, "headcount": 0.0}
NOISE = 1e-6  # what is left of a whole number that a rate was divided from
FIRST_MONTH_OF_YEAR = 4
FEWEST_MONTHS = 3  # one month's rate may fit the year's offences by chance


@dataclass(frozen=True)
class _Sum:
    """A printed total (a column) and the columns that should add up to it."""

    total: int
    parts: tuple[int, ...]


def notes_on_totals(sheet: Sheet) -> Iterator[Note]:
    """Yield a note for each run of months in which a printed total is not the sum of its parts."""
    for check in _sums(sheet):
        column = sheet.columns[check.total]
        differing = []
        for month, printed in sorted(sheet.values[check.total].items()):
            parts = [sheet.values[i][month] for i in check.parts if month in sheet.values[i]]
            allowed = ROUNDED[column.unit] * (len(parts) + 1) + NOISE
            if parts and abs(printed - (added := math.fsum(parts))) > allowed:
                differing.append((month, printed, added))
        yield from _runs(
            sheet, f"{column.title} is not the sum of its parts", differing, "added up"
        )


def notes_on_the_force(borough: Sheet, total: int, force: Sheet, column: int) -> Iterator[Note]:
    """Yield a note for each run of months in which two sheets print two figures of the force."""
    allowed = 2 * ROUNDED[borough.columns[total].unit] + NOISE
    theirs = force.values[column]
    differing = [
        (month, value, theirs[month])
        for month, value in sorted(borough.values[total].items())
        if month in theirs and abs(value - theirs[month]) > allowed
    ]
    reason = f"{borough.columns[total].title} is not that of the sheet {force.name}"
    yield from _runs(borough, reason, differing, "there")


def rates_to_date(sheet: Sheet) -> dict[int, list[list[str]]]:
    """Return by column the years, each its months, whose rates are of the year since April.

    A rate follows the column of the offences that it is a rate of. Times these it gives a whole
    number of detections: of the month's offences, or of all offences since April.
    """
    found: dict[int, list[list[str]]] = {}
    for i, column in sheet.columns.items():
        if column.unit != "fraction" or i - 1 not in sheet.columns:
            continue
        if sheet.columns[i - 1].unit != "count":
            continue
        for months in _years(sheet.values[i]):
            counts = [sheet.values[i - 1].get(month, math.nan) for month in months]
            since_april = [math.fsum(counts[: n + 1]) for n in range(len(months))]
            rates = [sheet.values[i][month] for month in months]
            of_year = sum(map(_is_whole, map(math.prod, zip(rates, since_april, strict=True))))
            of_month = sum(map(_is_whole, map(math.prod, zip(rates, counts, strict=True))))
            if of_year >= FEWEST_MONTHS and of_year > of_month:
                found.setdefault(i, []).append(months)
    return found


def notes_on_rates(sheet: Sheet, to_date: dict[int, list[list[str]]]) -> Iterator[Note]:
    """Yield a note for each column with years whose rates are not those of their months."""
    for i, found in to_date.items():
        years = ", ".join(months[0][:4] for months in found)
        yield Note(
            "rates of the year since April, not of their months: kept apart from the monthly ones",
            sheet.row_of[found[0][0]],
            sheet.name,
            f"{sheet.columns[i].title}: the years from April {years}",
        )


def _sums(sheet: Sheet) -> Iterator[_Sum]:
    columns = sheet.columns
    by_title = {fold(column.title): i for i, column in columns.items()}
    if columns.every_area is None:
        if (total := by_title.get("total")) is not None:
            yield _Sum(total, tuple(i for i in columns if i != total))
        return
    if columns.every_area.unit not in ROUNDED:
        return
    force = next((i for i, column in columns.items() if column.is_of_the_force), None)
    boroughs = by_title.get(BOROUGH_TOTAL)
    own = columns.every_area.measure
    areas = tuple(i for i, column in columns.items() if column.measure == own and i != force)
    if boroughs is not None:
        yield _Sum(boroughs, areas)
        if force is not None:
            yield _Sum(force, tuple(i for i in columns if i not in (*areas, force)))
    elif force is not None:
        yield _Sum(force, areas)


def _runs(
    sheet: Sheet, reason: str, differing: Iterable[tuple[str, float, float]], other: str
) -> Iterator[Note]:
    """Yield one note for each run of months in which the difference goes on."""
    months = sorted(sheet.row_of)
    runs: list[list[tuple[str, float, float]]] = []
    for found in differing:
        if runs and months.index(found[0]) == months.index(runs[-1][-1][0]) + 1:
            runs[-1].append(found)
        else:
            runs.append([found])
    for run in runs:
        month, printed, added = run[0]
        row, last = sheet.row_of[month], sheet.row_of[run[-1][0]]
        value = f"{month}: {_number(printed)} printed, {_number(added)} {other}"
        more = f"; it goes on to row {last}" if last != row else ""
        yield Note(reason, row, sheet.name, value + more)


def _years(values: dict[str, float]) -> Iterator[list[str]]:
    """Yield the months of each financial year that is there from April on."""
    years: dict[int, list[str]] = {}
    for month in sorted(values):
        year, of_year = int(month[:4]), int(month[-2:])
        years.setdefault(year - (of_year < FIRST_MONTH_OF_YEAR), []).append(month)
    yield from (months for months in years.values() if months[0].endswith("-04"))


def _is_whole(number: float) -> bool:
    return abs(number - round(number)) < NOISE if math.isfinite(number) else False


def _number(value: float) -> str:
    return f"{value:,.2f}".removesuffix(".00")
