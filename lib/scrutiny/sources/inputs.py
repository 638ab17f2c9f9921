"""Which files a run reads: the inbox and the sample, or the folders that it was given alone."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from scrutiny import sources
from scrutiny.errors import FaultyEdition, FaultyFile
from scrutiny.project import Project
from scrutiny.sources.categories import ITS_OWN, TIDY_LAYOUT
from scrutiny.sources.raw import RawFile
from scrutiny.sources.reading import Reading

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
# Of two files with the same last month, the earlier named is preferred.
POPULATION = "population"
SMALL_AREA_FILES = ("ward-24-months", "ward-historical", "lsoa-24-months", "lsoa-historical")
FAMILIES = ("borough-24-months", "borough-historical", "datastore-workbook")


@dataclass(frozen=True)
class Inputs:
    """The files of a run, parsed; ``unknown`` names those that no reader knows."""

    readings: tuple[Reading, ...]
    unknown: tuple[str, ...] = ()
    pins_ignored: bool = False

    def preferred(self, order: Iterable[str] = ()) -> tuple[Reading, ...]:
        """Return the files in the order in which they are believed, the best first.

        ``order`` names vintages (``2018-12``, or with the data set ``borough-24-months/2018-12``);
        a file that it does not name comes after those it does, the latest vintage first.
        """
        wanted = list(order)

        def rank(reading: Reading) -> tuple:
            named = [
                i for i, name in enumerate(wanted) if name in (reading.vintage, reading.edition)
            ]
            family = FAMILIES.index(reading.source) if reading.source in FAMILIES else 99
            return (named[0] if named else len(wanted), _latest_first(reading.vintage), family)

        return tuple(sorted(self.readings, key=rank))


def load(project: Project, pins: Iterable[tuple[str, str]] = ()) -> Inputs:
    """Return the parsed files of a run.

    With folders given, those alone; else an edition's ``pins`` (exact files, path and sha256),
    where it has any; else the inbox, and from the sample what the inbox lacks. Where the chosen
    files hold no population, the project's own is used. Raises
    :class:`scrutiny.errors.FaultyFile` for the first faulty file of a known layout.
    """
    pins = tuple(pins)
    if project.given_data:
        readings, unknown = _read_folders(project, project.given_data)
    elif pins:
        readings, unknown = _read_pinned(project, pins), []
    else:
        readings, unknown = _read_folders(project, (project.inbox, project.sample))
    if not any(r.source == POPULATION for r in readings):
        own, _ = _read_folders(project, (project.inbox, project.sample))
        readings += [r for r in own if r.source == POPULATION]
    return Inputs(
        tuple(_without_repeats(readings)), tuple(unknown), bool(pins and project.given_data)
    )


def own(project: Project) -> list[Reading]:
    """Return what the project's inbox and sample hold; files that cannot be read are left out."""
    readings = []
    files = _files_of(project, (project.inbox, project.sample))
    for found in sources.read_all(files, project.cache, project.limits):
        try:
            reading = found.result()
        except (FaultyFile, OSError):
            continue
        readings += [reading] if reading else []
    return readings


def files_in(folder: Path) -> list[Path]:
    """Return every visible file below a folder, in a stable order."""
    return sorted(
        path
        for path in folder.rglob("*")
        if path.is_file()
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    )


def _read_folders(project: Project, folders: Iterable[Path]) -> tuple[list[Reading], list[str]]:
    readings: list[Reading] = []
    unknown: list[str] = []
    files = _files_of(project, folders)
    found = sources.read_all(files, project.cache, project.limits)
    for (_, name), reading in zip(files, (each.result() for each in found), strict=True):
        if reading is None:
            unknown.append(name)
        else:
            readings.append(reading)
    return readings, unknown


def _files_of(project: Project, folders: Iterable[Path]) -> list[tuple[Path, str]]:
    """Return the files of folders in the order in which they are believed, each with its name."""
    return [
        (path, project.name(path))
        for folder in folders
        if folder.is_dir()
        for path in _newest_first(files_in(folder))
    ]


def _read_pinned(project: Project, pins: Iterable[tuple[str, str]]) -> list[Reading]:
    readings = []
    for name, sha256 in pins:
        path = (project.root / name).resolve()
        if not path.is_relative_to(project.root) or not path.is_file():
            raise FaultyEdition(f"files: {name} is not a file of the project; correct the path")
        found = RawFile.open(path, name).sha256
        if found != sha256:
            raise FaultyEdition(
                f"files: {name} has sha256 {found[:12]}..., the edition pins {sha256[:12]}...; "
                "restore the file, or pin the new one"
            )
        reading = sources.read(path, name, project.cache, project.limits)
        if reading is None:
            raise FaultyEdition(f"files: no reader knows the contents of {name}")
        readings.append(reading)
    return readings


def _without_repeats(readings: list[Reading]) -> list[Reading]:
    """Keep the first of the files that say they are the same: the inbox comes before the sample.

    The same is a data set and vintage, in one layout: the two police forces of London are two. An
    office's own declared figures may come in as many files as it likes.
    """
    seen: dict[tuple[str, ...], Reading] = {}
    editions: set[str] = set()
    for reading in readings:
        if reading.layout == TIDY_LAYOUT and reading.edition in editions:
            continue
        own = reading.sha256 if reading.source in ITS_OWN else ""
        seen.setdefault((reading.edition, reading.layout, own), reading)
        editions.add(reading.edition)
    return list(seen.values())


def _newest_first(paths: list[Path]) -> list[Path]:
    """Return the files with those in folders called by a day first, the latest day before all."""
    dated = [path for path in paths if _DAY.fullmatch(path.parent.name)]
    others = [path for path in paths if path not in set(dated)]
    return sorted(dated, key=lambda path: path.parent.name, reverse=True) + others


def _latest_first(vintage: str) -> int:
    return -int(vintage.replace("-", "").ljust(6, "0"))
