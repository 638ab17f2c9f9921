"""Pages made by the workers of a Dask cluster: each worker keeps processes that make pages.

A worker has threads and cannot fork. What it starts beside itself has one (``station``), and makes
pages as this machine does.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import uuid
from collections.abc import Iterator
from typing import Any, TypeVar

from distributed import Client, Worker, WorkerPlugin, as_completed, get_worker

from scrutiny.errors import NoCluster, ScrutinyError
from scrutiny.project import ONE_THREAD

Item = TypeVar("Item")
SECONDS_TO_ANSWER = 10
SECONDS_FOR_A_WORKER = 60


def each(items: list[Item], work: Any, scheduler: str) -> Iterator[tuple[Item, Any, str | None]]:
    """Yield each item when a worker has done it, with what ``work.make`` returned or why it failed.

    ``work`` is as :mod:`scrutiny.run.station` takes it. What a worker had in hand when it ended
    goes to another. Raises :class:`NoCluster`, and a :class:`ScrutinyError` of ``work.here``.
    """
    name = f"scrutiny-{uuid.uuid4()}"  # two builds may share a cluster
    with _client(scheduler) as client:
        client.register_plugin(Stations(work), name=name)
        try:
            waiting = {
                client.submit(_make, name, pickle.dumps(item), pure=False): item for item in items
            }
            for future in as_completed(list(waiting)):
                item = waiting.pop(future)
                try:
                    made, why = future.result()
                except ScrutinyError:
                    raise
                except Exception as error:  # of the cluster: workers that ended
                    made, why = None, f"the cluster failed: {' '.join(str(error).split())}"
                yield item, made, why
        finally:
            client.unregister_worker_plugin(name)


def _client(scheduler: str) -> Client:
    """Return the client of a scheduler that has a worker; raises :class:`NoCluster`."""
    try:
        client = Client(scheduler, timeout=SECONDS_TO_ANSWER)
    except (OSError, ValueError) as error:
        raise NoCluster(
            f"--scheduler: nobody answers at {scheduler}; start one with: dask scheduler"
        ) from error
    try:
        client.wait_for_workers(1, timeout=SECONDS_FOR_A_WORKER)
    except OSError as error:
        client.close()
        raise NoCluster(
            f"--scheduler: {scheduler} has no worker; start one with: dask worker {scheduler}"
        ) from error
    return client


class Stations(WorkerPlugin):
    """The stations of one worker: as many as it was ever asked to make pages at once."""

    def __init__(self, work: Any) -> None:
        self._work = pickle.dumps(work)  # a worker has no use for it, nor for all that it imports

    def setup(self, worker: Worker) -> None:
        """Begin without any."""
        self._where, self._all, self._free = worker.address, [], []

    def teardown(self, worker: Worker) -> None:
        """End them."""
        for station in self._all:
            station.kill()
            station.communicate()

    def make(self, item: bytes) -> tuple[Any, str | None]:
        """Return what a station made of the item, and why it could not."""
        try:
            station = self._free.pop()
        except IndexError:
            station = self._new()
        try:
            _send(station, item)
            answer = pickle.load(station.stdout)  # noqa: S301  our own process
        except (EOFError, BrokenPipeError):
            return None, "the process that made the page ended before it was done"
        if isinstance(answer, ScrutinyError):
            raise type(answer)(f"worker {self._where}: {answer}")
        self._free.append(station)
        return answer

    def _new(self) -> subprocess.Popen:
        command = [sys.executable, "-m", "scrutiny.run.station"]
        pipe = subprocess.PIPE
        station = subprocess.Popen(command, stdin=pipe, stdout=pipe, env=os.environ | ONE_THREAD)
        self._all.append(station)
        _send(station, self._work)
        return station


def _make(name: str, item: bytes) -> tuple[Any, str | None]:
    """Make an item in the worker that this is called in."""
    return get_worker().plugins[name].make(item)


def _send(station: subprocess.Popen, told: bytes) -> None:
    station.stdin.write(told)
    station.stdin.flush()
