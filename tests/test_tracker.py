"""The tracker: what was asked, what came of it, what moved, what is late, what comes next."""

import csv
import importlib.util
import re
import shutil

import pytest
from scrutiny import build_report, charts, tables, words
from scrutiny.errors import UnknownPlace
from scrutiny.project import Project
from scrutiny.report import parts

TRACKER = "recommendation-tracker"
STATUSES = {
    1: "AMBER", 2: "GREEN", 3: "GREEN", 4: "GREEN", 5: "AMBER", 6: "AMBER", 7: "AMBER",
    8: "GREEN", 9: "AMBER", 10: "GREEN", 11: "AMBER", 12: "AMBER", 13: "AMBER", 14: "AMBER",
    15: "GREEN", 16: "GREEN", 17: "AMBER", 18: "AMBER", 19: "AMBER",
}  # fmt: skip
CELLS = (
    words.headlines, words.impacts, words.introduction, words.rule, tables.statuses, tables.themes,
    tables.overdue, tables.owners, tables.recommendations, tables.timeline, charts.history,
    tables.movements, tables.promises, tables.ahead, tables.ages, tables.actions,
)  # fmt: skip
LARGEST_PAGE, AROUND_THE_CELLS = 150_000, 20_000


def tracker(edition, part="", project=None):
    return build_report(TRACKER, edition, part=part, project=project)


def page(report):
    """What the cells of the notebook show."""
    return "".join(cell(report)._repr_html_() for cell in CELLS)


def plain(html):
    """The text of markup, with single spaces."""
    return " ".join(re.sub("<[^>]+>", " ", html).split())


def rows(table):
    """A table's rows as text."""
    return [tuple(plain(_printed(cell)) for cell in row) for row in table.rows]


def _printed(cell):
    return cell if isinstance(cell, str) else cell.printed


def with_entries(root, folder, *entries):
    """The project with registers of its own, to which entries of history are added."""
    shutil.copytree(root / "data" / "registers", folder / "data" / "registers")
    with (folder / "data/registers/recommendation-history.csv").open("r+", newline="") as file:
        columns = next(csv.reader(file))
        file.seek(0, 2)
        writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
        source = {"document": "recommendation-tracker-2013", "locator": "L1"}
        for number, entry in enumerate(entries):
            own = {"entry": f"added#{number}", "wording": "paraphrase", **source}
            writer.writerow({**own, **entry})
    return Project(root=folder, params=folder / "params")


def edition(project, root, name, origin="Committee's response on the draft Police and Crime Plan"):
    """An edition of a month in the project's own params."""
    folder = project.params / TRACKER / name
    folder.mkdir(parents=True)
    (folder / "edition.yml").write_text(
        f"title: A tracker\ndata_to: {name}\ndocument: recommendation-tracker-2013\n"
        f'origin: "{origin}"\nhearings: committee-qa-2012-10-25\n'
    )
    return name


def test_the_19_recommendations_have_the_status_of_the_document():
    html = tables.recommendations(tracker("2013-06"))._repr_html_()
    found = re.findall(r'<th scope="row">(.*?)</tr>', html, re.DOTALL)
    assert {int(plain(row).split(".")[0]): re.findall("GREEN|AMBER|RED", row) for row in found} == {
        number: [status] for number, status in STATUSES.items()
    }


def test_no_sentence_of_the_document_is_on_a_page(real_data):
    path = real_data.parent / "reference" / "2013-recommendation-rag-tracker.txt"
    if not path.is_file():
        pytest.skip("the document is not beside the project")
    document = plain(path.read_text("utf-8"))
    sentences = [s.strip() for s in re.split(r"[.;:]\s", document) if len(s.split()) > 5]
    shown = "".join(page(tracker(e)) for e in ("2013-03", "2013-06"))
    shown += "".join(page(tracker("2013-06", str(n))) for n in STATUSES)
    title = "Impact of the Police and Crime Committee's consultation response"
    assert [s for s in sentences if s in plain(shown) and s not in title] == []
    assert len(sentences) > 100


def test_as_submitted_all_19_are_open():
    report = tracker("2013-03")
    counted = {r.recommendation.number: r.rag for r in report.recommended}
    assert (len(counted), set(counted.values())) == (19, {None})
    assert report.number("recommendations-open", "count", "day").printed == "19"
    assert not report.has("recommendations-open", "change", "day")
    assert "nothing on record yet" in words.impacts(report).html


def test_the_counts_say_what_changed_since_march():
    report = tracker("2013-06")
    changes = {
        colour: report.number(f"recommendations-{colour}", "change", "day").printed
        for colour in ("green", "amber", "red", "open")
    }
    assert changes == {"green": "+7", "amber": "+12", "red": "0", "open": "-19"}
    assert len(tables.movements(report).rows) == 19


