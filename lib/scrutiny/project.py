"""Where the project's folders are, and which data a run is to use.

A notebook or a command finds the project by walking up to the folder that holds ``params`` and
``notebooks``. ``scrutiny build`` hands ``--params`` and ``--data`` to its kernels through the
environment variables named here.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from urllib.parse import urlsplit

from scrutiny import limits
from scrutiny.errors import NoProject, WrongOption
from scrutiny.limits import Limits

PARAMS_VARIABLE = "SCRUTINY_PARAMS"
DATA_VARIABLE = "SCRUTINY_DATA"
DASHBOARD_VARIABLE = "SCRUTINY_DASHBOARD"  # where the dashboards are served, for the index
# Libraries that start threads when they are loaded are told not to, while they can be: kernels are
# forked from a process that has loaded them, and a fork of a process with threads can stand still
# for ever.
ONE_THREAD = {
    "JE_ARROW_MALLOC_CONF": "background_thread:false",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
}


@dataclass(frozen=True)
class Project:
    """The folders of one project, and the data folders that a run was given (none: its own).

    ``dashboard`` is the address of the dashboards, empty where none is set; no page depends on it.
    """

    root: Path
    params: Path
    given_data: tuple[Path, ...] = ()
    dashboard: str = field(default="", compare=False)

    @property
    def notebooks(self) -> Path:
        """The folder of the notebooks, one a report."""
        return self.root / "notebooks"

    @property
    def registers(self) -> Path:
        """The folder of the registers, one CSV file each."""
        return self.root / "data" / "registers"

    @property
    def sample(self) -> Path:
        """The published figures in the project's own tidy form."""
        return self.root / "data" / "sample"

    @property
    def inbox(self) -> Path:
        """The user's downloads."""
        return self.root / "data" / "inbox"

    @cached_property
    def limits(self) -> Limits:
        """How much one file may hold; raises :class:`scrutiny.limits.FaultyLimits`."""
        return limits.load(self.root / "data" / limits.FILE)

    @property
    def cache(self) -> Path:
        """Parsed files, kept by their contents; may be deleted at any time."""
        return self.root / ".cache" / "observations"

    @property
    def runs(self) -> Path:
        """What each build did, a file a build; may be deleted at any time."""
        return self.root / ".cache" / "runs"

    def name(self, path: Path) -> str:
        """Return a path as pages and manifests may print it: never from the root of a disk."""
        for folder in (self.root, *(given.parent for given in self.given_data)):
            if path.is_relative_to(folder):
                return path.relative_to(folder).as_posix()
        return path.name


def find_root(start: Path | None = None) -> Path:
    """Return the nearest folder at or above ``start`` that holds ``params`` and ``notebooks``.

    Without one, the checkout that this package was installed from. Raises :class:`NoProject`.
    """
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents, Path(__file__).resolve().parents[2]):
        if (folder / "params").is_dir() and (folder / "notebooks").is_dir():
            return folder
    raise NoProject(
        f"no project at or above {here.name or here}: no folder there holds params and notebooks; "
        "run from the project's folder"
    )


def open_project(params: Path | None = None, data: tuple[Path, ...] = ()) -> Project:
    """Return the project, with the folders of the arguments, else of the environment.

    Raises :class:`WrongOption` for a folder or an address that is none.
    """
    root = find_root()
    if params is None and os.environ.get(PARAMS_VARIABLE):
        params = Path(os.environ[PARAMS_VARIABLE])
    if not data and os.environ.get(DATA_VARIABLE):
        data = tuple(Path(p) for p in os.environ[DATA_VARIABLE].split(os.pathsep) if p)
    for folder in (*([params] if params else []), *data):
        if not folder.is_dir():
            raise WrongOption(f"no folder {folder}; --params and --data take folders that exist")
    return Project(
        root=root,
        params=params.resolve() if params else root / "params",
        given_data=tuple(folder.resolve() for folder in data),
        dashboard=_address(os.environ.get(DASHBOARD_VARIABLE, "")),
    )


def _address(given: str) -> str:
    """Return an address that a page may link to; raises :class:`WrongOption` for any other."""
    try:
        found = urlsplit(given)
        known = found.scheme in ("http", "https") and found.hostname and not re.search(r"\s", given)
    except ValueError:
        known = False
    if given and not known:
        raise WrongOption(
            f"{DASHBOARD_VARIABLE}={given!r} is no address; write one that begins with https:// or "
            "http:// and names a host, or leave it out"
        )
    return given
