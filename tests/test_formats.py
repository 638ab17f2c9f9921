"""Formats on the command line and in an edition: the HTML always, what is asked for, no more."""

import json
import os
import shutil
import subprocess
import sys

import pytest
from scrutiny.formats import outline
from scrutiny.formats.blocks import Heading, Listing, Paragraph, Run, Terms
from small_page import PAGE

TRACKER = "recommendation-tracker/2019-05"
STEM = "recommendation-tracker-2019-05"
# A machine on which no library of Pango can be loaded, though the Python packages are there.
WITHOUT_PANGO = """\
import cffi
load = cffi.FFI.dlopen
def dlopen(self, name, flags=0):
    if "pango" in str(name):
        raise OSError(f"cannot load library {name!r}")
    return load(self, name, flags)
cffi.FFI.dlopen = dlopen
"""


def files(folder):
    """The endings of the page's own files."""
    return {path.suffix for path in folder.iterdir() if path.stem == STEM}


def test_a_page_is_read_as_what_it_says():
    page = outline.read(PAGE)
    assert page.title == "A small report"
    assert page.masthead[0] == Paragraph((Run("A committee"),), "series")
    assert page.masthead[2] == Terms(
        (((Run("Status"),), (Run("Draft"),)), ((Run("Data to"),), (Run("May 2013"),))), "facts"
    )
    headings = [(b.level, b.identity) for b in page.body if isinstance(b, Heading)]
    assert headings[:4] == [(2, "messages"), (2, "contents"), (2, "change"), (3, "")]
    paragraph = next(b for b in page.body if isinstance(b, Paragraph) and "See" in b.text)
    assert paragraph.runs == (
        Run("See "),
        Run("the source", link="https://www.example.org/"),
        Run(" and "),
        Run("note", emphasis=True),
        Run(" & text."),
    )
    nested = next(b for b in page.body if isinstance(b, Listing) and len(b.items[-1]) == 2)
    assert nested.items[1] == (
        Paragraph((Run("Second"),)),
        Listing(False, ((Paragraph((Run("Inner"),)),),)),
    )


def test_a_cell_that_is_one_number_names_its_result_and_no_other_does():
    (table,) = outline.read(PAGE).tables
    assert [cell.result_id for cell in table.rows[0]] == [
        "",
        "burglary.mps.count.month-before",
        "burglary.mps.count.month",
        "burglary.mps.change_percent.month",
        "",
    ]


@pytest.fixture(scope="module")
def params(root, tmp_path_factory):
    """An edition of the tracker that asks for a spreadsheet."""
    folder = tmp_path_factory.mktemp("formats") / "params"
    shutil.copytree(root / "params" / TRACKER, folder / TRACKER)
    edition = folder / TRACKER / "edition.yml"
    edition.write_text(edition.read_text("utf-8") + "formats: [html, xlsx]\n", "utf-8")
    return folder


@pytest.fixture(scope="module")
def out(params, scrutiny):
    """Where that edition is built, as it asks to be."""
    out = params.parent / "out"
    finished = scrutiny("build", TRACKER, "--params", params, "--out", out)
    assert finished.returncode == 0, finished.stderr
    return out


def test_an_edition_gets_the_formats_that_it_names_and_the_html(out):
    assert files(out / TRACKER) == {".html", ".ipynb", ".xlsx"}


def test_the_manifest_lists_every_format(out):
    manifest = json.loads((out / TRACKER / "manifest.json").read_text("utf-8"))
    listed = {output["path"] for output in manifest["outputs"]}
    assert listed == {f"{STEM}.html", f"{STEM}.ipynb", f"{STEM}.xlsx", "results.csv"}


def test_a_build_with_another_format_leaves_no_stale_file(out, params, scrutiny):
    finished = scrutiny("build", TRACKER, "--params", params, "--out", out, "--format", "docx")
    assert finished.returncode == 0, finished.stderr
    assert files(out / TRACKER) == {".html", ".ipynb", ".docx"}


def test_a_format_that_does_not_exist_is_named_with_the_one_that_was_meant(scrutiny, tmp_path):
    finished = scrutiny("build", TRACKER, "--format", "pdf,xlsxs", "--out", tmp_path / "out")
    assert finished.returncode == 2
    assert "'xlsxs' is not a format" in finished.stderr
    assert "did you mean xlsx?" in finished.stderr
    assert not (tmp_path / "out").exists()


def test_the_same_inputs_give_the_same_bytes_in_every_format(in_all_formats, scrutiny, tmp_path):
    formats = "pdf,docx,xlsx"
    finished = scrutiny("build", TRACKER, "--out", tmp_path, "--format", formats)
    assert finished.returncode == 0, finished.stderr
    for ending in (".html", ".pdf", ".docx", ".xlsx"):
        first, second = (
            (out / TRACKER / f"{STEM}{ending}").read_bytes() for out in (in_all_formats, tmp_path)
        )
        assert first == second, ending


def test_a_machine_without_pango_is_told_what_to_install_and_has_the_rest(root, tmp_path):
    (tmp_path / "sitecustomize.py").write_text(WITHOUT_PANGO)
    out = tmp_path / "out"
    finished = subprocess.run(
        [sys.executable, "-m", "scrutiny", "build", TRACKER, "--out", out, "--format", "pdf,xlsx"],
        cwd=root, env=os.environ | {"PYTHONPATH": str(tmp_path)},
        capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert finished.returncode == 1, finished.stderr
    told = [line for line in finished.stderr.splitlines() if line.startswith("scrutiny: pdf:")]
    assert len(told) == 1
    assert "apt-get install libpango-1.0-0 libpangoft2-1.0-0" in told[0]
    assert "Traceback" not in finished.stderr
    assert "1 edition (5 pages) published" in finished.stdout
    assert files(out / TRACKER) == {".html", ".ipynb", ".xlsx"}
