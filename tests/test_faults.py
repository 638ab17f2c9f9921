"""Whatever stops a build, what is published is whole: the old edition or the new one."""

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
from killing import (
    COMMAND,
    TARGET,
    build,
    kill_after,
    left_behind,
    params_with,
    processes_of,
    standing,
    start,
)
from scrutiny.publish import whole
from test_runner import project_with

ROOT = Path(__file__).parents[1]
LINUX = sys.platform == "linux"
CROYDON = "borough-priorities/2018-q4/croydon"

linux_only = pytest.mark.skipif(not LINUX, reason="processes are followed on Linux alone")


@pytest.fixture(scope="module")
def old_and_new(tmp_path_factory):
    """Two sets of editions that differ in a title, an output folder with the first one's page."""
    base = tmp_path_factory.mktemp("faults")
    params = [params_with(base / name, f"The {name} title") for name in ("old", "new")]
    pages = []
    for each in params:
        status, said = build(each, base / "out")
        assert status == 0, said
        pages.append(standing(base / "out"))
    assert pages[0] != pages[1]
    return base / "out", params, pages


@linux_only
def test_a_killed_build_leaves_the_old_page_or_the_new_and_nothing_else(old_and_new):
    out, params, pages = old_and_new
    begun = time.monotonic()
    assert build(params[0], out)[0] == 0
    whole_build = time.monotonic() - begun
    for part in (0.35, 0.6, 0.8, 0.95):
        before = standing(out)
        kill_after(whole_build * part, params[1 - pages.index(before)], out)
        assert standing(out) in pages
    assert processes_of(out) == []
    assert build(params[1], out)[0] == 0
    assert standing(out) == pages[1]
    assert left_behind(out) == []


@linux_only
def test_a_second_run_says_who_holds_the_edition_and_fails(old_and_new):
    out, params, pages = old_and_new
    with start(params[0], out) as first:
        held = out / ".locks" / "recommendation-tracker--2019-05.lock"
        while not held.exists():
            time.sleep(0.01)
        first.send_signal(signal.SIGSTOP)
        status, said = build(params[1], out)
        first.send_signal(signal.SIGCONT)
        assert first.wait() == 0
    assert status == 1
    assert f"another run is at work on it (process {first.pid}, since 20" in said
    assert standing(out) == pages[0]
    assert left_behind(out) == []


@linux_only
def test_a_disk_that_fills_up_leaves_what_stood(old_and_new, tmp_path):
    out, params, pages = old_and_new
    disk = tmp_path / "disk"
    disk.mkdir()
    size = f"size={sum(p.stat().st_size for p in out.rglob('*') if p.is_file()) // 1024 + 900}k"
    mount = ["mount", "-t", "tmpfs", "-o", size, "tmpfs", disk]
    if os.getuid() or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("a small disk can be mounted by root alone")
    try:
        status, said = build(params[0], disk)
        assert status == 0, said
        for spare in (600, 300, 120, 40, 8, 0):
            (disk / "ballast").unlink(missing_ok=True)
            free = shutil.disk_usage(disk).free
            (disk / "ballast").write_bytes(bytes(max(0, free - spare * 1024)))
            status, said = build(params[1], disk)
            assert (status, "Traceback" in said) in ((0, False), (1, False)), said
            assert standing(disk) == pages[0 if status else 1]
            assert "No space left on device" in said or status == 0
            if status == 0:
                (disk / "ballast").unlink()
                assert build(params[0], disk)[0] == 0
        assert status == 1
    finally:
        subprocess.run(["umount", disk], check=True)


def test_other_parts_stay_and_those_that_the_edition_no_longer_has_go(tmp_path):
    final, made = tmp_path / "final", tmp_path / "made"
    for folder, parts in ((final, ("1", "2", "20")), (made, ("1",))):
        for place in (folder, *(folder / part for part in parts)):
            place.mkdir(exist_ok=True)
            (place / "page.html").write_text(folder.name)
    whole.put_parts(tmp_path, final, made, ["", "1"], {"", "1", "2"})
    found = {p.relative_to(final).as_posix(): p.read_text() for p in final.rglob("*.html")}
    assert found == {"page.html": "made", "1/page.html": "made", "2/page.html": "final"}


def test_a_reader_never_finds_neither_while_folders_are_exchanged(tmp_path):
    final = tmp_path / "final"
    for name in ("final", "other"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "page.html").write_text(name)
    if not whole.exchange(tmp_path / "other", final):
        pytest.skip("this disk exchanges no folders")
    seen, over = set(), threading.Event()

    def read():
        while not over.is_set():
            seen.add((final / "page.html").read_text())

    reader = threading.Thread(target=read)
    reader.start()
    for _ in range(2000):
        whole.exchange(tmp_path / "other", final)
    over.set()
    reader.join()
    assert seen == {"final", "other"}


