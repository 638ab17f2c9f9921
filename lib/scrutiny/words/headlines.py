"""Key messages: the first thing on every page."""

from __future__ import annotations

from scrutiny import places
from scrutiny.markup import number
from scrutiny.markup import text as escape
from scrutiny.measures import Result, catalogue
from scrutiny.measures.catalogue import MOPAC_7
from scrutiny.report import Report
from scrutiny.words.sentence import Passage, change_sentence, could_be_chance, direction, listed


def headlines(report: Report) -> Passage:
    """Return the key messages of a report as a list."""
    makers = {
        "committee-monthly": _committee,
        "recommendation-tracker": _tracker,
        "borough-priorities": _london if report.is_for_london else _borough,
    }
    return listed(makers[report.name](report), classes="key-messages")


def _committee(report: Report) -> list[str]:
    lead = [m for m in report.edition.settings.measures if m in report.measures]
    sentences = [change_sentence(report, measure) for measure in lead]
    sentences += _total(report)
    differing = [c for c in report.published if c.agreement == "none"]
    sentences += [
        f"The report of the time printed {number(c.published)} for "
        f"{escape(catalogue()[c.published.measure].in_sentence)}; the published data give "
        f"{number(c.computed)}. Both are shown below, with the difference."
        for c in differing
    ]
    return sentences


def _tracker(report: Report) -> list[str]:
    def counted(measure: str) -> str:
        return number(report.number(measure, "count", "day"))

    offered = [r for r in report.recommended if r.judged and r.judged.offered_for]
    return [
        f"The committee made {counted('recommendations')} recommendations: "
        f"{counted('recommendations-green')} are green, {counted('recommendations-amber')} amber "
        f"and {counted('recommendations-red')} red.",
        "Green means implemented or in substance accepted, amber some progress, red not accepted. "
        "The colours judge acceptance, not police performance.",
        "Answers are promised by a stated date on recommendations "
        f"{escape(_and([r.recommendation.number for r in offered]))}."
        if offered
        else "No answer is promised by a stated date.",
    ]


def _borough(report: Report) -> list[str]:
    """Return the borough's own choices first, else the crimes furthest from London's change."""
    chosen = [c.measure for c in report.choices if c.measure in report.measures]
    leading = chosen or _furthest(report)[:2]
    return [
        *(_against_london(report, measure, report.area) for measure in leading),
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
    if could_be_chance(report, measure, borough):
        p = report.number(measure, "p_value", area=borough)
        sentence += (
            f" Chance alone could explain the {'rise' if direction(local) == 'up' else 'change'} "
            f"in {escape(borough)} (p = {number(p)})."
        )
    return sentence


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


def _and(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
