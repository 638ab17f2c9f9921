"""The days that a date in words can mean."""

import pytest
from scrutiny.registers import days_meant


@pytest.mark.parametrize(
    ("words_", "date", "first", "last"),
    [
        ("June each year", None, "2013-06-01", "2013-06-30"),
        ("end of March each year", None, "2014-03-01", "2014-03-31"),
        ("winter 2013", "2014-02", "2013-12-01", "2014-02-28"),
        ("autumn 2013", "2013-11", "2013-09-01", "2013-11-30"),
        ("end of September 2013", "2013-09", "2013-09-01", "2013-09-30"),
        ("by 19 March 2014", "2014-03-19", "2014-03-19", "2014-03-19"),
        ("next year", "2014", "2014-01-01", "2014-12-31"),
    ],
)
def test_a_date_in_words_means_the_days_that_it_can_mean(words_, date, first, last):
    assert [str(day) for day in days_meant(words_, date, "2013-06")] == [first, last]


def test_a_date_that_names_an_event_means_no_day():
    assert days_meant("before any front counter closes", None, "2013-03") is None
