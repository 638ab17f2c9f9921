"""What is late, what is gone, and what was on the last edition."""

import datetime as dt
from pathlib import Path

import pandas as pd
import pytest
from files import london, read
from scrutiny import edition as editions
from scrutiny import sources
from scrutiny.errors import NotAdded
from scrutiny.measures import Figures, catalogue
from scrutiny.periods import month, parse_window
from scrutiny.project import Project
from scrutiny.report import build_report, continuity
from scrutiny.sources.catalogue import source
from scrutiny.sources.catalogue import sources as catalogue_of_sources
from scrutiny.sources.inputs import Inputs
from scrutiny.sources.releases import releases
from scrutiny.tables import elsewhere
from scrutiny.words import comparability, gaps

MONTHS = ["201809", "201810", "201811", "201812"]
BURGLARY, ROBBERY = ("Burglary", "Burglary - Residential"), ("Robbery", "Personal Property")


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2019-01-30", "2018-11"),
        ("2019-01-31", "2018-12"),
        ("2019-02-27", "2018-12"),
        ("2019-02-28", "2019-01"),
    ],
)
def test_a_monthly_file_is_due_by_the_last_day_of_the_next_month(day, expected):
    assert str(source("borough-24-months").expected(pd.Timestamp(day))) == expected


def test_a_source_that_is_no_longer_released_is_never_late():
    assert source("datastore-workbook").expected(pd.Timestamp("2026-11-21")) is None


def test_a_quarterly_source_is_due_to_a_quarters_last_month():
    (quarterly, *_) = [s for s in catalogue_of_sources().values() if s.every == "quarter"]
    assert quarterly.expected(pd.Timestamp("2026-12-31")).month % 3 == 0


def test_a_late_source_says_what_it_holds_and_what_was_due(tmp_path):
    held = read(tmp_path, london(MONTHS, {BURGLARY: 1}))
    (found,) = releases([held], dt.date(2019, 4, 30))
    assert found.late == 3
    assert found.sentence == (
        "borough-24-months holds December 2018, and March 2019 was due by 2019-04-30"
    )
    (found,) = releases([held], dt.date(2019, 1, 31))
    assert (found.late, found.sentence) == (0, "borough-24-months holds December 2018, up to date")


def test_list_names_each_source_and_what_is_late(scrutiny):
    listed = scrutiny("list").stdout
    assert "borough-24-months holds November 2025, and" in listed
    assert "datastore-workbook holds November 2015; nothing newer is due" in listed


def two_vintages(folder):
    """A file to December 2018 with burglary and robbery, and one to January without robbery."""
    first = read(folder, london(MONTHS, {BURGLARY: 1, ROBBERY: 1}), "first")
    second = read(folder, london([*MONTHS[1:], "201901"], {BURGLARY: 1}), "second")
    return Figures(Inputs((first, second)))


def test_a_measure_that_ends_before_the_edition_is_listed_with_its_last_month(tmp_path):
    alive, ended = continuity.living(
        two_vintages(tmp_path), ["burglary", "robbery", "homicide"], "MPS", month("2019-01")
    )
    assert alive == ("burglary",)
    assert [(found.measure, found.last_month) for found in ended] == [("robbery", "2018-12")]
    assert ended[0].sentence.startswith("Robbery: no file holds it after December 2018.")


def test_where_no_measure_reaches_the_month_the_month_is_what_is_missing(tmp_path):
    alive, ended = continuity.living(
        two_vintages(tmp_path), ["burglary", "robbery"], "MPS", month("2019-06")
    )
    assert (alive, ended) == (("burglary", "robbery"), ())


def project_with(folder, root, data, *extra):
    """A project with the shipped committee edition, one for the month after, and its own data."""
    params = folder / "params" / "committee-monthly"
    for name, meeting, data_to in (("2012-10", "2012-10-25", "2012-08"), *extra):
        (params / name).mkdir(parents=True)
        text = (root / "params/committee-monthly/2012-10/edition.yml").read_text("utf-8")
        text = text.replace("2012-10-25\nvenue", f"{meeting}\nvenue", 1)
        text = text.replace("data_to: 2012-08", f"data_to: {data_to}", 1)
        (params / name / "edition.yml").write_text(text, "utf-8")
    return Project(root=root, params=folder / "params", given_data=(Path(data),))


