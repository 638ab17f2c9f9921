"""Figures that a user declares: the project's own simple table, a row a figure.

``area,period,measure,value,base,status`` is its header; lines that begin with ``#`` may stand above
it and say whose figures they are. A measure is a key of the catalogue, or a new one.
"""

from __future__ import annotations

import io
import re
from dataclasses import replace
from decimal import Decimal
from functools import cache
from importlib import resources

import yaml

from scrutiny import observations, places
from scrutiny.errors import Problem, near
from scrutiny.sources.declared_periods import Span, span_of
from scrutiny.sources.ledger import Ledger, folded
from scrutiny.sources.raw import SEPARATORS, RawFile
from scrutiny.sources.reading import Note, Reading

SOURCE = "declared"
HEADER = ("area", "period", "measure", "value", "base", "status")
HEAD = ("publisher", "dataset", "licence")
STATUSES = ("", "ok", "provisional", "withheld")
NO_UNIT = "number"  # of a measure that the catalogue does not have
_UNITS = {"full-time equivalents": "fte", "people": "headcount"}
_ABOUT_A_MEASURE = re.compile(rb"m\0?e\0?a\0?s\0?u\0?r\0?e", re.IGNORECASE)  # UTF-16 as well
_MOST_ABOVE = 64 * 1024  # bytes of remarks above the header
_KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)
_PER_CENT = re.compile(r"(\d{1,3}(?:\.\d{1,9})?) ?%?", re.ASCII)
_PERIODS = "write 2012-08, 2012-q3, 2012, fy2011-12, or the Sunday that ends a week"


def read(raw: RawFile) -> Reading | None:
    """Return the figures, or None where the header has other names than the six.

    Raises :class:`scrutiny.errors.FaultyFile` for a table with them that is broken.
    """
    if not _ABOUT_A_MEASURE.search(raw.content[:_MOST_ABOVE]):
        return None  # so that no other large file is taken apart in lines
    head, table = _split(raw)
    if sorted(folded(table.header)) != sorted(HEADER):
        return None
    if table.header != list(HEADER):
        cure = f"write {','.join(HEADER)}"
        found = ",".join(table.header)
        reason = "the header is in another order, or in capitals"
        problem = Problem(reason, row=len(head) + 1, value=found, cure=cure)
        raise raw.fault(problem, source=SOURCE)
    figures = _Figures(table, head)
    about = figures.origin()
    for number, row in figures:
        if number > len(head) + 1:
            figures.add_row(number, row)
    return _of_the_whole_file(figures.finish(), raw, about)


