"""A page's other formats, made from the page itself: PDF, Word, spreadsheet."""

from __future__ import annotations

from threading import Lock

import pandas as pd

from scrutiny.formats import outline
from scrutiny.project import Project

# Pages are built in several threads, and the libraries that draw do not promise to bear it.
_one_at_a_time = Lock()


def make(project: Project, format: str, html: str, results: pd.DataFrame) -> bytes:
    """Return a page as ``pdf``, ``docx`` or ``xlsx``; the same page gives the same bytes.

    ``html`` is the proved page, ``results`` has a row a number, as in ``results.csv``. Raises
    :class:`scrutiny.errors.MissingForFormat` where this machine lacks what a format needs.
    """
    # Imported late: each loads a library that is of no use to the others.
    with _one_at_a_time:
        if format == "pdf":
            from scrutiny.formats import pdf

            style = project.root / "templates" / "report" / "print.css"
            return pdf.make(html, style.read_text("utf-8"))
        if format == "docx":
            from scrutiny.formats import word

            return word.make(outline.read(html))
        from scrutiny.formats import spreadsheet

        return spreadsheet.make(outline.read(html), results)
