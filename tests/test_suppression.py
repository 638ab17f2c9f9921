"""No small count of victims can be told, from the page or from any file beside it."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scrutiny import build_report, statistics, tables

VIOLENCE = ("committee-monthly", "2012-10")


def with_totals(cells):
    """A table with its totals as last row and column."""
    table = np.array(cells, dtype=float)
    table = np.vstack([table, table.sum(axis=0)])
    return np.hstack([table, table.sum(axis=1, keepdims=True)])


def shown(cells):
    """The table as a reader sees it: None where a cell is left out."""
    table = with_totals(cells)
    hidden = statistics.suppressed(table)
    return [
        [None if hidden[r, c] else int(table[r, c]) for c in range(table.shape[1])]
        for r in range(table.shape[0])
    ]


def rebuilt(table, most):
    """Every table of whole numbers that a reader could take it for: an attack by trial."""
    cells = [(r, c) for r, row in enumerate(table) for c, v in enumerate(row) if v is None]
    inner = [(r, c) for r, c in cells if r < len(table) - 1 and c < len(table[0]) - 1]
    for values in itertools.product(range(1, most + 1), repeat=len(inner)):
        filled = dict(zip(inner, values, strict=True))
        body = [
            [filled.get((r, c), v) for c, v in enumerate(row[:-1])]
            for r, row in enumerate(table[:-1])
        ]
        whole = with_totals(body).astype(int).tolist()
        if all(
            v is None or v == whole[r][c] for r, row in enumerate(table) for c, v in enumerate(row)
        ):
            yield whole


def test_a_small_count_takes_others_with_it():
    assert shown([[3, 20], [30, 40]]) == [[None, None, 23], [None, None, 70], [33, 60, 93]]


def test_a_nought_is_shown_and_a_table_without_small_counts_is_whole():
    assert shown([[0, 20], [30, 40]]) == [[0, 20, 20], [30, 40, 70], [30, 60, 90]]


def test_two_ones_beside_a_total_of_two_do_not_tell_each_other():
    table = shown([[1, 1], [20, 30]])
    assert table[0] == [None, None, None]


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.lists(st.integers(0, 7), min_size=2, max_size=2), min_size=2, max_size=2),
)
def test_totals_rebuilt_by_trial_leave_at_least_two_values_for_every_cell_left_out(cells):
    table = shown(cells)
    found = list(rebuilt(table, 9))
    assert with_totals(cells).astype(int).tolist() in found
    for r, row in enumerate(table):
        for c, value in enumerate(row):
            if value is None:
                assert len({whole[r][c] for whole in found}) > 1


def test_totals_that_do_not_add_up_are_refused():
    with pytest.raises(ValueError, match="not the totals"):
        statistics.suppressed(np.array([[1.0, 2.0], [1.0, 3.0]]))


def test_a_count_left_out_is_nowhere_in_the_report():
    report = build_report(*VIOLENCE, part="catalogue-violence")
    rows = report.results[report.results["measure"].str.startswith("homicide-victims")]
    out = rows[rows["status"] == "suppressed"]
    assert len(out) > 0
    assert set(out["printed"]) == {"[c]"}
    assert out[["value", "lower", "upper", "numerator", "denominator"]].isna().all(axis=None)
    assert rows.loc[rows["status"] == "ok", "value"].apply(lambda v: v == 0 or v >= 5).all()


def test_the_page_shows_the_mark_and_says_what_it_means():
    report = build_report(*VIOLENCE, part="catalogue-violence")
    table = tables.victims(report)
    assert [getattr(cell, "printed", cell) for cell in table.rows[0]] == [
        "Aged 0 to 12", "[c]", "[c]", "[c]", "14",
    ]  # fmt: skip
    assert "Counts from 1 to 4 are left out" in table.notes[0]


def test_the_real_table_cannot_be_worked_out(root):
    report = build_report(*VIOLENCE, part="catalogue-violence")
    found = report.victims
    values = np.array(
        [[found.cells[m, y].value or 0.0 for y in found.years] for m in found.measures]
    )
    hidden = np.array(
        [[found.cells[m, y].status == "suppressed" for y in found.years] for m in found.measures]
    )
    assert not statistics.recoverable(values, hidden).any()
