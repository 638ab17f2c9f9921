"""Declared groups of boroughs: a file of ``data/areas`` that an edition names."""

from __future__ import annotations

import csv
from pathlib import Path

from scrutiny import places
from scrutiny.errors import FaultyEdition, near


def read_areas(path: Path, target: str) -> dict[str, tuple[str, ...]]:
    """Return the boroughs of each group of a declared area file: ``group,borough``, a row each.

    Raises :class:`scrutiny.errors.FaultyEdition` for a file that is missing or names a borough
    twice, or none.
    """
    if not path.is_file():
        raise FaultyEdition(f"{target}/edition.yml: areas: no file {path.name} in data/areas")
    groups: dict[str, list[str]] = {}
    seen: dict[str, int] = {}
    known = [p.name for p in places.boroughs()]
    with path.open(encoding="utf-8-sig", newline="") as file:
        table = csv.DictReader(file)
        if table.fieldnames != ["group", "borough"]:
            raise FaultyEdition(f"{path.name}: row 1: the header is not group,borough; write it")
        for number, row in enumerate(table, start=2):
            place = places.find(row["borough"] or "")
            if place is None or place.kind != "borough":
                raise FaultyEdition(
                    f"{path.name}: row {number}: {row['borough']!r} is no borough"
                    f"{near(row['borough'] or '', known)}"
                )
            if place.name in seen:
                raise FaultyEdition(
                    f"{path.name}: row {number}: {place.name} stands in row {seen[place.name]} "
                    "too; a borough is in one group"
                )
            seen[place.name] = number
            groups.setdefault((row["group"] or "").strip(), []).append(place.name)
    return {group: tuple(own) for group, own in groups.items()}
