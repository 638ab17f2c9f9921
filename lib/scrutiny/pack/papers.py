"""The published pages of a meeting, each proved against its own manifest before it is packed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from scrutiny import edition
from scrutiny.edition import Edition, Target
from scrutiny.edition.load import FILE
from scrutiny.edition.meeting import Item, Meeting
from scrutiny.errors import NotForPack
from scrutiny.pack import document
from scrutiny.project import Project
from scrutiny.publish import manifest
from scrutiny.publish.pages import pages_of

APPROVED = "approved"
RESULTS = "results.csv"


@dataclass(frozen=True)
class Paper:
    """One published page: its edition and part (empty: the main page), and what stands there."""

    target: Target
    part: str
    period: str
    status: str
    folder: Path
    inputs: tuple[dict, ...]
    html: str = field(repr=False)

    @cached_property
    def title(self) -> str:
        """The page's title and its edition's period."""
        return f"{document.title(self.html)}, {self.period}"

    @property
    def name(self) -> str:
        """The page as a user names it."""
        return _joined("/", self.target, self.part)

    @property
    def stem(self) -> str:
        """The file name without its ending: ``borough-priorities-2018-q4-croydon``."""
        return _joined("-", self.target, self.part)


@dataclass(frozen=True)
class Entry:
    """An item of the agenda and the pages under it."""

    item: Item
    papers: tuple[Paper, ...]


def gather(project: Project, out: Path, meeting: Meeting, *, draft: bool) -> tuple[Entry, ...]:
    """Return the agenda with its published pages.

    Raises :class:`scrutiny.errors.NotForPack` for an edition that is not approved (unless
    ``draft``), and for a page that is not built, not what was published, or not of the edition
    as it stands today.
    """
    editions = {
        target: edition.load(project.params, target.report, target.edition)
        for under in meeting.targets
        for target in under
    }
    status = {target: named.settings.status for target, named in editions.items()}
    unapproved = [f"{target} ({state})" for target, state in status.items() if state != APPROVED]
    if unapproved and not draft:
        raise NotForPack(
            f"not approved: {', '.join(unapproved)}; scrutiny pack {meeting.name} --draft makes "
            "a pack in which every page is marked as a draft"
        )
    pages = {target: pages_of(project, target) for target in status}
    if missing := [t for t in status if not all(_page(out, t, p).is_file() for p in pages[t])]:
        names = " ".join(map(str, missing))
        raise NotForPack(f"not built, or built in part: run scrutiny build {names}")
    return tuple(
        Entry(
            item,
            tuple(
                _proved(project, out, target, part, editions[target])
                for target in under
                for part in pages[target]
            ),
        )
        for item, under in zip(meeting.settings.items, meeting.targets, strict=True)
    )


def _proved(project: Project, out: Path, target: Target, part: str, named: Edition) -> Paper:
    page = _page(out, target, part)
    name, cure = _joined("/", target, part), f"run scrutiny build {target}"
    written = manifest.read(page.parent)
    outputs = {output["path"]: output["sha256"] for output in written.get("outputs", ())}
    for path in {page.name: "", RESULTS: ""} | outputs:
        file = page.parent / path
        found = _sha256(file) if file.is_file() else "no file"
        if found != outputs.get(path):
            raise NotForPack(
                f"{name}: {path} is not what was published: sha256 "
                f"{outputs.get(path, 'none')[:12]} in {manifest.NAME}, {found[:12]} in the folder; "
                f"{cure}"
            )
    inputs = tuple(written["inputs"])
    if changed := _changed(project, target, inputs):
        raise NotForPack(f"{name}: {changed} changed after the page was built; {cure}")
    html, status = page.read_text("utf-8"), named.settings.status
    return Paper(target, part, named.period_name, status, page.parent, inputs, html)


def _changed(project: Project, target: Target, inputs: tuple[dict, ...]) -> str:
    """Return the file of the edition that differs from the one that the page was built from."""
    folder = project.params / target.report / target.edition
    built_from = {entry["path"]: entry["sha256"] for entry in inputs}
    for path in (folder / FILE, *sorted(folder.glob("*.md"))):
        if built_from.get(project.name(path)) != _sha256(path):
            return project.name(path)
    return ""


def _joined(sign: str, target: Target, part: str) -> str:
    return sign.join(filter(None, (target.report, target.edition, part)))


def _folder(out: Path, target: Target, part: str) -> Path:
    return out.joinpath(target.report, target.edition, *([part] if part else []))


def _page(out: Path, target: Target, part: str) -> Path:
    return _folder(out, target, part) / f"{_joined('-', target, part)}.html"


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
