"""The tracker in sentences: key messages, what its document says changed after it was asked."""

from __future__ import annotations

import re

from scrutiny.markup import markdown, number
from scrutiny.markup import text as escape
from scrutiny.measures import Result
from scrutiny.periods import date_name, day_name
from scrutiny.report import Recommended, Report
from scrutiny.report.tracked import ALL, COLOURS, OPEN, OVERDUE, UNDATED
from scrutiny.words.sentence import Passage, listed, paragraphs

IMPACTS = "What the committee's paper says changed after it asked"
NO_IMPACTS = "What changed after the committee asked: nothing on record yet."
MEANING = (
    "Green means implemented or in substance accepted, amber some progress, red not accepted. The "
    "colours judge acceptance, not police performance."
)


SHORT_NAMES = {
    "HMIC": "Her Majesty's Inspectorate of Constabulary",
    "MOPAC": "the Mayor's Office for Policing and Crime",
    "MPS": "the Metropolitan Police Service",
    "PCSO": "a police community support officer",
}


def key_messages(report: Report) -> list[str]:
    """Return the tracker's key messages, each a sentence or two."""
    if report.tracker.alone:
        return _alone(report, *report.tracker.all)
    messages = [_counts(report), _late(report), MEANING]
    if report.is_extract:
        return messages
    return [*messages, *_offered(report), *_duty(report)]


def short_names(report: Report, messages: str) -> str:
    """Return what the short names stand for that the messages and the list use."""
    listed_here = [
        text
        for found in report.tracker.listed
        for own in (found.recommendation, *found.parts)
        for text in (own.text, own.addressee, *(entry.response or "" for entry in found.history))
    ]
    said = " ".join([messages, *listed_here])
    used = [
        f"{short}: {name}."
        for short, name in SHORT_NAMES.items()
        if re.search(rf"\b{short}s?\b", said)
    ]
    return escape(" ".join(used))


def impacts(report: Report) -> Passage:
    """Return what the document says changed, each linked to the recommendations behind it."""
    tracker = report.tracker
    if not tracker.impacts:
        return Passage("") if report.is_extract else paragraphs(NO_IMPACTS)
    by_reference = {found.recommendation.reference: found for found in tracker.all}
    linkable = {found.tag for found in tracker.listed}
    sentences = []
    for impact in tracker.impacts:
        found = [by_reference[r] for r in impact.recommendations if r in by_reference]
        sentences.append(f"{escape(impact.text)} {_links(found, linkable)}")
    return Passage(f"<h3>{IMPACTS}</h3>\n{listed(sentences).html}")


def asked(report: Report) -> Passage:
    """Return of one recommendation who asked what of whom, when and by when."""
    (found,) = report.tracker.all
    own = found.recommendation
    title = escape(report.registers.document(own.document).title)
    return paragraphs(
        f"{escape(own.origin)}, {date_name(own.asked_on)}, recommendation {escape(own.number)}, "
        f"made to: {escape(own.addressee)}.",
        f"By when: {escape(own.asked_for or 'no date asked')}. Source: {title}, "
        f"{escape(own.locator)} ({own.wording}).",
    )


def _counts(report: Report) -> str:
    def counted(measure: str) -> str:
        tag = report.part if report.is_extract else ""
        return number(report.number(measure, "count", "day", tag=tag))

    def moved(measure: str) -> str:
        if not report.has(measure, "change", "day"):
            return ""
        change = report.number(measure, "change", "day")
        return f" ({_more(change)})"

    before = report.tracker.before
    since = f" In brackets, the change since {before.period_name}." if moved(OPEN) else ""
    where = "This page has" if report.is_extract else "The committee made"
    colours = [
        f"{counted(measure)} {rag.value}{moved(measure)}" for rag, measure in COLOURS.items() if rag
    ]
    return (
        f"{where} {counted(ALL)} recommendations: {', '.join(colours)}, and {counted(OPEN)} not "
        f"judged yet{moved(OPEN)}.{since}"
    )


def _more(change: Result) -> str:
    return "no change" if change.value == 0 else number(change)


def _late(report: Report) -> str:
    tag = report.part if report.is_extract else ""
    late, undated = (report.number(m, "count", "day", tag=tag) for m in (OVERDUE, UNDATED))
    overdue = f"Overdue on {day_name(report.tracker.at)}: {number(late)}"
    if not late.value and not undated.value:
        return f"{overdue}. No date that was offered or asked has passed."
    judged = (
        f"<strong>{overdue}</strong>, listed below with whom to ask."
        if late.value
        else f"{overdue}. Of the dates offered or asked that can be judged, none has passed."
    )
    if not undated.value:
        return judged
    example = next(found.undated for found in report.tracker.all if found.undated)
    several = undated.value > 1
    dates = "other dates name" if several else "other date names"
    they = "they have" if several else "it has"
    return (
        f"{judged} {number(undated)} {dates} no day, month or season of one year "
        f"({'such as ' * several}{escape(example)}), so whether {they} passed "
        "is not judged."
    )


def _offered(report: Report) -> list[str]:
    """Return for which a date for a further answer was offered; a long list has it in a table."""
    if report.tracker.pages:
        return []
    offered = [
        f"{found.recommendation.number} ({found.offer.offered_for})"
        for found in report.tracker.listed
        if found.offer and found.outstanding
    ]
    if not offered:
        return ["No date for a further answer was offered."]
    one = "s" * (len(offered) > 1)
    return [
        f"A date for a further answer was offered for recommendation{one} {escape(_and(offered))}."
    ]


def _duty(report: Report) -> list[str]:
    """Return what the law asks of those who were addressed, a paragraph each, where it is said."""
    shown = markdown(report.edition.texts.get("duty", "")).strip()
    return list(filter(None, shown.removeprefix("<p>").removesuffix("</p>").split("</p>\n<p>")))


def _alone(report: Report, found: Recommended) -> list[str]:
    own = found.recommendation
    age = report.number(ALL, "age_months", "day", tag=found.tag)
    status = found.rag.value.upper() if found.rag else "OPEN: not judged yet"
    messages = [
        f"<strong>Recommendation {escape(own.number)}</strong>: {escape(own.text)}",
        f"<strong>Status: {status}</strong>"
        + (f", judged {date_name(found.judged.date)} by the {escape(found.judged.judged_by)}." if
           found.judged else "."),
        f"Asked {date_name(own.asked_on)} of {escape(own.addressee)}, {number(age)} months before "
        f"{day_name(found.at)}. Asked for by: {escape(own.asked_for or 'no date')}. Offered: "
        f"{escape(found.offer.offered_for if found.offer else 'no date')}.",
    ]  # fmt: skip
    if found.days_late:
        late = report.number(OVERDUE, "days_late", "day", tag=found.tag)
        messages.append(f"<strong>Overdue by {number(late)} days.</strong>")
    if found.delivered:
        messages.append(f"Delivered {date_name(found.delivered.date)}.")
    if found.closed:
        messages.append(
            f"Monitoring ended {date_name(found.closed.date)} by {escape(found.closed.decision)}."
        )
    return [*messages, MEANING, *_duty(report)]


def _links(found: list[Recommended], linkable: set[str]) -> str:
    """Return the recommendations that something came of, linked where their row is on the page."""
    if not found:
        return "(No recommendation asks for this by itself.)"
    named = [
        f'<a href="#recommendation-{r.tag}">{escape(r.recommendation.number)}</a>'
        if r.tag in linkable
        else escape(r.recommendation.number)
        for r in found
    ]
    return f"(Recommendation{'s' * (len(named) > 1)} {_and(named)}.)"


def _and(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
