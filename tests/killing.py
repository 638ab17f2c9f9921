"""A small edition built over and over and stopped in every way: what stands must be whole."""

import hashlib
import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
TARGET = "recommendation-tracker/2019-05/1"
STEM = TARGET.replace("/", "-")
# A second between the cells is not needed: the build itself takes seconds, most of them imports.
COMMAND = [sys.executable, "-m", "scrutiny", "build", TARGET, "--force", "--jobs", "1"]


def params_with(folder, title):
    """Editions of the tracker of 2019 alone, under a title that tells old pages from new."""
    own = folder / "recommendation-tracker" / "2019-05"
    own.mkdir(parents=True)
    for path in (ROOT / "params" / "recommendation-tracker" / "2019-05").iterdir():
        text = path.read_text("utf-8")
        if path.name == "edition.yml":
            text = re.sub(r"(?m)^title:.*$", f"title: {title}", text)
        (own / path.name).write_text(text, "utf-8")
    return folder


def start(params, out, **options):
    """Begin a build."""
    quiet = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "encoding": "utf-8"}
    command = [*COMMAND, "--params", params, "--out", out]
    return subprocess.Popen([*map(str, command)], cwd=ROOT, **quiet | options)


def build(params, out, **options):
    """Build to the end; its exit status and what it said."""
    with start(params, out, **options) as running:
        said = running.stdout.read()
    return running.returncode, said


def kill_after(seconds, params, out):
    """Begin a build and kill it, so that it can tidy up nothing."""
    with start(params, out) as running:
        time.sleep(seconds)
        running.send_signal(signal.SIGKILL)
        running.stdout.read()  # until the last process that could write is gone


def standing(out):
    """The page that stands, once every file of it is what its manifest says; None: no page."""
    folder = out / TARGET
    if not folder.exists():
        return None
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    named = {made["path"]: made["sha256"] for made in manifest["outputs"]}
    files = [path for path in folder.iterdir() if path.name != "manifest.json"]
    assert named == {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in files}
    return (folder / f"{STEM}.html").read_bytes()


def processes_of(out):
    """The processes whose command line names the folder of outputs."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if str(out) in path.read_text("utf-8", errors="replace"):
                found.append(int(path.parent.name))
        except OSError:
            continue
    return [process for process in found if process != os.getpid()]


def left_behind(out):
    """What a run should have cleared away: in the outputs and among the temporary files."""
    names = (".scratch", ".locks", ".failed")
    return sorted(
        path.relative_to(out).as_posix() for name in names for path in (out / name).rglob("*")
    )
