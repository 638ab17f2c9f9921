"""What the pack says of itself: cover page, covering note, and the document for print."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import jinja2
from markupsafe import Markup

from scrutiny import markup, render
from scrutiny.edition.meeting import Meeting
from scrutiny.formats import pdf as formats
from scrutiny.pack import document, draft
from scrutiny.pack.papers import APPROVED, Entry
from scrutiny.periods import day_name
from scrutiny.project import Project
from scrutiny.publish.index import STANDING

if TYPE_CHECKING:
    from scrutiny.pack.folder import File

ALL_APPROVED = "Every report in this pack is approved."
OURS = "this project"


def about(meeting: Meeting, agenda: tuple[Entry, ...], *, as_draft: bool) -> dict:
    """Return what the templates print of a meeting, its agenda and its pages."""
    settings = meeting.settings
    day = day_name(meeting.day)
    status = "draft" if as_draft else APPROVED
    return {
        "title": settings.title,
        "body": settings.body,
        "day": day,
        "when": f"{day}, {settings.time}, {settings.venue}",
        "status": f"{render.STATUS_SHAPES[status]} {status.capitalize()}",
        "facts": [("Date", day), ("Time", settings.time), ("Venue", settings.venue)],
        "draft": as_draft,
        "warning": draft.WARNING,
        "state": _state(agenda) if as_draft else ALL_APPROVED,
        "standing": STANDING,
        "attribution": render.ATTRIBUTION,
        "note": settings.note,
        "agenda": agenda,
    }


def page(
    project: Project, pack: dict, papers: dict[str, list[File]], beside: Iterable[File]
) -> bytes:
    """Return the cover page; ``papers`` are each page's files, by its stem, the page first."""
    style = f"{render.style(project)}\n{_rules(project, 'pack.css', pack)}"
    return _filled(
        project, "index.html.j2", pack=pack, papers=papers, beside=beside,
        style=style, policy=render.POLICY,
    )  # fmt: skip


def note(project: Project, pack: dict, files: Iterable[File]) -> bytes:
    """Return the covering note, with the line ends that every desktop shows."""
    text = _filled(
        project, "covering-note.txt.j2", pack=pack, files=files, sources=_sources(pack)
    ).decode()
    return text.replace("\n", "\r\n").encode()


def pdf(project: Project, pack: dict) -> bytes:
    """Return all pages as one PDF: paginated, tagged, bookmarked by item of the agenda."""
    html = _filled(
        project, "print.html.j2", pack=pack, chapter=document.chapter,
        style=f"{render.style(project)}\n{_rules(project, 'pack.css', pack)}",
    ).decode()  # fmt: skip
    printed = (project.root / "templates" / "report" / "print.css").read_text("utf-8")
    return formats.make(html, f"{printed}\n{_rules(project, 'print.css', pack)}")


def _state(agenda: tuple[Entry, ...]) -> str:
    """Return which pages of a draft are not approved."""
    found = Counter(paper.status for entry in agenda for paper in entry.papers)
    pages = ", ".join(f"{status} {count}" for status, count in found.items())
    return f"This pack is a draft. Its pages by status: {pages or 'none'}."


def _sources(pack: dict) -> list[dict]:
    """Return the data files behind the pages, each once, with the pages that used it."""
    sources: dict[tuple, dict] = {}
    for paper in (paper for entry in pack["agenda"] for paper in entry.papers):
        for entry in paper.inputs:
            if entry["publisher"] == OURS:
                continue
            name = PurePosixPath(entry["path"]).name
            key = (name, entry["publisher"], entry["vintage"], entry["licence"])
            known = sources.setdefault(key, {"file": name, "used_by": []} | entry)
            known["used_by"].append(paper.name)
    return [sources[key] for key in sorted(sources)]


def _rules(project: Project, name: str, pack: dict) -> str:
    """Return a style sheet of the pack, with the rules of the mark where it is a draft."""
    text = (_templates(project) / name).read_text("utf-8").strip()
    return f"{text}\n{draft.style(project)}" if pack["draft"] else text


def _templates(project: Project) -> Path:
    return project.root / "templates" / "pack"


def _filled(project: Project, name: str, **values: object) -> bytes:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_templates(project)),
        autoescape=jinja2.select_autoescape(["html.j2"], default=False),
        finalize=lambda value: value if isinstance(value, Markup) else markup.visible(value),
        undefined=jinja2.StrictUndefined,
    )
    return environment.get_template(name).render(values).encode()
