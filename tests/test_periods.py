"""Months, windows and their names."""

import datetime as dt

import pytest
from scrutiny.periods import (
    day_name,
    financial_year,
    financial_year_window,
    month,
    parse_window,
    window,
)


@pytest.mark.parametrize(
    ("kind", "last", "expected", "a_year_earlier"),
    [
        ("month", "2012-08", "2012-08..2012-08", "2011-08..2011-08"),
        ("3m", "2012-02", "2011-12..2012-02", "2010-12..2011-02"),
        ("quarter", "2018-12", "2018-10..2018-12", "2017-10..2017-12"),
        ("12m", "2012-08", "2011-09..2012-08", "2010-09..2011-08"),
        ("fy", "2012-03", "2011-04..2012-03", "2010-04..2011-03"),
        ("ytd", "2012-08", "2012-04..2012-08", "2011-04..2011-08"),
        ("ytd", "2012-03", "2011-04..2012-03", "2010-04..2011-03"),
        ("ytd", "2012-04", "2012-04..2012-04", "2011-04..2011-04"),
    ],
)
def test_a_window_ends_with_its_last_month(kind, last, expected, a_year_earlier):
    made = window(kind, month(last))
    assert str(made) == expected
    assert str(made.a_year_earlier()) == a_year_earlier


@pytest.mark.parametrize(
    ("kind", "last"), [("quarter", "2018-11"), ("fy", "2012-04"), ("fortnight", "2012-04")]
)
def test_a_window_that_cannot_end_there_is_refused(kind, last):
    with pytest.raises(ValueError, match=last if kind != "fortnight" else kind):
        window(kind, month(last))


@pytest.mark.parametrize("text", ["2012-13", "12-08", "2012-8", "201208", "2012-08-01", "", "x"])
def test_what_is_not_a_month_is_refused(text):
    with pytest.raises(ValueError, match="not a month"):
        month(text)


def test_a_declared_pair_may_not_end_before_it_begins():
    with pytest.raises(ValueError, match="ends before it begins"):
        parse_window("2012-09..2012-04")


@pytest.mark.parametrize(
    ("text", "name", "short"),
    [
        ("2011-09..2012-08", "September 2011 to August 2012", "Sep 2011 to Aug 2012"),
        ("2018-10..2018-12", "October to December 2018", "Oct to Dec 2018"),
        ("2012-08..2012-08", "August 2012", "Aug 2012"),
    ],
)
def test_a_window_is_named_without_repeating_the_year(text, name, short):
    assert parse_window(text).name == name
    assert parse_window(text).short_name == short


def test_a_window_lists_every_month_once():
    assert parse_window("2011-11..2012-02").months == ["2011-11", "2011-12", "2012-01", "2012-02"]


@pytest.mark.parametrize(
    ("text", "year"), [("2018-12", "2018/19"), ("2019-03", "2018/19"), ("2000-01", "1999/00")]
)
def test_the_financial_year_runs_from_april(text, year):
    assert financial_year(month(text)) == year
    assert month(text) in (financial_year_window(year).first + i for i in range(12))


@pytest.mark.parametrize("name", ["2011-12", "2011/13", "11/12", "2011/12/13"])
def test_a_financial_year_is_written_with_its_own_next_year(name):
    with pytest.raises(ValueError, match="financial year"):
        financial_year_window(name)


def test_days_are_named_without_a_leading_nought():
    assert day_name(dt.date(2012, 9, 8)) == "8 September 2012"
