"""The way from rows of addresses to files in the inbox: an address is asked once in a run."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from scrutiny.fetch import archive, contents, inbox, listing, records, transport
from scrutiny.fetch.addresses import Row
from scrutiny.fetch.download import Question, download
from scrutiny.fetch.faults import NotFetched
from scrutiny.fetch.outcome import Fetched
from scrutiny.fetch.part import About, Part
from scrutiny.fetch.report import Report
from scrutiny.fetch.settings import Settings
from scrutiny.project import Project

_UNWRITABLE = "nothing can be written in data/inbox"


@dataclass(frozen=True)
class _Run:
    project: Project
    report: Report
    settings: Settings


def run(project: Project, rows: Sequence[Row], report: Report, settings: Settings) -> list[Fetched]:
    """Fetch every row; return what became of each file. A row that fails stops no other.

    Raises :class:`scrutiny.errors.RequestError` for faulty limits of files.
    """
    _ = project.limits  # found before the first download, not after it
    outcomes = []
    for fetched in _fetch(_Run(project, report, settings), rows):
        report.ended(fetched)
        outcomes.append(fetched)
    return outcomes


def _fetch(run: _Run, rows: Sequence[Row]) -> Iterator[Fetched]:
    for address in dict.fromkeys(row.address for row in rows):
        yield from _address(run, address, [row for row in rows if row.address == address])


def _address(run: _Run, address: str, rows: Sequence[Row]) -> Iterator[Fetched]:
    """Ask one address, and deal with every row that names it."""
    part = Part(run.project.inbox, address)
    try:
        with part.locked():
            known = _known(run, address, rows)
            about = _download(run, part, rows, known[0][0] if known else "")
            if about is None:
                yield from _unchanged(run, known)
                return
            for row in rows:
                yield from _row(run, row, part, about)
            part.drop()
    except NotFetched as fault:
        yield from (_failed(row, str(fault), part.size) for row in rows)
    except OSError as error:
        why = f"{_UNWRITABLE}: {error.strerror or error}; {part.kept}"
        yield from (_failed(row, why, part.size) for row in rows)


def _download(run: _Run, part: Part, rows: Sequence[Row], etag: str) -> About | None:
    settings = run.settings
    archives = any(row.keep for row in rows)
    question = Question(
        label=", ".join(dict.fromkeys(row.source for row in rows)),
        part=part,
        most=settings.most_bytes_of_an_archive if archives else settings.most_bytes,
        known_etag=etag,
    )
    with transport.session() as session:
        return download(question, session, settings, run.report)


def _known(run: _Run, address: str, rows: Sequence[Row]) -> list[tuple[str, list]]:
    """Return, for each row, the ETag and files of the last answer; none where they differ."""
    found = [records.standing(run.project.inbox / row.source, address, row.keep) for row in rows]
    return found if len({etag for etag, _ in found}) == 1 and found[0][0] else []


def _unchanged(run: _Run, known: list[tuple[str, list]]) -> Iterator[Fetched]:
    when = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"
    for etag, files in known:
        for path, record in files:
            records.seen_again(path, record, when, etag, record.of)
            yield inbox.unchanged(run.project, path, record)


def _row(run: _Run, row: Row, part: Part, about: About) -> Iterator[Fetched]:
    """Deal with one row of an address whose contents are there."""
    most = run.settings.most_bytes_of_an_archive if row.keep else run.settings.most_bytes
    scratch = part.path.with_suffix(".members")
    try:
        path = contents.unpacked(part.path, about, most)
        entries = _listed(run, path, about) if row.keep else None
        if entries is not None:
            chosen = listing.choose(entries, row.keep)
            yield from _fetch(run, [replace(row, address=chosen, keep="", listing=row.address)])
        elif row.keep and archive.is_one(path):
            shutil.rmtree(scratch, ignore_errors=True)
            members = archive.unpack(path, row.keep, scratch, run.settings)
            yield from _members(run, row, about, members)
        else:
            when = datetime.now(UTC)
            yield inbox.take(run.project, inbox.Arrival(row, row.name, path, about, when))
    except NotFetched as fault:
        yield _failed(row, str(fault))
    except OSError as error:
        yield _failed(row, f"{_UNWRITABLE}: {error.strerror or error}")
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
        part.path.with_suffix(".plain").unlink(missing_ok=True)


def _listed(run: _Run, path: Path, about: About) -> list[dict] | None:
    return listing.read(path, about.final_address, run.settings.most_bytes_of_a_listing)


def _members(run: _Run, row: Row, about: About, members: dict[str, Path]) -> Iterator[Fetched]:
    when = datetime.now(UTC)
    for member, path in members.items():
        arrival = inbox.Arrival(row, path.name, path, about, when, member, len(members))
        yield inbox.take(run.project, arrival)
        path.unlink(missing_ok=True)


def _failed(row: Row, why: str, kept: int = 0) -> Fetched:
    what = row.keep or row.name  # of a listing or an archive, the file's own name is not known
    return Fetched(row.source, row.name, "failed", None, "", kept, f"{what}: {why}")
