"""What stands in ``outputs/``: which editions are built, and whether they are up to date."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from scrutiny.due import Origins
from scrutiny.edition import Edition, Target, every_target, load
from scrutiny.errors import ScrutinyError
from scrutiny.periods import key
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
    origins = Origins(project, out)
    return [_standing(project, out, target, origins) for target in every_target(project.params)]


def _standing(project: Project, out: Path, target: Target, origins: Origins) -> Standing:
    folder = out / target.report / target.edition
    built = sum(1 for _ in folder.rglob(manifest.NAME))
    try:
        edition: Edition = load(project.params, target.report, target.edition)
        parts = pages_of(project, target)
    except ScrutinyError as error:
        return Standing(target, "", "", built, 1, "faulty", str(error))
    settings = edition.settings
    state, why = _state(origins, target, built, parts)
    return Standing(
        target, settings.title, key(settings.data_to), built, len(parts),
        f"{settings.status}, {state}", why,
    )  # fmt: skip


def _state(origins: Origins, target: Target, built: int, parts: list[str]) -> tuple[str, str]:
    if not built:
        return "not built", ""
    if built < len(parts):
        return "built in part", f"{built} of {len(parts)} pages"
    for part in parts:
        if changes := origins.changes(target, part):
            more = f" ({len(changes) - 1} more)" if len(changes) > 1 else ""
            return "due", f"{changes[0]}{more}"
    return "built", ""
