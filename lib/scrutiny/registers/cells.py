"""What a cell of a register may hold; each rule says what is wrong and what cures it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable
from fnmatch import fnmatchcase
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from scrutiny import places
from scrutiny.measures import catalogue
from scrutiny.measures.portfolios import PORTFOLIOS
from scrutiny.periods import MONTH, financial_year_window

_DAY = re.compile(r"(19|20)\d\d-\d\d-\d\d")
_YEAR = re.compile(r"(19|20)\d\d")
# How people write a day that is not as the registers have it; what is read so is only proposed.
_OTHERWISE = ("%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%d %B %Y", "%d %b %Y", "%d/%m/%y", "%Y/%m/%d")
_MONTH_OTHERWISE = ("%B %Y", "%b %Y", "%b-%y", "%m/%Y")


def _day(text: str | None) -> str:
    if text is None:
        raise ValueError("empty, and may not be; write a day like 2013-03-25")
    if not _DAY.fullmatch(text):
        raise ValueError(f"not a day like 2013-03-25; {_proposed(text)}")
    try:
        dt.date.fromisoformat(text)
    except ValueError:
        raise ValueError("no such day in the calendar; correct the day or the month") from None
    return text


def _partial_date(text: str) -> str:
    if _YEAR.fullmatch(text) or MONTH.fullmatch(text):
        return text
    if not _DAY.fullmatch(text):
        raise ValueError(
            f"not a day, month or year like 2013-03-25, 2013-03 or 2013; {_proposed(text)}"
        )
    return _day(text)


def _proposed(text: str) -> str:
    """Return what to write instead of a date that is written otherwise."""
    for ways, shown in ((_OTHERWISE, "%Y-%m-%d"), (_MONTH_OTHERWISE, "%Y-%m")):
        for way in ways:
            try:
                read = dt.datetime.strptime(text, way)  # noqa: DTZ007 (a day has no zone)
            except ValueError:
                continue
            return f"write {read:{shown}} if that is what is meant"
    return "write the year, month and day with hyphens, as text"


def last_day(date: str) -> dt.date:
    """Return the last day of a day, month or year of a register."""
    if _YEAR.fullmatch(date):
        return dt.date(int(date), 12, 31)
    if MONTH.fullmatch(date):
        year, month = map(int, date.split("-"))
        return dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)
    return dt.date.fromisoformat(date)


def first_day(date: str) -> dt.date:
    """Return the first day of a day, month or year of a register."""
    return dt.date.fromisoformat(date + "-01" * (2 - date.count("-")))


def _area(text: str) -> str:
    if text != places.MPS and text not in {p.name for p in places.boroughs()}:
        raise ValueError("not MPS or a borough's full name")
    return text


def _measure(text: str) -> str:
    if text not in catalogue():
        raise ValueError("not a measure of the catalogue")
    return text


def _portfolio(text: str) -> str:
    if text not in PORTFOLIOS:
        raise ValueError(f"not a portfolio; known: {', '.join(PORTFOLIOS)}")
    return text


def _financial_year(text: str) -> str:
    financial_year_window(text)
    return text


def month(text: str) -> str:
    """Return a month as it is written; raises ``ValueError`` for what is none."""
    if not MONTH.fullmatch(text):
        raise ValueError("not a month like 2013-04")
    return text


def patterns(known: Iterable[str]) -> Callable[[tuple[str, ...]], tuple[str, ...]]:
    """Return the rule of a list of names or families (``asb-calls-*``), each of something known."""

    def rule(patterns: tuple[str, ...]) -> tuple[str, ...]:
        if not patterns:
            raise ValueError("empty; write * for all")
        for pattern in patterns:
            if not any(fnmatchcase(name, pattern) for name in known):
                raise ValueError(f"{pattern!r} names nothing known")
        return patterns

    return rule


Text = Annotated[str, Field(min_length=1)]
Day = Annotated[dt.date, BeforeValidator(_day)]
PartialDate = Annotated[str, AfterValidator(_partial_date)]  # a day, a month or a year
Area = Annotated[str, AfterValidator(_area)]
MeasureKey = Annotated[str, AfterValidator(_measure)]
Portfolio = Annotated[str, AfterValidator(_portfolio)]
FinancialYear = Annotated[str, AfterValidator(_financial_year)]
Listed = Annotated[
    tuple[str, ...],
    BeforeValidator(lambda text: tuple(part.strip() for part in (text or "").split(";") if part)),
]


class Row(BaseModel):
    """Base of all rows: unknown columns are refused, rows do not change."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)
