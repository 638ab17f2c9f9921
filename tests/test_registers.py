"""Registers are read whole or not at all; they go out to owners and come back, none the worse."""

import csv
import shutil

import pytest
from openpyxl import load_workbook
from register_faults import FAULTS, HISTORY, OF_THE_FORM, spoil
from scrutiny.errors import FaultyRegister, RegisterConflict
from scrutiny.limits import Limits
from scrutiny.project import Project
from scrutiny.registers import AcceptanceRag, PerformanceRag, load, returned
from scrutiny.report import references

ROWS = {"recommendations": 26, "recommendation_history": 61, "actions": 7}


@pytest.fixture
def project(root, tmp_path):
    """The project with registers of its own, and a rule that judges performance."""
    shutil.copytree(root / "data" / "registers", tmp_path / "data" / "registers")
    with (tmp_path / "data" / "registers" / "rag-rules.csv").open("a", encoding="utf-8") as file:
        file.write("performance,performance,a,b,c,recommendation-tracker-2013,L7\n")
    return Project(root=tmp_path, params=root / "params")


@pytest.fixture
def own(project):
    return references(project, "2013-06")


def contents(project):
    return {path.name: path.read_bytes() for path in project.registers.iterdir()}


def change(path, sheet, key, column, value):
    """Change a cell of an exported spreadsheet or of a register."""
    if path.suffix == ".csv":
        text = path.read_bytes().decode("utf-8")
        table = list(csv.DictReader(text.splitlines(keepends=True)))
        for row in table:
            if key in row.values():
                row[column] = value
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, table[0], lineterminator="\n")
            writer.writeheader()
            writer.writerows(table)
        return
    book = load_workbook(path)
    header = [cell.value for cell in book[sheet][1]]
    for row in book[sheet].iter_rows(min_row=2):
        if row[0].value == key:
            row[header.index(column)].value = value
    book.save(path)


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_a_register_that_nobody_changed_comes_back_byte_for_byte(project, own, tmp_path, ending):
    before, path = contents(project), tmp_path / f"owners.{ending}"
    assert returned.export(project.registers, own, path) == ROWS
    merged = returned.take_over(project.registers, own, path, Limits())
    assert (merged.changed, merged.added, merged.elsewhere) == ([], [], [])
    assert contents(project) == before


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
@pytest.mark.parametrize(
    "text",
    [
        "two\nlines", 'a "quoted", comma; and\ttab', "2013-03", "0012", "1e5", "TRUE",
        " led by a space", "Zoë’s £5 – naïve ☂", "'apostrophe", "- a dash",
    ],
)  # fmt: skip
def test_every_cell_comes_back_as_it_was_typed(project, own, tmp_path, ending, text):
    path = tmp_path / f"owners.{ending}"
    returned.export(project.registers, own, path)
    change(path, HISTORY, "2013-plan-9#2", "response", text)
    merged = returned.take_over(project.registers, own, path, Limits())
    assert [(c.key, c.column, c.file) for c in merged.changed] == [
        ("2013-plan-9#2", "response", text)
    ]
    with (project.registers / "recommendation-history.csv").open(newline="") as file:
        kept = {row["entry"]: row["response"] for row in csv.DictReader(file)}
    assert kept["2013-plan-9#2"] == text


def test_a_row_that_an_owner_adds_is_given_its_number(project, own, tmp_path):
    path = tmp_path / "owners.xlsx"
    returned.export(project.registers, own, path)
    book = load_workbook(path)
    document = ["recommendation-tracker-2013", "L32", "paraphrase"]
    book[HISTORY].append(["", "2013-plan-7", "2013-07-01", "delivered", *[""] * 10, *document, ""])
    book.save(path)
    assert returned.take_over(project.registers, own, path, Limits()).added == ["2013-plan-7#4"]
    (entry,) = [e for e in load(project.registers).recommendation_history if e.event == "delivered"]
    assert (entry.entry, entry.date) == ("2013-plan-7#4", "2013-07-01")
    again = returned.take_over(project.registers, own, path, Limits())
    assert (again.added, again.known) == ([], ["2013-plan-7#4"])
    assert [e.event for e in load(project.registers).recommendation_history].count("delivered") == 1


def test_what_somebody_else_changed_meanwhile_is_kept_and_told(project, own, tmp_path):
    path, register = tmp_path / "owners.xlsx", project.registers / "recommendation-history.csv"
    returned.export(project.registers, own, path)
    change(register, "", "2013-plan-8#2", "offered_for", "by April 2014")
    change(path, HISTORY, "2013-plan-9#2", "offered_for", "by May 2014")
    merged = returned.take_over(project.registers, own, path, Limits())
    assert [(c.key, c.register) for c in merged.elsewhere] == [("2013-plan-8#2", "by April 2014")]
    offered = {e.entry: e.offered_for for e in load(project.registers).recommendation_history}
    assert offered["2013-plan-8#2"] == "by April 2014"
    assert offered["2013-plan-9#2"] == "by May 2014"


def test_a_cell_that_both_changed_is_a_conflict_and_nothing_is_written(project, own, tmp_path):
    path, register = tmp_path / "owners.xlsx", project.registers / "recommendation-history.csv"
    returned.export(project.registers, own, path)
    change(register, "", "2013-plan-8#2", "offered_for", "by April 2014")
    change(path, HISTORY, "2013-plan-8#2", "offered_for", "by May 2014")
    change(path, HISTORY, "2013-plan-9#2", "offered_for", "by June 2014")
    before = contents(project)
    with pytest.raises(RegisterConflict) as told:
        returned.take_over(project.registers, own, path, Limits())
    assert str(told.value).splitlines()[1:] == [
        "  recommendation-history: row 28, 2013-plan-8#2, column offered_for: 'by April 2014' in "
        "the register, 'by May 2014' in the file"
    ]
    assert contents(project) == before


def test_thirty_kinds_of_faults_are_told_in_one_run_and_nothing_is_read(project, own, tmp_path):
    path = tmp_path / "owners.xlsx"
    returned.export(project.registers, own, path)
    rows, before = spoil(path), contents(project)
    with pytest.raises(FaultyRegister) as told:
        returned.take_over(project.registers, own, path, Limits())
    faults = told.value.faults
    assert len(FAULTS) + len(OF_THE_FORM) > 30
    for (sheet, _, _, _, said), row in zip(FAULTS, rows, strict=True):
        assert [f for f in faults if f.startswith(f"{sheet}: row {row}") and said in f], said
    for said in OF_THE_FORM:
        assert [f for f in faults if f.startswith(said)], said
    assert len(faults) < 45, "a fault is told once"
    assert contents(project) == before


def test_colours_of_acceptance_and_of_performance_are_never_equal():
    assert AcceptanceRag.GREEN != PerformanceRag.GREEN
    assert AcceptanceRag("green") is AcceptanceRag.GREEN
