"""What a download holds: its hash, and itself where it came packed for the journey alone."""

from __future__ import annotations

import gzip
import hashlib
import zlib
from pathlib import Path

from scrutiny.fetch.faults import NotFetched
from scrutiny.fetch.outcome import plain, size
from scrutiny.fetch.part import About

BLOCK = 1024 * 1024
_GZIP = ("gzip", "x-gzip")
_PAGE = (b"<!doctype html", b"<html")


def sha256_of(path: Path) -> str:
    """Return the hash of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def unpacked(path: Path, about: About, most: int) -> Path:
    """Return the contents as the publisher has them, without a ``Content-Encoding``.

    None was asked for, but some servers pack all the same. Raises :class:`NotFetched` for an
    encoding that is not gzip, for one that is damaged, and for more than ``most`` bytes.
    """
    if not about.encoding:
        return path
    if about.encoding not in _GZIP:
        raise NotFetched(f"it came packed as {plain(about.encoding)!r}, which is not understood")
    target = path.with_suffix(".plain")
    written = 0
    try:
        with gzip.open(path) as packed, target.open("wb") as file:
            while block := packed.read(BLOCK):
                written += len(block)
                if written > most:
                    raise NotFetched(f"it unpacks to more than {size(most)}")
                file.write(block)
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        target.unlink()
        raise NotFetched("it came packed as gzip, and is damaged") from error
    except NotFetched:
        target.unlink()
        raise
    return target


def is_a_web_page(path: Path) -> bool:
    """Whether a file begins as HTML does: so do most pages that report an error."""
    with path.open("rb") as file:
        return file.read(200).lstrip(b"\xef\xbb\xbf \r\n\t").lower().startswith(_PAGE)
