"""The periods that a declared figure may be of, and the months in which they begin and end."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from scrutiny.periods import MONTH

SUNDAY = 6
_YEAR = re.compile(r"(?:19|20)\d\d", re.ASCII)
_FINANCIAL_YEAR = re.compile(r"fy((?:19|20)\d\d)-(\d\d)", re.ASCII)
_QUARTER = re.compile(r"((?:19|20)\d\d)-q([1-4])", re.ASCII)
_DAY = re.compile(r"(?:19|20)\d\d-\d\d-\d\d", re.ASCII)


@dataclass(frozen=True)
class Span:
    """A period as observations name it, with its first and its last month."""

    period: str
    first: str
    last: str
    is_quarter: bool = False


def span_of(text: str) -> Span | str:
    """Return the period that a text names, or why it names none.

    ``2012-08``, ``2012-q3`` (a calendar quarter, kept as its last month), ``2012``,
    ``fy2011-12``, or the Sunday that ends a week.
    """
    if MONTH.fullmatch(text):
        return Span(text, text, text)
    if _YEAR.fullmatch(text):
        return Span(text, f"{text}-01", f"{text}-12")
    if found := _FINANCIAL_YEAR.fullmatch(text):
        first = int(found[1])
        if (first + 1) % 100 != int(found[2]):
            return "a financial year is two years, one after the other"
        return Span(text, f"{first}-04", f"{first + 1}-03")
    if found := _QUARTER.fullmatch(text):
        last = 3 * int(found[2])
        end = f"{found[1]}-{last:02d}"
        return Span(end, f"{found[1]}-{last - 2:02d}", end, is_quarter=True)
    if _DAY.fullmatch(text):
        return _week(text)
    return "not a period"


def _week(text: str) -> Span | str:
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        return "no such day"
    if day.weekday() != SUNDAY:
        return "not a Sunday: a week is named by the day that ends it"
    return Span(text, text[:7], text[:7])
