"""Executed notebooks to pages, by nbconvert through ``templates/report``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any

import nbformat
from jinja2 import meta
from nbconvert import HTMLExporter, TemplateExporter
from nbformat import NotebookNode
from traitlets.config import Config

from scrutiny import markup, proof, words
from scrutiny.edition import EXPLORE
from scrutiny.periods import day_name, month_name
from scrutiny.project import Project
from scrutiny.report import Report
from scrutiny.sources.reading import Reading
from scrutiny.tables.symbols import symbols_in
from scrutiny.words.notes import said_later

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
    "territorial-performance": "Territorial policing: performance to date",
    "partner-scorecard": "Indicators for boroughs and their partners",
    "explore": "Every measure that the files hold",
}
# A status is a word and a shape: an empty, a half full and a full circle.
STATUS_SHAPES = {"draft": "○", "for review": "◐", "approved": "●"}
ACCESSIBILITY = (
    "How accessible this page is, and what is not, is said in the file accessibility.html beside "
    "the index of all reports."
)
WORDS_OF_AN_ADDRESS = 5  # of a section: enough to tell it from the others of any page
LONGEST_NAME = 60  # of a page: what a search engine or a list of tabs shows
SHORTEST_TITLE = 12  # beside the name of a part; one cut to less says nothing
_TABLES = re.compile(r"<tbody>.*?</tbody>", re.DOTALL)
_SPACE_IN_STYLE = re.compile(r"/\*.*?\*/|\s*\n\s*|\s+(?={)|(?<=[{};:,])\s+|;\s*(?=})", re.DOTALL)
_one_at_a_time = Lock()


@dataclass(frozen=True)
class Link:
    """A name and an address, relative to the page."""

    name: str
    address: str


@dataclass(frozen=True)
class Beside:
    """``above``: the way from the index to the page; ``along``: its parts and its files.

    ``within`` are those of its parts to which a table of the page itself leads.
    """

    above: tuple[Link, ...] = ()
    along: tuple[Link, ...] = ()
    within: tuple[Link, ...] = ()

    @property
    def addresses(self) -> frozenset[str]:
        """Every address, as the page holds it."""
        return frozenset(link.address for link in (*self.above, *self.along, *self.within))


NOTHING_BESIDE = Beside()


def page(project: Project, report: Report, notebook: Path, beside: Beside = NOTHING_BESIDE) -> str:
    """Return the HTML of an executed notebook: one file, no script, no request to anywhere.

    ``beside`` has the pages and files that it leads to. Raises
    :class:`scrutiny.errors.FailedPage` for a page that does not pass its proof.
    """
    executed = nbformat.read(notebook, as_version=4)
    executed.cells = _answered(executed.cells)
    with _one_at_a_time:
        html, _ = _exporter(project.root).from_notebook_node(
            executed, resources={"page": _about(project, report, executed) | {"beside": beside}}
        )
    proof.prove(html, project, beside.addresses)
    return html


class _PageExporter(HTMLExporter):
    """nbconvert's own way to HTML, without the second parser that it sends the page through.

    That one writes every attribute and closing tag anew, a third more bytes in a chart, to add
    descriptions to images and focus to cells: our pages have neither.
    """

    def from_notebook_node(self, nb: NotebookNode, resources: dict | None = None, **kw: Any):
        return TemplateExporter.from_notebook_node(self, nb, resources, **kw)


def warm_up(project: Project) -> None:
    """Make ready what every page is rendered with, and leave it where forks share it."""
    exporter = _exporter(project.root)
    nbformat.validate(nbformat.v4.new_notebook(), relax_add_props=True)  # compiles this schema
    names = [exporter.template_file]
    for name in names:
        exporter.environment.get_template(name)
        source, *_ = exporter.environment.loader.get_source(exporter.environment, name)
        names += filter(None, meta.find_referenced_templates(exporter.environment.parse(source)))


@lru_cache(maxsize=2)
def _exporter(root: Path) -> HTMLExporter:
    config = Config()
    config.TagRemovePreprocessor.remove_cell_tags = NOT_PUBLISHED
    config.TagRemovePreprocessor.enabled = True
    config.Exporter.optimistic_validation = True  # once, not after each step
    exporter = _PageExporter(
        config=config,
        template_name="report",
        extra_template_basedirs=[str(root / "templates")],
        exclude_input=True,
    )
    exporter.register_filter("section", _section)
    exporter.register_filter("text", markup.text)
    return exporter


def _about(project: Project, report: Report, notebook: nbformat.NotebookNode) -> dict:
    """Return what the template shows around the cells."""
    sections = [
        {"identity": _identity(title), "title": title}
        for cell in notebook.cells
        if cell.cell_type == "markdown" and _is_published(cell)
        for title in re.findall(r"(?m)^## +(.+?) *$", cell.source)
    ]
    symbols = symbols_in(_tables_of(notebook))
    if symbols:
        sections.append({"identity": "symbols", "title": "What do the symbols in the tables mean?"})
    return {
        "title": report.title,
        "name": _name(report),
        "series": SERIES[report.name],
        "status": status(report.edition.settings.status),
        "facts": _facts(report),
        "standing": words.RECONSTRUCTION,
        "corrections": [
            f"Revision {number}, {day_name(made.on)}: {made.reason}"
            for number, made in enumerate(report.edition.corrections, 2)
        ],
        "sections": sections,
        "symbols": symbols,
        "policy": POLICY,
        "style": style(project),
        "attribution": ATTRIBUTION,
        "vintages": _vintages(report),
        "accessibility": ACCESSIBILITY,
    }


def status(word: str) -> str:
    """Return a status as a shape and a word."""
    return f"{STATUS_SHAPES[word]} {word.capitalize()}"


def _is_published(cell: NotebookNode) -> bool:
    return not set(NOT_PUBLISHED) & set(cell.metadata.get("tags", ()))


def _answered(cells: list[NotebookNode]) -> list[NotebookNode]:
    """Return the cells without the questions that do not arise on this page: nothing is shown."""
    kept: list[NotebookNode] = []
    for cell in cells:
        if cell.cell_type == "code" and _is_published(cell) and not _shows_something(cell):
            continue
        if kept and cell.cell_type == kept[-1].cell_type == "markdown":
            kept.pop()
        kept.append(cell)
    return kept


def _shows_something(cell: NotebookNode) -> bool:
    return any("".join(o.get("data", {}).get("text/html", "x")).strip() for o in cell.outputs)


def _tables_of(notebook: NotebookNode) -> str:
    """Return the rows of every table that the published cells show."""
    shown = [
        output.get("data", {}).get("text/html", "")
        for cell in notebook.cells
        if cell.cell_type == "code" and _is_published(cell)
        for output in cell.outputs
    ]
    return "".join(rows for html in shown for rows in _TABLES.findall("".join(html)))


def style(project: Project) -> str:
    """Return the one style sheet of all pages, without comments and needless space."""
    written = (project.root / "templates" / "report" / "report.css").read_text("utf-8")
    return _SPACE_IN_STYLE.sub("", written)


def _facts(report: Report) -> list[tuple[str, str]]:
    settings = report.edition.settings
    facts = []
    if hasattr(settings, "meeting"):
        facts.append(
            ("Meeting", ", ".join(filter(None, (day_name(settings.meeting), settings.venue))))
        )
        days = settings.reporting_period
        facts.append(("Period covered", f"{day_name(days.first)} to {day_name(days.last)}"))
    if report.territorial:
        days, boroughs = report.territorial.days.name, report.edition.now.name
        facts.append(("Figures for", f"{days}; boroughs {boroughs}; each against a year before"))
    elif hasattr(settings, "compare"):
        facts.append(
            ("Figures for", f"{report.edition.now.name}, against {report.edition.before.name}")
        )
    facts.append(("Data to", month_name(settings.data_to)))
    if later := said_later(report):
        facts.append(("Beyond these dates", later))
    facts.append(
        ("Next edition", day_name(settings.next_edition) if settings.next_edition else "not set")
    )
    return facts


def _name(report: Report) -> str:
    """Return what a browser's tab shows: the part and the title, each cut where long, the period.

    The part tells the page from the others of its edition, so the title is cut before it.
    """
    part, title, period = report.part_name, report.edition.settings.title, _period(report)
    room = LONGEST_NAME - len(f" - {period}")
    part = _cut(f"{part[:1].upper()}{part[1:]}", room)
    room -= len(f"{part}: ") if part else 0
    title = _cut(title, room) if room >= min(SHORTEST_TITLE, len(title)) else ""
    return f"{': '.join(filter(None, (part, title)))} - {period}"


def _cut(text: str, room: int) -> str:
    return text if len(text) <= room else f"{text[: room - 3].rstrip()}..."


def _period(report: Report) -> str:
    if hasattr(report.edition.settings, "meeting"):
        return day_name(report.edition.settings.meeting)
    if hasattr(report.edition.settings, "compare") and report.name != EXPLORE:
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
    """Return the address of a section on its page: its first words."""
    return "-".join(re.findall(r"[a-z0-9]+", title.lower())[:WORDS_OF_AN_ADDRESS])
