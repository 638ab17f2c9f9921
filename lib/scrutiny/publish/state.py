"""What stands in ``outputs/``: which editions are built, and whether they are up to date."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from scrutiny.edition import Edition, Target, every_target, load
from scrutiny.errors import ScrutinyError
from scrutiny.project import Project
from scrutiny.publish import manifest
from scrutiny.publish.pages import pages_of


@dataclass(frozen=True)
class Standing:
    """An edition and how it stands: ``state`` is a word or two, ``why`` a reason or empty."""

    target: Target
    title: str
    data_to: str
    pages: int
    of: int
    state: str
    why: str


def standings(project: Project, out: Path) -> list[Standing]:
    """Return every edition of ``params/`` with its state."""
    return [_standing(project, out, target) for target in every_target(project.params)]


def _standing(project: Project, out: Path, target: Target) -> Standing:
    folder = out / target.report / target.edition
    built = sum(1 for _ in folder.rglob(manifest.NAME))
    try:
        edition: Edition = load(project.params, target.report, target.edition)
        expected = len(pages_of(project, target))
    except ScrutinyError as error:
        return Standing(target, "", "", built, 1, "faulty", str(error))
    settings = edition.settings
    state, why = _state(project, folder, built, expected)
    return Standing(
        target, settings.title, str(settings.data_to), built, expected,
        f"{settings.status}, {state}", why,
    )  # fmt: skip


def _state(project: Project, folder: Path, built: int, expected: int) -> tuple[str, str]:
    if not built:
        return "not built", ""
    if built < expected:
        return "built in part", f"{built} of {expected} pages"
    for entry in manifest.read(folder).get("inputs", ()):
        path = project.root / entry["path"]
        if path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() != entry["sha256"]:
            return "due", f"{entry['path']} changed"
    return "built", ""
