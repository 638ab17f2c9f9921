"""A table of a Word file: a header row that is repeated, rows that stay whole."""

from __future__ import annotations

from collections.abc import Callable

from docx.document import Document as WordFile
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Pt
from docx.table import _Cell, _Row
from docx.text.paragraph import Paragraph as Line

from scrutiny.formats.blocks import Run, Runs, Table
from scrutiny.formats.widths import letters_across, shares
from scrutiny.formats.word_styles import TABLE

LETTERS_UPRIGHT = 100  # on A4 in the type of a table
SIZE, SMALL_SIZE = Pt(9), Pt(7)
LETTERS_ON_ITS_SIDE = 145


def is_wide(table: Table) -> bool:
    """Return whether a page has to be turned for the table."""
    return letters_across(_texts(table)) > LETTERS_UPRIGHT


def add(document: WordFile, table: Table, width: Emu, write: Callable[[Line, Runs], None]) -> None:
    """Add a table at the end of the file, as wide as ``width``; ``write`` writes a cell's runs."""
    texts = _texts(table)
    made = document.add_table(rows=len(table.rows) + 1, cols=len(table.columns), style=TABLE)
    made.autofit = False
    _describe(made._tbl.tblPr, table.caption)
    size = SMALL_SIZE if letters_across(texts) > LETTERS_ON_ITS_SIDE else SIZE
    widths = [Emu(int(width * share)) for share in shares(texts)]
    numbers = {place for row in table.rows for place, cell in enumerate(row) if cell.result_id}
    heads = tuple((Run(heading, strong=True),) for heading in table.columns)
    rows = (heads, *(tuple(cell.runs for cell in row) for row in table.rows))
    for column, column_width in zip(made.columns, widths, strict=True):
        column.width = column_width
    for at, (row, contents) in enumerate(zip(made.rows, rows, strict=True)):
        _flag(row, "w:cantSplit")
        if at == 0:
            _flag(row, "w:tblHeader")
        for place, (cell, runs) in enumerate(zip(row.cells, contents, strict=True)):
            cell.width = widths[place]
            _fill(cell, runs, size, write)
            if place in numbers:
                cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _texts(table: Table) -> list[tuple[str, ...]]:
    return [table.columns, *(tuple(cell.text for cell in row) for row in table.rows)]


def _fill(cell: _Cell, runs: Runs, size: Pt, write: Callable[[Line, Runs], None]) -> None:
    line = cell.paragraphs[0]
    line.paragraph_format.space_before = line.paragraph_format.space_after = Pt(2)
    write(line, runs)
    for run in line._p.iter(qn("w:r")):
        properties = run.get_or_add_rPr()
        properties.sz_val = size


def _flag(row: _Row, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))


def _describe(properties: OxmlElement, caption: str) -> None:
    """Say that the first row and the first column are headers, and what the table is called."""
    look = properties.find(qn("w:tblLook"))
    flags = {"firstRow": "1", "firstColumn": "1", "lastRow": "0", "lastColumn": "0"}
    for name, value in (flags | {"noHBand": "1", "noVBand": "1"}).items():
        look.set(qn(f"w:{name}"), value)
    look.set(qn("w:val"), "06A0")
    title = OxmlElement("w:tblCaption")
    title.set(qn("w:val"), caption)
    properties.append(title)
