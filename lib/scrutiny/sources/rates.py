"""Recorded crime per 1,000 residents by borough and financial year, and the residents themselves.

A row a year and type of crime, a column a borough, Inner and Outer London after them. The rows
``Mid-year estimates`` are the residents by whom the file divides. The types add up to all recorded
offences: where they do not, for an area and year, a rate is wrong and nobody can tell which, and
all rates of that area and year are left out with a note.
"""

from __future__ import annotations

import re

from scrutiny import places
from scrutiny.errors import Problem
from scrutiny.sources import categories
from scrutiny.sources.ledger import Ledger, folded
from scrutiny.sources.raw import RawFile
from scrutiny.sources.reading import Note, Reading

SOURCE = "borough-rates"
ALL = "all recorded offences"
TYPES = (
    "violence against the person", "sexual offences", "robbery", "burglary", "theft and handling",
    "fraud or forgery", "criminal damage", "drugs", "other notifiable offences",
)  # fmt: skip
RESIDENTS = "mid-year estimates"
MOST_RESIDENTS = 20_000_000
HIGHEST_RATE = 10_000
ENOUGH_AREAS = 20  # headings that are places; with fewer it is another kind of table
AS_MUCH = 0.001  # by which the types may miss the total: ten rates are rounded
CUT = 0.5  # of the year before; a lost digit leaves a tenth
_YEAR = re.compile(r"((?:19|20)\d\d)-(\d\d)", re.ASCII)
_TWICE = {"borough": "the borough stands twice", "other": "the area stands twice"}
_WHOLE = "ask the publisher for a whole file"

_Rates = dict[tuple[str, str, str], float]  # by year, type and area


def read(raw: RawFile) -> Reading | None:
    """Return the rates and residents, or None where the file is no such table.

    Raises :class:`scrutiny.errors.FaultyFile` for one that is, and is broken.
    """
    header = folded(raw.header)
    if header[:1] != ("year",) or sum(map(bool, map(places.find, header))) < ENOUGH_AREAS:
        return None
    ledger = Ledger(raw, SOURCE)
    areas = _areas(ledger, header)
    rates: _Rates = {}
    for number, row in ledger:
        year, kind = _year(ledger, row[0], number), " ".join(row[1].split())
        if not kind:
            ledger.fault("the cell is empty", number, raw.header[1], "")
        elif year and ledger.is_new(number, raw.header[1], year, categories.fold(kind)):
            _add_row(ledger, number, row, (year, kind), areas, rates)
    _note_new(ledger)
    _refuse_rows_gone(ledger, rates)
    _refuse_a_cut_figure(ledger, areas, rates)
    _leave_out_what_does_not_add_up(ledger, rates)
    last = max((year for year, _, _ in rates), default="fy0000-00")
    return ledger.close("rates by borough and financial year", vintage=f"{int(last[2:6]) + 1}-03")


def _areas(ledger: Ledger, header: tuple[str, ...]) -> dict[int, str]:
    """Return the area of each column that has one; raises ``FaultyFile`` for a faulty header."""
    raw, cure = ledger.raw, "restore the publisher's header"
    if header[1] != "crimetype":
        ledger.problems.append(
            Problem("the column is missing", row=1, column="CrimeType", cure=cure)
        )
    areas: dict[int, str] = {}
    for i, heading in enumerate(raw.header):
        place = places.find(heading)
        if i < 2 or not heading:
            continue
        if place is None or place.kind not in _TWICE:
            ledger.fault("not an area of this table", 1, heading, heading, cure)
        elif place.name in areas.values():
            ledger.fault(_TWICE[place.kind], 1, heading, heading, cure)
        else:
            areas[i] = place.name
    if ledger.problems:
        raise raw.fault(*ledger.problems, source=SOURCE)
    return areas


