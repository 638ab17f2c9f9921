"""The workers of a cluster make the same pages, and what one had in hand when it died."""

import re
import shutil
import socket
import subprocess
import sys
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

pytest.importorskip("distributed", reason="the extra named cluster is not installed")

ROOT = Path(__file__).parents[1]
EDITION = "recommendation-tracker/2019-05"
PAGES = [f"{EDITION}/{number}" for number in range(1, 5)]
DASK = Path(sys.executable).with_name("dask")
SECONDS = 240


@contextmanager
def running(*arguments, folder):
    """A process of Dask that is ended with the test."""
    quiet = subprocess.DEVNULL
    with subprocess.Popen([DASK, *arguments], cwd=folder, stdout=quiet, stderr=quiet) as process:
        try:
            yield process
        finally:
            process.kill()


@contextmanager
def cluster(*folders):
    """A scheduler with a worker in each folder: its address, and the workers' processes."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    own = ("--nthreads", "1", "--no-nanny", "--no-dashboard", "--host", "127.0.0.1")
    where = ("--host", "127.0.0.1", "--port", str(port), "--no-dashboard")
    with ExitStack() as started:
        started.enter_context(running("scheduler", *where, folder=ROOT))
        yield (
            address,
            [
                started.enter_context(running("worker", address, *own, folder=folder))
                for folder in folders
            ],
        )


def pages_in(out):
    """Every page's HTML and results below a folder of outputs, by path."""
    paths = [*out.rglob("*.html"), *out.rglob("results.csv")]
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in paths}


def test_a_killed_worker_costs_no_page_and_the_bytes_are_those_of_home(scrutiny, tmp_path):
    home, away = tmp_path / "home", tmp_path / "away"
    command = [sys.executable, "-m", "scrutiny", "build", *PAGES, "--out", away]
    with (
        cluster(ROOT, ROOT) as (address, (first, _)),
        subprocess.Popen(
            [*command, "--scheduler", address], cwd=ROOT, stderr=subprocess.PIPE, encoding="utf-8"
        ) as build,
    ):
        made = [next(line for line in build.stderr if line.startswith("made"))]
        first.kill()
        made += [line for line in build.stderr if line.startswith(("made", "failed"))]
        assert build.wait(SECONDS) == 0
    assert sorted(made) == [f"made: {page}\n" for page in PAGES]
    assert scrutiny("build", *PAGES, "--out", home).returncode == 0
    assert pages_in(away) == pages_in(home)
    assert len(pages_in(away)) == 2 * len(PAGES) + 2  # the index, and the statement beside it


def test_a_page_that_fails_on_a_worker_leaves_its_notebook_here(scrutiny, tmp_path):
    for name in ("params", "notebooks", "templates", "data"):
        shutil.copytree(ROOT / name, tmp_path / name)
    notebook = tmp_path / "notebooks" / "recommendation-tracker.ipynb"
    asked = "tables.timeline(report"
    assert asked in notebook.read_text("utf-8")
    notebook.write_text(notebook.read_text("utf-8").replace(asked, "1 / 0 #"), "utf-8")
    with cluster(tmp_path) as (address, _):
        finished = scrutiny("build", PAGES[0], "--scheduler", address, cwd=tmp_path)
    assert finished.returncode == 1
    assert "ZeroDivisionError: division by zero" in finished.stderr
    (kept,) = (tmp_path / "outputs" / ".failed" / PAGES[0]).glob("*.ipynb")
    assert "ZeroDivisionError" in kept.read_text("utf-8")
    assert not (tmp_path / "outputs" / PAGES[0]).exists()


def test_a_worker_with_other_files_is_refused_with_the_name_of_one(scrutiny, tmp_path):
    for name in ("params", "notebooks", "templates", "data"):
        shutil.copytree(ROOT / name, tmp_path / "other" / name)
    changed = tmp_path / "other" / "data" / "registers" / "documents.csv"
    changed.write_text(changed.read_text("utf-8") + "\n", "utf-8")
    out = tmp_path / "out"
    with cluster(tmp_path / "other") as (address, _):
        finished = scrutiny("build", PAGES[0], "--scheduler", address, "--out", out)
    assert finished.returncode == 2
    assert re.search(
        r"scrutiny: worker tcp://\S+: data/registers/documents\.csv is not the same there as here;"
        r" give every worker the same checkout",
        finished.stderr,
    )
    assert "Traceback" not in finished.stderr
    assert not (out / EDITION).exists()


def test_an_address_where_nobody_answers_is_said_in_a_line(scrutiny, tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as free:
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    finished = scrutiny("build", PAGES[0], "--scheduler", address, "--out", tmp_path)
    assert finished.returncode == 2
    said = finished.stderr.splitlines()[-1]
    assert said == (
        f"scrutiny: --scheduler: nobody answers at {address}; start one with: dask scheduler"
    )
