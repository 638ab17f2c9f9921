"""Pages that list a publisher's files: the London Datastore gives every file a new address.

``https://data.london.gov.uk/api/dataset/ID`` answers with JSON: ``resources`` holds each file's
title, address, upload and place in the list, the newest on top.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from scrutiny.fetch import names
from scrutiny.fetch.faults import NotFetched
from scrutiny.fetch.outcome import plain
from scrutiny.fetch.transport import joined

_UPLOADED = re.compile(r"/(\d{4}-\d\d-\d\dT\d\d[:.]\d\d[:.]\d\d)/")
_SHOWN = 8


def read(path: Path, page: str, most: int) -> list[dict[str, Any]] | None:
    """Return the files that a page lists; None where the contents are no such page.

    Those whose address cannot be asked for, or leads from https to http, are left out.
    """
    with path.open("rb") as file:
        if not file.read(200).lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{"):
            return None
    if path.stat().st_size > most:
        return None
    try:
        found = json.loads(path.read_bytes())
    except (ValueError, RecursionError):
        return None
    # The catalogue's own interface puts the same under "result".
    found = found["result"] if isinstance(found.get("result"), dict) else found
    listed = found.get("resources")
    entries = list(listed.values()) if isinstance(listed, dict) else listed
    if not isinstance(entries, list):
        return None
    return [*_reachable(entries, page)]


def _reachable(entries: list[Any], page: str) -> Iterator[dict[str, Any]]:
    for entry in entries:
        if isinstance(entry, dict) and isinstance(entry.get("url"), str):
            with suppress(NotFetched):
                yield {**entry, "url": joined(page, entry["url"])}


def choose(entries: Iterable[dict[str, Any]], keep: str) -> str:
    """Return the address of the newest file whose title or name fits ``keep``.

    Raises :class:`NotFetched` where none fits, and where nothing tells which of several is newest.
    """
    entries = list(entries)
    fitting = {e["url"]: e for e in entries if _fits(e, keep)}
    if not fitting:
        there = sorted({plain(_name(e)) for e in entries})
        more = f" and {len(there) - _SHOWN} more" if len(there) > _SHOWN else ""
        raise NotFetched(
            f"no file of the page fits keep ({keep!r}); it lists "
            f"{', '.join(there[:_SHOWN]) or 'none'}{more}"
        )
    left = list(fitting)
    for age in _AGES:
        found = {address: age(fitting[address]) for address in left}
        if len(left) > 1 and all(value is not None for value in found.values()):
            newest = max(found.values())
            left = [address for address in left if found[address] == newest]
    if len(left) > 1:
        raise NotFetched(
            f"keep ({keep!r}) fits {len(left)} files of the page, and nothing tells which is the "
            f"newest: {', '.join(plain(a) for a in left[:3])}; narrow it in data/addresses.csv"
        )
    return left[0]


def _fits(entry: dict[str, Any], keep: str) -> bool:
    wanted = keep.casefold()
    return any(fnmatchcase(name.casefold(), wanted) for name in (_title(entry), _name(entry)))


def _title(entry: dict[str, Any]) -> str:
    return str(entry.get("title") or entry.get("name") or "")


def _name(entry: dict[str, Any]) -> str:
    return names.of_address(entry["url"])


def _covers(entry: dict[str, Any]) -> str | None:
    frame = entry.get("timeframe") or entry.get("timeFrame")
    to = frame.get("to") if isinstance(frame, dict) else None
    to = to or entry.get("timeframeTo") or entry.get("temporal_coverage_to")
    return str(to) if to else None


def _uploaded(entry: dict[str, Any]) -> str | None:
    found = _UPLOADED.search(str(entry.get("origin", "")))
    when = found[1] if found else entry.get("timestamp") or entry.get("created")
    return str(when) if when else None


def _place(entry: dict[str, Any]) -> int | None:
    order = entry.get("order")
    return -order if isinstance(order, int) else None


# What tells the newest, the surest first; one that some of the files lack decides nothing.
_AGES: tuple[Callable[[dict[str, Any]], Any], ...] = (_covers, _uploaded, _place)
