"""The partners' scorecard: monthly and weekly, what left it and why, and what may not be told."""

import datetime as dt
import shutil

import pytest
from scrutiny import build_report, places, tables, words
from scrutiny.edition import Target
from scrutiny.errors import FaultyEdition
from scrutiny.project import Project, open_project
from scrutiny.publish.pages import pages_of
from scrutiny.registers import load
from test_words import plain

SCORECARD = "partner-scorecard"


def text(table):
    """A table's rows, each as the text of its cells."""
    rows = table._repr_html_().split("<tr>")[1:]
    return [plain(row.replace("</td>", " </td>").replace("</th>", " </th>")) for row in rows]


@pytest.fixture
def params(root, tmp_path):
    """The shipped edition in a folder of its own."""
    folder = tmp_path / "params"
    shutil.copytree(root / "params" / SCORECARD, folder / SCORECARD)
    return folder


def edition(params, name, *changes):
    """Write an edition like the shipped one, with parts of its text changed."""
    folder = params / SCORECARD / name
    shutil.copytree(params / SCORECARD / "2025-11", folder, dirs_exist_ok=True)
    written = (folder / "edition.yml").read_text("utf-8")
    for old, new in changes:
        assert old in written
        written = written.replace(old, new)
    (folder / "edition.yml").write_text(written, "utf-8")


def test_london_and_each_borough_have_a_scorecard():
    parts = pages_of(open_project(), Target(SCORECARD, "2025-11"))
    assert (len(parts), parts[0], parts[1]) == (33, "", "barking-and-dagenham")


def test_an_indicator_has_its_month_three_months_and_year_so_far_with_the_change_of_each():
    report = build_report(SCORECARD, "2025-11", "croydon")
    (robbery,) = [row for row in text(tables.scorecard(report)) if row.startswith("Property: rob")]
    assert robbery == "Property: robbery 79 -26.2% 267 -16.3% 763 -11.8% -7.2% ▼ down, better"
    changed = report.number("robbery", "change_percent", "ytd")
    assert (changed.period, changed.comparator) == ("2025-04..2025-11", "2024-04..2024-11")
    assert (changed.numerator, changed.denominator) == (763, 865)


def test_what_no_open_file_has_is_a_row_that_says_so():
    report = build_report(SCORECARD, "2025-11", "croydon")
    (row,) = [r for r in text(tables.scorecard(report)) if "injured on the road" in r]
    assert row.endswith("not held not held not held not held not held not held not held "
                        "– in no open file")  # fmt: skip


def test_a_month_beyond_its_limits_is_told_first_and_a_rare_count_has_none():
    report = build_report(SCORECARD, "2025-11", "croydon")
    assert plain(words.headlines(report)).startswith(
        "Unusual in Croydon in November 2025: violence with injury (below the lower limit, better)"
    )
    (homicide,) = [r for r in text(tables.usual(report)) if r.startswith("Homicide")]
    assert homicide.startswith("Homicide 0 none none none – too few for limits")


def test_the_departure_of_serious_youth_violence_is_printed_with_decision_reason_and_replacement():
    said = " ".join(text(tables.departures(build_report(SCORECARD, "2025-11"))))
    for part in (
        "Serious youth violence September 2012",
        "(Metropolitan Police Service)",
        "replace the older reports to partners",
        "&quot;Gang nominals&quot;, people whom the police name as gang members: those in custody, "
        "and those under judicial restrictions",
        "20-20-20 (Supplementary) [1], L36-L44",
    ):
        assert part in said


def test_only_a_departure_within_the_months_of_the_edition_is_a_key_message(params, root):
    indicators = params / SCORECARD / "2025-11" / "edition.yml"
    written = indicators.read_text("utf-8")
    crimes = "{property: [robbery, burglary]}"
    first, last = written.index("indicators:"), written.index("status:")
    older = f"{written[:first]}indicators: {crimes}\n{written[last:]}".replace("2025-11", "2012-09")
    (params / SCORECARD / "2012-09").mkdir()
    (params / SCORECARD / "2012-09" / "edition.yml").write_text(
        older.replace("borough-24-months/2012-09", "datastore-workbook/2015-11"), "utf-8"
    )
    old = plain(words.headlines(build_report(SCORECARD, "2012-09", project=Project(root, params))))
    assert "Serious youth violence left the scorecard in September 2012. In its place: " in old
    assert "left the scorecard" not in plain(words.headlines(build_report(SCORECARD, "2025-11")))


def test_a_message_says_where_a_shorter_window_points_the_other_way():
    said = plain(words.headlines(build_report(SCORECARD, "2025-11", "haringey")))
    assert (
        "theft from a motor vehicle down (-7.0%, better; but November 2025 up (+55.5%) and "
        "September to November 2025 up (+19.2%))"
    ) in said
    assert said.count("but November 2025") == 1


def test_what_a_signal_means_stands_under_the_messages_that_name_it():
    london, croydon = (
        plain(words.headlines(build_report(SCORECARD, "2025-11", place)))
        for place in ("", "croydon")
    )
    run = (
        "In a run of 7 or more below the mean: one of at least 7 in a row on that side of the mean."
    )
    assert london.count(run) == 1
    assert run not in croydon
    assert "people killed or seriously injured on the road; sanction detection rate, " in london


def test_an_indicator_that_leaves_without_a_record_stops_the_build(params, scrutiny, tmp_path):
    edition(params, "2025-10", ("2025-11", "2025-10"), ("[rape]", "[rape, sexual-offences]"))
    done = scrutiny("build", f"{SCORECARD}/2025-11", "--params", params, "--out", tmp_path / "out")
    assert done.returncode == 2
    assert done.stderr == (
        "scrutiny: partner-scorecard/2025-11/edition.yml: sexual-offences was on "
        "partner-scorecard/2025-10 and is on this scorecard no more; put it back, or record the "
        "decision, the reason and what replaces it in scorecard-changes.csv\n"
    )
    assert not (tmp_path / "out" / SCORECARD).exists()


