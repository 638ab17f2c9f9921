"""Every sheet of the Datastore workbook with figures: strengths, surveys, calls and searches."""

import datetime as dt

import pytest
from files import measured, read, values, workbook
from scrutiny.measures import Figures
from scrutiny.sources.inputs import Inputs
from workbooks import (
    BOOK,
    CALLS,
    CRIME_CALLS,
    FEAR,
    JULY,
    OFFICERS,
    ROLES,
    SEARCHES,
    SERGEANTS,
    with_cell,
)


def notes_of(reading, sheet):
    """Reason, row and value of each note on a sheet that is not about what it lacks."""
    return [
        (note.reason, note.row, note.value)
        for note in reading.notes
        if note.column == sheet and note.reason != "the sheet has no such column"
    ]


def test_a_search_has_its_count_and_the_share_of_arrests(tmp_path):
    found = read(tmp_path, workbook({"Stop&Search": SEARCHES}))
    assert measured(found, "stop-and-search", "MPS") == [41100, 42250, 40900]
    assert measured(found, "stop-and-search-arrest-rate", "MPS") == [0.081, 0.084, 0.079]


@pytest.mark.parametrize(
    ("sheet", "measure", "unit", "borough", "force"),
    [
        ("Officer Strength-Borough", "officers", "fte", [400.25, 401.5, 400], [900.5, 905.75, 904]),
        ("Sergeant Strength-Borough", "sergeants", "fte", [40, 40.5], [88, 87.5]),
        ("Special Strength-Borough", "specials", "headcount", [20, 21, 21], [61, 62, 60]),
    ],
    ids=["month in the upper row", "month in the lower row", "head count"],
)
def test_headings_in_two_rows_name_boroughs_groups_and_the_force(
    tmp_path, sheet, measure, unit, borough, force
):
    found = read(tmp_path, workbook({sheet: BOOK[sheet]}))
    assert measured(found, measure, "Barnet") == borough
    assert measured(found, measure, "MPS") == force
    assert set(found.observations["unit"]) == {unit}
    assert not [note for note in notes_of(found, sheet) if "sum" in note[0]]


def test_a_total_over_two_rows_of_headings_counts_where_the_months_stand_in_the_lower(tmp_path):
    merged = with_cell(with_cell(SERGEANTS, 4, 8, None), 3, 8, "MPS Total")
    found = read(tmp_path, workbook({"Sergeant Strength-Borough": merged}))
    assert measured(found, "sergeants", "MPS") == [88, 87.5]


def test_business_groups_and_totals_are_kept_under_names_of_their_own(tmp_path):
    found = read(tmp_path, workbook({"Officer Strength-Borough": OFFICERS}))
    rows = found.observations
    may = rows[(rows["area"] == "MPS") & (rows["period"] == "2011-05")]
    assert dict(zip(may["category"], may["value"], strict=True)) == {
        "Police Officer: Borough Total": 703,
        "Police Officer: TP Non Boroughs": 152.75,
        "Police Officer: Other": 50,
        "Police Officer": 905.75,
    }  # fmt: skip


def test_the_force_counts_once_where_two_sheets_print_it(tmp_path):
    found = read(tmp_path, workbook(BOOK))
    assert measured(found, "officers", "MPS") == [900.5, 905.75, 904]
    assert measured(found, "officers", "Barnet") == [400.25, 401.5, 400]
    assert values(found)["MPS", "Police Officer: MPS Total", "2011-05"] == 905.75


def test_two_figures_of_the_force_that_differ_are_noted(tmp_path):
    roles = with_cell(ROLES, 6, 2, 906)
    book = {"Police-strength": roles, "Officer Strength-Borough": OFFICERS}
    found = read(tmp_path, workbook(book))
    assert notes_of(found, "Officer Strength-Borough") == [
        (
            "MPS Total is not that of the sheet Police-strength",
            7,
            "2011-05: 905.75 printed, 906 there",
        )
    ]
    assert measured(found, "officers", "MPS") == [900.5, 906, 904]


def test_a_group_of_a_later_organisation_is_read_and_noted(tmp_path):
    renamed = with_cell(OFFICERS, 5, 6, "Met Operations")
    found = read(tmp_path, workbook({"Officer Strength-Borough": renamed}))
    assert values(found)["MPS", "Police Officer: Met Operations", "2011-04"] == 50
    assert measured(found, "officers", "MPS") == [900.5, 905.75, 904]
    assert notes_of(found, "Officer Strength-Borough") == [
        ("a column that no earlier workbook has", 4, "Met Operations")
    ]


