"""A grid of counts: a row an area and a category, a column a month."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from scrutiny import places

# The form of the statistical code of each kind of small area.
CODES = {"ward": r"E05\d{6}", "lsoa": r"E01\d{6}"}


@dataclass(frozen=True)
class Grid:
    """A file of areas, categories and months, column by column.

    ``roles`` says which column holds ``area``, ``group``, ``category`` and, for small areas,
    ``code`` and ``name``; ``numbers`` are the rows of the file, of those that have all fields.
    """

    header: list[str]
    months: dict[int, str]
    roles: dict[str, int]
    columns: list[list[str]]
    numbers: list[int]

    def values(self, role: str) -> list[str]:
        """Return a column by its role."""
        return self.columns[self.roles[role]]

    def heading(self, role: str) -> str:
        """Return what stands over a column."""
        return self.header[self.roles[role]] or f"column {self.roles[role] + 1}"


@cache
def area_of(text: str) -> str | None:
    """Return the full name of an area of the Metropolitan Police, None for anything else."""
    place = places.find(text)
    policed = place is not None and (
        place.kind == "borough" or place.name in (places.AIRPORTS, places.UNKNOWN)
    )
    return place.name if policed else None


@cache
def squeeze(text: str) -> str:
    """Return a text without outer and repeated blanks."""
    return " ".join(text.split())