def test_an_indicator_that_leaves_with_a_record_leaves(params, root):
    edition(params, "2025-10", ("2025-11", "2025-10"), ("[rape]", "[rape, serious-youth-violence]"))
    report = build_report(SCORECARD, "2025-11", project=Project(root, params))
    assert report.alarms == ()


@pytest.mark.parametrize("column", ["decision", "reason", "replacement"])
def test_a_record_without_a_decision_reason_or_replacement_is_refused(root, tmp_path, column):
    folder = tmp_path / "registers"
    shutil.copytree(root / "data" / "registers", folder)
    path = folder / "scorecard-changes.csv"
    header = path.read_text("utf-8").splitlines()[0]
    cells = dict.fromkeys(header.split(","), "x") | {
        "indicator": "gun-crime", "left_on": "2012", "document": "committee-qa-2012-10-25",
        column: "",
    }  # fmt: skip
    path.write_text(f"{header}\n{','.join(cells.values())}\n", "utf-8")
    with pytest.raises(Exception, match=f"row 2, column {column}: empty, and may not be"):
        load(folder)


def test_a_borough_with_fewer_than_5_rapes_in_a_month_is_not_told_how_many(params, root):
    edition(params, "2025-02", ("data_to: 2025-11", "data_to: 2025-02"))
    report = build_report(
        SCORECARD, "2025-02", "richmond-upon-thames", project=Project(root, params)
    )
    kept = [
        r for r in report.numbers.values()
        if r.measure == "rape" and r.area != "MPS" and r.result_id.endswith((".month", "-before"))
        and ".month" in r.result_id
    ]  # fmt: skip
    assert {(r.value, r.printed, r.status) for r in kept} == {(None, "[c]", "suppressed")}
    assert not report.has("rape", "spc_point", "2025-02")


def test_a_borough_alone_with_few_cannot_be_worked_out_from_the_total_and_the_others(params, root):
    edition(params, "2025-02", ("data_to: 2025-11", "data_to: 2025-02"))
    project = Project(root, params)
    left_out = [
        place.name
        for place in places.boroughs()
        for report in [build_report(SCORECARD, "2025-02", place.folder, project=project)]
        if report.number("rape", "count", "month").status == "suppressed"
    ]
    assert left_out == ["Kingston upon Thames", "Richmond upon Thames"]


WEEKLY = """\
title: Scorecard for partners, weekly
data_to: 2012-10-14
indicators:
  violence: [violence-with-injury]
  property: [robbery, burglary]
"""


@pytest.fixture(scope="module")
def weeks(tmp_path_factory):
    """A weekly edition, and a declared file of 60 weeks; robbery is 10 a week but for the last."""
    folder = tmp_path_factory.mktemp("weekly")
    own = folder / "params" / SCORECARD / "2012-10-14"
    own.mkdir(parents=True)
    (own / "edition.yml").write_text(WEEKLY, "utf-8")
    (folder / "data").mkdir()
    last = dt.date(2012, 10, 14)
    rows = ["area,period,measure,value,base,status"]
    for back in range(60):
        sunday = last - dt.timedelta(weeks=back)
        rows += [
            f"{area},{sunday},{measure},{value},,"
            for area in ("Croydon", "MPS")
            for measure, value in (
                ("robbery", 40 if back == 0 else 10 + back % 2),
                ("burglary", 80 + back % 3),
                ("violence-with-injury", 60 + back % 5),
            )
        ]
    (folder / "data" / "weeks.csv").write_text("\n".join([*rows, ""]), "utf-8")
    return folder


def test_the_same_notebook_runs_on_weeks(weeks, scrutiny, tmp_path):
    done = scrutiny(
        "build", f"{SCORECARD}/2012-10-14/croydon",
        "--params", weeks / "params", "--data", weeks / "data", "--out", tmp_path,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    page = tmp_path / SCORECARD / "2012-10-14" / "croydon"
    html = (page / f"{SCORECARD}-2012-10-14-croydon.html").read_text("utf-8")
    assert "week to 14 October 2012, against week to 16 October 2011" in html
    rows = (page / "results.csv").read_text("utf-8").splitlines()
    (four,) = [r for r in rows if r.startswith("robbery.croydon.count.4w,")]
    assert "2012-09-17..2012-10-14,,count,72," in four  # 40, 11, 10 and 11 in four weeks
    (before,) = [r for r in rows if r.startswith("robbery.croydon.count.4w-before,")]
    assert "2011-09-19..2011-10-16,,count,42," in before


def test_a_week_beyond_its_limits_is_told(weeks, root):
    project = Project(root, weeks / "params", (weeks / "data",))
    report = build_report(SCORECARD, "2012-10-14", "croydon", project=project)
    assert "robbery (above the upper limit, worse)" in plain(words.headlines(report))
    assert report.number("robbery", "spc_point", "2012-10-14").unit == "offences per 7 days"


def test_a_weekly_edition_that_is_not_named_by_its_sunday_is_refused(weeks, root, tmp_path):
    own = tmp_path / SCORECARD / "2012-10-13"
    own.mkdir(parents=True)
    (own / "edition.yml").write_text(WEEKLY.replace("10-14", "10-13"), "utf-8")
    with pytest.raises(FaultyEdition, match="'2012-10-13' is not a Sunday"):
        build_report(SCORECARD, "2012-10-13", project=Project(root, tmp_path))
