"""A server of the dashboards while a test needs it, and what asks it."""

import contextlib
import http.client
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SECONDS_TO_BEGIN = 120
SECRET = "a-secret-of-the-office-7f3a"
KERNEL = re.compile(r'"kernelId": "([0-9a-f-]{36})"')


@dataclass(frozen=True)
class Server:
    """Its port, its process, and the folder of its temporary files."""

    port: int
    process: subprocess.Popen
    folder: Path

    @property
    def address(self):
        """Where it is, without a slash at the end."""
        return f"http://127.0.0.1:{self.port}"

    def ask(self, path, method="GET", body=None, **headers):
        """Its answer to a path, sent as it is written: status, headers and text."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        if body is not None:
            named["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request(method, path, body, named)
        answer = connection.getresponse()
        text = answer.read().decode("utf-8", errors="replace")
        connection.close()
        return answer.status, answer.headers, text

    def processes(self):
        """The ids of all its processes."""
        found, waiting = [], [self.process.pid]
        while waiting:
            found.append(waiting.pop())
            children = Path(f"/proc/{found[-1]}/task").glob("*/children")
            with contextlib.suppress(OSError):
                waiting += [int(pid) for own in children for pid in own.read_text().split()]
        return found

    def connection_file(self, kernel):
        """How to reach a kernel from this machine."""
        (found,) = self.folder.rglob(f"kernel-{kernel}.json")
        return found

    def kernel_process(self, kernel):
        """The process of a kernel: the one that has its sockets open."""
        about = json.loads(self.connection_file(kernel).read_text())
        at = f"{about['ip']}-{about['shell_port']}"
        inodes = {
            line.split()[6]
            for line in Path("/proc/net/unix").read_text().splitlines()
            if line.endswith(at)
        }
        for pid in self.processes():
            links = Path(f"/proc/{pid}/fd").iterdir()
            if any(str(link.readlink()) in {f"socket:[{i}]" for i in inodes} for link in links):
                return pid
        raise AssertionError(f"no process has {at}")


def free_port():
    """A port that nobody listens at."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@contextlib.contextmanager
def serving(*options):
    """A server with the options; its environment holds a secret. Skipped where none can fork."""
    if sys.platform != "linux":
        pytest.skip("kernels are forked on Linux alone")
    port = free_port()
    # Of its own temporary files: the path of a socket is short.
    temporary = Path(tempfile.mkdtemp(prefix="sd", dir="/tmp"))
    command = [sys.executable, "-m", "scrutiny", "dashboard", "--port", str(port), *options]
    process = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8",
        env=os.environ | {"OFFICE_SECRET": SECRET, "TMPDIR": str(temporary)},
    )  # fmt: skip
    timer = threading.Timer(SECONDS_TO_BEGIN, process.kill)
    timer.start()
    try:
        assert process.stdout.readline().startswith("Dashboards: "), "the server did not begin"
        timer.cancel()
        yield Server(port, process, temporary)
        assert process.poll() is None, "the server ended while it was used"
    finally:
        timer.cancel()
        process.terminate()
        process.wait(30)
        process.stdout.close()
        assert list(temporary.iterdir()) == [], "the server left files"
        temporary.rmdir()
