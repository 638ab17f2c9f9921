"""Letters, commitments, actions and decisions of the monthly report, as they stood on a day."""

import datetime as dt
import re
import shutil

import pytest
from scrutiny import build_report, tables, words
from scrutiny.errors import FaultyRegister
from scrutiny.registers import load
from scrutiny.report.records import records


@pytest.fixture(scope="module")
def books(root):
    return load(root / "data" / "registers")


@pytest.fixture(scope="module")
def page():
    return build_report("committee-monthly", "2012-10", part="registers")


def test_the_letter_of_19_march_2019_was_answered_after_45_days(books):
    kept = records(books, dt.date(2019, 5, 31))
    (letter,) = [each for each in kept.letters if each.letter.kind == "letter"]
    assert (letter.letter.sent_on, letter.letter.answered_on) == (
        dt.date(2019, 3, 19), dt.date(2019, 5, 3),
    )  # fmt: skip
    assert letter.days == 45
    values = {number.result_id: number.value for number in kept.results}
    assert values["response-days.mps.days.day.mgla190319-8293"] == 45


@pytest.mark.parametrize(
    ("day", "known"), [("2012-09-27", 0), ("2012-10-25", 7), ("2012-11-29", 7)]
)
def test_the_seven_actions_of_the_hearing_are_on_record_from_its_day_on(books, day, known):
    assert len(records(books, dt.date.fromisoformat(day)).actions) == known


def test_a_commitment_is_open_then_overdue_unless_a_document_shows_it_done(books):
    def states(day):
        kept = records(books, dt.date.fromisoformat(day))
        return {p.text: p.state for p in kept.promises if p.subject == "Police and Crime Plan"}

    draft = "A first draft of the plan."
    assert states("2012-10-25")[draft] == "open"
    assert states("2012-10-31")[draft] == "open"
    assert states("2012-11-01")[draft] == "overdue"


def test_a_date_that_an_answer_promised_is_shown_with_the_one_that_was_asked_for(books):
    kept = records(books, dt.date(2013, 6, 30))
    moved = {p.subject: (p.moved_from, p.due) for p in kept.promises if p.moved_from}
    assert moved["Recommendation 1 of 2013"] == ("end of March each year", "June each year")


def test_numbers_between_the_decisions_on_record_are_named(page):
    assert page.records.gaps == ("2012 117 to 119", "2012 121 to 127")
    assert "DMPCD 2012 117 to 119, 2012 121 to 127" in tables.decided(page)._repr_html_()


def test_the_page_has_a_row_for_each_and_the_main_page_leaves_them_to_it(page):
    main = build_report("committee-monthly", "2012-10")
    for table, rows in ((tables.commitments, 12), (tables.taken_away, 7), (tables.decided, 4)):
        assert table(page)._repr_html_().count('<th scope="row">') == rows
        assert table(main)._repr_html_() == ""
    assert "12</data> on record" in words.registers(main).html
    assert not re.search(r"registers</code>", words.registers(page).html)


def test_days_of_the_calendar_follow_each_other(root, tmp_path):
    folder = shutil.copytree(root / "data" / "registers", tmp_path / "registers")
    calendar = folder / "calendar.csv"
    calendar.write_text(
        calendar.read_text().replace("2012-09-08,2012-10-07", "2012-10-07,2012-09-08")
    )
    with pytest.raises(FaultyRegister, match="its days are out of order"):
        load(folder)


@pytest.mark.parametrize(
    ("register", "old", "new", "said"),
    [
        (
            "correspondence",
            "2019-05-03,mayors-letter",
            "2019-03-01,mayors-letter",
            "before 2019-03",
        ),
        (
            "correspondence",
            "2019-05-03,mayors-letter-2019-05-03,,",
            "2019-05-03,,,",
            "or by nobody",
        ),
        ("correspondence", "mayors-letter-2019-05-03,,m", "no-such,,m", "is not in documents.csv"),
        ("commitments", "plan-early-draft", "plan-first-draft", "stands twice"),
    ],
)
def test_a_row_that_contradicts_itself_is_refused(root, tmp_path, register, old, new, said):
    folder = shutil.copytree(root / "data" / "registers", tmp_path / "registers")
    path = folder / f"{register}.csv"
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))
    with pytest.raises(FaultyRegister, match=said):
        load(folder)
