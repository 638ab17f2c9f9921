"""Kernels forked from a warm parent: the libraries are imported, the tidy data loaded.

A process that makes pages holds a fork of itself ready before it starts a thread, and the
provisioner of ``jupyter_client`` lets that fork become the kernel which Papermill asks for. What
the fork was given is a copy: nothing that a page does to it can reach another page.
"""

from __future__ import annotations

import ctypes
import gc
import os
import signal
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from multiprocessing.connection import Connection, Pipe
from pathlib import Path
from queue import Empty
from typing import Any, NoReturn

import nbformat
import pyarrow
from ipykernel.kernelapp import IPKernelApp
from jupyter_client.asynchronous import AsyncKernelClient
from jupyter_client.provisioning import KernelProvisionerFactory, LocalProvisioner

if sys.platform == "linux":
    import resource

PROVISIONER = "scrutiny-forked"  # its name among the entry points of pyproject.toml
LAUNCHER = "ipykernel_launcher"
SECONDS_TO_LISTEN = 60
# What a kernel imports when it begins, and its client.
OF_A_KERNEL = (
    "ipykernel.ipkernel", "ipykernel.debugger", "ipykernel.kernelspec", "ipykernel.zmqshell",
    "IPython.core.completerlib", "IPython.core.debugger", "IPython.core.logger",
    "IPython.core.oinspect", "IPython.extensions.storemagic", "IPython.utils.wildcard",
    "encodings.ascii", "faulthandler", "sqlite3", "tornado.platform.asyncio",
)  # fmt: skip
_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG of prctl(2)


def threads() -> int:
    """Return how many threads this process has, those of libraries included."""
    return sum(1 for _ in Path("/proc/self/task").iterdir())


def can_fork() -> bool:
    """Whether kernels can be forked from this process: on Linux, while it has one thread."""
    return sys.platform == "linux" and threads() == 1


def warm_up() -> None:
    """Make ready what every kernel needs, and leave it where forks share it."""
    KernelProvisionerFactory.instance()  # reads every installed package's entry points once
    nbformat.validate(nbformat.v4.new_notebook())  # compiles the format's schema
    sys.modules.setdefault("debugpy", None)  # no page is debugged; a kernel does without
    for name in OF_A_KERNEL:
        import_module(name)
    pyarrow.default_memory_pool().release_unused()  # what reading files took
    share()


def share() -> None:
    """Leave what is in memory where forks share it: to look through it for garbage copies it."""
    gc.freeze()


def allow(memory: int, seconds: int | None = None) -> None:
    """Let this process, and the kernel that it forks, hold so many bytes of memory and no more.

    A cell that asks for more gets a ``MemoryError``; the processes that draw are not counted. One
    that works for more than so many seconds of a processor is ended.
    """
    resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    if seconds is not None:
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))


def stay_on(processor: int) -> None:
    """Keep this process, and what it forks, on one processor, whose caches know its memory."""
    os.sched_setaffinity(0, {processor})


