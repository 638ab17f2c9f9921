"""A page's tables as a spreadsheet, by the rules of the Government Analysis Function.

A cover, contents and notes, then a sheet for each table, one marked-up table a sheet; no merged
and no blank cell, no formula. Numbers are numbers, before rounding, shown as the page prints them.
"""

from __future__ import annotations

import io
from collections.abc import Iterator

import pandas as pd
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from scrutiny.formats.blocks import (
    Cell,
    Heading,
    Listing,
    Outline,
    Paragraph,
    Runs,
    Table,
    Terms,
    text_of,
)
from scrutiny.formats.office import LANGUAGE, settled
from scrutiny.formats.sheet import (
    NOT_APPLICABLE,
    NOT_AVAILABLE,
    TEXT_WIDTH,
    WRAPPED,
    Link,
    Number,
    Value,
    write_lines,
    write_table,
)

A4 = 9
RESULTS = "Results"
RESULTS_TITLE = "Every number of the page, before rounding"
READ_NOTES = "Signs, set words and notes are explained in the worksheet Notes."
ONE_TABLE = "This worksheet holds one table."
SET_WORDS = {
    NOT_AVAILABLE: "not available: there is no such figure",
    NOT_APPLICABLE: "not applicable: the row has no such entry",
}
SYMBOLS = "symbols"  # the page's class for its key
CONTACT = "contact"


def make(outline: Outline, results: pd.DataFrame) -> bytes:
    """Return a page's tables and ``results`` as a spreadsheet; the same page gives the same bytes.

    ``results`` has a row a number, as in ``results.csv``.
    """
    book = Workbook()
    book.properties.title, book.properties.language = outline.title, LANGUAGE
    book.properties.creator = ""
    values = pd.to_numeric(results.set_index("result_id")["value"])
    named = [(f"Table_{place}", table) for place, table in enumerate(outline.tables, start=1)]
    _cover(book.active, outline)
    _contents(book.create_sheet("Contents"), named)
    _notes(book.create_sheet("Notes"), outline, named)
    for name, table in named:
        _table(book.create_sheet(name), name, table, values)
    _results(book.create_sheet(RESULTS), results)
    for sheet in book:
        sheet.page_setup.paperSize, sheet.page_setup.orientation = A4, "landscape"
        sheet.page_setup.fitToHeight = 0
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
    file = io.BytesIO()
    book.save(file)
    return settled(file.getvalue())


def _cover(sheet: Worksheet, outline: Outline) -> None:
    sheet.title = "Cover"
    sheet.column_dimensions["A"].width = TEXT_WIDTH
    lines = [
        *_said(block for block in outline.masthead if not isinstance(block, Heading)),
        "This file holds the tables of the page of this title, a worksheet each, and in the "
        f"worksheet {RESULTS} every number of the page with how it was made and its sources.",
        *(f"Contact: {line}" for line in _said(_section(outline, CONTACT))),
        *_said(outline.foot),
    ]
    write_lines(sheet, outline.title, lines, WRAPPED)


def _contents(sheet: Worksheet, named: list[tuple[str, Table]]) -> None:
    top = write_lines(sheet, "Contents", [ONE_TABLE])
    rows: list[tuple[Value, ...]] = [
        (Link("Cover"), "What this file is, its status and licence"),
        (Link("Notes"), "Signs, set words and notes of the tables"),
        *((Link(name), table.caption) for name, table in named),
        (Link(RESULTS), RESULTS_TITLE),
    ]
    write_table(sheet, "Contents", top, ("Worksheet", "What it holds"), rows)


def _notes(sheet: Worksheet, outline: Outline, named: list[tuple[str, Table]]) -> None:
    keys = [block for block in outline.body if isinstance(block, Terms) and block.kind == SYMBOLS]
    signs = {text_of(sign): text_of(meaning) for key in keys for sign, meaning in key.items}
    rows = [
        *((sign, meaning, "any") for sign, meaning in (SET_WORDS | signs).items()),
        *(
            (f"Note {place}", text_of(note), name)
            for name, table in named
            for place, note in enumerate(_notes_of(table), start=1)
        ),
    ]
    top = write_lines(sheet, "Notes", [ONE_TABLE])
    write_table(sheet, "Notes", top, ("Sign, word or note", "Meaning", "Worksheet"), rows)


def _table(sheet: Worksheet, name: str, table: Table, values: pd.Series) -> None:
    top = write_lines(sheet, table.caption, [f"{ONE_TABLE} {READ_NOTES}"])
    rows = [[_value(cell, values) for cell in row] for row in table.rows]
    write_table(sheet, name, top, table.columns, rows)


def _results(sheet: Worksheet, results: pd.DataFrame) -> None:
    top = write_lines(sheet, RESULTS_TITLE, [f"{ONE_TABLE} {READ_NOTES}"])
    rows = [[_entry(value) for value in row] for row in results.itertuples(index=False)]
    write_table(sheet, RESULTS, top, list(results.columns), rows)


def _value(cell: Cell, values: pd.Series) -> Value:
    if cell.result_id:
        return Number(float(values[cell.result_id]), cell.text)
    return cell.text


def _entry(value: object) -> Value:
    if isinstance(value, str):
        return value or NOT_APPLICABLE
    return NOT_APPLICABLE if pd.isna(value) else Number(float(value))


def _notes_of(table: Table) -> list[Runs]:
    """Return the table's notes but for a mere link to another place of the page."""
    return [note for note in table.notes if not all(run.link.startswith("#") for run in note)]


def _section(outline: Outline, word: str) -> Iterator[Paragraph | Listing]:
    """Return what stands under the headings whose identity holds the word."""
    inside = False
    for block in outline.body:
        if isinstance(block, Heading):
            inside = word in block.identity
        elif inside and isinstance(block, Paragraph | Listing):
            yield block


def _said(blocks: Iterator) -> Iterator[str]:
    """Return the lines that paragraphs, lists and terms say."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block.text
        elif isinstance(block, Listing):
            for item in block.items:
                yield from _said(item)
        elif isinstance(block, Terms):
            yield from (f"{text_of(term)}: {text_of(words)}" for term, words in block.items)
