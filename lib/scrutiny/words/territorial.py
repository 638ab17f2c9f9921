"""What the territorial policing performance report says."""

from __future__ import annotations

from scrutiny.markup import number
from scrutiny.markup import text as escape
from scrutiny.measures import Result, catalogue
from scrutiny.report import Report
from scrutiny.report.territory import FROM_PRINT
from scrutiny.words.hot_spots import lasting
from scrutiny.words.sentence import CHANCE_FROM, Passage, direction, judged, listed, paragraphs

NO_DAYS = (
    "Of a month that lies only in part within the days, its count is taken pro rata: crimes are "
    "taken to be as many on each of its days."
)
SIDES = ("above", "below")
CHANCE_APART = "Chance alone would set one or two of 32 boroughs apart in each."


def territorial_messages(report: Report) -> list[str]:
    """Return the changes beyond chance, those within it, the boroughs apart, what was printed."""
    return [
        *_beyond(report),
        *_printed_homicide(report),
        *_shares(report),
        *_apart(report),
        *lasting(report),
        *_targets(report),
    ]


def days(report: Report) -> Passage:
    """Return which days are compared, how many, and how a part of a month is made."""
    now = report.territorial.days
    before = now.a_year_earlier()
    last, own = now.parts()[-1]
    part = f" {NO_DAYS}" if own < last.days_in_month else ""
    return paragraphs(
        f"The year to date is {escape(now.name)}, {now.number} days, set against "
        f"{escape(before.name)}, {before.number} days.{part}"
    )


def from_print(report: Report) -> Passage:
    """Return what the document's own counts give, beside what it printed."""
    items = [_from_counts(report, result) for result in report.territorial.from_print]
    if not items:
        return Passage("")
    return listed(items)


def groups(report: Report) -> Passage:
    """Return by what boroughs are grouped, or that no groups are on record."""
    if report.territorial.groups:
        return paragraphs(
            "Boroughs are grouped as the file that the edition names declares; a group's count is "
            "the sum of its boroughs'."
        )
    return paragraphs(
        "No groups of boroughs for this time are on record here. A file of two columns, "
        "<code>group,borough</code>, in <code>data/areas</code> can be named in the edition."
    )


def _beyond(report: Report) -> list[str]:
    beyond, within = [], []
    for measure in report.measures:
        change = report.number(measure, "change_percent", "ytd")
        name = escape(catalogue()[measure].in_sentence)
        if change.value is None:
            continue
        chance = report.number(measure, "p_value", "ytd").value >= CHANCE_FROM
        word = judged(catalogue()[measure], change)
        judgement = f", {word}" if word and not chance else ""
        (within if chance else beyond).append(
            f"{name} {direction(change)} ({number(change)}{judgement})"
        )
    when = escape(report.territorial.days.name)
    told = [
        f"In the year to date, <strong>{when}</strong>, against as many days a year before, by "
        f"more than chance alone would explain: {'; '.join(beyond) or 'none'}."
    ]
    return told + [f"Within chance: {'; '.join(within)}."] * bool(within)


def _printed_homicide(report: Report) -> list[str]:
    """Return each change whose print does not follow from the document's own counts."""
    printed = {c.published.measure: c.published for c in report.published}
    return [
        _from_counts(report, result)
        for result in report.territorial.from_print
        if result.statistic == "change_percent"
        and result.measure in printed
        and result.printed != printed[result.measure].printed
    ]


def _from_counts(report: Report, result: Result) -> str:
    name = f"<strong>{escape(catalogue()[result.measure].name)}</strong>"
    if result.statistic == "share":
        part = report.number(result.measure, "count", "ytd", tag="published")
        whole = report.number(
            dict(report.territorial.parts)[result.measure], "count", "ytd", tag="published"
        )
        return f"{name}: the document's {number(part)} of {number(whole)} are {number(result)}."
    now = report.number(result.measure, "count", "ytd", tag="published")
    before = report.number(result.measure, "count", "ytd-before", tag="published")
    p = report.number(result.measure, "p_value", "ytd", tag=FROM_PRINT)
    printed = report.number(result.measure, "change_percent", "ytd", tag="published")
    chance = (
        "Chance alone could explain a difference of this size"
        if p.value >= CHANCE_FROM
        else "That is more than chance alone would explain"
    )
    follows = "" if result.printed == printed.printed else ", which does not follow from them"
    return (
        f"{name}: the document's own counts, from {number(before)} to {number(now)}, are a change "
        f"of {number(result)}; it printed {number(printed)}{follows}. {chance} (p = {number(p)})."
    )


def _shares(report: Report) -> list[str]:
    return [
        f"Of {escape(catalogue()[whole].in_sentence)}, "
        f"{number(report.number(part, 'share', 'ytd'))} was "
        f"{escape(catalogue()[part].in_sentence)}, against "
        f"{number(report.number(part, 'share', 'ytd-before'))} a year before."
        for part, whole in report.territorial.parts
    ]


def _apart(report: Report) -> list[str]:
    """Return how many boroughs chance does not join to London's change, by measure; no names."""
    if not report.territorial.apart:
        return []
    told = "; ".join(
        f"{escape(catalogue()[e.measure].in_sentence)}, {above} above and {below} below its "
        f"{number(report.number(e.measure, 'change_percent'))}"
        for e in report.territorial.apart
        for above, below in [
            [number(report.number(e.measure, f"boroughs_change_{side}")) for side in SIDES]
        ]
    )
    return [
        f"Boroughs that differ from London by more than chance, {escape(report.edition.now.name)}: "
        f"{told}. {CHANCE_APART}"
    ]


def _targets(report: Report) -> list[str]:
    risk = [t for t in report.territorial.targets if t.kind == "at risk"]
    if not risk:
        return []
    told = "; ".join(f"{escape(t.subject)} ({escape(t.boroughs or 'not said')})" for t in risk)
    return [f"Targets at risk, as the document has them: {told}."]
