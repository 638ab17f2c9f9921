"""The publisher's own workbook of November 2015, cell by cell."""

import datetime as dt

import pytest
import python_calamine
from scrutiny import sources
from scrutiny.measures import Figures
from scrutiny.sources.categories import count_towards
from scrutiny.sources.inputs import Inputs

OFFICER, SERGEANT, SPECIAL, PCSO, STAFF = (
    f"{role} Strength-Borough" for role in ("Officer", "Sergeant", "Special", "PCSO", "Staff")
)
FEAR = "Fear of Crime-Borough"
WORRIED = "worried or very worried about crime in this area"
# Sheet, row, column, area, period, category and value, as they stand in the publisher's workbook.
PUBLISHED = [
    ("Other Priority", 4, 10, "MPS", "2008-04", "Domestic Offences", 4133),
    ("Other Priority", 89, 11, "MPS", "2015-05", "Homophobic Hate Victims", 157),
    ("Other Priority", 89, 14, "MPS", "2015-05", "Disability Hate Victims", 10),
    ("Violence", 95, 12, "MPS", "2015-11", "Gun Crime SDR", 0.1794871794871795),
    ("Stop&Search", 10, 2, "MPS", "2008-10", "Searches Total", 48979),
    ("Stop&Search", 95, 3, "MPS", "2015-11", "Stop and Search Arrest Rate", 0.187),
    ("Police-strength", 5, 2, "MPS", "2008-04", "Police Officer", 31394.96),
    ("Police-strength", 91, 3, "MPS", "2015-06", "Police Sergeants*", 3095.49),
    ("Police-strength", 12, 4, "MPS", "2008-11", "MPS Specials", 2592),
    ("Police-strength", 92, 5, "MPS", "2015-07", "PCSO", 1723.66),
    ("Police-strength", 96, 6, "MPS", "2015-11", "Police Staff", 10341.65),
    (OFFICER, 6, 3, "Barnet", "2008-04", "Police Officer", 540.36),
    (OFFICER, 97, 33, "Westminster", "2015-11", "Police Officer", 1256.7109999999998),
    (OFFICER, 97, 38, "MPS", "2015-11", "Police Officer: Other", 751.15),
    (OFFICER, 97, 39, "MPS", "2015-11", "Police Officer: MPS Total", 31716.1),
    (SERGEANT, 5, 3, "Barnet", "2013-04", "Police Sergeants", 64.86),
    (SERGEANT, 36, 36, "MPS", "2015-11", "Police Sergeants: TP Non Boroughs", 668.94),
    (SERGEANT, 36, 41, "MPS", "2015-11", "Police Sergeants: MPS Total", 3050.17),
    (SPECIAL, 11, 15, "Harrow", "2008-09", "MPS Specials", 94),
    (SPECIAL, 91, 37, "MPS", "2015-05", "MPS Specials: Specialist Operations", 38),
    (PCSO, 6, 33, "Westminster", "2008-04", "PCSO", 337),
    (PCSO, 97, 36, "MPS", "2015-11", "PCSO: SC&O", 39.55),
    (STAFF, 10, 35, "MPS", "2008-08", "Police Staff: TP Non Boroughs", 1992.87),
    (STAFF, 93, 22, "Lambeth", "2015-07", "Police Staff", 19.23),
    (FEAR, 4, 34, "MPS", "2008-06", WORRIED, 0.40475119640129664),
    (FEAR, 25, 3, "Barnet", "2013-09", WORRIED, 0.33),
    (FEAR, 26, 34, "MPS", "2013-12", WORRIED, 0.32),
    (FEAR, 31, 33, "Westminster", "2015-03", WORRIED, 0.35035941359522466),
    ("Confidence in Police", 4, 4, "MPS", "2012-06", "% Total victims feel well informed", 0.65),
    ("Confidence in Police", 9, 6, "MPS", "2013-09", "% Total victim satisfaction", 0.78),
    ("Confidence in Police", 16, 7, "MPS", "2015-06", "Confidence in the Police", 0.66),
    ("Police Calls-Crime", 5, 4, "MPS", "2008-05", "Burglary Dwelling", 7350),
    ("Police Calls-Crime", 93, 19, "MPS", "2015-09", "Total", 83033),
    ("Police Calls-Crime", 95, 18, "MPS", "2015-11", "Violence Against The Person*", 25506),
    ("Police Calls-ASB", 5, 18, "MPS", "2008-05", "Total", 42049),
    ("Police Calls-ASB", 70, 3, "MPS", "2013-10", "ASB Environmental", 998),
    ("Police Calls-ASB", 91, 5, "MPS", "2015-07", "ASB Personal", 766),
    ("Police Calls-ASB", 70, 17, "MPS", "2013-10", "Vehicle Nuisance / Inappropriate Use", 472),
]  # fmt: skip


