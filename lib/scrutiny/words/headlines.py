"""Key messages: the first thing on every page."""

from __future__ import annotations

from scrutiny import places
from scrutiny.markup import number
from scrutiny.markup import text as escape
from scrutiny.measures import Result, catalogue
from scrutiny.measures.catalogue import MOPAC_7
from scrutiny.report import Report
from scrutiny.words.sentence import (
    Passage,
    chance_sentence,
    change_sentence,
    could_be_chance,
    judged,
    listed,
)
from scrutiny.words.tracker import key_messages


def headlines(report: Report) -> Passage:
    """Return the key messages of a report as a list."""
    makers = {
        "committee-monthly": _committee,
        "recommendation-tracker": key_messages,
        "borough-priorities": _london if report.is_for_london else _borough,
    }
    return listed(makers[report.name](report), classes="key-messages")


def _committee(report: Report) -> list[str]:
    lead = [m for m in report.edition.settings.measures if m in report.measures]
    sentences = [change_sentence(report, measure) for measure in lead]
    sentences += [change_sentence(report, measure) for measure in _rises(report, lead)]
    sentences += [*_total(report), *_shares(report)]
    differing = [c for c in report.published if c.agreement == "none"]
    sentences += [
        f"The report of the time printed {number(c.published)} for "
        f"{escape(catalogue()[c.published.measure].in_sentence)}; the published data give "
        f"{number(c.computed)}. Both are shown below, with the difference."
        for c in differing
    ]
    return sentences


def _borough(report: Report) -> list[str]:
    """Return the borough's own choices first, else the crimes furthest from London's change."""
    chosen = [c.measure for c in report.choices if c.measure in report.measures]
    leading = chosen or _furthest(report)[:2]
    others = [m for m in _beyond_chance(report) if m not in leading]
    return [
        *(_against_london(report, measure, report.area) for measure in leading),
        *_as_published(report),
        *(f"Largest other change: {_against_london(report, m, report.area)}" for m in others[:1]),
        *_total(report),
    ]


def _london(report: Report) -> list[str]:
    chosen = [c for c in report.choices if c.measure in report.measures]
    return [
        *_total(report),
        *(_against_london(report, c.measure, c.borough) for c in chosen),
    ]


def _against_london(report: Report, measure: str, borough: str) -> str:
    entry = catalogue()[measure]
    now = report.number(measure, "count", area=borough)
    before = report.number(measure, "count", f"{report.edition.now.kind}-before", area=borough)
    local = report.number(measure, "change_percent", area=borough)
    london = report.number(measure, "change_percent", area=places.MPS)
    gap = report.number(measure, "gap_points", area=borough)
    if not local.comparable or not london.comparable:
        return (
            f"<strong>{escape(entry.name)} in {escape(borough)}</strong>: {number(now)} in "
            f"{escape(report.edition.now.name)}. Not compared: {escape(gap.note)}"
        )
    if local.value is None:
        return (
            f"<strong>{escape(entry.name)} in {escape(borough)}</strong>: {number(now)}, and none "
            f"in {escape(report.edition.before.name)}, so no percentage is given."
        )
    sentence = (
        f"<strong>{escape(entry.name)} in {escape(borough)}</strong>: {number(now)} in "
        f"{escape(report.edition.now.name)} against {number(before)} a year before "
        f"({number(local)}), while the MPS changed by {number(london)}: a gap of {number(gap)} "
        f"percentage points, {_side(gap)} London's change."
    )
    return f"{sentence} {chance_sentence(report, measure, borough)}"


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
            else f". Not compared with a year before: {escape(change.note)}"
        )
        sentences.append(
            f"<strong>{escape(catalogue()[measure].name)}</strong>: "
            f"{number(report.number(measure, 'share'))}{compared}"
        )
    return sentences


def _total(report: Report) -> list[str]:
    return [change_sentence(report, MOPAC_7)] if MOPAC_7 in report.measures else []


def _side(gap: Result) -> str:
    return {"+": "above", "-": "below"}.get(gap.printed[0], "the same as")


def _furthest(report: Report) -> list[str]:
    """Return the crimes in order of how far their change is from London's."""
    gaps = {
        measure: report.number(measure, "gap_points").value
        for measure in report.measures
        if measure != MOPAC_7
    }
    known = [measure for measure, gap in gaps.items() if gap is not None]
    return sorted(known, key=lambda measure: -abs(gaps[measure]))
