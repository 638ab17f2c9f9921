"""``scrutiny build``: plan every page, execute and render them, publish each edition whole."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from scrutiny import formats as other_formats
from scrutiny import render, run
from scrutiny.due import Origins
from scrutiny.edition import REPORTS, Target
from scrutiny.errors import FailedPage, MissingForFormat, RequestError
from scrutiny.measures.results import to_csv
from scrutiny.project import Project
from scrutiny.publish import manifest
from scrutiny.publish.index import write_index, write_statement
from scrutiny.publish.pages import pages_of
from scrutiny.publish.scratch import put_parts, scratch_folder
from scrutiny.report import Report, build_report
from scrutiny.report.digest import digest

FAILED = ".failed"


@dataclass(frozen=True)
class Page:
    """One page to make: its edition's target, and its part (empty: the main page)."""

    project: Project = field(repr=False)
    target: Target
    part: str

    @property
    def report(self) -> Report:
        """What the page will say; raises what :func:`scrutiny.report.build_report` raises."""
        place, other = (
            (self.part, "") if REPORTS[self.target.report].for_places else ("", self.part)
        )
        target = self.target
        return build_report(target.report, target.edition, place, other, project=self.project)

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
    """What a build did: pages and editions by name, failures with their messages, warnings.

    ``stopped`` says that Ctrl-C ended it; what was published before stays.
    """

    pages: int = 0
    of: int = 0
    published: list[str] = field(default_factory=list)
    failed: list[tuple[str, str]] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    stopped: bool = False


Made = tuple[list[tuple[str, str]], str]  # formats not made, with what they lack; a digest
Progress = Callable[[str, str | None], None]  # a page's name, and why it failed


def plan(
    project: Project,
    targets: list[Target],
    *,
    named: bool,
    outcome: Outcome,
    wanted: Callable[[Target, str], object] = lambda target, part: True,
) -> list[Page]:
    """Return the pages that are ``wanted`` of the targets; no kernel is started.

    A wrong request is raised where the user named the target, and else kept in ``outcome``.
    Raises :class:`scrutiny.errors.FaultyFile` and other errors of the data in either case.
    """
    pages: list[Page] = []
    for target in targets:
        try:
            parts = pages_of(project, target)
            outcome.of += len(parts)
            own = [Page(project, target, part) for part in parts if wanted(target, part)]
            outcome.warnings += dict.fromkeys(w for page in own for w in page.report.warnings)
            pages += own
        except RequestError as error:
            if named:
                raise type(error)(_about(target, error)) from error
            outcome.failed.append((str(target), str(error)))
    outcome.warnings[:] = dict.fromkeys(outcome.warnings)
    return pages


def build(
    project: Project,
    targets: list[Target],
    out: Path,
    *,
    named: bool,
    jobs: int,
    force: bool = False,
    formats: tuple[str, ...] | None = None,
    started: Callable[[int], None] = lambda pages: None,
    progress: Progress = lambda name, why: None,
) -> Outcome:
    """Build and publish the targets; an edition with a failed page stays as it was.

    A page is made where it is due, or in any case with ``force``; in ``formats``, or in those of
    its edition. Its HTML is made always, and a format that this machine cannot make leaves the
    rest. ``started`` is told how many pages there are, ``progress`` of each page that ends. Raises
    :class:`scrutiny.errors.ScrutinyError` for what is wrong before any kernel starts.
    """
    outcome = Outcome()
    origins = Origins(project, out)
    origins.forget_the_gone()
    pages = _due(project, targets, origins, outcome, named=named, force=force, formats=formats)
    started(len(pages))
    out.mkdir(parents=True, exist_ok=True)
    with scratch_folder(out) as scratch, run.environment(project):
        try:
            _make_and_publish(
                project, pages, scratch, out, jobs, formats, outcome, origins, progress
            )
        except KeyboardInterrupt:
            outcome.stopped = True
    write_index(project, out)
    write_statement(project, out)
    return outcome


