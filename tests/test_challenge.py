"""The MOPAC Challenge: an illustrative line, an honest end of the year, aims as they were said."""

import html
import re

import pytest
from scrutiny import build_report, registers, statistics, tables, words
from scrutiny.measures import Figures
from scrutiny.measures.challenge import by_crime
from scrutiny.periods import financial_year_window, month
from scrutiny.project import open_project
from scrutiny.sources import inputs

LABEL = "illustrative; not an adopted target"


def plain(shown):
    """What is shown, as text."""
    return html.unescape(re.sub(r"<[^>]+>", "", shown._repr_html_()))


@pytest.fixture(scope="module")
def page():
    return build_report("committee-monthly", "2012-10", part="mopac-challenge")


@pytest.fixture(scope="module")
def figures():
    project = open_project()
    breaks = registers.load(project.registers).series_breaks
    return Figures(inputs.load(project), ["datastore-workbook/2015-11"], breaks)


def test_years_that_all_went_alike_leave_no_doubt():
    assert statistics.projection(500, [(40, 100), (80, 200), (20, 50)]) == pytest.approx(
        (1250, 1250, 1250)
    )


def test_the_interval_is_students_for_one_year_more():
    """Ratios of 2 and 8: mean 4, spread of the logarithms 0.980, t with one degree 12.706."""
    value, lower, upper = statistics.projection(10, [(1, 2), (1, 8)])
    assert value == pytest.approx(40)
    assert upper / value == pytest.approx(value / lower)
    assert upper / value == pytest.approx(2.718281828 ** (12.7062 * 0.980258 * 1.5**0.5), rel=1e-3)


def test_one_year_is_no_ground_for_a_projection():
    with pytest.raises(ValueError, match="two earlier years"):
        statistics.projection(10, [(1, 2)])


def test_the_years_that_followed_ended_within_their_intervals(figures):
    """2012/13 as the workbook has it, seen from August 2012; nothing was fitted to it."""
    found = by_crime(figures, financial_year_window("2011/12"), month("2012-08"))
    assert len(found) == 8
    for position in found:
        ended = figures.total(position.measure, "MPS", financial_year_window("2012/13")).value
        assert position.end.lower < ended < position.end.upper


def test_the_year_at_hand_is_no_part_of_its_own_projection(figures):
    early = by_crime(figures, financial_year_window("2011/12"), month("2012-08"))[-1].end
    assert "over 4 earlier years" in early.method
    assert early.printed == "381,761"


def test_each_crime_and_each_borough_has_a_row(page):
    crimes = tables.challenge(page)
    assert [row[0] for row in crimes.rows] == [
        "Violence with injury", "Robbery", "Burglary", "Theft from the person",
        "Theft of a motor vehicle", "Theft from a motor vehicle", "Criminal damage", "MOPAC 7",
    ]  # fmt: skip
    boroughs = tables.challenge_boroughs(page)
    assert len(boroughs.rows) == 32
    names = [row[0] for row in boroughs.rows]
    assert names == sorted(names)


def test_the_line_is_labelled_wherever_it_is_said(page):
    for shown in (words.challenge(page), tables.challenge(page), tables.challenge_boroughs(page)):
        assert LABEL in plain(shown)
    assert LABEL in plain(words.headlines(build_report("committee-monthly", "2012-10")))


def test_a_side_of_the_line_is_told_only_where_the_whole_interval_is_on_it(page):
    for position in page.challenge.crimes:
        line = position.year_line.value
        (said,) = [
            sentence
            for sentence in words.headlines(page).html.split("\n")
            if f'value="{position.measure}.mps.projected.' in sentence
        ]
        inside = position.end.lower <= line <= position.end.upper
        assert ("it cannot be told" in said) == inside


def test_a_fifth_more_of_62_is_75_and_not_82():
    shown = plain(tables.targets(build_report("committee-monthly", "2012-10")))
    assert "62%75%" in shown
    assert "13 percentage points, not 20" in shown
    assert "82" not in shown


def test_officers_and_detections_stand_beside_what_was_said():
    rows = {
        row[0]: row for row in tables.targets(build_report("committee-monthly", "2012-10")).rows
    }
    assert rows["Police officers"][2] == "around 32,000"
    assert "31,473" in rows["Police officers"][5]
    assert rows["Sanction detections"][1:3] == ("two in ten", "at least three in ten")
    assert "14.0%" in rows["Sanction detections"][5]


def test_serious_youth_violence_as_said_to_the_committee_is_2496_against_3696():
    report = build_report("committee-monthly", "2012-10")
    now, before = (
        report.number("serious-youth-violence", "count", w) for w in ("window", "window-before")
    )
    assert (now.value, before.value, now.period) == (2_496, 3_696, "2012-04..2012-09")
    assert (
        "Serious youth violence in the MPS, April to September 2012, in 20-20-20 (Supplementary) "
        "[1]: printed -33%, computed -32.5% (2,496 against 3,696 a year before)."
    ) in plain(words.published(report))
