"""What a row of each register is. A field's type is its rule; empty cells are None."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable
from enum import StrEnum
from fnmatch import fnmatchcase
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from scrutiny import places
from scrutiny.measures import catalogue
from scrutiny.observations import AREA_KINDS
from scrutiny.periods import MONTH, financial_year_window
from scrutiny.sources.catalogue import sources


class Rag(StrEnum):
    """Whether a recommendation was accepted; not a judgement of performance."""

    RED = "red"
    AMBER = "amber"
    GREEN = "green"


def _partial_date(text: str) -> str:
    if re.fullmatch(r"(19|20)\d\d", text) or MONTH.fullmatch(text):
        return text
    dt.date.fromisoformat(text)
    return text


def _area(text: str) -> str:
    if text != places.MPS and text not in {p.name for p in places.boroughs()}:
        raise ValueError("not MPS or a borough's full name")
    return text


def _measure(text: str) -> str:
    if text not in catalogue():
        raise ValueError("not a measure of the catalogue")
    return text


def _financial_year(text: str) -> str:
    financial_year_window(text)
    return text


def _month(text: str) -> str:
    if not MONTH.fullmatch(text):
        raise ValueError("not a month like 2013-04")
    return text


def _patterns(known: Iterable[str]) -> Callable[[tuple[str, ...]], tuple[str, ...]]:
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
Day = dt.date
PartialDate = Annotated[str, AfterValidator(_partial_date)]  # a day, a month or a year
Area = Annotated[str, AfterValidator(_area)]
MeasureKey = Annotated[str, AfterValidator(_measure)]
FinancialYear = Annotated[str, AfterValidator(_financial_year)]
Listed = Annotated[
    tuple[str, ...],
    BeforeValidator(lambda text: tuple(part.strip() for part in (text or "").split(";") if part)),
]


class Row(BaseModel):
    """Base of all rows: unknown columns are refused, rows do not change."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Document(Row):
    """A document that figures or facts were taken from."""

    document: Text
    title: Text
    publisher: str | None
    date: PartialDate | None
    note: str | None


class Recommendation(Row):
    """A recommendation, kept once; ``parent`` is the number that a sub-part belongs to."""

    reference: Text
    year: int
    origin: Text
    number: Text
    parent: str | None
    text: Text
    theme: Text
    addressee: Text
    asked_on: PartialDate
    asked_for: str | None
    document: Text
    locator: Text
    wording: Literal["paraphrase", "verbatim"]


class HistoryEntry(Row):
    """One dated thing that happened to a recommendation."""

    reference: Text
    date: PartialDate
    event: Literal["asked", "answered", "judged"]
    rag: Rag | None
    response: str | None
    responded_by: str | None
    offered_for: str | None
    next_check: str | None
    judged_by: str | None
    document: Text
    locator: Text
    wording: Literal["paraphrase", "verbatim"]


class NotableImpact(Row):
    """Something that changed because the committee asked."""

    number: int
    text: Text
    recommendations: Listed
    document: Text
    locator: Text


class Meeting(Row):
    """A meeting or event, held or upcoming when the document was written."""

    date: Day
    meeting: Text
    note: str | None
    body: str | None
    attendance: Literal["held", "upcoming"]
    document: Text
    locator: Text


class Decision(Row):
    """A formal decision signed by the Deputy Mayor."""

    number: Text
    year: int
    sequence: int
    title: Text
    signed_on: Day | None
    document: Text
    locator: Text


class LocalPriority(Row):
    """A borough's choice of a volume crime for a financial year, with its source."""

    borough: Area
    financial_year: FinancialYear
    measure: MeasureKey
    measure_name: Text
    kind: Literal["chosen", "mandatory"]
    document: Text
    source: Text
    confidence: Literal["high", "medium", "low"]
    note: str | None


class SeriesBreak(Row):
    """A month from which figures are counted otherwise, and what that forbids.

    ``measures``, ``areas`` (kinds) and ``sources`` are names or families of them, ``*`` for all.
    ``refuse``: no comparison across the month is made; ``footnote``: it is made, with the text.
    """

    key: Text
    measures: Annotated[Listed, AfterValidator(_patterns(catalogue()))]
    areas: Annotated[Listed, AfterValidator(_patterns(AREA_KINDS))]
    sources: Annotated[Listed, AfterValidator(_patterns(sources()))]
    month: Annotated[str, AfterValidator(_month)]
    rule: Literal["refuse", "footnote"]
    text: Text
    evidence: Text


class PublishedFigure(Row):
    """A figure as a document printed it; never computed, never corrected."""

    figure: Text
    measure: MeasureKey
    area: Area
    statistic: Text
    window: Text
    period: Text
    comparator: str | None
    value: float
    printed: Text
    unit: Text
    document: Text
    locator: Text
    note: str | None
