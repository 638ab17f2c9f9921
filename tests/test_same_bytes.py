"""The same inputs give the same bytes, in any folder, language, time zone and order of hashes."""

import locale
import os
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGES = [
    "recommendation-tracker/2019-05/1", "borough-priorities/2018-q4/croydon",
    "borough-priorities/2025-11/croydon",  # a measure with two breaks
]  # fmt: skip
# Of each way: locale, time zone, seed of hashes.
WAYS = [
    ("C", "UTC", "0"),
    ("en_GB.UTF-8", "Europe/London", "1"),
    ("tr_TR.UTF-8", "Asia/Tokyo", "4294967295"),
]


def made(out):
    """Every file that carries no time, by its path."""
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file() and path.suffix not in (".ipynb", ".json")
    }


@pytest.fixture(scope="module")
def here(tmp_path_factory, scrutiny):
    """Three pages built in the project's own folder."""
    out = tmp_path_factory.mktemp("here")
    finished = scrutiny("build", *PAGES, "--out", out, "--format", "html,docx,xlsx")
    assert finished.returncode == 0, finished.stderr
    return made(out)


@pytest.mark.parametrize(("language", "zone", "seed"), WAYS)
def test_a_page_is_the_same_to_the_byte_anywhere(here, tmp_path, scrutiny, language, zone, seed):
    before = locale.setlocale(locale.LC_ALL)
    try:
        locale.setlocale(locale.LC_ALL, language)
    except locale.Error:
        pytest.skip(f"the locale {language} is not on this machine")
    finally:
        locale.setlocale(locale.LC_ALL, before)
    project = tmp_path / f"a folder for {zone.partition('/')[0]}"
    for name in ("params", "notebooks", "templates", "data"):
        shutil.copytree(ROOT / name, project / name)
    finished = scrutiny(
        "build", *PAGES, "--format", "html,docx,xlsx", cwd=project,
        env=os.environ | {"LC_ALL": language, "TZ": zone, "PYTHONHASHSEED": seed},
    )  # fmt: skip
    assert finished.returncode == 0, finished.stderr
    assert made(project / "outputs") == here
