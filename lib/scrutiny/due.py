"""Whether a page is due, and why: what it was made from, beside what there is now.

A record of what a page was made from is kept in ``.cache/pages``, a file a page; without one the
page is due. Files are compared by their contents, so that a date alone makes nothing due.
"""

from __future__ import annotations

import hashlib
import html
import json
import platform
import re
import shutil
from collections.abc import Iterable
from contextlib import suppress
from functools import cache, cached_property
from importlib import metadata
from pathlib import Path

from scrutiny.edition import REPORTS, Target, corrections, editions_of, every_target
from scrutiny.edition.load import FILE
from scrutiny.limits import FILE as LIMITS
from scrutiny.project import Project

MANIFEST = "manifest.json"
PACKAGE = "the package"  # in a record: our own code with the versions of what it stands on
CONTENTS = "what the page says"
WHERE = "where"  # names the output folder that records are about
SITE = "site"
MAIN = "main"  # in the place of a part's name
INDEX = "index.html"
LISTED = re.compile(rf'href="((?:{"|".join(REPORTS)})/[^/"]+)/')  # the editions of an index
DASHBOARD = re.compile(r'href="([^"]*)">The dashboards</a>')
# The libraries whose release may change a page; a manifest names their versions.
PACKAGES = (
    "scrutiny", "altair", "nbconvert", "numpy", "openpyxl", "pandas", "papermill", "python-docx",
    "scipy", "vl-convert-python", "weasyprint",
)  # fmt: skip


