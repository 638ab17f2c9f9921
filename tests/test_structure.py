"""The pipe runs one way: a module imports only what stands above it, and Jupyter stays outside."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "lib" / "scrutiny"

# From the source of the pipe to its end: a room may import those above it, and itself.
ROOMS = [
    "errors",
    "limits",
    "scratch",
    "periods",
    "places",
    "statistics",
    "statements",
    "project",
    "observations",
    "sources",
    "fetch",
    "measures",
    "registers",
    "edition",
    "due",
    "report",
    "trace",
    "theme",
    "markup",
    "words",
    "tables",
    "charts",
    "explore",
    "run",
    "proof",
    "render",
    "formats",
    "publish",
    "check",
    "progress",
    "pack",
    "dashboard",
    "commands",
    "__main__",
]
FRONT_DOOR = {"report", "words", "tables", "charts"}  # what a notebook is given: __init__.py
FOR_DEVELOPERS = {"sample", "handbook"}  # commands that write data and docs, not pages
OUT_OF_A_DEVELOPERS_REACH = {"run", "proof", "render", "formats", "publish", "dashboard"}

JUPYTER = {"nbformat", "nbconvert", "papermill", "nbclient", "jupyter_client", "traitlets"}
JUPYTER |= {"ipywidgets", "voila", "tornado", "jupyter_server", "IPython"}
KNOW_JUPYTER = {"run", "render", "dashboard"}
COMPUTE_WITH = {"numpy", "scipy", "statsmodels"}
IN_PLAIN_PYTHON = {"__future__", "collections", "itertools", "math", "typing"}
LONGEST_FILE = 299

MODULES = sorted(path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py"))
of_each_module = pytest.mark.parametrize("module", MODULES)


def room_of(module):
    """The top-level room that a file of the package belongs to."""
    return module.split("/")[0].removesuffix(".py")


def imported(source, package):
    """Every module that the source imports, inside functions too, by its full dotted name."""
    names = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            base = ".".join([*above, *filter(None, [node.module])])
            names |= {f"{base}.{alias.name}" for alias in node.names}
    return names


def imports_of(module):
    """Every module that a file of the package imports."""
    folders = Path(module).parts[:-1]
    return imported((PACKAGE / module).read_text("utf-8"), ["scrutiny", *folders])


def rooms_imported_by(module):
    """The other rooms that a file of the package imports from."""
    names = {name.split(".")[1] for name in imports_of(module) if name.startswith("scrutiny.")}
    return names - {room_of(module)}


@pytest.mark.parametrize(
    ("source", "names"),
    [
        pytest.param("import numpy.linalg", {"numpy.linalg"}, id="import"),
        pytest.param("from scrutiny import places", {"scrutiny.places"}, id="from-package"),
        pytest.param("from . import change", {"scrutiny.statistics.change"}, id="own-room"),
        pytest.param("from .. import places", {"scrutiny.places"}, id="room-above"),
        pytest.param("from ..words import text", {"scrutiny.words.text"}, id="other-room"),
        pytest.param("def f():\n    import nbconvert", {"nbconvert"}, id="in-function"),
    ],
)
def test_no_way_of_importing_escapes_the_rule(source, names):
    assert imported(source, ["scrutiny", "statistics"]) == names


def test_every_room_has_its_place_in_the_pipe():
    assert {room_of(module) for module in MODULES} == {*ROOMS, "__init__", *FOR_DEVELOPERS}


@of_each_module
def test_imports_point_down_the_pipe_only(module):
    room = room_of(module)
    if room == "__init__":
        allowed = FRONT_DOOR
    elif room in FOR_DEVELOPERS:
        allowed = set(ROOMS) - OUT_OF_A_DEVELOPERS_REACH
    else:
        allowed = set(ROOMS[: ROOMS.index(room)])
    assert rooms_imported_by(module) <= allowed


@pytest.mark.parametrize("module", [m for m in MODULES if room_of(m) not in KNOW_JUPYTER])
def test_only_the_modules_that_run_render_and_serve_know_jupyter(module):
    assert not {name.split(".")[0] for name in imports_of(module)} & JUPYTER


@pytest.mark.parametrize("module", [m for m in MODULES if room_of(m) == "statistics"])
def test_statistics_know_numbers_and_nothing_else(module):
    outside = {name for name in imports_of(module) if not name.startswith("scrutiny.statistics.")}
    assert {name.split(".")[0] for name in outside} <= COMPUTE_WITH | IN_PLAIN_PYTHON


@of_each_module
def test_a_file_fits_in_one_reading(module):
    assert len((PACKAGE / module).read_text("utf-8").splitlines()) <= LONGEST_FILE


@of_each_module
def test_a_module_is_named_after_what_it_holds_and_holds_something(module):
    path = PACKAGE / module
    body = ast.parse(path.read_text("utf-8")).body
    assert path.stem not in {"utils", "util", "helpers", "common", "misc"}
    assert body[1:], "a module is more than its docstring"


def test_the_front_door_shows_four_names():
    import scrutiny

    assert sorted(scrutiny.__all__) == ["build_report", "charts", "tables", "words"]


@pytest.mark.parametrize("module", ["scrutiny", "scrutiny.__main__"])
def test_a_wrong_request_is_answered_before_jupyter_is_loaded(module):
    loaded = f"import sys, {module}; print(*sorted({JUPYTER!r} & sys.modules.keys()))"
    finished = subprocess.run(
        [sys.executable, "-c", loaded], capture_output=True, encoding="utf-8", check=True, cwd=ROOT
    )
    assert finished.stdout.split() == []
