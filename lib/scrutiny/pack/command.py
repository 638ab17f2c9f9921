"""``scrutiny pack``: what it takes, and what it says."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

EXAMPLES = """Examples:
  scrutiny pack 2012-10-25
  scrutiny pack 2012-10-25 --draft

The meeting and its agenda are in params/meetings/MEETING.yml. The pack goes to
packs/MEETING in the output folder: start with its index.html.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Give a parser the arguments of ``pack``, with examples in its help."""
    parser.description = (
        "Put everything for one committee meeting into one folder and one zip: the published "
        "pages, one PDF of all of them, the spreadsheets, a covering note."
    )
    parser.epilog = EXAMPLES
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("meeting", metavar="MEETING", help="the day of the meeting: 2012-10-25")
    parser.add_argument("--params", type=Path, metavar="DIR", help="meetings instead of params/")
    parser.add_argument("--out", type=Path, metavar="DIR", help="instead of outputs/")
    parser.add_argument(
        "--draft", action="store_true", help="pack what is not approved, every page marked a draft"
    )


def run(given: argparse.Namespace) -> int:
    """Make the pack; return 0.

    Raises :class:`scrutiny.errors.RequestError` for a wrong request, and
    :class:`scrutiny.errors.NotForPack` for a page that is not to be packed.
    """
    from scrutiny.pack import pack
    from scrutiny.progress import line
    from scrutiny.project import open_project
    from scrutiny.publish.whole import writable

    project = open_project(given.params)
    out = writable((given.out or project.root / "outputs").resolve())
    folder = pack(project, out, given.meeting, draft=given.draft, made=line)
    shown = folder.relative_to(Path.cwd()) if folder.is_relative_to(Path.cwd()) else folder
    files = sum(1 for _ in folder.iterdir())
    sys.stdout.write(f"{files} files packed; start with {shown / 'index.html'}\n")
    return 0
