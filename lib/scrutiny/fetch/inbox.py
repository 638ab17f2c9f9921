"""A downloaded file's way into the inbox, or aside: compared, recognised, moved in, recorded."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from scrutiny.errors import ScrutinyError
from scrutiny.fetch import contents, records
from scrutiny.fetch.addresses import Row
from scrutiny.fetch.outcome import Fetched, State, plain, size
from scrutiny.fetch.part import About
from scrutiny.fetch.records import Record
from scrutiny.project import Project

REFUSED = ".refused"
_SHORT = 12


@dataclass(frozen=True)
class Arrival:
    """A file that came whole: its row, name and bytes, and what the publisher said of them.

    ``member`` is its name in the archive that it came in, ``of`` how many files came with it.
    """

    row: Row
    name: str
    path: Path
    about: About
    when: datetime
    member: str = ""
    of: int = 1


def take(project: Project, arrival: Arrival) -> Fetched:
    """Put a file into the inbox if it is what was asked for, else into the folder of the refused.

    The same contents as last time are not kept twice.
    """
    source, name = arrival.row.source, arrival.name
    record = _record(arrival)
    before = records.last(project.inbox / source, name)
    if before and before[1].sha256 == record.sha256 and records.stands(*before):
        records.seen_again(*before, record.checked, record.etag, record.of)
        return unchanged(project, *before)
    try:
        from scrutiny import sources

        reading = sources.read(arrival.path, name, project.cache, project.limits)
    except ScrutinyError as error:
        return _refuse(project, arrival, record, "faulty", str(error))
    except Exception as error:  # contents that a reader was not made for must stop no other file
        why = f"its reader failed: {type(error).__name__}: {plain(str(error))}"
        return _refuse(project, arrival, record, "faulty", why)
    if reading is None:
        why = "no reader knows its contents"
        if contents.is_a_web_page(arrival.path):
            why = "it is a web page, and not a file of figures"
        return _refuse(project, arrival, record, "unrecognised", why)
    if reading.source != source:
        why = f"it is {reading.edition}, and not {source}"
        return _refuse(project, arrival, record, "unrecognised", why)
    record = replace(record, recognised=reading.edition)
    target = project.inbox / source / f"{arrival.when:%Y-%m-%d}" / name
    if target.exists() and name not in records.read(target.parent):
        where = project.name(target)
        why = f"{name}: {where} is there already, and was not fetched; move it away"
        return Fetched(source, name, "failed", None, record.sha256, record.bytes, why)
    _move_in(arrival.path, target)
    records.write(target.parent, name, record)
    state, what = _against(before, record)
    line = f"{name}: {what}; {reading.edition}; {project.name(target)}"
    return Fetched(source, name, state, target, record.sha256, record.bytes, line)


def unchanged(project: Project, path: Path, record: Record) -> Fetched:
    """Return that a file is still the publisher's latest."""
    line = f"{path.name}: unchanged since {record.fetched[:10]}; {project.name(path)}"
    return Fetched(record.source, path.name, "unchanged", path, record.sha256, record.bytes, line)


def _record(arrival: Arrival) -> Record:
    from scrutiny.sources import catalogue

    row, about = arrival.row, arrival.about
    when = f"{arrival.when:%Y-%m-%dT%H:%M:%SZ}"
    return Record(
        source=row.source,
        address=row.address,
        final_address=about.final_address,
        fetched=when,
        checked=when,
        sha256=contents.sha256_of(arrival.path),
        bytes=arrival.path.stat().st_size,
        licence=catalogue.source(row.source).licence,
        listing=row.listing,
        keep=row.keep,
        member=arrival.member,
        etag=about.etag,
        last_modified=about.last_modified,
        content_type=about.content_type,
        of=arrival.of,
    )


def _against(before: tuple[Path, Record] | None, record: Record) -> tuple[State, str]:
    if before is None or before[1].sha256 == record.sha256:
        return "fetched", f"fetched, {size(record.bytes)}"
    old = before[1]
    return "changed", (
        f"changed since {old.fetched[:10]}: sha256 {old.sha256[:_SHORT]} ({old.bytes:,} bytes), "
        f"now {record.sha256[:_SHORT]} ({record.bytes:,} bytes)"
    )


def _refuse(project: Project, arrival: Arrival, record: Record, state: State, why: str) -> Fetched:
    """Keep a file where no build reads it, once, and say where."""
    source, name = arrival.row.source, arrival.name
    folder = project.inbox / REFUSED / source
    before = records.last(folder, name)
    if before and before[1].sha256 == record.sha256 and records.stands(*before):
        target = before[0]
    else:
        target = folder / f"{arrival.when:%Y-%m-%d}" / name
        _move_in(arrival.path, target)
        records.write(target.parent, name, replace(record, refused=why))
    said = why if why.startswith(f"{name}: ") else f"{name}: {why}"
    line = f"{said}; refused, kept in {project.name(target)}"
    return Fetched(source, name, state, target, record.sha256, record.bytes, line)


def _move_in(path: Path, target: Path) -> None:
    """Copy a file and let it appear whole, under a name that hides it until then."""
    target.parent.mkdir(parents=True, exist_ok=True)
    scratch = target.parent / f".{target.name}.{os.getpid()}.tmp"
    try:
        shutil.copyfile(path, scratch)
        scratch.replace(target)
    finally:
        scratch.unlink(missing_ok=True)
