"""A survey's share of the police force beside those of its most similar forces."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from scrutiny import places, statistics
from scrutiny.measures import compare, printing
from scrutiny.measures.catalogue import catalogue
from scrutiny.measures.results import Result

METHOD = "share less the mean share of the other forces; the suite's own test"


class Survey(Protocol):
    """A force's share in a survey, as the register of force surveys has it."""

    force: str
    measure: str
    period: str
    share: float
    asked: int
    design_factor: float
    document: str
    locator: str


@dataclass(frozen=True)
class Member:
    """A force: its share, how far it is from the mean of the others with limits, and its grade."""

    force: str
    share: Result
    asked: Result
    difference: Result
    limits: tuple[Result, Result]
    grade: str

    @property
    def results(self) -> list[Result]:
        """Every number of it."""
        return [self.share, self.asked, self.difference, *self.limits]


def family(rows: Iterable[Survey], forces: Sequence[str], last: str) -> tuple[Member, ...]:
    """Return each force against the others, of each measure and its latest period up to ``last``.

    Nothing of a measure and period that lacks one of the MPS and its most similar ``forces``.
    """
    found: dict[str, dict[str, dict[str, Survey]]] = {}
    for row in rows:
        if row.period <= last and row.force in (places.MPS, *forces):
            found.setdefault(row.measure, {}).setdefault(row.period, {})[row.force] = row
    members: list[Member] = []
    for periods in found.values():
        whole = [period for period, own in periods.items() if len(own) == 1 + len(forces)]
        if forces and whole:
            own = periods[max(whole)]
            members += [_member(own[force], own) for force in (places.MPS, *forces)]
    return tuple(members)


def _surveyed(row: Survey) -> statistics.Surveyed:
    return statistics.Surveyed(row.share / 100, row.asked, row.design_factor)


def _member(row: Survey, own: dict[str, Survey]) -> Member:
    others = [other for force, other in own.items() if force != row.force]
    points = [
        100 * value
        for value in statistics.against_family(_surveyed(row), [_surveyed(o) for o in others])
    ]
    share = Result(
        result_id=f"{row.measure}.{places.slug(row.force)}.share.month.family",
        measure=row.measure,
        area=row.force,
        area_kind="force",
        period=f"{row.period}..{row.period}",
        comparator="",
        statistic="share",
        value=row.share,
        unit=compare.PER_CENT,
        printed=printing.share(row.share),
        status="as-published",
        method="taken from the document",
        sources=f"{row.document} {row.locator}",
    )
    asked = replace(
        share,
        result_id=share.result_id.replace(".share.", ".asked."),
        statistic="asked",
        value=float(row.asked),
        unit="people",
        printed=printing.count(row.asked),
    )
    difference, lower, upper = (
        replace(
            share,
            result_id=share.result_id.replace(".share.", f".{statistic}."),
            statistic=statistic,
            value=value,
            unit=compare.POINTS,
            printed=printing.points(value),
            status="ok",
            method=METHOD if side == "" else f"{side} 95% limit: {METHOD}",
            sources=compare.merged(share.sources, *(f"{o.document} {o.locator}" for o in others)),
        )
        for side, value in zip(("", "lower", "upper"), points, strict=True)
        for statistic in [f"family_gap_points{f'_{side}' if side else ''}"]
    )
    graded = statistics.grade(
        *(value / 100 for value in points),
        higher_is_better=catalogue()[row.measure].better == "higher",
    )
    return Member(row.force, share, asked, difference, (lower, upper), graded)