def test_a_blank_before_a_columns_first_figure_is_no_figure(tmp_path):
    found = read(tmp_path, workbook({"Police-strength": ROLES}))
    assert measured(found, "sergeants", "MPS") == [88, 87.5]
    assert notes_of(found, "Police-strength") == [
        ("columns that begin after the sheet's first month", 6, "2011-05: Police Sergeants*")
    ]


def test_a_blank_after_a_columns_last_figure_is_no_figure(tmp_path):
    found = read(tmp_path, workbook({"Police-strength": with_cell(ROLES, 7, 5, None)}))
    assert measured(found, "pcsos", "MPS") == [70.25, 70]
    assert (
        "columns that end before the sheet's last month",
        6,
        "2011-05: PCSO",
    ) in notes_of(found, "Police-strength")


def test_months_without_any_figure_at_the_end_are_no_months_yet(tmp_path):
    found = read(tmp_path, workbook({"Stop&Search": [*SEARCHES, [JULY], [dt.date(2011, 12, 1)]]}))
    assert (found.vintage, found.rows) == ("2011-06", 3)


def test_classes_of_calls_end_and_begin_and_the_months_need_no_heading(tmp_path):
    found = read(tmp_path, workbook({"Police Calls-ASB": CALLS}))
    assert measured(found, "asb-calls", "MPS") == [2000, 21200, 23650, 21100]
    assert measured(found, "asb-calls-nuisance", "MPS") == [15000, 18000, 16000]
    assert measured(found, "asb-calls-personal", "MPS") == [4800, 4700, 4400]
    assert measured(found, "asb-calls-environmental", "MPS") == [900, 950, 700]
    assert values(found)["MPS", "Noise", "2013-10"] == 390
    assert [(reason, value) for reason, _, value in notes_of(found, "Police Calls-ASB")] == [
        (
            "columns that begin after the sheet's first month",
            "2013-10: ASB Environmental, ASB Nuisance, ASB Personal",
        ),
        ("columns that end before the sheet's last month", "2013-10: Animal Problems, Noise"),
    ]


def test_a_row_that_explains_is_noted_and_left_out(tmp_path):
    text = "From 8 October 2013 calls are recorded in three categories"
    found = read(tmp_path, workbook({"Police Calls-ASB": [*CALLS[:5], [text], *CALLS[5:]]}))
    assert measured(found, "asb-calls", "MPS") == [2000, 21200, 23650, 21100]
    assert ("a row that is not a month was left out", 6, text) in notes_of(
        found, "Police Calls-ASB"
    )


def test_a_total_that_is_not_the_sum_of_its_parts_is_noted_and_kept(tmp_path):
    calls = with_cell(with_cell(CRIME_CALLS, 6, 5, 28000), 7, 5, 28000)
    found = read(tmp_path, workbook({"Police Calls-Crime": calls}))
    assert measured(found, "crime-calls", "MPS") == [28000, 28000, 28000]
    assert (
        "Total is not the sum of its parts",
        6,
        "2011-05: 28,000 printed, 34,500 added up; it goes on to row 7",
    ) in notes_of(found, "Police Calls-Crime")


@pytest.mark.parametrize(
    ("column", "value", "reasons"),
    [
        (4, 703.01, []),
        (4, 703.02, ["Borough Total is not the sum of its parts"]),
        (7, 905.77, []),
        (7, 905.78, ["MPS Total is not the sum of its parts"]),
        (3, 500.5, ["Borough Total is not the sum of its parts"]),
        (5, 100, ["MPS Total is not the sum of its parts"]),
    ],
    ids=["rounding", "boroughs", "rounding of groups", "groups", "a borough", "a group"],
)
def test_strengths_add_up_within_the_rounding_of_their_parts(tmp_path, column, value, reasons):
    table = with_cell(OFFICERS, 7, column, value)
    found = read(tmp_path, workbook({"Officer Strength-Borough": table}))
    assert [reason for reason, *_ in notes_of(found, "Officer Strength-Borough")] == reasons


