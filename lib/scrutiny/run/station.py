"""The process beside a cluster's worker that makes one page after another, until nobody asks.

It is told its work and then each page through its standard input, and answers through its standard
output. The work is an object with the methods ``here``, which returns it for this machine,
``warm_up``, and ``make``, which takes a page, and the attribute ``project``.
"""

from __future__ import annotations

import os
import pickle
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO

from scrutiny.errors import ScrutinyError
from scrutiny.run import forked
from scrutiny.run.notebook import environment
from scrutiny.run.pages import Runner


def serve(heard: BinaryIO, told: BinaryIO) -> None:
    """Make what is asked for; return when there is nobody left to ask."""
    work = pickle.load(heard)  # noqa: S301  told by the worker that started this process
    try:
        work = work.here()
    except ScrutinyError as error:
        pickle.dump(error, told)
        told.flush()
        return
    with environment(work.project), tempfile.TemporaryDirectory(prefix="scrutiny-") as folder:
        make = _by_fork(work, folder) if forked.can_fork() else _here(work)
        while True:
            answer = make(pickle.load(heard))  # noqa: S301
            pickle.dump(answer, told)
            told.flush()


def _by_fork(work: Any, folder: str) -> Callable[[Any], tuple[Any, str | None]]:
    work.warm_up()
    forked.warm_up()
    runner = Runner(str(Path(folder) / "drawer"), work.project.limits)
    return lambda item: runner.answer(runner.ask(work.make, item))


def _here(work: Any) -> Callable[[Any], tuple[Any, str | None]]:
    def make(item: Any) -> tuple[Any, str | None]:
        try:
            return work.make(item), None
        except ScrutinyError as error:
            return None, str(error)

    return make


if __name__ == "__main__":
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a page prints is no answer
    with suppress(EOFError, BrokenPipeError):
        serve(sys.stdin.buffer, answers)
