"""The areas of London's policing: names, codes, spellings and folder names.

``MPS`` is the Metropolitan Police Service's whole area as a file gives it: 32 boroughs, the
airports where the file has them, and offences whose borough is unknown. The City of London has a
police force of its own and is never part of it.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib import resources

MPS = "MPS"
AIRPORTS = "London Heathrow and London City Airports"
UNKNOWN = "Unknown"

_OTHER_SPELLINGS = {
    "aviation security so18": AIRPORTS,
    "heathrow airport": AIRPORTS,
    "heathrow": AIRPORTS,
    "mps total": MPS,
    "greater london": "London",
}


@dataclass(frozen=True)
class Place:
    """One area: ``kind`` is ``force``, ``borough`` or ``other``; ``bcu`` is empty but for boroughs.

    ``bcu`` is the Basic Command Unit since 2018 (12 groups of boroughs). ``short_name`` is for
    labels in charts; ``tile`` is a borough's row and column in the tile map, from the north-west.
    """

    name: str
    code: str
    kind: str
    bcu: str
    short_name: str = ""
    tile: tuple[int, int] | None = None

    @property
    def folder(self) -> str:
        """The name in addresses, folders and result ids: ``barking-and-dagenham``, ``mps``."""
        return slug(self.name)


def slug(name: str) -> str:
    """Return a name as it stands in addresses and result ids."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


@cache
def all_places() -> tuple[Place, ...]:
    """Return every known area; boroughs come in alphabetical order."""
    with resources.files("scrutiny").joinpath("places.csv").open(encoding="utf-8") as file:
        return tuple(
            Place(
                row["name"], row["code"], row["kind"], row["bcu"],
                row["short_name"] or row["name"],
                (int(row["tile_row"]), int(row["tile_column"])) if row["tile_row"] else None,
            )
            for row in csv.DictReader(file)
        )  # fmt: skip


@cache
def boroughs() -> tuple[Place, ...]:
    """Return the 32 boroughs that the Metropolitan Police Service polices."""
    return tuple(place for place in all_places() if place.kind == "borough")


def neighbours(name: str) -> tuple[str, ...]:
    """Return the other boroughs of the same Basic Command Unit; none for what is no borough."""
    bcu = place(name).bcu
    return tuple(p.name for p in boroughs() if bcu and p.bcu == bcu and p.name != name)


@cache
def _by_spelling() -> dict[str, Place]:
    known = {_fold(place.name): place for place in all_places()}
    known.update({_fold(place.code): place for place in all_places() if place.code})
    known.update({spelling: place(name) for spelling, name in _OTHER_SPELLINGS.items()})
    return known


@cache
def find(name: str) -> Place | None:
    """Return the area that a publisher's spelling or statistical code means, or None.

    ``&`` and ``and``, capitals, repeated spaces, and a leading ``City of`` or ``London Borough
    of`` make no difference; ``City of London`` is itself.
    """
    known = _by_spelling()
    folded = _fold(name)
    shorter = re.sub(r"^(city|(london|royal) borough) of ", "", folded)
    return known.get(folded) or (known.get(shorter) if shorter != "london" else None)


def by_folder(folder: str) -> Place | None:
    """Return the borough of that folder name, or None."""
    return next((place for place in boroughs() if place.folder == folder), None)


def place(name: str) -> Place:
    """Return the area of that exact full name; raises ``KeyError``."""
    return _by_name()[name]


@cache
def _by_name() -> dict[str, Place]:
    return {place.name: place for place in all_places()}


def _fold(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", " ", name.lower().replace("&", " and ")).strip()
