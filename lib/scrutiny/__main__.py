"""The command line: ``scrutiny build``, ``list``, ``check``, ``new`` and the others."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from scrutiny import commands as others
from scrutiny.commands import trust
from scrutiny.errors import ScrutinyError, WrongOption, near
from scrutiny.fetch import command
from scrutiny.pack import command as packing
from scrutiny.project import ONE_THREAD
from scrutiny.statements import command as papers

if TYPE_CHECKING:
    from scrutiny.publish import Outcome

STOPPED = "stopped; what stood in outputs still stands"
_DATA = {"nargs": "+", "action": "extend", "default": [], "metavar": "DIR"}


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line instead of printing the usage."""

    def error(self, message: str) -> NoReturn:
        raise WrongOption(f"{message}; see {self.prog} --help")


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    main = _Parser(
        prog="scrutiny",
        description="Reports on how London's police are held to account, from published data.",
        allow_abbrev=False,
    )
    commands = main.add_subparsers(dest="command", required=True, parser_class=_Parser)
    build = commands.add_parser(
        "build",
        help="build reports into outputs/",
        description="Build editions: all of them, or those that are named.",
        epilog="Examples:\n"
        "  scrutiny build\n"
        "  scrutiny build committee-monthly/2012-10\n"
        "  scrutiny build borough-priorities/2018-q4/croydon --data downloads\n"
        "  scrutiny build committee-monthly/2012-10 --format pdf,docx,xlsx\n",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    build.add_argument(
        "targets",
        nargs="*",
        metavar="TARGET",
        help="report, report/edition or report/edition/part; none: every edition in params/",
    )
    build.add_argument("--params", type=Path, metavar="DIR", help="editions instead of params/")
    build.add_argument("--data", **_DATA, help="take the figures from these folders alone")
    build.add_argument(
        "--out", type=Path, metavar="DIR", help="where to publish, instead of outputs/"
    )
    build.add_argument(
        "--jobs", type=_jobs, metavar="N", help="pages at once (default: one a processor)"
    )
    build.add_argument(
        "--scheduler",
        metavar="ADDRESS",
        help="let a Dask scheduler's workers make the pages",
    )
    build.add_argument(
        "--force", action="store_true", help="execute every notebook and draw every chart anew"
    )
    build.add_argument(
        "--format",
        metavar="FORMAT,...",
        help="instead of the editions' own formats: pdf, docx (Word), xlsx (spreadsheet); "
        "html is always made",
    )
    build.add_argument(
        "--revise", metavar="REASON", help="correct approved editions: a new revision that says why"
    )
    build.add_argument("--json", action="store_true", help="log each stage as a line of JSON")
    listing = commands.add_parser(
        "list",
        help="editions and their state, and which data are late",
        description="List every edition, whether it is built, and why it is due; then each source "
        "of data/inbox and data/sample, the last month that it holds, and whether it is late.",
        allow_abbrev=False,
    )
    listing.add_argument("--params", type=Path, metavar="DIR", help="editions instead of params/")
    listing.add_argument("--out", type=Path, metavar="DIR", help="instead of outputs/")
    check = commands.add_parser(
        "check",
        help="what a file is and what is wrong with it; whether an edition can be built",
        description="Check files, folders of files, and editions; without names, every edition "
        "and data/inbox.",
        epilog="Examples:\n"
        "  scrutiny check data/inbox\n"
        "  scrutiny check downloads/crime.xls --json\n"
        "  scrutiny check committee-monthly/2012-10\n"
        "  scrutiny check --document paper.md\n",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    check.add_argument("names", nargs="*", metavar="TARGET|FILE|DIR")
    check.add_argument(
        "--document", nargs="+", action="extend", type=Path, metavar="FILE",
        help="papers, text or Markdown: statements that do not follow from their own numbers",
    )  # fmt: skip
    check.add_argument("--json", action="store_true", help="print a list for programs")
    check.add_argument("--params", type=Path, metavar="DIR", help="editions instead of params/")
    check.add_argument(
        "--data", **_DATA, help="check editions against the files of these folders alone"
    )
    fetch = commands.add_parser(
        "fetch", help="download publishers' files into data/inbox", allow_abbrev=False
    )
    command.add_arguments(fetch)
    pack = commands.add_parser(
        "pack", help="everything for one committee meeting, in one folder and one zip",
        allow_abbrev=False,
    )  # fmt: skip
    packing.add_arguments(pack)
    others.add_new(commands.add_parser("new", help="the next edition, from the last one"))
    others.add_compare(
        commands.add_parser("compare", help="what changed between two editions, number by number")
    )
    others.add_register(
        commands.add_parser("register", help="register rows for owners to fill in, and back")
    )
    trust.add_trace(commands.add_parser("trace", help="a printed number, back to its cells"))
    trust.add_approve(commands.add_parser("approve", help="approve a built edition as it stands"))
    trust.add_verify(commands.add_parser("verify", help="whether all that is published is whole"))
    return main


def main(arguments: list[str] | None = None) -> int:
    """Run a command; return its exit status: 0 done, 1 failed, 2 a wrong request, 130 stopped."""
    for name, value in ONE_THREAD.items():
        os.environ.setdefault(name, value)
    try:
        given = parser().parse_args(arguments)
        commands = {"build": _build, "list": _list, "check": _check}
        commands |= {"fetch": command.run, "pack": packing.run, "new": others.new}
        commands |= {"compare": others.compare, "register": others.register}
        commands |= {"trace": trust.trace, "approve": trust.approve, "verify": trust.verify}
        return commands[given.command](given)
    except ScrutinyError as error:
        print(f"scrutiny: {error}", file=sys.stderr)
        return error.exit_status
    except KeyboardInterrupt:
        print(f"scrutiny: {STOPPED}", file=sys.stderr)
        return 130
    except BrokenPipeError:
        sys.stderr.close()
        return 1


def _build(given: argparse.Namespace) -> int:
    from scrutiny import edition
    from scrutiny.due import Origins
    from scrutiny.project import open_project

    formats = _formats(given.format, edition.FORMATS)
    folders, named = _folders(given.data, given.targets)
    project = open_project(given.params, folders)
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
        print(f"nothing has changed since the last build; the way in: {_shown(out / 'index.html')}")
        return 0
    # Imported late: a wrong request is answered before the libraries of Jupyter are loaded.
    from scrutiny.progress import Log
    from scrutiny.publish import build
    from scrutiny.publish.revise import revise
    from scrutiny.publish.whole import writable

    writable(out)
    with Log(json=given.json) as log:
        make = partial(
            build,
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
        f"{'s' * (outcome.pages != 1)}) published{rest}; the way in: {_shown(out / 'index.html')}"
    )


def _list(given: argparse.Namespace) -> int:
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


def _check(given: argparse.Namespace) -> int:
    from scrutiny.check import check, sentence
    from scrutiny.edition import every_target
    from scrutiny.progress import files
    from scrutiny.project import open_project

    if given.document:
        if given.names or given.data:
            raise WrongOption("--document checks papers alone; name other files without it")
        return papers.check(given.document, as_json=given.json)
    folders, named = _folders(given.data, given.names)
    project = open_project(given.params, folders)
    inbox = str(project.inbox)
    names = named or [*map(str, every_target(project.params)), inbox]
    checked = check(project, names, files)
    if given.json:
        print(json.dumps([found.about for found in checked], indent=2, ensure_ascii=False))
    else:
        for found in checked:
            print(sentence(found))
        if not given.names and not any(found.about["path"].startswith(inbox) for found in checked):
            print("no files in data/inbox")
        known = sum(found.known for found in checked)
        faulty = sum(bool(found.about["problems"]) for found in checked)
        print(f"{known} known, {len(checked) - known} unknown, {faulty} with problems")
    return 1 if any(found.fails for found in checked) else 0


def _folders(given: list[str], names: list[str]) -> tuple[tuple[Path, ...], list[str]]:
    """Tell the folders of ``--data`` from the targets that may stand after them."""
    if "" in given:
        raise WrongOption("--data: an empty name is no folder")
    folders = [name for i, name in enumerate(given) if i == 0 or Path(name).is_dir()]
    return tuple(map(Path, folders)), [*names, *(name for name in given if name not in folders)]


def _jobs(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of pages, 1 or more")
    return int(text)


def _shown(path: Path) -> str:
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)


if __name__ == "__main__":
    sys.exit(main())
