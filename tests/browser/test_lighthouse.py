"""Lighthouse gives a page of each report its full mark for accessibility."""

import contextlib
import functools
import http.server
import json
import os
import subprocess
import threading

import pytest
from opening import BROWSERS, QUIET, needed, node_file

ONE_OF_EACH = [
    "committee-monthly/2012-10",
    "borough-priorities/2018-q4/croydon",
    "recommendation-tracker/2013-06",
    "index",
]
LONGEST = 180


class Quiet(http.server.SimpleHTTPRequestHandler):
    """A server that does not write what it is asked for."""

    def log_message(self, *_):
        pass


@contextlib.contextmanager
def served(folder):
    """The address of a folder, which Lighthouse asks for as it opens no file."""
    handler = functools.partial(Quiet, directory=folder)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def lighthouse(path):
    """The mark out of 1, and the audits that cost some of it."""
    program = node_file("lighthouse", "cli", "index.js")
    flags = " ".join(["--headless", *QUIET])
    environment = os.environ | {"CHROME_PATH": needed(*BROWSERS)}
    with served(path.parent) as address:
        command = [needed("node"), program, f"{address}/{path.name}", f"--chrome-flags={flags}"]
        options = ["--only-categories=accessibility", "--output=json", "--quiet"]
        done = subprocess.run(
            [*command, *options, "--no-enable-error-reporting"], env=environment,
            capture_output=True, encoding="utf-8", timeout=LONGEST,
        )  # fmt: skip
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    short = [name for name, audit in report["audits"].items() if audit["score"] not in (None, 1)]
    return report["categories"]["accessibility"]["score"], short


@pytest.mark.parametrize("name", ONE_OF_EACH)
def test_lighthouse_gives_the_full_mark(files, name):
    assert lighthouse(files[name]) == (1, [])


def test_lighthouse_takes_marks_off(tmp_path):
    path = tmp_path / "bad.html"
    path.write_text("<!DOCTYPE html><title>A</title><p>B</p><input>", "utf-8")
    mark, short = lighthouse(path)
    assert mark < 1
    assert {"html-has-lang", "label"} <= set(short)
