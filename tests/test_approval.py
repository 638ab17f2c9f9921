"""An approved edition is never overwritten, a revision says why, and a changed digit is found."""

import json
import re
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TARGET = "recommendation-tracker/2019-05"
STEM = "recommendation-tracker-2019-05"
NAME = "A. Name"
CHANGED = ("params", "outputs", ".cache/pages")  # by the commands under test


@pytest.fixture(scope="module")
def approved(tmp_path_factory, scrutiny):
    """A project with one edition built and approved."""
    base = tmp_path_factory.mktemp("approved")
    for name in ("params", "notebooks", "templates", "data"):
        shutil.copytree(ROOT / name, base / name)
    run = runner(scrutiny, base)
    assert run("build", TARGET)[0] == 0
    status, said = run("approve", TARGET, "--by", NAME)
    assert (status, f"revision 1, is approved by {NAME}" in said) == (0, True), said
    return base


@pytest.fixture
def place(approved):
    """That project; what a test changes in it is put back."""
    kept = approved.parent / f"{approved.name}-kept"
    for name in CHANGED:
        shutil.copytree(approved / name, kept / name)
    yield approved
    for name in CHANGED:
        shutil.rmtree(approved / name)
        (kept / name).rename(approved / name)
    shutil.rmtree(kept)


@pytest.fixture
def run(place, scrutiny):
    """Run a command on it: its exit status and what it said."""
    return runner(scrutiny, place)


def runner(scrutiny, base):
    """How a command is run in a project."""

    def run(*arguments):
        finished = scrutiny(*arguments, cwd=base)
        return finished.returncode, finished.stdout + finished.stderr

    return run


def page_of(base):
    """The main page that stands."""
    return (base / "outputs" / TARGET / f"{STEM}.html").read_text("utf-8")


def test_the_approval_names_who_when_and_the_hashes_and_the_page_says_approved(place):
    record = json.loads((place / "params" / TARGET / "approval.json").read_text("utf-8"))
    assert [(a["revision"], a["by"]) for a in record] == [(1, NAME)]
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", record[0]["on"])
    assert sorted(record[0]["outputs"]) == ["", "1", "2", "3", "4"]
    assert set(record[0]["outputs"]["1"]) == {
        "recommendation-tracker-2019-05-1.html",
        "results.csv",
    }
    assert "● Approved" in page_of(place)


def test_the_same_bytes_are_said_to_be_the_same(run):
    status, said = run("build", TARGET, "--force")
    assert (status, "the same bytes as were approved" in said) == (0, True), said


def test_other_bytes_are_refused_and_what_was_approved_stays(place, run):
    stood = page_of(place)
    text = place / "params" / TARGET / "introduction.md"
    text.write_text(f"{text.read_text('utf-8')}\nOne more word.\n", "utf-8")
    status, said = run("build", TARGET)
    assert (status, f"approved by {NAME}" in said, "--revise" in said) == (1, True, True), said
    assert page_of(place) == stood
    assert run("verify")[0] == 0


def test_a_revision_says_why_on_the_page_keeps_the_old_one_and_waits_for_review(place, run):
    stood = page_of(place)
    reason = "A word was <missing>."
    status, said = run("build", TARGET, "--revise", reason)
    assert status == 0, said
    page = page_of(place)
    assert "Corrected since it was approved" in page
    assert "A word was &lt;missing&gt;." in page
    assert "◐ For review" in page
    kept = place / "outputs" / "revisions" / TARGET / "1" / f"{STEM}.html"
    assert kept.read_text("utf-8") == stood
    status, said = run("compare", f"{TARGET}@1", TARGET)
    assert (status, "0 numbers changed, 0 added, 0 dropped" in said) == (0, True)
    status, said = run("approve", TARGET, "--by", "B. Name")
    assert (status, "revision 2, is approved by B. Name" in said) == (0, True), said
    assert run("verify")[0] == 0


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        pytest.param(("build", "--revise", "Why."), "name the approved edition", id="no-target"),
        pytest.param(
            ("build", "recommendation-tracker/2013-03", "--revise", "Why."), "is not approved",
            id="not-approved",
        ),
        pytest.param(("build", f"{TARGET}/1", "--revise", "Why."), "whole", id="part"),
        pytest.param(("build", TARGET, "--revise", " "), "a reason of 1 to", id="no-reason"),
        pytest.param(("approve", f"{TARGET}/1", "--by", NAME), "approved whole", id="approve-part"),
        pytest.param(("approve", TARGET, "--by", " "), "nobody", id="no-name"),
        pytest.param(("compare", f"{TARGET}@x", TARGET), "number of a revision", id="revision"),
    ],
)  # fmt: skip
def test_a_wrong_request_is_refused(approved, scrutiny, arguments, says):
    status, said = runner(scrutiny, approved)(*arguments)
    assert (status, says in said) == (2, True), said


def test_an_edition_that_is_not_built_or_changed_since_is_not_approved(place, run):
    status, said = run("approve", "recommendation-tracker/2013-03", "--by", NAME)
    assert (status, "of its pages are not built" in said) == (1, True), said


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        pytest.param(f"{TARGET}/1/{STEM}-1.html", "2019", "2018", id="html"),
        pytest.param(f"{TARGET}/results.csv", ",1,", ",2,", id="results"),
        pytest.param(f"{TARGET}/2/manifest.json", '"rows": 1', '"rows": 2', id="manifest"),
        pytest.param(f"{TARGET}/3/{STEM}-3.ipynb", "2019", "2018", id="ipynb"),
        pytest.param("index.html", " KB", "0 KB", id="index"),
        pytest.param("accessibility.html", "0.1.0", "0.1.1", id="statement"),
    ],
)  # fmt: skip
def test_a_changed_digit_in_a_published_file_is_found_and_named(place, run, name, old, new):
    path = place / "outputs" / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    status, said = run("verify")
    assert (status, name in said) == (1, True), said


def test_a_missing_and_a_strange_file_are_found_and_named(place, run):
    folder = place / "outputs" / TARGET / "4"
    (folder / "results.csv").rename(folder / "strange.csv")
    status, said = run("verify", TARGET)
    assert status == 1
    assert f"{TARGET}/4/results.csv is missing" in said
    assert f"{TARGET}/4/strange.csv is in no manifest" in said
