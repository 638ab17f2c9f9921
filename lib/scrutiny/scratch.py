"""Folders of one run alone, gone with it, and locks that end with whoever holds them.

A lock is the operating system's own, on an open file: it ends with the process that took it,
however that ends. What a killed run left behind is told by its lock, which nobody holds any more,
and is cleared away by the next.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from scrutiny.errors import LockedEdition

if os.name == "posix":
    import fcntl
else:
    import msvcrt

LOCKS = ".locks"
ENDING = ".lock"
_SECONDS_TO_DIE = 5  # the processes of a killed run end at once; on a busy machine, soon
_BEYOND = 1 << 30  # Windows locks bytes, and what is locked cannot be read: one after all others


@contextmanager
def folder(base: Path, prefix: str = "") -> Iterator[Path]:
    """A new folder below ``base``, gone at the end; those of killed runs are cleared away first."""
    _clear(base, prefix)
    descriptor, path = _new(base, prefix)
    made = path.with_suffix("")
    try:
        made.mkdir(mode=0o700)
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)
        _release(descriptor, path)


@contextmanager
def locked(out: Path, edition: str) -> Iterator[None]:
    """Hold an edition below a folder of outputs, against every other run.

    Raises :class:`scrutiny.errors.LockedEdition`, which says who holds it.
    """
    path = out / LOCKS / f"{edition.replace('/', '--')}{ENDING}"
    descriptor = _patiently(path, edition)
    try:
        since = f"{dt.datetime.now(dt.UTC):%Y-%m-%d %H:%M:%S} UTC"
        os.ftruncate(descriptor, 0)
        os.lseek(descriptor, 0, os.SEEK_SET)
        os.write(descriptor, json.dumps({"process": os.getpid(), "since": since}).encode())
        yield
    finally:
        _release(descriptor, path)


def _new(base: Path, prefix: str) -> tuple[int, Path]:
    """Return a new lock and its path."""
    while True:
        base.mkdir(parents=True, exist_ok=True)
        with suppress(FileNotFoundError):  # another run has just removed the empty folder
            descriptor, name = tempfile.mkstemp(ENDING, prefix, base)
            if _locks(descriptor) and _is_at(descriptor, Path(name)):
                return descriptor, Path(name)
            os.close(descriptor)  # another run took it for one that was left behind


def _patiently(path: Path, edition: str) -> int:
    """Return the lock; wait for it only where its holder is dead, and its children soon are."""
    until = time.monotonic() + _SECONDS_TO_DIE
    while True:
        path.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileNotFoundError):  # the last holder has just removed the folder
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
            if not _locks(descriptor):
                holder = _holder(path)
                os.close(descriptor)
                if time.monotonic() > until or _lives(holder.get("process")):
                    raise LockedEdition(
                        f"{edition}: another run is at work on it (process "
                        f"{holder.get('process', 'unknown')}, since {holder.get('since', 'now')}); "
                        "wait for it to end, or end it, and build again"
                    )
                time.sleep(0.05)
            elif _is_at(descriptor, path):
                return descriptor
            else:
                os.close(descriptor)


def _holder(path: Path) -> dict:
    """Return what the holder of a lock says of itself; empty before it has said it."""
    try:
        return json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}


def _lives(process: int | None) -> bool:
    if process is None or os.name != "posix":
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _clear(base: Path, prefix: str) -> None:
    """Remove the folders that no run holds any more."""
    for path in base.glob(f"{prefix}*{ENDING}"):
        with suppress(OSError):  # another user's, or just gone
            descriptor = os.open(path, os.O_RDWR | getattr(os, "O_NOFOLLOW", 0))
            if _locks(descriptor) and _is_at(descriptor, path):
                shutil.rmtree(path.with_suffix(""), ignore_errors=True)
                path.unlink()
            os.close(descriptor)


def _locks(descriptor: int) -> bool:
    """Whether the open file could be locked: nobody else holds it."""
    try:
        if os.name == "posix":
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        else:
            os.lseek(descriptor, _BEYOND, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
    except OSError:
        return False
    return True


def _is_at(descriptor: int, path: Path) -> bool:
    """Whether the open file is still the one of that name."""
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat())
    except FileNotFoundError:
        return False


def _release(descriptor: int, path: Path) -> None:
    """Give a lock up; the folder goes with the last."""
    with suppress(OSError):  # Windows keeps an open file: it is told by its lock all the same
        path.unlink()
    os.close(descriptor)
    if path.parent.name.startswith("."):
        with suppress(OSError):
            path.parent.rmdir()
