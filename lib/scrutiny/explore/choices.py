"""What a reader may choose, and what an address asks for: nothing else is looked at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from scrutiny import places
from scrutiny.explore.asked import Asked, read, settle
from scrutiny.measures import Figures, catalogue
from scrutiny.periods import month, month_name
from scrutiny.report.explored import TREND, areas, ends, offered

COMPARISONS = {
    "12m": "12 months, against the 12 months before",
    "3m": "3 months, against the same months a year before",
    "month": "One month, against the same month a year before",
    "ytd": "Financial year to date, against the year before",
}
PICTURES = {
    TREND: "Month by month",
    "boroughs": "Boroughs, with intervals",
    "map": "Map of boroughs",
    "funnel": "Rates by residents",
}
NAMES = {
    "measure": "measure", "area": "area", "compare": "comparison", "to": "last month",
    "show": "picture",
}  # fmt: skip
LONDON = places.place(places.MPS).folder


@dataclass(frozen=True)
class Choice(Asked):
    """What is shown: keys as they stand in a permalink.

    ``measure`` is the catalogue's key, ``area`` a folder name, ``compare`` a kind of window,
    ``to`` its last month as ``2018-12``, ``show`` a picture.
    """

    measure: str
    area: str
    compare: str
    to: str
    show: str

    @property
    def place(self) -> str:
        """The area's full name."""
        return _named(self.area)


class Choices:
    """What the files at hand let one choose."""

    def __init__(self, figures: Figures) -> None:
        self._figures = figures
        self._months = lru_cache(maxsize=None)(self._find_months)
        self._areas = lru_cache(maxsize=None)(self._find_areas)
        self.measures: Mapping[str, str] = {key: catalogue()[key].name for key in offered(figures)}

    def areas(self, measure: str) -> dict[str, str]:
        """Return the areas that the measure is told for: folder name to printed name."""
        told = {places.place(name).folder: name for name in self._areas(measure)}
        return {LONDON: "London (the whole MPS)"} | told

    def months(self, measure: str, area: str, compare: str) -> dict[str, str]:
        """Return the months that a comparison can end with, the latest first: key to name."""
        found = self._months(measure, _named(area), compare)
        return {name: month_name(month(name)) for name in found}

    def _find_areas(self, measure: str) -> tuple[str, ...]:
        return tuple(areas(self._figures, measure))

    def _find_months(self, measure: str, area: str, compare: str) -> tuple[str, ...]:
        return tuple(ends(self._figures, measure, area, compare))

    def offered(self, name: str, choice: Choice) -> Mapping[str, str]:
        """Return what a control offers beside the values of those before it: key to its name."""
        if name == "area":
            return self.areas(choice.measure)
        if name == "to":
            return self.months(choice.measure, choice.area, choice.compare)
        if name == "show":
            by_borough = len(self._areas(choice.measure)) == len(places.boroughs())
            return PICTURES if by_borough else {TREND: PICTURES[TREND]}
        return {"measure": self.measures, "compare": COMPARISONS}[name]

    @cached_property
    def first(self) -> Choice:
        """What is shown where nothing was asked for."""
        measure = "mopac7" if "mopac7" in self.measures else next(iter(self.measures))
        latest = next(iter(self.months(measure, LONDON, "12m")))
        return Choice(measure, LONDON, "12m", latest, TREND)

    def read(self, query: str) -> tuple[Choice, tuple[str, ...]]:
        """Return what a query string asks for, and a message for all that was passed over."""
        return read(query, self.first, NAMES, self.settled)

    def settled(self, choice: Choice, name: str) -> tuple[Choice, str]:
        """Return the choice with one field at a value that can be had, and why it was changed."""
        usual = getattr(self.first, name)
        return settle(choice, name, self.offered(name, choice), usual, NAMES[name])


def _named(folder: str) -> str:
    return places.MPS if folder == LONDON else places.by_folder(folder).name