def test_the_four_of_2019_were_answered_and_are_not_judged():
    report = tracker("2019-05")
    assert [(r.recommendation.asked_on, r.history[-1].date, r.rag) for r in report.recommended] == [
        ("2019-03-19", "2019-05-03", None)
    ] * 4
    assert report.tracker.before is None


def test_each_notable_impact_leads_to_its_recommendations():
    html = words.impacts(tracker("2013-06")).html
    assert html.count("<li>") == 9
    assert html.count('href="#recommendation-18"') == 2
    assert "have regard" in words.headlines(tracker("2013-06")).html


def test_asked_for_march_and_offered_for_june_is_shown_as_such():
    assert ("Recommendation 1: Targets and data", "end of March each year", "June each year") in [
        row[:3] for row in rows(tables.promises(tracker("2013-06")))
    ]


def test_sub_parts_stand_in_the_row_of_their_recommendation():
    html = tables.recommendations(tracker("2013-06"))._repr_html_()
    (row,) = re.findall(r'<th scope="row"><span id="recommendation-6">.*?</th>', html, re.DOTALL)
    assert re.findall(r"<li><strong>(\w+)</strong>", row) == ["6a", "6b", "6c"]


def test_a_promised_date_that_has_passed_is_overdue_with_its_days(root, tmp_path):
    project = with_entries(root, tmp_path)
    report = tracker(edition(project, root, "2014-06"), project=project)
    assert [(row[0], row[2], row[3]) for row in rows(tables.overdue(report))] == [
        ("Recommendation 16: Workforce and supervision", "31 August 2013", "303"),
        ("Recommendation 2: Targets and data", "30 September 2013", "273"),
        ("Recommendation 8: Neighbourhood policing", "31 March 2014", "91"),
    ]
    assert rows(tables.owners(report))[0] == ("MOPAC", "18", "3", "303")
    assert tracker("2013-06").number("recommendations-overdue", "count", "day").printed == "0"


def test_what_was_delivered_or_closed_is_not_overdue(root, tmp_path):
    delivered = {"reference": "2013-plan-2", "date": "2013-10-04", "event": "delivered"}
    closed = {
        "reference": "2013-plan-8", "date": "2014-04", "event": "closed", "decision": "Minute 9",
    }  # fmt: skip
    project = with_entries(root, tmp_path, delivered, closed)
    report = tracker(edition(project, root, "2014-06"), project=project)
    assert [row[0] for row in rows(tables.overdue(report))] == [
        "Recommendation 16: Workforce and supervision"
    ]
    assert report.number("recommendations-followed", "count", "day").printed == "18"
    assert "ended April 2014 by Minute 9" in tables.recommendations(report)._repr_html_()


def test_a_later_offer_takes_the_place_of_the_first(root, tmp_path):
    later = {
        "reference": "2013-plan-8", "date": "2014-04", "event": "answered",
        "offered_for": "September 2014", "offered_by": "2014-09",
    }  # fmt: skip
    project = with_entries(root, tmp_path, later)
    report = tracker(edition(project, root, "2014-06"), project=project)
    assert "Recommendation 8: Neighbourhood policing" not in [
        row[0] for row in rows(tables.overdue(report))
    ]


def test_what_is_still_followed_is_counted_by_age():
    assert rows(tables.ages(tracker("2013-06"))) == [
        ("up to 3 months ago", "19", "7", "12", "0", "0"),
        ("4 to 6 months ago", "0", "0", "0", "0", "0"),
        ("7 to 12 months ago", "0", "0", "0", "0", "0"),
        ("over a year, up to two ago", "0", "0", "0", "0", "0"),
        ("over two years ago", "0", "0", "0", "0", "0"),
    ]


def test_what_comes_next_is_in_order_of_the_first_day_that_its_date_can_mean():
    table = tables.ahead(tracker("2013-06"))
    assert "by the first day that a date can mean" in table.caption
    assert [row[:2] for row in rows(table)] == [
        ("Recommendation 1: Targets and data", "June each year"),
        ("Recommendation 17: Engagement", "June 2013"),
        ("Recommendation 16: Workforce and supervision", "summer 2013"),
        ("Recommendation 2: Targets and data", "end of September 2013"),
        ("Recommendation 15: Engagement", "autumn 2013"),
        ("Recommendation 8: Neighbourhood policing", "March 2014"),
        ("Recommendation 5: Neighbourhood policing", "before neighbourhood policing changes"),
        ("Recommendation 12: Estate and front counters", "before any front counter closes"),
    ]


