"""What a reader may choose, and what an address asks for: nothing else is looked at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from urllib.parse import parse_qsl, urlencode

from scrutiny import places
from scrutiny.measures import Figures, catalogue
from scrutiny.periods import month, month_name
from scrutiny.report.explored import areas, ends, offered

COMPARISONS = {
    "12m": "12 months, against the 12 months before",
    "3m": "3 months, against the same months a year before",
    "month": "One month, against the same month a year before",
    "ytd": "Financial year to date, against the year before",
}
PICTURES = {
    "trend": "Month by month",
    "boroughs": "Boroughs, with intervals",
    "map": "Map of boroughs",
    "funnel": "Rates by residents",
}
NAMES = {
    "measure": "measure", "area": "area", "compare": "comparison", "to": "last month",
    "show": "picture",
}  # fmt: skip
LONDON = places.place(places.MPS).folder
LONGEST_QUERY = 500  # of an address, in characters
LONGEST_TOLD = 40  # of what a message repeats of it


@dataclass(frozen=True)
class Choice:
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

    @property
    def permalink(self) -> str:
        """The query string that shows the same again."""
        return "?" + urlencode({f.name: getattr(self, f.name) for f in fields(self)})


class Choices:
    """What the files at hand let one choose."""

    def __init__(self, figures: Figures) -> None:
        self._figures = figures
        self._months = lru_cache(maxsize=None)(self._find_months)
        self.measures: Mapping[str, str] = {key: catalogue()[key].name for key in offered(figures)}

    def areas(self, measure: str) -> dict[str, str]:
        """Return the areas that the measure is told for: folder name to printed name."""
        told = {places.place(name).folder: name for name in areas(self._figures, measure)}
        return {LONDON: "London (the whole MPS)"} | told

    def months(self, measure: str, area: str, compare: str) -> dict[str, str]:
        """Return the months that a comparison can end with, the latest first: key to name."""
        found = self._months(measure, _named(area), compare)
        return {name: month_name(month(name)) for name in found}

    def _find_months(self, measure: str, area: str, compare: str) -> tuple[str, ...]:
        return tuple(ends(self._figures, measure, area, compare))

    def offered(self, name: str, choice: Choice) -> Mapping[str, str]:
        """Return what a control offers beside the values of those before it: key to its name."""
        if name == "area":
            return self.areas(choice.measure)
        if name == "to":
            return self.months(choice.measure, choice.area, choice.compare)
        return {"measure": self.measures, "compare": COMPARISONS, "show": PICTURES}[name]

    @property
    def first(self) -> Choice:
        """What is shown where nothing was asked for."""
        measure = "mopac7" if "mopac7" in self.measures else next(iter(self.measures))
        latest = next(iter(self.months(measure, LONDON, "12m")))
        return Choice(measure, LONDON, "12m", latest, "trend")

    def read(self, query: str) -> tuple[Choice, tuple[str, ...]]:
        """Return what a query string asks for, and a message for all that was passed over.

        A message is plain text and may hold what a stranger wrote: escape it.
        """
        if len(query) > LONGEST_QUERY:
            return self.first, ("The address was too long, and was not followed.",)
        asked = dict(reversed(parse_qsl(query, errors="replace")))  # of two, the first
        messages = [f"{quoted(name)} is no choice here." for name in asked if name not in NAMES]
        choice = self.first
        for name in (f.name for f in fields(Choice)):
            choice, told = self.settled(replace(choice, **{name: asked.get(name, "")}), name)
            messages += [told] if told and name in asked else []
        return choice, tuple(messages)

    def settled(self, choice: Choice, name: str) -> tuple[Choice, str]:
        """Return the choice with one field at a value that can be had, and why it was changed."""
        offered, given = self.offered(name, choice), getattr(choice, name)
        if given in offered:
            return choice, ""
        usual = getattr(self.first, name)
        taken = usual if usual in offered else next(iter(offered))
        told = f"{NAMES[name].capitalize()} {quoted(given)} is not on file here"
        return replace(choice, **{name: taken}), f"{told}: {offered[taken]} is shown."


def _named(folder: str) -> str:
    return places.MPS if folder == LONDON else places.by_folder(folder).name


def quoted(given: str) -> str:
    """Return what an address says, shortened, in quotes: not yet safe as markup."""
    shown = given[:LONGEST_TOLD] + ("…" if len(given) > LONGEST_TOLD else "")
    return f"“{shown}”"
