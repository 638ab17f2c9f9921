"""What a dashboard shows is what the files hold, and an address asks for no more than there is."""

import csv
import io
import re
import shutil
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from scrutiny import build_report, charts, tables
from scrutiny.errors import UnknownPlace
from scrutiny.explore import Choice, Choices, Filters, Printed, told, view
from scrutiny.explore.recommended import as_csv, found, shown
from scrutiny.project import open_project
from scrutiny.report.build import opened

ROOT = Path(__file__).parents[1]
LATEST = ROOT / "data" / "sample" / "borough-24-months-2025-11.csv.gz"


@pytest.fixture(scope="module")
def data():
    return opened(open_project(data=(ROOT / "data" / "sample",)))


@pytest.fixture(scope="module")
def choices(data):
    return Choices(data[0])


@pytest.fixture(scope="module")
def filters():
    return Filters(open_project(data=(ROOT / "data" / "sample",)))


def summed(measure, area, first, last):
    """The sum of a measure's months, straight from the file."""
    rows = pd.read_csv(LATEST, comment="#")
    rows = rows[(rows["measure"] == measure) & rows["period"].between(first, last)]
    return int(rows.loc[rows["area"] == area, "value"].sum())


@pytest.mark.parametrize(
    ("measure", "area", "compare", "months"),
    [
        ("burglary", "Croydon", "12m", ("2023-12", "2024-11", "2024-12", "2025-11")),
        ("robbery", "Ealing", "3m", ("2024-09", "2024-11", "2025-09", "2025-11")),
        ("burglary", "Barnet", "month", ("2024-11", "2024-11", "2025-11", "2025-11")),
        ("burglary", "Hackney", "ytd", ("2024-04", "2024-11", "2025-04", "2025-11")),
    ],
)
def test_a_view_says_what_pandas_finds_in_the_file(data, choices, measure, area, compare, months):
    query = f"measure={measure}&area={area.lower()}&compare={compare}&to=2025-11&show=trend"
    choice, messages = choices.read(query)
    made = view(*data, choice, Printed(ROOT / "nowhere"))
    before = summed(measure, area, months[0], months[1])
    now = summed(measure, area, months[2], months[3])
    change = 100 * (now - before) / before
    told = re.sub("<[^>]+>", "", made.sentence)
    assert messages == ()
    assert f"in {area}: {now:,} offences" in told
    assert f"from {before:,} in" in told
    assert f"({change:+.1f}%)" in told


@pytest.mark.parametrize("picture", ["trend", "boroughs", "map", "funnel"])
def test_the_file_of_figures_holds_each_number_that_is_shown(data, choices, picture):
    choice = replace(choices.first, measure="burglary", show=picture)
    made = view(*data, choice, Printed(ROOT / "nowhere"))
    rows = {row["result_id"]: row for row in csv.DictReader(io.StringIO(made.csv))}
    numbers = dict(re.findall(r'<data value="([^"]+)">([^<]+)</data>', made.html))
    assert len(numbers) > 3
    assert {name: rows[name]["printed"] for name in numbers} == numbers


@pytest.mark.parametrize("measure", ["mopac7", "rape", "knife-crime-dashboard", "asb-calls-noise"])
@pytest.mark.parametrize("picture", ["trend", "boroughs", "map", "funnel"])
def test_the_static_page_has_every_number_of_the_view_of_the_same_choice(
    data, choices, measure, picture
):
    page = build_report("explore", "2025-11", part=measure)
    last = page.edition.settings.data_to
    choice, messages = choices.read(f"measure={measure}&area=mps&to={last}&show={picture}")
    if picture != "trend" and not page.standings:
        assert charts.picture(page, "map").html == ""
        return
    shown = view(*data, choice, Printed(ROOT / "nowhere")).report.numbers
    assert messages == ()
    assert len(shown) > 20
    assert {name: page.numbers[name] for name in shown} == dict(shown)


@pytest.mark.parametrize("measure", ["rape", "asb-calls-noise"])
def test_what_is_not_told_by_borough_is_offered_for_london_and_by_month_alone(choices, measure):
    choice, messages = choices.read(f"measure={measure}&area=croydon&show=map")
    assert list(choices.areas(measure)) == ["mps"]
    assert list(choices.offered("show", choice)) == ["trend"]
    assert (choice.measure, choice.area, choice.show) == (measure, "mps", "trend")
    assert [message.split(" is not")[0] for message in messages] == [
        "Area “croydon”",
        "Picture “map”",
    ]


