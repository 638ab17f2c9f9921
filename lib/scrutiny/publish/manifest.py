"""``manifest.json``: what a page was made from and with, and what was made."""

from __future__ import annotations

import csv
import hashlib
import json
import subprocess
from functools import cache
from pathlib import Path

from scrutiny import due
from scrutiny.edition import REPORTS, corrections
from scrutiny.edition.load import FILE
from scrutiny.project import Project
from scrutiny.report import Report

NAME = due.MANIFEST


def warm_up(project: Project) -> None:
    """Find out what stands in every manifest alike, and leave it where forks share it."""
    due.versions()
    _commit(project.root)


def text(project: Project, report: Report, parameters: dict[str, str], folder: Path) -> str:
    """Return the manifest of one page, whose other files stand in ``folder``."""
    made = sorted(path for path in folder.iterdir() if path.is_file() and path.name != NAME)
    content = {
        "inputs": [*_files(report), *_own(project, report)],
        "outputs": [{"path": path.name, "sha256": _sha256(path)} for path in made],
        "parameters": parameters,
        "versions": due.versions(),
        "commit": _commit(project.root),
        "warnings": list(report.warnings),
    }
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"


def read(folder: Path) -> dict:
    """Return the manifest of a published page; empty where there is none."""
    path = folder / NAME
    return json.loads(path.read_text("utf-8")) if path.is_file() else {}


def _files(report: Report) -> list[dict]:
    return [
        {
            "path": file.path,
            "publisher": file.publisher,
            "licence": file.licence,
            "vintage": file.vintage,
            "rows": file.rows,
            "sha256": file.sha256,
        }
        for file in report.files
    ]


def _own(project: Project, report: Report) -> list[dict]:
    """Return the project's own inputs: the edition, its texts, the registers, the notebook."""
    edition = project.params / report.edition.report / report.edition.name
    paths = [
        edition / FILE,
        *filter(Path.is_file, [edition / corrections.FILE]),
        *sorted(edition.glob("*.md")),
        *sorted(project.registers.glob("*.csv")),
        project.notebooks / REPORTS[report.name].file,
    ]
    return [
        {
            "path": project.name(path),
            "publisher": "this project",
            "licence": "MIT" if path.suffix == ".ipynb" else "OGL-UK-3.0",
            "vintage": "",
            "rows": _rows(path),
            "sha256": _sha256(path),
        }
        for path in paths
    ]


def _rows(path: Path) -> int | None:
    if path.suffix != ".csv":
        return None
    with path.open(encoding="utf-8", newline="") as file:
        return sum(1 for _ in csv.reader(file)) - 1


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@cache
def _commit(root: Path) -> str | None:
    """Return the commit that the project stands at, with ``-dirty`` where files differ from it."""
    try:
        done = subprocess.run(
            ["git", "describe", "--always", "--dirty", "--abbrev=40", "--exclude=*"],
            cwd=root, capture_output=True, text=True, timeout=30, check=True,
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.strip()