def _year(ledger: Ledger, text: str, row: int) -> str | None:
    """Return ``fy1999-00`` for ``1999-00``; None, with a problem, for anything else."""
    found = _YEAR.fullmatch(text)
    if found and (int(found[1]) + 1) % 100 == int(found[2]):
        return f"fy{text}"
    cure = "restore the publisher's year"
    ledger.fault("not a financial year like 1999-00", row, ledger.raw.header[0], text, cure)
    return None


def _add_row(
    ledger: Ledger,
    number: int,
    row: list[str],
    key: tuple[str, str],
    areas: dict[int, str],
    rates: _Rates,
) -> None:
    year, kind = key
    residents = categories.fold(kind) == RESIDENTS
    most = MOST_RESIDENTS if residents else HIGHEST_RATE
    for i, text in enumerate(row):
        heading = ledger.raw.header[i] or f"column {i + 1}"
        if i in areas:
            value = ledger.number(text, number, heading, whole=residents, at_most=most)
            if residents and value == 0:
                ledger.fault("an area without residents", number, heading, text)
            elif value is not None:
                rates[year, categories.fold(kind), areas[i]] = value
                unit = "residents" if residents else "per_1000"
                about = {"period": year, "category": kind, "value": value, "unit": unit}
                ledger.add(number, i + 1, area=areas[i], **about)
        elif i > 1 and text:
            ledger.fault("a column without a heading is not empty", number, heading, text)


def _note_new(ledger: Ledger) -> None:
    for kind, row in {cell["category"]: cell["row"] for cell in reversed(ledger.cells)}.items():
        if not categories.is_named(SOURCE, "", kind):
            reason = "a category that no earlier file holds"
            ledger.notes.append(Note(reason, row, ledger.raw.header[1], kind))


def _refuse_rows_gone(ledger: Ledger, rates: _Rates) -> None:
    """Write a problem for each type of crime that lacks a year which others have."""
    if ledger.problems:
        return
    rows = {(year, kind) for year, kind, _ in rates}
    years, kinds = sorted({year for year, _ in rows}), dict.fromkeys(k for _, k, _ in rates)
    for kind in kinds:
        if gone := [year[2:] for year in years if (year, kind) not in rows]:
            reason = f"the file is cut: no row of {kind} for years that it has of others"
            heading, value = ledger.raw.header[0], ", ".join(gone)
            ledger.fault(reason, len(ledger.raw.table), heading, value, _WHOLE)


def _refuse_a_cut_figure(ledger: Ledger, areas: dict[int, str], rates: _Rates) -> None:
    """Write a problem where no line end follows the last figure and digits of it are gone."""
    if not (ledger.raw.ends_within_a_row and ledger.cells and not ledger.problems):
        return
    last = ledger.cells[-1]
    first_year = int(last["period"][2:6])
    before = f"fy{first_year - 1}-{first_year % 100:02d}"
    figure = rates.get((before, categories.fold(last["category"]), last["area"]), 0.0)
    if last["value"] < CUT * figure:
        ledger.fault(
            "the file is cut: no line end follows the last figure, and a year before it was "
            f"{figure:g}",
            last["row"],
            ledger.raw.header[last["column"] - 1],
            ledger.raw.table[-1][last["column"] - 1],
            f"{_WHOLE}; where the figure is right, end the row with a line end",
        )


def _leave_out_what_does_not_add_up(ledger: Ledger, rates: _Rates) -> None:
    wrong: dict[str, list[str]] = {}
    for (year, kind, area), total in rates.items():
        types = [rates.get((year, name, area)) for name in TYPES]
        if kind == ALL and None not in types and abs(sum(types) - total) > AS_MUCH:
            wrong.setdefault(year, []).append(area)
    for year, its_areas in wrong.items():
        reason = f"areas of which the types do not add up to all recorded offences in {year[2:]}"
        ledger.notes.append(Note(f"{reason}: their rates are left out", value=", ".join(its_areas)))
    ledger.cells = [
        cell
        for cell in ledger.cells
        if cell["unit"] == "residents" or cell["area"] not in wrong.get(cell["period"], ())
    ]