def test_what_cannot_be_shown_is_said_and_no_figure_of_few_victims_is_told(data):
    said = told(*data, Choice("rape", "croydon", "month", "2025-11", "trend"), Printed(ROOT / "no"))
    assert "Rape is told for London alone" in said
    assert "<table" not in said


def test_the_static_list_has_the_measures_that_the_dashboard_offers(choices):
    listed = build_report("explore", "2025-11")
    assert list(choices.measures) == list(listed.measures)
    assert {choices.measures[m] for m in listed.measures} == {
        re.sub("<[^>]+>", "", row[0]).replace("&amp;", "&") for row in tables.measures(listed).rows
    }


def test_a_measure_is_shown_up_to_its_own_last_month():
    ended = build_report("explore", "2025-11", part="asb-calls-noise").edition
    assert (ended.name, str(ended.settings.data_to)) == ("2025-11", "2013-10")
    # The files hold it longer than the edition asks for.
    longer = build_report("explore", "2025-11", part="knife-crime-dashboard").edition
    assert str(longer.settings.data_to) == "2025-11"


def test_a_part_that_is_no_measure_is_refused_with_the_near_one():
    with pytest.raises(UnknownPlace, match=r"no part 'burglry'; did you mean burglary"):
        build_report("explore", "2025-11", part="burglry")


def test_a_permalink_shows_the_same_again(choices):
    choice = choices.read("measure=robbery&area=ealing&compare=3m&to=2025-08&show=funnel")[0]
    assert choices.read(choice.permalink[1:]) == (choice, ())


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("area=atlantis", "Area “atlantis” is not on file here: London (the whole MPS) is shown."),
        ("to=2031-01", "Last month “2031-01” is not on file here: November 2025 is shown."),
        ("colour=red", "“colour” is no choice here."),
        ("area=" + "x" * 600, "The address was too long, and was not followed."),
    ],
)
def test_what_an_address_asks_for_in_vain_is_said(choices, query, told):
    choice, messages = choices.read(query)
    assert (choice, messages) == (choices.first, (told,))


def test_a_page_that_printed_the_change_is_found_by_its_number(data, choices, tmp_path):
    choice = choices.read("measure=burglary&area=croydon&to=2025-11")[0]
    own = tmp_path / "borough-priorities" / "2025-11" / "croydon"
    own.mkdir(parents=True)
    made = view(*data, choice, Printed(tmp_path))
    assert "No report that is built here" in made.behind
    (own / "results.csv").write_text(made.csv)
    (own / "borough-priorities-2025-11-croydon.html").write_text("")
    shutil.copytree(own, tmp_path / "explore" / "2025-11" / "burglary")
    again = view(*data, choice, Printed(tmp_path)).behind
    assert "/reports/explore/" not in again
    address = "/reports/borough-priorities/2025-11/croydon/borough-priorities-2025-11-croydon.html"
    assert f'href="{address}"' in again


@pytest.mark.parametrize("status", ["green", "amber"])
def test_recommendations_of_a_status_are_those_of_the_register(filters, status):
    chosen, _ = filters.read(f"edition=2013-06&status={status}")
    report = filters.report("2013-06")
    fits = found(report, chosen)
    counted = report.number(f"recommendations-{status}", "count", "day")
    assert len(fits) == counted.value > 0
    assert {row["status"] for row in csv.DictReader(io.StringIO(as_csv(fits)))} == {status}


def test_recommendations_can_be_those_of_an_owner_that_are_overdue(filters):
    report = filters.report("2013-06")
    owner = next(iter(report.tracker.owners.values()))
    chosen, messages = filters.read(f"edition=2013-06&owner={owner}&late=overdue")
    assert messages == ()
    assert all(r.days_late for r in found(report, chosen))


def test_one_recommendation_has_its_history(filters):
    report = filters.report("2013-06")
    first = report.tracker.all[0]
    made = shown(filters, filters.read(f"edition=2013-06&one={first.tag}")[0])
    assert f"What happened to recommendation {first.recommendation.number}" in made
    assert "<strong>1</strong> of" in made


def test_a_hostile_address_is_no_markup(filters):
    _, messages = filters.read("status=%3Cb%3E&edition=2013-06")
    assert messages == ("Status “<b>” is not on file here: Any is shown.",)
