"""Key messages: the first thing on every page."""

from __future__ import annotations

from scrutiny.markup import number
from scrutiny.markup import text as escape
from scrutiny.measures import catalogue
from scrutiny.measures.catalogue import MOPAC_7
from scrutiny.report import Report
from scrutiny.words import explored, listing, records, standing
from scrutiny.words.against_london import (
    beating_sentence,
    gap_sentence,
    next_question,
    others_sentence,
    total_sentence,
    verdict,
)
from scrutiny.words.challenge import positions, total_position
from scrutiny.words.scorecard import scorecard_messages, signals_explained
from scrutiny.words.sentence import (
    Passage,
    change_sentence,
    could_be_chance,
    judged,
    listed,
    paragraphs,
)
from scrutiny.words.territorial import territorial_messages
from scrutiny.words.tracker import key_messages, short_names

WHAT_P_IS = (
    "MPS: the Metropolitan Police Service, its whole area. p: how often chance alone would give a "
    "difference at least so large. Recorded crime varies more than chance alone, so a small p is a "
    "reason to ask, not a proof."
)


def headlines(report: Report) -> Passage:
    """Return the key messages of a report as a list, with what p means where one stands there."""
    makers = {
        "committee-monthly": _committee,
        "recommendation-tracker": key_messages,
        "explore": explored.key_messages,
        "partner-scorecard": scorecard_messages,
        "territorial-performance": territorial_messages,
        "borough-priorities": _london if report.is_for_london else _borough,
    }
    messages = listed(makers[report.name](report), classes="key-messages")
    notes = _notes(report, messages.html)
    if not notes:
        return messages
    return Passage(f'{messages.html}\n<div class="notes">{paragraphs(*notes).html}</div>')


def _notes(report: Report, messages: str) -> list[str]:
    """Return what the messages leave to be explained: short names, signals, p, breaks of series."""
    if report.tracker:
        notes = [short_names(report, messages)]
    elif report.scorecard:
        notes = [signals_explained(report)]
    else:
        notes = [WHAT_P_IS] if "(p " in messages or "; p " in messages else []
    notes += standing.breaks(report) if report.name == "committee-monthly" else []
    return list(filter(None, notes))


def _committee(report: Report) -> list[str]:
    if report.is_extract:
        if report.records:
            return records.key_messages(report)
        return listing.key_messages(report) if report.listing else positions(report)
    lead = [m for m in report.edition.settings.measures if m in report.measures]
    sentences = [change_sentence(report, measure) for measure in lead]
    rises = _rises(report, lead)
    sentences += [change_sentence(report, measure) for measure in rises]
    sentences += [*total_sentence(report), *total_position(report), *_shares(report)]
    sentences += listing.elsewhere(report, (*lead, *rises))
    sentences.append(listing.counted(report))
    differing = [c for c in report.published if c.agreement == "none"]
    sentences += [
        f"The report of the time printed {number(c.published)} for "
        f"{escape(catalogue()[c.published.measure].in_sentence)}; the published data give "
        f"{number(c.computed)}. Both are shown below, with the difference."
        for c in differing
    ]
    return sentences


def _borough(report: Report) -> list[str]:
    """Return what happened in the leading crimes, is it good, is it chance, and what next."""
    chosen = {choice.measure for choice in report.choices}
    own = [measure for measure in report.leading if measure in chosen or not chosen]
    instead = [measure for measure in report.leading if measure not in own]
    return [
        *filter(None, [verdict(report)]),
        *(gap_sentence(report, measure, report.area) for measure in own),
        *_as_published(report),
        *(gap_sentence(report, measure, report.area, whole=True) for measure in instead),
        *others_sentence(report),
        next_question(report),
        *total_sentence(report),
    ]


def _london(report: Report) -> list[str]:
    chosen = [c for c in report.choices if report.has(c.measure, "gap_points", area=c.borough)]
    return [
        *total_sentence(report),
        *beating_sentence(report),
        *(gap_sentence(report, c.measure, c.borough) for c in chosen),
    ]


def _beyond_chance(report: Report) -> list[str]:
    """Return the crimes whose change chance alone would not explain, the largest first."""
    known = [
        measure
        for measure in report.measures
        if measure != MOPAC_7
        and report.number(measure, "change_percent").value is not None
        and not could_be_chance(report, measure)
    ]
    return sorted(known, key=lambda m: -abs(report.number(m, "change_percent").value))


def _as_published(report: Report) -> list[str]:
    """Return the document's figure for each chosen crime that cannot be computed."""
    chosen = {c.measure for c in report.choices} - set(report.measures)
    return [
        f"<strong>{escape(catalogue()[c.published.measure].name)} in {escape(report.area)}"
        f"</strong>, also chosen: the document prints {number(c.published)}, which open data "
        "cannot confirm."
        for c in report.published
        if c.published.measure in chosen and c.published.statistic == "change_percent"
    ]


def _rises(report: Report, lead: list[str]) -> list[str]:
    """Return the crimes beside the leading ones that got worse by more than chance."""
    return [
        measure
        for measure in _beyond_chance(report)
        if measure not in lead
        and judged(catalogue()[measure], report.number(measure, "change_percent")) == "worse"
    ]


def _shares(report: Report) -> list[str]:
    """Return the first share of the edition with its change in points."""
    sentences = []
    for measure in report.shares[:1]:
        change = report.number(measure, "change_points")
        before = report.number(measure, "share", f"{report.edition.now.kind}-before")
        compared = (
            f", against {number(before)} a year before ({number(change)} percentage points)."
            if change.comparable
            else f". Not compared with a year before. {escape(change.note)}"
        )
        sentences.append(
            f"<strong>{escape(catalogue()[measure].name)}</strong>: "
            f"{number(report.number(measure, 'share'))}{compared}"
        )
    return sentences