def held_now() -> int:
    """Return how many bytes of memory this process holds, as :func:`allow` counts them."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[5])
    return pages * resource.getpagesize()


def fork() -> int:
    """Fork; return 0 in the child and the child's id here.

    The child dies with this process. Ctrl-C is for this process alone, which ends the child.
    """
    if threads() > 1:
        raise RuntimeError("a fork of a process with threads can stand still for ever")
    parent = os.getpid()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        if child := os.fork():
            return child
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
    prctl(_DIE_WITH_PARENT, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)
    return 0


def prctl(option: int, value: int) -> None:
    """Set an option of this process: see prctl(2)."""
    ctypes.CDLL(None).prctl(option, value)


class Held:
    """A fork of this process that waits to become a kernel; as a process like ``Popen``."""

    stdin = stdout = stderr = None

    def __init__(self) -> None:
        self._ours, theirs = Pipe()
        self.returncode: int | None = None
        self.pid = fork()
        if not self.pid:
            share()
            self._ours.close()
            _wait_and_become(theirs)
        theirs.close()

    def launch(self, arguments: list[str], variables: dict[str, str], folder: str | None) -> None:
        """Let it become the kernel; return when it listens. Raises ``RuntimeError`` where it ended.

        A client that calls before anyone listens calls again only after a tenth of a second.
        """
        with self._ours as other, suppress(EOFError, BrokenPipeError):
            other.send((arguments, variables, folder))
            if other.poll(SECONDS_TO_LISTEN):
                other.recv()
                return
        raise RuntimeError("the kernel did not begin")

    def poll(self) -> int | None:
        """Return how it ended; None while it runs."""
        return self._ended(os.WNOHANG)

    def wait(self) -> int | None:
        """Return how it ended, once it has."""
        return self._ended(0)

    def _ended(self, how: int) -> int | None:
        if self.returncode is None:
            pid, status = os.waitpid(self.pid, how)
            self.returncode = os.waitstatus_to_exitcode(status) if pid else None
        return self.returncode

    def send_signal(self, number: int) -> None:
        """Send it a signal."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        """End it at once."""
        self.send_signal(signal.SIGKILL)

    terminate = kill


forks = False  # whether this process forks the kernels of the notebooks that it executes
held: Held | None = None  # taken by the first kernel that is asked for


@contextmanager
def holding() -> Iterator[None]:
    """Hold a fork of this process as it is now, for the kernel that is asked for meanwhile.

    It has ended afterwards. Does nothing where this process does not fork its kernels.
    """
    global held
    if not forks:
        yield
        return
    KernelProvisionerFactory.instance().default_provisioner_name = PROVISIONER
    kernel = held = Held()
    try:
        yield
    finally:
        held = None
        kernel.kill()
        kernel.wait()


class ForkedKernel(LocalProvisioner):
    """Gives the fork that is held instead of starting an interpreter."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> dict:
        """Let the fork become the kernel of this command; return how to reach it."""
        global held
        process, held = held, None
        if process is None or LAUNCHER not in cmd:
            return await super().launch_kernel(cmd, **kwargs)
        folder = str(kwargs["cwd"]) if kwargs.get("cwd") else None
        process.launch(cmd[cmd.index(LAUNCHER) + 1 :], dict(kwargs["env"]), folder)
        self.process, self.pid, self.pgid = process, process.pid, process.pid
        self.cwd = Path(folder or Path.cwd())
        return self.connection_info

    async def kill(self, restart: bool = False) -> None:
        """End the kernel and wait until it has: its manager looks ten times a second."""
        await super().kill(restart=restart)
        if self.process is not None:
            self.process.wait()

    async def wait(self) -> int | None:
        """Return how a kernel ended that was told to: without looking ten times a second."""
        if self.process is None:
            return 0
        ended, self.process = self.process.wait(), None
        return ended


def _wait_and_become(told: Connection) -> NoReturn:
    """Wait to be told which kernel to become, be it, and end with it."""
    try:
        become(told, *told.recv())
    except EOFError:  # nobody asked for a kernel
        os._exit(0)
    finally:
        os._exit(1)


def become(
    told: Connection, arguments: list[str], variables: dict[str, str], folder: str | None
) -> NoReturn:
    """Be the kernel of these arguments, tell when it listens, and end with it."""
    status = 1
    try:
        os.setsid()  # Ctrl-C on the terminal is not for kernels
        os.environ.clear()
        forget_the_callers_environment()
        os.environ.update(variables)
        if folder:
            os.chdir(folder)
        kernel = _kernel(arguments)
        told.send("listening")
        told.close()
        kernel.start()
        status = 0
    except Exception:
        traceback.print_exc()  # to the log of whoever asked
    finally:
        os._exit(status)


def forget_the_callers_environment() -> None:
    """Overwrite what this process was started with, which a fork keeps and a page could read.

    See ``env_start`` and ``env_end`` in proc_pid_stat(5): the 50th and 51st field.
    """
    about = Path("/proc/self/stat").read_text("ascii", errors="replace").rpartition(")")[2].split()
    first, last = int(about[47]), int(about[48])  # the fields after the name are counted from 3
    if first:
        ctypes.memset(first, 0, last - first)


def _kernel(arguments: list[str]) -> IPKernelApp:
    signal.signal(signal.SIGINT, signal.default_int_handler)
    sys.argv = [LAUNCHER, *arguments]
    app = IPKernelApp.instance()
    app.initialize([*arguments, f"--IPKernelApp.parent_handle={os.getppid()}"])
    return app


class PromptClient(AsyncKernelClient):
    """Begins when the kernel has answered, without waiting for what else it may say.

    What it does say answers no cell, and is passed over by the client of notebooks.
    """

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Wait for the kernel's answer and for its first news.

        Raises ``RuntimeError`` where it does not answer in so many seconds.
        """
        try:
            self.kernel_info()
            answer = await self.get_shell_msg(timeout=timeout)
            await self.get_iopub_msg(timeout=timeout)
        except Empty:
            raise RuntimeError(f"Kernel didn't respond in {timeout} seconds") from None
        self._handle_kernel_info_reply(answer)
