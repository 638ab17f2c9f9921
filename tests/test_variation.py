"""A month is set against its measure's own variation, and a year against an illustrative line."""

import calendar
import dataclasses
from dataclasses import dataclass

import pytest
from files import london, read
from scrutiny import build_report, charts
from scrutiny.charts.multiples import NO_SERIES
from scrutiny.measures import Figures
from scrutiny.measures.trajectory import trajectory
from scrutiny.measures.variation import variation
from scrutiny.periods import financial_year_window, month
from scrutiny.sources.inputs import Inputs
from scrutiny.statistics import straight_line

MONTHS = [f"{year}-{number:02d}" for year in (2017, 2018) for number in range(1, 13)]
DAYS = [calendar.monthrange(int(name[:4]), int(name[5:]))[1] for name in MONTHS]


@dataclass(frozen=True)
class Broken:
    """A row of the register of series breaks."""

    month: str
    rule: str = "refuse"
    measures: tuple = ("burglary",)
    areas: tuple = ("*",)
    sources: tuple = ("*",)
    text: str = "Burglary is counted otherwise since."


def barnet(folder, counts, *breaks, last="2018-12"):
    """The variation of burglary in Barnet, with the counts of its latest months."""
    columns = [name.replace("-", "") for name in MONTHS[-len(counts) :]]
    table = london(columns, {("Burglary", "Burglary - Residential"): counts})
    figures = Figures(Inputs((read(folder, table),)), breaks=breaks)
    return variation(figures, "burglary", "Barnet", month(last))


def signals(found):
    """The rules by which months stand out, by month."""
    return {each.name: each.signal.rule for each in found.months if each.signal}


def lines(segment):
    """The numbers of a segment's lines as they are printed."""
    return {name: line.printed for name, line in segment.lines.items()}


def test_months_of_as_much_a_day_are_alike_however_long_they_are(tmp_path):
    found = barnet(tmp_path, [10 * days for days in DAYS])
    assert [each.point.value for each in found.months] == [300.0] * 24
    assert found.months[1].count.value == 280
    assert lines(found.segments[0]) == {
        "spc_upper": "300", "spc_mean": "300", "spc_lower": "300",
    }  # fmt: skip


def test_a_month_beyond_a_limit_stands_out_and_its_result_says_so(tmp_path):
    counts = [(9 + number % 3) * days for number, days in enumerate(DAYS)]
    counts[11] = 20 * DAYS[11]
    found = barnet(tmp_path, counts)
    assert signals(found) == {"2017-12": "outside"}
    marked = found.months[11]
    assert (marked.signal.high, marked.signal.judged) == (True, "worse")
    assert marked.point.note.startswith("Stands out: above the upper limit")
    assert marked.point.result_id == "burglary.barnet.spc_point.2017-12"
    assert (marked.point.numerator, marked.point.denominator) == (620, 31)


def test_the_lines_are_results_of_the_months_that_they_are_made_of(tmp_path):
    (segment,) = barnet(tmp_path, [10 * days for days in DAYS]).segments
    mean = segment.lines["spc_mean"]
    assert (mean.result_id, mean.period) == (
        "burglary.barnet.spc_mean.window", "2017-01..2018-12",
    )  # fmt: skip
    assert mean.unit == "offences per 30 days"


def test_limits_begin_anew_at_a_break_that_forbids_comparisons(tmp_path):
    counts = [*(10 * days for days in DAYS[:15]), *(20 * days for days in DAYS[15:])]
    found = barnet(tmp_path, counts, Broken("2018-04"))
    assert [lines(segment)["spc_mean"] for segment in found.segments] == ["300", "600"]
    assert [segment.trial for segment in found.segments] == [False, True]
    before, after = (segment.lines["spc_mean"] for segment in found.segments)
    assert before.result_id == "burglary.barnet.spc_mean.window.before-2018-04"
    assert after.result_id == "burglary.barnet.spc_mean.window"
    assert after.note == "trial limits: fewer than 13 months"
    assert signals(found) == {}


def test_a_break_that_is_a_footnote_is_marked_and_hides_no_signal(tmp_path):
    counts = [*(10 * days for days in DAYS[:15]), *(20 * days for days in DAYS[15:])]
    found = barnet(tmp_path, counts, Broken("2018-04", rule="footnote"))
    assert [each.month for each in found.breaks] == ["2018-04"]
    assert len(found.segments) == 1
    assert set(signals(found)) == set(MONTHS)


