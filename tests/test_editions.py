"""An edition names its windows; the report compares them."""

import dataclasses
import shutil

import pytest
import yaml
from scrutiny import build_report, sources
from scrutiny.errors import FaultyEdition
from scrutiny.measures import Figures, compare
from scrutiny.periods import parse_window
from scrutiny.project import open_project
from scrutiny.sources.inputs import Inputs


@pytest.fixture
def edition(tmp_path, root):
    """A function that changes fields of a shipped edition in a copy; gives the copy's project."""

    def changed(report, name, fields, called=None):
        folder = tmp_path / report / (called or name)
        shutil.copytree(root / "params" / report / name, folder)
        path = folder / "edition.yml"
        path.write_text(yaml.safe_dump(yaml.safe_load(path.read_text("utf-8")) | fields))
        return dataclasses.replace(open_project(), params=tmp_path)

    return changed


@pytest.mark.parametrize(
    ("compare", "period", "comparator", "now", "before"),
    [
        ("month", "2012-08..2012-08", "2011-08..2011-08", 7_301, 8_269),
        ("ytd", "2012-04..2012-08", "2011-04..2011-08", 36_898, 39_013),
        ("12m", "2011-09..2012-08", "2010-09..2011-08", 94_111, 96_464),
    ],
)
def test_an_edition_compares_the_window_that_it_names(
    edition, compare, period, comparator, now, before
):
    project = edition("committee-monthly", "2012-10", {"compare": compare})
    report = build_report("committee-monthly", "2012-10", project=project)
    found = report.number("burglary", "change_percent", compare)
    assert (found.period, found.comparator) == (period, comparator)
    assert (found.numerator, found.denominator) == (now, before)


def test_an_edition_may_declare_any_pair_of_windows_of_equal_length(edition):
    pair = {"period": "2014-04..2015-03", "comparator": "2011-04..2012-03"}
    project = edition("committee-monthly", "2012-10", {"data_to": "2015-03", "compare": pair})
    report = build_report("committee-monthly", "2012-10", project=project)
    found = report.number("mopac7", "change_percent", "window")
    assert (found.period, found.comparator) == ("2014-04..2015-03", "2011-04..2012-03")
    assert found.printed == "-19.8%"


@pytest.mark.parametrize(
    ("pair", "data_to", "said"),
    [
        (
            {"period": "2012-04..2012-09", "comparator": "2011-04..2011-08"},
            "2012-09",
            "same number",
        ),
        ({"period": "2012-04..2012-09", "comparator": "2011-04..2011-09"}, "2012-08", "ends with"),
        ({"period": "2012-09..2012-04", "comparator": "2011-04..2011-09"}, "2012-04", "begins"),
        ({"period": "2012-04..2012-09"}, "2012-09", "missing field"),
    ],
)
def test_a_declared_pair_that_contradicts_itself_is_refused(edition, pair, data_to, said):
    project = edition("committee-monthly", "2012-10", {"data_to": data_to, "compare": pair})
    with pytest.raises(FaultyEdition, match=said):
        build_report("committee-monthly", "2012-10", project=project)


def test_a_financial_year_and_a_month_name_an_edition_of_the_borough_review(edition):
    fields = {"data_to": "2018-03", "compare": "fy", "vintage": ["borough-historical/2018-12"]}
    project = edition("borough-priorities", "2018-q4", fields, "fy2017-18")
    report = build_report("borough-priorities", "fy2017-18", "croydon", project=project)
    found = report.number("burglary", "change_percent", "fy")
    assert (found.period, found.comparator) == ("2017-04..2018-03", "2016-04..2017-03")


def test_an_edition_named_by_another_period_than_its_data_is_refused(edition):
    project = edition("borough-priorities", "2018-q4", {}, "2018-q3")
    with pytest.raises(FaultyEdition, match="2018-12 is not the last month of 2018-q3"):
        build_report("borough-priorities", "2018-q3", "croydon", project=project)


def test_a_share_is_detections_over_offences_and_changes_by_points():
    report = build_report("committee-monthly", "2012-10")
    measure = "violence-with-injury-sanction-detection"
    share = report.number(measure, "share")
    assert share.denominator == report.number("violence-with-injury", "count").value == 59_914
    assert share.numerator == pytest.approx(18_859)
    assert share.printed == "31.5%"


def test_a_share_without_monthly_rates_is_not_compared():
    """Until March 2011 the workbook prints the rate of the year to date, not of the month."""
    report = build_report("committee-monthly", "2012-10")
    measure = "violence-with-injury-sanction-detection"
    before = report.number(measure, "share", "12m-before")
    assert (before.value, before.printed, before.status) == (None, "n/a", "not-comparable")
    points = report.number(measure, "change_points")
    assert (points.value, points.printed) == (None, "not comparable")
    assert points.note == (
        "The files hold no monthly rate for some months of September 2010 to August 2011."
    )


def test_a_share_changes_by_percentage_points(root):
    table = root / "data" / "sample" / "datastore-workbook-2015-11.csv.gz"
    given = Figures(Inputs((sources.read(table, "sample"),)))
    now = parse_window("2013-04..2014-03")
    measure = "violence-with-injury-sanction-detection"
    share, before, points = compare.share(given, measure, "MPS", now, now.a_year_earlier())
    assert (share.printed, before.printed) == ("37.1%", "34.3%")
    assert points.value == pytest.approx(share.value - before.value)
    assert (points.printed, points.unit) == ("+2.8", "percentage points")


def test_a_file_dropped_while_a_notebook_is_open_is_seen_when_it_runs_again(root, tmp_path):
    sample = root / "data" / "sample"
    shutil.copy(sample / "borough-24-months-2019-02.csv.gz", tmp_path)
    project = dataclasses.replace(open_project(), given_data=(tmp_path,))

    def used():
        report = build_report("borough-priorities", "2018-q4", "croydon", project=project)
        return report.number("burglary", "count").sources.split("@")[0]

    assert used() == "borough-24-months/2019-02"
    shutil.copy(sample / "borough-24-months-2018-12.csv.gz", tmp_path)
    assert used() == "borough-24-months/2018-12"  # the edition's vintage, now that it is there
