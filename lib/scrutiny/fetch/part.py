"""A download that is not whole yet: its bytes, and what the publisher said of them."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO

from scrutiny.fetch.faults import NotFetched
from scrutiny.fetch.outcome import size

try:
    import fcntl
except ImportError:  # Windows has no such locks: two downloads at once are then not kept apart
    fcntl = None

FOLDER = ".partial"


@dataclass(frozen=True)
class About:
    """What an answer said of the contents: enough to go on with them, and to record them."""

    address: str
    final_address: str
    etag: str = ""
    last_modified: str = ""
    content_type: str = ""
    encoding: str = ""
    total: int | None = None

    @property
    def strong_etag(self) -> str:
        """The ETag where equal ETags mean equal bytes, else an empty text."""
        return self.etag if self.etag.startswith('"') else ""

    @property
    def validator(self) -> str:
        """What ``If-Range`` may name; empty where the publisher gives nothing of the kind."""
        return self.strong_etag or self.last_modified


class Part:
    """The bytes that have come from an address so far, kept between runs in a hidden folder."""

    def __init__(self, inbox: Path, address: str):
        self.address = address
        self.folder = inbox / FOLDER
        self.key = hashlib.sha256(address.encode()).hexdigest()[:16]
        self.path = self.folder / f".{self.key}.part"
        self._about = self.folder / f".{self.key}.json"

    @property
    def size(self) -> int:
        """How many bytes there are."""
        return self.path.stat().st_size if self.path.exists() else 0

    @property
    def about(self) -> About | None:
        """What was said of the bytes; None where there are none, or nothing is known of them."""
        try:
            found = About(**json.loads(self._about.read_text("utf-8")))
        except (OSError, ValueError, TypeError):
            return None
        return found if self.path.exists() and found.address == self.address else None

    @property
    def resumable(self) -> bool:
        """Whether the rest alone can be asked for."""
        return bool(self.size and self.about and self.about.validator)

    @property
    def whole(self) -> bool:
        """Whether nothing is missing."""
        about = self.about
        return about is not None and about.total is not None and about.total == self.size

    @property
    def kept(self) -> str:
        """What to tell a user whose download broke off."""
        if not self.resumable:
            return "nothing is kept"
        total = self.about.total
        of = f" of {size(total)}" if total is not None else ""
        return f"{size(self.size)}{of} are kept: run it again to go on"

    def restart(self, about: About) -> None:
        """Begin anew. The old bytes go first: they must never stand under the new description."""
        self.drop()
        self.folder.mkdir(parents=True, exist_ok=True)
        scratch = self._about.with_suffix(".tmp")
        scratch.write_text(json.dumps(asdict(about), indent=1), "utf-8")
        scratch.replace(self._about)
        self.path.touch()

    def appending(self) -> BinaryIO:
        """Return the file, open at its end."""
        return self.path.open("ab")

    def drop(self) -> None:
        """Forget the bytes and what was said of them."""
        self.path.unlink(missing_ok=True)
        self._about.unlink(missing_ok=True)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep a second download of the same address from writing into the same file.

        Raises :class:`NotFetched` where another process is at it.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        lock = os.open(self.folder / f".{self.key}.lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            if fcntl is not None:
                try:
                    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    raise NotFetched("another process is downloading it now") from None
                except OSError:
                    pass  # a network drive without locks: as on Windows
            yield
        finally:
            os.close(lock)
