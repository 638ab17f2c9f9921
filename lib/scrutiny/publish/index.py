"""``outputs/index.html``: the way in, by reader; and the accessibility statement beside it."""

from __future__ import annotations

import datetime as dt
import re
from importlib import metadata
from pathlib import Path

import jinja2

from scrutiny import markup, render
from scrutiny.due import Origins
from scrutiny.edition import EXPLORE, REPORTS, Edition, editions_of, load
from scrutiny.errors import ScrutinyError
from scrutiny.measures.difference import difference
from scrutiny.measures.results import from_csv
from scrutiny.periods import day_name, month_name
from scrutiny.project import Project
from scrutiny.publish.pages import part_name
from scrutiny.publish.whole import put_file

OVERVIEW = ": London overview"
STANDING = (
    "These pages are reconstructions from published data. They are not official publications of "
    "any body that they name."
)
SECTIONS = (
    (
        "committee-monthly",
        "For the committee",
        "The monthly report to the Police and Crime Committee: what changed, and what was said.",
    ),
    (
        "borough-priorities",
        "My borough",
        "Each borough's crimes against London, and its chosen priorities where a source records "
        "them. Choose a borough, or the overview.",
    ),
    (
        "territorial-performance",
        "How policing of the boroughs performs",
        "The year to date, boroughs over three months, groups of boroughs, confidence and targets.",
    ),
    (
        "partner-scorecard",
        "For boroughs and their partners",
        "The indicators of each borough by portfolio: the latest month, three, and the year so "
        "far. Choose a borough, or London.",
    ),
    (
        "recommendation-tracker",
        "What became of our recommendations",
        "Each recommendation of the committee with its status: green, amber or red.",
    ),
    (
        EXPLORE,
        "Explore",
        "Every measure that the files hold, a page for each: its months, its boroughs, a map and "
        "rates. No script is needed.",
    ),
)
SHORTCUTS = {
    "committee-monthly": {
        "What was promised, and what is overdue": "what-was-promised-asked-and",
        "What changed since the last edition": "what-changed-since-the-last",
    },
    "recommendation-tracker": {
        "What is overdue, and with whom": "what-is-overdue-since-when",
        "What comes next": "what-comes-next-and-when",
    },
}
FORMATS = {"html": "HTML", "pdf": "PDF", "docx": "Word", "xlsx": "Spreadsheet", "zip": "ZIP"}
RESULTS = "results.csv"
PACKS = "packs"
# The day on which the statement was last held against the pages: set by hand, with each release.
STATEMENT_PREPARED = dt.date(2026, 11, 27)


def write_index(project: Project, out: Path) -> Path:
    """Write the index of what stands published; return its path."""
    sections = [
        {
            "report": report,
            "identity": report,
            "title": title,
            "lead": lead,
            "editions": _editions(project, out, report),
            "packs": _packs(out) if report == "committee-monthly" else [],
        }
        for report, title, lead in SECTIONS
    ]
    tables = [
        _file(out, edition["folder"] / RESULTS) | {"name": edition["title"]}
        for section in sections
        for edition in section["editions"]
        if (edition["folder"] / RESULTS).is_file()
    ]
    return _write(
        project, out, "index.html", sections=sections, tables=tables, dashboard=project.dashboard
    )


def write_statement(project: Project, out: Path) -> Path:
    """Write the accessibility statement of all pages; return its path."""
    return _write(
        project,
        out,
        "accessibility.html",
        version=metadata.version("scrutiny"),
        prepared=day_name(STATEMENT_PREPARED),
    )


