"""The fields of ``edition.yml``, a model a report; a field that no model has is refused."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, Literal, get_args

import pandas as pd
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    model_validator,
)

from scrutiny.measures import catalogue
from scrutiny.measures.portfolios import PORTFOLIOS
from scrutiny.periods import (
    WEEK,
    Window,
    financial_year_window,
    is_week,
    month,
    parse_window,
    week,
)

EDITION_NAMES = {
    "month": re.compile(r"\d{4}-(0[1-9]|1[0-2])"),
    "quarter": re.compile(r"\d{4}-q[1-4]"),
    "financial year": re.compile(r"fy\d{4}-\d\d"),
    "week": re.compile(r"\d{4}-\d\d-\d\d"),
}


def _month(value: object) -> pd.Period:
    if not isinstance(value, str):
        raise ValueError(f"{value} is not a month like 2012-08")
    return month(value)


def _month_or_week(value: object) -> object:
    if isinstance(value, dt.date):
        value = value.isoformat()
    return week(value) if isinstance(value, str) and WEEK.fullmatch(value) else _month(value)


def _listed(value: object) -> object:
    return [value] if isinstance(value, str) else value


def _measure(key: str) -> str:
    if key not in catalogue():
        raise ValueError(f"{key!r} is not a measure of the catalogue")
    return key


def _portfolio(key: str) -> str:
    if key not in PORTFOLIOS:
        raise ValueError(f"{key!r} is not a portfolio; known: {', '.join(PORTFOLIOS)}")
    return key


def _kind(value: object) -> object:
    if isinstance(value, str):
        known = get_args(WindowKind)
        if value not in known:
            raise ValueError(
                f"{value!r} is not a window; known: {', '.join(known)}, or period and comparator"
            )
        return value
    return Declared.model_validate(value)


def _share(key: str) -> str:
    if not catalogue()[key].share_of:
        raise ValueError(f"{key!r} is not a share of another measure")
    return key


def _days(value: object) -> object:
    first, dots, last = str(value).partition("..")
    try:
        days = (dt.date.fromisoformat(first), dt.date.fromisoformat(last))
    except ValueError:
        raise ValueError(f"{value!r} is not a pair of days like 2012-09-08..2012-10-07") from None
    if not dots or days[1] < days[0]:
        raise ValueError(f"{value!r} ends before it begins")
    return {"first": days[0], "last": days[1]}


Month = Annotated[pd.Period, BeforeValidator(_month)]
Names = Annotated[tuple[str, ...], BeforeValidator(_listed)]
MeasureKey = Annotated[str, AfterValidator(_measure)]
Pair = Annotated[
    Window, BeforeValidator(lambda text: parse_window(text) if isinstance(text, str) else text)
]
WindowKind = Literal["month", "3m", "quarter", "12m", "fy", "ytd"]
Format = Literal["html", "pdf", "docx", "xlsx"]
FORMATS = get_args(Format)


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


class Pin(_Model):
    """An exact input file: path from the project's folder, and its sha256."""

    path: Annotated[str, Field(min_length=1)]
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class Days(_Model):
    """Days from first to last, both included: ``2012-09-08..2012-10-07``."""

    first: dt.date
    last: dt.date


class Declared(_Model):
    """A pair of windows that an edition declares instead of a usual one."""

    period: Pair
    comparator: Pair

    @model_validator(mode="after")
    def _of_equal_length(self) -> Declared:
        if len(self.period.months) != len(self.comparator.months):
            raise ValueError(
                f"{self.period} and {self.comparator} are not of the same number of months"
            )
        return self


Compare = Annotated[WindowKind | Declared, BeforeValidator(_kind)]


class Settings(_Model):
    """The fields that every edition may have."""

    title: Annotated[str, Field(min_length=1)]
    data_to: Month
    vintage: Names = ()
    files: tuple[Pin, ...] = ()
    status: Literal["draft", "for review", "approved"] = "draft"
    formats: tuple[Format, ...] = ("html",)
    next_edition: dt.date | None = None

    @property
    def weekly(self) -> bool:
        """Whether the figures are of weeks, and not of months."""
        return is_week(self.data_to)


class CommitteeMonthly(Settings):
    """The monthly report of MOPAC to the Police and Crime Committee."""

    meeting: dt.date
    venue: str = ""
    reporting_period: Annotated[Days, BeforeValidator(_days)]
    measures: tuple[MeasureKey, ...] = ("tno", "homicide", "violence-with-injury", "burglary")
    shares: tuple[Annotated[MeasureKey, AfterValidator(_share)], ...] = ()
    compare: Compare = "12m"
    baseline_year: (
        Annotated[str, AfterValidator(lambda y: financial_year_window(y) and y)] | None
    ) = None
    document: str | None = None
    hearings: Names = ()
    registers_since: dt.date | None = None
    portfolios: tuple[Annotated[str, AfterValidator(_portfolio)], ...] = tuple(PORTFOLIOS)


class RecommendationTracker(Settings):
    """What became of the committee's recommendations."""

    document: str
    origin: Annotated[str, Field(min_length=1)]
    hearings: Names = ()


class BoroughPriorities(Settings):
    """Each borough's priority crimes against London."""

    compare: Compare = "quarter"
    document: str | None = None


class PartnerScorecard(Settings):
    """The indicators that boroughs and their partners follow, by portfolio."""

    data_to: Annotated[pd.Period, BeforeValidator(_month_or_week)]
    indicators: Annotated[dict[str, tuple[MeasureKey, ...]], Field(min_length=1)]

    @property
    def compare(self) -> str:
        """The window that the page leads with."""
        return "week" if self.weekly else "month"

    @property
    def windows(self) -> tuple[str, ...]:
        """The windows of each indicator: the latest month or week, then longer ones."""
        return ("week", "4w") if self.weekly else ("month", "3m", "ytd")

    @property
    def listed(self) -> tuple[str, ...]:
        """Every indicator, in order."""
        return tuple(dict.fromkeys(m for own in self.indicators.values() for m in own))


class TerritorialPerformance(Settings):
    """The year to date of the main crimes, boroughs over three months, confidence and targets."""

    day_to: dt.date | None = None
    measures: Annotated[tuple[MeasureKey, ...], Field(min_length=1)]
    parts: dict[MeasureKey, MeasureKey] = Field(default_factory=dict)
    borough_measures: tuple[MeasureKey, ...] = ()
    areas: str | None = None
    survey_targets: dict[MeasureKey, float] = Field(default_factory=dict)
    similar_forces: Names = ()
    document: str | None = None

    @property
    def compare(self) -> str:
        """The window over which boroughs are compared."""
        return "3m"

    @property
    def last_day(self) -> dt.date:
        """The day that the year to date ends with: ``day_to``, or that of the last month."""
        return self.day_to or self.data_to.end_time.date()


class Explore(Settings):
    """A page for each measure: what the dashboard of the figures shows, without it."""

    compare: Literal["month", "3m", "12m", "ytd"] = "12m"
