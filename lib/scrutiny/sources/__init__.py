"""Published files to observations: a module a publisher's layout, recognised by its contents.

A parsed file is kept in ``.cache`` under the hash of its contents and of the readers' code, so
that no build parses the same bytes twice.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from functools import cache, partial
from pathlib import Path

import pandas as pd

from scrutiny import observations, periods
from scrutiny.errors import FaultyFile, Problem
from scrutiny.limits import DEFAULT, Limits
from scrutiny.sources import (
    archives,
    attitudes,
    boundaries,
    dashboards,
    declared,
    grids,
    homicide,
    police_uk,
    population,
    rates,
    tidy,
    workbook,
    workforce,
)
from scrutiny.sources.raw import RawFile
from scrutiny.sources.reading import Note, Reading

READERS = (
    police_uk.read,  # first: its files are large, and its headings are seen at once
    archives.read,
    tidy.read,
    workbook.read,
    boundaries.read,
    population.read,
    attitudes.read,
    workforce.read,
    homicide.read,
    rates.read,
    declared.read,
    dashboards.read,
    grids.read,
)
_HEAD = 256 * 1024
_AT_ONCE = 2  # files; a third gains nothing, as half of the work holds Python's lock


def read(
    path: Path, name: str, cache_folder: Path | None = None, limits: Limits = DEFAULT
) -> Reading | None:
    """Return what the file holds, or None where no reader knows its contents.

    ``name`` is how pages and messages call the file. Raises
    :class:`scrutiny.errors.FaultyFile` for a file of a known layout that cannot be trusted.
    """
    if (size := path.stat().st_size) > limits.bytes:
        return _refuse_if_known(path, name, limits, size)
    raw = RawFile.open(path, name, limits)
    kept = cache_folder / f"{raw.sha256[:32]}-{_code(limits)}.parquet" if cache_folder else None
    if kept and kept.exists():
        try:
            return _from_cache(kept, path, raw)
        except (OSError, ValueError, LookupError, TypeError):
            pass  # a kept reading that is damaged costs time, never a figure
    reading = _read(raw)
    if kept and _to_cache(kept, reading) and reading:
        # The cells are large: they are loaded where they are needed, as those of a kept file.
        return replace(reading, load=partial(_load, kept, path, raw.name, raw.limits))
    return reading


def read_all(
    files: Iterable[tuple[Path, str]], cache_folder: Path | None = None, limits: Limits = DEFAULT
) -> Iterator[Future[Reading | None]]:
    """Yield for each file, a path and a name, in order what :func:`read` returns or raises.

    The files after it are being read meanwhile.
    """
    ahead = ThreadPoolExecutor(_AT_ONCE)
    try:
        yield from [ahead.submit(read, path, name, cache_folder, limits) for path, name in files]
    finally:
        ahead.shutdown(cancel_futures=True)


def _read(raw: RawFile) -> Reading | None:
    for reader in READERS:
        try:
            reading = reader(raw)
        except FaultyFile as error:
            if raw.unreadable:  # what is wrong with a row may follow from the encoding
                raise raw.fault(raw.unreadable, source=error.source) from error
            raise
        if reading is not None:
            if raw.unreadable:
                raise raw.fault(raw.unreadable, source=reading.source)
            return reading
    return None


def _refuse_if_known(path: Path, name: str, limits: Limits, size: int) -> None:
    """Refuse a file over the cap of bytes whose first rows a reader knows; else it is unknown."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    whole_rows = head[: head.rfind(b"\n") + 1] or head
    try:
        reading = _read(RawFile(name, whole_rows, limits))
        source = reading.source if reading else None
    except FaultyFile as error:
        reading, source = error, error.source
    if reading is not None:
        problem = Problem(
            f"more than {limits.bytes:,} bytes",
            value=f"{size:,}",
            cure="raise bytes in data/limits.yml, if the file is right",
        )
        raise FaultyFile(name, [problem], source)


@cache
def _code(limits: Limits) -> str:
    """Return the hash of everything that decides how a file is read."""
    digest = hashlib.sha256(repr(limits).encode())
    here = Path(__file__).parent
    own = [path for pattern in ("*.py", "*.csv", "*.yml") for path in here.rglob(pattern)]
    beside = [here.parent / "measures" / "catalogue.yml", *here.parent.glob("places.*")]
    for path in sorted([*own, *beside, Path(observations.__file__), Path(periods.__file__)]):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _to_cache(kept: Path, reading: Reading | None) -> bool:
    """Keep a reading; return whether it could be: without it a build takes longer, no more."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    frame = observations.empty() if reading is None else reading.observations
    about = None if reading is None else reading.about()
    table = pa.Table.from_pandas(frame, preserve_index=False, nthreads=1)
    table = table.replace_schema_metadata(
        {**(table.schema.metadata or {}), b"scrutiny": json.dumps(about).encode()}
    )
    try:
        kept.parent.mkdir(parents=True, exist_ok=True)
        scratch = kept.with_suffix(f".{os.getpid()}.tmp")
        pq.write_table(table, scratch)
        scratch.replace(kept)
    except OSError:
        return False
    return True


def _from_cache(kept: Path, path: Path, raw: RawFile) -> Reading | None:
    import pyarrow.parquet as pq

    about = json.loads(pq.read_schema(kept).metadata[b"scrutiny"])
    if about is None:
        return None
    notes = tuple(Note(**note) for note in about.pop("notes"))
    return Reading(
        **about,
        path=raw.name,
        sha256=raw.sha256,
        load=partial(_load, kept, path, raw.name, raw.limits),
        notes=notes,
    )


def _load(
    kept: Path, path: Path, name: str, limits: Limits, columns: Sequence[str]
) -> pd.DataFrame:
    import pyarrow.parquet as pq

    try:  # without threads: kernels may be forked from this process
        table = pq.ParquetFile(kept, pre_buffer=False).read(list(columns), use_threads=False)
        frame = table.to_pandas(use_threads=False)
        return frame.assign(path=name) if "path" in columns else frame
    except (OSError, ValueError, LookupError, TypeError):
        return _read(RawFile.open(path, name, limits)).load(columns)


def concat(readings: list[Reading]) -> pd.DataFrame:
    """Return all observations of several files in one frame."""
    if not readings:
        return observations.empty()
    return pd.concat([r.observations for r in readings], ignore_index=True)
