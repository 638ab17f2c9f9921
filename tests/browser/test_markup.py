"""html-validate and the Nu checker find every file of HTML sound."""

import json
import subprocess
import tempfile
from pathlib import Path

import pytest
from opening import HERE, document, needed, node_file
from shipped import PAGES, stem

MONTHLY = "committee-monthly/2012-10"

# What Nu says and we mean: how the serialiser closes an element, and a region that scrolls, whose
# name is the caption of its table.
MEANT = ("Trailing slash on void elements has no effect", "Section lacks heading")


def html_validate(paths):
    """What html-validate finds: the file's name, the rule, the place and the message."""
    program = node_file("html-validate", "bin", "html-validate.mjs")
    command = [needed("node"), program, "--config", HERE / ".htmlvalidate.json"]
    # Into a file: it ends before a pipe has taken a long answer.
    with tempfile.TemporaryFile("w+", encoding="utf-8") as answer:
        done = subprocess.run(
            [*command, "--formatter", "json", *paths],
            stdout=answer, stderr=subprocess.PIPE, encoding="utf-8", cwd=HERE,
        )  # fmt: skip
        assert done.returncode in (0, 1), done.stderr
        answer.seek(0)
        said = json.load(answer)
    return [
        (Path(file["filePath"]).name, found["ruleId"], found["selector"], found["message"])
        for file in said
        for found in file["messages"]
    ]


def nu(paths):
    """What the Nu checker finds, errors and warnings alike."""
    program = node_file("vnu-jar", "build", "dist", "vnu.jar")
    command = [
        needed("java"),
        "-jar",
        program,
        "--format",
        "json",
        "--stdout",
        "--exit-zero-always",
    ]
    done = subprocess.run([*command, *paths], capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    return [
        (Path(found["url"]).name, found.get("lastLine"), found["message"], found.get("extract"))
        for found in json.loads(done.stdout)["messages"]
        if not found["message"].startswith(MEANT)
    ]


@pytest.mark.parametrize("checker", [html_validate, nu])
def test_a_checker_of_html_finds_no_fault_in_any_file(checker, files):
    assert checker(files.values()) == []


@pytest.mark.parametrize("checker", [html_validate, nu])
def test_a_checker_of_html_finds_no_fault_in_a_pack(checker, packed):
    assert {"index.html", *(f"{stem(n)}.html" for n in PAGES if n.startswith(MONTHLY))} <= {*packed}
    assert checker(packed.values()) == []


@pytest.mark.parametrize(
    ("checker", "body", "seen"),
    [
        (html_validate, '<h1>A</h1><input type="text">', "input-missing-label"),
        (html_validate, "<h1>A</h1><p><div>B</div></p>", "close-order"),
        (nu, "<h1>A</h1><table><tr><td headers='x'>B</td></tr></table>", "headers"),
        (nu, "<h1 id='a'>A</h1><p id='a'>B</p>", "Duplicate ID"),
    ],
)
def test_a_checker_of_html_sees_a_fault(checker, body, seen, tmp_path):
    path = tmp_path / "bad.html"
    path.write_text(document(body), "utf-8")
    assert any(seen in str(found) for found in checker([path]))
