"""Executed notebooks to pages, by nbconvert through ``templates/report``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from threading import Lock

import nbformat
from nbconvert import HTMLExporter
from traitlets.config import Config

from scrutiny import markup, words
from scrutiny.errors import FailedPage
from scrutiny.periods import day_name, month_name
from scrutiny.project import Project
from scrutiny.report import Report
from scrutiny.sources.reading import Reading

POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; "
    "form-action 'none'"
)
ATTRIBUTION = "Contains public sector information licensed under the Open Government Licence v3.0."
NOT_PUBLISHED = ("parameters", "injected-parameters", "authoring")
SERIES = {
    "committee-monthly": "London Assembly Police and Crime Committee",
    "recommendation-tracker": "London Assembly Police and Crime Committee: recommendations",
    "borough-priorities": "Local priority crimes in London",
}
LARGEST_PAGE = 1_000_000
_ELSEWHERE = r"(?:src|srcset|poster)\s*=\s*[\"']?(?!data:)\w+:|@import|url\((?!#)"
FORBIDDEN = {
    "a script": r"<script\b",
    "a traceback": r"Traceback \(most recent call last\)",
    "an unresolved placeholder": r"\{\{|\}\}",
    "an image without description": r"No description has been provided|<img(?![^>]*\balt=)",
    "a request to another place": _ELSEWHERE,
}
_one_at_a_time = Lock()


def page(project: Project, report: Report, notebook: Path) -> str:
    """Return the HTML of an executed notebook: one file, no script, no request to anywhere.

    Raises :class:`scrutiny.errors.FailedPage` for a page that does not pass its proof.
    """
    executed = nbformat.read(notebook, as_version=4)
    with _one_at_a_time:
        html, _ = _exporter(project.root).from_notebook_node(
            executed, resources={"page": _about(project, report, executed)}
        )
    prove(html, project)
    return html


def prove(html: str, project: Project) -> None:
    """Refuse a page that holds what no published page may; raises ``FailedPage``."""
    forbidden = FORBIDDEN | {"a path of this machine": re.escape(str(project.root))}
    for what, pattern in forbidden.items():
        if found := re.search(pattern, html):
            raise FailedPage(f"the page holds {what}: {found[0]!r}")
    if len(html) > LARGEST_PAGE:
        raise FailedPage(f"the page has {len(html):,} characters, the most is {LARGEST_PAGE:,}")
    if html.count("<h1>") != 1 or not html.rstrip().endswith("</html>"):
        raise FailedPage("the page is not whole")


@lru_cache(maxsize=2)
def _exporter(root: Path) -> HTMLExporter:
    config = Config()
    config.TagRemovePreprocessor.remove_cell_tags = NOT_PUBLISHED
    config.TagRemovePreprocessor.enabled = True
    exporter = HTMLExporter(
        config=config,
        template_name="report",
        extra_template_basedirs=[str(root / "templates")],
        exclude_input=True,
    )
    exporter.register_filter("section", _section)
    return exporter


def _about(project: Project, report: Report, notebook: nbformat.NotebookNode) -> dict:
    """Return what the template shows around the cells."""
    return {
        "title": report.title,
        "period": _period(report),
        "series": SERIES[report.name],
        "facts": _facts(report),
        "standing": words.RECONSTRUCTION,
        "sections": [
            {"identity": _identity(title), "title": title}
            for cell in notebook.cells
            if cell.cell_type == "markdown"
            and not set(NOT_PUBLISHED) & set(cell.metadata.get("tags", ()))
            for title in re.findall(r"(?m)^## +(.+?) *$", cell.source)
        ],
        "policy": POLICY,
        "style": style(project),
        "attribution": ATTRIBUTION,
        "vintages": _vintages(report),
    }


def style(project: Project) -> str:
    """Return the one style sheet of all pages."""
    return (project.root / "templates" / "report" / "report.css").read_text("utf-8")


def _facts(report: Report) -> list[tuple[str, str]]:
    settings = report.edition.settings
    facts = [("Status", settings.status.capitalize())]
    if hasattr(settings, "meeting"):
        facts.append(
            ("Meeting", ", ".join(filter(None, (day_name(settings.meeting), settings.venue))))
        )
        days = settings.reporting_period
        facts.append(("Period covered", f"{day_name(days.first)} to {day_name(days.last)}"))
    if hasattr(settings, "compare"):
        facts.append(
            ("Figures for", f"{report.edition.now.name}, against {report.edition.before.name}")
        )
    facts.append(("Data to", month_name(settings.data_to)))
    facts.append(
        ("Next edition", day_name(settings.next_edition) if settings.next_edition else "not set")
    )
    return facts


def _period(report: Report) -> str:
    if hasattr(report.edition.settings, "meeting"):
        return day_name(report.edition.settings.meeting)
    if hasattr(report.edition.settings, "compare"):
        return report.edition.now.name
    return month_name(report.edition.settings.data_to)


def _vintages(report: Report) -> str:
    own = report.printed_files
    beside = [file for file in report.files if file not in own]
    if not own:
        return "No data file was used."
    also = f" Set beside them for comparison: {_named(beside)}." if beside else ""
    return f"Figures come from: {_named(own)}.{also}"


def _named(files: Iterable[Reading]) -> str:
    return "; ".join(
        f"{file.dataset}, "
        + (f"years to {file.vintage}" if len(file.vintage) == 4 else f"vintage {file.vintage}")
        for file in files
    )


def _section(source: str) -> str:
    """Return a notebook's Markdown with an id on each section heading."""
    html = []
    for block in re.split(r"(?m)^(## +.+)$", source):
        if block.startswith("## "):
            title = block.removeprefix("## ").strip()
            html.append(f'<h2 id="{_identity(title)}">{markup.text(title)}</h2>')
        elif block.strip():
            html.append(markup.markdown(block))
    return "\n".join(html)


def _identity(title: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")
