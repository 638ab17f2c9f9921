"""The command line: ``scrutiny build``, ``list``, ``check``, ``new`` and the others."""

from __future__ import annotations

import argparse
import os
import sys
from typing import NoReturn

from scrutiny.commands import building, checking, editions, serving, trust
from scrutiny.errors import ScrutinyError, WrongOption
from scrutiny.fetch import command
from scrutiny.pack import command as packing
from scrutiny.project import ONE_THREAD


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
    building.add_build(
        commands.add_parser("build", help="build reports into outputs/", allow_abbrev=False)
    )
    building.add_list(
        commands.add_parser(
            "list", help="editions and their state, and which data are late", allow_abbrev=False
        )
    )
    checking.add_check(
        commands.add_parser(
            "check",
            help="what a file is and what is wrong with it; whether an edition can be built",
            allow_abbrev=False,
        )
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
    editions.add_new(commands.add_parser("new", help="the next edition, from the last one"))
    editions.add_compare(
        commands.add_parser("compare", help="what changed between two editions, number by number")
    )
    editions.add_register(
        commands.add_parser("register", help="register rows for owners to fill in, and back")
    )
    trust.add_trace(commands.add_parser("trace", help="a printed number, back to its cells"))
    trust.add_approve(commands.add_parser("approve", help="approve a built edition as it stands"))
    trust.add_verify(commands.add_parser("verify", help="whether all that is published is whole"))
    serving.add_dashboard(
        commands.add_parser("dashboard", help="serve the dashboards", allow_abbrev=False)
    )
    return main


def main(arguments: list[str] | None = None) -> int:
    """Run a command; return its exit status: 0 done, 1 failed, 2 a wrong request, 130 stopped."""
    for name, value in ONE_THREAD.items():
        os.environ.setdefault(name, value)
    try:
        given = parser().parse_args(arguments)
        commands = {"build": building.build, "list": building.list_, "check": checking.check}
        commands |= {"fetch": command.run, "pack": packing.run, "new": editions.new}
        commands |= {"compare": editions.compare, "register": editions.register}
        commands |= {"trace": trust.trace, "approve": trust.approve, "verify": trust.verify}
        commands |= {"dashboard": serving.dashboard}
        return commands[given.command](given)
    except ScrutinyError as error:
        print(f"scrutiny: {error}", file=sys.stderr)
        return error.exit_status
    except KeyboardInterrupt:
        print(f"scrutiny: {building.STOPPED}", file=sys.stderr)
        return 130
    except BrokenPipeError:
        sys.stderr.close()
        return 1


if __name__ == "__main__":
    sys.exit(main())
