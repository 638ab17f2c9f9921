"""What is said of measures that can be explored, and the ways between their pages."""

from __future__ import annotations

from collections.abc import Iterator

from scrutiny.markup import number
from scrutiny.markup import text as escape
from scrutiny.measures import catalogue
from scrutiny.measures.catalogue import MOPAC_7
from scrutiny.report import Report
from scrutiny.words.sentence import (
    Passage,
    change_sentence,
    could_be_chance,
    direction,
    judged,
    paragraphs,
)

OF_EACH = (
    "Each measure has a page of its own: its months against their usual variation and, where the "
    "files hold them, every borough with its interval, a map and rates per resident."
)


def link(report: Report, measure: str) -> str:
    """Return a measure's name as a link to its page, from the page that lists all."""
    edition = report.edition
    page = f"{measure}/{edition.report}-{edition.name}-{measure}.html"
    return f'<a href="{page}">{escape(catalogue()[measure].name)}</a>'


def key_messages(report: Report) -> list[str]:
    """Return what became of the measure; on the list of all, what changed by more than chance."""
    if report.part:
        return [change_sentence(report, report.part)]
    now = report.edition.now
    latest = [m for m in report.measures if report.number(m, "count").period == str(now)]
    told = [change_sentence(report, MOPAC_7)] if MOPAC_7 in latest else []
    return [*told, *_moved(report, latest), OF_EACH]


def _moved(report: Report, latest: list[str]) -> Iterator[str]:
    """Yield which measures changed by more than chance would explain: worse, better, or neither."""
    now, before = (escape(w.name) for w in (report.edition.now, report.edition.before))
    heads = {
        "worse": f"<strong>Worse</strong> in {now} than in {before},",
        "better": f"<strong>Better</strong> in {now} than in {before},",
        "": f"<strong>Changed, neither way good by itself</strong>, in {now} against {before},",
    }
    for way, head in heads.items():
        named = [
            f"{escape(catalogue()[m].in_sentence)} ({number(change)})"
            for m in latest
            for change in [report.number(m, "change_percent")]
            if direction(change) in ("up", "down")
            and judged(catalogue()[m], change) == way
            and not could_be_chance(report, m)
        ]
        if named:
            yield f"{head} by more than chance alone would explain: {'; '.join(named)}."


def meaning(report: Report) -> Passage:
    """Return what the page's measure is, its caveats, and whether its periods compare."""
    if not report.part:
        return Passage("")
    entry = catalogue()[report.part]
    notes = [found.note for found in report.compared.values() if found.note]
    return paragraphs(*map(escape, [entry.definition, *entry.caveats, *notes]))
