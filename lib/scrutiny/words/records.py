"""What stands in the registers, in sentences; and what is said of finance."""

from __future__ import annotations

from scrutiny.markup import number
from scrutiny.markup import text as escape
from scrutiny.periods import financial_year
from scrutiny.report import Report
from scrutiny.report.records import PART
from scrutiny.words.sentence import Passage, listed, of_the_whole, paragraphs

STANDS = (
    "A commitment is open until a document on record here shows it done: that none does is not to "
    "say that nothing was done."
)


@of_the_whole
def registers(report: Report) -> Passage:
    """Return how much the registers hold, and where their page is."""
    return Passage(
        listed(key_messages(report)).html
        + "\n"
        + paragraphs(
            f"Every row stands on a page of its own, in the folder <code>{PART}</code> beside this "
            f"page. {STANDS}"
        ).html
    )


def finance(report: Report) -> Passage:
    """Return which period's figures are shown, and that the others are withheld."""
    if report.finance is None:
        return Passage("")
    shown = report.finance.shown
    if report.finance.earlier:
        return paragraphs(
            "The figures on record here are of financial years before "
            f"{escape(financial_year(report.edition.now.last))}, so none is shown."
        )
    if not (shown or report.finance.withheld):
        return paragraphs("No figure is on record here.")
    if not shown:
        return paragraphs(
            "<strong>No approved figure is on record here, so none is shown.</strong> What is "
            "withheld, and why, stands in the table."
        )
    named = f"{escape(shown[0].period)}, approved by {escape(shown[0].state_by)}"
    return paragraphs(
        f"<strong>The latest approved figures are those of {named}.</strong> A figure that nobody "
        "has approved is withheld."
    )


def key_messages(report: Report) -> list[str]:
    """Return how many commitments, actions and letters there are, open and overdue."""
    return [
        _counted(report, "Commitments", "commitments"),
        _counted(report, "Actions taken away at hearings", "actions"),
        _letters(report),
        *_requests(report),
    ]


def _counted(report: Report, name: str, measure: str) -> str:
    total, left, late = (
        number(report.number(each, "count", "day"))
        for each in (measure, f"{measure}-open", f"{measure}-overdue")
    )
    return f"<strong>{name}</strong>: {total} on record; open: {left}; overdue: {late}."


def _letters(report: Report) -> str:
    total, late = (
        number(report.number(each, "count", "day")) for each in ("letters", "letters-overdue")
    )
    took = [
        f"{escape(each.letter.reference)} after "
        f"{number(report.number('response-days', 'days', 'day', tag=each.letter.reference))} days"
        for each in report.records.letters
        if each.days is not None
    ]
    answers = f" Answered: {', '.join(took)}." if took else ""
    return f"<strong>Letters and questions</strong>: {total} on record; late: {late}.{answers}"


def _requests(report: Report) -> list[str]:
    return [
        f"<strong>Requests</strong> from {escape(each.letter.sender)}: "
        f"{number(report.number('requests', 'count', 'day', tag='published'))}, as the "
        "report counts them."
        for each in report.records.letters
        if each.letter.number is not None
    ]
