"""Street-level crime and outcomes: how many records, by borough and by type.

The borough is that of the LSOA in which the record's map point lies. LSOAs themselves are not
counted: there are nearly as many LSOAs and types as records, and the points are too rough.
"""

from __future__ import annotations

import re
from functools import cache

import numpy as np
import pandas as pd

from scrutiny import periods, places
from scrutiny.sources import categories
from scrutiny.sources.police_uk.records import Records
from scrutiny.sources.police_uk.table import ID, Layout
from scrutiny.sources.reading import Note, Reading, reading

MPS = "Metropolitan Police Service"
CITY = "City of London"
_SHARED = (
    ID, "Month", "Reported by", "Falls within", "Longitude", "Latitude", "Location",
    "LSOA code", "LSOA name",
)  # fmt: skip
STREET = Layout(
    "police-uk-street",
    "Month",
    "Crime type",
    (*_SHARED, "Crime type", "Last outcome category", "Context"),
)
OUTCOMES = Layout("police-uk-outcomes", "Month", "Outcome type", (*_SHARED, "Outcome type"))
_NAMES = {STREET: "street-level crime", OUTCOMES: "outcomes"}
# The smallest borough has about two in five of an average borough's records: where the average
# is this, a borough without any shows that the file is cut.
LEAST_OF_A_BOROUGH = 50
_FORCE = re.compile(r"(?:.+ )?(?:Police|Constabulary)(?: .+)?")
_LSOA_CODE = re.compile(r"(?:[EW]01\d{6})?", re.ASCII)
_LSOA_NAME = re.compile(r"(.+) \d{3}[A-Z]", re.ASCII)


def count(records: Records) -> Reading:
    """Return the counts of a file; raises :class:`scrutiny.errors.FaultyFile` if it is broken."""
    layout = records.layout
    month = _the_only(records, "Month", periods.MONTH, "month like 2018-12")
    force = _the_only(records, "Falls within", _FORCE, "name of a force")
    _the_only(records, "Reported by", _FORCE, "name of a force")
    records.refuse_other_coordinates()
    records.refuse("LSOA code", _is_no_code, "not the code of an LSOA")
    records.refuse("LSOA name", lambda text: not _area(text), "not the name of an LSOA")
    new = _refuse_types(records)
    records.refuse_if_faulty()
    cells = _cells(records, month, force)
    partial = _cut(set(cells["area"]), len(records)) if force == MPS else ""
    _note(records, new)
    if partial:
        records.notes.append(Note(partial))
    return reading(
        records.raw,
        layout.source,
        f"{_NAMES[layout]}, {force}",
        cells,
        rows=len(records),
        sparse=True,
        notes=records.notes,
        partial=partial,
    )


def _the_only(records: Records, heading: str, form: re.Pattern, what: str) -> str:
    """Return what stands in every record; a problem is written down for each other text."""
    right = {text for text in records.texts(heading) if form.fullmatch(text)}
    usual = records.usual(heading, right)
    records.refuse(heading, lambda text: text not in right, f"not a {what}")
    others = right - {usual}
    cure = "split the file: one month of one force each"
    records.refuse(heading, others.__contains__, f"the other records have {usual}", cure)
    return usual


def _refuse_types(records: Records) -> set[str]:
    """Write down records without a type, and those whose fields have moved.

    Returns the types that no earlier file holds.
    """
    layout = records.layout
    other = {STREET: OUTCOMES, OUTCOMES: STREET}[layout]
    types = {text for text in records.texts(layout.counted) if text}
    new = {text for text in types if not categories.is_named(layout.source, MPS, text)}
    empty = f"the {layout.counted.lower()} is empty"
    records.refuse(layout.counted, lambda text: not text, empty)
    moved = {text for text in new if _area(text) or _is_type(other, text)}
    reason = "it belongs in another column"
    records.refuse(layout.counted, moved.__contains__, reason)
    if new and layout is STREET:
        heading = "Last outcome category"
        records.refuse(heading, lambda text: text and _is_type(STREET, text), reason)
    return new


def _is_type(layout: Layout, text: str) -> bool:
    return categories.is_named(layout.source, MPS, text)


def _cells(records: Records, month: str, force: str) -> pd.DataFrame:
    """Return a row a borough and type that has a record."""
    counted = records.layout.counted
    types = records.texts(counted)
    area_of_name = [_area(name) for name in records.texts("LSOA name")]
    areas = {area: i for i, area in enumerate(dict.fromkeys(area_of_name))}
    area_of = np.array([areas[area] for area in area_of_name])[records.codes("LSOA name")]
    keys = area_of * len(types) + records.codes(counted)
    held, counts, rows = records.counted(keys, len(areas) * len(types))
    known = list(areas)
    return pd.DataFrame(
        {
            "row": rows,
            "column": records.column(counted),
            "sheet": f"records by borough and {counted}",
            "area": [known[i] for i in held // len(types)],
            "period": month,
            "group": force,
            "category": [types[i] for i in held % len(types)],
            "value": counts.astype("float64"),
            "unit": "count",
        }
    )


def _note(records: Records, new: set[str]) -> None:
    records.note_missing_coordinates()
    nowhere = [records.places(heading, ("",)) for heading in ("LSOA code", "LSOA name")]
    reason = "no LSOA, so the borough is unknown"
    records.note(np.union1d(*nowhere), reason, "LSOA name")
    outside = {name for name in records.texts("LSOA name") if _area(name) == places.UNKNOWN}
    reason = "the LSOA is outside London: counted as of an unknown borough"
    records.note(records.places("LSOA name", outside - {""}), reason, "LSOA name")
    reason = "a type that no earlier file holds; it counts towards no measure"
    records.note_texts(records.layout.counted, sorted(new), reason)
    same_id, same = records.repeats()
    records.note(same_id, f"a {ID} of an earlier record; kept, as published", ID)
    records.note(same, "every field is that of an earlier record; kept, as published")


def _cut(areas: set[str], count: int) -> str:
    """Return why a file of the Metropolitan Police is not a whole month; empty if it may be."""
    boroughs = places.boroughs()
    gone = [borough.name for borough in boroughs if borough.name not in areas]
    if not gone or count < LEAST_OF_A_BOROUGH * len(boroughs):
        return ""
    named = ", ".join(gone[:3]) + (" ..." if len(gone) > 3 else "")
    return f"the file is cut: {len(gone)} of the {len(boroughs)} boroughs have no record ({named})"


@cache  # five thousand LSOAs, the same in every file
def _is_no_code(text: str) -> bool:
    return not _LSOA_CODE.fullmatch(text)


@cache
def _area(lsoa: str) -> str:
    """Return the borough of an LSOA by its name, or the City; ``Unknown`` for any other place.

    Without a name it is unknown; an empty text comes back for what is no name of an LSOA.
    """
    if not lsoa:
        return places.UNKNOWN
    found = _LSOA_NAME.fullmatch(lsoa)
    if not found:
        return ""
    place = places.find(found[1])
    known = place is not None and (place.kind == "borough" or place.name == CITY)
    return place.name if known else places.UNKNOWN