def test_what_is_not_judged_as_overdue_is_counted_beside_what_is():
    said = {e: plain(words.headlines(tracker(e)).html) for e in ("2013-06", "2019-05")}
    assert (
        "Of the dates offered or asked that can be judged, none has passed. 3 other dates name no "
        "day, month or season of one year (such as June each year), so whether they have passed is "
        "not judged."
    ) in said["2013-06"]
    assert (
        "1 other date names no day, month or season of one year (over the coming months)"
        in said["2019-05"]
    )


def test_an_answer_that_the_judgement_alone_tells_of_has_no_day_on_record():
    table = charts.history(tracker("2013-06")).table
    answered = {row[0].split(":")[0]: row[2] for row in rows(table)}
    undated = [name for name, said in answered.items() if "the day is not on record" in said]
    assert undated == [f"Recommendation {number}" for number in (8, 9, 11, 12)]
    assert "no answer on record" not in answered.values()


def test_the_seven_actions_of_the_hearing_are_open():
    report = tracker("2013-06")
    found = rows(tables.actions(report))
    assert len(found) == 7
    assert {(row[4], row[5]) for row in found} == {("○ NOT DONE", "not on record")}
    assert report.number("actions-open", "count", "day").printed == "7"


def test_an_action_is_closed_by_a_document_from_its_day_on(root, tmp_path):
    project = with_entries(root, tmp_path)
    path = project.registers / "actions.csv"
    closing = ",2013-05-14,recommendation-tracker-2013,L9,committee-qa-2012-10-25,L30,"
    path.write_text(path.read_text().replace(",,,,committee-qa-2012-10-25,L30,", closing, 1))
    (project.params / TRACKER).mkdir(parents=True)
    before, after = (edition(project, root, name) for name in ("2013-04", "2013-06"))
    states = [rows(tables.actions(tracker(e, project=project)))[0][4] for e in (before, after)]
    assert states == ["○ NOT DONE", "● DONE 14 May 2013"]


def test_a_recommendation_has_a_page_for_a_hearing_with_its_evidence():
    report = tracker("2013-06", "7")
    assert report.title.endswith(": recommendation 7")
    assert [row[:2] for row in rows(tables.timeline(report))] == [
        ("March 2013", "asked"),
        ("May 2013", "answered by the Deputy Mayor for Policing and Crime"),
        ("June 2013", "◆ AMBER by the Police and Crime Committee"),
    ]
    assert all("L32 (paraphrase)" in row[3] for row in rows(tables.timeline(report)))
    assert set(report.results["result_id"]) == {"recommendations.mps.age_months.day.7"}


def test_a_page_about_one_recommendation_begins_with_its_text_and_spells_out_short_names():
    said = plain(words.headlines(tracker("2013-06", "7")).html)
    assert said.startswith("Recommendation 7 : Reconsider the planned cut in PCSOs")
    assert said.count("MPS: the Metropolitan Police Service.") == 1
    assert "PCSO: a police community support officer." in said
    assert "HMIC" not in said


def test_a_part_that_is_no_recommendation_is_refused_by_name():
    with pytest.raises(UnknownPlace, match="has no part '20'"):
        tracker("2013-06", "20")


@pytest.fixture(scope="module")
def long_list(root, tmp_path_factory):
    """A project whose tracker has 5,000 recommendations with ten years of history."""
    path = root / "bench" / "large_register.py"
    spec = importlib.util.spec_from_file_location("large_register", path)
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    folder = made.project(tmp_path_factory.mktemp("long"), 5000)
    return Project(root=folder, params=folder / "params")


def test_5000_recommendations_are_a_summary_and_pages_within_their_weight(long_list):
    built, on_demand = parts(long_list, TRACKER, "2023-06")
    assert len(built) < 250
    assert re.fullmatch(r"1-to-\d\d", built[0])
    assert built[-1].endswith("-to-5000")
    assert len(on_demand) == 5000
    main = tracker("2023-06", project=long_list)
    assert main.number("recommendations", "count", "day").printed == "5,000"
    assert len(page(main).encode()) < LARGEST_PAGE - AROUND_THE_CELLS
    assert len(tables.overdue(main).rows) == 25


def test_a_page_of_a_long_list_has_its_own_rows_and_its_weight(long_list):
    name = parts(long_list, TRACKER, "2023-06")[0][1]
    first, last = map(int, name.split("-to-"))
    html = page(tracker("2023-06", name, long_list))
    shown = [int(number) for number in re.findall(r'id="recommendation-(\d+)"', html)]
    assert sorted(shown) == list(range(first, last + 1))
    assert LARGEST_PAGE / 2 < len(html.encode()) < LARGEST_PAGE - AROUND_THE_CELLS
    assert tracker("2023-06", "4321", long_list).title.endswith("recommendation 4321")
