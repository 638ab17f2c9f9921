"""File names that are safe to write, made from what a publisher's address ends in."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import unquote, urlsplit

LONGEST = 150  # bytes; systems allow 255, and a hidden name beside it is longer
NAMELESS = "download"
_NOT_IN_WINDOWS = re.compile(r'[<>:"|?*]')
_DEVICE = re.compile(r"(?:CON|PRN|AUX|NUL|COM\d|LPT\d)(?:\.|$)", re.IGNORECASE)


def of_address(address: str) -> str:
    """Return the name of the file at an address: never a path, never hidden, never empty."""
    return safe(unquote(urlsplit(address).path.rsplit("/", 1)[-1]))


def safe(name: str) -> str:
    """Return a name without folders, control characters and whatever a system forbids."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    printed = "".join(c for c in last if c.isprintable())
    shown = _NOT_IN_WINDOWS.sub("_", printed).strip(" .")
    if _DEVICE.match(shown):
        shown = f"_{shown}"
    stem, dot, suffix = shown.rpartition(".")
    ending = f".{suffix}" if dot and len(suffix) <= 8 else ""
    if len(shown.encode()) > LONGEST:
        whole = stem if ending else shown
        cut = whole.encode()[: LONGEST - len(ending.encode())].decode(errors="ignore")
        shown = f"{cut.strip(' .')}{ending}"
    return shown or NAMELESS
