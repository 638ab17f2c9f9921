"""Pages are made at once, each on its own: forked or not, beside a page that spoils or fails."""

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from scrutiny.__main__ import main
from scrutiny.charts import renderer
from scrutiny.project import ONE_THREAD
from scrutiny.run import forked

ROOT = Path(__file__).parents[1]
EDITION = "borough-priorities/2018-q4"
FORKS = sys.platform == "linux"

# What the pages of Barnet and Bexley do in their kernels, before they draw. Bexley's is published,
# so that the process which made it makes the next.
SPOILS = """\
import importlib, os, random
import numpy, pandas
from scrutiny import places, theme
from scrutiny.measures.tables import table_of
if place in ("barnet", "bexley"):
    pandas.options.display.precision = 1
    pandas.options.mode.string_storage = "python"
    os.environ["TZ"] = "Asia/Tokyo"
    os.environ["SCRUTINY_DATA"] = "nowhere"
    os.chdir("/")
    theme.DARK_BLUE = theme.DARK_GREY = "#ff0000"
    random.seed(1)
    numpy.random.seed(1)
if place == "barnet":
    places.MPS = "Nowhere"
    words.headlines = None
    for reading in report.files:
        table_of(reading).loc[:] = 0
"""
# What three pages do instead of going on, each in its own way.
STOPS = """\
import os, signal, time
if place == "barnet":
    1 / 0
if place == "bexley":
    os.kill(os.getpid(), signal.SIGKILL)
if place == "brent":
    time.sleep(600)
"""


def project_with(folder, source):
    """A copy of the project whose borough notebook has one more cell, after the report is built."""
    for name in ("params", "notebooks", "templates", "data"):
        shutil.copytree(ROOT / name, folder / name)
    path = folder / "notebooks" / "borough-priorities.ipynb"
    notebook = json.loads(path.read_text("utf-8"))
    more = {"cell_type": "code", "execution_count": None, "id": "more", "outputs": []}
    more |= {"metadata": {"tags": ["authoring"]}, "source": source}
    notebook["cells"].insert(3, more)
    path.write_text(json.dumps(notebook), "utf-8")
    return folder


def pages_in(out):
    """Every page's HTML and results below a folder of outputs, by path."""
    edition = out / EDITION
    paths = [*edition.rglob("*.html"), *edition.rglob("results.csv")]
    return {path.relative_to(edition).as_posix(): path.read_bytes() for path in paths}


@pytest.fixture(scope="module")
def spoilt(tmp_path_factory):
    """A project one page of which changes all that it can reach."""
    return project_with(tmp_path_factory.mktemp("spoilt"), SPOILS)


@pytest.fixture(scope="module")
def croydon(spoilt, scrutiny, tmp_path_factory):
    """The page of Croydon made in that project when no other page is."""
    out = tmp_path_factory.mktemp("alone")
    finished = scrutiny("build", f"{EDITION}/croydon", "--out", out, cwd=spoilt)
    assert finished.returncode == 0, finished.stderr
    return pages_in(out)


def test_a_page_leaves_the_next_pages_bytes_as_they_were(spoilt, croydon, scrutiny, tmp_path):
    targets = [f"{EDITION}/{place}" for place in ("barnet", "bexley", "croydon")]
    finished = scrutiny("build", *targets, "--jobs", 1, "--out", tmp_path, cwd=spoilt)
    made = [line for line in finished.stderr.splitlines() if line.startswith(("made", "failed"))]
    assert [line.split(":")[0] for line in made] == ["failed", "made", "made"], finished.stderr
    assert b"#ff0000" in pages_in(tmp_path)["bexley/borough-priorities-2018-q4-bexley.html"]
    assert {name: at for name, at in pages_in(tmp_path).items() if "croydon" in name} == croydon


def test_ordinary_kernels_make_the_same_bytes(spoilt, croydon, tmp_path, monkeypatch):
    monkeypatch.chdir(spoilt)
    over = threading.Event()
    beside = threading.Thread(target=over.wait)
    beside.start()
    try:
        assert not forked.can_fork()
        assert main(["build", f"{EDITION}/croydon", "--out", str(tmp_path)]) == 0
    finally:
        over.set()
        beside.join()
    assert pages_in(tmp_path) == croydon


