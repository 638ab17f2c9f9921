"""``outputs/index.html``: the way in, by reader."""

from __future__ import annotations

from pathlib import Path

import jinja2

from scrutiny import places, render
from scrutiny.edition import REPORTS, editions_of, load
from scrutiny.errors import ScrutinyError
from scrutiny.periods import month_name
from scrutiny.project import Project

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
        "Each borough's priority crimes against London. Choose a borough, or the overview.",
    ),
    (
        "recommendation-tracker",
        "What became of our recommendations",
        "Each recommendation of the committee with its status: green, amber or red.",
    ),
)


def write_index(project: Project, out: Path) -> Path:
    """Write the index of what stands published; return its path."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(project.root / "templates" / "site"), autoescape=True
    )
    html = environment.get_template("index.html.j2").render(
        policy=render.POLICY,
        style=render.style(project),
        standing=STANDING,
        attribution=render.ATTRIBUTION,
        sections=[
            {
                "report": report,
                "identity": report,
                "title": title,
                "lead": lead,
                "editions": _editions(project, out, report),
            }
            for report, title, lead in SECTIONS
        ],
    )
    path = out / "index.html"
    scratch = path.with_suffix(".tmp")
    scratch.write_text(html, "utf-8", newline="\n")
    scratch.replace(path)
    return path


def _editions(project: Project, out: Path, report: str) -> list[dict]:
    """Return the published editions of a report, the newest first."""
    found = []
    for name in reversed(editions_of(project.params, report)):
        main = out / report / name / f"{report}-{name}.html"
        boroughs = _places(out, report, name)
        if not main.is_file() and not boroughs:
            continue
        try:
            edition = load(project.params, report, name)
        except ScrutinyError:
            continue  # listed by `scrutiny list` with what is wrong
        settings = edition.settings
        found.append(
            {
                "address": main.relative_to(out).as_posix() if main.is_file() else "",
                "title": f"{settings.title}, {edition.period_name}"
                + OVERVIEW * REPORTS[report].for_places,
                "facts": (
                    f"Status: {settings.status}. Data to {month_name(settings.data_to)}. "
                    f"{_size(main)}"
                ),
                "places": boroughs,
            }
        )
    return found


def _size(page: Path) -> str:
    return f"HTML, {page.stat().st_size // 1024 + 1} KB." if page.is_file() else "Built in part."


def _places(out: Path, report: str, name: str) -> list[dict]:
    return [
        {"name": place.name, "address": page.relative_to(out).as_posix()}
        for place in places.boroughs()
        if (
            page := out / report / name / place.folder / f"{report}-{name}-{place.folder}.html"
        ).is_file()
    ]
