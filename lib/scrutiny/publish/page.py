"""One page made in a folder: executed, rendered, written in its formats, and proved."""

from __future__ import annotations

import errno
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from scrutiny import formats as other_formats
from scrutiny import render, run
from scrutiny.charts import figure
from scrutiny.errors import FailedPage, MissingForFormat
from scrutiny.measures.results import to_csv
from scrutiny.project import Project
from scrutiny.publish import manifest, opened
from scrutiny.publish.beside import beside
from scrutiny.publish.pages import Page
from scrutiny.report.digest import digest


@dataclass(frozen=True)
class Made:
    """A page that was made: what it says as a digest, and the formats that could not be made.

    ``lacking`` pairs each format with what the machine needs for it; ``seconds`` is what it took.
    """

    says: str = ""
    seconds: float = 0.0
    lacking: tuple[tuple[str, str], ...] = ()


def warm_up(project: Project) -> None:
    """Make ready what every page is made with, and leave it where forks share it."""
    manifest.warm_up(project)
    render.warm_up(project)
    figure.warm_up()


def make_page(page: Page, folder: Path, formats: Iterable[str]) -> Made:
    """Make a page in a new folder and return what was made.

    Raises :class:`scrutiny.errors.FailedPage`; the notebook as far as it came then stands in the
    folder.
    """
    try:
        return _make(page, folder, formats)
    except OSError as error:
        raise FailedPage(cannot_write(error)) from error


def cannot_write(error: OSError) -> str:
    """Return in words why something could not be written."""
    cure = "make room" if error.errno in (errno.ENOSPC, errno.EDQUOT) else "mend that"
    return (
        f"could not be written: {error.strerror or error}; what stood there still stands; {cure} "
        "and build again"
    )


def _make(page: Page, folder: Path, formats: Iterable[str]) -> Made:
    begun = time.monotonic()
    project, report = page.project, page.report
    folder.mkdir(parents=True, exist_ok=True)  # a part that came first made the main page's
    notebook = folder / f"{page.stem}.ipynb"
    run.execute(project, page.target.report, page.parameters, notebook)
    html = render.page(project, report, notebook, beside(page))
    (folder / f"{page.stem}.html").write_text(html, "utf-8", newline="\n")
    written = to_csv(report.numbers.values())
    (folder / "results.csv").write_text(written, "utf-8", newline="\n")
    lacking = []
    for format in sorted(set(formats) - {"html"}):
        try:
            made = other_formats.make(project, format, html, report.results)
        except MissingForFormat as error:
            lacking.append((error.format, error.cure))
        else:
            (folder / f"{page.stem}.{format}").write_bytes(made)
    written = manifest.text(project, report, page.parameters, folder)
    (folder / manifest.NAME).write_text(written, "utf-8", newline="\n")
    opened.prove(project, folder)
    return Made(digest(report), time.monotonic() - begun, tuple(lacking))
