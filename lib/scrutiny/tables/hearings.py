"""For a hearing: what happened to one recommendation, and what earlier hearings left to do."""

from __future__ import annotations

from scrutiny.markup import number
from scrutiny.markup import text as escape
from scrutiny.periods import date_name, day_name
from scrutiny.registers import Action, HistoryEntry
from scrutiny.report import Report
from scrutiny.tables.recommendations import NOTHING, badge
from scrutiny.tables.registers import badge_of
from scrutiny.tables.table import Column, Table
from scrutiny.words import Passage


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
            *_counted(report),
            "An action is open until a document that closes it is on record here: that none is "
            "does not say that nothing was done.",
        ),
        cards=True,
    )


def _counted(report: Report) -> list[str]:
    """Return in a sentence how many actions there are, open and overdue; nothing without any."""
    if not report.has("actions", "count", "day"):
        return []
    total, left, late = (
        number(report.number(measure, "count", "day"))
        for measure in ("actions", "actions-open", "actions-overdue")
    )
    return [f"Actions and questions: {total}; open: {left}; overdue: {late}."]


def _event(entry: HistoryEntry) -> str:
    if entry.rag:
        return f"{badge(entry.rag)} by the {escape(entry.judged_by)}"
    if not (who := entry.responded_by):
        return entry.event
    return f"{entry.event} by {'' if who.isupper() else 'the '}{escape(who)}"


def _action(report: Report, action: Action) -> tuple[str, ...]:
    closed = "not on record"
    if action.closed_by:
        title = report.registers.document(action.closed_by).title
        closed = ", ".join(filter(None, (escape(title), escape(action.closed_locator or ""))))
    state = badge_of(action, report.tracker.at)
    return (
        f"{day_name(action.meeting_on)}, {escape(action.minute)}: {escape(action.subject)}",
        f"{escape(action.text)} ({action.kind}; asked by {escape(action.asked_by)})",
        escape(action.owner),
        escape(action.due or "no date stated"),
        f"<strong>{state}</strong>",
        closed,
    )