@pytest.mark.parametrize(
    ("months", "limited", "trial"), [(11, False, True), (12, True, True), (13, True, False)]
)
def test_few_months_have_trial_limits_and_fewer_none(tmp_path, months, limited, trial):
    (segment,) = barnet(tmp_path, [10 * days for days in DAYS[-months:]]).segments
    assert (bool(segment.lines), segment.trial) == (limited, trial)


def test_a_limit_below_nought_is_none(tmp_path):
    counts = [number % 2 * days for number, days in enumerate(DAYS)]
    (segment,) = barnet(tmp_path, counts).segments
    lower = segment.lines["spc_lower"]
    assert (lower.value, lower.printed) == (None, "no limit")
    assert lower.note == "no lower limit: it would be below 0"


def test_there_is_no_variation_up_to_a_month_that_the_files_lack(tmp_path):
    assert barnet(tmp_path, [10 * days for days in DAYS], last="2019-01") is None


def test_the_line_falls_by_a_twentieth_of_the_baseline_a_year():
    values = [straight_line(411_033, year, fall=0.2, years=4) for year in range(5)]
    assert [round(value) for value in values] == [411_033, 390_481, 369_930, 349_378, 328_826]
    with pytest.raises(ValueError, match="0 to 4, not 5"):
        straight_line(411_033, 5, fall=0.2, years=4)


@pytest.fixture(scope="module")
def committee():
    return build_report("committee-monthly", "2012-10")


@pytest.fixture(scope="module")
def challenge():
    return build_report("committee-monthly", "2012-10", part="mopac-challenge")


def test_a_month_of_the_line_is_the_baselines_month_less_the_years_part(challenge):
    found = challenge.trajectory
    april = found.months[0]
    assert (april.name, april.baseline.printed) == ("2012-04", "34,717")
    assert april.line.value == pytest.approx(34_717 * 0.95)
    assert sum(point.line.value for point in found.months) == pytest.approx(found.years[0].value)
    assert [point.count is None for point in found.months] == [False] * 5 + [True] * 7
    assert all("not an adopted target" in point.line.note for point in found.months)


def test_the_gap_to_the_line_is_in_points_of_the_same_months_of_the_baseline(challenge):
    found = challenge.trajectory
    now, line, base = (
        each.value for each in (found.to_date.count, found.to_date.line, found.to_date.baseline)
    )
    assert found.gap.value == pytest.approx(100 * (now / base - line / base))
    assert (found.gap.printed, found.gap.unit) == ("-2.4", "percentage points")


@pytest.mark.parametrize("baseline", ["2018/19", "2012/13"])
def test_the_line_has_no_value_in_its_first_year_and_after_its_fourth(tmp_path, baseline):
    table = london([n.replace("-", "") for n in MONTHS], {("Robbery", "Robbery of the Person"): 5})
    figures = Figures(Inputs((read(tmp_path, table),)))
    year = financial_year_window(baseline)
    assert trajectory(figures, "robbery", "MPS", year, month("2018-12")) is None


@pytest.mark.parametrize("measure", ["tno", "violence-with-injury", "mopac7"])
def test_a_trends_table_holds_exactly_what_it_draws(committee, measure):
    figure = charts.trend(committee, measure)
    drawn = figure.data.groupby("series")["value"].apply(list).to_dict()
    rows = [row[2].value for row in figure.table.rows]
    assert rows[:24] == drawn["month"]
    assert rows[24:] == [*drawn["spc_upper"], *drawn["spc_mean"], *drawn["spc_lower"]]


def test_the_small_charts_table_holds_exactly_what_they_draw():
    report = build_report("borough-priorities", "2018-q4", "croydon")
    figure = charts.trends(report)
    columns = [[row[column] for row in figure.table.rows] for column in range(1, 9)]
    shown = [[cell.value for cell in cells if cell != NO_SERIES] for cells in columns]
    drawn = figure.data.groupby("measure", sort=False)["value"].apply(list)
    assert shown == drawn.tolist()


def test_a_boroughs_trend_has_the_months_that_the_files_hold_up_to_36():
    report = build_report("borough-priorities", "2018-q4", "croydon")
    months = {measure: len(found.months) for measure, found in report.varying.items()}
    # The historical file counts burglary otherwise, so nothing of it is joined.
    assert (months["robbery"], months["burglary"]) == (36, 24)


