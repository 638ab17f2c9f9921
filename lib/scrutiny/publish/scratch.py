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
