"""Reading the registers: every fault is named by row and column, and no file is half read."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from scrutiny.errors import FaultyRegister, Problem
from scrutiny.registers import check, links, monthly, recommendations, rows
from scrutiny.registers.cells import Row
from scrutiny.registers.check import Fault, Line


@dataclass(frozen=True)
class Registers:
    """Every register, each a tuple of rows in the file's order."""

    documents: tuple[rows.Document, ...]
    rag_rules: tuple[recommendations.RagRule, ...]
    recommendations: tuple[recommendations.Recommendation, ...]
    recommendation_history: tuple[recommendations.HistoryEntry, ...]
    notable_impacts: tuple[recommendations.NotableImpact, ...]
    actions: tuple[recommendations.Action, ...]
    meetings: tuple[rows.Meeting, ...]
    decisions: tuple[rows.Decision, ...]
    local_priorities: tuple[rows.LocalPriority, ...]
    published_figures: tuple[rows.PublishedFigure, ...]
    series_breaks: tuple[rows.SeriesBreak, ...]
    data_lists: tuple[rows.ListedItem, ...]
    targets: tuple[rows.Target, ...]
    scorecard_changes: tuple[rows.ScorecardChange, ...]
    performance_targets: tuple[rows.PerformanceTarget, ...]
    force_surveys: tuple[rows.ForceSurvey, ...]
    finance: tuple[monthly.FinanceFigure, ...]
    correspondence: tuple[monthly.Letter, ...]
    commitments: tuple[monthly.Commitment, ...]
    calendar: tuple[monthly.CycleMeeting, ...]

    def document(self, key: str) -> rows.Document:
        """Return the document of that key; raises ``KeyError``."""
        for document in self.documents:
            if document.document == key:
                return document
        raise KeyError(key)


ROWS: dict[str, type[Row]] = {
    "documents": rows.Document,
    "rag_rules": recommendations.RagRule,
    "recommendations": recommendations.Recommendation,
    "recommendation_history": recommendations.HistoryEntry,
    "notable_impacts": recommendations.NotableImpact,
    "actions": recommendations.Action,
    "meetings": rows.Meeting,
    "decisions": rows.Decision,
    "local_priorities": rows.LocalPriority,
    "published_figures": rows.PublishedFigure,
    "series_breaks": rows.SeriesBreak,
    "data_lists": rows.ListedItem,
    "targets": rows.Target,
    "scorecard_changes": rows.ScorecardChange,
    "performance_targets": rows.PerformanceTarget,
    "force_surveys": rows.ForceSurvey,
    "finance": monthly.FinanceFigure,
    "correspondence": monthly.Letter,
    "commitments": monthly.Commitment,
    "calendar": monthly.CycleMeeting,
}


def load(folder: Path) -> Registers:
    """Return the registers of a folder.

    Raises :class:`scrutiny.errors.FaultyRegister` that lists every fault of every file.
    """
    faults: list[Fault] = []
    tables = {name: read(folder, name, faults) for name in ROWS}
    return checked(tables, faults)


def checked(tables: Mapping[str, list[Line] | None], faults: list[Fault]) -> Registers:
    """Return the registers of tables of lines; None is a table that could not be read.

    Raises :class:`scrutiny.errors.FaultyRegister` for the faults given and all that are found.
    Rows are held against each other only as far as they are sound themselves.
    """
    read, faults = {}, list(faults)
    for name, kind in ROWS.items():
        read[name], wrong = check.rows(tables[name] or (), kind)
        faults += wrong
    if None not in tables.values():
        faults += links.faults(read, tables)
    if faults:
        raise FaultyRegister(fault.sentence() for fault in faults)
    return Registers(
        **{field.name: tuple(row for _, row in read[field.name]) for field in fields(Registers)}
    )


def path_of(folder: Path, name: str) -> Path:
    """Return the file of a register."""
    return folder / f"{name.replace('_', '-')}.csv"


def read(folder: Path, name: str, faults: list[Fault]) -> list[Line] | None:
    """Return the lines of a register's file, or None where its form is wrong.

    What is wrong is added to ``faults``.
    """
    path, columns = path_of(folder, name), list(ROWS[name].model_fields)
    if not path.is_file():
        faults.append(Fault(path.name, Problem("the register is missing from its folder")))
        return None
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        cure = "save the file as CSV in UTF-8"
        faults.append(Fault(path.name, Problem("not UTF-8 text", cure=cure)))
        return None
    table = list(csv.reader(io.StringIO(text, newline="")))
    found = table[0] if table else []
    if found != columns:
        wrong = check.header(path.name, found, columns)
        cure = f"write them as {', '.join(columns)}"
        order = Fault(path.name, Problem("the columns are in another order", row=1, cure=cure))
        faults += wrong or [order]
        return None
    lines = []
    for number, cells in enumerate(table[1:], start=2):
        if len(cells) != len(columns):
            reason = f"{len(cells)} cells, not {len(columns)}"
            cure = "put text that holds a comma in quotes"
            faults.append(Fault(path.name, Problem(reason, row=number, cure=cure)))
            continue
        lines.append(Line(path.name, number, dict(zip(columns, cells, strict=True))))
    return lines