def _due(
    project: Project,
    targets: list[Target],
    origins: Origins,
    outcome: Outcome,
    *,
    named: bool,
    force: bool,
    formats: tuple[str, ...] | None,
) -> list[Page]:
    """Return the pages to make: those that are due, or all of them with ``force``."""

    def due(target: Target, part: str) -> object:
        return force or origins.changes(target, part, formats or ())

    pages = plan(project, targets, named=named, outcome=outcome, wanted=due)
    if not force:
        pages = [page for page in pages if not _says_the_same(page, origins, formats or ())]
    return pages


def _says_the_same(page: Page, origins: Origins, formats: tuple[str, ...]) -> bool:
    """Whether what changed leaves the page as it is; its manifest is then written anew."""
    if not all(
        map(origins.may_concern_other_pages, origins.changes(page.target, page.part, formats))
    ):
        return False
    says = digest(page.report)
    if says != origins.says(page.target, page.part):
        return False
    manifest.write(
        page.project, page.report, page.parameters, origins.folder(page.target, page.part)
    )
    origins.record(page.target, page.part, says)
    return True


def _make_and_publish(
    project: Project,
    pages: list[Page],
    scratch: Path,
    out: Path,
    jobs: int,
    formats: tuple[str, ...] | None,
    outcome: Outcome,
    origins: Origins,
    progress: Progress,
) -> None:
    """Make the pages and publish each target as soon as it is whole."""
    waiting = Counter(page.target for page in pages)
    failed: dict[str, str] = {}
    says: dict[str, str] = {}
    for page, why, (lacking, says[page.name]) in _make(project, pages, scratch, jobs, formats):
        progress(page.name, why)
        failed |= {page.name: why} if why else {}
        # What the machine lacks is said once, not for each page.
        outcome.failed += [lack for lack in lacking if lack not in outcome.failed]
        waiting[page.target] -= 1
        if waiting[page.target]:
            continue
        own = [each for each in pages if each.target == page.target]
        if wrong := [(each.name, failed[each.name]) for each in own if each.name in failed]:
            outcome.failed += wrong
            _keep_aside(scratch, out, own, failed)
        else:
            own_folder = Path(page.target.report) / page.target.edition
            put_parts(scratch, out / own_folder, scratch / own_folder, [each.part for each in own])
            for each in own:
                origins.record(each.target, each.part, says[each.name])
            outcome.published.append(str(page.target))
            outcome.pages += len(own)


def _make(
    project: Project,
    pages: list[Page],
    scratch: Path,
    jobs: int,
    formats: tuple[str, ...] | None,
) -> Iterator[tuple[Page, str | None, Made]]:
    """Make every page in the scratch folder; yield each with why it failed, and what was made."""

    def make(page: Page) -> Made:
        wanted = formats or page.report.edition.settings.formats
        return _make_one(project, page, _folder(scratch, page), wanted)

    for page, made, why in run.each(pages, make, jobs, prepare=lambda page: page.report):
        yield page, why, made or ([], "")


def _about(target: Target, error: Exception) -> str:
    return str(error) if str(target) in str(error) else f"{target}: {error}"


def _make_one(project: Project, page: Page, folder: Path, formats: tuple[str, ...]) -> Made:
    """Make a page; return the formats that this machine cannot make, and the report's digest."""
    folder.mkdir(parents=True, exist_ok=True)  # a part that came first made the main page's
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
    return lacking, digest(page.report)


def _folder(base: Path, page: Page) -> Path:
    return base.joinpath(
        page.target.report, page.target.edition, *([page.part] if page.part else [])
    )


def _keep_aside(scratch: Path, out: Path, pages: list[Page], failed: dict[str, str]) -> None:
    """Keep the notebooks of failed pages, with the cell that failed, outside what is published."""
    for page in pages:
        notebook = _folder(scratch, page) / f"{page.stem}.ipynb"
        if page.name in failed and notebook.exists():
            aside = _folder(out / FAILED, page)
            aside.mkdir(parents=True, exist_ok=True)
            shutil.copy2(notebook, aside / notebook.name)


__all__ = ["FailedPage", "Outcome", "Page", "build", "plan"]
