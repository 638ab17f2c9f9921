"""The key messages of the partners' scorecard."""

from __future__ import annotations

from scrutiny.markup import number
from scrutiny.markup import text as escape
from scrutiny.measures import catalogue
from scrutiny.periods import Window, date_name
from scrutiny.report import Report
from scrutiny.words.sentence import CHANCE_FROM, named


def scorecard_messages(report: Report) -> list[str]:
    """Return what stands out, what changed beyond chance over the longest window, what lacks."""
    return [
        _unusual(report),
        *_changed(report),
        *_lacking(report),
        *(
            f"<strong>{escape(catalogue()[change.indicator].name)}</strong> left the scorecard in "
            f"{escape(date_name(change.left_on))}. In its place: {escape(change.replacement)}. The "
            "reason is below."
            for change in report.scorecard.left
            if change.left_on >= report.edition.now.months[0][: len(change.left_on)]
        ),
    ]


def signals_explained(report: Report) -> str:
    """Return what the signals that the key messages name mean, each once."""
    signals = [varied.months[-1].signal for varied in report.varying.values()]
    meanings = {signal.words: signal.meaning for signal in signals if signal}
    return escape(
        " ".join(f"{words[0].upper()}{words[1:]}: {told}." for words, told in meanings.items())
    )


def _unusual(report: Report) -> str:
    latest = {m: varied.months[-1] for m, varied in report.varying.items()}
    out = [
        f"{escape(catalogue()[m].in_sentence)} ({escape(point.signal.words)}"
        f"{f', {point.signal.judged}' if point.signal.judged else ''})"
        for m, point in latest.items()
        if point.signal
    ]
    when = escape(report.edition.now.name)
    where = escape(named(report.area))
    if not out:
        return (
            f"<strong>Nothing unusual in {where}</strong>: in {when} each indicator whose usual "
            "variation is known was within it."
        )
    return f"<strong>Unusual in {where}</strong> in {when}: {'; '.join(out)}."


def _changed(report: Report) -> list[str]:
    """Return the changes over the longest window that chance alone would not explain."""
    longest = report.scorecard.windows[-1][0]
    changed = [
        measure
        for measure in report.measures
        if (p := report.number(measure, "p_value", longest.kind)).value is not None
        and p.value < CHANCE_FROM
    ]
    if not changed:
        return [
            f"Over {escape(longest.name)} no indicator changed against a year before by more than "
            "chance alone would explain."
        ]
    told = "; ".join(
        f"{escape(catalogue()[m].in_sentence)} {moved(report, m, longest)} "
        f"({_by(report, m, longest)}{_judgement(report, m, longest)}{_turned(report, m)})"
        for m in changed
    )
    return [
        f"Over <strong>{escape(longest.name)}</strong>, against a year before, by more than chance "
        f"alone would explain: {told}."
    ]


def moved(report: Report, measure: str, window: Window) -> str:
    """Return ``up``, ``down`` or ``no change``, or the mark of what may not be told or compared."""
    now = report.number(measure, "count", window.kind)
    before = report.number(measure, "count", f"{window.kind}-before")
    change = report.number(measure, "change_percent", window.kind)
    if now.value is None or before.value is None or not change.comparable:
        return change.printed
    return "up" if now.value > before.value else "down" if now.value < before.value else "no change"


def judgement(measure: str, way: str) -> str:
    """Return ``better``, ``worse`` or an empty string where neither way is good by itself."""
    good = {"lower": "down", "higher": "up"}.get(catalogue()[measure].better)
    if good is None or way not in ("up", "down"):
        return ""
    return "better" if way == good else "worse"


def _by(report: Report, measure: str, window: Window) -> str:
    change = report.number(measure, "change_percent", window.kind)
    if change.value is not None:
        return number(change)
    before = report.number(measure, "count", f"{window.kind}-before")
    return f"from {number(before)} to {number(report.number(measure, 'count', window.kind))}"


def _judgement(report: Report, measure: str, window: Window) -> str:
    word = judgement(measure, moved(report, measure, window))
    return f", {word}" if word else ""


def _turned(report: Report, measure: str) -> str:
    """Return the shorter windows that point the other way by more than chance would explain."""
    *shorter, longest = (now for now, _ in report.scorecard.windows)
    opposite = {"up": "down", "down": "up"}.get(moved(report, measure, longest))
    turned = [
        f"{escape(now.name)} {opposite} ({_by(report, measure, now)})"
        for now in shorter
        if moved(report, measure, now) == opposite
        and report.number(measure, "p_value", now.kind).value < CHANCE_FROM
    ]
    return f"; but {' and '.join(turned)}" if turned else ""


def _lacking(report: Report) -> list[str]:
    names = [catalogue()[m].in_sentence for m in report.missing_measures]
    names += [catalogue()[ended.measure].in_sentence for ended in report.ended]
    if not names:
        return []
    return [
        f"<strong>Not held</strong> for {escape(named(report.area))}: {escape('; '.join(names))}. "
        "No open file has it for this period."
    ]
