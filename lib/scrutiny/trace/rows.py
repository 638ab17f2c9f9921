"""The rows of registers, and the editions, that a number came from."""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd

from scrutiny.edition.load import FILE
from scrutiny.measures import Result
from scrutiny.project import Project
from scrutiny.report import Report

COLUMNS = ("file", "sheet", "row", "column", "what", "area", "period", "value")
# Registers that counts are made of, and the column that shows what a row is about.
SHOWN = {
    "data-lists": "item", "commitments": "due", "correspondence": "sent_on", "actions": "subject",
    "finance": "state",
}  # fmt: skip


def register_rows(
    project: Project, report: Report, result: Result, documents: list[str]
) -> pd.DataFrame:
    """Return the rows of registers that a number was taken from or counts, a row a cell."""
    cells: list[tuple] = []
    for document in documents:
        key, _, locator = document.partition(" ")
        published = f"{result.measure}|{result.area}|{key}|{locator}"
        for line, row in _lines(project.registers / "published-figures.csv"):
            own = f"{row['measure']}|{row['area']}|{row['document']}|{row['locator']}"
            if own == published:
                cells.append(("published-figures.csv", line, "printed", row, result.period))
        if key in SHOWN:
            cells += [
                (f"{key}.csv", line, SHOWN[key], row, result.period)
                for line, row in _lines(project.registers / f"{key}.csv")
                if key != "finance" or _is_figure(result, row)
            ]
        cells += [
            ("documents.csv", line, "title", row, row["date"])
            for line, row in _lines(project.registers / "documents.csv")
            if row["document"] == key
        ]
        if "/" in key:
            edition = f"{project.name(project.params)}/{key}/{FILE}"
            cells.append((edition, 1, "edition", {"edition": key}, result.period))
    if report.tracker is not None:
        followed = {r.recommendation.reference for r in report.tracker.all}
        actions = {action.reference for action in report.tracker.actions}
        for name, keys, column, date in (
            ("recommendations.csv", followed, "number", "asked_on"),
            ("recommendation-history.csv", followed, "event", "date"),
            ("actions.csv", actions, "closed_on", "meeting_on"),
        ):
            counted = name.startswith("action") == result.measure.startswith("action")
            cells += [
                (name, line, column, row, row[date])
                for line, row in _lines(project.registers / name)
                if counted and row["reference"] in keys and row[date] <= str(report.tracker.at)
            ]
    folder = project.name(project.registers)
    return pd.DataFrame(
        [
            (
                name if "/" in name else f"{folder}/{name}", "", line,
                list(row).index(column) + 1, _named(row, column), result.area, at, row[column],
            )
            for name, line, column, row, at in cells
        ],
        columns=list(COLUMNS),
    )  # fmt: skip


def _is_figure(result: Result, row: dict[str, str]) -> bool:
    return (f"{row['kind']}-{row['figure']}", row["month"]) == (result.measure, result.period[:7])


def _named(row: dict[str, str], column: str) -> str:
    return f"{next(iter(row.values()))}, {column}"


def _lines(path: Path) -> list[tuple[int, dict[str, str]]]:
    """Return each row of a register with its line as a spreadsheet counts."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(enumerate(csv.DictReader(file), 2))
