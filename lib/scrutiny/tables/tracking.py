"""The tracker's dates: what moved, is late, is old and comes next; what hearings left to do."""

from __future__ import annotations

from scrutiny.markup import text as escape
from scrutiny.periods import date_name, day_name
from scrutiny.registers import Action, HistoryEntry, last_day
from scrutiny.report import Recommended, Report
from scrutiny.report.tracked import AGES, COLOURS, FOLLOWED, OVERDUE, age_tag, is_late
from scrutiny.report.tracked import overdue as latest_first
from scrutiny.tables.recommendations import NOTHING, badge, name
from scrutiny.tables.table import Column, Table
from scrutiny.words import Passage

MOST_ROWS = 25  # of a table that a list of any length leads to
NONE = ("none",)


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
            Column(f"In {before.period_name}", numeric=False),
            Column(f"In {report.edition.period_name}", numeric=False),
            Column("Reason", numeric=False),
        ),
        tuple(
            (name(r), badge(r.earlier), badge(r.rag), _reason(r.judged)) for r in moved[:MOST_ROWS]
        )
        or (("none", "none", "none", "no status has changed"),),
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
            for r in late[:MOST_ROWS]
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
            for owner, tag in shown[:MOST_ROWS]
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
        ("Age is counted in calendar months from the month in which it was asked.",),
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
            for r in apart[:MOST_ROWS]
        )
        or (("none", "none", "none", "none"),),
        _cut(apart, "in the order of the list"),
    )


def ahead(report: Report) -> Table | Passage:
    """Return what the committee looks at next, and what was offered, the earliest date first."""
    dated = sorted(
        (
            (last_day(by) if by else None, found, what, when)
            for found in report.tracker.all
            if found.outstanding
            for what, when, by in _coming(found)
        ),
        key=lambda row: (row[0] is None, row[0] or report.tracker.at),
    )
    if not dated and report.is_extract:
        return NOTHING
    return Table(
        "What comes next, the earliest first",
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
            for by, found, what, when in dated[:MOST_ROWS]
        )
        or (("none", "no date set", "none", "none"),),
        _cut(dated, "the earliest first"),
    )


def timeline(report: Report) -> Table | Passage:
    """Return, for one recommendation, what happened and when, with where it stands."""
    if not report.tracker.alone:
        return NOTHING
    (found,) = report.tracker.all
    return Table(
        f"What happened to recommendation {found.recommendation.number}",
        (
            Column("When", numeric=False),
            Column("What happened", numeric=False),
            Column("Content", numeric=False),
            Column("Evidence", numeric=False),
        ),
        tuple(
            (
                date_name(entry.date),
                _event(entry),
                escape(entry.response or entry.decision or "as printed above"),
                f"{escape(report.registers.document(entry.document).title)}, "
                f"{escape(entry.locator)} ({entry.wording})",
            )
            for entry in found.history
        )
        or (("none", "nothing on record", "none", "none"),),
        cards=True,
    )


def actions(report: Report) -> Table | Passage:
    """Return what hearings left to do: minute, subject, action required, by whom, status."""
    if not report.edition.settings.hearings or report.is_extract:
        return NOTHING
    return Table(
        "Summary list of actions and questions",
        (
            Column("Minute and subject", numeric=False),
            Column("Action required", numeric=False),
            Column("By whom", numeric=False),
            Column("When", numeric=False),
            Column("Status", numeric=False),
            Column("Closed by", numeric=False),
        ),
        tuple(_action(report, action) for action in report.tracker.actions)
        or (("none", "none", "none", "none", "none", "none on record"),),
        (
            "An action is open until a document that closes it is on record here: that none is "
            "does not say that nothing was done.",
        ),
        cards=True,
    )


def _coming(found: Recommended) -> list[tuple[str, str, str | None]]:
    """Return what is still to come of a recommendation: what, when in words, by when."""
    coming = []
    if found.next_check:
        coming.append(
            (
                "the committee looks again",
                found.next_check.next_check,
                found.next_check.next_check_by,
            )
        )
    if found.offer:
        coming.append(("an answer was offered", found.offer.offered_for, found.offer.offered_by))
    elif found.recommendation.asked_for:
        own = found.recommendation
        coming.append(("an answer was asked for", own.asked_for, own.asked_by))
    return coming


def _event(entry: HistoryEntry) -> str:
    if entry.rag:
        return f"{badge(entry.rag)} by the {escape(entry.judged_by)}"
    by = f" by the {escape(entry.responded_by)}" if entry.responded_by else ""
    return f"{entry.event}{by}"


def _reason(entry: HistoryEntry | None) -> str:
    return escape(entry.response if entry and entry.response else "no reason on record")


def _action(report: Report, action: Action) -> tuple[str, ...]:
    closed = "not on record"
    if action.closed_by:
        title = report.registers.document(action.closed_by).title
        closed = ", ".join(filter(None, (escape(title), escape(action.closed_locator or ""))))
    state = f"● CLOSED {day_name(action.closed_on)}" if action.closed_on else "○ OPEN"
    late = "<br><strong>Overdue</strong>" if is_late(action, report.tracker) else ""
    return (
        f"{day_name(action.meeting_on)}, {escape(action.minute)}: {escape(action.subject)}",
        f"{escape(action.text)} ({action.kind}; asked by {escape(action.asked_by)})",
        escape(action.owner),
        escape(action.due or "no date stated"),
        f'<span class="rag">{state}</span>{late}',
        closed,
    )


def _cut(found: list, order: str) -> tuple[str, ...]:
    """Return a note where a table leaves out what its page has no room for."""
    if len(found) <= MOST_ROWS:
        return ()
    return (f"The first {MOST_ROWS} are shown, {order}; the pages of the list hold the others.",)
