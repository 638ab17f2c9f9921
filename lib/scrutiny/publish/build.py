"""``scrutiny build``: plan every page, execute and render them, publish each edition whole."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from scrutiny import formats as other_formats
from scrutiny import render, run
from scrutiny.edition import REPORTS, Target
from scrutiny.errors import FailedPage, MissingForFormat, RequestError
from scrutiny.measures.results import to_csv
from scrutiny.project import Project
from scrutiny.publish import manifest
from scrutiny.publish.index import write_index, write_statement
from scrutiny.publish.pages import pages_of
from scrutiny.publish.scratch import put, scratch_folder
from scrutiny.report import Report, build_report

FAILED = ".failed"


@dataclass(frozen=True)
class Page:
    """One page to make: its edition's target, its part (empty: the main page), its report."""

    target: Target
    part: str
    report: Report = field(repr=False, compare=False)

    @property
    def name(self) -> str:
        """The page as a user names it."""
        return "/".join(filter(None, (self.target.report, self.target.edition, self.part)))

    @property
    def stem(self) -> str:
        """The file name without its ending: ``borough-priorities-2018-q4-croydon``."""
        return "-".join(filter(None, (self.target.report, self.target.edition, self.part)))

    @property
    def parameters(self) -> dict[str, str]:
        """What the notebook's parameters cell is given."""
        kind = REPORTS[self.target.report]
        given = {"edition": self.target.edition}
        if kind.parted:
            given["place" if kind.for_places else "part"] = self.part
        return given


@dataclass
class Outcome:
    """What a build did: pages and editions by name, failures with their messages, warnings."""

    pages: int = 0
    published: list[str] = field(default_factory=list)
    failed: list[tuple[str, str]] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


Progress = Callable[[str, str | None], None]  # a page's name, and why it failed


def plan(project: Project, targets: list[Target], *, named: bool, outcome: Outcome) -> list[Page]:
    """Return the pages of the targets, each with its report; no kernel is started.

    A wrong request is raised where the user named the target, and else kept in ``outcome``.
    Raises :class:`scrutiny.errors.FaultyFile` and other errors of the data in either case.
    """
    pages: list[Page] = []
    for target in targets:
        try:
            pages += [
                Page(target, part, _report(project, target, part))
                for part in pages_of(project, target)
            ]
        except RequestError as error:
            if named:
                raise type(error)(_about(target, error)) from error
            outcome.failed.append((str(target), str(error)))
    outcome.warnings += dict.fromkeys(w for page in pages for w in page.report.warnings)
    return pages


def build(
    project: Project,
    targets: list[Target],
    out: Path,
    *,
    named: bool,
    jobs: int,
    formats: tuple[str, ...] | None = None,
    started: Callable[[int], None] = lambda pages: None,
    progress: Progress = lambda name, why: None,
) -> Outcome:
    """Build and publish the targets; an edition with a failed page stays as it was.

    A page is made in ``formats``, or in those of its edition; its HTML in any case, and a format
    that this machine cannot make leaves the rest. ``started`` is told how many pages there are,
    ``progress`` of each page that ends. Raises :class:`scrutiny.errors.ScrutinyError` for what is
    wrong before any kernel starts.
    """
    outcome = Outcome()
    pages = plan(project, targets, named=named, outcome=outcome)
    started(len(pages))
    out.mkdir(parents=True, exist_ok=True)
    with scratch_folder(out) as scratch, run.environment(project):
        failed: dict[str, str] = {}
        for name, why, lacking in _make(project, pages, scratch, jobs, formats):
            progress(name, why)
            failed |= {name: why} if why else {}
            # What the machine lacks is said once, not for each page.
            outcome.failed += [lack for lack in lacking if lack not in outcome.failed]
        # The scratch folder is emptied into the published one edition by edition.
        for target in dict.fromkeys(page.target for page in pages):
            own = [page for page in pages if page.target == target]
            wrong = [(page.name, failed[page.name]) for page in own if page.name in failed]
            if wrong:
                outcome.failed += wrong
                _keep_aside(scratch, out, own, failed)
                continue
            _publish(scratch, out, target)
            outcome.published.append(str(target))
            outcome.pages += len(own)
    write_index(project, out)
    write_statement(project, out)
    return outcome


