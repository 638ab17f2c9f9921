"""The tracker's dates: what moved, is late, is old and comes next; where dates differ."""

from __future__ import annotations

import datetime as dt

from scrutiny.markup import number
from scrutiny.markup import text as escape
from scrutiny.periods import date_name, day_name
from scrutiny.registers import HistoryEntry, days_meant, last_day
from scrutiny.report import Recommended, Report
from scrutiny.report.tracked import AGES, COLOURS, FOLLOWED, MOST_SHOWN, OVERDUE, age_tag
from scrutiny.report.tracked import overdue as latest_first
from scrutiny.tables.recommendations import NOTHING, badge, name
from scrutiny.tables.table import Column, Table
from scrutiny.words import Passage

BY_FIRST_DAY = "by the first day that a date can mean, those without one last"
NEVER = (dt.date.max, dt.date.max)


def movements(report: Report) -> Table | Passage:
    """Return each recommendation whose status is another than in the last edition, and why."""
    before = report.tracker.before
    if before is None or report.is_extract:
        return NOTHING
    moved = [r for r in report.tracker.all if r.moved]
    return Table(
        f"Status changed since {before.period_name}",
        (
            Column("Recommendation", numeric=False),
            Column("Status then and now", numeric=False),
            Column("Reason", numeric=False),
        ),
        tuple(
            (name(r), f"{badge(r.earlier)} then {badge(r.rag)}", _reason(r.judged))
            for r in moved[:MOST_SHOWN]
        )
        or (("none", "none", "no status has changed"),),
        _cut(moved, "in the order of the list"),
        cards=True,
    )


def overdue(report: Report) -> Table | Passage:
    """Return what is overdue, the latest first: since when, from whom."""
    late = latest_first(report.tracker.all)
    if report.is_extract and not late:
        return NOTHING
    return Table(
        f"Overdue on {day_name(report.tracker.at)}",
        (
            Column("Recommendation", numeric=False),
            Column("Asked of", numeric=False),
            Column("Due", numeric=False),
            Column("Late", "days"),
            Column("Status", numeric=False),
        ),
        tuple(
            (
                name(r),
                escape(r.recommendation.addressee),
                day_name(r.due),
                report.number(OVERDUE, "days_late", "day", tag=r.tag),
                badge(r.rag),
            )
            for r in late[:MOST_SHOWN]
        )
        or (("none", "none", "none", "none", "nothing is overdue"),),
        (
            "Due is the last day of the last date offered or, where none was offered, of the date "
            "asked. Dates that name no single day, month or year, such as June each year, are not "
            "counted as passed.",
            *_cut(late, "the latest first"),
        ),
    )


def owners(report: Report) -> Table | Passage:
    """Return for each owner what is followed, what is overdue, and by how long at most."""
    if report.is_extract:
        return NOTHING
    shown = list(report.tracker.owners.items())
    return Table(
        "Recommendations by whom they were made to",
        (
            Column("Asked of", numeric=False),
            Column("Followed", "count"),
            Column("Overdue", "count"),
            Column("Longest overdue", "days"),
        ),
        tuple(
            (
                escape(owner),
                report.number(FOLLOWED, "count", "day", tag=f"owner-{tag}"),
                report.number(OVERDUE, "count", "day", tag=f"owner-{tag}"),
                report.number(OVERDUE, "days_late", "day", tag=f"owner-{tag}"),
            )
            for owner, tag in shown[:MOST_SHOWN]
        ),
        (
            "A recommendation made to several counts with each of them.",
            *_cut(shown, "in the order of the list"),
        ),
    )


def ages(report: Report) -> Table | Passage:
    """Return how long ago what is still followed was asked, by status."""
    if report.is_extract:
        return NOTHING
    measures = (FOLLOWED, *COLOURS.values())
    return Table(
        f"Recommendations still followed, by age on {day_name(report.tracker.at)}",
        (
            Column("Asked", numeric=False),
            Column("All", "count"),
            *(Column(rag.value.capitalize() if rag else "Not judged", "count") for rag in COLOURS),
        ),
        tuple(
            (
                f"{band} ago",
                *(report.number(m, "count", "day", tag=age_tag(band)) for m in measures),
            )
            for band in AGES
        ),
        (
            f"{number(report.number(FOLLOWED, 'count', 'day'))} are followed in all. Age counts "
            "calendar months from the month in which it was asked.",
        ),
    )


def promises(report: Report) -> Table | Passage:
    """Return where one date was asked for and another offered."""
    apart = [r for r in report.tracker.all if r.offered_otherwise]
    if not apart and report.is_extract:
        return NOTHING
    return Table(
        "Asked for one date, offered another",
        (
            Column("Recommendation", numeric=False),
            Column("Asked for", numeric=False),
            Column("Offered", numeric=False),
            Column("Delivered", numeric=False),
        ),
        tuple(
            (
                name(r),
                escape(r.recommendation.asked_for),
                escape(r.offer.offered_for),
                date_name(r.delivered.date) if r.delivered else "not on record",
            )
            for r in apart[:MOST_SHOWN]
        )
        or (("none", "none", "none", "none"),),
        _cut(apart, "in the order of the list"),
    )


def ahead(report: Report) -> Table | Passage:
    """Return what the committee looks at next, and what was offered, in order of their dates."""
    dated = sorted(
        (
            (last_day(by) if by else None, found, what, when, days_meant(when, by, said))
            for found in report.tracker.all
            if found.outstanding
            for what, when, by, said in _coming(found)
        ),
        key=lambda row: row[4] or NEVER,
    )
    if not dated and report.is_extract:
        return NOTHING
    return Table(
        f"What comes next, {BY_FIRST_DAY}",
        (
            Column("Recommendation", numeric=False),
            Column("When", numeric=False),
            Column("What", numeric=False),
            Column("Asked of", numeric=False),
        ),
        tuple(
            (
                name(found),
                escape(when) + (" (this date has passed)" if by and by < report.tracker.at else ""),
                what,
                escape(found.recommendation.addressee),
            )
            for by, found, what, when, _ in dated[:MOST_SHOWN]
        )
        or (("none", "no date set", "none", "none"),),
        _cut(dated, BY_FIRST_DAY),
    )


def _coming(found: Recommended) -> list[tuple[str, str, str | None, str]]:
    """Return what is still to come of a recommendation: what, when in words, by when, said when."""
    coming, own, check, offer = [], found.recommendation, found.next_check, found.offer
    if check:
        what = "the committee looks again"
        coming.append((what, check.next_check, check.next_check_by, check.date))
    if offer:
        coming.append(("an answer was offered", offer.offered_for, offer.offered_by, offer.date))
    elif own.asked_for:
        coming.append(("an answer was asked for", own.asked_for, own.asked_by, own.asked_on))
    return coming


def _reason(entry: HistoryEntry | None) -> str:
    return escape(entry.response if entry and entry.response else "no reason on record")


def _cut(found: list, order: str) -> tuple[str, ...]:
    """Return a note where a table leaves out what its page has no room for."""
    if len(found) <= MOST_SHOWN:
        return ()
    return (f"The first {MOST_SHOWN} are shown, {order}; the pages of the list hold the others.",)
