"""Mid-year population by borough, in the three layouts of the Greater London Authority.

The land area and density table has a row an area and year: estimates of the Office for National
Statistics at first, projections after. The two small tables have a row a borough and a column a
year.
"""

from __future__ import annotations

import re

from scrutiny.sources.ledger import Ledger, folded
from scrutiny.sources.raw import RawFile
from scrutiny.sources.reading import Reading

SOURCE = "population"
_DENSITY = ("code", "name", "year", "source", "population")
_WIDE = ("code", "area name", "inner/ outer london")
_YEAR = re.compile(r"(?:19|20)\d\d")
_YEAR_HEADING = re.compile(r"((?:19|20)\d\d)_population")
_AREAS = ("borough", "other")
MOST_RESIDENTS = 20_000_000


def read(raw: RawFile) -> Reading | None:
    """Return the residents by area and year, or None where the file is not such a table.

    Raises :class:`scrutiny.errors.FaultyFile` for one that is, and is broken.
    """
    header = folded(raw.header)
    if header[: len(_DENSITY)] == _DENSITY:
        return _by_row(raw)
    if header[: len(_WIDE)] == _WIDE and len(header) > len(_WIDE):
        return _by_column(raw, header)
    return None


def _by_row(raw: RawFile) -> Reading:
    ledger = Ledger(raw, SOURCE, needs_line_end=True)
    for number, (_, name, year, origin, residents, *_) in ledger:
        area = ledger.area(name, number, "Name", _AREAS)
        if not _YEAR.fullmatch(year):
            ledger.fault("not a year", number, "Year", year)
        elif area and ledger.is_new(number, "Year", area, year):
            _add(ledger, number, len(_DENSITY), area, year, residents, origin)
    return ledger.close("housing density by borough")


def _by_column(raw: RawFile, header: tuple[str, ...]) -> Reading:
    ledger = Ledger(raw, SOURCE, needs_line_end=True)
    years: dict[int, str] = {}
    for i, heading in enumerate(header[len(_WIDE) :], start=len(_WIDE)):
        found = _YEAR_HEADING.fullmatch(heading)
        if not found or found[1] in years.values():
            reason = "the year stands twice" if found else "not a heading like 2011_Population"
            ledger.fault(reason, 1, raw.header[i], raw.header[i], "correct the heading")
        else:
            years[i] = found[1]
    for number, row in ledger:
        area = ledger.area(row[1], number, raw.header[1], _AREAS)
        if area and ledger.is_new(number, raw.header[1], area):
            for i, year in years.items():
                _add(ledger, number, i + 1, area, year, row[i], "estimate")
    return ledger.close("population by borough, a column a year")


def _add(
    ledger: Ledger, row: int, column: int, area: str, year: str, text: str, origin: str
) -> None:
    heading = ledger.raw.header[column - 1]
    residents = ledger.number(text, row, heading, whole=True, at_most=MOST_RESIDENTS)
    if residents == 0:
        ledger.fault("an area without residents", row, heading, text)
    elif residents is not None:
        ledger.add(
            row,
            column,
            area=area,
            period=year,
            group=origin,
            category="population",
            value=residents,
            unit="residents",
        )
