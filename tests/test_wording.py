"""The wording rules of the field, held on sentences that are generated from random counts."""

import dataclasses
import html
import re
from types import MappingProxyType

import pytest
from files import london, read
from hypothesis import given, settings
from hypothesis import strategies as st
from scrutiny import build_report, words
from scrutiny.measures import Figures, compare, printing
from scrutiny.periods import Window, month
from scrutiny.sources.inputs import Inputs
from scrutiny.words.listing import key_messages, level_sentence
from scrutiny.words.sentence import change_sentence

NOW = Window("12m", month("2018-12"), month("2018-12"))
BEFORE = Window("12m", month("2018-11"), month("2018-11"))
CAUSES = re.compile(r"\b(because|due to|thanks to|caused?|led to|as a result)\b")
UNDER = {
    "burglary": ("Burglary", "Burglary - Residential"),
    "robbery": ("Robbery", "Personal Property"),
}
ALWAYS = ("Drugs", "Other Drugs")  # so that neither month looks empty or cut


def plain(markup):
    """Markup as text."""
    return html.unescape(re.sub(r"<[^>]+>", "", markup))


@pytest.fixture(scope="module")
def report():
    return build_report("committee-monthly", "2012-10")


@pytest.fixture(scope="module")
def sentence_of(report, tmp_path_factory):
    """A function from two counts to the sentence about them, made as a page makes it."""
    folder = tmp_path_factory.mktemp("counts")

    def said(measure, before, now):
        table = london(
            ["201811", "201812"], {UNDER[measure]: [before, now], ALWAYS: [90_000, 90_000]}
        )
        figures = Figures(Inputs((read(folder, table),)))
        results = compare.change(figures, measure, "Barnet", NOW, BEFORE)
        numbers = MappingProxyType({r.result_id: r for r in results})
        page = dataclasses.replace(report, numbers=numbers)
        return plain(change_sentence(page, measure, "Barnet")), results

    return said


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(UNDER)), st.integers(0, 3_000), st.integers(0, 3_000))
def test_a_change_of_counts_is_worded_by_the_rules(sentence_of, measure, before, now):
    said, (count, earlier, change, p) = sentence_of(measure, before, now)
    # Counts first, then the per cent; the comparator named by its months.
    assert said.index(f"{count.printed} offences") < said.find("%") or "%" not in said
    assert "September 2011 to August 2012" in said
    assert "September 2010 to August 2011" in said
    # A count changes by per cent and never by points; from nothing there is no per cent.
    assert "percentage point" not in said
    if before == 0:
        assert "%" not in said
        assert "so no percentage is given" in said
    else:
        assert change.printed in said
        assert earlier.printed in said
    # Direction is arithmetic: the judgement is not in its words.
    way = "up from" if now > before else "down from"
    if before and change.printed[0] in "+-":
        assert way in said
    assert not re.search(r"\b(better|worse|improve|deteriorat)", said)
    # Chance in words, on the side on which the test puts it.
    explained = "Chance alone could explain" in said
    assert explained == (p.value >= 0.05)
    assert explained or "more than chance alone would explain" in said
    assert not CAUSES.search(said)


@settings(max_examples=60, deadline=None)
@given(st.floats(0, 100), st.floats(-60, 60))
def test_a_share_changes_by_points_and_never_by_per_cent(report, share, moved):
    rates = [s for s in report.listing.summaries if s.measure == "stop-and-search-arrest-rate"]
    (found,) = rates
    year = dataclasses.replace(found.year, value=share, printed=printing.share(share))
    change = dataclasses.replace(found.change, value=moved, printed=printing.points(moved))
    said = plain(level_sentence(dataclasses.replace(found, year=year, change=change)))
    assert said.count("%") == 1
    assert ("percentage points" in said) == (change.printed[0] in "+-")
    assert not CAUSES.search(said)


@pytest.mark.parametrize("part", ["", "mopac-challenge", "catalogue-violence", "catalogue-opinion"])
def test_key_messages_of_every_kind_of_page_name_no_cause(part):
    page = build_report("committee-monthly", "2012-10", part=part)
    said = plain(words.headlines(page).html)
    assert not CAUSES.search(said)
    assert not re.search(r"\bbest|worst\b", said)


def test_a_target_and_the_illustrative_line_are_never_mixed():
    page = build_report("committee-monthly", "2012-10", part="mopac-challenge")
    for sentence in plain(words.headlines(page).html).split("\n"):
        assert "target" not in sentence.replace("illustrative; not an adopted target", "")


def test_an_absent_item_is_said_to_be_absent_with_its_reason():
    page = build_report("committee-monthly", "2012-10", part="catalogue-calls-behaviour")
    said = [plain(sentence) for sentence in key_messages(page)]
    assert any(
        s.startswith("Substance Misuse: not in open data. The Datastore workbook") for s in said
    )