def test_under_twelve_months_are_not_drawn_and_the_page_says_why(tmp_path):
    report = build_report("borough-priorities", "2018-q4", "barnet")
    few = {"burglary": barnet(tmp_path, [10 * days for days in DAYS[-11:]])}
    passage = charts.trends(dataclasses.replace(report, varying=few))
    assert "With under 12 months up to the latest one" in passage.html
    robbery = report.varying["robbery"]
    figure = charts.trends(dataclasses.replace(report, varying=few | {"robbery": robbery}))
    assert [column.heading for column in figure.table.columns] == ["Month", "Robbery"]
    assert any("Left out for that: Burglary." in note for note in figure.table.notes)


def test_lines_that_end_at_a_break_are_in_the_table_too(tmp_path):
    report = build_report("borough-priorities", "2018-q4", "barnet")
    counts = [*(10 * days for days in DAYS[:15]), *(20 * days for days in DAYS[15:])]
    broken = {"burglary": barnet(tmp_path, counts, Broken("2018-04"))}
    report = dataclasses.replace(report, varying=broken)
    for figure in (charts.trends(report), charts.trend(report, "burglary")):
        cells = [(row[0], *row[1:]) for row in figure.table.rows[24:]]
        means = {name: row[-1] for name, *row in cells if name.startswith("Mean")}
        assert len(means) == 2
        drawn = figure.data.loc[figure.data["series"] == "spc_mean", "value"]
        assert {cell.value for cell in means.values()} == set(drawn) == {300, 600}
        assert "Burglary is counted otherwise since." in figure.table.notes


def test_the_charts_of_the_year_draw_what_their_table_holds(challenge):
    figure = charts.target(challenge)
    drawn = figure.data.groupby("series")["value"].apply(list)
    cells = list(zip(*[row[1:] for row in figure.table.rows[:12]], strict=True))
    assert [cell.value for cell in cells[0]] == drawn["baseline"]
    assert [cell.value for cell in cells[1]] == drawn["line"]
    assert [cell.value for cell in cells[2][:5]] == drawn["count"]
    assert set(cells[2][5:]) == {"to come"}


def test_the_line_is_labelled_illustrative_wherever_it_is_said(challenge):
    figure = charts.target(challenge)
    assert "illustrative line" in figure.title
    assert "The line is illustrative; not an adopted target." in figure.description
    assert "The line is illustrative; not an adopted target." in figure.table.notes[0]


def test_an_edition_without_a_line_says_so(committee):
    passage = charts.target(dataclasses.replace(committee, trajectory=None, challenge=None))
    assert "No line is shown" in passage.html


def test_months_too_few_for_limits_are_set_beside_the_year_before(committee):
    figure = charts.trend(dataclasses.replace(committee, varying={}), "burglary")
    assert figure.title == "Burglary by month, Sep 2011 to Aug 2012 and Sep 2010 to Aug 2011"
    drawn = figure.data.pivot_table(index="position", columns="window", values="value")
    shown = [[cell.value for cell in row[1:]] for row in figure.table.rows]
    assert drawn[["Sep 2010 to Aug 2011", "Sep 2011 to Aug 2012"]].to_numpy().tolist() == shown


def test_a_break_is_drawn_with_its_month_and_told_under_the_table(committee):
    figure = charts.trend(committee, "burglary")
    assert ">Break: Apr 2012<" in figure.svg
    assert figure.table.notes[-1].startswith("The classes of recorded crime changed in April 2012")


def test_only_months_that_stand_out_have_a_shape_of_their_own(committee):
    data = charts.trend(committee, "violence-with-injury").data
    marked = data[data["side"] != "usual"].set_index("first")[["side", "judged"]]
    assert marked.apply(tuple, axis=1).to_dict() == {
        "2011-04": ("high", "worse"), "2011-12": ("low", "better"), "2012-01": ("low", "better"),
        "2012-02": ("low", "better"), "2012-04": ("low", "better"),
    }  # fmt: skip


def test_every_result_of_a_trend_is_on_record_as_a_row(committee, challenge):
    numbers = committee.numbers
    assert numbers["tno.mps.spc_mean.window"].printed == "66,439"
    assert numbers["tno.mps.spc_point.2010-12"].printed == "57,310"
    assert challenge.numbers["mopac7.mps.illustrative.fy2015-16"].period == "2015-04..2016-03"
