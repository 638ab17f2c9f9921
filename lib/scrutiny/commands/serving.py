"""``scrutiny dashboard``: what it takes, and what it says."""

from __future__ import annotations

import argparse
from pathlib import Path

from scrutiny.commands.arguments import DATA
from scrutiny.errors import WrongOption

HOST, PORT = "127.0.0.1", 8866
MOST, GONE, IDLE = 20, 20, 30


def add_dashboard(parser: argparse.ArgumentParser) -> None:
    """Give a parser the arguments of ``dashboard``."""
    parser.description = (
        "Serve the dashboards of the figures and of the recommendations, to this machine alone "
        "unless told otherwise."
    )
    parser.add_argument("--port", type=int, default=PORT, metavar="N", help=f"default: {PORT}")
    parser.add_argument(
        "--host", default=HOST, metavar="ADDRESS",
        help=f"default: {HOST}; one that others reach needs --auth",
    )  # fmt: skip
    parser.add_argument(
        "--auth", metavar="FILE|proxy-header:NAME",
        help="a file with the token that lets in, or the header in which a proxy names the user",
    )  # fmt: skip
    parser.add_argument(
        "--proxy", nargs="+", default=["127.0.0.1", "::1"], metavar="ADDRESS",
        help="whose header is believed; default: this machine",
    )  # fmt: skip
    parser.add_argument(
        "--visitors", type=int, default=MOST, metavar="N", help=f"at once; default: {MOST}"
    )
    parser.add_argument(
        "--idle", type=float, default=IDLE, metavar="MINUTES",
        help=f"a page without use ends after so long; default: {IDLE}",
    )  # fmt: skip
    parser.add_argument("--data", **DATA, help="data folders; sample and inbox are not read then")
    parser.add_argument("--out", type=Path, metavar="DIR", help="built pages; default: outputs/")


def dashboard(given: argparse.Namespace) -> int:
    """Serve until stopped; return 0."""
    if not 0 < given.port < 65536:
        raise WrongOption(f"--port {given.port} is no port: 1 to 65535")
    if given.visitors < 1:
        raise WrongOption(f"--visitors {given.visitors} would let nobody in: 1 or more")
    if given.idle <= 0:
        raise WrongOption(f"--idle {given.idle} would end every page at once: more than 0")
    # Imported late: the other commands need none of it.
    from scrutiny.dashboard.gate import gate
    from scrutiny.project import open_project

    admitted = gate(given.host, given.auth, tuple(given.proxy))
    project = open_project(data=tuple(map(Path, given.data)))
    out = given.out.resolve() if given.out else project.root / "outputs"
    from scrutiny.dashboard.server import Service, serve

    service = Service(
        given.host, given.port, admitted, given.visitors, GONE, 60 * given.idle, out
    )  # fmt: skip
    serve(project, service, lambda address: print(f"Dashboards: {address}", flush=True))
    return 0
