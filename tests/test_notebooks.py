"""A notebook asks and the package answers: the shipped notebooks stay thin, and run by hand."""

import ast
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "notebooks"
MOST_LINES = 6

# What each report's parameters cell holds, and nothing else may.
PARAMETERS = {
    "borough-priorities": ["edition", "place"],
    "committee-monthly": ["edition", "part"],
    "explore-static": ["edition", "part"],
    "partner-scorecard": ["edition", "place"],
    "recommendation-tracker": ["edition", "part"],
    "territorial-performance": ["edition"],
}
DASHBOARDS = ["explore", "recommendations"]  # served, and no reports
REPORTS = {"explore-static": "explore"}  # of a notebook that is not called after its report
ALL = sorted(path.stem for path in FOLDER.glob("*.ipynb"))
SHIPPED = [name for name in ALL if name not in DASHBOARDS]

# What a cell may be made of: a call on the package with names and plain values.
PLAIN = (ast.Expr, ast.Call, ast.Attribute, ast.Name, ast.Constant, ast.keyword, ast.Load)


def notebook(name):
    """A shipped notebook as it is on disk."""
    return json.loads((FOLDER / f"{name}.ipynb").read_text("utf-8"))


def source(cell):
    """A cell's text."""
    return "".join(cell["source"])


def tags(cell):
    """A cell's tags."""
    return cell["metadata"].get("tags", [])


def cells_of(kind):
    """Every cell of a kind as a case: notebook, position in it, cell."""
    return [
        pytest.param(cell, id=f"{name}-{number}")
        for name in SHIPPED
        for number, cell in enumerate(notebook(name)["cells"])
        if cell["cell_type"] == kind
    ]


def is_question_cell(cell):
    """Whether it answers a question of the report: neither parameters nor for the author alone."""
    return not {"parameters", "authoring"} & set(tags(cell))


of_each_notebook = pytest.mark.parametrize("name", SHIPPED)
of_each_code_cell = pytest.mark.parametrize("cell", cells_of("code"))


def test_every_report_has_its_notebook_and_every_notebook_its_report():
    assert sorted([*PARAMETERS, *DASHBOARDS]) == ALL


@pytest.mark.parametrize("name", DASHBOARDS)
def test_a_dashboard_is_one_call_under_its_title(name):
    title, shown = notebook(name)["cells"]
    about = notebook(name)["metadata"]
    assert source(title) == f"# {about['title']}\n\n{about['lead']}"
    assert source(shown) == f"from scrutiny.dashboard import {name}\n\n{name}()"
    assert (shown["outputs"], shown["execution_count"]) == ([], None)


@of_each_code_cell
def test_a_cell_is_committed_without_outputs(cell):
    assert (cell["outputs"], cell["execution_count"]) == ([], None)


@of_each_code_cell
def test_a_cell_has_six_lines_at_most(cell):
    assert 1 <= len(source(cell).splitlines()) <= MOST_LINES


@of_each_code_cell
def test_a_cell_holds_no_logic(cell):
    """No function, loop, condition, arithmetic, comprehension or lambda: calls and names alone."""
    allowed = PLAIN
    if "parameters" in tags(cell):
        allowed = (ast.Assign, ast.Name, ast.Store, ast.Constant)
    elif "authoring" in tags(cell):
        allowed = (*PLAIN, ast.ImportFrom, ast.alias, ast.Assign, ast.Store)
    tree = ast.parse(source(cell))
    nodes = [node for node in ast.walk(tree) if node is not tree]
    assert [type(node).__name__ for node in nodes if not isinstance(node, allowed)] == []


@pytest.mark.parametrize("cell", [c for c in cells_of("code") if is_question_cell(c.values[0])])
def test_a_question_is_answered_by_one_call_to_the_package(cell):
    (answer,) = ast.parse(source(cell)).body
    assert re.fullmatch(r"(words|charts|tables)\.[a-z_]+", ast.unparse(answer.value.func))
    assert ast.unparse(answer.value.args[0]) == "report"
    assert sum(isinstance(node, ast.Call) for node in ast.walk(answer)) == 1


