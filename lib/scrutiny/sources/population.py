"""Mid-year population by borough: the Greater London Authority's land area and density table.

A row is an area and a year; estimates of the Office for National Statistics at first, projections
of the Greater London Authority after.
"""

from __future__ import annotations

import re

from scrutiny import places
from scrutiny.errors import Problem
from scrutiny.sources.reading import RawFile, Reading, frame

SOURCE = "population"
PUBLISHER = "Greater London Authority, from the Office for National Statistics and its own models"
DATASET = "Land area and population density, borough"
LICENCE = "OGL-UK-3.0"
LAYOUT = "housing density by borough"
_RESIDENTS = re.compile(r"[1-9]\d{0,7}", re.ASCII)
_HEADINGS = ("code", "name", "year", "source", "population")


def read(raw: RawFile) -> Reading | None:
    """Return the residents by area and year, or None where the file is not such a table.

    Raises :class:`scrutiny.errors.FaultyFile` for one that is, and is broken.
    """
    header = [" ".join(cell.split()).casefold() for cell in raw.header]
    if tuple(header[: len(_HEADINGS)]) != _HEADINGS:
        return None
    cells: list[dict] = []
    problems = [raw.broken] if raw.broken else []
    seen: dict[tuple[str, str], int] = {}
    for number, row in enumerate(raw.table[1:], start=2):
        if len(row) != len(header):
            problems.append(
                Problem(f"the row has {len(row)} fields and the header {len(header)}", row=number)
            )
            continue
        _, name, year, origin, residents = (cell.strip() for cell in row[: len(_HEADINGS)])
        area = places.find(name)
        if area is None:
            problems.append(Problem("not an area of London", row=number, column="Name", value=name))
        elif not re.fullmatch(r"(19|20)\d\d", year):
            problems.append(Problem("not a year", row=number, column="Year", value=year))
        elif not _RESIDENTS.fullmatch(residents):
            problems.append(
                Problem(
                    "not a number of residents", row=number, column="Population", value=residents
                )
            )
        elif (area.name, year) in seen:
            problems.append(
                Problem(
                    f"area and year stand already in row {seen[area.name, year]}",
                    row=number,
                    value=f"{name}, {year}",
                )
            )
        else:
            seen[area.name, year] = number
            cells.append(
                {
                    "sheet": "",
                    "row": number,
                    "column": len(_HEADINGS),
                    "area": area.name,
                    "period": year,
                    "group": origin,
                    "category": "population",
                    "value": int(residents),
                    "unit": "residents",
                }
            )
    if problems:
        raise raw.fault(*problems, source=SOURCE)
    if not cells:
        return None
    last = max(cell["period"] for cell in cells)
    return Reading(
        source=SOURCE,
        layout=LAYOUT,
        vintage=last,
        publisher=PUBLISHER,
        dataset=DATASET,
        licence=LICENCE,
        path=raw.name,
        sha256=raw.sha256,
        rows=len(raw.table) - 1,
        sparse=False,
        observations=frame(raw, SOURCE, LAYOUT, last, cells),
    )
