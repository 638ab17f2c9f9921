"""Victims of homicide: a publisher's table with a row a victim, of which only sums go further.

The sums are the victims by month, by borough and calendar year, and by one attribute and calendar
year for the whole Service. No two attributes are ever crossed, nor an attribute with a borough: a
single victim is not to be found in what is kept, and no message shows two cells of a row together.

A sum stands where the first of its rows has what it is counted by; ``sheet`` names the table of
sums. A sum of nought has no row: it stands in the header, and its ``sheet`` says what was not
found. A year is counted where the file has it from January to December.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from scrutiny import places
from scrutiny.sources import categories
from scrutiny.sources.raw import RawFile
from scrutiny.sources.reading import Note, Reading
from scrutiny.sources.tall import TallTable, months_between

SOURCE = "homicide-victims"
ATTRIBUTES = (
    "age group", "sex", "method of killing", "domestic abuse", "homicide offence type",
    "solved status", "officer observed ethnicity",
)  # fmt: skip
_COUNT, _DATE, _BOROUGH = "count of victims", "recorded date", "borough"
_NAMES = (_COUNT, _DATE, _BOROUGH, *ATTRIBUTES)
VICTIMS = "victims"
MOST_OF_ONE_ROW = 1_000
LONGEST_VALUE = 60  # of an attribute; what is longer may be several cells run together
_ELSEWHERE = ("City of London", "London", "Inner London", "Outer London")


@dataclass(frozen=True)
class _Victims:
    """One row: how many, when and where, and each attribute by its name."""

    row: int
    count: int
    month: str
    borough: str
    attributes: dict[str, str]


def read(raw: RawFile) -> Reading | None:
    """Return the sums of victims, or None where the file is no such table.

    Raises :class:`scrutiny.errors.FaultyFile` for one that is, and is broken.
    """
    if not TallTable.fits(raw, _NAMES):
        return None
    table = TallTable(raw, SOURCE, _NAMES)
    victims = [found for number, row in table.records() if (found := _victims(table, number, row))]
    for problem in table.problems:
        if problem.column is None:  # of the row as a whole: its cells stay unsaid
            problem.value = ""
    months = []
    if victims and not table.problems:
        months = months_between(v.month for v in victims)
        _add_sums(table, victims, months)
        _add_notes(table, victims)
    found = table.close("a row a victim, added up", vintage=months[-1] if months else "")
    return replace(found, first_month=months[0], last_month=months[-1])


def _victims(table: TallTable, number: int, row: list[str]) -> _Victims | None:
    before = len(table.problems)
    text, date, place, *attributes = row
    count = table.number(text, number, table.heading(_COUNT), whole=True, at_most=MOST_OF_ONE_ROW)
    if count == 0:
        table.fault("a row without a victim", number, table.heading(_COUNT), text)
    month = table.month(date, number, _DATE)
    heading = table.heading(_BOROUGH)
    borough = table.area(place, number, heading, ("borough", "other"))
    if borough in _ELSEWHERE:
        table.fault("not policed by the Service", number, heading, place, "correct the name")
    for name, value in zip(ATTRIBUTES, attributes, strict=True):
        if table.filled(value, number, name) and len(value) > LONGEST_VALUE:
            table.fault("too long for a value", number, table.heading(name), "")
    if len(table.problems) > before:
        return None
    named = {name: " ".join(v.split()) for name, v in zip(ATTRIBUTES, attributes, strict=True)}
    return _Victims(number, int(count), month, borough, named)


def _add_sums(table: TallTable, victims: list[_Victims], months: list[str]) -> None:
    years = whole_years(months)
    of_years = [v for v in victims if v.month[:4] in years]
    by_month = ((v, v.month, places.MPS, VICTIMS) for v in victims)
    _add(table, _DATE, "victims by month", "", by_month, months)
    by_borough = ((v, v.month[:4], v.borough, VICTIMS) for v in of_years)
    _add(table, _BOROUGH, "victims by borough and year", "", by_borough, years)
    for name in ATTRIBUTES:
        by_value = ((v, v.month[:4], places.MPS, v.attributes[name]) for v in of_years)
        group = table.heading(name)
        _add(table, name, f"victims by {name} and year", group, by_value, years)
    partial = sorted({month[:4] for month in months} - set(years))
    if partial:
        reason = "years that the file does not have whole are counted by month alone"
        table.notes.append(Note(reason, value=", ".join(partial)))


def _add(
    table: TallTable,
    name: str,
    sheet: str,
    group: str,
    counted: Iterable[tuple[_Victims, str, str, str]],
    periods: Iterable[str],
) -> None:
    """Add up victims by period, area and category, and write down nought where there was none."""
    sums: Counter[tuple[str, str, str]] = Counter()
    first: dict[tuple[str, str, str], int] = {}
    for victims, *key in counted:
        sums[tuple(key)] += victims.count
        first.setdefault(tuple(key), victims.row)
    for area, category in dict.fromkeys((area, category) for _, area, category in sums):
        for period in periods:
            row = first.get((period, area, category))
            found = f"{sheet}, none: {area}, {category}, {period}" if row is None else sheet
            table.add(
                row or 1,
                table.place(name),
                sheet=found,
                area=area,
                period=period,
                group=group,
                category=category,
                value=sums[period, area, category],
                unit="count",
            )


def whole_years(months: Iterable[str]) -> list[str]:
    """Return the calendar years of which every month is there."""
    found = Counter(month[:4] for month in months)
    return [year for year, number in found.items() if number == 12]


def _add_notes(table: TallTable, victims: list[_Victims]) -> None:
    alike = Counter((v.count, v.month, v.borough, *v.attributes.values()) for v in victims).values()
    if repeats := sum(number - 1 for number in alike):
        reason = "rows that say the same as another; each is counted as a victim of its own"
        table.notes.append(Note(reason, value=str(repeats)))
    none = [c["period"] for c in table.cells if not c["value"] and "-" in c["period"]]
    if none:
        reason = "months without a victim between the first and the last count as 0"
        table.notes.append(Note(reason, value=", ".join(none)))
    table.notes += list(_new_values(table))


def _new_values(table: TallTable) -> Iterator[Note]:
    """Yield a note for each value that no earlier file has, without the row that it stands in."""
    for name in ATTRIBUTES:
        group = table.heading(name)
        for value in dict.fromkeys(c["category"] for c in table.cells if c["group"] == group):
            if not categories.is_named(SOURCE, group, value):
                yield Note("a value that no earlier file holds", None, group, value)
