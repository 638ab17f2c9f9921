"""``scrutiny fetch``: what it takes, and what it says."""

from __future__ import annotations

import argparse
import sys
from collections import Counter

from scrutiny.project import Project

EXAMPLES = """Examples:
  scrutiny fetch
  scrutiny fetch borough-24-months workforce
  scrutiny fetch --list

Files go to data/inbox/SOURCE/DAY; a file that is not what it should be goes aside, to
data/inbox/.refused. The addresses are in data/addresses.csv.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Give a parser the arguments of ``fetch``, with examples in its help."""
    parser.description = (
        "Download publishers' files into data/inbox: the named sources, or all with an address."
    )
    parser.epilog = EXAMPLES
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument(
        "sources", nargs="*", metavar="SOURCE", help="as scrutiny check names it; none: all"
    )
    parser.add_argument(
        "--list",
        action="store_true",
        help="print the sources with an address, and when each was last fetched",
    )


def run(given: argparse.Namespace) -> int:
    """Fetch or list; return the exit status: 0 done, 1 a source failed, 130 stopped.

    Raises :class:`scrutiny.errors.RequestError` for a wrong request.
    """
    from scrutiny.fetch import fetch
    from scrutiny.fetch.report import Bar
    from scrutiny.project import open_project

    project = open_project()
    if given.list:
        for line in lines(project, given.sources):
            sys.stdout.write(f"{line}\n")
        return 0
    try:
        with Bar() as bar:
            outcomes = fetch(project, given.sources, report=bar)
    except KeyboardInterrupt:
        sys.stderr.write(
            "scrutiny: stopped; what came so far is kept where the publisher allows it: "
            "run it again to go on\n"
        )
        return 130
    states = Counter(fetched.state for fetched in outcomes)
    sys.stdout.write(", ".join(f"{count} {state}" for state, count in states.items()) + "\n")
    return 1 if any(fetched.failed for fetched in outcomes) else 0


def lines(project: Project, names: list[str]) -> list[str]:
    """Return a line for each row with an address: source, last fetch, address, what is kept."""
    from scrutiny.fetch import addresses, records

    made = []
    for row in addresses.wanted(addresses.of(project), names):
        own = [
            record
            for _, record in records.everywhere(project.inbox / row.source)
            if row.address in (record.address, record.listing)
        ]
        newest = max(own, key=lambda record: record.fetched, default=None)
        last = f"{newest.fetched[:10]} ({newest.recognised})" if newest else "never"
        keep = f"  keep {row.keep}" if row.keep else ""
        made.append(f"{row.source:26} {last:40} {row.address}{keep}")
    return made
