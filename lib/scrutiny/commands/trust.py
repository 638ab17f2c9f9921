"""``scrutiny trace``, ``approve`` and ``verify``: what they take, and what they say."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from scrutiny.errors import WrongOption


def add_trace(parser: argparse.ArgumentParser) -> None:
    """Give a parser the arguments of ``trace``."""
    parser.description = (
        "Follow a printed number back to its formula, its files, and the cells and rows that it "
        "came from, with the raw values."
    )
    parser.add_argument("target", metavar="TARGET", help="report/edition or report/edition/part")
    parser.add_argument("result", metavar="RESULT_ID", help="a name in the page's results.csv")
    parser.add_argument("--json", action="store_true", help="print it for programs")
    parser.add_argument("--params", type=Path, metavar="DIR", help="editions instead of params/")
    parser.add_argument("--data", type=Path, nargs="+", default=[], metavar="DIR")


def add_approve(parser: argparse.ArgumentParser) -> None:
    """Give a parser the arguments of ``approve``."""
    parser.description = (
        "Approve a built edition as it stands: record who, when and the hashes of its numbers and "
        "files. It is then never overwritten; scrutiny build TARGET --revise REASON corrects it."
    )
    parser.add_argument("target", metavar="TARGET", help="report/edition, with all its parts")
    parser.add_argument("--by", required=True, metavar="NAME", help="who approves it")
    parser.add_argument("--params", type=Path, metavar="DIR", help="editions instead of params/")
    parser.add_argument("--out", type=Path, metavar="DIR", help="pages instead of outputs/")


def add_verify(parser: argparse.ArgumentParser) -> None:
    """Give a parser the arguments of ``verify``."""
    parser.description = (
        "Recompute the hash of every published file and name each that is not what was published "
        "or approved."
    )
    parser.add_argument("targets", nargs="*", metavar="TARGET", help="none: everything in outputs/")
    parser.add_argument("--params", type=Path, metavar="DIR", help="editions instead of params/")
    parser.add_argument("--out", type=Path, metavar="DIR", help="pages instead of outputs/")


def trace(given: argparse.Namespace) -> int:
    """Trace a number; return 0."""
    from scrutiny.project import open_project
    from scrutiny.publish.pages import Page
    from scrutiny.trace import as_json, sentences
    from scrutiny.trace import trace as traced

    project = open_project(given.params, tuple(given.data))
    target = _one(project.params, given.target)
    found = traced(project, Page(project, target, target.part or "").report, given.result)
    _say(as_json(found) if given.json else "\n".join(sentences(found)))
    return 0


def approve(given: argparse.Namespace) -> int:
    """Approve an edition; return 0.

    Raises :class:`scrutiny.errors.NotApproved` for one that cannot be approved as it stands.
    """
    from scrutiny.project import open_project
    from scrutiny.publish.approve import approve as approved

    project = open_project(given.params)
    target = _one(project.params, given.target)
    if target.part:
        whole = f"{target.report}/{target.edition}"
        raise WrongOption(f"{target} is a part; an edition is approved whole: {whole}")
    if not given.by.strip():
        raise WrongOption("--by: an empty name is nobody's")
    out = (given.out or project.root / "outputs").resolve()
    said = approved(project, out, target, by=given.by.strip(), jobs=os.cpu_count() or 1)
    _say(said)
    return 0


def verify(given: argparse.Namespace) -> int:
    """Verify what is published; return 0, or 1 where something is not what it was."""
    from scrutiny.edition import resolve
    from scrutiny.project import open_project
    from scrutiny.publish.verify import verify as verified

    project = open_project(given.params)
    out = (given.out or project.root / "outputs").resolve()
    found = verified(project, out, resolve(project.params, given.targets))
    for fault in found.faults:
        sys.stderr.write(f"scrutiny: {fault}\n")
    _say(
        f"{found.files} files of {found.pages} pages are what was published"
        if not found.faults
        else f"{len(found.faults)} differences in {found.files} files of {found.pages} pages"
    )
    return 1 if found.faults else 0


def _one(params: Path, text: str):
    """Return the one edition or part that a text names."""
    from scrutiny.edition import resolve

    if "/" not in text:
        raise WrongOption(f"{text!r} names no edition; write report/edition or report/edition/part")
    (target,) = resolve(params, [text])
    return target


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
