"""Where each file of the inbox came from: a hidden ``.fetched.json`` in its folder."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from scrutiny.fetch.contents import sha256_of

FILE = ".fetched.json"


@dataclass(frozen=True)
class Record:
    """What is known of one fetched file. Times are UTC.

    ``address`` is what was asked for, ``final_address`` where redirects led, ``listing`` the page
    that named the address, ``member`` its name in an archive. ``recognised`` is its data set and
    vintage; of a refused file, empty, and ``refused`` says why. ``fetched`` is when this copy
    came, ``checked`` when the publisher last had the same; ``of`` is how many files the answer
    gave for the source.
    """

    source: str
    address: str
    final_address: str
    fetched: str
    checked: str
    sha256: str
    bytes: int
    licence: str
    listing: str = ""
    keep: str = ""
    member: str = ""
    etag: str = ""
    last_modified: str = ""
    content_type: str = ""
    recognised: str = ""
    refused: str = ""
    of: int = 1


def read(folder: Path) -> dict[str, Record]:
    """Return the records of a folder by file name; what cannot be read counts as not there."""
    try:
        found = json.loads((folder / FILE).read_text("utf-8"))
        return {name: Record(**about) for name, about in found["files"].items()}
    except (OSError, ValueError, TypeError, LookupError, AttributeError):
        return {}


def write(folder: Path, name: str, record: Record) -> None:
    """Add the record of a file to its folder, or replace it."""
    records = {**read(folder), name: record}
    text = json.dumps({"files": {n: asdict(r) for n, r in sorted(records.items())}}, indent=1)
    scratch = folder / f"{FILE}.{os.getpid()}.tmp"
    scratch.write_text(text + "\n", "utf-8")
    scratch.replace(folder / FILE)


def everywhere(folder: Path) -> Iterator[tuple[Path, Record]]:
    """Yield the path and record of every file that was fetched for a source, oldest first."""
    found = [
        (day / name, record)
        for day in (folder.iterdir() if folder.is_dir() else ())
        if day.is_dir()
        for name, record in read(day).items()
    ]
    yield from sorted(found, key=lambda pair: (pair[1].fetched, pair[0]))


def last(folder: Path, name: str) -> tuple[Path, Record] | None:
    """Return the last fetched file of that name; None without one."""
    return next((pair for pair in reversed([*everywhere(folder)]) if pair[0].name == name), None)


def stands(path: Path, record: Record) -> bool:
    """Whether the file is there, as it was fetched."""
    return path.is_file() and sha256_of(path) == record.sha256


def seen_again(path: Path, record: Record, when: str, etag: str, of: int) -> None:
    """Note that the publisher still has the file as it is here."""
    write(path.parent, path.name, replace(record, checked=when, etag=etag, of=of))


def standing(folder: Path, address: str, keep: str) -> tuple[str, list[tuple[Path, Record]]]:
    """Return the strong ETag of the last answer from an address, and the files it gave.

    Both are empty unless every one of the files is still there as it was fetched: only then may
    the publisher be asked whether anything is new.
    """
    own = [p for p in everywhere(folder) if (p[1].address, p[1].keep) == (address, keep)]
    when = max((record.checked for _, record in own), default="")
    files = [(path, record) for path, record in own if record.checked == when]
    etags = {record.etag for _, record in files}
    etag = etags.pop() if len(etags) == 1 else ""
    whole = bool(files) and all(len(files) == record.of for _, record in files)
    if not etag.startswith('"') or not whole or not all(stands(*file) for file in files):
        return "", []
    return etag, files
