"""Notebooks executed by Papermill, each in a kernel process of its own."""

from __future__ import annotations

import ast
import asyncio
import contextlib
import json
import os
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import nbformat
import papermill
from jupyter_core.utils import ensure_event_loop
from nbformat import NotebookNode
from papermill.exceptions import PapermillExecutionError
from traitlets.config import Config

from scrutiny import scratch
from scrutiny.edition import REPORTS
from scrutiny.errors import FailedPage
from scrutiny.project import DATA_VARIABLE, PARAMS_VARIABLE, Project
from scrutiny.run import forked

KERNEL = "python3"
QUIET = "--IPKernelApp.log_level=50"  # what a kernel says of itself is not for the user
NO_HISTORY = "--HistoryManager.enabled=False"  # of cells, in memory: no page asks for it
SECONDS_TO_START = 120
PREFIX = "scrutiny-"  # of a run's folders among the temporary ones
# What a kernel is given of the caller's environment: what programs are found by and how text,
# time and temporary files are kept. Keys and passwords are in none of these.
PASSED_ON = {
    "PATH", "HOME", "LANG", "LANGUAGE", "TZ", "TMPDIR", "TEMP", "TMP", "VIRTUAL_ENV",
    "CONDA_PREFIX", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH",
    "XDG_CACHE_HOME", "XDG_DATA_HOME", "FONTCONFIG_FILE", "FONTCONFIG_PATH", "PYTHONHASHSEED",
    "PYTHONPYCACHEPREFIX", "PYTHONDONTWRITEBYTECODE", "PYTHONUTF8", "SYSTEMROOT", "SYSTEMDRIVE",
    "PATHEXT", "COMSPEC", "APPDATA", "LOCALAPPDATA", "USERPROFILE",
    "JE_ARROW_MALLOC_CONF", "OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS",
}  # fmt: skip


def execute(project: Project, report: str, parameters: dict[str, str], output: Path) -> None:
    """Execute a report's notebook into ``output``.

    The working folder must be the project's (:func:`environment` sees to it). Raises
    :class:`scrutiny.errors.FailedPage` that names the cell, its first line and the error; the
    failed notebook then stands at ``output``. A parameter that the notebook does not have, or
    that is no text, is refused before a kernel starts.
    """
    source = notebook_of(project, report)
    _refuse_others(source, parameters)
    with forked.holding():
        _execute(project, source, parameters, output)


def _execute(project: Project, source: Path, parameters: dict[str, str], output: Path) -> None:
    begun: list[NotebookNode] = []

    def begin(notebook: NotebookNode) -> None:
        begun.append(notebook)
        about = notebook.metadata.papermill  # what is written names no path of this machine
        about.input_path = source.relative_to(project.root).as_posix()
        about.output_path = output.name

    # The event loop that the client uses in this thread; left open, its sockets would stay.
    loop = ensure_event_loop(prefer_selector_loop=True)
    try:
        with scratch.folder(Path(tempfile.gettempdir()), PREFIX) as sockets:
            papermill.execute_notebook(
                source,
                output,
                parameters=parameters,
                kernel_name=KERNEL,
                progress_bar=False,
                start_timeout=SECONDS_TO_START,
                execution_timeout=project.limits.cell_seconds,
                config=_private(sockets),
                extra_arguments=[QUIET, NO_HISTORY],
                request_save_on_cell_execute=False,
                on_notebook_start=begin,
                shutdown_kernel="immediate",
            )
    except PapermillExecutionError as error:
        first = next(iter(error.source.strip().splitlines()), "")
        raise FailedPage(
            f"cell {error.cell_index} ({first}) failed: {error.ename}: {error.evalue}"
        ) from error
    except (RuntimeError, TimeoutError, OSError) as error:  # a kernel that died, hung, never began
        for notebook in begun:
            nbformat.write(notebook, output)
        raise FailedPage(f"the kernel failed: {' '.join(str(error).split())}") from error
    finally:
        asyncio.set_event_loop(None)
        loop.close()


def _refuse_others(notebook: Path, parameters: Mapping[str, object]) -> None:
    try:
        cells = json.loads(notebook.read_text("utf-8"))["cells"]
        own = [cell["source"] for cell in cells if "parameters" in cell["metadata"].get("tags", ())]
        lines = ast.parse("\n".join(map("".join, own))).body
    except (ValueError, KeyError, TypeError, SyntaxError) as error:
        raise FailedPage(f"{notebook.name} is no notebook that can be executed: {error}") from error
    known = [
        name.id
        for line in lines
        if isinstance(line, ast.Assign)
        for name in line.targets
        if isinstance(name, ast.Name)
    ]
    for name, value in parameters.items():
        if name not in known or not isinstance(value, str):
            raise FailedPage(
                f"{notebook.name} takes no parameter {name!r} with the value {value!r}; its "
                f"parameters are {', '.join(known) or 'none'}, each a text"
            )


def _private(sockets: Path) -> Config:
    """Return a kernel's settings: all that it is reached by in a folder that nobody else reads."""
    if os.name != "posix":
        return Config()
    settings: dict = {"transport": "ipc", "ip": f"{sockets}/kernel"}
    settings["connection_file"] = f"{sockets}/kernel.json"
    if forked.held:
        settings["client_class"] = f"{forked.__name__}.{forked.PromptClient.__name__}"
    return Config({"KernelManager": settings})


def notebook_of(project: Project, report: str) -> Path:
    """Return the notebook of a report."""
    return project.notebooks / REPORTS[report].file


@contextlib.contextmanager
def environment(project: Project) -> Iterator[None]:
    """Give kernels the project's folder, the folders of ``--params`` and ``--data``, and no more.

    Of the caller's environment they are given :data:`PASSED_ON` and the variables of the locale.
    """
    before, folder = dict(os.environ), Path.cwd()
    kept = {n: v for n, v in before.items() if n in PASSED_ON or n.startswith("LC_")}
    kept[PARAMS_VARIABLE] = str(project.params)
    kept[DATA_VARIABLE] = os.pathsep.join(str(path) for path in project.given_data)
    _become(kept)
    os.chdir(project.root)
    try:
        yield
    finally:
        os.chdir(folder)
        _become(before)


def _become(variables: Mapping[str, str]) -> None:
    os.environ.clear()
    os.environ.update(variables)
