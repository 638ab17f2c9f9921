"""What became of a file that was asked for."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

State = Literal["fetched", "unchanged", "changed", "unrecognised", "faulty", "failed"]
FAILED = ("unrecognised", "faulty", "failed")


@dataclass(frozen=True)
class Fetched:
    """One file of a source: its state, where it is, and a line that says so.

    ``path`` is None where nothing was kept; a refused file's is in the hidden folder of refused
    files. ``bytes`` and ``sha256`` are of the file itself, after unpacking; of a download that
    failed, the bytes that are kept for resuming, and an empty text.
    """

    source: str
    file: str
    state: State
    path: Path | None
    sha256: str
    bytes: int
    message: str

    @property
    def failed(self) -> bool:
        """Whether nothing of it came into the inbox."""
        return self.state in FAILED


def size(count: float) -> str:
    """Return a number of bytes as people read it: ``1.4 GB``."""
    for unit in ("bytes", "kB", "MB"):
        if count < 1000:
            return f"{count:.3g} {unit}" if unit != "bytes" else f"{count:.0f} {unit}"
        count /= 1000
    return f"{count:.3g} GB"


def plain(text: str) -> str:
    """Return a publisher's text without what a terminal would obey: control characters."""
    return "".join(c if c.isprintable() else "?" for c in text)
