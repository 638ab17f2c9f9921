"""Notebooks executed by Papermill, each in a kernel process of its own."""

from __future__ import annotations

import asyncio
import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import nbformat
import papermill
from jupyter_core.utils import ensure_event_loop
from nbformat import NotebookNode
from papermill.exceptions import PapermillExecutionError
from traitlets.config import Config

from scrutiny.errors import FailedPage
from scrutiny.project import DATA_VARIABLE, PARAMS_VARIABLE, Project
from scrutiny.run import forked

KERNEL = "python3"
QUIET = "--IPKernelApp.log_level=50"  # what a kernel says of itself is not for the user
SECONDS_TO_START = 120
SECONDS_A_CELL = 300


def execute(project: Project, report: str, parameters: dict[str, str], output: Path) -> None:
    """Execute a report's notebook into ``output``.

    The working folder must be the project's (:func:`environment` sees to it). Raises
    :class:`scrutiny.errors.FailedPage` that names the cell, its first line and the error; the
    failed notebook then stands at ``output``.
    """
    # The event loop that the client uses in this thread; left open, its sockets would stay.
    begun: list[NotebookNode] = []
    loop = ensure_event_loop(prefer_selector_loop=True)
    try:
        with tempfile.TemporaryDirectory(prefix="scrutiny-") as sockets:
            papermill.execute_notebook(
                notebook_of(project, report),
                output,
                parameters=parameters,
                kernel_name=KERNEL,
                progress_bar=False,
                start_timeout=SECONDS_TO_START,
                execution_timeout=SECONDS_A_CELL,
                config=_private(sockets),
                extra_arguments=[QUIET],
                request_save_on_cell_execute=False,
                on_notebook_start=lambda notebook: begun.append(notebook),
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
    _without_machine(project, report, output)


def _private(sockets: str) -> Config:
    """Return a kernel's settings: sockets in a folder of its own, which no network reaches."""
    if os.name != "posix":
        return Config()
    settings: dict = {"transport": "ipc", "ip": f"{sockets}/kernel"}
    if forked.held:
        settings["client_class"] = f"{forked.__name__}.{forked.PromptClient.__name__}"
    return Config({"KernelManager": settings})


def notebook_of(project: Project, report: str) -> Path:
    """Return the notebook of a report."""
    return project.notebooks / f"{report}.ipynb"


@contextlib.contextmanager
def environment(project: Project) -> Iterator[None]:
    """Give kernels the project's folder and the folders of ``--params`` and ``--data``."""
    before = {name: os.environ.get(name) for name in (PARAMS_VARIABLE, DATA_VARIABLE)}
    folder = Path.cwd()
    os.environ[PARAMS_VARIABLE] = str(project.params)
    os.environ[DATA_VARIABLE] = os.pathsep.join(str(path) for path in project.given_data)
    os.chdir(project.root)
    try:
        yield
    finally:
        os.chdir(folder)
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def _without_machine(project: Project, report: str, output: Path) -> None:
    """Keep Papermill's metadata but for the paths of this machine."""
    notebook = nbformat.read(output, as_version=4)
    about = notebook.metadata.papermill
    about.input_path = notebook_of(project, report).relative_to(project.root).as_posix()
    about.output_path = output.name
    nbformat.write(notebook, output)
