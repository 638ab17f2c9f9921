"""What is said of small areas that come up month after month."""

from __future__ import annotations

from scrutiny.markup import number
from scrutiny.markup import text as escape
from scrutiny.measures import catalogue
from scrutiny.measures.hot_spots import LASTING, MONTHS, NAMES
from scrutiny.periods import month_name
from scrutiny.report import Report
from scrutiny.sources.catalogue import source
from scrutiny.sources.inputs import SMALL_AREA_FILES
from scrutiny.statistics.suppression import FEWEST
from scrutiny.words.sentence import Passage, paragraphs

RULE = (
    "In a month, an area is in the top tenth where fewer than a tenth of all areas of the file had "
    "more offences and it had at least one. Areas that tie at the edge are all in, and most LSOAs "
    "have none or one in a month, so that two can be enough and a month can have far more than a "
    "tenth: the table says how many. A month alone says little of so small a place, which is why "
    f"{LASTING} of {MONTHS} are asked for."
)
NOT_RATES = (
    "These are counts and not rates: where many people come to work, shop or go out there is more "
    "to count, and residents are no measure of that. An area with many offences is not said to be "
    "a bad place. Offences without a place are not in it. Those that the airports' police recorded "
    "are in the ward or LSOA where they were, and in no borough's figures above."
)
PRIVACY = (
    "So that nobody can be told from a figure, no month of a small area is shown here or in "
    f"<code>results.csv</code>, a count of {MONTHS} months from 1 to {FEWEST - 1} is left out and "
    "marked [c], crimes with few victims are not shown by small area at all, and there is no map. "
    "LSOAs (Lower layer Super Output Areas of the census, usually of one to three thousand "
    "residents) are named as the census names them."
)


def lasting(report: Report) -> list[str]:
    """Return in how many areas of each kind the first crime comes up month after month."""
    kinds = {each.kind: each for each in reversed(report.territorial.hot_spots)}
    told = [
        f"{number(each.lasting)} of {number(each.areas)} {escape(NAMES[kind])} "
        f"({escape(each.window.name)}); were all alike, chance would put {number(each.by_chance)} "
        f"there. The tenth with most had {number(each.share)} of the offences"
        for kind, each in sorted(kinds.items(), reverse=True)
    ]
    if not told:
        return []
    crime = escape(catalogue()[report.territorial.hot_spots[0].measure].in_sentence)
    return [
        f"In the top tenth of London for {crime} in at least {LASTING} of {MONTHS} months: "
        f"{'. '.join(told)}."
    ]


def hot_spots(report: Report) -> Passage:
    """Return from which file and months, by what rule and with what left out; or what is needed."""
    found = {each.kind: each for each in report.territorial.hot_spots}
    if not found:
        sources = " or ".join(
            f"<code>{key}</code> ({escape(source(key).name)})" for key in SMALL_AREA_FILES
        )
        return paragraphs(
            f"No file here holds {MONTHS} months of small areas up to "
            f"{escape(month_name(report.edition.settings.data_to))}, so nothing is said of them. "
            f"Such a file would be {sources}."
        )
    files = "; ".join(
        f"{escape(NAMES[kind])}, {escape(each.window.name)} ({escape(each.file)})"
        for kind, each in found.items()
    )
    return paragraphs(
        f"The latest {MONTHS} months on file up to "
        f"{escape(month_name(report.edition.settings.data_to))}: {files}.",
        RULE,
        NOT_RATES,
        PRIVACY,
    )
