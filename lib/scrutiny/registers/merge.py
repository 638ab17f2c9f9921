"""A register as a file for owners to fill in, and back: what they changed, what others did.

Each exported row carries marks of its cells as they were, one a column. A returned cell that
differs from its mark was changed by the owner; a cell of the register that differs from it was
changed by somebody else meanwhile.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from scrutiny.errors import Problem
from scrutiny.registers.check import Fault, Line
from scrutiny.registers.links import KEYS
from scrutiny.registers.load import ROWS

EXCHANGED = ("recommendations", "recommendation_history", "actions")
EXPORTED = "exported"  # the column of marks: not for people
MARK = 6  # letters of a mark
NUMBERED = "recommendation_history"  # its keys are given by the program: reference#1, #2

Tables = Mapping[str, list[Line]]


@dataclass(frozen=True)
class Change:
    """A cell that differs: what stands in the register, and what the file has instead."""

    line: Line
    key: str
    column: str
    register: str
    file: str

    def sentence(self) -> str:
        """Return the change in one line."""
        return (
            f"{self.line.sheet}: row {self.line.number}, {self.key}, column {self.column}: "
            f"{self.register!r} in the register, {self.file!r} in the file"
        )


@dataclass
class Merged:
    """The register with a returned file taken over; nothing is written yet.

    ``changed`` are the owner's changes, ``elsewhere`` what others changed meanwhile, which stays;
    ``conflicts`` are the cells that both changed, each otherwise; ``added`` are new keys, and
    ``known`` those of rows without a key that the register has already, cell for cell.
    """

    tables: dict[str, list[Line]]
    changed: list[Change] = field(default_factory=list)
    elsewhere: list[Change] = field(default_factory=list)
    conflicts: list[Change] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    known: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def columns(name: str) -> list[str]:
    """Return the columns of a register in a file for owners."""
    return [*ROWS[name].model_fields, EXPORTED]


def exported(tables: Tables, references: Iterable[str]) -> dict[str, list[Mapping[str, str]]]:
    """Return the rows about the references, each with the marks of its cells.

    Actions belong to no recommendation, and are named by their own references.
    """
    wanted = set(references)
    return {
        name: [
            {**line.cells, EXPORTED: _marks(name, line.cells)}
            for line in tables[name]
            if line.cells["reference"] in wanted
        ]
        for name in EXCHANGED
    }


def merge(current: Tables, returned: Tables, references: Iterable[str]) -> Merged:
    """Return the register with the returned rows taken over, and all that was found on the way.

    A row that the file lacks stays as it is: nothing is deleted by a file.
    """
    allowed = set(references)
    merged = Merged({name: list(current[name]) for name in ROWS})
    fresh = {
        line.cells.get("reference", "")
        for line in returned.get("recommendations", ())
        if not line.cells.get(EXPORTED)
    }
    for name, lines in returned.items():
        key = KEYS[name]
        place = {line.cells[key]: i for i, line in enumerate(current[name])}
        seen: set[str] = set()
        for line in lines:
            at = place.get(line.cells.get(key, ""))
            stood = {} if at is None else current[name][at].cells
            cells = {c: line.cells.get(c, stood.get(c, "")) for c in ROWS[name].model_fields}
            marks = line.cells.get(EXPORTED, "").split()
            if name == NUMBERED and not cells[key]:
                if there := _key_of_the_same(cells, key, merged.tables[name]):
                    merged.known.append(there)
                    continue
                cells[key] = _next_key(cells["reference"], merged.tables[name])
            own = Line(line.sheet, line.number, cells)
            if name != "actions" and cells["reference"] not in allowed | fresh:
                _refuse(merged, own, "reference", "not a row of this target", "leave it to its own")
            elif marks and _hashed(cells[key]) != marks[0]:
                cure = "put the old one back; for another entry add a row without marks"
                _refuse(merged, own, key, "the key of an exported row was changed", cure)
            elif cells[key] in seen:
                _refuse(merged, own, key, f"the {key} stands twice", "give one of them another")
            elif at is not None:
                merged.tables[name][at] = _taken_over(merged, current[name][at], own, marks)
            elif marks:
                cure = "ask who removed it; to bring it back, empty its cell of marks"
                _refuse(merged, own, key, "the row is no longer in the register", cure)
            else:
                merged.tables[name].append(own)
                merged.added.append(cells[key] or "a row without a key")
            seen.add(cells[key])
    return merged


def _taken_over(merged: Merged, current: Line, returned: Line, marks: list[str]) -> Line:
    """Return a row with what its owner changed; what both changed stands in the conflicts."""
    cells = dict(current.cells)
    key = next(iter(current.cells.values()))
    for place, (column, cell) in enumerate(returned.cells.items()):
        mark = marks[place] if place < len(marks) else ""
        change = Change(returned, key, column, current.cells[column], cell)
        if _plain(cell) == _plain(current.cells[column]):
            continue
        if mark == _hashed(current.cells[column]):
            merged.changed.append(change)
            cells[column] = cell
        elif mark == _hashed(cell):
            merged.elsewhere.append(change)
        else:
            merged.conflicts.append(change)
    return Line(returned.sheet, returned.number, cells)


def _refuse(merged: Merged, line: Line, column: str, reason: str, cure: str) -> None:
    value = line.cells.get(column, "")
    problem = Problem(reason, row=line.number, column=column, value=value, cure=cure)
    merged.faults.append(Fault(line.sheet, problem))


def _key_of_the_same(cells: Mapping[str, str], key: str, lines: list[Line]) -> str:
    """Return the key of a row that is the same but for it: a file may come back twice."""
    wanted = {column: _plain(cell) for column, cell in cells.items() if column != key}
    same = (
        line.cells[key]
        for line in lines
        if all(_plain(line.cells.get(column, "")) == cell for column, cell in wanted.items())
    )
    return next(same, "")


def _next_key(reference: str, lines: list[Line]) -> str:
    keys = {line.cells["entry"] for line in lines}
    number = 1
    while f"{reference}#{number}" in keys:
        number += 1
    return f"{reference}#{number}"


def _marks(name: str, cells: Mapping[str, str]) -> str:
    return " ".join(_hashed(cells[column]) for column in ROWS[name].model_fields)


def _hashed(cell: str) -> str:
    return hashlib.sha256(_plain(cell).encode()).hexdigest()[:MARK]


def _plain(cell: str) -> str:
    """Return a cell as every program leaves it: some write the ends of its lines otherwise."""
    return cell.replace("\r\n", "\n").replace("\r", "\n")