class _Figures(Ledger):
    """The rows of a declared table, below the lines ``head``."""

    def __init__(self, table: RawFile, head: list[str]):
        super().__init__(table, SOURCE)
        self.head = head
        self.spans: list[Span] = []
        self._provisional: list[int] = []
        self._withheld = 0

    def origin(self) -> dict[str, str]:
        """Return what the lines above the header say of whose the figures are."""
        about: dict[str, str] = {}
        for number, line in enumerate(self.head, start=1):
            name, colon, text = line.lstrip("#").partition(":")
            name, text = name.strip().casefold(), text.strip()
            if name in HEAD and (not text or name in about):
                reason = "the line stands twice" if text else "the line says nothing"
                self.fault(reason, number, name, line, "give each line once, with its text")
            elif name in HEAD:
                about[name] = text
            elif colon and _KEY.fullmatch(name):
                reason = f"a remark alone: the lines that are read are {', '.join(HEAD)}"
                self.notes.append(Note(reason + near(name, HEAD), number, value=name))
        return about

    def add_row(self, number: int, row: list[str]) -> None:
        """Write down the figure of a row, or what is wrong with it."""
        area_text, period_text, measure, text, base, status = row
        before = len(self.problems)
        kind, area = self._area(area_text, number)
        span = span_of(period_text)
        if isinstance(span, str):
            self.fault(span, number, "period", period_text, _PERIODS)
        unit = self._unit(measure, number)
        if base and self.number(base, number, "base", whole=True) == 0:
            self.fault("a figure of nobody and nothing", number, "base", base, "leave it empty")
        if status not in STATUSES:
            cure = f"write {', '.join(filter(None, STATUSES))}, or leave it empty"
            self.fault("not a status", number, "status", status, cure)
        if len(self.problems) > before or not self.is_new(
            number, "measure", area, span.period, measure
        ):
            return
        if unit == "count" and span.is_quarter:
            reason = "the count of a quarter would stand as that of its last month"
            self.fault(reason, number, "period", period_text, "give the counts of its months")
        elif status == "withheld" or not text:
            self._without_value(number, text, status, f"{area}, {period_text}, {measure}")
        elif (value := self._value(text, number, unit)) is not None:
            about = {"area": area, "area_kind": kind, "period": span.period, "category": measure}
            self.add(number, HEADER.index("value") + 1, group=base, value=value, unit=unit, **about)
            self.spans.append(span)
            self._provisional += [number] if status == "provisional" else []

    def finish(self) -> Reading:
        """Return the reading of the rows; its vintage is the month in which the last period ends.

        Raises :class:`scrutiny.errors.FaultyFile` for any problem.
        """
        for measure, row in {c["category"]: c["row"] for c in reversed(self.cells)}.items():
            if measure not in units():
                reason = "a measure that the catalogue does not define" + near(measure, units())
                self.notes.append(Note(reason, row, "measure", measure))
        if self._provisional:
            many, first = str(len(self._provisional)), self._provisional[0]
            self.notes.append(Note("provisional figures", first, "status", many))
        if self._withheld and not self.cells and not self.problems:
            reason = "every figure is withheld"
            self.fault(reason, len(self.head) + 2, "value", "", "declare a figure, or no file")
        self.rows -= len(self.head)
        first = min((span.first for span in self.spans), default="")
        last = max((span.last for span in self.spans), default="")
        found = self.close("declared figures", vintage=last)
        return replace(found, first_month=first, last_month=last)

    def _area(self, text: str, row: int) -> tuple[str, str]:
        """Return kind and full name of an area; empty, with a problem, for none."""
        kind, colon, name = text.partition(":")
        kind, name = kind.strip(), " ".join(name.split())
        place = places.find(name if colon else text)
        bcus = {place.bcu for place in places.boroughs()}
        if not colon and place is not None:
            return place.kind, place.name
        if not colon:
            known = near(text, (place.name for place in places.all_places()))
            cure = f"correct the name{known}, or write group: before a name of your own"
            self.fault("not a place", row, "area", text, cure)
        elif kind not in ("group", "bcu") or not name:
            cure = "write bcu: Central East, or group: and a name"
            self.fault("not a kind of area with a name", row, "area", text, cure)
        elif kind == "bcu" and name not in bcus:
            cure = f"correct the name{near(name, bcus)}"
            self.fault("not a Basic Command Unit", row, "area", text, cure)
        elif kind == "group" and place is not None:
            self.fault("a place, not a group", row, "area", text, f"write {place.name}")
        else:
            return kind, name
        return "", ""

    def _unit(self, measure: str, row: int) -> str:
        if not _KEY.fullmatch(measure):
            cure = "write small letters, digits and hyphens, as victim-satisfaction"
            self.fault("not the key of a measure", row, "measure", measure, cure)
        return units().get(measure, NO_UNIT)

    def _without_value(self, row: int, text: str, status: str, what: str) -> None:
        if text:
            self.fault("a withheld figure is told", row, "value", text, "leave the value empty")
        elif status != "withheld":
            cure = "write the figure; where it may not be told, the status is withheld"
            self.fault("the cell is empty", row, "value", text, cure)
        else:
            self._withheld += 1
            self.notes.append(Note("a figure is withheld", row, "value", what))

    def _value(self, text: str, row: int, unit: str) -> float | None:
        share = unit == "fraction"
        counted = unit in ("count", "residents", "headcount")
        value = self.number(text, row, "value", whole=counted, at_most=1 if share else float("inf"))
        if value is None:
            found = _PER_CENT.fullmatch(text)
            cure = "write digits alone" + ("" if counted else ", with a decimal point")
            if found and not counted and (share or "%" in text):
                cure = f"write {(Decimal(found[1]) / 100).normalize():f}"
            self.problems[-1].cure = cure
        return value


@cache
def units() -> dict[str, str]:
    """Return the unit, as observations name it, of every measure of the catalogue."""
    # Read as data: the room of measures comes after this one in the pipe.
    text = resources.files("scrutiny").joinpath("measures/catalogue.yml").read_text("utf-8")
    given = {entry["key"]: entry["unit"] for entry in yaml.safe_load(text)}
    named = {key: _UNITS.get(unit, unit) for key, unit in given.items()}
    return {key: unit if unit in observations.UNITS else "count" for key, unit in named.items()}


def _split(raw: RawFile) -> tuple[list[str], RawFile]:
    """Return the lines above the header, and the table without them.

    Blank rows below the header take their place, so that every other row keeps its number.
    """
    lines = io.StringIO(raw.text or "", newline="").readlines()
    above = 0
    while above < len(lines) and (lines[above].startswith(("#", '"#')) or not lines[above].strip()):
        above += 1
    if above in (0, len(lines)):
        return [], raw
    header, rest = lines[above], "".join(lines[above + 1 :])
    end = "" if header.endswith(("\n", "\r")) else "\n"
    separator = RawFile(raw.name, header.encode()).separator
    blanks = (separator * (len(HEADER) - 1) + "\n") * above
    table = RawFile(raw.name, f"{header}{end}{blanks}{rest}".encode(), raw.limits)
    # A spreadsheet puts quotes around such a line and separators after it.
    return [line.strip().rstrip("".join(SEPARATORS)).strip('"') for line in lines[:above]], table


def _of_the_whole_file(found: Reading, raw: RawFile, about: dict[str, str]) -> Reading:
    """Return the reading of the table as one of the file that it came in."""
    made = found.observations.assign(sha256=raw.sha256)
    return replace(
        found,
        sha256=raw.sha256,
        publisher=about.get("publisher", found.publisher),
        dataset=about.get("dataset", found.dataset),
        licence=about.get("licence", found.licence),
        load=lambda names: made[list(names)],
    )