@pytest.mark.parametrize(
    ("stands", "then"),
    [
        pytest.param({".final.next": "new", "final": "old"}, "new", id="before-the-first-rename"),
        pytest.param({".final.next": "new", ".final.last": "old"}, "new", id="between-the-two"),
        pytest.param({"final": "new", ".final.last": "old"}, "new", id="before-clearing-away"),
        pytest.param({"final": "old"}, "old", id="nothing-was-cut-short"),
    ],
)
def test_what_two_renames_left_is_completed(tmp_path, stands, then):
    for name, text in stands.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "page.html").write_text(text)
    whole.complete(tmp_path / "final")
    assert [path.name for path in tmp_path.iterdir()] == ["final"]
    assert (tmp_path / "final" / "page.html").read_text() == then


def test_two_renames_put_a_folder_in_place(tmp_path):
    for name in ("made", "final"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "page.html").write_text(name)
    whole.put_in_two_steps(tmp_path / "made", tmp_path / "final")
    assert [path.name for path in tmp_path.iterdir()] == ["final"]
    assert (tmp_path / "final" / "page.html").read_text() == "made"


@linux_only
@pytest.mark.parametrize(
    ("does", "limits", "says"),
    [
        pytest.param("import time; time.sleep(60)", "page_seconds: 5", "longer than 5", id="time"),
        pytest.param(
            "x = bytearray(4 * 10**9)", "page_bytes: 2000000000", "MemoryError", id="memory"
        ),
        pytest.param("1 / 0", "", "ZeroDivisionError", id="a-cell-that-fails"),
    ],
)
def test_a_page_beyond_its_limits_fails_with_a_report_outside_what_is_published(
    tmp_path, scrutiny, does, limits, says
):
    project = project_with(tmp_path / "project", does)
    (project / "data" / "limits.yml").write_text(f"{limits}\n")
    finished = scrutiny("build", CROYDON, cwd=project)
    assert (finished.returncode, "Traceback" in finished.stderr) == (1, False)
    assert says in finished.stderr
    assert not (project / "outputs" / CROYDON).exists()
    report = (project / "outputs" / ".failed" / CROYDON / "failure.txt").read_text("utf-8")
    assert says in report
    assert f"scrutiny build {CROYDON}" in report


@linux_only
@pytest.mark.parametrize("processes", ["forked", "ordinary"])
def test_a_kernel_knows_nothing_of_the_callers_environment(tmp_path, processes):
    looks = (
        "import os, pathlib\n"
        "pathlib.Path('seen').write_bytes(pathlib.Path('/proc/self/environ').read_bytes() "
        "+ repr(dict(os.environ)).encode())"
    )
    project = project_with(tmp_path / "project", looks)
    beside = (
        "import threading; threading.Thread(target=threading.Event().wait, daemon=True).start()"
    )
    code = "import sys; from scrutiny.__main__ import main; sys.exit(main(sys.argv[1:]))"
    code = code if processes == "forked" else f"{beside}\n{code}"
    finished = subprocess.run(
        [sys.executable, "-c", code, "build", CROYDON], cwd=project, check=False,
        env=os.environ | {"API_PASSWORD": "hunter2"}, capture_output=True, encoding="utf-8",
    )  # fmt: skip
    assert finished.returncode == 0, finished.stderr
    seen = (project / "seen").read_text("utf-8", errors="replace")
    assert "SCRUTINY_DATA" in seen
    assert "hunter2" not in seen


@pytest.mark.parametrize("given", [{"edition": "2018-q4", "x=1;import os": "1"}, {"edition": 7}])
def test_a_parameter_that_a_notebook_does_not_have_is_refused_before_a_kernel(tmp_path, given):
    from scrutiny.errors import FailedPage
    from scrutiny.project import open_project
    from scrutiny.run import execute

    with pytest.raises(FailedPage, match="takes no parameter"):
        execute(open_project(), "borough-priorities", given, tmp_path / "page.ipynb")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "target",
    [
        "borough-priorities/../../etc", "borough-priorities/2018-q4/../croydon",
        "borough-priorities/2018-q4/croydon\n", "borough-priorities/2018-q4/__import__('os')",
        "borough-priorities/2018-q4%00", "/etc/passwd", "recommendation-tracker/2019-05/1/../../x",
        "borough-priorities/2018-Q4", "recommendation-tracker/2019-05/;rm -rf", "",
    ],
)  # fmt: skip
def test_a_target_that_names_no_page_is_refused_before_a_kernel(target, tmp_path, scrutiny):
    finished = scrutiny("build", target, "--out", tmp_path / "out")
    assert finished.returncode == 2
    assert finished.stderr.startswith("scrutiny: ")
    assert not (tmp_path / "out").exists()


def test_a_build_logs_each_stage_as_json(old_and_new):
    out, params, _ = old_and_new
    with subprocess.Popen(
        [*COMMAND, "--json", "--params", params[0], "--out", out], cwd=ROOT,
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, encoding="utf-8",
    ) as running:  # fmt: skip
        stages = [json.loads(line) for line in running.stderr if line.startswith("{")]
    assert [stage["stage"] for stage in stages] == ["planned", "made", "published", "indexed"]
    assert stages[1]["page"] == stages[2]["edition"] == TARGET
    assert all(0 <= stage["seconds"] < 600 for stage in stages)
