"""What sentences say of changes: counts first, direction and polarity apart, chance named."""

import dataclasses
import re

import pytest
from scrutiny import build_report, charts, words
from scrutiny.markup import markdown
from scrutiny.measures import catalogue
from scrutiny.words.sentence import change_sentence, direction, judged


def plain(passage):
    """The text of a passage without its markup."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", getattr(passage, "html", passage))).strip()


@pytest.fixture(scope="module")
def committee():
    return build_report("committee-monthly", "2012-10")


@pytest.fixture(scope="module")
def croydon():
    return build_report("borough-priorities", "2018-q4", "croydon")


def test_counts_come_before_the_per_cent_and_the_comparator_is_named(committee):
    assert plain(change_sentence(committee, "tno")) == (
        "Total notifiable offences in the MPS: 797,339 offences in September 2011 to August 2012, "
        "down from 821,439 in September 2010 to August 2011 (-2.9%). That is more than chance "
        "alone would explain (p under 0.001)."
    )


def test_a_gap_that_chance_could_explain_is_said_to_be_so(croydon):
    messages = plain(words.headlines(croydon))
    assert (
        "Burglary in Croydon: 767 in October to December 2018, against 756 a year before (+1.5%); "
        "the MPS +5.3%. The gap is -3.8 percentage points, the better side, but chance and "
        "ordinary differences among boroughs could explain it (95% interval -22.9 to +19.9; "
        "p = 0.73)." in messages
    )


def test_a_change_beyond_chance_is_said_to_be_so(committee):
    assert plain(change_sentence(committee, "homicide")).endswith(
        "(-29.5%). That is more than chance alone would explain (p = 0.0111)."
    )


def test_a_member_for_croydon_is_told_what_happened_is_it_good_is_it_chance_and_what_next(croydon):
    messages = plain(words.headlines(croydon))
    assert messages.startswith(
        "In short: set against London's change, Croydon did better in burglary and violence with "
        "injury, by no more than chance could explain."
    )
    assert "the document prints -7.7%, which open data cannot confirm." in messages
    assert (
        "Other crimes, by more than chance alone: theft from a motor vehicle up from 558 to 794 "
        "(+42.3%; the MPS +17.1%) and criminal damage down from 750 to 649" in messages
    )
    assert (
        "What next: ask what lies behind theft from a motor vehicle: up by more than chance, "
        "though not further from London's change than other boroughs are. October to December "
        "2018 alone cannot show whether choosing a crime helped." in messages
    )


def test_the_committee_is_told_what_rose_although_no_one_asked(committee):
    assert "Theft from the person in the MPS: 45,275 offences" in plain(words.headlines(committee))


def test_direction_is_arithmetic_and_polarity_is_the_catalogues(committee):
    change = committee.number("theft-person", "change_percent")
    assert direction(change) == "up"
    assert judged(catalogue()["theft-person"], change) == "worse"
    assert judged(catalogue()["rape"], change) == ""


def test_the_page_says_that_the_printed_burglary_figure_does_not_follow(committee):
    said = plain(words.published(committee))
    assert (
        "Burglary in the MPS: printed +0.5%, computed -2.4%: a difference of -2.9 percentage "
        "points. They do not agree." in said
    )
    assert (
        "Homicide in the MPS: printed -29%, computed -29.5%. They agree if the computed figure is "
        "cut" in said
    )


def test_a_borough_without_a_recorded_choice_says_so_and_shows_the_line_to_fill_in():
    said = plain(words.choice(build_report("borough-priorities", "2018-q4", "sutton")))
    assert "No choice of priority crimes is on record for Sutton in 2018/19." in said
    assert "data/registers/local-priorities.csv" in said
    assert "Sutton,2018/19," in said


def test_a_borough_without_a_choice_leads_with_the_crimes_furthest_from_london():
    report = build_report("borough-priorities", "2018-q4", "sutton")
    gaps = {m: abs(report.number(m, "gap_points").value) for m in report.measures if m != "mopac7"}
    first, second = sorted(gaps, key=gaps.get, reverse=True)[:2]
    named = re.findall(r"<strong>(.+?) in Sutton</strong>", words.headlines(report).html)
    assert named[:2] == [catalogue()[first].name, catalogue()[second].name]


def test_what_croydon_chose_is_named_with_its_source_and_not_computed_where_it_cannot_be(croydon):
    said = plain(words.choice(croydon))
    assert (
        "Burglary (chosen for 2018/19; source: Letter of 3 May 2019; confidence in the source: "
        "high)." in said
    )
    assert "not computed, because the open data does not hold it. The document prints -7.7%" in said


def test_the_page_names_what_the_mps_takes_in(croydon):
    assert (
        "MPS here is the sum of the file's 33 areas: 32 boroughs and London Heathrow and London "
        "City Airports." in plain(words.methods(croydon))
    )


def test_police_recorded_crime_is_said_not_to_be_accredited(committee):
    assert "not accredited official statistics" in plain(words.methods(committee))


@pytest.mark.parametrize("hostile", ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>"])
def test_markup_in_an_editions_text_shows_as_text(hostile):
    html = markdown(f"before {hostile} after [x](javascript:alert(1))")
    assert "<script" not in html
    assert "<img" not in html
    assert "javascript:" not in re.sub(r">[^<]*<", "><", html)
    assert "&lt;" in html


def test_a_measure_that_is_not_shown_is_named_with_the_reason(croydon, committee):
    assert plain(charts.trend(croydon, "homicide")) == (
        "Homicide: not among the measures of this edition, so not shown."
    )
    lacking = dataclasses.replace(committee, measures=("tno",), missing_measures=("homicide",))
    assert plain(charts.trend(lacking, "homicide")) == (
        "Homicide: not in the files that this page was made from, so not shown."
    )


def test_a_charts_description_names_measure_period_and_finding(committee):
    description = charts.trend(committee, "burglary").description
    assert description.startswith("Line chart of burglary by month. September 2011 to August 2012")
    assert "94,111 in all, down from 96,464 the year before (-2.4%)" in description
    assert "of September 2010 to August 2012 vary around a mean of 7,823" in description
    assert "between limits of 6,383 and 9,263. No month stands out." in description
    assert "Highest in November 2010 (8,911), lowest in July 2012 (6,906)." in description