def _report(project: Project, target: Target, part: str) -> Report:
    place, other = (part, "") if REPORTS[target.report].for_places else ("", part)
    return build_report(target.report, target.edition, place, other, project=project)


def _make(
    project: Project,
    pages: list[Page],
    scratch: Path,
    jobs: int,
    formats: tuple[str, ...] | None,
) -> Iterator[tuple[str, str | None, list[tuple[str, str]]]]:
    """Make every page in the scratch folder.

    Yields a page's name, why it failed, and the formats that could not be made of it, with reasons.
    """

    def make(page: Page) -> list[tuple[str, str]]:
        wanted = formats or page.report.edition.settings.formats
        return _make_one(project, page, _folder(scratch, page), wanted)

    for page, lacking, why in run.each(pages, make, jobs):
        yield page.name, why, lacking or []


def _about(target: Target, error: Exception) -> str:
    return str(error) if str(target) in str(error) else f"{target}: {error}"


def _make_one(
    project: Project, page: Page, folder: Path, formats: tuple[str, ...]
) -> list[tuple[str, str]]:
    """Make a page; return the formats that this machine cannot make, with what it lacks."""
    folder.mkdir(parents=True)
    notebook = folder / f"{page.stem}.ipynb"
    run.execute(project, page.target.report, page.parameters, notebook)
    html = render.page(project, page.report, notebook)
    (folder / f"{page.stem}.html").write_text(html, "utf-8", newline="\n")
    (folder / "results.csv").write_text(to_csv(page.report.results), "utf-8", newline="\n")
    lacking = []
    for format in sorted(set(formats) - {"html"}):
        try:
            made = other_formats.make(project, format, html, page.report.results)
        except MissingForFormat as error:
            lacking.append((error.format, error.cure))
        else:
            (folder / f"{page.stem}.{format}").write_bytes(made)
    manifest.write(project, page.report, page.parameters, folder)
    return lacking


def _folder(base: Path, page: Page) -> Path:
    return base.joinpath(
        page.target.report, page.target.edition, *([page.part] if page.part else [])
    )


def _publish(scratch: Path, out: Path, target: Target) -> None:
    """Put the made edition in the place of the one that stands, whole.

    Of a part built alone, the rest of the edition is carried over from what stands.
    """
    made = scratch / target.report / target.edition
    final = out / target.report / target.edition
    if target.part is not None:
        # Other parts that were made with this one wait for their own turn.
        whole = scratch / "whole"
        if final.is_dir():
            shutil.copytree(
                final, whole, copy_function=_link,
                ignore=lambda folder, _: [target.part] if Path(folder) == final else [],
            )  # fmt: skip
        whole.mkdir(exist_ok=True)
        (made / target.part).rename(whole / target.part)
        made = whole
    put(made, final, scratch / "old")


def _link(source: str, destination: str) -> None:
    try:
        os.link(source, destination)
    except OSError:
        shutil.copy2(source, destination)


def _keep_aside(scratch: Path, out: Path, pages: list[Page], failed: dict[str, str]) -> None:
    """Keep the notebooks of failed pages, with the cell that failed, outside what is published."""
    for page in pages:
        notebook = _folder(scratch, page) / f"{page.stem}.ipynb"
        if page.name in failed and notebook.exists():
            aside = _folder(out / FAILED, page)
            aside.mkdir(parents=True, exist_ok=True)
            shutil.copy2(notebook, aside / notebook.name)


__all__ = ["FailedPage", "Outcome", "Page", "build", "plan"]
