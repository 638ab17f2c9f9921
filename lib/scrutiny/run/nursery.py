"""A process with one thread that forks kernels for a server, which has many and cannot fork.

The server starts it before its first thread, with the libraries imported and the data loaded.
Each kernel is a copy: what one visitor does reaches no other. It also keeps the one process that
draws charts for all of them. All end with the server.
"""

from __future__ import annotations

import asyncio
import os
import select
import signal
from collections.abc import Callable
from multiprocessing import connection, reduction
from pathlib import Path
from typing import Any, NoReturn

from jupyter_client.provisioning import KernelProvisionerFactory, LocalProvisioner

from scrutiny.charts import renderer
from scrutiny.run import forked

PROVISIONER = "scrutiny-nursed"  # its name among the entry points of pyproject.toml
SECONDS_BETWEEN_LOOKS = 1.0
_NO_DUMP = 4  # PR_SET_DUMPABLE of prctl(2): others of this user may not look into its memory


class Nursery:
    """What the server holds of it.

    Each kernel may take ``memory`` bytes beside what it finds, and ``seconds`` of a processor.
    """

    def __init__(self, folder: Path, warm: Callable[[], object], memory: int, seconds: int) -> None:
        """Start the process that draws, call ``warm`` here, and start the process that forks."""
        self.address = str(folder / "drawer")
        self._listener = listener = connection.Listener(self.address, "AF_UNIX")
        renderer.address = self.address
        drawer = _drawer(listener)
        warm()
        os.kill(drawer, signal.SIGKILL)
        os.waitpid(drawer, 0)
        forked.warm_up()
        self._asked, theirs = connection.Pipe()
        if not forked.fork():
            self._asked.close()
            _serve(theirs, listener, memory, seconds)
        theirs.close()
        keep_to_itself()

    def close(self) -> None:
        """End it, with all its kernels."""
        self._asked.close()
        self._listener.close()

    def bear(
        self, arguments: list[str], variables: dict[str, str], folder: str | None
    ) -> tuple[Born, connection.Connection]:
        """Return a new kernel process, and where it tells that it listens."""
        self._asked.send((arguments, variables, folder))
        pid = self._asked.recv()
        process = Born(pid, reduction.recv_handle(self._asked))
        return process, connection.Connection(reduction.recv_handle(self._asked), writable=False)


class Born:
    """A process that is no child of this one; as ``Popen`` as far as a provisioner asks."""

    stdin = stdout = stderr = None

    def __init__(self, pid: int, handle: int) -> None:
        self.pid, self._handle = pid, handle
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """Return 0 once it has ended, however it did; None while it runs."""
        if self.returncode is None and select.select([self._handle], [], [], 0)[0]:
            os.close(self._handle)
            self.returncode = 0
        return self.returncode

    def wait(self) -> int:
        """Return once it has ended."""
        if self.poll() is None:
            select.select([self._handle], [], [])
        return self.poll() or 0

    def send_signal(self, number: int) -> None:
        """Send it a signal, and never one that has its number after it."""
        if self.poll() is None:
            signal.pidfd_send_signal(self._handle, number)

    def kill(self) -> None:
        """End it at once."""
        self.send_signal(signal.SIGKILL)

    terminate = kill


nursery: Nursery | None = None  # of this server


def use(made: Nursery) -> None:
    """Let every kernel that this process asks for come from there."""
    global nursery
    nursery = made
    KernelProvisionerFactory.instance().default_provisioner_name = PROVISIONER


class NursedKernel(LocalProvisioner):
    """Asks the nursery for a kernel instead of starting an interpreter."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> dict:
        """Return how to reach the kernel, once it listens."""
        folder = str(kwargs["cwd"]) if kwargs.get("cwd") else None
        arguments = cmd[cmd.index(forked.LAUNCHER) + 1 :]
        self.process, told = nursery.bear(arguments, dict(kwargs["env"]), folder)
        self.pid = self.pgid = self.process.pid
        with told:
            loop = asyncio.get_running_loop()
            if not await loop.run_in_executor(None, _began, told):
                self.process.kill()
                raise RuntimeError("the kernel did not begin")
        return self.connection_info

    async def send_signal(self, signum: int) -> None:
        """Send the kernel a signal."""
        if self.process:
            self.process.send_signal(signum)


def keep_to_itself() -> None:
    """Let no kernel read what this process was started with, or holds."""
    forked.forget_the_callers_environment()
    forked.prctl(_NO_DUMP, 0)


def _began(told: connection.Connection) -> bool:
    try:
        return told.poll(forked.SECONDS_TO_LISTEN) and bool(told.recv())
    except (EOFError, OSError):
        return False


def _drawer(listener: connection.Listener) -> int:
    if pid := forked.fork():
        return pid
    renderer.serve(listener)


def _serve(
    asked: connection.Connection, listener: connection.Listener, memory: int, seconds: int
) -> NoReturn:
    """Fork a kernel whenever one is asked for; end with the server."""
    try:
        keep_to_itself()
        drawer = _drawer(listener)
        while True:
            wanted = asked.poll(SECONDS_BETWEEN_LOOKS)
            if drawer in _ended():
                drawer = _drawer(listener)
            if wanted:
                _bear(asked, memory, seconds)
    except (EOFError, BrokenPipeError):  # the server is gone
        os._exit(0)
    finally:
        os._exit(1)


def _bear(asked: connection.Connection, memory: int, seconds: int) -> None:
    arguments, variables, folder = asked.recv()
    heard, told = connection.Pipe(duplex=False)
    pid = forked.fork()
    if not pid:
        asked.close()
        heard.close()
        forked.allow(forked.held_now() + memory, seconds)
        forked.become(told, arguments, variables, folder)
    told.close()
    handle = os.pidfd_open(pid)
    asked.send(pid)
    reduction.send_handle(asked, handle, os.getppid())
    reduction.send_handle(asked, heard.fileno(), os.getppid())
    os.close(handle)
    heard.close()


def _ended() -> set[int]:
    """Return the processes that have ended since the last look."""
    ended = set()
    while True:
        try:
            pid, _ = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return ended
        if not pid:
            return ended
        ended.add(pid)
