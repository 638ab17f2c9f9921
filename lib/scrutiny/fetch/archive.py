"""Members of a zip archive, unpacked with care: no bombs, no paths, no links."""

from __future__ import annotations

import re
import stat
import zipfile
import zlib
from collections import Counter
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath

from scrutiny.fetch import names
from scrutiny.fetch.faults import NotFetched
from scrutiny.fetch.outcome import plain, size
from scrutiny.fetch.settings import MIB, Settings

BLOCK = MIB
_SHOWN = 8
_OUTSIDE = re.compile(r"^[/\\]|^[A-Za-z]:|(?:^|[/\\])\.\.(?:[/\\]|$)|\\")


def is_one(path: Path) -> bool:
    """Whether a file is a zip archive."""
    with path.open("rb") as file:
        return file.read(4) in (b"PK\x03\x04", b"PK\x05\x06")


def unpack(path: Path, keep: str, folder: Path, settings: Settings) -> dict[str, Path]:
    """Unpack the members that fit ``keep`` flat into a folder; return them by their whole names.

    Raises :class:`NotFetched` where none fits, and for an archive that is damaged, hostile, or
    over a limit; the folder, in which members may then stand, is the caller's to remove.
    """
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with zipfile.ZipFile(path) as archive:
            members = _fitting(archive.infolist(), keep, settings)
            made: dict[str, Path] = {}
            left = settings.most_unpacked
            for name, member in members.items():
                target = folder / name
                left -= _write(archive, member, target, left, settings)
                made[member.filename] = target
            return made
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise NotFetched(f"the archive is damaged: {plain(str(error))}") from error
    except RuntimeError as error:  # how zipfile says that a member is encrypted
        raise NotFetched("the archive is encrypted") from error


def _fitting(
    members: list[zipfile.ZipInfo], keep: str, settings: Settings
) -> dict[str, zipfile.ZipInfo]:
    """Return the members to keep by the names that they are kept under."""
    if len(members) > settings.most_members:
        raise NotFetched(
            f"the archive has {len(members):,} members, more than {settings.most_members:,}"
        )
    fitting = [m for m in members if not m.is_dir() and _fits(m.filename, keep)]
    if not fitting:
        there = [plain(m.filename) for m in members if not m.is_dir()]
        more = f" and {len(there) - _SHOWN:,} more" if len(there) > _SHOWN else ""
        raise NotFetched(
            f"no member of the archive fits keep ({keep!r}); it holds "
            f"{', '.join(there[:_SHOWN]) or 'none'}{more}"
        )
    if len(fitting) > settings.most_kept:
        raise NotFetched(
            f"keep ({keep!r}) fits {len(fitting):,} members, more than {settings.most_kept:,}"
        )
    for member in fitting:
        if _OUTSIDE.search(member.filename) or stat.S_ISLNK(member.external_attr >> 16):
            raise NotFetched(f"the archive leads outside itself: {plain(member.filename)!r}")
    return _named(fitting)


def _fits(name: str, keep: str) -> bool:
    wanted = keep.casefold()
    return any(
        fnmatchcase(n.casefold(), wanted)
        for n in (name, PurePosixPath(name.replace("\\", "/")).name)
    )


def _named(members: list[zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
    """Return the members by base name, the folder before it where two share one."""
    bases = Counter(names.safe(m.filename).casefold() for m in members)
    named: dict[str, zipfile.ZipInfo] = {}
    for member in members:
        base = names.safe(member.filename)
        if bases[base.casefold()] > 1:
            base = names.safe("-".join(PurePosixPath(member.filename).parts[-2:]))
        if base.casefold() in {name.casefold() for name in named}:
            raise NotFetched(f"the archive holds two files that would be called {plain(base)!r}")
        named[base] = member
    return named


def _write(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, target: Path, left: int, settings: Settings
) -> int:
    # The sizes in the archive's own list may lie: what counts is what comes out.
    most = max(member.compress_size, 1024) * settings.most_times_larger
    written = 0
    with archive.open(member) as packed, target.open("wb") as file:
        while block := packed.read(min(BLOCK, left + 1, most + 1)):
            written += len(block)
            if written > left:
                raise NotFetched(f"the archive unpacks to more than {size(settings.most_unpacked)}")
            if written > most:
                raise NotFetched(
                    f"{plain(member.filename)!r} unpacks to more than "
                    f"{settings.most_times_larger} times its size: a bomb, not a table"
                )
            file.write(block)
    return written
