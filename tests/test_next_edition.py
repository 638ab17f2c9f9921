"""The next edition from the last one; and what changed between two, number by number."""

import json
import shutil

import pytest
from scrutiny import build_report, edition, words
from scrutiny.edition import Target
from scrutiny.edition.new import new
from scrutiny.errors import WrongOption
from scrutiny.measures import Result
from scrutiny.measures.results import to_csv
from scrutiny.project import open_project
from scrutiny.publish.compare import compare, sentences
from scrutiny.registers import CycleMeeting
from scrutiny.registers import load as load_registers


@pytest.fixture
def params(root, tmp_path):
    return shutil.copytree(root / "params", tmp_path / "params")


@pytest.mark.parametrize(
    ("report", "name", "fields"),
    [
        ("recommendation-tracker", "2013-09", {"data_to": "2013-09", "status": "draft"}),
        (
            "committee-monthly", "2012-12",
            {"meeting": "2012-12-27", "data_to": "2012-10", "status": "draft"},
        ),
        ("borough-priorities", "2019-q1", {"data_to": "2019-03", "files": "()", "vintage": "()"}),
    ],
)  # fmt: skip
def test_the_next_edition_has_its_dates_moved_and_can_be_loaded(params, report, name, fields):
    made = new(params, report, name)
    settings = edition.load(params, report, name).settings
    assert {field: str(getattr(settings, field)) for field in fields} == fields
    assert made.to_do


def test_the_days_and_a_declared_pair_move_by_the_same_months(params):
    new(params, "committee-monthly", "2012-11")
    days = edition.load(params, "committee-monthly", "2012-11").settings.reporting_period
    assert (str(days.first), str(days.last)) == ("2012-10-08", "2012-11-07")
    written = params / "borough-priorities" / "2018-q4" / "edition.yml"
    pair = "compare:\n  period: 2018-10..2018-12\n  comparator: 2016-10..2016-12\n"
    written.write_text(f"{written.read_text()}".replace("compare: quarter\n", "") + pair)
    new(params, "borough-priorities", "2019-q2")
    loaded = edition.load(params, "borough-priorities", "2019-q2")
    assert (str(loaded.now), str(loaded.before)) == ("2019-04..2019-06", "2017-04..2017-06")


def test_the_calendar_fixes_the_dates_and_what_it_lacks_is_moved(params, root):
    calendar = load_registers(root / "data" / "registers").calendar
    made = new(params, "committee-monthly", "2012-11", calendar)
    settings = edition.load(params, "committee-monthly", "2012-11").settings
    days = settings.reporting_period
    assert (str(settings.meeting), str(settings.data_to)) == ("2012-11-29", "2012-09")
    assert (str(days.first), str(days.last)) == ("2012-10-08", "2012-11-07")
    assert "paper due: no day in calendar.csv" in made.to_do


def test_a_whole_row_of_the_calendar_is_taken_as_it_stands(params):
    row = CycleMeeting(
        report="committee-monthly", edition="2012-11", meeting="2012-11-29", venue="Room 1, 2pm",
        paper_due="2012-11-21", reporting_from="2012-10-09", reporting_to="2012-11-13",
        data_to="2012-10", next_meeting="2012-12-20", document="d", locator="L1", note=None,
    )  # fmt: skip
    made = new(params, "committee-monthly", "2012-11", [row])
    settings = edition.load(params, "committee-monthly", "2012-11").settings
    assert (settings.venue, str(settings.data_to)) == ("Room 1, 2pm", "2012-10")
    assert str(settings.reporting_period.first) == "2012-10-09"
    assert str(settings.next_edition) == "2012-12-20"
    assert "paper due: 2012-11-21" in made.to_do


def test_the_command_says_which_files_it_found(params, scrutiny):
    made = scrutiny("new", "committee-monthly", "2012-11", "--params", params)
    assert made.returncode == 0, made.stderr
    assert "meeting: 2012-11-29, from calendar.csv" in made.stdout
    assert "files that reach 2012-09: " in made.stdout
    assert "datastore-workbook/2015-11" in made.stdout


def test_texts_are_carried_over_and_say_so_once(params):
    new(params, "recommendation-tracker", "2013-09")
    new(params, "recommendation-tracker", "2013-12")
    texts = edition.load(params, "recommendation-tracker", "2013-12").texts
    assert {text.splitlines()[0] for text in texts.values()} == {
        "*Draft, carried over from 2013-09: read it, correct it, then delete this line.*"
    }
    assert texts["rule"].count("carried over") == 1


def test_a_text_among_the_key_messages_says_that_it_is_carried_over(params):
    new(params, "recommendation-tracker", "2013-09")
    report = build_report("recommendation-tracker", "2013-09", project=open_project(params))
    said = words.headlines(report).html
    assert "<em>Draft, carried over from 2013-06: read it, correct it, then delete" in said
    assert "*Draft" not in said


@pytest.mark.parametrize(
    ("report", "name", "said"),
    [
        ("recommendation-tracker", "2013-06", "exists already"),
        ("recommendation-tracker", "2013-q3", "names no edition"),
        ("recommendation-tracker", "2012-01", "comes before 2012-01"),
        ("borough-priorities", "fy2019-20", "named by a financial year"),
    ],
)
def test_an_edition_that_cannot_be_made_is_refused_and_nothing_is_there(params, report, name, said):
    before = sorted(params.rglob("*"))
    with pytest.raises(WrongOption, match=said):
        new(params, report, name)
    assert sorted(params.rglob("*")) == before


def written(folder, *numbers):
    """A built page with so many results: name, value, printed."""
    folder.mkdir(parents=True)
    made = [
        Result(name, "tno", "MPS", "force", "2013-06", "", "count", value, "", printed=shown)
        for name, value, shown in numbers
    ]
    (folder / "results.csv").write_text(to_csv(made))


def test_a_comparison_has_what_changed_what_came_and_what_went(tmp_path):
    written(tmp_path / "a/1", ("kept", 5.0, "5"), ("moved", 7.0, "7"), ("gone", 1.0, "1"))
    written(tmp_path / "a/2", ("kept", 5.0, "5"), ("moved", 9.5, "9.5"), ("new", None, "n/a"))
    found = compare(tmp_path, Target("a", "1"), Target("a", "2"))
    (moved,), (new_one,), (gone,) = found["changed"], found["added"], found["dropped"]
    assert (moved["result_id"], moved["before"]["printed"], moved["after"]["printed"]) == (
        "moved", "7", "9.5",
    )  # fmt: skip
    assert (moved["change"], found["same"]) == (2.5, 1)
    assert (new_one["result_id"], new_one["value"]) == ("new", None)
    assert (gone["result_id"], gone["value"]) == ("gone", 1.0)
    assert sentences(found)[0] == "a/1 to a/2: 1 numbers changed, 1 added, 1 dropped, 1 the same"


def test_compare_prints_for_programs_and_refuses_what_is_not_built(scrutiny, tmp_path):
    earlier, later = (f"recommendation-tracker/{name}" for name in ("2013-03", "2013-06"))
    asked = ("compare", earlier, later, "--json", "--out", tmp_path)
    refused = scrutiny(*asked)
    assert (refused.returncode, refused.stderr) == (
        2, f"scrutiny: {earlier} is not built here; run scrutiny build {earlier}\n",
    )  # fmt: skip
    written(tmp_path / earlier, ("tno.mps.count.12m", 1.0, "1"))
    written(tmp_path / later, ("tno.mps.count.12m", 2.0, "2"))
    found = json.loads(scrutiny(*asked).stdout)
    assert [number["change"] for number in found["changed"]] == [1.0]