@of_each_notebook
def test_the_set_up_cell_imports_the_front_door_and_builds_the_report(name):
    cells = [cell for cell in notebook(name)["cells"] if cell["cell_type"] == "code"]
    kinds = [[type(part).__name__ for part in ast.parse(source(cell)).body] for cell in cells]
    assert kinds[1] == ["ImportFrom", "Assign", "Expr"]
    assert {kind for others in kinds[2:] for kind in others} == {"Expr"}
    imports, report, _ = ast.parse(source(cells[1])).body
    given = ", ".join([repr(REPORTS.get(name, name)), *PARAMETERS[name]]).replace(
        " part", " part=part"
    )
    assert (imports.module, imports.level) == ("scrutiny", 0)
    assert {a.name for a in imports.names} <= {"build_report", "charts", "tables", "words"}
    assert ast.unparse(report) == f"report = build_report({given})"
    assert "authoring" in tags(cells[1])


@of_each_notebook
def test_every_imported_name_is_used(name):
    text = "\n".join(source(c) for c in notebook(name)["cells"] if c["cell_type"] == "code")
    (imports,) = [n for n in ast.walk(ast.parse(text)) if isinstance(n, ast.ImportFrom)]
    assert [a.name for a in imports.names if not re.search(rf"\b{a.name}[.(]", text)] == []


@of_each_notebook
def test_one_cell_holds_the_parameters_as_plain_assignments(name):
    (cell,) = [c for c in notebook(name)["cells"] if "parameters" in tags(c)]
    assigned = ast.parse(source(cell)).body
    assert [ast.unparse(line.targets[0]) for line in assigned] == PARAMETERS[name]
    assert all(isinstance(line.value.value, str) for line in assigned)
    report = REPORTS.get(name, name)
    assert (ROOT / "params" / report / assigned[0].value.value / "edition.yml").is_file()


@pytest.mark.parametrize("cell", cells_of("markdown"))
def test_a_section_is_headed_by_the_question_that_it_answers(cell):
    headings = re.findall(r"(?m)^#+ .+$", source(cell))
    assert headings
    if "authoring" not in tags(cell):
        assert headings == [source(cell)]
        assert re.fullmatch(r"## .+\?", headings[0])


@of_each_notebook
def test_every_question_has_an_answer_and_every_answer_a_question(name):
    cells = [cell for cell in notebook(name)["cells"] if is_question_cell(cell)]
    kinds = "".join(cell["cell_type"][0] for cell in cells)
    assert re.fullmatch(r"(mc+)+", kinds)
    questions = [source(cell) for cell in cells if cell["cell_type"] == "markdown"]
    assert len(questions) == len(set(questions))


@of_each_notebook
def test_the_last_cell_is_the_checklist_for_the_author(name):
    last = [cell for cell in notebook(name)["cells"] if cell["cell_type"] == "code"][-1]
    assert last == notebook(name)["cells"][-1]
    assert (source(last), tags(last)) == ("words.checklist(report)", ["authoring"])


@of_each_notebook
def test_the_kernel_is_python3(name):
    about = notebook(name)["metadata"]
    assert about["kernelspec"]["name"] == "python3"
    assert about["kernelspec"]["language"] == "python"


@of_each_notebook
def test_cells_have_stable_ids_of_their_own(name):
    ids = [cell["id"] for cell in notebook(name)["cells"]]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    ("folder", "path"),
    [
        pytest.param(".", "notebooks/committee-monthly.ipynb", id="from-the-root"),
        pytest.param("notebooks", "committee-monthly.ipynb", id="from-notebooks"),
    ],
)
def test_a_notebook_runs_by_papermills_own_command(folder, path, tmp_path):
    out = tmp_path / "executed.ipynb"
    plain = {key: value for key, value in os.environ.items() if not key.startswith("SCRUTINY_")}
    finished = subprocess.run(
        [sys.executable, "-m", "papermill", path, out, "-p", "edition", "2012-10"],
        cwd=ROOT / folder, env=plain, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert finished.returncode == 0, finished.stderr
    cells = json.loads(out.read_text("utf-8"))["cells"]
    shown = "".join(source({"source": cells[-1]["outputs"][0]["data"]["text/html"]}))
    assert "scrutiny build committee-monthly/2012-10" in shown
    assert [
        output.get("name", output["output_type"])
        for cell in cells
        for output in cell.get("outputs", [])
        if output["output_type"] in ("error", "stream")
    ] == []
