"""Sheets of a made-up Datastore workbook: what the tests of its reader share."""

import datetime as dt

TP = "Territorial Policing (TP)"
APRIL, MAY, JUNE, JULY = (dt.date(2011, month, 1) for month in (4, 5, 6, 7))
SEARCHES = [
    ["Stop & Search-related", None, "Click on links for definitions"],
    [],
    ["Month-Year", "Searches Total", "Stop and Search Arrest Rate "],
    [APRIL, 41100, 0.081],
    [MAY, 42250, 0.084],
    [JUNE, 40900, 0.079],
]
ROLES = [
    ["Police Strength by Role"],
    [],
    [],
    ["Month-Year", "Police Officer", "Police Sergeants*", "MPS Specials", "PCSO", "Police Staff"],
    [APRIL, 900.5, None, 61, 70.25, 200],
    [MAY, 905.75, 88, 62, 70, 199.5],
    [JUNE, 904, 87.5, 60, 68.75, 201.25],
]
OFFICERS = [
    ["Police Officer Strength by Borough and Business Unit"],
    [],
    [],
    ["Month-Year", TP, None, None, "Other Business Groups", None, "MPS Total"],
    [None, "Barking & Dagenham", "Barnet", "Borough Total", "TP Non Boroughs", "Other"],
    [APRIL, 300.25, 400.25, 700.5, 150, 50, 900.5],
    [MAY, 301.5, 401.5, 703, 152.75, 50, 905.75],
    [JUNE, 300, 400, 700, 154, 50, 904],
]  # fmt: skip
SERGEANTS = [
    ["Police Sergeant Strength by Borough and Business Unit"],
    [],
    [None, TP],
    ["Month-Year", "Barnet", "Brent", "Borough Total", None, "Other", None, "MPS Total"],
    [MAY, 40, 38, 78, None, 10, None, 88],
    [JUNE, 40.5, 37, 77.5, None, 10, None, 87.5],
]
SPECIALS = [
    ["Special Constable Strength by Borough & Business Group"],
    [],
    [],
    ["Month-Year", TP, None, None, "Other Business Groups", None, "MPS Total"],
    [None, "Barnet", "Brent", "Borough Total", "SC&O", "Specialist Operations"],
    [APRIL, 20, 30, 50, 11, None, 61],
    [MAY, 21, 30, 51, 11, None, 62],
    [JUNE, 21, 25, 46, 11, 3, 60],
]  # fmt: skip
FEAR = [
    ["Fear of crime"],
    [],
    ["Month-Year", "Barking and Dagenham", "Barnet", "MPS"],
    [dt.date(2010, 6, 1), 0.41, 0.25, 0.31],
    [dt.date(2010, 9, 1), 0.42, 0.26, 0.32],
    [dt.date(2010, 12, 1), 0.43, 0.27, 0.33],
    [dt.date(2011, 3, 1), "44%", "28%", 0.34],
    [dt.date(2011, 6, 1), 0.45, 0.29, 0.35],
]
CALLS = [
    ["Anti-Social Behaviour Calls Received by Central Communications Command (CCC)"],
    ["N.B. On Tuesday 8th October 2013 the MPS changed the way it recorded"],
    [
        None, "Animal Problems", "ASB Environmental", "ASB Nuisance", "ASB Personal", "Noise",
        "Total",
    ],
    [],
    [dt.date(2013, 9, 1), 400, None, None, None, 1600, 2000],
    [dt.date(2013, 10, 1), 110, 900, 15000, 4800, 390, 21200],
    [dt.date(2013, 11, 1), None, 950, 18000, 4700, None, 23650],
    [dt.date(2013, 12, 1), None, 700, 16000, 4400, None, 21100],
]  # fmt: skip
CRIME_CALLS = [
    ["Crime calls by category"],
    [],
    ["Month-Year", "Bomb Threat", "Burglary Dwelling", "Violence Against The Person*", "Total"],
    [],
    [APRIL, None, 7000, 21000, 28000],
    [MAY, None, 8000, 26500, 34500],
    [JUNE, 2, 8300, 25200, 33502],
]
BOOK = {
    "Stop&Search": SEARCHES,
    "Police-strength": ROLES,
    "Officer Strength-Borough": OFFICERS,
    "Sergeant Strength-Borough": SERGEANTS,
    "Special Strength-Borough": SPECIALS,
    "Fear of Crime-Borough": FEAR,
    "Police Calls-ASB": CALLS,
    "Police Calls-Crime": CRIME_CALLS,
}


def with_cell(table, row, column, value):
    """The table with another value in one cell, counted from 1."""
    rows = [[*cells, *[None] * (column - len(cells))] for cells in table]
    rows[row - 1][column - 1] = value
    return rows
