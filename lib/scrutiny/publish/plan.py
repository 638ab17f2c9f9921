"""What every page will say, worked out before any kernel starts: what is wrong is found here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from pathlib import Path

from scrutiny import run
from scrutiny.edition import Target
from scrutiny.errors import FailedPage, RequestError, ScrutinyError
from scrutiny.project import Project
from scrutiny.publish import manifest
from scrutiny.publish.pages import Page, pages_of
from scrutiny.report.digest import digest


@dataclass(frozen=True)
class Planned:
    """What is known of a page: its warnings, and the formats of its edition.

    ``manifest`` is the new one of a page that still says what it said; empty: it is to be made.
    """

    warnings: tuple[str, ...]
    formats: tuple[str, ...]
    manifest: str = ""


@dataclass
class Plan:
    """Pages to make, in order; targets that were refused, with why; how many pages there are."""

    pages: dict[Page, Planned] = field(default_factory=dict)
    refused: list[tuple[str, str]] = field(default_factory=list)
    of: int = 0

    @property
    def warnings(self) -> list[str]:
        """Each warning of the pages once."""
        return [*dict.fromkeys(w for planned in self.pages.values() for w in planned.warnings)]


def plan(
    project: Project,
    targets: list[Target],
    *,
    named: bool,
    said: Callable[[Target, str], str | None] = lambda target, part: "",
    out: Path = Path(),
    runners: run.Runners | None = None,
) -> Plan:
    """Return the plan of the targets' pages, of those for which ``said`` is not None.

    It gives the digest of what the page that stands in ``out`` said, where the page need not be
    made as long as it says the same, and else an empty text. The main page of each edition, or
    the first, is planned here, so that its data is in memory; the others by the ``runners``, if
    any. A wrong request is raised where the user named the target, and else kept. Raises
    :class:`scrutiny.errors.FaultyFile` and other errors of the data in either case.
    """
    made, wanted, digests = Plan(), {}, {}
    for target in targets:
        try:
            parts = pages_of(project, target)
        except RequestError as error:
            _refuse(made, target, error, named)
            continue
        made.of += len(parts)
        then = {Page(project, target, part): said(target, part) for part in parts}
        wanted[target] = [page for page, digest in then.items() if digest is not None]
        digests |= {page.name: digest for page, digest in then.items() if digest}
    found = _looked_at([*chain(*wanted.values())], partial(_look, out, digests), runners)
    for target, pages in wanted.items():
        own = {page: found[page] for page in pages}
        try:
            for planned in own.values():
                if isinstance(planned, ScrutinyError):
                    raise planned
            made.pages |= own
        except RequestError as error:
            _refuse(made, target, error, named)
    return made


def _looked_at(
    pages: list[Page], look: Callable[[Page], Planned | ScrutinyError], runners: run.Runners | None
) -> dict[Page, Planned | ScrutinyError]:
    """Return what is known of each page: of the first of each edition found out here."""
    found, others, loaded = {}, [], set()
    for page in pages:
        edition = page.target.report, page.target.edition
        if edition in loaded:
            others.append(page)
            continue
        found[page] = look(page)
        if isinstance(found[page], Planned):
            loaded.add(edition)
    if not (runners and runners.forks):
        return found | {page: look(page) for page in others}
    for page, planned, why in runners.each(others, look):
        found[page] = planned or FailedPage(f"{page.name}: {why}")
    return found


def _look(out: Path, digests: Mapping[str, str], page: Page) -> Planned | ScrutinyError:
    try:
        report = page.report
    except ScrutinyError as error:
        return error
    written = ""
    if page.name in digests and digest(report) == digests[page.name]:
        written = manifest.text(page.project, report, page.parameters, page.folder(out))
    return Planned(tuple(report.warnings), report.edition.settings.formats, written)


def _refuse(made: Plan, target: Target, error: RequestError, named: bool) -> None:
    if named:
        raise type(error)(_about(target, error)) from error
    made.refused.append((str(target), str(error)))


def _about(target: Target, error: Exception) -> str:
    return str(error) if str(target) in str(error) else f"{target}: {error}"
