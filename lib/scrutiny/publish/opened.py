"""The last look at a page's files before they are published: each opens and is whole."""

from __future__ import annotations

import csv
import hashlib
import json
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

from scrutiny.errors import FailedPage
from scrutiny.measures.results import COLUMNS
from scrutiny.project import Project

LARGEST = 64 * 1024 * 1024  # bytes: far more than any page's file has
_WANTED = ("html", "ipynb", "csv", "json")


def prove(project: Project, folder: Path) -> None:
    """Refuse a page's folder unless every file in it opens, is whole, and is in its manifest.

    The HTML was proved when it was made. Raises :class:`scrutiny.errors.FailedPage`.
    """
    paths = sorted(path for path in folder.iterdir() if path.is_file())
    if lacking := [kind for kind in _WANTED if not any(p.suffix == f".{kind}" for p in paths)]:
        raise FailedPage(f"no {lacking[0]} was made")
    for path in paths:
        size = path.stat().st_size
        if not 0 < size <= LARGEST:
            raise FailedPage(f"{path.name} has {size:,} bytes; between 1 and {LARGEST:,} are right")
        try:
            _OPENED.get(path.suffix, _is_text)(path)
        except (ValueError, KeyError, OSError, zipfile.BadZipFile) as error:
            raise FailedPage(f"{path.name} does not open: {error}") from error
        if path.suffix in (".html", ".csv"):
            _names_no_machine(project, path)


def _is_text(path: Path) -> None:
    path.read_text("utf-8")


def _is_executed(path: Path) -> None:
    """Every cell of code was executed, and none of them failed."""
    cells = [c for c in json.loads(path.read_text("utf-8"))["cells"] if c["cell_type"] == "code"]
    for number, cell in enumerate(cells, 1):
        if cell["execution_count"] is None:
            raise ValueError(f"code cell {number} was not executed")
        if any(output["output_type"] == "error" for output in cell["outputs"]):
            raise ValueError(f"code cell {number} failed")


def _has_results(path: Path) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        names, *rows = csv.reader(file)
    if tuple(names) != COLUMNS:
        raise ValueError(f"its columns are {', '.join(names)}")
    if any(len(row) != len(COLUMNS) for row in rows):
        raise ValueError("a row is not whole")
    if len({row[0] for row in rows}) != len(rows):
        raise ValueError("two results have one name")


def _is_pdf(path: Path) -> None:
    content = path.read_bytes()
    if not content.startswith(b"%PDF-") or not content.rstrip().endswith(b"%%EOF"):
        raise ValueError("it is no whole PDF")


def _is_office(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        if broken := archive.testzip():
            raise ValueError(f"{broken} in it is broken")
        if "[Content_Types].xml" not in archive.namelist():
            raise ValueError("it is no Office file")


def _is_manifest(path: Path) -> None:
    """It names every other file of the folder, with its hash."""
    named = {o["path"]: o["sha256"] for o in json.loads(path.read_text("utf-8"))["outputs"]}
    files = [other for other in path.parent.iterdir() if other.is_file()]
    files = [file for file in files if file != path]
    found = {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in files}
    if named != found:
        raise ValueError("its outputs are not the files beside it")


def _names_no_machine(project: Project, path: Path) -> None:
    """No folder of this machine is named: neither the project's, nor a user's own, nor others."""
    text = path.read_text("utf-8")
    folders = {project.root, *project.given_data, Path.home(), Path(tempfile.gettempdir())}
    for folder in sorted(folder for folder in map(str, folders) if len(folder) > 1):
        if f"{folder}/" in text or f"{folder}\\" in text:
            raise FailedPage(f"{path.name} holds a path of this machine: {folder}")


_OPENED: dict[str, Callable[[Path], None]] = {
    ".ipynb": _is_executed,
    ".csv": _has_results,
    ".pdf": _is_pdf,
    ".docx": _is_office,
    ".xlsx": _is_office,
    ".json": _is_manifest,
}
