"""The monthly report says what the data hold, and what it leaves out."""

import re
from dataclasses import replace

import pytest
from scrutiny import build_report, charts, tables, words
from scrutiny.report.listing import AIMED_AT, ENDED_ROWS, MOST_CHOSEN, ROWS, UNCHARTED
from test_words import plain

REPORT = "committee-monthly"


@pytest.fixture(scope="module")
def of_2012():
    return build_report(REPORT, "2012-10")


@pytest.fixture(scope="module")
def of_2025():
    return build_report(REPORT, "2025-12")


def message(report, opening):
    """The key message that opens so."""
    (found,) = [
        plain(item)
        for item in re.findall(r"<li>(.*?)</li>", words.headlines(report).html, re.DOTALL)
        if plain(item).startswith(opening)
    ]
    return found


def counted(report, measure):
    return report.number(measure, "count", "day").value


def test_what_rose_and_fell_most_beside_the_lead_crimes_is_a_key_message(of_2025):
    said = message(of_2025, "Elsewhere in recorded crime")
    up, down = said.split("up: ")[1].split("; down: ")
    assert up == "drug offences 53,369 (+34.8%), rape 9,647 (+9.7%), sexual offences 26,996 (+7.1%)"
    assert down.startswith("theft from a motor vehicle 46,007 (-18.8%, better), theft from the")


def test_calls_stand_apart_from_recorded_crime_and_neither_way_is_good(of_2012):
    crime = message(of_2012, "Elsewhere in recorded crime")
    calls = message(of_2012, "Elsewhere in the catalogue")
    assert "calls about" not in crime
    assert "serious youth violence 5,863 (-18.4%, better)" in crime
    assert "calls about fireworks 5,779 (+49.0%)" in calls
    assert "better)" not in calls


def test_a_crime_with_a_message_of_its_own_or_within_chance_is_not_named_again(of_2012):
    said = message(of_2012, "Elsewhere in recorded crime")
    assert "theft from the person" not in said
    assert "dog attacks" not in said


def test_a_break_within_the_periods_is_said_under_the_key_messages_and_the_first_table(
    of_2012, of_2025
):
    broken = "The classes of recorded crime changed in April 2012"
    assert broken in words.headlines(of_2012).html
    assert broken in tables.changes(of_2012).notes[0]
    assert "homicide" not in tables.changes(of_2012).notes[0]
    assert "changed in" not in words.headlines(of_2025).html


def test_the_rule_of_the_charts_counts_what_it_leaves_out(of_2012, of_2025):
    called = of_2012.listing.called
    assert counted(of_2012, UNCHARTED) == len(called) - MOST_CHOSEN > 0
    assert f"have none here: {len(called) - MOST_CHOSEN}." in plain(words.chosen(of_2012))
    assert plain(words.chosen(of_2025)).endswith("have none here: 0.")
    assert "(below the lower limit, better)" in plain(words.chosen(of_2012))


def test_an_aim_whose_time_is_over_is_no_reason_for_a_chart(of_2012, of_2025):
    aimed = [
        [c.measure for c in page.listing.called if AIMED_AT in c.reasons]
        for page in (of_2012, of_2025)
    ]
    assert aimed == [["mopac7"], []]
    standing = [row[4] for row in tables.targets(of_2025).rows]
    assert standing == [*["aim, its time is over"] * 3, "ambition", "ambition"]


def test_a_note_about_a_figure_stands_only_beside_the_figure(of_2012, of_2025):
    notes = [{row[0]: row[6] for row in tables.targets(p).rows} for p in (of_2012, of_2025)]
    assert "the figure beside it" in notes[0]["Sanction detections"]
    assert "the figure beside it" not in notes[1]["Sanction detections"]
    assert tables.shares(of_2025).notes == ()


@pytest.mark.parametrize("edition", ["2012-10", "2025-12"])
def test_items_and_rows_are_both_counted(edition):
    page = build_report(REPORT, edition)
    rows = [row for row in tables.listing(page).rows if not str(row[2]).startswith("not in")]
    gone = tables.ended(page)
    assert counted(page, ROWS) == len(rows)
    assert counted(page, ENDED_ROWS) == (len(gone.rows) if gone else 0)
    assert f"{len(rows)} rows have figures" in plain(words.catalogued(page))


def test_nothing_is_said_to_be_missing_only_of_the_crimes_counted(of_2025):
    said = words.gaps(of_2025).html
    assert plain(said).startswith("Of the crimes counted above, no month is missing")
    assert 'href="#what-is-the-committee-given"' in said
    borough = build_report("borough-priorities", "2018-q4", "haringey")
    assert "href" not in words.gaps(borough).html


@pytest.mark.parametrize(
    ("baseline", "why"),
    [
        (None, "the edition names no baseline year"),
        ("2025/26", "the months are not after the baseline year 2025/26"),
        ("2011/12", "it ended with 2015/16"),
        ("2023/24", "the year does not compare with the baseline year 2023/24"),
    ],
)
def test_of_the_reasons_why_no_line_is_shown_the_one_that_applies_is_said(of_2025, baseline, why):
    settings = of_2025.edition.settings.model_copy(update={"baseline_year": baseline})
    page = replace(of_2025, edition=replace(of_2025.edition, settings=settings))
    assert plain(charts.target(page)) == f"No line is shown: {why}."


def test_finance_of_an_earlier_financial_year_is_not_shown(of_2025):
    assert of_2025.finance.withheld == ()
    assert plain(words.finance(of_2025)) == (
        "The figures on record here are of financial years before 2025/26, so none is shown."
    )
    assert tables.finance(of_2025)._repr_html_() == ""


def test_rows_of_registers_that_are_no_longer_followed_are_counted_with_the_reason(of_2025):
    said = plain(words.since(of_2025))
    assert "commitments: 12; actions: 7; letters and requests: 1; decisions: 4." in said
    assert "from 1 January 2019 on" in said


def test_editions_made_from_one_file_say_that_nothing_can_have_been_revised(of_2012):
    said = "Both editions take figures of the same months from the same files, so none can be."
    assert f"Revised: 0. {said}" in plain(words.since(of_2012))


def test_a_commitment_with_a_day_to_come_is_not_yet_due():
    page = build_report(REPORT, "2012-10", part="registers")
    states = {row[0]: plain(row[4]) for row in tables.commitments(page).rows}
    assert states["Police and Crime Plan: A first draft of the plan."] == "◇ NOT YET DUE"
    (undated,) = [state for what, state in states.items() if what.startswith("Governance")]
    assert undated == "○ NOT DONE"


@pytest.mark.parametrize("edition", ["2012-10", "2025-12"])
def test_every_document_that_a_row_of_the_registers_cites_is_among_the_sources(edition):
    page = build_report(REPORT, edition, part="registers")
    shown = (tables.commitments, tables.taken_away, tables.correspondence, tables.decided)
    cited = {row[-1].rpartition(", ")[0] for table in shown for row in table(page).rows} - {""}
    listed = {row[0] for row in tables.sources(page).rows}
    assert cited
    assert cited <= listed
