"""The columns of a sheet of the Datastore workbook: what each holds, and of which area."""

from __future__ import annotations

from dataclasses import dataclass

from scrutiny import places
from scrutiny.errors import Problem
from scrutiny.sources.categories import fold, unmarked, workbook_table
from scrutiny.sources.reading import Note
from scrutiny.sources.workbook_headings import EVERY_AREA, Headings, known

AREAS = frozenset({place.name for place in places.boroughs()} | {places.AIRPORTS, places.MPS})
BOROUGH_TOTAL = "borough total"  # the boroughs stand left of it, the business groups right
# What the title of a sheet of strength says whose strength it is: the headings are those of all.
ROLES = {
    "officer": ("officer",),
    "sergeant": ("sergeant",),
    "special": ("special",),
    "pcso": ("pcso", "community support"),
    "staff": ("staff",),
}


@dataclass(frozen=True)
class Column:
    """What a column holds: ``measure`` is empty where its cells are of none."""

    title: str
    area: str
    category: str
    measure: str
    unit: str

    @property
    def is_of_the_force(self) -> bool:
        """Whether it is the whole force's, neither an area's nor a business group's."""
        return self.area == places.MPS and fold(self.title) in ("mps", "mps total")


class Columns(dict[int, Column]):
    """The columns of a sheet by position (from 0), with what is wrong or worth a note in them."""

    def __init__(self, sheet: str, headings: Headings, title: str):
        super().__init__()
        self.sheet = sheet
        self.problems: list[Problem] = []
        self.notes: list[Note] = []
        self._row = headings.row
        seen: set[str] = set()
        for i, heading in headings.titles.items():
            if unmarked(heading) in seen:
                self._problem("the heading stands twice", i, heading)
                continue
            right_of_boroughs = BOROUGH_TOTAL in seen
            seen.add(unmarked(heading))
            if of := known(sheet, heading):
                self[i] = Column(heading, places.MPS, of.category, of.measure, of.unit)
            elif self.every_area:
                self._add_area(i, heading, right_of_boroughs)
            else:
                self._note("a column that no earlier workbook has", heading)
        mine = {heading for its_sheet, heading in workbook_table() if its_sheet == fold(sheet)}
        missing = mine - {EVERY_AREA} - seen
        for heading in sorted(missing):
            self._note("the sheet has no such column", heading)
        if self.every_area:
            self._check_areas(title, missing)
        else:
            self._check_sheet(seen)

    @property
    def every_area(self) -> Column | None:
        """What the column of any area holds; None where the columns are no areas."""
        of = workbook_table().get((fold(self.sheet), EVERY_AREA))
        return Column("", "", of.category, of.measure, of.unit) if of else None

    def _add_area(self, i: int, heading: str, right_of_boroughs: bool) -> None:
        of, place = self.every_area, places.find(heading)
        if place is not None and place.name in AREAS:
            taken = {column.area for column in self.values()} - {places.MPS}
            if place.name in taken:
                self._problem("the heading stands twice", i, heading)
            else:
                self[i] = Column(heading, place.name, of.category, of.measure, of.unit)
        elif right_of_boroughs:  # a business group of a later organisation
            self[i] = Column(heading, places.MPS, f"{of.category}: {heading}", "", of.unit)
            self._note("a column that no earlier workbook has", heading)
        else:
            self._problem("not a borough of the Metropolitan Police", i, heading)

    def _check_areas(self, title: str, missing: set[str]) -> None:
        force = [i for i, column in self.items() if column.is_of_the_force]
        for i in force[1:]:
            self._problem("a second column of the whole force", i, self[i].title)
        if self and not force and self.every_area.unit != "count":
            # Boroughs alone add up to no force's strength, and fractions to nothing at all.
            self._problem("no column of the whole force", 0, "MPS Total")
        if self and BOROUGH_TOTAL in missing:  # an area's column alone may be another sheet's
            self._problem("no column of all boroughs", 0, "Borough Total")
        named = [role for role, words in ROLES.items() if any(w in fold(title) for w in words)]
        own = fold(self.sheet).split()[0]
        if own in ROLES and named and own not in named:
            self._problem("the title is another sheet's", 0, title, row=1)

    def _check_sheet(self, seen: set[str]) -> None:
        """Write down headings that are another sheet's: Total alone would pass for this one's."""
        fits: dict[str, int] = {fold(self.sheet): 0}
        for sheet, heading in workbook_table():
            if (sheet, EVERY_AREA) not in workbook_table():
                fits[sheet] = fits.get(sheet, 0) + (heading in seen)
        best = max(fits, key=fits.__getitem__)
        if fits[best] > fits[fold(self.sheet)]:
            self._problem("the headings are another sheet's", 0, best)
        elif not self:
            self._problem("none of the sheet's headings is here", 0, "")

    def _note(self, reason: str, heading: str) -> None:
        self.notes.append(Note(reason, self._row, self.sheet, heading))

    def _problem(self, reason: str, i: int, value: str, row: int = 0) -> None:
        self.problems.append(problem(self.sheet, reason, row or self._row, i, value))


def problem(sheet: str, reason: str, row: int, i: int, value: str) -> Problem:
    """Return a problem of a sheet's cell in that row (from 1) and column (from 0)."""
    return Problem(
        f"{reason}, sheet {sheet}",
        row=row,
        column=str(i + 1),
        value=value,
        cure="restore the publisher's sheet",
    )
