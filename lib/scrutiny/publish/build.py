"""``scrutiny build``: plan every page, execute and render them, publish each edition whole."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from scrutiny import run
from scrutiny.due import Origins
from scrutiny.edition import Target
from scrutiny.errors import RequestError
from scrutiny.project import Project
from scrutiny.publish import elsewhere, manifest
from scrutiny.publish.index import write_index, write_statement
from scrutiny.publish.page import Made, Page, make_page
from scrutiny.publish.pages import pages_of
from scrutiny.publish.scratch import put_parts, scratch_folder
from scrutiny.report.digest import digest

FAILED = ".failed"


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


Ended = tuple[Page, Made | None, str | None]  # a page, what was made, why it could not be made
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
    scheduler: str | None = None,
    started: Callable[[int], None] = lambda pages: None,
    began: Callable[[str], None] = lambda name: None,
    progress: Progress = lambda name, why: None,
) -> Outcome:
    """Build and publish the targets; an edition with a failed page stays as it was.

    A page is made where it is due, or in any case with ``force``; in ``formats``, or in those of
    its edition. Its HTML is made always, and a format that this machine cannot make leaves the
    rest. With the address of a Dask ``scheduler``, its workers make the pages. ``started`` is told
    how many pages there are, ``began`` of each that is begun here, ``progress`` of each that ends.
    Raises :class:`scrutiny.errors.ScrutinyError` for what is wrong before any kernel starts.
    """
    outcome = Outcome()
    origins = Origins(project, out)
    origins.forget_the_gone()
    pages = _due(project, targets, origins, outcome, named=named, force=force, formats=formats)
    started(len(pages))
    out.mkdir(parents=True, exist_ok=True)
    with scratch_folder(out) as scratch, run.environment(project):
        try:
            made = (
                _make(pages, scratch, jobs, formats or (), began)
                if scheduler is None
                else elsewhere.make(project, pages, scratch, formats or (), scheduler, origins)
            )
            _publish(made, pages, scratch, out, outcome, origins, progress)
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


def _publish(
    made: Iterable[Ended],
    pages: list[Page],
    scratch: Path,
    out: Path,
    outcome: Outcome,
    origins: Origins,
    progress: Progress,
) -> None:
    """Publish each target as soon as all of its pages are made."""
    waiting = Counter(page.target for page in pages)
    failed: dict[str, str] = {}
    says: dict[str, str] = {}
    for page, done, why in made:
        lacking, says[page.name] = done or ([], "")
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
    pages: list[Page],
    scratch: Path,
    jobs: int,
    formats: tuple[str, ...],
    began: Callable[[str], None],
) -> Iterator[Ended]:
    """Make every page in the scratch folder; yield each with what was made or why it failed."""

    def make(page: Page) -> Made:
        return make_page(page, page.folder(scratch), formats)

    return run.each(
        pages, make, jobs, lambda page: page.report, began=lambda page: began(page.name)
    )


def _about(target: Target, error: Exception) -> str:
    return str(error) if str(target) in str(error) else f"{target}: {error}"


def _keep_aside(scratch: Path, out: Path, pages: list[Page], failed: dict[str, str]) -> None:
    """Keep the notebooks of failed pages, with the cell that failed, outside what is published."""
    for page in pages:
        notebook = page.folder(scratch) / f"{page.stem}.ipynb"
        if page.name in failed and notebook.exists():
            aside = page.folder(out / FAILED)
            aside.mkdir(parents=True, exist_ok=True)
            shutil.copy2(notebook, aside / notebook.name)


__all__ = ["Outcome", "Page", "build", "plan"]
