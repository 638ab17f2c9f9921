"""What stands behind the numbers: comparison with print, methods, tracing, the checklist."""

from __future__ import annotations

import re

from scrutiny import places
from scrutiny.edition import EXPLORE
from scrutiny.markup import number
from scrutiny.markup import text as escape
from scrutiny.measures import catalogue
from scrutiny.measures.variation import DAYS, FEWEST_FOR_FIRM_LIMITS
from scrutiny.periods import day_name, month_name, parse_window
from scrutiny.registers import first_day
from scrutiny.report import Comparison, Report
from scrutiny.statistics.signals import SIGNAL_LENGTH
from scrutiny.statistics.xmr import CONSTANT, SCREEN
from scrutiny.words.sentence import Passage, listed, named, of_the_whole, paragraphs

NOT_ACCREDITED = (
    "Police recorded crime is official statistics, but not accredited official statistics: it "
    "lost National Statistics status in 2014."
)
CITY = "The City of London has a police force of its own and is not in it."
TOTAL = "the total that the publisher printed"
MANY_COMPARISONS = (
    "Where many crimes or boroughs are compared at once, some changes pass the test by chance "
    "alone."
)
GAPS = (
    "A borough's gap to London is tested as the ratio of its change to that of the rest of London, "
    "with an error that allows for how much the changes of the 32 boroughs vary among themselves."
)
USUAL_VARIATION = (
    f"In a trend, months are counted per {DAYS} days and set against their own mean. Limits are "
    f"{CONSTANT} mean moving ranges from it, with ranges of {SCREEN} times their mean and more "
    f"left out once. A month stands out beyond a limit, as one of {SIGNAL_LENGTH} or more on one "
    "side of the mean, or all rising, or all falling, or as one of two in three near a limit on "
    "one side. That says that something was unusual, not what; the season can be it. Limits "
    "begin anew only at a break of the series that forbids comparisons; made of fewer than "
    f"{FEWEST_FOR_FIRM_LIMITS} months they are on trial."
)
AGREEMENT = {
    "rounded": "They agree to the digits printed",
    "near": "They are within one of the last digit printed, though not the same",
    "cut": "They agree if the computed figure is cut, not rounded, to the digits printed",
}
RECONSTRUCTION = (
    "This page is a reconstruction from published data. It is not an official publication of any "
    "body that it names."
)

_AREAS = re.compile(r"\d+ areas: [^;]*")  # how a count's note begins that was summed over areas


@of_the_whole
def published(report: Report) -> Passage:
    """Return in words where the published figures and the computed ones part."""
    if not report.published:
        return paragraphs("No published figure for these months is on record here.")
    sentences = []
    for found in report.published:
        name = escape(catalogue()[found.published.measure].name)
        area = f" in {escape(named(found.published.area))}{_over(report, found)}"
        if found.computed is None:
            sentences.append(
                f"{name}{area}: printed {number(found.published)}, shown as published. It cannot "
                "be computed from these files."
            )
        elif found.agreement != "none":
            sentences.append(
                f"{name}{area}: printed {number(found.published)}, computed "
                f"{number(found.computed)}{_counts(report, found)}. {AGREEMENT[found.agreement]}."
            )
        else:
            sentences.append(
                f"{name}{area}: printed {number(found.published)}, computed "
                f"{number(found.computed)}: a difference of {number(found.difference)} percentage "
                "points. <strong>They do not agree.</strong> "
                f"{escape(_sentence(found.figure.note))} {escape(_later(report))}"
            )
    return listed(sentences)


def _over(report: Report, found: Comparison) -> str:
    """Return the months of a figure and where it was said, where these are not the page's own."""
    if found.figure.document == getattr(report.edition.settings, "document", None):
        return ""
    title = report.registers.document(found.figure.document).title
    return f", {escape(parse_window(found.figure.period).name)}, in {escape(title)}"


def _counts(report: Report, found: Comparison) -> str:
    """Return the two counts behind a change over months that no other table of the page has."""
    if not _over(report, found):
        return ""
    measure = found.figure.measure
    now, before = (report.number(measure, "count", w) for w in ("window", "window-before"))
    return f" ({number(now)} against {number(before)} a year before)"


def said_later(report: Report) -> str:
    """Return what the page holds that is younger than the days and months it covers, if anything.

    What was said at a hearing after them, and the figures of it that reach past the last month.
    """
    settings = report.edition.settings
    if not hasattr(settings, "reporting_period"):
        return ""
    hearings = [report.registers.document(each) for each in getattr(settings, "hearings", ())]
    after = [h for h in hearings if first_day(h.date) > settings.reporting_period.last]
    if not after or (report.is_extract and not report.records):
        return ""
    younger = {
        f"{catalogue()[found.figure.measure].in_sentence} to {month_name(over.last)}"
        for found in report.published
        for over in [parse_window(found.figure.period)]
        if over.last > settings.data_to
    }
    figures = f", with a figure of {'; '.join(sorted(younger))}" if younger else ""
    days = " and ".join(dict.fromkeys(day_name(first_day(hearing.date)) for hearing in after))
    return f"what was said at the meeting of {days}{figures}"


