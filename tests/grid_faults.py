"""Faults of tables with a row an area and category and a column a month, as functions of the rows.

``GRID`` holds them, from sound bytes to faulty ones, ``SMALL_AREAS`` those of wards and LSOAs;
the name of a function is the fault.
"""

import re

from faults import in_rows

GRID, SMALL_AREAS = {}, {}


def first_month(rows):
    return next(i for i, cell in enumerate(rows[0]) if re.fullmatch(r"\d{6}", cell))


def role(rows, *headings):
    """The column whose heading has one of these words."""
    return next(i for i, cell in enumerate(rows[0]) if any(h in cell.lower() for h in headings))


def borough(rows):
    return role(rows, "borough")


def minor(rows):
    return role(rows, "minor")


def major(rows):
    return role(rows, "major")


def grid(change):
    return in_rows(GRID, change)


def count(name, value):
    """Take up a cell that is no count: in the third row, under the second month."""

    def change(rows):
        rows[3][first_month(rows) + 1] = value

    change.__name__ = f"count {name}"
    in_rows(GRID, change)


for _name, _value in {
    "empty": "", "of a space": " ", "negative": "-4", "fractional": "2.5", "overflowing": "9" * 20,
    "with thousands": "1,000", "per cent": "100%", "suppressed": "[c]", "of a dash": "-",
    "of words": "n/a", "with an exponent": "1e3", "not a number": "NaN", "estimated": "12*",
    "in brackets": "(12)", "of a star": "*", "under five": "<5", "with a plus": "+12",
    "with a unit": "12 offences", "of a formula": "=1+1", "of an error": "#REF!",
    "with a control character": "\x1c4",
}.items():  # fmt: skip
    count(_name, _value)


@grid
def last_two_months_with_one_heading(rows):
    rows[0][-2] = rows[0][-1]


@grid
def headings_of_two_months_exchanged(rows):
    rows[0][-2:] = rows[0][:-3:-1]


@grid
def a_month_missing(rows):
    at = first_month(rows) + 2
    return [row[:at] + row[at + 1 :] for row in rows]


@grid
def one_month_as_a_date(rows):
    at = first_month(rows)
    rows[0][at] = f"01/{rows[0][at][4:]}/{rows[0][at][:4]}"


@grid
def months_as_dates(rows):
    at = first_month(rows)
    rows[0][at:] = [f"01/{cell[4:]}/{cell[:4]}" for cell in rows[0][at:]]


@grid
def months_as_words(rows):
    at = first_month(rows)
    rows[0][at:] = [f"Month {n}" for n, _ in enumerate(rows[0][at:])]


@grid
def a_column_of_totals(rows):
    at = first_month(rows)
    rows[0].append("Total")
    for row in rows[1:]:
        row.append(sum(map(int, row[at:])))


@grid
def a_month_that_is_no_month(rows):
    rows[0][-1] = rows[0][-1][:4] + "13"


@grid
def a_row_twice(rows):
    rows.append([*rows[2]])


@grid
def a_row_twice_with_other_figures(rows):
    at = first_month(rows)
    rows.append(rows[2][:at] + ["0"] * len(rows[2][at:]))


@grid
def a_row_twice_in_other_capitals(rows):
    at = minor(rows)
    rows.append([*rows[2]])
    rows[-1][at] = rows[-1][at].swapcase()


@grid
def unknown_name_of_a_borough(rows):
    rows[2][borough(rows)] = "Croyden"


@grid
def no_borough(rows):
    rows[2][borough(rows)] = ""


@grid
def city_of_london(rows):
    rows[2][borough(rows)] = "City of London"


def sums(rows):
    at = first_month(rows)
    total = [sum(int(row[i]) for row in rows[1:]) for i in range(at, len(rows[0]))]
    return [*rows[-1][:at], *total]


@grid
def a_row_of_totals_under_total(rows):
    rows.append(sums(rows))
    rows[-1][borough(rows)] = "Total"


@grid
def a_row_of_totals_under_mps(rows):
    rows.append(sums(rows))
    rows[-1][borough(rows)] = "MPS"


@grid
def a_row_of_totals_under_a_category(rows):
    rows.append(sums(rows))
    rows[-1][minor(rows)] = "Total"


@grid
def a_row_of_totals_under_a_major_category(rows):
    rows.append(sums(rows))
    rows[-1][major(rows)] = "All offences"


def without(*columns):
    def change(rows):
        gone = {column(rows) for column in columns}
        return [[cell for i, cell in enumerate(row) if i not in gone] for row in rows]

    change.__name__ = "without " + " and ".join(column.__name__ for column in columns)
    in_rows(GRID, change)


without(minor)
without(major)
without(minor, major)
without(borough)


@grid
def a_category_empty(rows):
    rows[2][minor(rows)] = ""


@grid
def values_one_to_the_right(rows):
    return [rows[0], *([row[-1], *row[:-1]] for row in rows[1:])]


@grid
def figures_one_to_the_right_in_one_row(rows):
    at = first_month(rows)
    rows[2][at:] = ["", *rows[2][at:-1]]


@grid
def one_heading_for_both_categories(rows):
    rows[0][minor(rows)] = rows[0][major(rows)]


def small_areas(change):
    return in_rows(SMALL_AREAS, change)


def code(rows):
    return next(i for i, cell in enumerate(rows[2]) if re.fullmatch(r"E0[15]\d{6}", cell))


@small_areas
def first_code_is_none(rows):
    rows[1][code(rows)] = "n/a"


@small_areas
def a_code_empty(rows):
    rows[2][code(rows)] = ""


@small_areas
def a_code_of_another_kind(rows):
    rows[2][code(rows)] = "E09000003"


@small_areas
def a_name_empty(rows):
    rows[2][role(rows, "name")] = ""


@small_areas
def without_codes(rows):
    return [[cell for i, cell in enumerate(row) if i != code(rows)] for row in rows]