class Origins:
    """What the pages of one run are made from; each file is read once."""

    def __init__(self, project: Project, out: Path) -> None:
        self._project, self._out = project, out
        own = hashlib.sha256(str(out).encode()).hexdigest()[:16]
        self._records = project.cache.parent / "pages" / own
        self._read: dict[Path, str] = {}
        self._inputs: dict[tuple[str, str], dict[str, str]] = {}
        self._editions: dict[str, list[str]] = {}

    def changes(self, target: Target, part: str, formats: Iterable[str] = ()) -> list[str]:
        """Return what has changed since the page was made, in a few words each; none: not due.

        ``formats`` are those that it must have been made in, besides its edition's own.
        """
        folder = self.folder(target, part)
        if not (folder / MANIFEST).is_file():
            return ["not built"]
        record = self._record(target, part)
        if record.get(MANIFEST) != self._hash(folder / MANIFEST) or "outputs" not in record:
            return ["not known what it was made from"]
        stem = "-".join(filter(None, (target.report, target.edition, part)))
        wanted = dict.fromkeys([*record["outputs"], *(f"{stem}.{name}" for name in formats)])
        gone = wanted.keys() - {path.name for path in folder.iterdir()}
        return [
            *(f"{name} is missing" for name in wanted if name in gone),
            *_changes(record["inputs"], self.inputs(target)),
        ]

    def forget_the_gone(self) -> None:
        """Remove the records of output folders that are no longer there."""
        for where in self._records.parent.glob(f"*/{WHERE}"):
            if not Path(where.read_text("utf-8")).is_dir():
                shutil.rmtree(where.parent, ignore_errors=True)

    def is_due(self, target: Target, formats: Iterable[str] = ()) -> bool:
        """Whether any page of the target is due."""
        return any(self.changes(target, part, formats) for part in self._parts(target))

    def index_is_due(self) -> bool:
        """Whether the index lists an edition that is gone, or lacks one that stands.

        Also where it links to other dashboards than those that are served now.
        """
        try:
            index = (self._out / INDEX).read_text("utf-8")
        except OSError:
            return True
        dashboard = DASHBOARD.search(index)
        if (html.unescape(dashboard[1]) if dashboard else "") != self._project.dashboard:
            return True
        return set(LISTED.findall(index)) != {
            f"{target.report}/{target.edition}"
            for target in every_target(self._project.params)
            if (self._out / target.report / target.edition).is_dir()
        }

    def _parts(self, target: Target) -> list[str]:
        """Return the parts on record; others there cannot be while the main page is not due."""
        if target.part is not None:
            return [target.part]
        kept = (self._records / target.report / target.edition).glob("*.json")
        return ["", *sorted({path.stem for path in kept} - {MAIN})]

    def says(self, target: Target, part: str) -> str:
        """Return the digest of what the page said when it was made; empty without a record."""
        return self._record(target, part).get(CONTENTS, "")

    def may_concern_other_pages(self, change: str) -> bool:
        """Whether it is a change of data or registers, which a page may not use."""
        shared = [*self._project.given_data, self._project.root / "data"]
        return change.startswith(tuple(f"{self._project.name(path)}/" for path in shared))

    def record(self, target: Target, part: str, says: str) -> None:
        """Keep what the page, which has just been published, was made from."""
        path = self._path(target, part)
        manifest = (self.folder(target, part) / MANIFEST).read_bytes()
        content = {
            "inputs": self.inputs(target), CONTENTS: says,
            "outputs": [made["path"] for made in json.loads(manifest)["outputs"]],
            MANIFEST: hashlib.sha256(manifest).hexdigest()[:16],
        }  # fmt: skip
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            (self._records / WHERE).write_text(str(self._out), "utf-8")
            scratch = path.with_suffix(".tmp")
            scratch.write_text(json.dumps(content), "utf-8")
            scratch.replace(path)
        except OSError:
            pass  # a page without a record is made again, which costs time alone

    def manifest_of(self, target: Target, part: str) -> str:
        """Return how the hash of the page's manifest begins; empty without a record."""
        return self._record(target, part).get(MANIFEST, "")

    def keep(self, name: str) -> None:
        """Keep the hash of a file that leads to the pages, which has just been written."""
        path = self._records / SITE / name
        with suppress(OSError):  # without it the file cannot be verified, and that is said
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(hashlib.sha256((self._out / name).read_bytes()).hexdigest(), "utf-8")

    def site(self) -> dict[str, str]:
        """Return the hash of each file that leads to the pages, by its name."""
        return {p.name: p.read_text("utf-8") for p in sorted((self._records / SITE).glob("*"))}

    def inputs(self, target: Target) -> dict[str, str]:
        """Return everything that the pages of an edition may depend on: name to hash."""
        key = target.report, target.edition
        if key not in self._inputs:
            self._inputs[key] = self._own(*key) | self._shared
        return self._inputs[key]

    def _own(self, report: str, edition: str) -> dict[str, str]:
        if report not in self._editions:
            self._editions[report] = editions_of(self._project.params, report)
        before = [e for e in self._editions[report] if e < edition][-1:]
        folders = [self._project.params / report / name for name in (edition, *before)]
        own = [self._project.notebooks / REPORTS[report].file]
        own += [path for folder in folders for path in (folder / FILE, *folder.glob("*.md"))]
        own += filter(Path.is_file, [folder / corrections.FILE for folder in folders])
        return {self._project.name(path): self._hash(path) for path in sorted(own)}

    @cached_property
    def _shared(self) -> dict[str, str]:
        """Everything that pages of all editions may depend on."""
        project = self._project
        data = [project.inbox, project.sample]
        own = [project.registers, project.root / "data" / "areas", project.root / "templates"]
        folders = [*own, *project.given_data, *data]
        paths = [path for folder in folders for path in _visible(folder)]
        paths += [path for path in [project.root / "data" / LIMITS] if path.is_file()]
        return {project.name(path): self._hash(path) for path in paths} | {PACKAGE: package()}

    def _hash(self, path: Path) -> str:
        if path not in self._read:
            with path.open("rb") as file:
                self._read[path] = hashlib.file_digest(file, "sha256").hexdigest()[:16]
        return self._read[path]

    def _record(self, target: Target, part: str) -> dict:
        try:
            return json.loads(self._path(target, part).read_text("utf-8"))
        except (OSError, ValueError):
            return {}

    def _path(self, target: Target, part: str) -> Path:
        return self._records / target.report / target.edition / f"{part or MAIN}.json"

    def folder(self, target: Target, part: str) -> Path:
        """Return where the page is published."""
        return self._out.joinpath(target.report, target.edition, *([part] if part else []))


def _changes(then: dict[str, str], now: dict[str, str]) -> list[str]:
    if then == now:
        return []
    return [
        *(f"{name} changed" for name in then if name in now and then[name] != now[name]),
        *(f"{name} is new" for name in now if name not in then),
        *(f"{name} is gone" for name in then if name not in now),
    ]


@cache
def package() -> str:
    """Return the hash of this package's code and tables, and of the versions that it runs on."""
    here = Path(__file__).parent
    digest = hashlib.sha256(json.dumps(versions()).encode())
    for path in sorted(path for path in here.rglob("*") if path.suffix in (".py", ".yml", ".csv")):
        digest.update(path.relative_to(here).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


@cache
def versions() -> dict[str, str]:
    """Return the versions of Python and of the libraries that a page is made with."""
    return {"python": platform.python_version()} | {p: metadata.version(p) for p in PACKAGES}


def _visible(folder: Path) -> list[Path]:
    return sorted(
        path
        for path in folder.rglob("*")
        if path.is_file()
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    )
