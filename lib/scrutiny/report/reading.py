"""What a run reads, kept until a file has come, gone or changed."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from scrutiny import registers
from scrutiny.measures import Figures, Result
from scrutiny.project import Project
from scrutiny.sources import inputs
from scrutiny.sources.reading import Reading


def stamp_of(*folders: Path) -> tuple[tuple[str, int, int], ...]:
    """Return each file's name, time and size: what tells that a folder has changed."""
    paths = [path for folder in folders if folder.is_dir() for path in inputs.files_in(folder)]
    return tuple((str(p), p.stat().st_mtime_ns, p.stat().st_size) for p in paths)


# One run builds many pages from the same files, so they are kept; a notebook that stays open for
# days reads them again once a file has come, gone or changed.
@lru_cache(maxsize=4)
def figures_of(
    project: Project,
    pins: tuple[tuple[str, str], ...],
    order: tuple[str, ...],
    breaks: tuple[registers.SeriesBreak, ...],
    weekly: bool,
    stamp: tuple,
) -> tuple[inputs.Inputs, Figures]:
    """Return the files of a run, and the figures in them."""
    found = inputs_of(project, pins, stamp)
    return found, Figures(found, order, breaks, weekly=weekly)


@lru_cache(maxsize=4)
def inputs_of(project: Project, pins: tuple[tuple[str, str], ...], stamp: tuple) -> inputs.Inputs:
    """Return the files of a run."""
    return inputs.load(project, pins)


@lru_cache(maxsize=4)
def registers_of(folder: Path, stamp: tuple) -> registers.Registers:
    """Return the registers of a folder."""
    return registers.load(folder)


def used(figures: Figures, numbers: Iterable[Result]) -> tuple[Reading, ...]:
    """Return the files that any number came from, in the order in which they are believed."""
    named = {part for number in numbers for part in number.sources.split(";") if part}
    readings = (*figures.readings, *figures.small_areas)
    return tuple(r for r in readings if f"{r.edition}@{r.sha256[:12]}" in named)
