"""What the committee is given, in sentences: how many items have figures, and what stands out."""

from __future__ import annotations

from scrutiny.markup import number
from scrutiny.markup import text as escape
from scrutiny.measures import catalogue
from scrutiny.measures.summaries import Summary
from scrutiny.periods import month, month_name
from scrutiny.report import Report
from scrutiny.report.listing import ABSENT, ENDED, ITEMS, PART, PUBLISHED
from scrutiny.words.sentence import (
    Passage,
    change_sentence,
    direction,
    listed,
    of_the_whole,
    paragraphs,
)

RULE = (
    "A chart is shown of a measure whose last month stands out from its usual variation, for which "
    "an aim is set, or whose series breaks within the months shown: what has an aim first, then "
    "what got worse. All others are in the catalogue below and on the pages of the portfolios."
)


def counted(report: Report) -> str:
    """Return how many items the committee is given, and what became of them."""
    items, published, ended, absent = (
        number(report.number(measure, "count", "day"))
        for measure in (ITEMS, PUBLISHED, ENDED, ABSENT)
    )
    return (
        f"<strong>Of {items} items that the committee is given or asked about</strong>, "
        f"{published} have figures in open data up to these months, {ended} are no longer "
        f"published and {absent} are not in open data or not in the files given."
    )


@of_the_whole
def catalogued(report: Report) -> Passage:
    """Return how the catalogue is to be read, and where each portfolio has its page."""
    return paragraphs(
        f"{counted(report)} The items are those of the nine lists in MOPAC's report of 25 October "
        "2012, their two totals of calls, and what the committee asked about beside them.",
        "Each portfolio that the edition names has a page with a chart and a table of every "
        f"measure, in a folder beside this page whose name begins with <code>{PART}</code>.",
    )


@of_the_whole
def chosen(report: Report) -> Passage:
    """Return by which rule the charts were chosen, and the reason of each."""
    items = [
        f"{escape(catalogue()[each.measure].name)}: {escape(' and '.join(each.reasons))}."
        for each in report.listing.chosen
    ]
    return Passage(f"{paragraphs(RULE).html}\n{listed(items).html}" if items else "")


def key_messages(report: Report) -> list[str]:
    """Return what is to be said of each measure of a portfolio, and of what it lacks."""
    compared = set(report.measures)
    found = [
        change_sentence(report, each.measure) if each.measure in compared else level_sentence(each)
        for each in report.listing.summaries
    ]
    found += [escape(ended.sentence) for ended in report.listing.ended]
    return found + [
        f"<strong>{escape(entry.item.item)}</strong>: not in open data. "
        f"{escape(entry.item.absence)}"
        for entry in report.listing.entries
        if entry.item.measure is None
    ]


def level_sentence(found: Summary) -> str:
    """Return a rate, survey's share or level at its last month, and the change within a year."""
    entry = catalogue()[found.measure]
    shown = found.year or found.latest
    unit = "" if shown.statistic == "share" else f" {escape(entry.unit)}"
    over = "in the twelve months to" if found.year else "in"
    at = escape(month_name(month(found.latest.period[-7:])))
    return (
        f"<strong>{escape(entry.name)}</strong>: {number(shown)}{unit} {over} {at}{_moved(found)}."
    )


def _moved(found: Summary) -> str:
    change = found.change
    if change is None:
        return "; the files do not reach back a year"
    way = direction(change)
    if way == "not comparable":
        return f". Not compared with a year before: {escape(change.note.rstrip('.'))}"
    if way == "no percentage":
        return "; none a year before, so no percentage is given"
    points = " percentage points" if change.statistic == "change_points" else ""
    moved = "the same as" if way == "no change" else f"{way} ({number(change)}{points}) on"
    return f", {moved} a year before"
