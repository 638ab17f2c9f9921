"""Tables of registers and of the files behind a page."""

from __future__ import annotations

from scrutiny.markup import text as escape
from scrutiny.periods import day_name
from scrutiny.registers import Meeting
from scrutiny.report import Report
from scrutiny.report.records import PART as REGISTERS
from scrutiny.tables.table import Column, Table
from scrutiny.words.sentence import of_the_whole

NO_SOURCE = "no file and no document"
OGL = "Contains public sector information licensed under the Open Government Licence v3.0."
LINES = "L and a number: the line of the document, kept as plain text, where the row was found."
LICENCES = {"OGL-UK-3.0": "Open Government Licence v3.0"}


@of_the_whole
def meetings(report: Report) -> Table:
    """Return the meetings and events held in the reporting period."""
    days = report.edition.settings.reporting_period
    return _meetings(
        f"Meetings and events, {day_name(days.first)} to {day_name(days.last)}", report.held
    )


@of_the_whole
def upcoming(report: Report) -> Table:
    """Return the meetings that were to come after the reporting period."""
    days = report.edition.settings.reporting_period
    return _meetings(f"Meetings and events after {day_name(days.last)}", report.upcoming)


def _meetings(caption: str, listed: tuple[Meeting, ...]) -> Table:
    return Table(
        caption,
        (
            Column("Date", numeric=False),
            Column("Meeting or event", numeric=False),
            Column("Note", numeric=False),
        ),
        tuple((day_name(m.date), escape(m.meeting), escape(m.note or "none")) for m in listed)
        or (("none", "none on record", "none"),),
    )


@of_the_whole
def decisions(report: Report) -> Table:
    """Return the formal decisions that the document lists; gaps in the numbers are noted."""
    return Table(
        "Decisions of the Deputy Mayor for Policing and Crime",
        (
            Column("Number", numeric=False),
            Column("Decision", numeric=False),
            Column("Signed", numeric=False),
        ),
        tuple(
            (
                escape(d.number),
                escape(d.title),
                day_name(d.signed_on) if d.signed_on else "date not stated",
            )
            for d in report.decisions
        )
        or (("none", "none on record", "none"),),
        ("The report lists these alone; the numbers between them are not on record here.",)
        if report.decisions
        else (),
    )


def sources(report: Report) -> Table:
    """Return the files and documents behind the page, with publisher, vintage and licence."""
    files = [
        (
            escape(file.dataset),
            escape(file.publisher),
            escape(file.vintage),
            escape(LICENCES.get(file.licence, file.licence)),
            f"<code>{escape(file.sha256[:12])}</code>",
        )
        for file in report.files
    ]
    for document in map(report.registers.document, report.documents):
        files.append(
            (
                escape(document.title),
                escape(document.publisher or "not stated"),
                escape(document.date or "not stated"),
                "facts taken over, not text",
                "not a data file",
            )
        )
    return Table(
        "Sources of this page",
        (
            Column("Source", numeric=False),
            Column("Publisher", numeric=False),
            Column("Vintage (last period held) or date", numeric=False),
            Column("Licence", numeric=False),
            Column("First digits of sha256", numeric=False),
        ),
        tuple(files) or ((NO_SOURCE, *["none"] * 4),),
        (*([OGL] if report.files else []), *([LINES] if report.part == REGISTERS else [])),
    )
