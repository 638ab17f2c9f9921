"""A printed number goes back to its formula, file, sheet, row and column, and the raw values."""

import csv
import gzip
import html
import json
import math
import re
from dataclasses import replace
from pathlib import Path

import pytest
from scrutiny import words
from scrutiny.edition import resolve
from scrutiny.project import open_project
from scrutiny.publish.pages import Page
from scrutiny.trace import as_json, sentences, trace
from shipped import PAGES

ROOT = Path(__file__).parents[1]
PROJECT = open_project()
TRACED = set()
CROYDON = "borough-priorities/2018-q4/croydon"


def report_of(page):
    """A shipped page's report."""
    report, edition, *part = page.split("/")
    (target,) = resolve(PROJECT.params, [f"{report}/{edition}"])
    return Page(PROJECT, target, "".join(part)).report


@pytest.mark.parametrize("page", PAGES)
def test_every_number_of_a_page_is_traced_and_a_count_is_the_sum_of_its_cells(page):
    report = report_of(page)
    assert report.numbers
    for identity, number in report.numbers.items():
        if number in TRACED:  # the same number from the same files, on another page
            continue
        TRACED.add(number)
        found = trace(PROJECT, report, identity)
        assert found.files, identity
        untold = all(file.untold for file in found.files)
        assert (len(found.cells) == 0) == untold, identity
        if untold:  # of people, or of a figure that is not to be told
            continue
        counts = number.statistic == "count" and number.measure != "local-priorities"
        if counts and number.status == "ok" and "@" in number.sources:
            total = math.fsum(found.cells["value"])
            if number.method.startswith("sum of whole months and"):  # of the last, days alone
                assert 0 < number.value < total, identity
            else:
                assert total == pytest.approx(number.value, rel=1e-12), identity


@pytest.mark.parametrize(
    "page", ["committee-monthly/2012-10", CROYDON, "recommendation-tracker/2013-06/7"]
)
def test_a_page_tells_how_one_of_its_numbers_was_made_by_a_command_that_works(scrutiny, page):
    said = words.trace(report_of(page)).html
    target, identity = re.search(r"scrutiny trace (\S+) (\S+)</code>", said).groups()
    assert target == page
    number = report_of(page).numbers[identity]
    assert html.escape(number.method) in said
    finished = scrutiny("trace", target, identity)
    assert finished.returncode == 0, finished.stderr
    assert finished.stdout.startswith(f"{identity}: printed {number.printed}, ")


def test_a_trace_names_cells_that_stand_in_the_file(scrutiny):
    finished = scrutiny("trace", CROYDON, "burglary.croydon.count.quarter", "--json")
    assert finished.returncode == 0, finished.stderr
    found = json.loads(finished.stdout)
    assert found["result"]["printed"] == "767"
    assert sum(cell["value"] for cell in found["cells"]) == 767
    for cell in found["cells"]:
        with gzip.open(ROOT / cell["file"], "rt", encoding="utf-8", newline="") as file:
            row = list(csv.reader(file))[cell["row"] - 1]
        assert (cell["area"] in row, float(row[cell["column"] - 1])) == (True, cell["value"])


def test_a_published_figure_is_traced_to_the_document_and_its_line_in_the_register():
    report = report_of("committee-monthly/2012-10")
    said = "\n".join(sentences(trace(PROJECT, report, "tno.mps.change_percent.12m.published")))
    assert "printed -3%" in said
    assert "published-figures.csv: row 2, column 9: mopac-report-2012-10.tno, printed" in said


def test_a_number_that_a_page_does_not_have_is_refused_with_the_near_one(scrutiny):
    finished = scrutiny("trace", "committee-monthly/2012-10", "tno.mps.change_percents.12m")
    assert finished.returncode == 2
    assert "did you mean tno.mps.change_percent.12m" in finished.stderr


def test_a_figure_that_is_suppressed_names_its_file_and_shows_no_value():
    report = report_of(CROYDON)
    name = "burglary.croydon.count.quarter"
    hidden = replace(report.numbers[name], status="suppressed")
    closed = replace(report, numbers={**report.numbers, name: hidden})
    found = trace(PROJECT, closed, name)
    assert found.files[0].path.startswith("data/sample/borough-24-months-2018-12")
    assert len(found.cells) == 0
    for said in ("\n".join(sentences(found)), as_json(found)):
        assert "no value of it is shown" in said
        assert "printed 767" not in said
        assert "767.0" not in said


def test_a_trace_of_a_crime_with_few_victims_shows_no_month_and_no_borough():
    report = report_of("partner-scorecard/2025-11")
    counted = [
        n for n, r in report.numbers.items() if (r.measure, r.statistic) == ("rape", "count")
    ]
    assert counted
    for name in counted:
        found = trace(PROJECT, report, name)
        assert (bool(found.files), len(found.cells)) == (True, 0)
        assert "no value of it is shown" in "\n".join(sentences(found))
