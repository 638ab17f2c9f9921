"""What a row of each register is. A field's type is its rule; empty cells are None."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from scrutiny.measures import catalogue
from scrutiny.observations import AREA_KINDS
from scrutiny.registers.cells import (
    Area,
    Day,
    FinancialYear,
    Listed,
    MeasureKey,
    PartialDate,
    Portfolio,
    Row,
    Text,
    last_day,
    month,
    patterns,
)
from scrutiny.sources.catalogue import sources


class Document(Row):
    """A document that figures or facts were taken from."""

    document: Text
    title: Text
    publisher: str | None
    date: PartialDate | None
    note: str | None


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
    measures: Annotated[Listed, AfterValidator(patterns(catalogue()))]
    areas: Annotated[Listed, AfterValidator(patterns(AREA_KINDS))]
    sources: Annotated[Listed, AfterValidator(patterns(sources()))]
    month: Annotated[str, AfterValidator(month)]
    rule: Literal["refuse", "footnote"]
    text: Text
    evidence: Text


class ScorecardChange(Row):
    """An indicator that left the partners' scorecard: who decided it, why, what replaces it.

    ``replacement`` names an indicator, or says that there is none.
    """

    indicator: MeasureKey
    left_on: PartialDate
    decision: Text
    decided_by: Text
    reason: Text
    replacement: Text
    document: Text
    locator: Text
    note: str | None


class PerformanceTarget(Row):
    """A target of a document; its figures are among those that the document printed.

    ``boroughs`` is what the document says of them beside their figures.
    """

    target: Text
    subject: Text
    measure: MeasureKey | None
    kind: Literal["target", "interim target", "at risk"]
    due: PartialDate | None
    boroughs: str | None
    document: Text
    locator: Text
    note: str | None


class ForceSurvey(Row):
    """A police force's share in a survey, in per cent, with what its error is made of."""

    force: Text
    measure: MeasureKey
    period: Annotated[str, AfterValidator(month)]
    share: Annotated[float, Field(ge=0, le=100)]
    asked: Annotated[int, Field(gt=0)]
    design_factor: Annotated[float, Field(gt=0)]
    document: Text
    locator: Text


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


class ListedItem(Row):
    """An item of a list of data that the committee is given, and what became of it.

    ``measure`` is empty for an item that no open file holds; ``absence`` then says why,
    ``statement`` what was published about it and ``holder`` who has it. An item that several
    measures stand for has a row each.
    """

    document: Text
    list: Text
    item: Text
    measure: MeasureKey | None
    portfolio: Portfolio
    footnote: str | None
    absence: str | None
    statement: str | None
    holder: str | None
    locator: Text

    @model_validator(mode="after")
    def _measured_or_missing(self) -> ListedItem:
        if self.measure is None and not (self.absence and self.statement and self.holder):
            raise ValueError(
                "no measure; say why in absence, what was published in statement, and who has it "
                "in holder"
            )
        return self


class Target(Row):
    """What was to be reached, as a document says it; never a value that nobody adopted.

    An ``aim`` was adopted by whoever set it, an ``ambition`` was spoken of. ``measure`` is the
    nearest that open data hold, and empty where they hold none; where there is one, ``note`` is
    about its figure.
    """

    target: Text
    name: Text
    measure: MeasureKey | None
    before: str | None
    aim: Text
    by: Text
    standing: Literal["aim", "ambition"]
    words: Text
    document: Text
    locator: Text
    note: str | None

    def is_over(self, day: dt.date) -> bool:
        """Whether the time that was set has passed by a day; one without a date never has."""
        return self.by[:4].isdecimal() and last_day(self.by) < day
