"""The committee finds every item that it is given: with figures, or with the reason why not."""

import dataclasses
import html
import re
import shutil

import pytest
import yaml
from scrutiny import build_report, charts, registers, tables, words
from scrutiny.project import open_project
from scrutiny.report.listing import AIMED_AT, BROKEN, STANDS_OUT
from shipped import PORTFOLIOS

EDITION = ("committee-monthly", "2012-10")


def plain(shown):
    """What is shown, as text."""
    return html.unescape(re.sub(r"<[^>]+>", " ", shown._repr_html_()))


@pytest.fixture(scope="module")
def report():
    return build_report(*EDITION)


@pytest.fixture(scope="module")
def items():
    return registers.load(open_project().registers).data_lists


@pytest.fixture(scope="module")
def later(tmp_path_factory, root):
    """The report with figures to November 2025, when the workbook has long ended."""
    params = tmp_path_factory.mktemp("params")
    folder = params / "committee-monthly" / "2025-12"
    shutil.copytree(root / "params" / "committee-monthly" / "2012-10", folder)
    path = folder / "edition.yml"
    fields = yaml.safe_load(path.read_text("utf-8")) | {
        "data_to": "2025-11", "meeting": "2025-12-11", "vintage": ["borough-24-months/2025-11"],
        "reporting_period": "2025-11-01..2025-11-30", "next_edition": "2026-01-15",
    }  # fmt: skip
    del fields["baseline_year"], fields["shares"]
    path.write_text(yaml.safe_dump(fields))
    project = dataclasses.replace(open_project(), params=params)
    return build_report("committee-monthly", "2025-12", project=project)


def test_the_nine_lists_have_the_items_that_the_report_prints(items):
    lists = {}
    for item in items:
        if item.document == "mopac-report-2012-10-25" and item.item not in ("Total", "MOPAC 7"):
            lists.setdefault(item.list, set()).add(item.item)
    assert {name: len(found) for name, found in lists.items()} == {
        "Crime": 7,
        "Sanction detection rates": 5,
        "Strength by borough and business group": 7,
        "Fear of crime": 1,
        "Crime calls": 16,
        "Antisocial behaviour calls": 16,
        "Stop and search": 2,
        "Hate crime": 4,
        "Being updated": 12,
    }
    assert sum(map(len, lists.values())) == 70


def test_every_item_has_figures_or_the_reason_why_not(report):
    for entry in report.listing.entries:
        if entry.summary:
            assert entry.summary.latest.value is not None
        else:
            assert entry.item.absence
            assert entry.item.statement
            assert entry.item.holder
    rows = tables.listing(report).rows
    assert len(rows) == len(report.listing.entries)
    absent = [row for row in rows if row[2] == "not in open data"]
    assert {row[0] for row in absent} == {
        "People killed or seriously injured on the road",
        "Sanction detections of all crime",
        "Domestic violence arrest rate",
        "Substance Misuse",
        "Hate incident",
        "Environmental Damage / Littering",
    }


def test_the_front_counts_what_is_published_ended_and_absent(report):
    assert (
        "Of 78 items that the committee is given or asked about , 72 have figures in open data up "
        "to these months, 0 are no longer published and 6 are not in open data or not in the files "
        "given."
    ) in re.sub(r" +", " ", plain(words.headlines(report)))


def test_the_two_footnotes_of_the_report_survive(report):
    shown = plain(tables.listing(report))
    assert "a victim under 25, and a firearm discharged or a knife used to injure" in shown
    assert "without physical injury, such as shoving or verbal abuse" in shown


def test_a_row_has_the_latest_figures_with_change_and_reading(report):
    (row,) = [row for row in tables.listing(report).rows if row[0] == "Serious youth violence"]
    assert [cell.printed for cell in row[2:6]] == ["368", "2,125", "5,863", "-18.4%"]
    assert re.sub(r"<[^>]+>", "", row[6]) == ("▼ down, better; below the lower limit (better)")
    assert row[7] == "Aug 2012"


def test_a_quarters_survey_is_as_fresh_as_its_last_quarter(report):
    (row,) = [r for r in tables.listing(report).rows if r[0] == "Victim satisfaction"]
    assert (row[2].printed, row[7]) == ("74%", "Jun 2012")


def test_a_change_that_chance_could_explain_is_said_to_be_so(report):
    (row,) = [row for row in tables.listing(report).rows if row[0] == "Dog attacks"]
    assert "within chance" in row[6]


def test_charts_are_chosen_by_the_rule_and_no_more_than_four_are_on_the_page(report):
    assert [c.measure for c in report.listing.chosen] == [
        "mopac7", "serious-youth-violence", "gun-crime", "gang-violence-indicator",
    ]  # fmt: skip
    for chosen in report.listing.chosen:
        months = report.varying[chosen.measure].months
        assert (STANDS_OUT in chosen.reasons) == (months[-1].signal is not None)
        assert (BROKEN in chosen.reasons) == bool(report.varying[chosen.measure].breaks)
        assert (AIMED_AT in chosen.reasons) == (chosen.measure == "mopac7")


@pytest.mark.parametrize("part", PORTFOLIOS)
def test_a_portfolio_has_a_chart_and_a_table_of_each_of_its_measures(part):
    page = build_report(*EDITION, part=part)
    shown = charts.portfolio(page)
    assert len(shown.figures) == len(page.listing.summaries)
    for (_, _, figure), found in zip(shown.figures, page.listing.summaries, strict=True):
        assert found.measure in figure.identity
        assert len(figure.table.rows) >= len(figure.data["value"].dropna())
    assert tables.changes(page).html == ""


def test_every_living_measure_of_the_catalogue_stands_on_one_portfolios_page(report):
    pages = [build_report(*EDITION, part=part) for part in PORTFOLIOS]
    found = [s.measure for page in pages for s in page.listing.summaries]
    assert len(found) == len(set(found))
    assert set(found) == {s.measure for s in report.listing.summaries}


def test_a_measure_that_is_no_longer_published_stands_in_a_table_of_its_own(later):
    rows = {row[0]: row[1:] for row in tables.ended(later).rows}
    assert rows["Serious youth violence"] == (
        "November 2015", "datastore-workbook/2015-11", "Knife injury victims aged 1 to 24",
    )  # fmt: skip
    living = {row[0] for row in tables.listing(later).rows}
    assert "Total notifiable offences" in living
    assert not living & set(rows)
    counted = {
        key: later.number(f"listed-items{key}", "count", "day").value
        for key in ("", "-published", "-ended", "-absent")
    }
    assert counted["-ended"] > 50
    assert counted[""] == sum(counted.values()) - counted[""] == 78


def test_no_ended_measure_is_without_the_file_and_the_month(later):
    assert all(e.where and e.last_month < "2025-11" for e in later.listing.ended)


def test_an_item_that_the_files_given_lack_is_said_to_be_so(real_data):
    given = (real_data / "datastore-workbook",)
    report = build_report(*EDITION, project=dataclasses.replace(open_project(), given_data=given))
    (row,) = [row for row in tables.listing(report).rows if row[0] == "Drug crime"]
    assert (row[2], row[8]) == ("not in the files", "None of the files given holds it.")
    (known,) = [row for row in tables.listing(report).rows if row[0] == "Homicide"]
    assert [cell.printed for cell in known[2:6]] == ["10", "43", "93", "-29.5%"]
