"""How much one file may hold, and how much a page may take: what is beyond is refused or ended."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path

import yaml

from scrutiny.errors import RequestError

FILE = "limits.yml"


class FaultyLimits(RequestError):
    """A ``limits.yml`` with an unknown name or a value that is no whole number."""


@dataclass(frozen=True)
class Limits:
    """The caps of one file and of one page; ``limits.yml`` in the data folder sets others.

    ``bytes`` of the file itself, ``unpacked_bytes`` of what it unpacks to (spreadsheets, archives,
    Parquet and gzip are compressed), ``rows`` of a table, ``cell`` characters of a cell.
    ``cell_seconds`` that one cell of a notebook may take, ``page_seconds`` that making a page may
    take and ``page_bytes`` of memory that its notebook may hold; the last two on Linux.
    """

    bytes: int = 512 * 1024 * 1024
    unpacked_bytes: int = 2 * 1024 * 1024 * 1024
    rows: int = 5_000_000
    cell: int = 20_000
    cell_seconds: int = 300
    page_seconds: int = 900
    page_bytes: int = 4 * 1024 * 1024 * 1024


DEFAULT = Limits()


def load(path: Path) -> Limits:
    """Return the caps that the file sets, the others as they come; raises :class:`FaultyLimits`."""
    try:
        given = yaml.safe_load(path.read_text("utf-8")) or {}
    except FileNotFoundError:
        return Limits()
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise FaultyLimits(f"{path.name}: not YAML: {error}") from error
    known = [field.name for field in fields(Limits)]
    if not isinstance(given, dict):
        raise FaultyLimits(f"{path.name}: lines like rows: 5000000 are wanted")
    for name, value in given.items():
        if name not in known:
            raise FaultyLimits(f"{path.name}: {name!r} is not a limit; known: {', '.join(known)}")
        if isinstance(value, bool) or not isinstance(value, int) or value < 1:
            raise FaultyLimits(f"{path.name}: {name}: {value!r} is not a whole number above 0")
    return Limits(**given)
