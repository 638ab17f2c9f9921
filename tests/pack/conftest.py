"""A pack whose pages are approved."""

import shutil
from pathlib import Path

import pytest
from packs import MEETING
from scrutiny.__main__ import main

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def params(tmp_path_factory):
    """Editions of which the borough review is approved, and a meeting that it is for."""
    params = tmp_path_factory.mktemp("approved") / "params"
    shutil.copytree(ROOT / "params", params)
    edition = params / "borough-priorities" / "2018-q4" / "edition.yml"
    edition.write_text(edition.read_text("utf-8").replace("status: draft", "status: approved"))
    (params / "meetings" / "2019-03-01.yml").write_text(MEETING)
    return params


@pytest.fixture(scope="session")
def approved(params, pango, scrutiny):
    """The output folder of two approved pages, and a pack of them."""
    out = params.parent / "out"
    pages = [f"borough-priorities/2018-q4/{place}" for place in ("croydon", "bromley")]
    finished = scrutiny("build", *pages, "--params", params, "--out", out)
    assert finished.returncode == 0, finished.stderr
    finished = scrutiny("pack", "2019-03-01", "--params", params, "--out", out)
    assert finished.returncode == 0, finished.stderr
    return out


@pytest.fixture
def ask(monkeypatch, capsys):
    """The command line from the project's folder: exit status and what it says on stderr."""
    monkeypatch.chdir(ROOT)

    def run(*arguments):
        status = main([*map(str, arguments)])
        return status, capsys.readouterr().err

    return run
