"""The MOPAC Challenge in sentences: what was aimed at, and where it stands."""

from __future__ import annotations

from scrutiny.markup import number
from scrutiny.markup import text as escape
from scrutiny.measures import catalogue
from scrutiny.measures.catalogue import MOPAC_7
from scrutiny.measures.challenge import Position
from scrutiny.measures.trajectory import LABEL
from scrutiny.periods import financial_year, month, parse_window
from scrutiny.report import Report
from scrutiny.words.sentence import Passage, paragraphs

AIMS = (
    "The MOPAC Challenge, 20-20-20, was set for 2016: a fifth less neighbourhood crime, a fifth "
    "off costs, a fifth more confidence."
)
LINE = (
    "The seven crimes are set against a straight line from the baseline year to 20% less in four "
    f"years. The line is {LABEL}: the Mayor declined to set any value for the years between."
)
FIRST, LATER = f"a straight line to 20% less ({LABEL})", "the illustrative line"
END = (
    "Where the year would end is the count so far, carried on as the whole years before it ended "
    "on average after the same months. Its 95% interval comes from how those years differed; with "
    "so few of them it is wide, and it knows nothing of what is new in this year. No end of the "
    "four years is projected: a few months cannot tell."
)


def challenge(report: Report) -> Passage:
    """Return the aims and how the page measures against them; nothing where it does not."""
    if report.challenge is None:
        return Passage("")
    return paragraphs(AIMS, LINE, END)


def positions(report: Report) -> list[str]:
    """Return where the total and each crime stand, the total first."""
    if report.challenge is None:
        return ["The periods do not compare with the baseline year, so no position is given."]
    total = [p for p in report.challenge.crimes if p.measure == MOPAC_7]
    others = [p for p in report.challenge.crimes if p.measure != MOPAC_7]
    return [*(position(each) for each in total), *(position(each, LATER) for each in others)]


def total_position(report: Report) -> list[str]:
    """Return where the seven crimes together stand, if the page has it."""
    held = report.challenge.crimes if report.challenge else ()
    return [position(each) for each in held if each.measure == MOPAC_7]


def position(found: Position, named: str = FIRST) -> str:
    """Return one crime against the line, as it is ``named``, and where its year would end."""
    now, gap = found.trajectory.to_date, found.trajectory.gap
    side = {"+": "above it", "-": "below it"}.get(gap.printed[0], "on it")
    baseline = financial_year(month(found.trajectory.baseline.period[:7]))
    # Said once: the other crimes follow on the same page.
    of_what = f" of the count of the same months of {baseline}" if named == FIRST else ""
    stands = (
        f"<strong>{escape(catalogue()[found.measure].name)}</strong>: {number(now.count)} in "
        f"{escape(parse_window(now.count.period).name)} against {number(now.line)} on {named}, a "
        f"gap of {number(gap)} percentage points{of_what}: {side}."
    )
    return f"{stands} {_ends(found)}" if found.end else stands


def _ends(found: Position) -> str:
    year = financial_year(month(found.end.period[-7:]))
    lower, upper = found.limits
    line = found.year_line
    if found.end.lower <= line.value <= found.end.upper:
        verdict = "it cannot be told on which side of the line the year will end"
    else:
        side = "above" if found.end.lower > line.value else "below"
        verdict = f"the whole interval is {side} the line"
    return (
        f"If the rest of {year} goes as in earlier years, it ends at {number(found.end)}, between "
        f"{number(lower)} and {number(upper)} (95%), and the line has {number(line)}: {verdict}."
    )
