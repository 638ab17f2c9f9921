"""A publisher on this machine, and a project to fetch into: what the tests of a fetch share."""

import contextlib
import hashlib
import io
import stat
import threading
import time
import zipfile
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from scrutiny.fetch import Settings, addresses, fetch
from scrutiny.project import Project

# A small file of boroughs, one that was revised since, and one with a letter for a figure.
TABLE = b"""\
Borough,Major Category,Minor Category,201809,201810,201811,201812
Barnet,Burglary,Burglary - Residential,118,120,131,142
Barnet,Theft and Handling,Theft Person,21,22,23,24
Brent,Burglary,Burglary - Residential,99,98,97,96
Brent,Theft and Handling,Theft Person,31,32,33,34
Westminster,Theft and Handling,Theft Person,501,502,503,504
"""
REVISED = TABLE.replace(b",142\n", b",143\n")
FAULTY = TABLE.replace(b",142\n", b",1x2\n")
HALF = len(TABLE) // 2
SOURCE, OTHER = "borough-24-months", "borough-historical"
QUICK = Settings(first_wait=0.01, attempts=3)
PAGE = b"<!DOCTYPE html><html><body>Service unavailable</body></html>"
MONTHS = {
    "2018-11/2018-11-metropolitan-street.csv": TABLE,
    "2018-12/2018-12-metropolitan-street.csv": REVISED,
    "2018-12/2018-12-essex-street.csv": b"not kept",
    "readme.txt": b"not kept",
}


def cases(columns, table):
    """A test for each line of the table, called by its key."""
    return pytest.mark.parametrize(columns, list(table.values()), ids=list(table))


def sent(body, etag='"one"', *, ranges=True, cut=None, says=None, **headers):
    """An answer with the whole body, or with the rest that is asked for if it is of this ETag.

    ``cut`` ends the connection after so many bytes; ``says`` is a Content-Length of its own.
    """

    def answer(to):
        asked, named = to.headers.get("Range"), to.headers.get("If-Range")
        start = int(asked[6:-1]) if asked and ranges and named in (None, etag) else 0
        if etag and to.headers.get("If-None-Match") == etag:
            to.send_response(304)
            to.end_headers()
            return
        rest = body[start:]
        to.send_response(206 if start else 200)
        if start:
            to.send_header("Content-Range", f"bytes {start}-{len(body) - 1}/{len(body)}")
        if etag:
            to.send_header("ETag", etag)
        for name, value in headers.items():
            to.send_header(name.replace("_", "-"), value)
        to.send_header("Content-Length", str(says or len(rest)))
        to.end_headers()
        to.wfile.write(rest if cut is None else rest[:cut])

    return answer


def status(code, **headers):
    """An answer that has no file."""

    def answer(to):
        to.send_response(code)
        for name, value in headers.items():
            to.send_header(name.replace("_", "-"), value)
        to.send_header("Content-Length", "0")
        to.end_headers()

    return answer


def dripping(body, every, block=1):
    """An answer that comes a few bytes at a time, until the other side has had enough."""

    def answer(to):
        to.send_response(200)
        to.send_header("ETag", '"drip"')
        to.send_header("Content-Length", str(len(body)))
        to.end_headers()
        for start in range(0, len(body), block):
            to.wfile.write(body[start : start + block])
            time.sleep(every)

    return answer


def chunked(body, blocks=1):
    """An answer of no announced length."""

    def answer(to):
        to.send_response(200)
        to.send_header("Transfer-Encoding", "chunked")
        to.end_headers()
        for _ in range(blocks):
            to.wfile.write(f"{len(body):x}\r\n".encode() + body + b"\r\n")
        to.wfile.write(b"0\r\n\r\n")

    return answer


class Publisher:
    """A server on this machine: answers a path with its list of answers, the last one for ever."""

    def __init__(self):
        self.answers, self.asked = {}, []
        publisher = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                publisher.asked.append((self.path, dict(self.headers)))
                path = self.path.split("?")[0]
                steps = publisher.answers.get(path, [status(404)])
                step = steps.pop(0) if len(steps) > 1 else steps[0]
                with contextlib.suppress(OSError):
                    step(self)

            def end_headers(self):
                self.send_header("Connection", "close")
                super().end_headers()

            def log_message(self, *_):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.home = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()

    def gives(self, path, *steps):
        """Answer a path so; return its address."""
        self.answers[path] = list(steps)
        return self.home + path

    def header(self, name, number=-1):
        """What a question said, the last one without a number."""
        return self.asked[number][1].get(name)

    def close(self):
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def serving(monkeypatch):
    """A publisher on this machine, asked without whatever proxy the machine has."""
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy", "REQUESTS_CA_BUNDLE"):
        monkeypatch.delenv(name, raising=False)
    running = Publisher()
    yield running
    running.close()


def without_data(tmp_path):
    """A project that holds no data."""
    for name in ("params", "notebooks", "data/inbox"):
        (tmp_path / name).mkdir(parents=True)
    return Project(root=tmp_path, params=tmp_path / "params")


def bringing(project):
    """Fetch from an address (or from rows of the table): what became of each file."""

    def run(address=None, *, rows="", source=SOURCE, file="", keep="", asked=(), **options):
        rows = rows or f'{source},"{address}",{file},{keep}\n'
        addresses.path_of(project).write_text(f"source,address,file,keep\n{rows}", "utf-8")
        return fetch(project, asked, **{"settings": QUICK} | options)

    return run


def today():
    return f"{datetime.now(UTC):%Y-%m-%d}"


def short(content):
    return hashlib.sha256(content).hexdigest()[:12]


def hidden(project, pattern="*"):
    """The files that no build reads and that hold something."""
    found = project.inbox.rglob(pattern)
    return [path for path in found if path.is_file() and path.suffix != ".lock"]


def zipped(members, **flags):
    """An archive of members: name to contents; ``link`` names one that is a symbolic link."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in members.items():
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            if name == flags.get("link"):
                info.external_attr = (stat.S_IFLNK | 0o777) << 16
            archive.writestr(info, body)
    return content.getvalue()