def test_percentages_in_text_are_a_surveys_layout(tmp_path):
    found = read(tmp_path, workbook({"Fear of Crime-Borough": FEAR}))
    assert measured(found, "fear-of-crime", "Barnet") == [0.25, 0.26, 0.27, 0.28, 0.29]
    assert measured(found, "fear-of-crime", "MPS") == [0.31, 0.32, 0.33, 0.34, 0.35]
    assert notes_of(found, "Fear of Crime-Borough") == [
        ("percentages in text were read as fractions", 7, "2 cells in rows 7 to 7")
    ]


def test_of_two_rows_of_a_quarter_neither_is_read_where_the_next_is_missing(tmp_path):
    table = with_cell(FEAR, 6, 1, dt.date(2010, 9, 1))
    found = read(tmp_path, workbook({"Fear of Crime-Borough": table}))
    assert measured(found, "fear-of-crime", "MPS") == [0.31, 0.34, 0.35]
    note = notes_of(found, "Fear of Crime-Borough")[0]
    assert note[0].startswith("the quarter stands twice and 2010-12 is missing")
    assert note[1:] == (5, "2010-09 in rows 5 and 6")


def test_a_rate_of_the_year_to_date_is_kept_apart_from_those_of_months(tmp_path):
    days = [dt.date(2010 + (m > 12), (m - 1) % 12 + 1, 1) for m in range(4, 16)]
    counts = [701, 719, 733, 743, 757, 761, 773, 787, 797, 809, 811, 821]
    rates = [(100 + i) / sum(counts[: i + 1]) for i in range(12)]
    to_date = list(zip(days, counts, rates, strict=True))
    monthly = [(dt.date(d.year + 1, d.month, 1), n, 101 / n) for d, n, _ in to_date]
    rows = [[d, 9000, n, rate] for d, n, rate in [*to_date, *monthly]]
    head = ["Month-Year", "TNO", "Victim based crime", "Victim based crime SDR"]
    found = read(tmp_path, workbook({"All offences": [head, *rows]}))
    assert notes_of(found, "All offences") == [
        (
            "rates of the year since April, not of their months: kept apart from the monthly ones",
            2,
            "Victim based crime SDR: the years from April 2010",
        )
    ]
    series = Figures(Inputs((found,))).series("victim-based-crime-sanction-detection", "MPS")
    assert list(series.index) == [f"{day:%Y-%m}" for day, _, _ in monthly]
    apart = found.observations["category"] == "Victim based crime SDR, year to date"
    assert found.observations.loc[apart, "value"].tolist() == rates


def test_sheets_may_stand_in_any_order(tmp_path):
    turned = read(tmp_path, workbook(dict(reversed(BOOK.items()))))
    assert values(turned) == values(read(tmp_path, workbook(BOOK)))


def test_a_sheet_or_column_that_is_missing_is_named_and_the_rest_is_read(tmp_path):
    found = read(tmp_path, workbook({"Stop&Search": [row[:2] for row in SEARCHES]}))
    notes = [(note.reason, note.column, note.value) for note in found.notes]
    assert measured(found, "stop-and-search", "MPS") == [41100, 42250, 40900]
    assert ("the sheet has no such column", "Stop&Search", "stop and search arrest rate") in notes
    assert ("the workbook has no such sheet", None, "officer strength-borough") in notes


def test_a_column_that_nobody_knows_is_noted_and_not_read(tmp_path):
    table = with_cell(with_cell(SEARCHES, 3, 4, "Searches of Vehicles"), 4, 4, "x")
    found = read(tmp_path, workbook({"Stop&Search": table}))
    assert len(values(found)) == 6
    assert notes_of(found, "Stop&Search") == [
        ("a column that no earlier workbook has", 3, "Searches of Vehicles")
    ]


def test_a_hidden_sheet_of_the_same_name_stays_unread(tmp_path):
    book = {"stop&search": with_cell(SEARCHES, 4, 2, 1), "Stop&Search ": SEARCHES}
    found = read(tmp_path, workbook(book, hidden=["stop&search"]))
    assert measured(found, "stop-and-search", "MPS") == [41100, 42250, 40900]
    assert ("hidden sheets were not read", "stop&search") in [
        (note.reason, note.value) for note in found.notes
    ]


def test_sheets_that_only_list_or_explain_need_no_note(tmp_path):
    extra = {"Home": [["x"]], " Indicator Trends": [["x"]], "Definitions": [["x"]]}
    notes = read(tmp_path, workbook(extra | {"Stop&Search": SEARCHES})).notes
    assert not [note for note in notes if note.reason.startswith("sheets that hold no measure")]
