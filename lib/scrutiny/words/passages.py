"""The edition's own texts, and what is on record of a borough's choice."""

from __future__ import annotations

import re

from scrutiny import places
from scrutiny.errors import FaultyEdition
from scrutiny.markup import markdown, number
from scrutiny.markup import text as escape
from scrutiny.measures import catalogue
from scrutiny.periods import financial_year
from scrutiny.registers import LocalPriority
from scrutiny.report import Report
from scrutiny.report.texts import placeholders
from scrutiny.words.sentence import Passage, listed, paragraphs
from scrutiny.words.tracker import asked

_IN_A_TAG = re.compile(r"<[^>]*\bnumber[0-9]+placeholder\b")
NONE = paragraphs("None.")


def title(report: Report) -> Passage:
    """Return the report's title and edition, for the author to see which page this is."""
    named = "/".join(filter(None, (report.edition.target, report.part)))
    return paragraphs(f"<strong>{escape(report.title)}</strong> ({escape(named)})")


def text(report: Report, name: str) -> Passage:
    """Return the edition's text of that name; says "None." where the edition has none.

    A page cut out of a list leaves what is said of the whole to the list.

    Its placeholders show the numbers that they name. Raises
    :class:`scrutiny.errors.FaultyEdition` for one that names none, or stands in an address.
    """
    if report.is_extract:
        return Passage("")
    source = report.edition.texts.get(name, "")
    if not source.strip():
        return NONE
    found = placeholders(source, name, report.edition, report.area, report.numbers)
    # A number is put in after the text has been cleaned, in place of a word that nobody types.
    for at, each in reversed([*enumerate(found)]):
        source = f"{source[: each.start]}number{at}placeholder{source[each.end :]}"
    shown = markdown(source)
    if _IN_A_TAG.search(shown):
        raise FaultyEdition(
            f"{report.edition.target}/{name}.md: a placeholder stands in an address; write it out"
        )
    for at, each in enumerate(found):
        shown = shown.replace(f"number{at}placeholder", number(each.result))
    return Passage(shown)


def implications(report: Report) -> Passage:
    """Return the edition's texts on equality, finance and law, each under its name."""
    if report.is_extract:
        return Passage("")
    parts = [
        (f"<h3>{kind.capitalize()} implications</h3>", text(report, f"implications-{kind}").html)
        for kind in ("equality", "financial", "legal")
    ]
    return Passage("\n".join(line for part in parts for line in part))


def introduction(report: Report) -> Passage:
    """Return the edition's introduction; of one recommendation, what was asked of whom."""
    if report.tracker and report.tracker.alone:
        return asked(report)
    return text(report, "introduction")


def rule(report: Report) -> Passage:
    """Return how the tracker gives its colours."""
    return text(report, "rule")


def choice(report: Report) -> Passage:
    """Return which crimes the borough chose, from the register; none is guessed."""
    year = financial_year(report.edition.now.last)
    if report.is_for_london:
        boroughs = sorted({c.borough for c in report.choices})
        if not boroughs:
            return paragraphs(f"No borough's choice for {year} is on record here.")
        return paragraphs(
            f"A choice for {year} is on record here for {escape(' and '.join(boroughs))}. For the "
            "other boroughs none is: their pages show the seven crimes and say so."
        )
    if not report.choices:
        return paragraphs(
            f"<strong>No choice of priority crimes is on record for {escape(report.area)} in "
            f"{year}.</strong> The page shows the seven MOPAC crimes against London instead, and "
            "leads with those whose change differs most from London's.",
            "A choice with a source can be added as a line of "
            "<code>data/registers/local-priorities.csv</code>, here with burglary as the example:",
            f"<code>{escape(_line(report.area, year))}</code>",
        )
    return listed([_choice(report, chosen) for chosen in report.choices])


def _line(borough: str, year: str) -> str:
    """Return the line of the register to fill in, its last fields as what they are to hold."""
    return f"{borough},{year},burglary,NAME IN THE SOURCE,chosen,DOCUMENT,PLACE,CONFIDENCE,NOTE"


def _choice(report: Report, chosen: LocalPriority) -> str:
    entry = catalogue()[chosen.measure]
    head = (
        f"<strong>{escape(entry.name)}</strong> ({escape(chosen.kind)} for "
        f"{escape(chosen.financial_year)}; source: {escape(chosen.source)}; confidence in the "
        f"source: {escape(chosen.confidence)})"
    )
    if chosen.measure in report.measures:
        return f"{head}."
    printed = [c for c in report.published if c.published.measure == chosen.measure]
    said = "".join(
        f" The document prints {number(c.published)}"
        f"{' against the MPS average' if c.published.statistic == 'gap_points' else ''}, shown "
        "as published."
        for c in printed
        if c.published.area in (report.area, places.MPS)
    )
    return f"{head}: not computed, because the open data does not hold it.{said}"
