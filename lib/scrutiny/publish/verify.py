"""``scrutiny verify``: every published file against the hash that was written when it was made."""

from __future__ import annotations

import hashlib
import zipfile
import zlib
from dataclasses import dataclass, field
from pathlib import Path

from scrutiny.due import Origins
from scrutiny.edition import REPORTS, Target, editions_of
from scrutiny.errors import ScrutinyError
from scrutiny.project import Project
from scrutiny.publish import manifest
from scrutiny.publish.approval import in_force, parts_in
from scrutiny.publish.index import PACKS
from scrutiny.publish.revise import REVISIONS

HASHES = "sha256.txt"
_CURE = "it was changed after it was made; build it again with --force"


@dataclass
class Verified:
    """What was looked at, and a sentence for each file that is not what it should be."""

    pages: int = 0
    files: int = 0
    faults: list[str] = field(default_factory=list)


def verify(project: Project, out: Path, targets: list[Target]) -> Verified:
    """Return what differs: in the targets, or without any in everything that is published.

    Each page against its manifest, the manifest against the record of its build, an approved
    edition against its approval; packs against their list of hashes, the way in against its record.
    """
    found = Verified()
    origins = Origins(project, out)
    for target in targets or _editions(out):
        folder = out / target.report / target.edition
        parts = parts_in(folder) if target.part is None else [target.part]
        if not parts:
            found.faults.append(f"{target}: nothing is published; run scrutiny build {target}")
        for part in parts:
            _page(found, out, folder / part, origins.manifest_of(target, part))
        _approval(found, project, target, folder)
    if not targets:
        for path in sorted((out / REVISIONS).rglob(manifest.NAME)):
            _page(found, out, path.parent, "")
        for path in sorted((out / PACKS).glob(f"*/{HASHES}")):
            _pack(found, out, path)
        for name, sha256 in origins.site().items():
            _compare(found, out, out / name, sha256)
    return found


def _editions(out: Path) -> list[Target]:
    """Return every edition that is published, of ``params/`` or not."""
    return [
        Target(report, folder.name)
        for report in REPORTS
        for folder in sorted((out / report).glob("[!.]*/"))
        if any(folder.rglob(manifest.NAME))
    ]


def _page(found: Verified, out: Path, folder: Path, sha256: str) -> None:
    path = folder / manifest.NAME
    found.pages += 1
    try:
        outputs = {made["path"]: made["sha256"] for made in manifest.read(folder)["outputs"]}
    except (ValueError, KeyError, TypeError):
        found.faults.append(f"{_name(out, path)} is missing or no manifest; {_CURE}")
        return
    if sha256:
        _compare(found, out, path, sha256)
    for name, its in outputs.items():
        _compare(found, out, folder / name, its)
    known = {manifest.NAME, *outputs}
    others = [path for path in folder.iterdir() if path.is_file() and path.name not in known]
    found.faults += [f"{_name(out, path)} is in no manifest; remove it" for path in sorted(others)]


def _approval(found: Verified, project: Project, target: Target, folder: Path) -> None:
    if target.edition not in editions_of(project.params, target.report):
        return
    try:
        approval = in_force(project, target)
    except ScrutinyError as error:
        found.faults.append(str(error))
        return
    for part in approval.outputs if approval else ():
        if target.part in (None, part) and (name := approval.other(part, folder / part)):
            path = "/".join(filter(None, (target.report, target.edition, part, name)))
            found.faults.append(f"{path} is not what {approval.by} approved on {approval.on}")


def _pack(found: Verified, out: Path, hashes: Path) -> None:
    listed = dict(line.split("  ", 1)[::-1] for line in hashes.read_text("utf-8").splitlines())
    for name, sha256 in listed.items():
        _compare(found, out, hashes.parent / name, sha256)
    for path in sorted(hashes.parent.glob("*.zip")):
        found.files += 1
        try:
            with zipfile.ZipFile(path) as archive:
                same = all(
                    archive.read(name) == (path.parent / name).read_bytes() for name in listed
                )
        except (zipfile.BadZipFile, KeyError, OSError, zlib.error):
            same = False
        if not same:
            found.faults.append(f"{_name(out, path)} does not hold the files beside it; pack again")


def _compare(found: Verified, out: Path, path: Path, sha256: str) -> None:
    found.files += 1
    if not path.is_file():
        found.faults.append(f"{_name(out, path)} is missing; {_CURE}")
        return
    its = hashlib.sha256(path.read_bytes()).hexdigest()
    if not its.startswith(sha256) or not sha256:
        found.faults.append(
            f"{_name(out, path)} has sha256 {its[:12]}, {sha256[:12]} was published; {_CURE}"
        )


def _name(out: Path, path: Path) -> str:
    return path.relative_to(out).as_posix()
