"""What Londoners think of the police: the Public Attitude Survey of MOPAC, in three exports.

By borough with the figure of the whole Service on every row, for the Service alone (both with
proportions, mostly with a decimal comma), and for the Service in whole per cent. Each figure is of
the twelve months to the end of a quarter; its period is the last of them. No export says how many
people were asked.
"""

from __future__ import annotations

import datetime as dt
import re

from scrutiny import places
from scrutiny.sources.categories import fold
from scrutiny.sources.raw import RawFile
from scrutiny.sources.reading import Note, Reading
from scrutiny.sources.tall import TallTable, months_between

BOROUGHS, TOTAL, PERCEPTION = "public-attitudes-boroughs", "public-attitudes", "public-perception"
DATASETS = (BOROUGHS, TOTAL, PERCEPTION)
_TOTAL = ("date", "survey", "borough", "measure", "proportion")
_BOROUGHS = (*_TOTAL, "mps")
_PERCEPTION = ("date", "measure", "proportion")
_DAY = re.compile(r"(\d\d?)/(\d\d?)/((?:19|20)\d\d)", re.ASCII)
QUARTER = 3
_DATE = "restore the publisher's date"
_WHOLE = "ask the publisher for a whole file"


def read(raw: RawFile) -> Reading | None:
    """Return the shares of people who agree, or None where the file is no such table.

    Raises :class:`scrutiny.errors.FaultyFile` for one that is, and is broken.
    """
    if TallTable.fits(raw, _BOROUGHS) and "mps" in [name.casefold() for name in raw.header]:
        return _Proportions(raw, BOROUGHS, _BOROUGHS).read("by borough")
    if TallTable.fits(raw, _TOTAL):
        return _Proportions(raw, TOTAL, _TOTAL).read("Metropolitan Police Service")
    if TallTable.fits(raw, _PERCEPTION):
        return _per_cents(raw)
    return None


class _Survey(TallTable):
    """A table of a survey: its blank figures and its spellings are counted for the notes."""

    def __init__(self, raw: RawFile, source: str, names: tuple[str, ...]):
        super().__init__(raw, source, names)
        self.blanks: dict[str, list[int]] = {}
        self.spellings: dict[str, dict[str, int]] = {}
        self.asked: dict[tuple[str, str], list[tuple[str, int]]] = {}

    def share(self, text: str, row: int, name: str, decimal: str) -> float | None:
        """Return a share of 0 to 1; None for a blank, which is no figure, and for a fault."""
        if not text:
            self.blanks.setdefault(name, []).append(row)
            return None
        return self.number(text, row, self.heading(name), at_most=1, decimal=decimal)

    def finish(self, layout: str) -> Reading:
        """Return the reading with the notes of a survey."""
        for name, rows in self.blanks.items():
            reason = "blank figures, left out: nobody said what they are"
            self.notes.append(Note(reason, rows[0], self.heading(name), str(len(rows))))
        for texts in self.spellings.values():
            if len(texts) > 1:
                row = max(texts.values())
                reason = "a borough in more than one spelling"
                self.notes.append(Note(reason, row, self.heading("borough"), ", ".join(texts)))
        self.note_new_categories("measure")
        self._note_gaps()
        self._tell_boroughs_gone()
        return self.close(layout)

    def _note_gaps(self) -> None:
        held: dict[str, set[str]] = {}
        for cell in self.cells:
            held.setdefault(cell["category"], set()).add(cell["period"])
        quarters = months_between(set.union(*held.values()), QUARTER) if held else []
        for category, its_own in held.items():
            if gone := [quarter for quarter in quarters if quarter not in its_own]:
                run = " to ".join(dict.fromkeys((gone[0], gone[-1])))
                value = f"{category}: {len(gone)} of {len(quarters)}, {run}"
                self.notes.append(Note("quarters without a figure", value=value))

    def _tell_boroughs_gone(self) -> None:
        """Refuse a file whose last quarter alone lacks boroughs; elsewhere a lack is a note."""
        every = {area for asked in self.asked.values() for area, _ in asked}
        gone = {key: every - dict(asked).keys() for key, asked in self.asked.items()}
        gone = {key: areas for key, areas in gone.items() if areas and not self.problems}
        last = max((quarter for quarter, _ in self.asked), default="")
        is_cut = {quarter for quarter, _ in gone} == {last}
        for (quarter, category), areas in gone.items():
            row, named = self.asked[quarter, category][-1][1], ", ".join(sorted(areas)[:4])
            what = f"no row of {category} for {len(areas)} of {len(every)} boroughs"
            if is_cut:
                self.fault(f"the file is cut: {what}", row, self.heading("borough"), named, _WHOLE)
            else:
                reason = f"{what} in {quarter}"
                self.notes.append(Note(reason, row, self.heading("borough"), named))


