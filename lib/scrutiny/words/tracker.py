"""The tracker in sentences: key messages, what changed because the committee asked."""

from __future__ import annotations

from scrutiny.markup import number
from scrutiny.markup import text as escape
from scrutiny.measures import Result
from scrutiny.periods import date_name, day_name
from scrutiny.report import Recommended, Report
from scrutiny.report.tracked import ALL, COLOURS, OPEN, OVERDUE
from scrutiny.words.sentence import Passage, listed, paragraphs

IMPACTS = "What changed because the committee asked"
MEANING = (
    "Green means implemented or in substance accepted, amber some progress, red not accepted. The "
    "colours judge acceptance, not police performance."
)


def key_messages(report: Report) -> list[str]:
    """Return the tracker's key messages, each a sentence or two."""
    if report.tracker.alone:
        return _alone(report, *report.tracker.all)
    messages = [_counts(report), _late(report), MEANING]
    if report.is_extract:
        return messages
    return [*messages, _offered(report), *_duty(report)]


def impacts(report: Report) -> Passage:
    """Return what changed because the committee asked, each linked to its recommendations."""
    tracker = report.tracker
    if not tracker.impacts:
        return (
            Passage("") if report.is_extract else paragraphs(f"{IMPACTS}: nothing on record yet.")
        )
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
    late = report.number(OVERDUE, "count", "day", tag=report.part if report.is_extract else "")
    day = day_name(report.tracker.at)
    if not late.value:
        return f"Overdue on {day}: {number(late)}. No date that was offered or asked has passed."
    return f"<strong>Overdue on {day}: {number(late)}</strong>, listed below with whom to ask."


def _offered(report: Report) -> str:
    offered = [
        f"{found.recommendation.number} ({found.offer.offered_for})"
        for found in report.tracker.listed
        if found.offer and found.outstanding
    ]
    if not offered:
        return "No date for a further answer was offered."
    return f"A date for a further answer was offered on: {escape(_and(offered))}."


def _duty(report: Report) -> list[str]:
    """Return what the law asks of those who were addressed, where the edition says it."""
    return [escape(duty) for duty in [report.edition.texts.get("duty", "").strip()] if duty]


def _alone(report: Report, found: Recommended) -> list[str]:
    own = found.recommendation
    age = report.number(ALL, "age_months", "day", tag=found.tag)
    status = found.rag.value.upper() if found.rag else "OPEN: not judged yet"
    messages = [
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
