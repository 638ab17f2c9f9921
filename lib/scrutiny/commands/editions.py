"""``scrutiny new``, ``compare`` and ``register``: what they take, and what they say."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from scrutiny.errors import WrongOption

if TYPE_CHECKING:
    from scrutiny.edition import Edition
    from scrutiny.project import Project

PARTED = "recommendation-tracker"


def add_new(parser: argparse.ArgumentParser) -> None:
    """Give a parser the arguments of ``new``."""
    parser.description = (
        "Make the next edition's folder from the last one: dates moved, texts carried over as "
        "drafts; says what is to be filled in."
    )
    parser.add_argument("report", metavar="REPORT")
    parser.add_argument("edition", metavar="EDITION", help="its name: 2012-11, 2019-q1, fy2019-20")
    parser.add_argument("--params", type=Path, metavar="DIR", help="instead of params/")


def add_compare(parser: argparse.ArgumentParser) -> None:
    """Give a parser the arguments of ``compare``."""
    parser.description = "Say what changed between two built editions or parts, number by number."
    parser.add_argument("earlier", metavar="TARGET", help="report/edition[/part][@revision]")
    parser.add_argument("later", metavar="TARGET")
    parser.add_argument("--json", action="store_true", help="print it for programs")
    parser.add_argument("--params", type=Path, metavar="DIR", help="editions instead of params/")
    parser.add_argument("--out", type=Path, metavar="DIR", help="pages instead of outputs/")


def add_register(parser: argparse.ArgumentParser) -> None:
    """Give a parser the arguments of ``register``."""
    parser.description = (
        "Export the register rows behind a tracker for owners to fill in, and import the file: "
        "checked whole, with what changed here meanwhile; nothing is overwritten."
    )
    parser.add_argument("way", choices=("export", "import"), metavar="export|import")
    parser.add_argument("target", metavar="TARGET", help=f"{PARTED}/2013-06, or .../2013-06/7")
    parser.add_argument("file", type=Path, metavar="FILE", help="a file that ends in .xlsx or .csv")
    parser.add_argument("--params", type=Path, metavar="DIR", help="editions instead of params/")


def new(given: argparse.Namespace) -> int:
    """Make the next edition; return 0."""
    from scrutiny import registers
    from scrutiny.edition import load
    from scrutiny.edition.new import new as make
    from scrutiny.project import open_project

    project = open_project(given.params)
    calendar = registers.load(project.registers).calendar
    made = make(project.params, given.report, given.edition, calendar)
    target = f"{given.report}/{given.edition}"
    _say(f"made {project.name(made.folder)} from {made.origin.target}, as a draft; now look at:")
    for line in made.to_do:
        _say(f"  {line}")
    for line in _files(project, load(project.params, given.report, given.edition)):
        _say(f"  {line}")
    _say(f"then: scrutiny check {target}; scrutiny build {target}")
    return 0


def _files(project: Project, edition: Edition) -> list[str]:
    """Return what the inbox holds, and which files reach the edition's last month."""
    from scrutiny.periods import key
    from scrutiny.sources import inputs

    own = inputs.own(project)
    inbox = project.name(project.inbox)
    brought = [f"{r.path}: {r.edition}" for r in own if r.path.startswith(inbox)]
    last = key(edition.settings.data_to)
    reach = sorted({r.edition for r in own if r.last_month >= last and r.source != "population"})
    found = ", ".join(reach) or "none; bring one to data/inbox"
    return [
        *(f"found in the inbox: {line}" for line in brought or ["nothing"]),
        f"files that reach {last}: {found}",
    ]


def compare(given: argparse.Namespace) -> int:
    """Compare two built editions or parts; return 0."""
    from scrutiny.project import open_project
    from scrutiny.publish.compare import compare as compared
    from scrutiny.publish.compare import sentences

    project = open_project(given.params)
    out = (given.out or project.root / "outputs").resolve()
    asked = [_revision(text) for text in (given.earlier, given.later)]
    targets = [_one_page(project.params, text) for text, _ in asked]
    found = compared(out, *targets, tuple(revision for _, revision in asked))
    if given.json:
        _say(json.dumps(found, indent=2, ensure_ascii=False))
    else:
        for line in sentences(found):
            _say(line)
    return 0


def register(given: argparse.Namespace) -> int:
    """Export or import the register rows of a target; return 0.

    Raises :class:`scrutiny.errors.FaultyRegister` and
    :class:`scrutiny.errors.RegisterConflict` for a file that cannot be taken over.
    """
    from scrutiny.project import open_project
    from scrutiny.registers import files, returned
    from scrutiny.report import references

    project = open_project(given.params)
    target = _one_page(project.params, given.target)
    if target.report != PARTED:
        raise WrongOption(f"{target.report} has no register to fill in; {PARTED} has")
    path = files.checked(given.file)
    its_own = references(project, target.edition, target.part or "")
    if given.way == "export":
        if not path.parent.is_dir():
            raise WrongOption(f"no folder {path.parent}; make it first")
        counts = returned.export(project.registers, its_own, path)
        _say(f"{path}: {_counted(counts)}")
        return 0
    if not path.is_file():
        raise WrongOption(f"no file {path}")
    merged = returned.take_over(project.registers, its_own, path, project.limits)
    for change in merged.changed:
        _say(f"taken over  {change.sentence()}")
    for key in merged.added:
        _say(f"added       {key}")
    for key in merged.known:
        _say(f"on file     {key}: the row stands there already")
    for change in merged.elsewhere:
        _say(f"kept        {change.sentence()}: changed here since the export")
    _say(
        f"{len(merged.changed)} cells taken over, {len(merged.added)} rows added, "
        f"{len(merged.elsewhere)} cells kept that were changed here meanwhile, 0 conflicts"
    )
    return 0


def _revision(text: str) -> tuple[str, int]:
    """Return a target and the earlier revision of it that is named after an @; 0 without one."""
    target, sign, number = text.partition("@")
    if sign and not (number.isdecimal() and int(number)):
        raise WrongOption(f"{text!r}: after the @ stands the number of a revision: {target}@1")
    return target, int(number) if sign else 0


def _one_page(params: Path, text: str):
    """Return the one edition or part that a text names."""
    from scrutiny.edition import resolve

    if "/" not in text:
        raise WrongOption(f"{text!r} names no edition; write report/edition or report/edition/part")
    (target,) = resolve(params, [text])
    return target


def _counted(counts: dict[str, int]) -> str:
    shown = {name.replace("_", "-"): number for name, number in counts.items()}
    return ", ".join(f"{number} rows of {name}" for name, number in shown.items())


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