class _Proportions(_Survey):
    def read(self, layout: str) -> Reading:
        decimal = self._decimal_sign()
        kinds = ("borough",) if self.source == BOROUGHS else ("force",)
        totals: dict[tuple[str, ...], tuple[float, int]] = {}
        for number, (date, survey, name, statement, share, *total) in self.records():
            filled = [
                self.filled(survey, number, "survey"),
                self.filled(statement, number, "measure"),
            ]
            area = self.area(name, number, self.heading("borough"), kinds)
            period = self._quarter_of(date, number)
            if not (area and period and all(filled)):
                continue
            self.spellings.setdefault(area, {}).setdefault(name, number)
            category = " ".join(statement.split())
            key = (period, fold(survey), fold(category))
            if not self.is_new(number, self.heading("measure"), area, *key):
                continue
            self.asked.setdefault((period, category), []).append((area, number))
            about = {"period": period, "group": survey, "category": category, "unit": "fraction"}
            value = self.share(share, number, "proportion", decimal)
            if value is not None:
                self.add(number, self.place("proportion"), area=area, value=value, **about)
            if total and (mps := self.share(*total, number, "mps", decimal)) is not None:
                first = totals.setdefault(key, (mps, number))
                self._add_total(first, (mps, number), *total, about)
        return self.finish(f"Public Attitude Survey, {layout}, proportions")

    def _add_total(
        self, first: tuple[float, int], this: tuple[float, int], text: str, about: dict
    ) -> None:
        """Write down the figure of the Service once; it must be the same on all rows after."""
        (value, row), (_, first_row) = this, first
        if row == first_row:
            self.add(row, self.place("mps"), area=places.MPS, value=value, **about)
        elif value != first[0]:
            reason = f"the figure of the whole Service is {first[0]:g} in row {first_row}"
            cure = "ask the publisher which row is right"
            self.fault(reason, row, self.heading("mps"), text, cure)

    def _quarter_of(self, text: str, row: int) -> str | None:
        found = _DAY.fullmatch(text)
        try:
            day = dt.date(*(int(part) for part in reversed(found.groups()))) if found else None
        except ValueError:
            day = None
        if day is None:
            self.fault("not a day like 31/12/2014", row, self.heading("date"), text, _DATE)
        elif day.month % QUARTER or (day + dt.timedelta(days=1)).day != 1:
            self.fault("not the last day of a quarter", row, self.heading("date"), text, _DATE)
        else:
            return f"{day:%Y-%m}"
        return None

    def _decimal_sign(self) -> str:
        """Return the sign of most figures; a comma where there are as many of both."""
        cells = [
            row[self.place(name) - 1]
            for row in self.raw.table[1:]
            if len(row) == len(self.raw.header)
            for name in ("proportion", "mps")[: 2 if self.source == BOROUGHS else 1]
        ]
        return "." if sum("." in c for c in cells) > sum("," in c for c in cells) else ","


def _per_cents(raw: RawFile) -> Reading:
    table = _Survey(raw, PERCEPTION, _PERCEPTION)
    for number, (date, statement, per_cent) in table.records():
        filled = table.filled(statement, number, "measure")
        month = table.month(date, number, "date")
        if month and int(month[5:]) % QUARTER:
            heading = table.heading("date")
            table.fault("not the last month of a quarter", number, heading, date, _DATE)
        elif month and filled:
            category = " ".join(statement.split())
            heading = table.heading("proportion")
            if not table.is_new(number, table.heading("measure"), month, fold(category)):
                continue
            if not per_cent:
                table.blanks.setdefault("proportion", []).append(number)
                continue
            value = table.number(per_cent, number, heading, whole=True, at_most=100)
            if value is not None:
                table.add(
                    number,
                    table.place("proportion"),
                    area=places.MPS,
                    period=month,
                    category=category,
                    value=value / 100,
                    unit="fraction",
                )
    return table.finish("public perception, whole per cent")