@pytest.fixture(scope="module")
def path(real_data):
    """Where the workbook is."""
    return real_data / "datastore-workbook" / "2015-11" / "crime.xls"


@pytest.fixture(scope="module")
def published(path):
    """The workbook as it is read."""
    return sources.read(path, path.name)


@pytest.fixture(scope="module")
def tables(path):
    """The rows of each visible sheet, read without the reader."""
    book = python_calamine.load_workbook(path)
    return {
        name.strip(): book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        for name in book.sheet_names
    }


def notes_of(reading, sheet):
    """Row, reason and value of each note on a sheet."""
    return [(n.row, n.reason, n.value) for n in reading.notes if n.column == sheet]


def test_the_publishers_figures_stand_where_the_observations_say(published):
    cells = published.observations.set_index(["sheet", "row", "column"])
    columns = ["area", "period", "category", "value"]
    found = [
        (*at, *cells.loc[at, columns]) for at in ((sheet, r, c) for sheet, r, c, *_ in PUBLISHED)
    ]
    assert found == PUBLISHED


def test_every_observation_is_the_cell_that_it_names(published, tables):
    for cell in published.observations.itertuples():
        row = tables[cell.sheet][cell.row - 1]
        written = row[cell.column - 1]
        if isinstance(written, str):
            written = int(written.removesuffix("%")) / 100
        assert (f"{row[0]:%Y-%m}", written) == (cell.period, cell.value), cell


def test_every_figure_below_a_heading_is_an_observation(published, tables):
    left_out = {("Fear of Crime-Borough", 5), ("Fear of Crime-Borough", 6)}
    found = set(
        published.observations[["sheet", "row", "column"]].itertuples(index=False, name=None)
    )
    sheets = {sheet for sheet, *_ in found}
    assert len(sheets) == 16
    for sheet in sheets:
        table = tables[sheet]
        headed = {
            i for row in table[2:5] for i, cell in enumerate(row) if cell and isinstance(cell, str)
        }
        wanted = {
            (sheet, r, i + 1)
            for r, row in enumerate(table, 1)
            if isinstance(row[0], dt.date) and (sheet, r) not in left_out
            for i in headed - {0}
            if row[i] != ""
        }
        assert wanted == {cell for cell in found if cell[0] == sheet}, sheet


def test_no_measure_is_held_twice_for_an_area_and_month(published):
    counted = count_towards(published.observations)
    assert not counted.duplicated(["measure", "area", "period"]).any()


@pytest.mark.parametrize(
    ("measure", "area", "months", "last"),
    [
        ("officers", "MPS", 92, 31716.1),
        ("officers", "Camden", 92, 659.52),
        ("sergeants", "MPS", 32, 3050.17),
        ("specials", "MPS", 92, 3359),
        ("pcsos", "Camden", 92, 28.57),
        ("staff", "MPS", 92, 10341.65),
        ("stop-and-search", "MPS", 92, 13227),
        ("fear-of-crime", "Camden", 26, 0.3557867056345691),
        ("confidence", "MPS", 14, 0.67),
        ("crime-calls", "MPS", 91, 77011),
        ("asb-calls", "MPS", 91, 19578),
        ("asb-calls-nuisance", "MPS", 26, 17207),
    ],
)
def test_the_new_sheets_make_series(published, measure, area, months, last):
    figures = Figures(Inputs((published,)))
    assert figures.has(measure, area)
    series = figures.series(measure, area)["value"]
    assert (len(series), series.iloc[-1]) == (months, last)


def test_what_is_odd_in_the_publishers_sheets_is_noted(published):
    (both,) = (n for n in notes_of(published, "Fear of Crime-Borough") if "twice" in n[1])
    assert (both[0], both[2]) == (5, "2008-09 in rows 5 and 6")
    for sheet, row, value in [
        ("PCSO Strength-Borough", 90, "2015-04: 1,771.08 printed, 1,471.08 added up"),
        ("Staff Strength-Borough", 70, "2013-08: 12,114.26 printed, 11,990.09 added up"),
        ("Police Calls-Crime", 93, "2015-09: 83,033 printed, 74,793 added up"),
        ("Police Calls-ASB", 5, "2008-05: 42,049 printed, 38,478 added up; it goes on to row 31"),
        ("Violence", 4, "Gun Crime SDR: the years from April 2008, 2009, 2010"),
    ]:
        assert (row, value) in [(n[0], n[2]) for n in notes_of(published, sheet)]


def test_no_sheet_with_figures_goes_unread(published):
    reasons = {note.reason for note in published.notes}
    assert not reasons & {
        "sheets that hold no measure of the catalogue",
        "the workbook has no such sheet",
        "the sheet has no such column",
        "a column that no earlier workbook has",
        "no row of the sheet begins with Month-Year",
    }
    assert ("hidden sheets were not read", "4 years data, Checks, Sheet1") in [
        (note.reason, note.value) for note in published.notes
    ]
