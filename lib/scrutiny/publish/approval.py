"""Who approved an edition, when, and the hashes of what was approved: ``approval.json``.

The record stands beside ``edition.yml``, so that it is kept, and reviewed, with the edition. A
notebook's times and a manifest may differ between two equal builds: their hashes are not in it.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from scrutiny.edition import Target, load
from scrutiny.errors import FaultyEdition
from scrutiny.project import Project
from scrutiny.publish import manifest

FILE = "approval.json"
_DIFFERS = (".ipynb", ".json")


@dataclass(frozen=True)
class Approval:
    """One approval: of which revision, by whom, on which day, and of which bytes.

    ``outputs`` has for each part (empty: the main page) the sha256 of each file by its name.
    """

    revision: int
    by: str
    on: str
    outputs: dict[str, dict[str, str]]

    def other(self, part: str, folder: Path) -> str:
        """Return the first approved file of a part that does not stand in a folder; empty: none."""
        found, approved = hashes(folder), self.outputs.get(part, {})
        return next((name for name, sha256 in approved.items() if found.get(name) != sha256), "")

    def stands(self, folder: Path) -> bool:
        """Whether everything that was approved stands in an edition's folder, unchanged."""
        return all(not self.other(part, folder / part) for part in self.outputs)


def approvals(project: Project, target: Target) -> list[Approval]:
    """Return every approval of an edition, the first first.

    Raises :class:`scrutiny.errors.FaultyEdition` for a record that cannot be read.
    """
    path = _path(project, target)
    if not path.is_file():
        return []
    try:
        return [Approval(**entry) for entry in json.loads(path.read_text("utf-8"))]
    except (ValueError, TypeError, AttributeError) as error:
        raise FaultyEdition(
            f"{project.name(path)}: no record of approvals; restore the file from git"
        ) from error


def in_force(project: Project, target: Target) -> Approval | None:
    """Return the approval of an edition as it is now; None where its revision has none."""
    found = approvals(project, target)
    revision = load(project.params, target.report, target.edition).revision
    return found[-1] if found and found[-1].revision == revision else None


def record(project: Project, target: Target, approval: Approval) -> None:
    """Add an approval to the record."""
    kept = [asdict(each) for each in [*approvals(project, target), approval]]
    path = _path(project, target)
    new = path.with_suffix(".new")
    new.write_text(json.dumps(kept, indent=2, ensure_ascii=False) + "\n", "utf-8", newline="\n")
    new.replace(path)


def hashes(folder: Path) -> dict[str, str]:
    """Return the sha256 of each file of a page that two equal builds have alike."""
    if not folder.is_dir():
        return {}
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.iterdir())
        if path.is_file() and path.suffix not in _DIFFERS
    }


def parts_in(folder: Path) -> list[str]:
    """Return the parts that stand in an edition's folder, the main page as the empty one."""
    found = sorted(path.parent.relative_to(folder) for path in folder.rglob(manifest.NAME))
    return ["" if path == Path() else path.as_posix() for path in found]


def _path(project: Project, target: Target) -> Path:
    return project.params / target.report / target.edition / FILE
