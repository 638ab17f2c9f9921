"""What several tests share: the publishers' own files where there are any, and one build."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from scrutiny import build_report, formats
from scrutiny.project import open_project

ROOT = Path(__file__).parents[1]
REAL_DATA = Path(os.environ.get("SCRUTINY_REAL_DATA", ROOT.parent / "shared" / "data"))
LONGEST_BUILD = 900
MEETING = "2012-10-25"


@pytest.fixture(scope="session")
def root():
    """The project's folder."""
    return ROOT


@pytest.fixture(scope="session")
def real_data():
    """The folder of the publishers' own files; a test that needs it is skipped without."""
    if not REAL_DATA.is_dir():
        pytest.skip("no folder of real files; name one in SCRUTINY_REAL_DATA")
    return REAL_DATA


@pytest.fixture(scope="session")
def scrutiny():
    """The command line: ``scrutiny("build", "--out", path)`` gives the finished process."""

    def run(*arguments, **options):
        command = [sys.executable, "-m", "scrutiny", *map(str, arguments)]
        options = {"cwd": ROOT, "capture_output": True, "encoding": "utf-8"} | options
        return subprocess.run(command, timeout=LONGEST_BUILD, check=False, **options)

    return run


def once(tmp_path_factory, name, make):
    """Return a folder that one test process makes by ``make(folder)`` and all others wait for."""
    base = tmp_path_factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        base = base.parent
    out, done, mine = base / name, base / f"{name}.done", base / f"{name}.begun"
    try:
        mine.mkdir()
    except FileExistsError:
        for _ in range(LONGEST_BUILD):
            if done.exists():
                break
            time.sleep(1)
        assert done.read_text() == "0", f"{name} failed in another process"
        return out
    finished = make(out)
    done.write_text(str(finished.returncode))
    assert finished.returncode == 0, finished.stderr
    return out


@pytest.fixture(scope="session")
def built(tmp_path_factory, scrutiny):
    """Every shipped edition, built once into a folder of its own for all test processes."""
    return once(tmp_path_factory, "outputs", lambda out: scrutiny("build", "--out", out))


@pytest.fixture(scope="session")
def pango():
    """The library that a PDF is drawn with; a test that needs it is skipped without."""
    try:
        import weasyprint  # noqa: F401  only its import says whether the system has it
    except OSError:
        pytest.skip("no Pango on this machine: apt-get install libpango-1.0-0 libpangoft2-1.0-0")


@pytest.fixture(scope="session")
def draft(built, pango, scrutiny, tmp_path_factory):
    """The shipped meeting packed as a draft, from the shipped editions: the folder of the pack."""

    def packed(out):
        shutil.copytree(built / "committee-monthly", out / "committee-monthly")
        shutil.copy2(built / "accessibility.html", out)
        return scrutiny("pack", MEETING, "--draft", "--out", out)

    return once(tmp_path_factory, "packed", packed) / "packs" / MEETING


@pytest.fixture(scope="session")
def in_all_formats(built, tmp_path_factory, pango):
    """One page of each report in every format, in a folder of outputs of its own."""
    out = tmp_path_factory.mktemp("formats")
    pages = {
        "committee-monthly/2012-10": build_report("committee-monthly", "2012-10"),
        "recommendation-tracker/2019-05": build_report("recommendation-tracker", "2019-05"),
        "borough-priorities/2018-q4/croydon": build_report(
            "borough-priorities", "2018-q4", "croydon"
        ),
    }
    for page, report in pages.items():
        name = page.replace("/", "-")
        html = (built / page / f"{name}.html").read_text("utf-8")
        (out / page).mkdir(parents=True)
        (out / page / f"{name}.html").write_text(html, "utf-8", newline="\n")
        for format in ("pdf", "docx", "xlsx"):
            made = formats.make(open_project(), format, html, report.results)
            (out / page / f"{name}.{format}").write_bytes(made)
    return out
