"""Back tests: what was published at the time, recomputed from the files; misses shown as misses.

Each case runs on the shipped sample and, where it is to be had, on the publishers' own files.
"""

import dataclasses

import pytest
from scrutiny import build_report
from scrutiny.measures import Figures, compare
from scrutiny.measures.figures import table_of
from scrutiny.periods import financial_year_window, parse_window
from scrutiny.project import open_project
from scrutiny.sources import inputs

SAMPLE = "sample"
WORKBOOK = "datastore-workbook/2015-11"
HISTORICAL = "borough-historical/2018-12"
RECENT = "borough-24-months/2018-12"


@pytest.fixture(params=["sample", "files"])
def project_of(request):
    """A function from a folder of real files to the project that reads it, or the sample."""
    own = open_project()
    if request.param == SAMPLE:
        return lambda folder: own
    real_data = request.getfixturevalue("real_data")
    return lambda folder: dataclasses.replace(own, given_data=(real_data / folder,))


def figures_of(project, vintage):
    return Figures(inputs.load(project), [vintage])


@pytest.mark.parametrize(
    ("measure", "now", "before", "change"),
    [
        ("tno", 797_339, 821_439, -2.9),
        ("homicide", 93, 132, -29.5),
        ("violence-with-injury", 59_914, 63_170, -5.2),
        ("burglary", 94_111, 96_464, -2.4),  # the report of the time printed +0.5
    ],
)
def test_the_committee_report_of_october_2012_reproduces(project_of, measure, now, before, change):
    report = build_report("committee-monthly", "2012-10", project=project_of(WORKBOOK))
    found = report.number(measure, "change_percent")
    assert (found.numerator, found.denominator) == (now, before)
    assert (found.period, found.comparator) == ("2011-09..2012-08", "2010-09..2011-08")
    assert round(found.value, 1) == change


def test_burglary_as_printed_in_2012_stands_beside_the_computed_figure_with_the_difference():
    report = build_report("committee-monthly", "2012-10")
    printed = report.number("burglary", "change_percent", tag="published")
    assert (printed.value, printed.status) == (0.5, "as-published")
    computed = report.number("burglary", "change_percent")
    off = report.number("burglary", "difference_points")
    assert off.value == computed.value - 0.5
    assert [c.agreement for c in report.published] == ["rounded", "cut", "rounded", "none", "near"]


@pytest.mark.parametrize(
    ("area", "now", "before", "change"),
    [("Croydon", 767, 756, 1.455026455), ("MPS", 22_182, 21_066, 5.297636001)],
)
def test_the_mayors_letter_of_2019_reproduces_for_burglary(project_of, area, now, before, change):
    report = build_report("borough-priorities", "2018-q4", "croydon", project=project_of(RECENT))
    found = report.number("burglary", "change_percent", area=area)
    assert (found.numerator, found.denominator) == (now, before)
    assert found.value == pytest.approx(change)


def test_croydons_burglary_gap_is_taken_before_rounding(project_of):
    report = build_report("borough-priorities", "2018-q4", "croydon", project=project_of(RECENT))
    assert report.number("burglary", "gap_points").value == pytest.approx(-3.8426, abs=5e-5)


def test_the_mps_of_2018_has_33_areas_with_heathrow(project_of):
    report = build_report("borough-priorities", "2018-q4", "croydon", project=project_of(RECENT))
    assert report.number("burglary", "count", area="MPS").note == (
        "33 areas: 32 boroughs and London Heathrow and London City Airports"
    )


def test_violence_outside_domestic_abuse_is_published_and_never_computed():
    report = build_report("borough-priorities", "2018-q4", "croydon")
    rows = report.results[report.results["measure"] == "non-da-violence-with-injury"]
    assert set(rows["status"]) == {"as-published"}
    assert dict(zip(rows["statistic"], rows["value"], strict=True)) == {
        "change_percent": -7.7,
        "gap_points": -5.0,
    }


@pytest.mark.parametrize(
    ("measure", "baseline", "first_year"),
    [
        ("violence-with-injury", 61_346, 57_836),
        ("robbery", 38_914, 34_764),
        ("burglary", 96_224, 92_644),
        ("criminal-damage", 72_928, 59_910),
        ("theft-person", 42_081, 49_265),
        ("theft-of-motor-vehicle", 26_188, 22_139),
        ("theft-from-motor-vehicle", 73_352, 67_916),
        ("mopac7", 411_033, 384_474),
    ],
)
def test_the_mopac_seven_by_financial_year_are_within_a_quarter_per_cent(
    project_of, measure, baseline, first_year
):
    figures = figures_of(project_of(WORKBOOK), WORKBOOK)
    for year, printed in (("2011/12", baseline), ("2012/13", first_year)):
        found = figures.total(measure, "MPS", financial_year_window(year)).value
        assert abs(found / printed - 1) <= 0.0025


@pytest.mark.parametrize("vintage", [WORKBOOK, HISTORICAL])
def test_the_mopac_seven_fell_by_19_8_per_cent_to_2014_15(project_of, vintage):
    figures = figures_of(project_of(vintage), vintage)
    change = compare.change(
        figures,
        "mopac7",
        "MPS",
        financial_year_window("2014/15"),
        financial_year_window("2011/12"),
    )[2]
    assert round(change.value, 1) == -19.8


def test_serious_youth_violence_fell_by_a_third_from_april_to_september_2012(project_of):
    figures = figures_of(project_of(WORKBOOK), WORKBOOK)
    now, before, change, _ = compare.change(
        figures,
        "serious-youth-violence",
        "MPS",
        parse_window("2012-04..2012-09"),
        parse_window("2011-04..2011-09"),
    )
    assert (now.value, before.value, change.printed) == (2_496, 3_696, "-32.5%")


@pytest.mark.parametrize(
    ("vintage", "areas_of_the_file", "boroughs_alone"),
    [
        (RECENT, 71_390, 71_101),
        ("borough-24-months/2019-02", 71_607, 71_322),
        (HISTORICAL, 71_542, 71_542),
    ],
)
def test_offences_of_december_2018_by_vintage(
    project_of, vintage, areas_of_the_file, boroughs_alone
):
    figures = figures_of(project_of(vintage), vintage)
    december = parse_window("2018-12..2018-12", "month")
    assert figures.total("tno", "MPS", december).value == areas_of_the_file
    assert figures.total("tno", "MPS", december, boroughs_only=True).value == boroughs_alone


def test_the_workbooks_two_sheets_differ_on_the_mopac_seven_and_the_seven_crimes_are_used(
    real_data,
):
    project = dataclasses.replace(open_project(), given_data=(real_data / WORKBOOK,))
    figures = figures_of(project, WORKBOOK)
    by_area = table_of(figures.readings[0]).xs("mopac7", level="measure").dropna(axis=1)
    printed = by_area.loc["MPS"]
    assert (printed.index[0], printed.index[-1], len(printed)) == ("2011-04", "2015-10", 55)
    assert (by_area.drop("MPS").sum() == printed).all()
    seven = figures.series("mopac7", "MPS")["value"]
    off = (seven[printed.index] - printed).abs() / printed
    assert 0.005 < off.max() < 0.007
    assert seven.loc["2011-04":"2012-03"].sum() == 411_025
