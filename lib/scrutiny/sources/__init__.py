"""Published files to observations: a module a publisher's layout, recognised by its contents.

A parsed file is kept in ``.cache`` under the hash of its contents and of the readers' code, so
that no build parses the same bytes twice.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict
from functools import cache
from pathlib import Path

import pandas as pd

from scrutiny import observations, periods
from scrutiny.sources import borough, population, tidy, workbook
from scrutiny.sources.reading import Note, RawFile, Reading

READERS = (tidy.read, workbook.read, population.read, borough.read)
LARGEST_FILE = 256 * 1024 * 1024
_KEPT = (
    "source", "layout", "vintage", "publisher", "dataset", "licence", "rows", "sparse",
)  # fmt: skip


def read(path: Path, name: str, cache_folder: Path | None = None) -> Reading | None:
    """Return what the file holds, or None where no reader knows its contents.

    ``name`` is how pages and messages call the file. Raises
    :class:`scrutiny.errors.FaultyFile` for a file of a known layout that cannot be trusted.
    """
    if path.stat().st_size > LARGEST_FILE:
        return None
    raw = RawFile.open(path, name)
    kept = cache_folder / f"{raw.sha256[:32]}-{_code()}.parquet" if cache_folder else None
    if kept and kept.exists():
        try:
            return _from_cache(kept, raw)
        except (OSError, ValueError, LookupError, TypeError):
            pass  # a kept reading that is damaged costs time, never a figure
    for reader in READERS:
        reading = reader(raw)
        if reading is not None:
            break
    else:
        reading = None
    if kept:
        _to_cache(kept, reading)
    return reading


@cache
def _code() -> str:
    """Return the hash of everything that decides how a file is read."""
    digest = hashlib.sha256()
    here = Path(__file__).parent
    for path in sorted([*here.glob("*.py"), *here.glob("*.csv"), *here.parent.glob("places.*"),
                        Path(observations.__file__), Path(periods.__file__)]):  # fmt: skip
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _to_cache(kept: Path, reading: Reading | None) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    about = None
    frame = observations.empty()
    if reading is not None:
        about = {name: getattr(reading, name) for name in _KEPT}
        about["notes"] = [asdict(note) for note in reading.notes]
        frame = reading.observations
    table = pa.Table.from_pandas(frame, preserve_index=False)
    table = table.replace_schema_metadata(
        {**(table.schema.metadata or {}), b"scrutiny": json.dumps(about).encode()}
    )
    try:
        kept.parent.mkdir(parents=True, exist_ok=True)
        scratch = kept.with_suffix(f".{os.getpid()}.tmp")
        pq.write_table(table, scratch)
        scratch.replace(kept)
    except OSError:
        pass  # a cache that cannot be written costs time, never a figure


def _from_cache(kept: Path, raw: RawFile) -> Reading | None:
    import pyarrow.parquet as pq

    table = pq.read_table(kept)
    about = json.loads(table.schema.metadata[b"scrutiny"])
    if about is None:
        return None
    notes = tuple(Note(**note) for note in about.pop("notes"))
    frame = table.to_pandas().assign(path=raw.name)
    return Reading(**about, path=raw.name, sha256=raw.sha256, observations=frame, notes=notes)


def concat(readings: list[Reading]) -> pd.DataFrame:
    """Return all observations of several files in one frame."""
    if not readings:
        return observations.empty()
    return pd.concat([r.observations for r in readings], ignore_index=True)
