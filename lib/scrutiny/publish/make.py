"""One page made in a scratch folder: executed, rendered, written in its formats, and proved."""

from __future__ import annotations

import errno
import shutil
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from scrutiny import formats as other_formats
from scrutiny import render, run
from scrutiny.errors import FailedPage, MissingForFormat
from scrutiny.measures.results import to_csv
from scrutiny.publish import manifest, opened
from scrutiny.publish.pages import Page
from scrutiny.report.digest import digest

FAILED = ".failed"
REPORT_OF_FAILURE = "failure.txt"


@dataclass(frozen=True)
class Made:
    """A page that was made: what it says as a digest, and the formats that could not be made.

    ``lacking`` pairs each format with what the machine needs for it; ``seconds`` is what it took.
    """

    says: str = ""
    seconds: float = 0.0
    lacking: tuple[tuple[str, str], ...] = ()


def make(
    pages: list[Page], scratch: Path, jobs: int, formats: dict[str, tuple[str, ...]]
) -> Iterator[tuple[Page, Made, str | None]]:
    """Make every page in the scratch folder; yield each with what was made and why it failed.

    ``formats`` has those of each page, by its name.
    """
    if not pages:
        return

    def make(page: Page) -> Made:
        try:
            return _make_one(page, page.folder(scratch), formats[page.name])
        except OSError as error:
            raise FailedPage(cannot_write(error)) from error

    limits = pages[0].project.limits
    for page, made, why in run.each(pages, make, jobs, limits, prepare=lambda page: page.report):
        yield page, made or Made(), why


def cannot_write(error: OSError) -> str:
    """Return in words why something could not be written."""
    cure = "make room" if error.errno in (errno.ENOSPC, errno.EDQUOT) else "mend that"
    return (
        f"could not be written: {error.strerror or error}; what stood there still stands; {cure} "
        "and build again"
    )


def _make_one(page: Page, folder: Path, formats: Iterable[str]) -> Made:
    begun = time.monotonic()
    project, report = page.project, page.report
    folder.mkdir(parents=True, exist_ok=True)  # a part that came first made the main page's
    notebook = folder / f"{page.stem}.ipynb"
    run.execute(project, page.target.report, page.parameters, notebook)
    html = render.page(project, report, notebook)
    (folder / f"{page.stem}.html").write_text(html, "utf-8", newline="\n")
    (folder / "results.csv").write_text(to_csv(report.results), "utf-8", newline="\n")
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


def keep_failure(scratch: Path, out: Path, page: Page, why: str) -> None:
    """Keep what there is of a failed page, and a report of why, outside what is published."""
    aside = page.folder(out / FAILED)
    aside.mkdir(parents=True, exist_ok=True)
    notebook = page.folder(scratch) / f"{page.stem}.ipynb"
    given = ", ".join(f'{name} = "{value}"' for name, value in page.parameters.items())
    kept = ""
    if notebook.exists():
        shutil.copy2(notebook, aside / notebook.name)
        kept = f"The notebook as far as it came: {notebook.name}, beside this file\n"
    (aside / REPORT_OF_FAILURE).write_text(
        f"{page.name} was not published. What stood there still stands.\n\n"
        f"Why: {why}\n{kept}\n"
        f"To see it happen: copy notebooks/{page.target.report}.ipynb into notebooks/mine, open it "
        f"with `make lab`, write {given} in the first code cell, and run all cells.\n"
        f"Once it is mended: scrutiny build {page.name}\n",
        "utf-8",
        newline="\n",
    )


def forget_failure(out: Path, page: Page) -> None:
    """Remove what was kept of an earlier failure of a page that is now published."""
    aside = page.folder(out / FAILED)
    for path in (aside / REPORT_OF_FAILURE, aside / f"{page.stem}.ipynb"):
        path.unlink(missing_ok=True)
    for folder in (aside, *aside.parents):
        if not folder.is_relative_to(out / FAILED) or not folder.is_dir() or any(folder.iterdir()):
            break
        folder.rmdir()
