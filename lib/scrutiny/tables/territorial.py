"""Tables of the territorial policing performance report."""

from __future__ import annotations

from scrutiny.markup import number
from scrutiny.markup import text as escape
from scrutiny.measures import Result, catalogue
from scrutiny.measures.to_date import PRO_RATA
from scrutiny.periods import date_name
from scrutiny.report import Report
from scrutiny.tables.changes import CHANCE
from scrutiny.tables.table import Column, Table
from scrutiny.theme import ARROWS
from scrutiny.words.sentence import CHANCE_FROM, direction, judged


def to_date(report: Report) -> Table:
    """Return each measure in the year to date and in as many days a year before, with chance."""
    now = report.territorial.days
    before = now.a_year_earlier()
    return Table(
        f"Recorded crime in the MPS, {now.name} against {before.name}, {now.number} days each",
        (
            Column("Measure", numeric=False),
            Column("A year before", "count"),
            Column("To date", "count"),
            Column("Change", "%"),
            Column("p of chance", "probability"),
            Column("Reading", numeric=False),
        ),
        tuple(
            (
                escape(catalogue()[measure].name),
                report.number(measure, "count", "ytd-before"),
                report.number(measure, "count", "ytd"),
                report.number(measure, "change_percent", "ytd"),
                report.number(measure, "p_value", "ytd"),
                _reading(
                    report.number(measure, "change_percent", "ytd"),
                    report.number(measure, "p_value", "ytd"),
                ),
            )
            for measure in report.measures
        ),
        _part_of_a_month(report),
    )


def parts(report: Report) -> Table:
    """Return what share of a crime had an injury or a discharge, with limits, in both years."""
    rows = []
    for part, whole in report.territorial.parts:
        for window, when in (("ytd", "to date"), ("ytd-before", "a year before")):
            share = report.number(part, "share", window)
            rows.append(
                (
                    f"{escape(catalogue()[part].name)}, {when}",
                    report.number(part, "count", window),
                    report.number(whole, "count", window),
                    share,
                    report.number(part, "share_lower", window),
                    report.number(part, "share_upper", window),
                )
            )
    return Table(
        "How many of the offences had a discharge or an injury",
        (
            Column("Offences", numeric=False),
            Column("With it", "count"),
            Column("Of all", "count"),
            Column("Share", "%"),
            Column("Lower limit", "%"),
            Column("Upper limit", "%"),
        ),
        tuple(rows) or (("None", *["not held"] * 5),),
        ("Limits are 95% limits by Wilson's method; of counts pro rata they are approximate.",),
    )


def survey(report: Report) -> Table:
    """Return what Londoners said: London with its limits, and the boroughs at both ends."""
    found = report.territorial.survey
    return Table(
        "What Londoners think of the police: confidence beside satisfaction",
        (
            Column("Question", numeric=False),
            Column("Twelve months to", numeric=False),
            Column("MPS (95% limits)", numeric=False),
            Column("Lowest borough (95% limits)", numeric=False),
            Column("Highest borough (95% limits)", numeric=False),
            Column("Boroughs at the target", numeric=False),
        ),
        tuple(
            (
                escape(catalogue()[a.measure].name),
                escape(date_name(a.london.period.partition("..")[0])),
                _with_limits(report, a.london),
                *(
                    f"{escape(r.area)}, {_with_limits(report, r)}" if r else "not by borough"
                    for r in (a.lowest, a.highest)
                ),
                f"{number(a.meeting)}, {number(a.surely)} of them with all of their limits"
                if a.meeting
                else "no target on record",
            )
            for a in found
        )
        or (("None", *["no survey of this time on file"] * 5),),
        (
            "Limits allow for as many people as the survey usually asks in a year, some 400 a "
            "borough, with a design factor that is assumed; results.csv has both. Shares are "
            "printed whole, as published.",
        )
        if found
        else (),
        cards=True,
    )


def _with_limits(report: Report, share: Result) -> str:
    ends = [
        number(report.number(share.measure, f"share_{side}", "month", area=share.area))
        for side in ("lower", "upper")
    ]
    return f"{number(share)} ({ends[0]} to {ends[1]})"


def _part_of_a_month(report: Report) -> tuple[str, ...]:
    counts = [report.number(m, "count", "ytd") for m in report.measures]
    notes = [c.note.rpartition("; ")[2] for c in counts if c.method == PRO_RATA]
    refused = [report.compared[m].note for m in report.measures if report.compared[m].note]
    made = dict.fromkeys(filter(None, [*notes, *refused]))
    return tuple(escape(note if note.endswith(".") else f"{note}.") for note in made)


def _reading(change: Result, p: Result) -> str:
    way = direction(change)
    if way not in ARROWS:
        return f"– {way}"
    if p.value >= CHANCE_FROM:
        return f"{ARROWS[way]} {way}, {CHANCE}"
    word = judged(catalogue()[change.measure], change)
    return f"{ARROWS[way]} {way}{f', {word}' if word else ''}"
