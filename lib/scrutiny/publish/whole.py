"""Folders that are published whole or not at all: made aside, kept on disk, then put in place."""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import sys
from collections.abc import Container, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from scrutiny import scratch
from scrutiny.errors import WrongOption

SCRATCH = ".scratch"
NEXT, LAST = ".next", ".last"  # endings of the two renames where folders cannot be exchanged
_HERE = -100  # AT_FDCWD of renameat2(2)
_EXCHANGE = 2  # RENAME_EXCHANGE


def writable(out: Path) -> Path:
    """Return the folder to publish in; raises ``WrongOption`` where nothing can be written."""
    nearest = next(path for path in (out, *out.parents) if path.exists())
    if not nearest.is_dir() or not os.access(nearest, os.W_OK):
        raise WrongOption(f"--out: nothing can be written in {nearest}; name a folder of your own")
    return out


@contextmanager
def scratch_folder(out: Path) -> Iterator[Path]:
    """A folder on the same disk as the published one, gone at the end."""
    with scratch.folder(out / SCRATCH) as folder:
        yield folder


def put_file(out: Path, path: Path, text: str) -> None:
    """Put a file in place in one step: a reader finds the old text or the new, whole."""
    with scratch_folder(out) as aside:
        made = aside / path.name
        made.write_text(text, "utf-8", newline="\n")
        _keep(made)
        made.replace(path)
        _keep(path.parent)


def put(made: Path, final: Path) -> None:
    """Put a made folder in the place of the one that stands, which is removed.

    On Linux the two are exchanged in one step. Elsewhere, or on a disk that cannot, it takes two
    renames, which :func:`complete` completes where they were cut short.
    """
    final.parent.mkdir(parents=True, exist_ok=True)
    _keep_all(made)
    if not final.exists():
        made.rename(final)
    elif exchange(made, final):
        shutil.rmtree(made, ignore_errors=True)
    else:
        put_in_two_steps(made, final)
    _keep(final.parent)


def put_in_two_steps(made: Path, final: Path) -> None:
    """Put a made folder in place by two renames; what stands between them is whole."""
    made.rename(_beside(final, NEXT))
    complete(final)


def complete(final: Path) -> None:
    """Complete what was cut short: a folder that was ready is put in place, an old one removed."""
    new, old = _beside(final, NEXT), _beside(final, LAST)
    if new.exists():
        if final.exists():
            shutil.rmtree(old, ignore_errors=True)
            final.rename(old)
        new.rename(final)
    if old.exists():
        shutil.rmtree(old, ignore_errors=True)


def put_parts(
    scratch: Path, final: Path, made: Path, parts: list[str], its_own: Container[str]
) -> None:
    """Put made parts of an edition in the place of those that stand; empty is the main page.

    Other pages are carried over from what stands, so that the edition is put in place whole; but
    for those that are no longer ``its_own``.
    """
    whole = scratch / "whole"

    def is_left(folder: str, names: list[str]) -> list[str]:
        if Path(folder) != final:
            return []
        stand = {name: name if (final / name).is_dir() else "" for name in names}
        return [name for name, part in stand.items() if part in parts or part not in its_own]

    shutil.rmtree(whole, ignore_errors=True)  # of an edition that could not be published
    if final.is_dir():
        shutil.copytree(final, whole, copy_function=_link, ignore=is_left)
    whole.mkdir(exist_ok=True)
    # Other parts that were made with these wait for their own turn.
    for path in list(made.iterdir()):
        if (path.name if path.is_dir() else "") in parts:
            path.rename(whole / path.name)
    put(whole, final)


def exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one step; False where this system or disk cannot.

    Raises :class:`OSError` for any other reason.
    """
    if sys.platform != "linux":
        return False
    library = ctypes.CDLL(None, use_errno=True)
    if not hasattr(library, "renameat2"):
        return False
    if not library.renameat2(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE):
        return True
    if (number := ctypes.get_errno()) in (errno.ENOSYS, errno.EINVAL):
        return False
    raise OSError(number, os.strerror(number), str(other))


def _beside(final: Path, ending: str) -> Path:
    return final.with_name(f".{final.name}{ending}")


def _keep_all(folder: Path) -> None:
    """Bring a folder to the disk before it is put in place; what is linked is there already."""
    for root, _, names in os.walk(folder, topdown=False):
        for name in names:
            path = Path(root, name)
            if path.stat().st_nlink == 1:
                _keep(path)
        _keep(Path(root))


def _keep(path: Path) -> None:
    """Bring a file, or the names in a folder, to the disk."""
    if path.is_dir() and os.name != "posix":
        return  # Windows has no such call for a folder
    descriptor = os.open(path, os.O_RDONLY if os.name == "posix" else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _link(source: str, destination: str) -> None:
    with suppress(OSError):
        os.link(source, destination)
        return
    shutil.copy2(source, destination)
