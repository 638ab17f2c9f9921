"""A file that an owner gives back: checked with all registers, then taken over or not at all."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path

from scrutiny.errors import RegisterConflict
from scrutiny.limits import Limits
from scrutiny.registers import files
from scrutiny.registers.check import Fault, Line
from scrutiny.registers.load import ROWS, checked, path_of, read
from scrutiny.registers.merge import EXCHANGED, Merged, exported, merge


def export(folder: Path, references: Iterable[str], path: Path) -> dict[str, int]:
    """Write the rows about the references into a file; return how many of each register.

    Raises :class:`scrutiny.errors.FaultyRegister` for registers that are not sound themselves.
    """
    tables = exported(_current(folder), references)
    files.write(path, tables)
    return {name: len(rows) for name, rows in tables.items()}


def take_over(folder: Path, references: Iterable[str], path: Path, limits: Limits) -> Merged:
    """Take a returned file into the registers of a folder; return what changed.

    Raises :class:`scrutiny.errors.FaultyRegister` for every fault of the file, and
    :class:`scrutiny.errors.RegisterConflict` for cells that somebody else changed otherwise
    meanwhile. In both cases nothing is written.
    """
    faults: list[Fault] = []
    current = _current(folder)
    merged = merge(current, files.read(path, limits, faults), references)
    # With a faulty form the contents are checked all the same, so that one run tells everything.
    checked(merged.tables, [*faults, *merged.faults])
    if merged.conflicts:
        raise RegisterConflict(
            "\n  ".join(
                [
                    f"{len(merged.conflicts)} cells were changed here and in the file, each "
                    "otherwise; nothing was written. Settle each in the file or in the register, "
                    "and import again:",
                    *(conflict.sentence() for conflict in merged.conflicts),
                ]
            )
        )
    _write(folder, current, merged.tables)
    return merged


def _current(folder: Path) -> dict[str, list[Line]]:
    """Return the lines of the registers as they stand, which must be sound."""
    faults: list[Fault] = []
    tables = {name: read(folder, name, faults) for name in ROWS}
    checked(tables, faults)
    return tables


def _write(folder: Path, current: dict[str, list[Line]], merged: dict[str, list[Line]]) -> None:
    """Write the registers that changed: all aside first, then each in its place."""
    ready = []
    for name in EXCHANGED:
        if [line.cells for line in merged[name]] == [line.cells for line in current[name]]:
            continue
        columns = list(ROWS[name].model_fields)
        text = io.StringIO(newline="")
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([line.cells[column] for column in columns] for line in merged[name])
        path = path_of(folder, name)
        aside = path.with_suffix(".tmp")
        aside.write_bytes(text.getvalue().encode("utf-8"))
        ready.append((aside, path))
    for aside, path in ready:
        aside.replace(path)
