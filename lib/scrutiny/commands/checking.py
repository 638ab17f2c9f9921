"""``scrutiny check``: files, editions, papers."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from scrutiny.commands.arguments import DATA, folders
from scrutiny.errors import WrongOption


def add_check(parser: argparse.ArgumentParser) -> None:
    """Give a parser the arguments of ``check``."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.description = (
        "Check files, folders of files, and editions; without names, every edition and data/inbox."
    )
    parser.epilog = (
        "Examples:\n"
        "  scrutiny check data/inbox\n"
        "  scrutiny check downloads/crime.xls --json\n"
        "  scrutiny check committee-monthly/2012-10\n"
        "  scrutiny check --document paper.md\n"
    )
    parser.add_argument("names", nargs="*", metavar="TARGET|FILE|DIR")
    parser.add_argument(
        "--document", nargs="+", action="extend", type=Path, metavar="FILE",
        help="papers, text or Markdown: statements that do not follow from their own numbers",
    )  # fmt: skip
    parser.add_argument("--json", action="store_true", help="print a list for programs")
    parser.add_argument("--params", type=Path, metavar="DIR", help="editions instead of params/")
    parser.add_argument(
        "--data", **DATA, help="check editions against the files of these folders alone"
    )


def check(given: argparse.Namespace) -> int:
    """Run ``scrutiny check``; return its exit status."""
    from scrutiny import check as checks
    from scrutiny.edition import every_target
    from scrutiny.progress import files
    from scrutiny.project import open_project

    if given.document:
        if given.names or given.data:
            raise WrongOption("--document checks papers alone; name other files without it")
        from scrutiny.statements import command as papers

        return papers.check(given.document, as_json=given.json)
    given_data, named = folders(given.data, given.names)
    project = open_project(given.params, given_data)
    inbox = str(project.inbox)
    names = named or [*map(str, every_target(project.params)), inbox]
    checked = checks.check(project, names, files)
    if given.json:
        print(json.dumps([found.about for found in checked], indent=2, ensure_ascii=False))
    else:
        for found in checked:
            print(checks.sentence(found))
        if not given.names and not any(found.about["path"].startswith(inbox) for found in checked):
            print("no files in data/inbox")
        known = sum(found.known for found in checked)
        faulty = sum(bool(found.about["problems"]) for found in checked)
        print(f"{known} known, {len(checked) - known} unknown, {faulty} with problems")
    return 1 if any(found.fails for found in checked) else 0
