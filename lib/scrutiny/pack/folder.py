"""The files of a pack: pages, spreadsheets, one PDF, cover, note, fingerprints, and the zip."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from scrutiny.edition.meeting import Meeting
from scrutiny.pack import cover, draft, sheets
from scrutiny.pack.papers import RESULTS, Entry, Paper
from scrutiny.project import Project
from scrutiny.publish.beside import in_pack

HASHES = "sha256.txt"
COVER = "index.html"
NOTE = "covering-note.txt"
STATEMENT = "accessibility.html"
# The earliest moment that a zip can tell: what is packed carries no clock.
NO_TIME = (1980, 1, 1, 0, 0, 0)
_UNIX, _READABLE = 3, 0o644 << 16


@dataclass(frozen=True)
class File:
    """A file of the pack: what it is, in words, and how large (0: not known when it is told of)."""

    name: str
    kind: str
    what: str
    bytes: int = 0

    @property
    def size(self) -> str:
        """The size as it is printed; empty where it is not known."""
        return f"{self.bytes // 1024 + 1:,} KB" if self.bytes else ""


def write(
    project: Project,
    out: Path,
    meeting: Meeting,
    agenda: tuple[Entry, ...],
    folder: Path,
    *,
    as_draft: bool,
    made: Callable[[str], None],
) -> None:
    """Write every file of the pack into a new folder; ``made`` is told of each."""
    folder.mkdir(parents=True)

    def keep(name: str, kind: str, what: str, content: bytes) -> File:
        (folder / name).write_bytes(content)
        made(name)
        return File(name, kind, what, len(content))

    stem = f"pack-{meeting.name}{'-draft' * as_draft}"
    about = cover.about(meeting, agenda, as_draft=as_draft)
    pdf = keep(
        f"{stem}.pdf", "PDF", "Every page in one document to print", cover.pdf(project, about)
    )
    papers = {
        paper.stem: _papers_files(project, paper, as_draft, keep)
        for entry in agenda
        for paper in entry.papers
    }
    statement = _statement(project, out, as_draft, keep)
    note = File(NOTE, "text", "Covering note: status, data, how to check the files")
    hashes = File(HASHES, "text", "The sha256 of every other file but the zip")
    whole = File(f"{stem}.zip", "zip", "All of it in one file")
    # The zip is not linked to: a cover that was unpacked has none beside it.
    beside = [pdf, note, *statement, hashes]
    page = keep(
        COVER, "HTML", "Cover page: the agenda, with a link to each file",
        cover.page(project, about, papers, beside),
    )  # fmt: skip
    listed = [page, pdf, *(file for files in papers.values() for file in files), *statement]
    keep(note.name, note.kind, note.what, cover.note(project, about, [*listed, hashes, whole]))
    keep(hashes.name, hashes.kind, hashes.what, _hashes(folder))
    zip_up(folder, folder / whole.name)
    made(whole.name)


Keep = Callable[[str, str, str, bytes], File]


def _papers_files(project: Project, paper: Paper, as_draft: bool, keep: Keep) -> list[File]:
    """Keep a page and its numbers; return them, the page first."""
    title = paper.title
    html = paper.html
    if as_draft:
        html = draft.mark(project, html, paper.name)
    return [
        keep(f"{paper.stem}.html", "HTML", title, in_pack(html, paper.stem).encode()),
        keep(
            f"{paper.stem}.xlsx", "Excel", f"Spreadsheet: {title}",
            sheets.workbook(paper, html),
        ),
        keep(
            f"{paper.stem}-{RESULTS}", "CSV", f"Every number with its method and source: {title}",
            (paper.folder / RESULTS).read_bytes(),
        ),
    ]  # fmt: skip


def _statement(project: Project, out: Path, as_draft: bool, keep: Keep) -> list[File]:
    """Keep the accessibility statement, which every page names, where there is one."""
    path = out / STATEMENT
    if not path.is_file():
        return []
    html = path.read_text("utf-8")
    if as_draft:
        html = draft.mark(project, html, STATEMENT)
    return [keep(STATEMENT, "HTML", "Accessibility statement", html.encode())]


def _hashes(folder: Path) -> bytes:
    lines = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n"
        for path in sorted(folder.iterdir())
    ]
    return "".join(lines).encode()


def zip_up(folder: Path, path: Path) -> None:
    """Write a folder's files into a zip, in order of name: the same files give the same bytes."""
    files = sorted(folder.iterdir())
    with zipfile.ZipFile(path, "w") as archive:
        for file in files:
            entry = zipfile.ZipInfo(file.name, NO_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system, entry.external_attr = _UNIX, _READABLE
            archive.writestr(entry, file.read_bytes())
