"""What the committee is given, in sentences: how many items have figures, and what stands out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from scrutiny.markup import number
from scrutiny.markup import text as escape
from scrutiny.measures import Result, catalogue
from scrutiny.measures.catalogue import MOPAC_7
from scrutiny.measures.summaries import TWELVE_MONTHS, Summary
from scrutiny.periods import month, month_name
from scrutiny.report import Report
from scrutiny.report.listing import (
    ABSENT,
    ENDED,
    ENDED_ROWS,
    ITEMS,
    MOST_CHOSEN,
    PUBLISHED,
    ROWS,
    STANDS_OUT,
    UNCHARTED,
)
from scrutiny.words.sentence import (
    CHANCE_FROM,
    Passage,
    change_sentence,
    direction,
    judged,
    listed,
    of_the_whole,
    paragraphs,
)

RULE = (
    "A measure counted by month calls for a chart if an aim is set for it, its last month stands "
    "out from its usual variation, or its series breaks within the months shown. They come in that "
    "order; of those that stand out, the worse before the better, and last those of which neither "
    f"way is good by itself; alike ones as in the catalogue. The first {MOST_CHOSEN} are shown."
)
UNCHARTED_ARE = (
    "They are in the catalogue below, where the reading says how the last month stands, and on the "
    "pages of the portfolios that the edition names."
)
MOST_MOVED = 3
UNITS_OF_CRIME = ("offences", "victims")
NEITHER = (
    "Where neither better nor worse is said, neither way is good by itself; the catalogue below "
    "says what each counts and what a rise may mean."
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
    rows, ended = (number(report.number(each, "count", "day")) for each in (ROWS, ENDED_ROWS))
    return paragraphs(
        f"{counted(report)} The items are those of the nine lists in MOPAC's report of 25 October "
        "2012, their two totals of calls, and what the committee asked about beside them. An item "
        f"that several measures count has a row for each: {rows} rows have figures, and {ended} "
        "are of what is no longer published.",
        "Each portfolio that the edition names has a page with a chart and a table of every "
        "measure: see the foot of this page.",
    )


@of_the_whole
def chosen(report: Report) -> Passage:
    """Return by which rule the charts were chosen, the reason of each, how many have none."""
    items = [
        f"{escape(catalogue()[each.measure].name)}: "
        f"{escape(' and '.join(_reason(report, each.measure, why) for why in each.reasons))}."
        for each in report.listing.chosen
    ]
    if not items:
        return Passage("")
    left = report.number(UNCHARTED, "count", "day")
    others = f"Measures that call for a chart and have none here: {number(left)}."
    where = f" {UNCHARTED_ARE}" if left.value else ""
    return Passage(
        f"{paragraphs(RULE).html}\n{listed(items).html}\n{paragraphs(others + where).html}"
    )


def _reason(report: Report, measure: str, reason: str) -> str:
    """Return a reason; of a month that stands out, how it does and whether that is good."""
    if reason != STANDS_OUT:
        return reason
    signal = report.varying[measure].months[-1].signal
    return f"{reason} ({', '.join(filter(None, (signal.words, signal.judged)))})"


def elsewhere(report: Report, said: Iterable[str]) -> list[str]:
    """Return what moved most by more than chance, of all that is counted and not ``said``.

    Recorded crime first; then, apart, what else is counted.
    """
    moved = sorted(_beyond_chance(report, said), key=lambda pair: -abs(pair[1].value))
    crimes = [pair for pair in moved if pair[0].unit in UNITS_OF_CRIME]
    others = [pair for pair in moved if pair[0].unit not in UNITS_OF_CRIME]
    told = [
        _most_moved("Elsewhere in recorded crime", crimes),
        _most_moved("Elsewhere in the catalogue", others),
    ]
    messages = [message for message in told if message]
    return [*messages[:-1], f"{messages[-1]} {NEITHER}"] if messages else []


def _most_moved(where: str, moved: list[tuple[Result, Result]]) -> str:
    """Return the largest changes each way in one message; nothing of none."""
    ways = {
        way: [pair for pair in moved if direction(pair[1]) == way][:MOST_MOVED]
        for way in ("up", "down")
    }
    if not any(ways.values()):
        return ""
    told = "; ".join(
        f"{way}: {', '.join(_briefly(*pair) for pair in pairs) or 'none'}"
        for way, pairs in ways.items()
    )
    return (
        f"<strong>{where}</strong>, what moved most in the 12 months by more than chance alone "
        f"would explain: {told}."
    )


def _beyond_chance(report: Report, said: Iterable[str]) -> Iterator[tuple[Result, Result]]:
    """Yield the count and change of each count that moved so over 12 months, each once."""
    compared = {
        found.measure: (found.year, found.change, found.p_value)
        for found in report.listing.summaries
        if found.p_value
    }
    if report.edition.now.kind == TWELVE_MONTHS:
        compared |= {
            measure: tuple(
                report.number(measure, each) for each in ("count", "change_percent", "p_value")
            )
            for measure in report.measures
        }
    for measure, (count, change, p) in compared.items():
        if measure not in {*said, MOPAC_7} and p.value is not None and p.value < CHANCE_FROM:
            yield count, change


def _briefly(count: Result, change: Result) -> str:
    entry = catalogue()[change.measure]
    told = ", ".join(filter(None, (number(change), judged(entry, change))))
    return f"{escape(entry.in_sentence)} {number(count)} ({told})"


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
        return f". Not compared with a year before. {escape(change.note.rstrip('.'))}"
    if way == "no percentage":
        return "; none a year before, so no percentage is given"
    points = " percentage points" if change.statistic == "change_points" else ""
    moved = "the same as" if way == "no change" else f"{way} ({number(change)}{points}) on"
    return f", {moved} a year before"
