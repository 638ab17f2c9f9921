"""As many pages at once as asked for, each in a process of its own, where a process can fork."""

from __future__ import annotations

import os
import signal
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from dataclasses import dataclass
from multiprocessing import connection
from pathlib import Path
from typing import Any, TypeVar

from scrutiny.charts import renderer
from scrutiny.errors import ScrutinyError
from scrutiny.run import forked

Item = TypeVar("Item")
Made = tuple[Item, Any, str | None]  # an item, what was made of it, why it could not be made


def each(
    items: Iterable[Item],
    make: Callable[[Item], Any],
    jobs: int,
    prepare: Callable[[Item], object] = lambda item: None,
) -> Iterator[Made]:
    """Yield each item as it is done, with what ``make`` returns and why it failed.

    What ``prepare`` leaves in memory, the item's kernel finds there: it is called in the process
    of the item before the kernel is forked. Of two items nothing is shared but the renderer of
    charts. Where processes cannot fork, threads make the items, with ordinary kernels.
    """
    waiting = list(items)
    if not forked.can_fork():
        return _by_threads(waiting, make, jobs)
    return _by_forks(waiting, make, jobs, prepare)


def _by_threads(items: list[Item], make: Callable[[Item], Any], jobs: int) -> Iterator[Made]:
    with ThreadPoolExecutor(max_workers=jobs) as pool:
        waiting = {pool.submit(make, item): item for item in items}
        try:
            while waiting:
                done, _ = wait(waiting, return_when=FIRST_COMPLETED)
                for future in done:
                    item = waiting.pop(future)
                    try:
                        yield item, future.result(), None
                    except ScrutinyError as error:
                        yield item, None, str(error)
        except BaseException:
            pool.shutdown(wait=True, cancel_futures=True)
            raise


@dataclass(frozen=True)
class _Child:
    """A process at work on an item; ``result`` brings what it made."""

    pid: int
    result: connection.Connection
    item: Any
    slot: int


def _by_forks(
    items: list[Item], make: Callable[[Item], Any], jobs: int, prepare: Callable[[Item], object]
) -> Iterator[Made]:
    forked.warm_up()
    todo = iter(items)
    working: dict[connection.Connection, _Child] = {}
    with tempfile.TemporaryDirectory(prefix="scrutiny-") as folder:
        addresses = [str(Path(folder) / str(slot)) for slot in range(min(jobs, len(items)))]
        listeners = [connection.Listener(address, "AF_UNIX") for address in addresses]
        drawers = [_drawer(listener) for listener in listeners]
        try:
            for slot, address in enumerate(addresses):
                _start(todo, slot, address, make, prepare, working)
            while working:
                for result in connection.wait(list(working)):
                    child = working.pop(result)
                    made, why = _result_of(child)
                    if why:  # whatever it did to its renderer ends with it
                        _end(drawers[child.slot])
                        drawers[child.slot] = _drawer(listeners[child.slot])
                    _start(todo, child.slot, addresses[child.slot], make, prepare, working)
                    yield child.item, made, why
        finally:
            for pid in (*(child.pid for child in working.values()), *drawers):
                _end(pid)
            for listener in listeners:
                listener.close()


def _drawer(listener: connection.Listener) -> int:
    """Start a renderer of charts for those who call; return its process."""
    pid = forked.fork()
    if not pid:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        renderer.serve(listener)
    return pid


def _start(todo, slot, address, make, prepare, working) -> None:
    """Start a process for the next item, if there is one."""
    item = next(todo, None)
    if item is None:
        return
    ours, theirs = connection.Pipe(duplex=False)
    pid = forked.fork()
    if not pid:
        ours.close()
        _make(item, address, make, prepare, theirs)
    theirs.close()
    working[ours] = _Child(pid, ours, item, slot)


def _make(item, address, make, prepare, result) -> None:
    """Make the item in this process, tell its result, and end."""
    status = 1
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent hears it, and ends this process
        renderer.address = address
        prepare(item)
        forked.hold()
        result.send((make(item), None))
        status = 0
    except ScrutinyError as error:
        result.send((None, str(error)))
        status = 0
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


def _result_of(child: _Child) -> tuple[Any, str | None]:
    try:
        made = child.result.recv()
    except EOFError:
        made = None
    child.result.close()
    _, status = os.waitpid(child.pid, 0)
    ended = os.waitstatus_to_exitcode(status)
    how = f"signal {-ended}" if ended < 0 else f"status {ended}"
    return made or (None, f"the process that made the page ended with {how}")


def _end(pid: int) -> None:
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
