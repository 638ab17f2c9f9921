"""Lines of tables to rows of registers: every fault of every table, each with its cure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from enum import Enum
from typing import get_args

from pydantic import ValidationError
from pydantic.fields import FieldInfo

from scrutiny.errors import Problem, near
from scrutiny.registers.cells import Row

LONGEST_SHOWN = 60  # letters of a cell in a message


@dataclass(frozen=True)
class Line:
    """A row of a table as it stands: its sheet or file, its number there, its cells by column."""

    sheet: str
    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True)
class Fault:
    """A fault of a table: the sheet or file, and what is wrong there."""

    sheet: str
    problem: Problem

    def sentence(self) -> str:
        """Return the fault in one line."""
        return f"{self.sheet}: {self.problem.sentence()}"


def header(sheet: str, found: Iterable[str], wanted: Iterable[str]) -> list[Fault]:
    """Return what is wrong with a table's columns; their order does not matter."""
    found, wanted = list(found), list(wanted)
    missing = [name for name in wanted if name not in found]
    faults = [
        Problem("the column is missing", row=1, column=name, cure="put it back, empty if need be")
        for name in missing
    ]
    for name in dict.fromkeys(found):
        if name not in wanted:
            meant = near(name, missing or wanted)
            faults.append(
                Problem("no such column", row=1, value=name, cure=f"rename or delete it{meant}")
            )
        elif found.count(name) > 1:
            faults.append(Problem("the column stands twice", row=1, column=name, cure="delete one"))
    return [Fault(sheet, problem) for problem in faults]


def meant(found: Iterable[str], wanted: Iterable[str]) -> list[str]:
    """Return the columns with a renamed one under the name that it seems to have had.

    So the cells under it are checked as well, though the name is a fault.
    """
    found, wanted = list(found), list(wanted)
    missing = [name for name in wanted if name not in found]
    nearest = {name: get_close_matches(name, missing, n=1) for name in found if name not in wanted}
    return [(nearest.get(name) or [name])[0] for name in found]


def rows(lines: Iterable[Line], kind: type[Row]) -> tuple[list[tuple[Line, Row]], list[Fault]]:
    """Return the rows that are sound, each with its line, and the faults of the others."""
    sound, faults = [], []
    for line in lines:
        try:
            cells = {name: line.cells.get(name) or None for name in kind.model_fields}
            sound.append((line, kind(**cells)))
        except ValidationError as error:
            faults += [_fault(line, kind, fault) for fault in error.errors()]
    return sound, faults


def _fault(line: Line, kind: type[Row], fault: dict) -> Fault:
    column = str(fault["loc"][0]) if fault["loc"] else None
    value = line.cells.get(column, "") if column else ""
    said = fault["msg"].removeprefix("Value error, ")
    if column and not value:
        reason, cure = "empty, and may not be", "fill it in"
    elif fault["type"] in ("literal_error", "enum"):
        known = _known(kind.model_fields[column])
        reason = "not a word that this column knows"
        cure = f"write {', '.join(known[:-1])} or {known[-1]}{near(value.lower(), known)}"
    elif fault["type"].startswith("int"):
        reason, cure = "not a whole number", "write digits alone"
    elif fault["type"].startswith("float"):
        reason, cure = "not a number", "write digits, with a point for decimals"
    else:
        reason, _, cure = said.partition("; ")
    return Fault(
        line.sheet, Problem(reason, row=line.number, column=column, value=_short(value), cure=cure)
    )


def _known(field: FieldInfo) -> list[str]:
    kinds = [field.annotation, *get_args(field.annotation)]
    for kind in kinds:
        if isinstance(kind, type) and issubclass(kind, Enum):
            return [member.value for member in kind]
    words = [word for kind in kinds for word in get_args(kind) or [kind]]
    return list(dict.fromkeys(word for word in words if isinstance(word, str)))


def _short(value: str) -> str:
    return value if len(value) <= LONGEST_SHOWN else f"{value[:LONGEST_SHOWN]}..."