def _write(project: Project, out: Path, name: str, **contents: object) -> Path:
    """Write a page of the site, whole, from the template of its name."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(project.root / "templates" / "site"), autoescape=True
    )
    html = environment.get_template(f"{name}.j2").render(
        policy=render.POLICY,
        style=render.style(project),
        standing=STANDING,
        attribution=render.ATTRIBUTION,
        **contents,
    )
    put_file(out, out / name, html)
    Origins(project, out).keep(name)
    return out / name


def _editions(project: Project, out: Path, report: str) -> list[dict]:
    """Return the published editions of a report, the newest first."""
    found: list[dict] = []
    for name in editions_of(project.params, report):
        folder = out / report / name
        own_parts = _parts(out, report, name)
        formats = _formats(out, folder, f"{report}-{name}")
        if not formats and not own_parts:
            continue
        try:
            edition = load(project.params, report, name)
        except ScrutinyError:
            continue  # listed by `scrutiny list` with what is wrong
        found.append(_edition(edition, folder, _last_alike(found, edition), formats, own_parts))
    return found[::-1]


def _last_alike(found: list[dict], edition: Edition) -> dict | None:
    """Return the last edition so far, of a tracker the last about the same recommendations."""
    origin = getattr(edition.settings, "origin", "")
    alike = [earlier for earlier in found if earlier["origin"] == origin]
    return alike[-1] if alike else None


def _edition(
    edition: Edition, folder: Path, earlier: dict | None, formats: list[dict], own_parts: list[dict]
) -> dict:
    settings = edition.settings
    return {
        "folder": folder,
        "origin": getattr(settings, "origin", ""),
        "period": edition.period_name,
        "address": formats[0]["address"] if formats else "",
        "title": f"{markup.visible(settings.title)}, {edition.period_name}"
        + OVERVIEW * REPORTS[edition.report].for_places,
        "status": render.status(settings.status),
        "data_to": month_name(settings.data_to),
        "formats": formats,
        "changed": _changed(folder, earlier),
        "places": own_parts,
        "shortcuts": _shortcuts(edition.report, formats),
    }


def _shortcuts(report: str, formats: list[dict]) -> list[dict]:
    """Return the sections of a page that are looked for by name."""
    return [
        {"name": name, "address": f"{formats[0]['address']}#{anchor}"}
        for name, anchor in SHORTCUTS.get(report, {}).items()
        if formats
    ]


def _changed(folder: Path, earlier: dict | None) -> str:
    """Return in a sentence what the numbers of an edition have that its predecessor's had not."""
    if earlier is None:
        return "What changed: nothing to compare with, as no earlier edition is built here."
    paths = (earlier["folder"] / RESULTS, folder / RESULTS)
    if not all(path.is_file() for path in paths):
        return "What changed: nothing to compare with, as no main page is built here."
    found = difference(*map(from_csv, paths))
    differ, new, gone = (len(found[kind]) for kind in ("changed", "added", "dropped"))
    return (
        f"What changed since {earlier['period']}: of {found['same'] + differ:,} numbers in both, "
        f"{differ:,} are not the same; {new:,} are new, {gone:,} are no longer there."
    )


def _formats(out: Path, folder: Path, stem: str) -> list[dict]:
    """Return the forms of a page that are on disk, the page itself first."""
    files = [folder / f"{stem}.{ending}" for ending in FORMATS]
    return [_file(out, path) for path in files if path.is_file()]


def _file(out: Path, path: Path) -> dict:
    kind = FORMATS.get(path.suffix[1:], path.name)
    size = f"{-(-path.stat().st_size // 1024):,} KB"
    return {"name": kind, "address": path.relative_to(out).as_posix(), "size": size}


def _packs(out: Path) -> list[dict]:
    """Return the packs for meetings that are on disk, the newest first, each with its cover."""
    return [
        {
            "name": "Draft pack" if any(cover.parent.glob("pack-*-draft.zip")) else "Pack",
            "day": _day(cover.parent.name),
            "address": cover.relative_to(out).as_posix(),
            "files": [_file(out, path) for path in sorted(cover.parent.glob("*.[pz][di][fp]"))],
        }
        for cover in sorted((out / PACKS).glob("*/index.html"), reverse=True)
    ]


def _day(name: str) -> str:
    try:
        return day_name(dt.date.fromisoformat(name))
    except ValueError:
        return name


def _parts(out: Path, report: str, name: str) -> list[dict]:
    """Return the parts of an edition that are on disk by name; recommendations by number."""
    pages = {
        folder.name: folder / f"{report}-{name}-{folder.name}.html"
        for folder in (out / report / name).glob("*/")
    }
    found = [
        {"name": part_name(report, part), "address": path, "part": part}
        for part, path in pages.items()
        if path.is_file()
    ]
    found.sort(key=lambda part: (_numbers(part["part"]), part["name"]))
    return [part | {"address": part["address"].relative_to(out).as_posix()} for part in found]


def _numbers(part: str) -> tuple[int, ...]:
    return tuple(map(int, re.findall(r"\d+", part))) if part[0].isdigit() else ()
