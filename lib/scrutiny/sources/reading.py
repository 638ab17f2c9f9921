"""What a reader takes (a file's bytes) and what it gives back."""

from __future__ import annotations

import csv
import hashlib
import io
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import pandas as pd

from scrutiny import observations
from scrutiny.errors import FaultyFile, Problem

MOST_OF_A_HEADER = 100_000
SEPARATORS = (",", ";", "\t", "|")


@dataclass(frozen=True)
class RawFile:
    """A file's bytes, and the name by which pages and messages call it."""

    name: str
    content: bytes

    @classmethod
    def open(cls, path: Path, name: str) -> RawFile:
        """Read the file at ``path``."""
        return cls(name, path.read_bytes())

    @cached_property
    def sha256(self) -> str:
        """The hash of the contents: the file's identity, whatever its name."""
        return hashlib.sha256(self.content).hexdigest()

    @cached_property
    def text(self) -> str | None:
        """The contents as UTF-8 text without its byte-order mark; None where they are not text."""
        if b"\0" in self.content:
            return None
        try:
            return self.content.decode("utf-8-sig")
        except UnicodeDecodeError:
            return None

    @cached_property
    def separator(self) -> str:
        """What stands between the fields: of those that publishers use, the header's own."""
        first = (self.text or "").lstrip()[:MOST_OF_A_HEADER].splitlines()[:1]
        return max(SEPARATORS, key=first[0].count) if first else SEPARATORS[0]

    @cached_property
    def header(self) -> list[str]:
        """The first row of a table in text; empty if not text."""
        if self.text is None:
            return []
        start = io.StringIO(self.text[:MOST_OF_A_HEADER], newline="")
        return next(csv.reader(start, delimiter=self.separator), [])

    @property
    def table(self) -> list[list[str]]:
        """The rows of a table in text, trailing blank rows left off; empty if not text."""
        return self._parsed[0]

    @property
    def broken(self) -> Problem | None:
        """Where the quotes go wrong, so that no row from there on can be trusted; else None."""
        return self._parsed[1]

    @property
    def ends_within_a_row(self) -> bool:
        """Whether the last row has no line end: so does a file that was cut in its last figure."""
        return bool(self.text) and not self.text.endswith(("\n", "\r"))

    @cached_property
    def _parsed(self) -> tuple[list[list[str]], Problem | None]:
        rows: list[list[str]] = []
        broken = None
        lines = io.StringIO(self.text or "", newline="")
        # Strict: else 1"2 within quotes is 12, and a quote that nobody closed ends with the file.
        reader = csv.reader(lines, delimiter=self.separator, strict=True)
        try:
            for row in reader:
                rows.append(row)
        except csv.Error as error:
            broken = Problem(
                "a quote is not closed, or stands inside a field",
                row=len(rows) + 1,
                value=str(error),
                cure="restore the publisher's row",
            )
        while rows and not any(cell.strip() for cell in rows[-1]):
            rows.pop()
        return rows, broken

    def fault(self, *problems: Problem, source: str | None = None) -> FaultyFile:
        """Return the error that refuses this file; ``source`` is the data set that it is of."""
        return FaultyFile(self.name, problems, source)


@dataclass(frozen=True)
class Note:
    """Something accepted that a careful reader would want to know."""

    reason: str
    row: int | None = None
    column: str | None = None
    value: str = ""

    def as_dict(self) -> dict:
        """Return the note as ``check --json`` prints it."""
        return {
            "row": self.row,
            "column": self.column,
            "value": self.value,
            "reason": self.reason,
        }


@dataclass(frozen=True)
class Reading:
    """A file understood: what it is, and its observations.

    ``rows`` counts the rows of data that were read, ``areas`` the different areas on them. Where
    ``sparse`` is true, a month and category without a row means zero.
    """

    source: str
    layout: str
    vintage: str
    publisher: str
    dataset: str
    licence: str
    path: str
    sha256: str
    rows: int
    sparse: bool
    observations: pd.DataFrame = field(repr=False, compare=False)
    notes: tuple[Note, ...] = ()

    @property
    def first_month(self) -> str:
        """The first period that the file holds."""
        return str(self.observations["period"].min())

    @property
    def last_month(self) -> str:
        """The last period that the file holds."""
        return str(self.observations["period"].max())

    @property
    def areas(self) -> int:
        """How many different areas the file names."""
        return int(self.observations["area"].nunique())

    @property
    def edition(self) -> str:
        """Data set and vintage, as editions name them: ``borough-24-months/2018-12``."""
        return f"{self.source}/{self.vintage}"


def frame(raw: RawFile, source: str, layout: str, vintage: str, cells: list[dict]) -> pd.DataFrame:
    """Return checked observations from cells that hold all but the file's own columns."""
    if not cells:
        return observations.empty()
    made = pd.DataFrame(cells)
    made = made.assign(
        source=source, layout=layout, vintage=vintage, sha256=raw.sha256, path=raw.name
    )
    return observations.check(made.astype({"row": "int64", "column": "int64", "value": "float64"}))
