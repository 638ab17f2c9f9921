"""Months and the windows made of them: their algebra and their printed names.

A month is a ``pandas.Period`` of frequency ``M``, a week one of ``W-SUN``: from Monday to Sunday,
named by the Sunday. A :class:`Window` is a run of whole months, or of whole weeks, with the name
under which results are kept (``12m``, ``quarter``, ``4w`` ...).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

MONTH = re.compile(r"(?:19|20)\d\d-(?:0[1-9]|1[0-2])")
WEEK = re.compile(r"(?:19|20)\d\d-\d\d-\d\d")
KINDS = ("month", "3m", "quarter", "12m", "fy", "ytd", "week", "4w", "window")
WEEKS_IN_A_YEAR = 52
DAYS_IN_A_WEEK = 7
FIRST_MONTH_OF_FINANCIAL_YEAR = 4


def month(text: str) -> pd.Period:
    """Return the month that ``2012-08`` names; raises ``ValueError`` for anything else."""
    if not MONTH.fullmatch(text):
        raise ValueError(f"{text!r} is not a month like 2012-08")
    return pd.Period(text, "M")


def week(text: str) -> pd.Period:
    """Return the week that ends on the Sunday ``2012-10-14``; raises ``ValueError`` for others."""
    if not WEEK.fullmatch(text) or pd.Timestamp(text).day_name() != "Sunday":
        raise ValueError(f"{text!r} is not a Sunday, which ends a week")
    return pd.Period(text, "W-SUN")


def period(text: str) -> pd.Period:
    """Return the month or the week that a text names; raises ``ValueError`` for anything else."""
    return week(text) if WEEK.fullmatch(text) else month(text)


def is_week(found: pd.Period) -> bool:
    """Whether a period is a week, and not a month."""
    return found.freqstr == "W-SUN"


def key(found: pd.Period) -> str:
    """Return a month or week as observations name it: ``2012-08``, ``2012-10-14``."""
    return f"{found.end_time:%Y-%m-%d}" if is_week(found) else str(found)


def days(found: pd.Period) -> int:
    """Return how many days a month or week has."""
    return DAYS_IN_A_WEEK if is_week(found) else found.days_in_month


@dataclass(frozen=True)
class Window:
    """Whole months, or whole weeks, from ``first`` to ``last``, both included."""

    kind: str
    first: pd.Period
    last: pd.Period

    def __post_init__(self) -> None:
        """Refuse a window that ends before it begins."""
        if self.last < self.first:
            raise ValueError(f"{self.first}..{self.last} ends before it begins")

    def __str__(self) -> str:
        """Return the window as ``results.csv`` writes it: ``2011-09..2012-08``, weeks by days."""
        if is_week(self.first):
            return f"{self.first.start_time:%Y-%m-%d}..{key(self.last)}"
        return f"{self.first}..{self.last}"

    @cached_property
    def months(self) -> list[str]:
        """Every month of the window, as ``2012-08``, or every week, by its Sunday."""
        if is_week(self.first):
            return [key(found) for found in pd.period_range(self.first, self.last)]
        first, last = (12 * p.year + p.month - 1 for p in (self.first, self.last))
        return [f"{n // 12}-{n % 12 + 1:02d}" for n in range(first, last + 1)]

    def a_year_earlier(self) -> Window:
        """Return the same months of the year before, or as many weeks 52 weeks earlier."""
        if is_week(self.first):
            return Window(self.kind, self.first - WEEKS_IN_A_YEAR, self.last - WEEKS_IN_A_YEAR)
        return Window(self.kind, self.first - 12, self.last - 12)

    @property
    def name(self) -> str:
        """The window in words: ``September 2011 to August 2012``, ``October to December 2018``."""
        return self._named(month_name)

    @property
    def short_name(self) -> str:
        """The window for a column heading: ``Sep 2011 to Aug 2012``, ``Oct to Dec 2018``."""
        return self._named(short_month_name)

    def _named(self, name: Callable[[pd.Period], str]) -> str:
        last = name(self.last)
        if is_week(self.first):
            number = len(self.months)
            return f"week to {last}" if number == 1 else f"{number} weeks to {last}"
        if self.first == self.last:
            return last
        first = name(self.first)
        if self.first.year == self.last.year:
            first = first.removesuffix(f" {self.first.year}")
        return f"{first} to {last}"


@dataclass(frozen=True)
class Days:
    """The days of a financial year so far, both ends included: the year to date of a day."""

    first: dt.date
    last: dt.date
    kind: str = "ytd"

    def __str__(self) -> str:
        """Return the days as ``results.csv`` writes them: ``2010-04-01..2010-05-17``."""
        return f"{self.first}..{self.last}"

    @property
    def number(self) -> int:
        """How many days there are."""
        return (self.last - self.first).days + 1

    @property
    def name(self) -> str:
        """The days in words: ``1 April to 17 May 2010``."""
        first = day_name(self.first)
        if self.first.year == self.last.year:
            first = first.removesuffix(f" {self.first.year}")
        return f"{first} to {day_name(self.last)}"

    def a_year_earlier(self) -> Days:
        """Return as many days from the first of April a year before."""
        first = self.first.replace(year=self.first.year - 1)
        return Days(first, first + dt.timedelta(days=self.number - 1), self.kind)

    def parts(self) -> list[tuple[pd.Period, int]]:
        """Return each month that has some of the days, with how many of its days they are."""
        months = pd.period_range(pd.Period(self.first, "M"), pd.Period(self.last, "M"))
        return [
            (found, found.days_in_month if found < months[-1] else self.last.day)
            for found in months
        ]


def year_to(day: dt.date) -> Days:
    """Return the days of the financial year up to and with a day."""
    start = dt.date(day.year - (day.month < FIRST_MONTH_OF_FINANCIAL_YEAR), 4, 1)
    return Days(start, day)


def window(kind: str, last: pd.Period) -> Window:
    """Return the window of that kind which ends with the month ``last``.

    ``quarter`` is the calendar quarter and ``fy`` the financial year (April to March): both must
    end with ``last``, else ``ValueError``. ``ytd`` runs from April to ``last``. ``window`` (a pair
    that an edition declares) is made by :func:`parse_window`.
    """
    if kind in ("month", "week"):
        first = last
    elif kind == "4w":
        first = last - 3
    elif kind == "3m":
        first = last - 2
    elif kind == "12m":
        first = last - 11
    elif kind == "quarter":
        if last.month % 3:
            raise ValueError(f"{last} does not end a calendar quarter")
        first = last - 2
    elif kind == "fy":
        if last.month != FIRST_MONTH_OF_FINANCIAL_YEAR - 1:
            raise ValueError(f"{last} does not end a financial year (March does)")
        first = last - 11
    elif kind == "ytd":
        first = last - (last.month - FIRST_MONTH_OF_FINANCIAL_YEAR) % 12
    else:
        raise ValueError(f"{kind!r} is not a window; known: {', '.join(KINDS[:-1])}")
    return Window(kind, first, last)


def parse_window(text: str, kind: str = "window") -> Window:
    """Return the window that ``2012-04..2012-09`` names; raises ``ValueError``."""
    first, dots, last = text.partition("..")
    if not dots:
        raise ValueError(f"{text!r} is not a pair of months like 2012-04..2012-09")
    return Window(kind, month(first), month(last))


def month_name(period: pd.Period) -> str:
    """Return ``August 2012``; of a week the Sunday, ``14 October 2012``."""
    if is_week(period):
        return day_name(period.end_time.date())
    return f"{_MONTHS[period.month - 1]} {period.year}"


def short_month_name(period: pd.Period) -> str:
    """Return ``Aug 2012``; of a week the Sunday, ``14 Oct 2012``."""
    if is_week(period):
        sunday = period.end_time
        return f"{sunday.day} {_MONTHS[sunday.month - 1][:3]} {sunday.year}"
    return f"{_MONTHS[period.month - 1][:3]} {period.year}"


def day_name(day: dt.date) -> str:
    """Return ``25 October 2012``."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def date_name(date: str) -> str:
    """Return a day, month or year of a register in words, as exact as it is: ``March 2013``."""
    if MONTH.fullmatch(date):
        return month_name(month(date))
    return day_name(dt.date.fromisoformat(date)) if "-" in date else date


def financial_year(period: pd.Period) -> str:
    """Return the financial year that a month is in, as ``2018/19``."""
    start = period.year - (period.month < FIRST_MONTH_OF_FINANCIAL_YEAR)
    return f"{start}/{(start + 1) % 100:02d}"


def financial_year_window(name: str) -> Window:
    """Return April to March of a financial year written ``2011/12``; raises ``ValueError``."""
    found = re.fullmatch(r"(\d{4})/(\d\d)", name)
    if not found or (int(found[1]) + 1) % 100 != int(found[2]):
        raise ValueError(f"{name!r} is not a financial year like 2011/12")
    return window("fy", month(f"{int(found[1]) + 1}-03"))


# Not strftime: a page must be the same in every locale.
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
