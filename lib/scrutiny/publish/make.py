"""Pages made in a scratch folder, here or by a cluster; and what is kept of those that fail."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from scrutiny import run
from scrutiny.due import Origins
from scrutiny.edition import REPORTS
from scrutiny.publish import elsewhere
from scrutiny.publish.page import Made, make_page
from scrutiny.publish.pages import Page

FAILED = ".failed"
REPORT_OF_FAILURE = "failure.txt"


def make(
    pages: list[Page],
    scratch: Path,
    formats: dict[str, tuple[str, ...]],
    *,
    runners: run.Runners,
    began: Callable[[Page], None],
    scheduler: str | None,
    origins: Origins,
) -> Iterator[tuple[Page, Made, str | None]]:
    """Make every page in the scratch folder; yield each with what was made and why it failed.

    ``formats`` has those of each page, by its name. With the address of a ``scheduler`` its
    workers make them, of the same inputs as ``origins`` finds here.
    """
    all_made = (
        runners.each(pages, partial(_made, scratch, formats), began)
        if scheduler is None
        else elsewhere.make(pages, scratch, formats, scheduler, origins)
    )
    for page, made, why in all_made:
        yield page, made or Made(), why


def _made(scratch: Path, formats: dict[str, tuple[str, ...]], page: Page) -> Made:
    return make_page(page, page.folder(scratch), formats[page.name])


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
        f"To see it happen: copy notebooks/{REPORTS[page.target.report].file} into "
        f"notebooks/mine, open it with `make lab`, write {given} in the first code cell, and run "
        "all cells.\n"
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
