"""The registers of a monthly report as tables: finance, letters, commitments, actions."""

from __future__ import annotations

import datetime as dt

from scrutiny.markup import number
from scrutiny.markup import text as escape
from scrutiny.periods import date_name, day_name, month, month_name
from scrutiny.registers import Action, FinanceFigure
from scrutiny.report import Report
from scrutiny.report.finance import measure_of
from scrutiny.report.records import PART, Answered, Promise, state_of
from scrutiny.tables.table import Cell, Column, Table
from scrutiny.words import Passage

BADGES = {
    "open": "○ NOT DONE",
    "ahead": "◇ NOT YET DUE",
    "overdue": "✗ OVERDUE",
    "done": "● DONE",
}
NONE = "none on record"
UNITS = {"Amount": "£ million", "Days": "days"}


def finance(report: Report) -> Table | Passage:
    """Return the figures of the latest approved period, and what is withheld and why, if any."""
    if report.finance is None or not (report.finance.shown or report.finance.withheld):
        return Passage("")
    rows = (*report.finance.shown, *report.finance.withheld)
    return _table(
        f"Finance: what may be shown on {day_name(report.edition.settings.meeting)}",
        ("Period", "Figure", "Amount", "State", "Why"),
        tuple(_figure(report, row) for row in rows),
        "Amounts are in millions of pounds. A figure is shown from the day of its approval.",
    )


def _figure(report: Report, row: FinanceFigure) -> tuple[Cell, ...]:
    own = report.number(measure_of(row), "amount", row.month)
    state = row.state or "state not stated"
    by = f" by {row.state_by}" if row.state_by else ""
    on = f", {day_name(row.state_on)}" if row.state_on else ""
    return (
        f"{escape(row.period)} ({month_name(month(row.month))})",
        f"{escape(row.kind)}, {escape(row.figure)}",
        own,
        escape(f"{state}{by}{on}"),
        escape(own.note if own.status == "withheld" else "approved"),
    )


def correspondence(report: Report) -> Table | Passage:
    """Return the letters, questions and requests on record, with the days to each answer."""
    return _of_registers(
        report,
        "Letters, questions and requests",
        ("What and about what", "From and to", "Sent", "Answer due", "Answered", "Days", "Source"),
        [_letter(report, each) for each in report.records.letters] if report.records else [],
        "A letter is late where it was answered after the day on which an answer was due, or that "
        "day has passed. Where no such day is on record, lateness is not judged.",
    )


def _letter(report: Report, each: Answered) -> tuple[Cell, ...]:
    own, days = each.letter, "not answered on record"
    if each.days is not None:
        days = number(report.number("response-days", "days", "day", tag=own.reference))
    if own.number is not None:
        what, days = "Requests, as many as the key messages say", "not on record"
    else:
        what = f"{escape(own.kind.capitalize())} {escape(own.reference)}"
    late = "<br><strong>✗ OVERDUE</strong>" if each.overdue else ""
    sent = f"since {day_name(own.sent_on)}" if own.number is not None else day_name(own.sent_on)
    return (
        f"{what}: {escape(own.subject)}." + (f" {escape(own.note)}" if own.note else ""),
        f"{escape(own.sender)} to {escape(own.addressee)}",
        sent,
        day_name(own.due_by) if own.due_by else "no day on record",
        (day_name(own.answered_on) if each.days is not None else "no") + late,
        days,
        _source(report, own.document, own.locator),
    )


def commitments(report: Report) -> Table | Passage:
    """Return what somebody said would be done: who, by when, moved from when, where it stands."""
    return _of_registers(
        report,
        "Commitments, with the dates that answers to recommendations promised",
        ("What", "Who", "Due", "Moved from", "State", "Source"),
        [_promise(report, each) for each in report.records.promises] if report.records else [],
        "Of a recommendation, the date moved from is the one that the Committee asked for.",
    )


def _promise(report: Report, each: Promise) -> tuple[Cell, ...]:
    title = report.registers.document(each.closed_by).title if each.closed_by else ""
    closed = f"<br>{escape(title)}" if title else ""
    return (
        f"{escape(each.subject)}: {escape(each.text)}",
        escape(each.owner),
        escape(each.due),
        escape(_when(each.moved_from)) if each.moved_from else "not moved on record",
        f"<strong>{BADGES['ahead' if each.ahead else each.state]}</strong>{closed}",
        _source(report, each.document, each.locator),
    )


def badge_of(action: Action, day: dt.date) -> str:
    """Return how an action stands on a day, as a sign and words."""
    closed = f" {day_name(action.closed_on)}" if action.closed_on else ""
    return BADGES[state_of(action, day)] + closed


def _when(date: str) -> str:
    return date_name(date) if date[:4].isdecimal() else date


def taken_away(report: Report) -> Table | Passage:
    """Return the actions taken away at hearings: owner, due, state and what closed each."""
    return _of_registers(
        report,
        "Actions taken away at hearings",
        ("Subject and action", "Owner", "Due", "State", "Closed by", "Source"),
        [_action(report, each) for each in report.records.actions] if report.records else [],
    )


def _action(report: Report, action: Action) -> tuple[Cell, ...]:
    closed = report.registers.document(action.closed_by).title if action.closed_by else NONE
    state = badge_of(action, report.records.day)
    return (
        f"{escape(action.subject)}: {escape(action.text)} ({escape(action.kind)}, "
        f"{day_name(action.meeting_on)}, asked by {escape(action.asked_by)})",
        escape(action.owner),
        escape(action.due or "no date stated"),
        f"<strong>{state}</strong>",
        escape(closed),
        _source(report, action.document, action.locator),
    )


def decided(report: Report) -> Table | Passage:
    """Return every decision on record by the day, and the numbers that are not."""
    kept = report.records
    gaps = ", ".join(kept.gaps) if kept else ""
    return _of_registers(
        report,
        "Decisions on record by number",
        ("Number", "Decision", "Signed", "Source"),
        [
            (
                escape(d.number),
                escape(d.title),
                day_name(d.signed_on) if d.signed_on else "date not stated",
                _source(report, d.document, d.locator),
            )
            for d in (kept.decisions if kept else ())
        ],
        f"Numbers between them that are not on record here: DMPCD {escape(gaps)}." if gaps else "",
    )


def _of_registers(
    report: Report, caption: str, headings: tuple[str, ...], rows: list[tuple], note: str = ""
) -> Table | Passage:
    """Return a table on the page of the registers; nothing on any other."""
    if report.part != PART:
        return Passage("")
    return _table(caption, headings, tuple(rows), note)


def _table(caption: str, headings: tuple[str, ...], rows: tuple, note: str) -> Table:
    return Table(
        caption,
        tuple(Column(heading, UNITS.get(heading, ""), numeric=False) for heading in headings),
        rows or ((NONE, *["none"] * (len(headings) - 1)),),
        (note,) if note else (),
        cards=True,
    )


def _source(report: Report, document: str, locator: str) -> str:
    return f"{escape(report.registers.document(document).title)}, {escape(locator)}"
