"""The tracker's numbers: how many, of which colour, theme and age, and how late."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from scrutiny import places
from scrutiny.edition import Edition
from scrutiny.measures import Result, catalogue, printing, result_id
from scrutiny.registers import AcceptanceRag
from scrutiny.report.recommended import Recommended
from scrutiny.report.records import is_late

if TYPE_CHECKING:
    from scrutiny.report.tracker import Tracker

ALL, OPEN = "recommendations", "recommendations-open"
FOLLOWED, OVERDUE = "recommendations-followed", "recommendations-overdue"
UNDATED = "recommendations-undated"
COLOURS = {rag: f"recommendations-{rag.value}" for rag in AcceptanceRag} | {None: OPEN}
# Months since the month in which it was asked, both ends included.
AGES = {
    "up to 3 months": (0, 3),
    "4 to 6 months": (4, 6),
    "7 to 12 months": (7, 12),
    "over a year, up to two": (13, 24),
    "over two years": (25, 10_000),
}
MOST_SHOWN = 25  # rows of a table that a list of any length leads to
METHOD = "rows of the register, sub-parts not counted"


def numbers(edition: Edition, tracker: Tracker, part: str) -> list[Result]:
    """Return every number of a page of the tracker."""
    if tracker.alone:
        (found,) = tracker.all
        late = [_days_late(edition, found)] if found.days_late else []
        return [_number(edition, ALL, "age_months", found.months_old, "months", found.tag), *late]
    made = _standing(edition, tracker, part)
    made += [_days_late(edition, found) for found in overdue(tracker.all)[:MOST_SHOWN]]
    if part:
        return made
    for name, page in tracker.pages:
        made += [c for c in _counts(edition, page, name) if c.measure in (ALL, OVERDUE)]
    for numbers_of in (_by_theme, _by_age, _by_owner, _actions):
        made += numbers_of(edition, tracker)
    return made


def age_tag(band: str) -> str:
    """Return the tag of an age's numbers: ``asked-up-to-3-months-ago``."""
    return f"asked-{band.replace(',', '').replace(' ', '-')}-ago"


def aged(found: Iterable[Recommended], band: str) -> list[Recommended]:
    """Return the recommendations of an age that are still followed."""
    least, most = AGES[band]
    return [r for r in found if not r.closed and least <= r.months_old <= most]


def overdue(found: Iterable[Recommended]) -> list[Recommended]:
    """Return those that are late, the latest first."""
    return sorted((r for r in found if r.days_late), key=lambda r: -r.days_late)


def _standing(edition: Edition, tracker: Tracker, part: str) -> list[Result]:
    """Return the counts of the page and, where there was an edition before, their changes."""
    undated = sum(bool(r.undated) for r in tracker.all)
    now = [*_counts(edition, tracker.all, part), _count(edition, UNDATED, undated, part)]
    if part or tracker.before is None:
        return now
    known = [r for r in tracker.all if r.was_known]
    earlier = {
        ALL: len(known),
        **{measure: sum(r.earlier == rag for r in known) for rag, measure in COLOURS.items()},
    }
    changes = [
        _number(
            edition, measure, "change", count.value - earlier[measure], count.unit,
            before=tracker.before, made_of=(count.value, earlier[measure]),
        )
        for count in now
        if (measure := count.measure) in earlier
    ]  # fmt: skip
    return [*now, *changes]


def _counts(edition: Edition, found: Iterable[Recommended], tag: str = "") -> list[Result]:
    found = tuple(found)
    values = {ALL: len(found)} | {
        measure: sum(r.rag == rag for r in found) for rag, measure in COLOURS.items()
    }
    values[FOLLOWED] = sum(not r.closed for r in found)
    values[OVERDUE] = sum(r.days_late > 0 for r in found)
    return [_count(edition, measure, value, tag) for measure, value in values.items()]


def _by_theme(edition: Edition, tracker: Tracker) -> list[Result]:
    of_theme = {theme: [] for theme in tracker.themes}
    for found in tracker.all:
        of_theme[found.recommendation.theme].append(found)
    return [
        count
        for theme, own in of_theme.items()
        for count in _counts(edition, own, f"theme-{tracker.themes[theme]}")
        if count.measure != FOLLOWED
    ]


def _by_age(edition: Edition, tracker: Tracker) -> list[Result]:
    return [
        _count(
            edition, measure, sum(measure == FOLLOWED or r.rag == rag for r in own), age_tag(band)
        )
        for band in AGES
        for own in [aged(tracker.all, band)]
        for rag, measure in [("any", FOLLOWED), *COLOURS.items()]
    ]  # fmt: skip


def _by_owner(edition: Edition, tracker: Tracker) -> list[Result]:
    made = []
    for owner, tag in tracker.owners.items():
        own = tracker.of_owner(owner)
        tag = f"owner-{tag}"
        made.append(_count(edition, FOLLOWED, sum(not r.closed for r in own), tag))
        made.append(_count(edition, OVERDUE, sum(r.days_late > 0 for r in own), tag))
        most = max((r.days_late for r in own), default=0)
        made.append(_number(edition, OVERDUE, "days_late", most, "days", tag))
    return made


def _actions(edition: Edition, tracker: Tracker) -> list[Result]:
    if not edition.settings.hearings:
        return []
    values = {
        "actions": len(tracker.actions),
        "actions-open": sum(not action.closed_on for action in tracker.actions),
        "actions-overdue": sum(is_late(action, tracker.at) for action in tracker.actions),
    }
    return [_count(edition, measure, value) for measure, value in values.items()]


def _days_late(edition: Edition, found: Recommended) -> Result:
    return _number(edition, OVERDUE, "days_late", found.days_late, "days", found.tag)


def _count(edition: Edition, measure: str, value: int, tag: str = "") -> Result:
    return _number(edition, measure, "count", value, catalogue()[measure].unit, tag)


def _number(
    edition: Edition,
    measure: str,
    statistic: str,
    value: float,
    unit: str,
    tag: str = "",
    *,
    before: Edition | None = None,
    made_of: tuple[float, float] | None = None,
) -> Result:
    last = edition.settings.data_to
    numerator, denominator = made_of or (None, None)
    return Result(
        result_id=result_id(measure, places.MPS, statistic, "day", tag),
        measure=measure,
        area=places.MPS,
        area_kind="force",
        period=f"{last.end_time:%Y-%m-%d}",
        comparator=f"{before.settings.data_to.end_time:%Y-%m-%d}" if before else "",
        statistic=statistic,
        value=float(value),
        unit=unit,
        numerator=numerator,
        denominator=denominator,
        printed=printing.count_change(value) if before else printing.count(value),
        method=f"count - count in {before.target}" if before else METHOD,
        sources=edition.settings.document,
        note="as at the end of the month",
    )
