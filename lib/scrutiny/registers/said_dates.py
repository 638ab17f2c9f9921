"""The days that a date in words can mean: ``autumn 2013``, ``end of March``, ``June each year``."""

from __future__ import annotations

import calendar
import datetime as dt
import re

from scrutiny.registers.cells import first_day, last_day

_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}  # by their first month
_WHEN = re.compile(
    r"(?:(?P<day>\d{1,2}) )?\b"
    rf"(?:(?P<month>{'|'.join(_MONTHS)})|(?P<season>{'|'.join(_SEASONS)}))"
    r" (?:(?P<year>\d{4})\b|(?P<each>each year|every year))",
    re.IGNORECASE,
)
Days = tuple[dt.date, dt.date]


def days_meant(words: str, date: str | None, since: str) -> Days | None:
    """Return the first and the last day that a date in words can mean; None where none can be told.

    ``date`` is the day, month or year that the register gives it. Where the words name a month or
    season of no single year, it is the first that ends after ``since``, the date of the row.
    """
    found = _WHEN.search(words)
    if found is None or (found["day"] and date):
        return (first_day(date), last_day(date)) if date else None
    start, months = (
        (_SEASONS[found["season"].lower()], 3)
        if found["season"]
        else (_MONTHS[found["month"].lower()], 1)
    )
    if found["year"]:
        return _span(int(found["year"]), start, months)
    begun = first_day(since)
    this_year = _span(begun.year, start, months)
    return this_year if begun <= this_year[1] else _span(begun.year + 1, start, months)


def _span(year: int, start: int, months: int) -> Days:
    end = start + months - 1
    return dt.date(year, start, 1), last_day(f"{year + (end - 1) // 12}-{(end - 1) % 12 + 1:02d}")
