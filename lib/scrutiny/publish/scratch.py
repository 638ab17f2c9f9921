"""Folders that are published whole or not at all: made aside, then put in place by a rename."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from scrutiny.errors import WrongOption

SCRATCH = ".scratch"


def writable(out: Path) -> Path:
    """Return the folder to publish in; raises ``WrongOption`` where nothing can be written."""
    nearest = next(path for path in (out, *out.parents) if path.exists())
    if not nearest.is_dir() or not os.access(nearest, os.W_OK):
        raise WrongOption(f"--out: nothing can be written in {nearest}; name a folder of your own")
    return out


@contextmanager
def scratch_folder(out: Path) -> Iterator[Path]:
    """A folder on the same disk as the published one, gone at the end."""
    base = out / SCRATCH
    base.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(dir=base))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        if not any(base.iterdir()):
            base.rmdir()


def put(made: Path, final: Path, aside: Path) -> None:
    """Put a made folder in the place of the one that stands, which goes ``aside`` and away."""
    final.parent.mkdir(parents=True, exist_ok=True)
    if final.exists():
        final.rename(aside)
    made.rename(final)
    shutil.rmtree(aside, ignore_errors=True)


def put_parts(scratch: Path, final: Path, made: Path, parts: list[str]) -> None:
    """Put made parts of an edition in the place of those that stand; empty is the main page.

    Other pages are carried over from what stands, so that the edition is put in place whole.
    """
    whole = scratch / "whole"

    def is_made(folder: str, names: list[str]) -> list[str]:
        if Path(folder) != final:
            return []
        return [name for name in names if (name if (final / name).is_dir() else "") in parts]

    if final.is_dir():
        shutil.copytree(final, whole, copy_function=_link, ignore=is_made)
    whole.mkdir(exist_ok=True)
    # Other parts that were made with these wait for their own turn.
    for path in list(made.iterdir()):
        if (path.name if path.is_dir() else "") in parts:
            path.rename(whole / path.name)
    put(whole, final, scratch / "old")


def _link(source: str, destination: str) -> None:
    try:
        os.link(source, destination)
    except OSError:
        shutil.copy2(source, destination)
