"""``scrutiny build`` and ``list``."""

from __future__ import annotations

import argparse
import datetime as dt
import os
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from scrutiny.commands.arguments import DATA, folders, shown
from scrutiny.errors import WrongOption, near

if TYPE_CHECKING:
    from scrutiny.publish import Outcome

STOPPED = "stopped; what stood in outputs still stands"


def add_build(parser: argparse.ArgumentParser) -> None:
    """Give a parser the arguments of ``build``."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.description = "Build editions: all of them, or those that are named."
    parser.epilog = (
        "Examples:\n"
        "  scrutiny build\n"
        "  scrutiny build committee-monthly/2012-10\n"
        "  scrutiny build borough-priorities/2018-q4/croydon --data downloads\n"
        "  scrutiny build committee-monthly/2012-10 --format pdf,docx,xlsx\n"
    )
    parser.add_argument(
        "targets",
        nargs="*",
        metavar="TARGET",
        help="report, report/edition or report/edition/part; none: every edition in params/",
    )
    parser.add_argument("--params", type=Path, metavar="DIR", help="editions instead of params/")
    parser.add_argument("--data", **DATA, help="take the figures from these folders alone")
    parser.add_argument(
        "--out", type=Path, metavar="DIR", help="where to publish, instead of outputs/"
    )
    parser.add_argument(
        "--jobs", type=_jobs, metavar="N", help="pages at once (default: one a processor)"
    )
    parser.add_argument(
        "--scheduler",
        metavar="ADDRESS",
        help="let a Dask scheduler's workers make the pages",
    )
    parser.add_argument(
        "--force", action="store_true", help="execute every notebook and draw every chart anew"
    )
    parser.add_argument(
        "--format",
        metavar="FORMAT,...",
        help="instead of the editions' own formats: pdf, docx (Word), xlsx (spreadsheet); "
        "html is always made",
    )
    parser.add_argument(
        "--revise", metavar="REASON", help="correct approved editions: a new revision that says why"
    )
    parser.add_argument("--json", action="store_true", help="log each stage as a line of JSON")


def add_list(parser: argparse.ArgumentParser) -> None:
    """Give a parser the arguments of ``list``."""
    parser.description = (
        "List every edition, whether it is built, and why it is due; then each source of "
        "data/inbox and data/sample, the last month that it holds, and whether it is late."
    )
    parser.add_argument("--params", type=Path, metavar="DIR", help="editions instead of params/")
    parser.add_argument("--out", type=Path, metavar="DIR", help="instead of outputs/")


def build(given: argparse.Namespace) -> int:
    """Run ``scrutiny build``; return its exit status."""
    from scrutiny import edition
    from scrutiny.due import Origins
    from scrutiny.project import open_project

    formats = _formats(given.format, edition.FORMATS)
    given_data, named = folders(given.data, given.targets)
    project = open_project(given.params, given_data)
    targets = (
        edition.resolve(project.params, named) if named else edition.every_target(project.params)
    )
    if not named:
        for folder in edition.strangers(project.params):
            print(f"scrutiny: warning: {folder}", file=sys.stderr)
    if not targets:
        raise WrongOption(f"no edition in {project.params.name}; each is a folder with edition.yml")
    out = (given.out or project.root / "outputs").resolve()
    origins = Origins(project, out)
    if given.revise is not None and not named:
        raise WrongOption("--revise: name the approved edition that it corrects")
    always = given.force or given.revise is not None
    if not always and not any(origins.is_due(target, formats or ()) for target in targets):
        if origins.index_is_due():
            from scrutiny.publish import write_index

            write_index(project, out)
        print(f"nothing has changed since the last build; the way in: {shown(out / 'index.html')}")
        return 0
    # Imported late: a wrong request is answered before the libraries of Jupyter are loaded.
    from scrutiny import publish
    from scrutiny.progress import Log
    from scrutiny.publish.revise import revise
    from scrutiny.publish.whole import writable

    writable(out)
    with Log(json=given.json) as log:
        make = partial(
            publish.build,
            project,
            targets,
            out,
            named=bool(named),
            jobs=given.jobs or os.cpu_count() or 1,
            force=given.force,
            formats=formats,
            scheduler=given.scheduler,
            tell=log.tell,
        )
        reason = given.revise
        outcome = make() if reason is None else revise(project, out, targets, reason, make)
    log.keep(project.runs, vars(outcome) | {"targets": [*map(str, targets)]})
    _say(outcome, out)
    return 130 if outcome.stopped else 1 if outcome.failed else 0


def _formats(given: str | None, known: tuple[str, ...]) -> tuple[str, ...] | None:
    formats = None if given is None else tuple(given.split(","))
    for unknown in sorted(set(formats or ()) - set(known)):
        raise WrongOption(
            f"--format: {unknown!r} is not a format; known: {', '.join(known)}"
            f"{near(unknown, known)}"
        )
    return formats


def _say(outcome: Outcome, out: Path) -> None:
    """Say what a build did."""
    said = [f"warning: {warning}" for warning in outcome.warnings]
    said += [f"{name}: approved: {why}" for name, why in outcome.approved]
    said += [f"{name}: {why}" for name, why in outcome.failed]
    said += [STOPPED] * outcome.stopped
    for line in said:
        print(f"scrutiny: {line}", file=sys.stderr)
    published = len(outcome.published)
    same = outcome.of - outcome.pages - len(outcome.failed)
    rest = f", {same} unchanged" if same and not outcome.stopped else ""
    print(
        f"{published} edition{'s' * (published != 1)} ({outcome.pages} page"
        f"{'s' * (outcome.pages != 1)}) published{rest}; the way in: {shown(out / 'index.html')}"
    )


def list_(given: argparse.Namespace) -> int:
    """Run ``scrutiny list``; return its exit status."""
    from scrutiny.project import open_project
    from scrutiny.publish.state import standings
    from scrutiny.sources import inputs
    from scrutiny.sources.releases import releases

    project = open_project(given.params)
    out = (given.out or project.root / "outputs").resolve()
    for standing in standings(project, out):
        pages = f"{standing.pages}/{standing.of} pages"
        data = f"data to {standing.data_to}" if standing.data_to else ""
        line = f"{standing.target!s:32} {standing.state:18} {pages:12} {data}"
        print(f"{line}  {standing.why}".rstrip())
    for release in releases(inputs.own(project), dt.datetime.now(dt.UTC).date()):
        state = f"late by {release.late} months" if release.late else "not late"
        print(f"{release.source:32} {state:18} {release.sentence}")
    return 0


def _jobs(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of pages, 1 or more")
    return int(text)