def test_a_measure_of_the_last_edition_that_is_gone_is_an_alarm(tmp_path, root):
    older = ["201009", "201010", "201011", "201012"]
    months = [f"{y}{m:02d}" for y in (2010, 2011, 2012) for m in range(1, 13)][8:35]
    assert months[:4] == older
    data = tmp_path / "data"
    data.mkdir()
    until_october = london(months[:26], {BURGLARY: 9, ROBBERY: 3})
    until_november = london(months[1:], {BURGLARY: 9})
    (data / "october.csv").write_text(until_october)
    (data / "november.csv").write_text(until_november)
    later = ("2012-12", "2012-12-20", "2012-11")
    project = project_with(tmp_path, root, data, ("2012-11", "2012-11-29", "2012-10"), later)
    found = build_report("committee-monthly", "2012-12", project=project)
    assert "robbery" not in found.measures
    assert found.alarms == ("robbery was in committee-monthly/2012-11 and is not in this edition",)
    assert any("alarm: robbery" in warning for warning in found.warnings)
    page = gaps(found).html
    assert "<strong>Alarm:</strong> robbery was in committee-monthly/2012-11" in page
    assert "Robbery: no file holds it after October 2012." in page


def test_the_edition_before_is_the_one_before_by_name(root):
    october, september = (
        editions.load(root / "params", "committee-monthly", name) for name in ("2012-10", "2012-09")
    )
    assert editions.previous(root / "params", october) == september
    assert editions.previous(root / "params", september) is None


def test_the_shipped_review_shows_each_count_in_every_other_file():
    report = build_report("borough-priorities", "2018-q4", "croydon")
    found = {e.printed.measure: e for e in report.elsewhere}
    burglary = found["burglary"]
    assert burglary.printed.printed == "767"
    assert set(burglary.others) >= {"borough-24-months/2019-02", "borough-historical/2018-12"}
    assert burglary.unlike == ("borough-historical/2018-12",)
    table = elsewhere(report)
    for entry in found.values():
        for other in entry.others.values():
            assert report.numbers[other.result_id].value == other.value
    assert any("Burglary: borough-historical/2018-12 counts otherwise" in n for n in table.notes)
    assert "No change in recording" in comparability(report).html


def test_a_level_is_not_added_up_over_months_or_boroughs(root):
    found = sources.read(root / "data/sample/datastore-workbook-2015-11.csv.gz", "sample")
    figures = Figures(Inputs((found,)))
    november = parse_window("2015-11..2015-11")
    assert figures.total("officers", "MPS", november).value == pytest.approx(31716.1)
    with pytest.raises(NotAdded, match="officers is a level, which does not add up over"):
        figures.total("officers", "MPS", parse_window("2015-10..2015-11"))
    assert not figures.elsewhere("officers", "London", november)


RELATED = {measure.key: measure.relative for measure in catalogue().values() if measure.relative}


@pytest.mark.parametrize(("measure", "relative"), RELATED.items(), ids=RELATED)
def test_the_nearest_living_measure_is_another_measure(measure, relative):
    assert relative in set(catalogue()) - {measure}


def test_a_page_says_in_which_month_one_file_follows_another(tmp_path, root):
    data = tmp_path / "data"
    data.mkdir()
    months = [f"2017{m:02d}" for m in range(10, 13)] + [f"2018{m:02d}" for m in range(1, 13)]
    (data / "earlier.csv").write_text(london(months[:13], {BURGLARY: 9}))
    (data / "later.csv").write_text(london(months[6:], {BURGLARY: 9}))
    project = Project(root=root, params=root / "params", given_data=(data,))
    found = build_report("borough-priorities", "2018-q4", "croydon", project=project)
    assert found.measures == ("burglary",)
    page = comparability(found).html
    assert (
        "Months of borough-24-months/2018-12 and of borough-24-months/2018-10 are joined." in page
    )
    assert (
        "burglary come from borough-24-months/2018-10 from October 2017 on, "
        "from borough-24-months/2018-12 from April 2018 on."
    ) in page
