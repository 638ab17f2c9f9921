"""What compares and what does not; what is missing, late or gone."""

from __future__ import annotations

from collections.abc import Iterable

from scrutiny.markup import text as escape
from scrutiny.measures import catalogue
from scrutiny.periods import date_name
from scrutiny.report import Report
from scrutiny.words.sentence import Passage, listed, of_the_whole, paragraphs

ALIKE = "No change in recording and no change of file lies between the two periods."
REVISED = (
    "Police figures are live: offences are added, moved and removed after they were first "
    "published. The table shows each count in the other files that hold the same months."
)
NO_GAPS = (
    "Of the crimes counted above, no month is missing from the files, and no file of them came "
    "late."
)
IN_THE_CATALOGUE = (
    "What else the committee is given, and what of it is no longer published or not in open data, "
    'is said under <a href="#what-is-the-committee-given">What is the '
    "committee given, and what is missing?</a>"
)
NOT_REVISED = "No other file here holds these months with other figures."


@of_the_whole
def comparability(report: Report) -> Passage:
    """Return which comparisons were refused and why, and what to know about those made."""
    refused = _by_reason(report, "refusals")
    items = [
        f"<strong>Not compared:</strong> {escape(names)}. {escape(reason)}"
        for reason, names in refused.items()
    ]
    items += breaks(report)
    seams = [
        f"<strong>A seam:</strong> the months of {escape(names)} come {escape(seam)}."
        for seam, names in _seams(report).items()
    ]
    alike = "" if items else f"{paragraphs(ALIKE).html}\n"
    told = f"{listed([*items, *seams]).html}\n" if items or seams else ""
    revised = REVISED if report.elsewhere else NOT_REVISED
    return Passage(f"{alike}{told}{paragraphs(revised).html}")


def breaks(report: Report, among: Iterable[str] = ()) -> list[str]:
    """Return which breaks of series lie within the two periods that are compared nevertheless.

    Of the measures ``among``, or of all that the page compares.
    """
    return [
        f"{escape(reason)} This is about {escape(names)}."
        for reason, names in _by_reason(report, "footnotes", among).items()
    ]


@of_the_whole
def gaps(report: Report) -> Passage:
    """Return what a reader of the last edition would look for and not find."""
    names = [catalogue()[m].name for m in report.missing_measures]
    items = [f"<strong>Alarm:</strong> {escape(alarm)}." for alarm in report.alarms]
    items += [escape(ended.sentence) for ended in report.ended]
    items += [f"{escape(late)}." for late in report.late]
    items += _last_answers(report)
    items += [f"Not in any file here: {escape(', '.join(names))}."] if names else []
    return listed(items) if items else paragraphs(f"{NO_GAPS}{_beyond(report)}")


def _beyond(report: Report) -> str:
    """Return where the gaps of the catalogue are named, where the page has it and it has any."""
    if not report.listing or all(entry.summary for entry in report.listing.entries):
        return ""
    return f" {IN_THE_CATALOGUE}"


def _last_answers(report: Report) -> list[str]:
    """Return of when the last answers on file are, where those are older than the page's data."""
    if not report.territorial:
        return []
    data_to = str(report.edition.settings.data_to)
    asked: dict[tuple[str, str], list[str]] = {}
    for question in report.territorial.survey:
        when = question.london.period.partition("..")[0]
        if when < data_to:
            last = when, question.london_to
            asked.setdefault(last, []).append(catalogue()[question.measure].name)
    return [
        f"What Londoners answered ({escape('; '.join(names))}): the last "
        + (
            f"by borough on file are of the twelve months to {escape(date_name(when))}; London's "
            f"alone go on to {escape(date_name(london_to))}."
            if london_to > when
            else f"on file by {escape(date_name(data_to))} are of the twelve months to "
            f"{escape(date_name(when))}."
        )
        for (when, london_to), names in sorted(asked.items(), reverse=True)
    ]


def _seams(report: Report) -> dict[str, str]:
    """Return from which month on which file is drawn on, with the measures that it is about."""
    about: dict[str, list[str]] = {}
    for measure in report.measures:
        starts: list[tuple[str, str]] = []
        for name, point in report.monthly(measure):
            file = point.sources.partition("@")[0]
            if file and (not starts or starts[-1][1] != file):
                starts.append((date_name(name), file))
        if len(starts) > 1:
            seam = ", ".join(f"from {file} from {first} on" for first, file in starts)
            about.setdefault(seam, []).append(catalogue()[measure].in_sentence)
    return {seam: ", ".join(names) for seam, names in about.items()}


def _by_reason(report: Report, kind: str, among: Iterable[str] = ()) -> dict[str, str]:
    """Return each reason with the names of the measures that it is about."""
    about: dict[str, list[str]] = {}
    for measure in among or report.compared:
        for reason in getattr(report.compared[measure], kind):
            about.setdefault(reason, []).append(catalogue()[measure].in_sentence)
    return {reason: ", ".join(names) for reason, names in about.items()}