def test_the_command_line_loads_nothing_that_starts_threads_before_it_can_forbid_them():
    code = "import sys, scrutiny.__main__; print(*sys.modules)"
    loaded = subprocess.check_output([sys.executable, "-c", code], encoding="utf-8").split()
    assert "scrutiny.commands" in loaded
    assert {"numpy", "pandas", "pyarrow", "polars", "altair"} & {*loaded} == set()


@pytest.mark.skipif(not FORKS, reason="kernels are forked on Linux alone")
@pytest.mark.parametrize("cache", ["cold", "warm"])
def test_a_process_that_has_planned_its_pages_can_fork(cache, spoilt, croydon):
    if cache == "cold":
        shutil.rmtree(spoilt / ".cache", ignore_errors=True)
    plan = (
        "from scrutiny.project import open_project; from scrutiny.edition import every_target;"
        "from scrutiny.publish.plan import plan; from scrutiny.run import forked;"
        "p = open_project(); plan(p, every_target(p.params), named=False,"
        "said=lambda target, part: None if part else '');"
        "print(forked.can_fork())"
    )
    finished = subprocess.run(
        [sys.executable, "-c", plan], cwd=spoilt, env=os.environ | ONE_THREAD,
        capture_output=True, encoding="utf-8", check=True,
    )  # fmt: skip
    assert finished.stdout.split() == ["True"]


def test_pages_that_fail_die_or_hang_leave_the_others_and_their_notebooks(tmp_path, scrutiny):
    project = project_with(tmp_path / "project", STOPS)
    out = tmp_path / "out"
    targets = [f"{EDITION}/{place}" for place in ("barnet", "bexley", "brent", "croydon")]
    (project / "data" / "limits.yml").write_text("cell_seconds: 8\n")
    finished = scrutiny("build", *targets, "--out", out, cwd=project)
    assert finished.returncode == 1
    summary = [line for line in finished.stderr.splitlines() if line.startswith("scrutiny: ")]
    assert len(summary) == 3
    for place, says in {
        "barnet": "ZeroDivisionError: division by zero",
        "bexley": "the kernel failed: Kernel died",
        "brent": "the kernel failed: ",
    }.items():
        assert any(
            line.startswith(f"scrutiny: {EDITION}/{place}: ") and says in line for line in summary
        )
        (kept,) = (out / ".failed" / EDITION / place).glob("*.ipynb")
        assert "time.sleep(600)" in kept.read_text("utf-8")
        about = json.loads(kept.read_text("utf-8"))["metadata"]["papermill"]
        assert about["input_path"] == "notebooks/borough-priorities.ipynb"
        assert about["output_path"] == kept.name
    assert {path.split("/")[0] for path in pages_in(out)} == {"croydon"}
    assert "Traceback" not in finished.stderr


@pytest.mark.parametrize(
    "broken", ["{", "[]", '{"cells": [{"metadata": {"tags": ["parameters"]}}]}']
)
def test_a_broken_notebook_is_named_with_what_is_wrong(tmp_path, broken, scrutiny):
    project = project_with(tmp_path / "project", "")
    (project / "notebooks" / "borough-priorities.ipynb").write_text(broken)
    finished = scrutiny("build", f"{EDITION}/croydon", "--out", tmp_path / "out", cwd=project)
    assert finished.returncode == 1
    assert "borough-priorities.ipynb is no notebook that can be executed: " in finished.stderr
    assert "Traceback" not in finished.stderr


@pytest.mark.skipif(not FORKS, reason="kernels are forked on Linux alone")
def test_a_kernel_that_was_told_to_end_has_ended_when_its_manager_goes_on():
    code = (
        "import asyncio; from jupyter_client import AsyncKernelManager;"
        "from scrutiny.run import forked; forked.warm_up(); forked.forks = True\n"
        "with forked.holding():\n"
        "    manager = AsyncKernelManager(kernel_name='python3')\n"
        "    asyncio.run(manager.start_kernel()); kernel = manager.provisioner.process\n"
        "    asyncio.run(manager.provisioner.kill()); print(kernel.returncode)"
    )
    ended = subprocess.check_output(
        [sys.executable, "-c", code], env=os.environ | ONE_THREAD, encoding="utf-8", cwd=ROOT
    )
    assert ended.strip() == str(-signal.SIGKILL)


