"""As many pages at once as asked for, each in a process of its own, where a process can fork."""

from __future__ import annotations

import os
import signal
import sys
import tempfile
import time
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from contextlib import AbstractContextManager, ExitStack
from multiprocessing import connection
from pathlib import Path
from typing import Any, NoReturn, TypeVar

from scrutiny import scratch
from scrutiny.charts import renderer
from scrutiny.errors import ScrutinyError
from scrutiny.limits import Limits
from scrutiny.run import forked
from scrutiny.run.notebook import PREFIX

Item = TypeVar("Item")
Made = tuple[Item, Any, str | None]  # an item, what was made of it, why it could not be made
ENDED = "the process that made the page ended before it was done"


def _by_threads(
    items: list[Item], make: Callable[[Item], Any], jobs: int, began: Callable[[Item], None]
) -> Iterator[Made]:
    def begin(item: Item) -> Any:
        began(item)
        return make(item)

    with ThreadPoolExecutor(max_workers=jobs) as pool:
        waiting = {pool.submit(begin, item): item for item in items}
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


class Runner:
    """Makes one item after another, each in a process of its own, with one renderer of charts.

    With a ``processor`` all that it starts stays there: an item's processes wait for one another.
    """

    def __init__(self, address: str, limits: Limits, processor: int | None = None) -> None:
        self.item: Any = None
        self._address, self._limits, self._processor = address, limits, processor
        self._until = 0.0
        self._listener = connection.Listener(address, "AF_UNIX")
        self._drawer = self._new_drawer()
        self._process: int | None = None

    def _new_drawer(self) -> int:
        if pid := self._fork():
            return pid
        renderer.serve(self._listener)

    def _fork(self) -> int:
        pid = forked.fork()
        if not pid and self._processor is not None:
            forked.stay_on(self._processor)
        return pid

    def start(
        self, item: Any, make: Callable[[Any], Any], prepare: Callable[[Any], object]
    ) -> connection.Connection:
        """Start on an item; return where the result will be heard."""
        self.item, (heard, told) = item, connection.Pipe(duplex=False)
        self._until = time.monotonic() + self._limits.page_seconds
        self._process = self._fork()
        if not self._process:
            heard.close()
            renderer.address = self._address
            forked.allow(self._limits.page_bytes)
            _make(item, make, prepare, told)
        told.close()
        return heard

    @property
    def seconds_left(self) -> float:
        """How long the item may still take."""
        return max(0.0, self._until - time.monotonic())

    def result(self, heard: connection.Connection) -> tuple[Any, str | None]:
        """Return what was made of the item, and why it could not be made."""
        with heard:
            if not heard.poll(self.seconds_left):
                os.kill(self._process, signal.SIGKILL)  # its kernel ends with it
                most = self._limits.page_seconds
                made, why = None, f"took longer than {most} seconds, page_seconds in limits.yml"
            else:
                try:
                    made, why = heard.recv()
                except EOFError:
                    made, why = None, ENDED
        if why:  # whatever the item did to its renderer ends with it
            _end(self._drawer)
            self._drawer = self._new_drawer()
        os.waitpid(self._process, 0)
        self._process = None
        return made, why

    def close(self) -> None:
        """End what is at work."""
        for pid in filter(None, (self._process, self._drawer)):
            _end(pid)
        self._listener.close()


class Runners(AbstractContextManager):
    """So many runners at once, whose renderers get ready while it is planned what to make.

    They end with the last item. Where processes cannot fork, threads make the items, with ordinary
    kernels.
    """

    def __init__(self, jobs: int, limits: Limits) -> None:
        self._jobs, self._runners, self._held = jobs, [], ExitStack()
        if not forked.can_fork():
            return
        with self._held:  # a start that fails leaves nothing behind
            folder = self._held.enter_context(scratch.folder(Path(tempfile.gettempdir()), PREFIX))
            for number, processor in enumerate(processors(jobs)):
                self._runners.append(Runner(str(folder / str(number)), limits, processor))
                self._held.callback(self._runners[-1].close)
            self._held = self._held.pop_all()

    def __exit__(self, *raised: object) -> None:
        self._held.close()

    def each(
        self,
        items: Iterable[Item],
        make: Callable[[Item], Any],
        prepare: Callable[[Item], object] = lambda item: None,
        began: Callable[[Item], None] = lambda item: None,
    ) -> Iterator[Made]:
        """Yield each item when it is done, with what ``make`` returns and why it failed.

        What ``prepare`` leaves in memory, the item's kernel finds there: it is called in the
        process of the item before the kernel is forked. ``began`` is told of each item that is
        begun. Of two items nothing is shared but the renderer of charts. An item that takes
        longer, or more memory, than the limits allow is ended.
        """
        if self._runners and forked.can_fork():
            return self._by_forks(deque(items), make, prepare, began)
        return _by_threads(list(items), make, self._jobs, began)

    def _by_forks(
        self,
        todo: deque[Item],
        make: Callable[[Item], Any],
        prepare: Callable[[Item], object],
        began: Callable[[Item], None],
    ) -> Iterator[Made]:
        def start(runner: Runner) -> None:
            item = todo.popleft()
            at_work[runner.start(item, make, prepare)] = runner
            began(item)

        forked.warm_up()
        at_work: dict[connection.Connection, Runner] = {}
        with self._held:  # whoever goes on, or stops, finds none of them at work
            for runner in self._runners[: len(todo)]:
                start(runner)
            while at_work:
                soonest = min(runner.seconds_left for runner in at_work.values())
                heard_of = connection.wait(list(at_work), soonest)
                for heard in heard_of or [h for h, r in at_work.items() if not r.seconds_left]:
                    runner = at_work.pop(heard)
                    done = runner.item, *runner.result(heard)
                    if todo:
                        start(runner)
                    yield done


def processors(runners: int) -> list[int | None]:
    """Return a processor for each runner, where there are as many; else the system chooses."""
    usable = sorted(os.sched_getaffinity(0))
    return usable if len(usable) == runners else [None] * runners


def _make(
    item: Any,
    make: Callable[[Any], Any],
    prepare: Callable[[Any], object],
    told: connection.Connection,
) -> NoReturn:
    """Make the item in this process, tell its result, and end."""
    try:
        prepare(item)
        forked.hold()
        told.send((make(item), None))
    except ScrutinyError as error:
        told.send((None, str(error)))
    except BaseException:
        traceback.print_exc()  # a fault of the program: the page fails, the others are made
    finally:
        sys.stderr.flush()
        os._exit(0)


def _end(pid: int) -> None:
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
