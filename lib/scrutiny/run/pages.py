"""As many pages at once as asked for, by processes that fork their kernels, where any can fork."""

from __future__ import annotations

import os
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from contextlib import AbstractContextManager, ExitStack, suppress
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
ITEMS_A_PROCESS = 40  # then a new one takes over, so that none grows for ever


class Runner:
    """A process that works on one item after another, and one that draws the charts of all.

    The first is forked for its first item, and finds what is in memory then. With a ``processor``
    both, and what they start, stay there: an item's processes wait for one another.
    """

    def __init__(self, address: str, limits: Limits, processor: int | None = None) -> None:
        self.item: Any = None
        self.known: set = set()  # items whose earlier work the process has in memory
        self._address, self._limits, self._processor = address, limits, processor
        self._until = 0.0
        self._listener = connection.Listener(address, "AF_UNIX")
        self._drawer = self._new_drawer()
        self._process: int | None = None
        self._asked: connection.Connection | None = None

    def _new_drawer(self) -> int:
        if pid := self._fork():
            return pid
        renderer.serve(self._listener)

    def _fork(self) -> int:
        pid = forked.fork()
        if not pid and self._processor is not None:
            forked.stay_on(self._processor)
        return pid

    def ask(self, work: Callable[[Any], Any], item: Any) -> connection.Connection:
        """Ask for work on an item; return where the answer will be heard. Both must pickle."""
        if self._process is None:
            self._asked, theirs = connection.Pipe()
            self._process = self._fork()
            if not self._process:
                self._asked.close()
                _serve(theirs, self._address, self._limits)
            theirs.close()
        self.item = item
        self.known.add(item)
        self._until = time.monotonic() + self._limits.page_seconds
        with suppress(BrokenPipeError):  # where it has ended nothing is heard, and that is said
            self._asked.send((work, item))
        return self._asked

    @property
    def seconds_left(self) -> float:
        """How long the item may still take."""
        return max(0.0, self._until - time.monotonic())

    def answer(self, heard: connection.Connection) -> tuple[Any, str | None]:
        """Return what the work on the item gave, and why it gave nothing."""
        made, why, lasts = None, ENDED, False
        if not heard.poll(self.seconds_left):
            why = (
                f"took longer than {self._limits.page_seconds} seconds, page_seconds in limits.yml"
            )
        else:
            with suppress(EOFError, ConnectionResetError):
                made, why, lasts = heard.recv()
        if why:  # whatever the item did to its renderer ends with it
            _end(self._drawer)
            self._drawer = self._new_drawer()
        if why or not lasts:
            self._end_process()
        return made, why

    def _end_process(self) -> None:
        if self._process is not None:
            _end(self._process)  # its kernel ends with it
            self._asked.close()
            self._process = None
            self.known.clear()

    def close(self) -> None:
        """End what is at work."""
        self._end_process()
        _end(self._drawer)
        self._listener.close()


class Runners(AbstractContextManager):
    """So many runners at once, whose renderers get ready while it is planned what to make.

    ``warm_up`` makes ready, once, what all their work needs. Where processes cannot fork, threads
    do the work, with ordinary kernels.
    """

    def __init__(self, jobs: int, limits: Limits, warm_up: Callable[[], object]) -> None:
        self._jobs, self._warm_up, self._warm = jobs, warm_up, False
        self._runners: list[Runner] = []
        self._held = ExitStack()
        if not forked.can_fork():
            return
        forked.share()
        with self._held:  # a start that fails leaves nothing behind
            folder = self._held.enter_context(scratch.folder(Path(tempfile.gettempdir()), PREFIX))
            for number, processor in enumerate(processors(jobs)):
                self._runners.append(Runner(str(folder / str(number)), limits, processor))
                self._held.callback(self._runners[-1].close)
            self._held = self._held.pop_all()

    def __exit__(self, *raised: object) -> None:
        self._held.close()

    @property
    def forks(self) -> bool:
        """Whether work is done by processes that share what is in memory."""
        return bool(self._runners) and forked.can_fork()

    def each(
        self,
        items: Iterable[Item],
        work: Callable[[Item], Any],
        began: Callable[[Item], None] = lambda item: None,
    ) -> Iterator[Made]:
        """Yield each item when it is done, with what ``work`` returns and why it failed.

        ``began`` is told of each item that is begun. An item comes again to the runner that
        has worked on it, unless that one has enough to do. What a notebook does in its kernel
        reaches no other item. An item that takes longer, or more memory, than the limits allow
        is ended.
        """
        todo = list(items)
        if not todo:
            return iter(())
        if not self._warm:
            self._warm_up()
            if self.forks:
                forked.warm_up()
            self._warm = True
        by = self._by_forks if self.forks else self._by_threads
        return by(todo, work, began)

    def _by_forks(
        self, todo: list[Item], work: Callable[[Item], Any], began: Callable[[Item], None]
    ) -> Iterator[Made]:
        def start(runner: Runner) -> None:
            item = _next(todo, runner, self._runners)
            todo.remove(item)
            at_work[runner.ask(work, item)] = runner
            began(item)

        at_work: dict[connection.Connection, Runner] = {}
        try:
            for runner in self._runners[: len(todo)]:
                start(runner)
            while at_work:
                soonest = min(runner.seconds_left for runner in at_work.values())
                heard_of = connection.wait(list(at_work), soonest)
                for heard in heard_of or [h for h, r in at_work.items() if not r.seconds_left]:
                    runner = at_work.pop(heard)
                    done = runner.item, *runner.answer(heard)
                    if todo:
                        start(runner)
                    yield done
        except BaseException:  # whoever stops finds none of them at work
            self._held.close()
            raise

    def _by_threads(
        self, items: list[Item], work: Callable[[Item], Any], began: Callable[[Item], None]
    ) -> Iterator[Made]:
        def begin(item: Item) -> Any:
            began(item)
            return work(item)

        with ThreadPoolExecutor(max_workers=self._jobs) as pool:
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


def _next(todo: list[Item], runner: Runner, all_runners: list[Runner]) -> Item:
    """Return the first item that no other runner has worked on, or else another's last."""
    others = set().union(*(other.known for other in all_runners if other is not runner))
    return next((item for item in todo if item not in others), todo[-1])


def processors(runners: int) -> list[int | None]:
    """Return a processor for each runner, where there are as many; else the system chooses."""
    usable = sorted(os.sched_getaffinity(0))
    return usable if len(usable) == runners else [None] * runners


def _serve(asked: connection.Connection, address: str, limits: Limits) -> NoReturn:
    """Work in this process, a fork, on what is asked for; end with an item that fails."""
    try:
        renderer.address, forked.forks = address, True
        forked.allow(limits.page_bytes)
        for number in range(1, ITEMS_A_PROCESS + 1):
            work, item = asked.recv()
            try:
                answer = work(item), None
            except ScrutinyError as error:
                answer = None, str(error)
            asked.send((*answer, number < ITEMS_A_PROCESS and forked.can_fork()))
    except EOFError:  # nobody is left to ask
        pass
    except BaseException:
        traceback.print_exc()  # a fault of the program: the item fails, the others are done
    finally:
        sys.stderr.flush()
        os._exit(0)


def _end(pid: int) -> None:
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
