"""The table of publishers' addresses, ``data/addresses.csv``: a row a file, checked row by row."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from scrutiny.errors import RequestError, WrongOption, near
from scrutiny.fetch import names
from scrutiny.project import Project

FILE = "addresses.csv"
COLUMNS = ("source", "address", "file", "keep")


class FaultyAddresses(RequestError):
    """No table of addresses, or one with a row that breaks its rules."""


@dataclass(frozen=True)
class Row:
    """A file of a source: where it is published, and what to keep of it under which name.

    ``listing`` is the page that led to ``address``, where the table gives a page that lists the
    publisher's files.
    """

    source: str
    address: str
    file: str = ""
    keep: str = ""
    listing: str = ""

    @property
    def name(self) -> str:
        """The name to save the file as."""
        return self.file or names.of_address(self.address)


def path_of(project: Project) -> Path:
    """Return where the table is."""
    return project.root / "data" / FILE


def of(project: Project) -> tuple[Row, ...]:
    """Return every row of the table; raises :class:`FaultyAddresses` that names row and column."""
    path = path_of(project)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            table = list(csv.reader(file, strict=True))
    except FileNotFoundError:
        raise FaultyAddresses(
            f"no data/{FILE}; make it with the columns {', '.join(COLUMNS)}"
        ) from None
    except (UnicodeDecodeError, csv.Error) as error:
        raise FaultyAddresses(f"{FILE}: not a CSV file in UTF-8: {error}") from error
    header = [cell.strip() for cell in table[0]] if table else []
    if header != list(COLUMNS):
        missing = [column for column in COLUMNS if column not in header]
        raise FaultyAddresses(
            f"{FILE}: row 1: "
            + (f"the column {missing[0]} is missing" if missing else "there are other columns")
            + f"; the columns are {', '.join(COLUMNS)}"
        )
    return tuple(_rows(table[1:]))


def wanted(rows: Sequence[Row], asked: Sequence[str]) -> tuple[Row, ...]:
    """Return the rows of the sources asked for, in the table's order; without names, all.

    Raises :class:`scrutiny.errors.WrongOption` for a name that is no source or has no address.
    """
    known, published = _sources(), {row.source for row in rows}
    for name in asked:
        if name not in known:
            raise WrongOption(f"{name!r} is not a source{near(name, known)}")
        if name not in published:
            raise WrongOption(
                f"no address for {name}: add a row to data/{FILE}, "
                "or put the file into data/inbox yourself"
            )
    if not rows:
        raise WrongOption(f"data/{FILE} has no rows; add one for each source to fetch")
    return tuple(row for row in rows if not asked or row.source in asked)


def _rows(table: list[list[str]]) -> Iterator[Row]:
    known, seen = _sources(), {}
    for number, cells in enumerate(table, start=2):
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(COLUMNS):
            raise FaultyAddresses(
                f"{FILE}: row {number}: {len(cells)} cells, not {len(COLUMNS)}; "
                "put an address that holds a comma in double quotes"
            )
        row = Row(*(cell.strip() for cell in cells))
        for column, fault in _faults(row, known):
            raise FaultyAddresses(f"{FILE}: row {number}, column {column}: {fault}")
        key = (row.source, row.address, row.keep) if row.keep else (row.source, row.name)
        if key in seen:
            raise FaultyAddresses(
                f"{FILE}: row {number}, column source: the same file stands already in row "
                f"{seen[key]} ({row.source}); remove one, or give it a name of its own in file"
            )
        seen[key] = number
        yield row


def _faults(row: Row, known: Sequence[str]) -> Iterator[tuple[str, str]]:
    if not row.source:
        yield "source", f"it is empty; name a source: {', '.join(known)}"
    elif row.source not in known:
        yield "source", f"{row.source!r} is not a source{near(row.source, known)}"
    if why := fault_of(row.address):
        yield "address", f"{why} ({row.address!r})"
    if row.file and names.safe(row.file) != row.file:
        yield "file", f"not a plain file name ({row.file!r}); {names.safe(row.file)!r} would do"


def fault_of(address: str) -> str | None:
    """Return what is wrong with an address; None for one that can be asked for."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError as error:
        return f"not an address: {error}"
    if parts.scheme not in ("http", "https"):
        return "not an address that begins with https:// or http://"
    if not parts.hostname or port == 0:
        return "an address without a host"
    if parts.username is not None or parts.password is not None:
        return "an address with a user name or password; publishers' files are public"
    if any(c.isspace() or not c.isprintable() for c in address):
        return "an address with blanks or control characters; write a blank as %20"
    return None


def _sources() -> tuple[str, ...]:
    from scrutiny.sources import catalogue

    return tuple(catalogue.sources())