@pytest.mark.skipif(not FORKS, reason="signals of the terminal")
def test_ctrl_c_stops_says_what_was_built_and_leaves_nothing_running(tmp_path):
    command = [sys.executable, "-m", "scrutiny", "build", "recommendation-tracker/2019-05", EDITION]
    with subprocess.Popen(
        [*command, "--out", tmp_path, "--jobs", "1"], cwd=ROOT, stderr=subprocess.PIPE,
        encoding="utf-8", start_new_session=True,
    ) as running:  # fmt: skip
        next(line for line in running.stderr if line.startswith(f"made: {EDITION}"))
        os.killpg(running.pid, signal.SIGINT)
        said = running.stderr.read()
    assert running.returncode == 130
    assert "stopped; what stood in outputs still stands" in said
    assert "Traceback" not in said
    assert (tmp_path / "recommendation-tracker" / "2019-05" / "manifest.json").is_file()
    assert not (tmp_path / "borough-priorities").exists()
    assert not (tmp_path / ".scratch").exists()
    time.sleep(0.5)  # a process whose parent is gone ends at once
    mine = [p for p in Path("/proc").glob("[0-9]*/cmdline") if str(tmp_path) in _read(p)]
    assert mine == []


def _read(path):
    try:
        return path.read_text("utf-8", errors="replace")
    except OSError:
        return ""


def test_a_specification_is_drawn_once_and_what_is_none_is_refused():
    bar = {"data": {"values": [{"a": 1}]}, "mark": "bar", "encoding": {"x": {"field": "a"}}}
    assert renderer.draw(bar).startswith("<svg")
    with pytest.raises(ValueError, match="Vega-Lite"):
        renderer.draw({"mark": "no such mark"})


@pytest.mark.skipif(not FORKS, reason="a machine's fonts are looked for elsewhere")
def test_the_fonts_of_a_machine_change_no_chart(tmp_path):
    box = TTGlyphPen(None)
    for number, corner in enumerate([(0, 0), (0, 700), (4900, 700), (4900, 0)]):
        box.lineTo(corner) if number else box.moveTo(corner)
    box.closePath()
    wide, glyphs = FontBuilder(1000), [".notdef", *"abc"]
    wide.setupGlyphOrder(glyphs)
    wide.setupCharacterMap({ord(letter): letter for letter in "abc"})
    wide.setupGlyf(dict.fromkeys(glyphs, box.glyph()))
    wide.setupHorizontalMetrics(dict.fromkeys(glyphs, (5000, 0)))
    wide.setupHorizontalHeader(ascent=800, descent=-200)
    wide.setupNameTable({"familyName": "Arial", "styleName": "Regular", "psName": "Arial"})
    wide.setupOS2()
    wide.setupPost()
    wide.save(tmp_path / "wide.ttf")
    own = tmp_path / "fonts.conf"
    own.write_text(f"<fontconfig><dir>{tmp_path}</dir></fontconfig>")
    chart = {"data": {"values": [{"a": "abcabc"}]}, "mark": "bar", "config": {"font": "Arial"}}
    chart |= {"encoding": {"y": {"field": "a", "type": "nominal"}}}

    def drawn(how):
        code = f"from scrutiny.charts import renderer; import vl_convert; print({how})"
        environment = os.environ | {"FONTCONFIG_FILE": str(own)}
        return subprocess.check_output(
            [sys.executable, "-c", code], env=environment, encoding="utf-8", cwd=ROOT
        ).strip()

    picture = renderer.draw(chart)
    assert drawn(f"renderer.draw({chart!r})") == picture
    assert drawn(f"vl_convert.vegalite_to_svg({chart!r})") != picture
    dots = repr(renderer.library().svg_to_png(picture))
    assert drawn(f"renderer.library().svg_to_png({picture!r})") == dots
    assert drawn(f"vl_convert.svg_to_png({picture!r})") != dots