def methods(report: Report) -> Passage:
    """Return definitions and caveats of the measures on the page, and how changes are made."""
    defined = () if report.listing or report.name == EXPLORE else (*report.measures, *report.shares)
    entries = [catalogue()[measure] for measure in defined]
    items = [
        f"<dt>{escape(entry.name)}</dt>"
        f"<dd>{escape(' '.join([entry.definition, *entry.caveats]))}</dd>"
        for entry in entries
    ]
    general = [RECONSTRUCTION]
    if report.name != "recommendation-tracker":
        general = [
            "A count changes by per cent, a percentage by percentage points; every difference is "
            "taken before rounding. Numbers are rounded half up, so printed figures may not sum.",
            "Where a change is said to be within chance, the two counts were compared by a "
            "conditional binomial test that assumes Poisson counts. Recorded crime varies more "
            "than that, so chance can explain more than the test allows.",
            *([GAPS] if report.name == "borough-priorities" else []),
            *([USUAL_VARIATION] if report.varying else []),
            *([] if _is_list(report) else [_mps(report)]),
            MANY_COMPARISONS,
            NOT_ACCREDITED,
            *general,
        ]
    definitions = f"<dl>\n{chr(10).join(items)}\n</dl>\n" if items else ""
    return Passage(definitions + paragraphs(*(g for g in general if g)).html)


def trace(report: Report) -> Passage:
    """Return how a reader finds out where a number comes from, with one as an example."""
    return paragraphs(
        "Every number on this page has a row in the file <code>results.csv</code> beside it, with "
        "its value before rounding, how it was made and the files that it came from. "
        "<code>manifest.json</code> lists those files with their sha256.",
        *_how_one_was_made(report),
    )


def _how_one_was_made(report: Report) -> list[str]:
    made = [r for r in report.numbers.values() if r.status == "ok" and r.method and r.sources]
    target = "/".join(filter(None, (report.edition.target, report.part)))
    made.sort(key=lambda r: r.statistic != "change_percent")  # what most readers ask about
    return [
        f"For example {number(r)}: its row is <code>{escape(r.result_id)}</code>, its formula "
        f"“{escape(r.method)}”, its source <code>{escape(r.sources)}</code>. <code>scrutiny trace "
        f"{escape(target)} {escape(r.result_id)}</code> goes on to each cell that it was made "
        "from, with the value there."
        for r in made[:1]
    ]


def checklist(report: Report) -> Passage:
    """Return what an author should settle before publishing, and the command that publishes."""
    open_points = [escape(warning) for warning in report.warnings]
    open_points += [
        f"computed and published {escape(c.published.measure)} differ; the page says so"
        for c in report.published
        if c.agreement == "none"
    ]
    part = f"/{report.part}" if report.is_extract else ""
    command = f"scrutiny build {report.edition.target}{part}"
    return Passage(
        listed(open_points or ["nothing is missing or unresolved"]).html
        + f"\n<p>Publish with: <code>{escape(command)}</code></p>"
    )


def _later(report: Report) -> str:
    """Return that the file is younger than the document, and may hold revisions."""
    vintages = ", ".join(file.vintage for file in report.files_of_measures)
    return f"The data file is of vintage {vintages}; figures may have been revised since the print."


def _is_list(report: Report) -> bool:
    """Whether the page lists measures of many files, each of which has its own MPS."""
    return report.name == EXPLORE and not report.part


def _mps(report: Report) -> str:
    """Return what the counts of the MPS take in; of which measures, where they are not alike."""
    made: dict[str, dict[str, None]] = {}
    for n in report.numbers.values():
        untagged = n.result_id.count(".") == len(("area", "statistic", "window"))
        own = untagged and n.measure in (*report.measures, *report.shares)
        if n.area == places.MPS and n.statistic == "count" and own:
            taken_in = _AREAS.match(n.note)
            how = f"the sum of the file's {escape(taken_in[0])}" if taken_in else TOTAL
            made.setdefault(how, {})[escape(catalogue()[n.measure].in_sentence)] = None
    if not made:
        return ""
    told = (
        next(iter(made))
        if len(made) == 1
        else "; ".join(f"{how} (of {', '.join(names)})" for how, names in made.items())
    )
    return f"MPS here is {told}. {CITY}"


def _sentence(note: str | None) -> str:
    return f"{note[0].upper()}{note[1:]}." if note else ""
