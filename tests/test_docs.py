"""The docs name what the program has: each option, field, column, measure, source and target."""

import argparse
import re
import typing
from functools import cache
from pathlib import Path

import pytest
from scrutiny.__main__ import parser
from scrutiny.edition import REPORTS
from scrutiny.edition.settings import Settings, WindowKind
from scrutiny.handbook import PAGES as PAGES_WRITTEN
from scrutiny.handbook import refreshed
from scrutiny.measures import catalogue
from scrutiny.measures.results import COLUMNS
from scrutiny.registers import Registers
from scrutiny.sources.catalogue import sources

ROOT = Path(__file__).parents[1]
REFERENCE = ROOT / "docs" / "reference"
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
TARGETS = re.findall(r"(?m)^([a-z]+):.*## ", (ROOT / "Makefile").read_text("utf-8"))
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
BLOCK, CODE = re.compile(r"(?s)```.*?```"), re.compile(r"(?s)```.*?```|`[^`\n]*`")


@cache
def section(page, heading=""):
    """A page of the reference, or what stands under one of its second headings."""
    text = (REFERENCE / page).read_text("utf-8")
    if not heading:
        return text
    found = re.search(rf"(?ms)^## {re.escape(heading)}\n(.*?)(?=^## |\Z)", text)
    assert found, f"{page} has no section {heading!r}"
    return found[1]


def options():
    """Every option of every command, but for the help that all have."""
    (commands,) = (a for a in parser()._actions if isinstance(a, argparse._SubParsersAction))
    return [
        (name, option)
        for name, its_parser in commands.choices.items()
        for action in its_parser._actions
        for option in action.option_strings
        if option not in ("-h", "--help")
    ]


def fields():
    """Every field of edition.yml, by the section that tells of it."""
    common = [("Every report", field) for field in Settings.model_fields]
    own = [
        (report, field)
        for report, kind in REPORTS.items()
        for field in kind.settings.model_fields
        if field not in Settings.model_fields
    ]
    return common + own


def register_columns():
    """Every column of every register, by the register's name."""
    rows = {name: typing.get_args(row)[0] for name, row in typing.get_type_hints(Registers).items()}
    return [(n.replace("_", "-"), column) for n, row in rows.items() for column in row.model_fields]


def links():
    """Every link and image of a page that points into the project."""
    return [
        pytest.param(page, found, id=f"{page.relative_to(ROOT).as_posix()}: {found}")
        for page in PAGES
        for found in LINK.findall(CODE.sub("", page.read_text("utf-8")))
        if "://" not in found
    ]


def anchors(page):
    """The name of every heading, as it is linked to."""
    headings = re.findall(r"(?m)^#+ (.+)$", BLOCK.sub("", page.read_text("utf-8")))
    return {re.sub(r"[^\w\- ]", "", h.lower()).replace(" ", "-") for h in headings}


@pytest.mark.parametrize(("command", "option"), options())
def test_every_option_of_a_command_is_explained_with_an_example(command, option):
    row = re.search(rf"(?m)^\| `{option}`.*$", section("command-line.md", f"scrutiny {command}"))
    assert row
    assert row[0].count(option) >= 2


@pytest.mark.parametrize(("heading", "field"), fields())
def test_every_field_of_an_edition_is_explained(heading, field):
    assert f"\n| `{field}` |" in section("edition.md", heading)


@pytest.mark.parametrize("window", typing.get_args(WindowKind))
def test_every_window_is_explained(window):
    assert f"\n| `{window}` |" in section("edition.md", "Windows")


@pytest.mark.parametrize("column", COLUMNS)
def test_every_column_of_the_results_is_explained(column):
    first_cells = re.findall(r"(?m)^\| (`[^|]+) \|", section("results.md"))
    assert f"`{column}`" in ", ".join(first_cells)


@pytest.mark.parametrize("measure", catalogue().values(), ids=catalogue())
def test_every_measure_stands_in_the_docs_as_in_the_catalogue(measure):
    words = " ".join([measure.definition, *measure.caveats])
    cells = (f"`{measure.key}`", measure.name, measure.unit, measure.better, words)
    assert f"\n| {' | '.join(cells)} |" in section("measures.md")


@pytest.mark.parametrize("source", sources())
def test_every_source_is_explained(source):
    assert f"\n### {source}\n" in (ROOT / "docs" / "sources.md").read_text("utf-8")


@pytest.mark.parametrize(("page", "text"), PAGES_WRITTEN.items(), ids=PAGES_WRITTEN)
def test_what_is_written_from_a_catalogue_is_what_the_catalogue_says(page, text):
    assert (ROOT / page).read_text("utf-8") == refreshed((ROOT / page).read_text("utf-8"), text())


@pytest.mark.parametrize(("register", "column"), register_columns())
def test_every_column_of_a_register_is_explained(register, column):
    first_cells = re.findall(r"(?m)^\| (`[^|]+) \|", section("registers.md", register))
    assert f"`{column}`" in ", ".join(first_cells)


@pytest.mark.parametrize("target", TARGETS)
def test_every_make_target_is_told_of(target):
    assert any(f"make {target}" in page.read_text("utf-8") for page in PAGES)


@pytest.mark.parametrize(("page", "link"), links())
def test_every_link_and_image_leads_somewhere(page, link):
    path, _, anchor = link.partition("#")
    found = (page.parent / path).resolve() if path else page
    assert found.is_relative_to(ROOT)
    assert found.exists()
    assert not anchor or anchor in anchors(found)
