"""The tracker's strips: every entry of the register a mark, every judgement a letter and a word."""

import dataclasses
import re

import pytest
from drawings import contrast, letters, texts
from scrutiny import build_report, charts
from scrutiny.charts.strip import MARKS
from scrutiny.registers import AcceptanceRag


@pytest.fixture(scope="module")
def tracker():
    return build_report("recommendation-tracker", "2013-06")


@pytest.fixture(scope="module")
def strips(tracker):
    return charts.history(tracker)


def test_letters_on_marks_can_be_read(strips):
    grounds = {letter: colour for _, _, colour, _, letter in MARKS.values() if letter}
    inks = {text: look["fill"] for text, look in letters(strips) if text in grounds}
    assert min(contrast(colour, "white") for _, _, colour, *_ in MARKS.values()) >= 3
    assert set(inks) == {"G", "A"}
    assert min(contrast(grounds[letter], ink) for letter, ink in inks.items()) >= 4.5
    assert contrast(grounds["R"], "white") >= 4.5


def test_each_judgement_is_a_letter_and_a_word_in_the_table(strips):
    drawn = texts(strips)
    assert (drawn.count("G"), drawn.count("A"), drawn.count("R")) == (7, 12, 0)
    judged = [re.findall(r"\b(?:GREEN|AMBER|RED)\b", row[3]) for row in strips.table.rows]
    assert [words for words in judged if len(words) != 1] == []


def test_every_entry_of_the_register_up_to_the_month_is_a_mark(tracker, strips):
    data = strips.data
    entries = [
        entry
        for entry in tracker.registers.recommendation_history
        if entry.reference in {r.recommendation.reference for r in tracker.recommended}
        and entry.date[:7] <= "2013-06"
    ]
    assert len(data) == len(entries)
    assert sorted(data["date"]) == sorted(entry.date for entry in entries)


def test_the_history_says_when_and_by_whom_each_was_answered(strips):
    rows = strips.table.rows
    assert rows[0][:3] == (
        "Recommendation 1: Targets and data",
        "March 2013",
        "25 March 2013 (Mayor of London)",
    )
    assert rows[0][3].startswith("June 2013: ")
    assert rows[7][2] == "answered; the day is not on record"


def test_a_recommendation_judged_twice_is_named_with_its_way(tracker):
    first, *others = tracker.recommended
    again = first.judged.model_copy(update={"date": "2013-05", "rag": AcceptanceRag.RED})
    moved = dataclasses.replace(first, history=(*first.history[:-1], again, first.history[-1]))
    figure = charts.history(dataclasses.replace(tracker, recommended=(moved, *others)))
    assert "Judged more than once: 1 (red, then amber)." in figure.description
    (ink,) = {look["fill"] for text, look in letters(figure) if text == "R"}
    assert ink == "white"


def test_the_history_says_how_many_stand_at_each_colour(strips):
    assert strips.description == (
        "Strip chart, March 2013 to June 2013: a mark where each was asked, answered and judged, "
        "and where an answer was delivered or monitoring ended. Of 19 at the end 7 green, 12 "
        "amber, 0 red and 0 not judged. None has been judged more than once."
    )


def test_text_in_the_strips_is_large_and_dark_enough(strips):
    for _, look in letters(strips):
        assert float(look["font-size"].removesuffix("px")) >= 12
        assert look["fill"] in {"#12436D", "#801650", "#3D3D3D", "black", "white"}
