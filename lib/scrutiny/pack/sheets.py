"""The spreadsheet of a published page."""

from __future__ import annotations

from scrutiny.formats import outline, spreadsheet
from scrutiny.measures.results import from_csv
from scrutiny.pack.papers import RESULTS, Paper


def workbook(paper: Paper, marked: str) -> bytes:
    """Return the page's spreadsheet as it was published, else one of the page and its results.

    ``marked`` is the page as it is packed: with the mark of a draft, which its cover then bears.
    """
    published = paper.folder / f"{paper.stem}.xlsx"
    if marked == paper.html and published.is_file():
        return published.read_bytes()
    return spreadsheet.make(outline.read(marked), from_csv(paper.folder / RESULTS))
