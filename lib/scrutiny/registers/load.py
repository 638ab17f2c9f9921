"""Reading the registers: every fault is named by row and column, and no file is half read."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from scrutiny.errors import FaultyRegister
from scrutiny.registers import rows


@dataclass(frozen=True)
class Registers:
    """Every register, each a tuple of rows in the file's order."""

    documents: tuple[rows.Document, ...]
    recommendations: tuple[rows.Recommendation, ...]
    recommendation_history: tuple[rows.HistoryEntry, ...]
    notable_impacts: tuple[rows.NotableImpact, ...]
    meetings: tuple[rows.Meeting, ...]
    decisions: tuple[rows.Decision, ...]
    local_priorities: tuple[rows.LocalPriority, ...]
    published_figures: tuple[rows.PublishedFigure, ...]
    series_breaks: tuple[rows.SeriesBreak, ...]

    def document(self, key: str) -> rows.Document:
        """Return the document of that key; raises ``KeyError``."""
        for document in self.documents:
            if document.document == key:
                return document
        raise KeyError(key)


_ROWS: dict[str, type[rows.Row]] = {
    "documents": rows.Document,
    "recommendations": rows.Recommendation,
    "recommendation_history": rows.HistoryEntry,
    "notable_impacts": rows.NotableImpact,
    "meetings": rows.Meeting,
    "decisions": rows.Decision,
    "local_priorities": rows.LocalPriority,
    "published_figures": rows.PublishedFigure,
    "series_breaks": rows.SeriesBreak,
}


def load(folder: Path) -> Registers:
    """Return the registers of a folder.

    Raises :class:`scrutiny.errors.FaultyRegister` that lists every fault of every file.
    """
    faults: list[str] = []
    read = {name: _read(path_of(folder, name), kind, faults) for name, kind in _ROWS.items()}
    if not faults:
        faults += _broken_links(read)
    if faults:
        more = f" ({len(faults) - 1} more)" if len(faults) > 1 else ""
        raise FaultyRegister(f"{faults[0]}{more}; correct the row and run again")
    return Registers(**read)


def path_of(folder: Path, name: str) -> Path:
    """Return the file of a register."""
    return folder / f"{name.replace('_', '-')}.csv"


def _read(path: Path, kind: type[rows.Row], faults: list[str]) -> tuple:
    if not path.is_file():
        faults.append(f"{path.name}: the register is missing from its folder")
        return ()
    with path.open(encoding="utf-8-sig", newline="") as file:
        table = list(csv.reader(file))
    header = table[0] if table else []
    fields = list(kind.model_fields)
    if header != fields:
        wrong = sorted(set(header) ^ set(fields)) or header
        faults.append(f"{path.name}: row 1: columns differ from {', '.join(fields)}: {wrong}")
        return ()
    made = []
    for number, cells in enumerate(table[1:], start=2):
        if len(cells) != len(fields):
            faults.append(f"{path.name}: row {number}: {len(cells)} cells, not {len(fields)}")
            continue
        try:
            made.append(kind(**{f: c or None for f, c in zip(fields, cells, strict=True)}))
        except ValidationError as error:
            for fault in error.errors():
                column = fault["loc"][0] if fault["loc"] else ""
                faults.append(
                    f"{path.name}: row {number}, column {column}: {fault['msg']} "
                    f"({fault.get('input')!r})"
                )
    return tuple(made)


def _broken_links(read: dict[str, tuple]) -> list[str]:
    documents = {row.document for row in read["documents"]}
    references = [row.reference for row in read["recommendations"]]
    faults = [
        f"{name.replace('_', '-')}.csv: row {number}, column document: "
        f"{row.document!r} is not in documents.csv"
        for name, its_rows in read.items()
        for number, row in enumerate(its_rows, start=2)
        if name != "documents" and getattr(row, "document", None) not in (None, *documents)
    ]
    faults += [
        f"recommendations.csv: the reference {reference!r} stands twice"
        for reference in sorted({r for r in references if references.count(r) > 1})
    ]
    faults += [
        f"recommendation-history.csv: row {number}, column reference: "
        f"{row.reference!r} is not in recommendations.csv"
        for number, row in enumerate(read["recommendation_history"], start=2)
        if row.reference not in references
    ]
    return faults
