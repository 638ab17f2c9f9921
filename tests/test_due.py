"""Only what changed is built again: a page is due when something that it was made from changed."""

import os
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGES = ["borough-priorities/2018-q4/barnet", "borough-priorities/2018-q4/croydon"]
BARNET, CROYDON = PAGES
TRACKER = "recommendation-tracker/2019-05"
TRACKED = [TRACKER, *(f"{TRACKER}/{number}" for number in range(1, 5))]
PRIORITIES = "data/registers/local-priorities.csv"
NOTHING = "nothing has changed since the last build"


@pytest.fixture(scope="module")
def first(tmp_path_factory, scrutiny):
    """A project with three editions built, two of them in part."""
    folder = tmp_path_factory.mktemp("first")
    for name in ("params", "notebooks", "templates", "data"):
        shutil.copytree(ROOT / name, folder / name)
    finished = scrutiny("build", *PAGES, TRACKER, cwd=folder)
    assert finished.returncode == 0, finished.stderr
    return folder


@pytest.fixture
def project(first):
    """That project; what a test changes in it is put back."""
    kept = first.parent / f"{first.name}-kept"
    shutil.copytree(first, kept)
    yield first
    shutil.rmtree(first)
    kept.rename(first)


@pytest.fixture
def build(project, scrutiny):
    """Build the pages again: what was made, and what is said at the end."""

    def run(*options):
        finished = scrutiny("build", *PAGES, TRACKER, *options, cwd=project)
        assert finished.returncode == 0, finished.stderr
        lines = finished.stderr.splitlines()
        return sorted(line[6:] for line in lines if line.startswith("made: ")), finished.stdout

    return run


def change(path, old, new):
    """Put new text in the place of old, which occurs."""
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_nothing_is_made_when_nothing_changed_and_a_date_is_no_change(project, build):
    for path in (project / "data").rglob("*.csv*"):
        os.utime(path)
    assert build()[1].startswith(NOTHING)


def test_a_row_of_a_register_makes_the_pages_that_use_it_due_and_no_others(project, build):
    before = {page: next((project / "outputs" / page).glob("*.ipynb")) for page in PAGES}
    stood = before[BARNET].read_bytes()
    change(
        project / PRIORITIES, "Croydon,2018/19,burglary,burglary", "Croydon,2018/19,robbery,robbery"
    )
    made, said = build()
    assert made == [CROYDON]
    assert "1 edition (1 page) published, 6 unchanged" in said
    assert before[BARNET].read_bytes() == stood
    assert build()[1].startswith(NOTHING)


@pytest.mark.parametrize(
    ("path", "old", "new", "due", "why"),
    [
        pytest.param(
            "params/borough-priorities/2018-q4/edition.yml", "title:", "title: New", PAGES,
            "params/borough-priorities/2018-q4/edition.yml changed", id="edition",
        ),
        pytest.param(
            "notebooks/recommendation-tracker.ipynb", "Change the edition", "Alter the edition",
            TRACKED, "notebooks/recommendation-tracker.ipynb changed", id="notebook",
        ),
        pytest.param(
            "templates/report/report.css", "{", "{ ", [*PAGES, *TRACKED],
            "templates/report/report.css changed", id="template",
        ),
    ],
)  # fmt: skip
def test_what_a_page_is_made_from_makes_it_due_and_list_says_why(
    project, build, scrutiny, path, old, new, due, why
):
    change(project / path, old, new)
    listed = scrutiny("list", cwd=project).stdout
    assert why in next(line for line in listed.splitlines() if line.startswith(TRACKER)) or (
        TRACKER not in due
    )
    assert build()[0] == sorted(due)


def test_a_page_whose_file_is_missing_is_due(project, build):
    (html,) = (project / "outputs" / BARNET).glob("*.html")
    html.unlink()
    assert build()[0] == [BARNET]


def test_an_edition_that_is_gone_is_gone_from_the_index(project, scrutiny):
    index = project / "outputs" / "index.html"
    assert f'href="{TRACKER}/' in index.read_text("utf-8")
    shutil.rmtree(project / "params" / TRACKER)
    finished = scrutiny("build", *PAGES, cwd=project)
    assert finished.stdout.startswith(NOTHING)
    assert f'href="{TRACKER}/' not in index.read_text("utf-8")
    assert 'href="borough-priorities/2018-q4/' in index.read_text("utf-8")


def test_force_makes_every_page(build):
    assert build("--force")[0] == sorted([*PAGES, *TRACKED])


def test_records_of_an_output_folder_that_is_gone_go_too(project, build, tmp_path):
    out = tmp_path / "trial"
    build("--out", out)
    records = project / ".cache" / "pages"
    assert {where.read_text("utf-8") for where in records.glob("*/where")} == {
        str(out), str(project / "outputs"),
    }  # fmt: skip
    shutil.rmtree(out)
    build("--force")
    assert [where.read_text("utf-8") for where in records.glob("*/where")] == [
        str(project / "outputs")
    ]
