"""What can be explored: every measure in a line, and one measure in every area."""

from __future__ import annotations

from collections.abc import Iterable

from scrutiny import places
from scrutiny.markup import text as escape
from scrutiny.measures import Result, catalogue
from scrutiny.periods import month, short_month_name
from scrutiny.report import Report
from scrutiny.tables.changes import reading
from scrutiny.tables.table import Column, Table
from scrutiny.words.explored import link
from scrutiny.words.sentence import Passage, of_the_whole

SPANS = {"12m": "12 months", "3m": "3 months", "month": "the month", "ytd": "year to date"}


@of_the_whole
def measures(report: Report) -> Table:
    """Return every measure in a line: its count, the one before, the change, and its reading.

    Each name leads to the page of the measure.
    """
    kind = report.edition.now.kind
    span = SPANS[kind]

    def row(measure: str) -> tuple[Result | str, ...]:
        now = report.number(measure, "count")
        return (
            link(report, measure),
            short_month_name(month(now.period[-7:])),
            report.number(measure, "count", f"{kind}-before"),
            now,
            report.number(measure, "change_percent"),
            report.number(measure, "p_value"),
            reading(report, measure),
        )

    return Table(
        f"Every measure that the files hold for the MPS: {span}, against a year before",
        (
            Column("Measure", numeric=False),
            Column("Up to", numeric=False),
            Column("A year before", "count"),
            Column(span[0].upper() + span[1:], "count"),
            Column("Change", "%"),
            Column("Chance", "p"),
            Column("Reading", numeric=False),
        ),
        tuple(row(measure) for measure in report.measures),
        (
            "Counts are of offences, victims, outcomes, searches or calls: the page of the measure "
            "says of which. A measure whose figures end earlier is shown up to its own last month. "
            "Some measures are parts of others: they are not to be added up.",
        ),
    )


def by_area(report: Report, areas: Iterable[str] = ()) -> Table | Passage:
    """Return the counts, change, chance and rate of the page's measure in each of the areas.

    Without areas named, in London and in every borough that the report has; nothing on the page
    that lists all measures.
    """
    if not (measure := report.part):
        return Passage("")
    every = (report.area, places.MPS, *(p.name for p in places.boroughs()))
    shown = [
        area
        for area in dict.fromkeys(areas or every)
        if report.has(measure, "change_percent", area=area)
    ]
    now, before = report.edition.now, report.edition.before
    unit = catalogue()[measure].unit
    rated = all(report.has(measure, "rate", area=area) for area in shown)

    def row(area: str) -> tuple[Result | str, ...]:
        found = [
            report.number(measure, "count", f"{now.kind}-before", area=area),
            report.number(measure, "count", area=area),
            report.number(measure, "change_percent", area=area),
            report.number(measure, "p_value", area=area),
        ]
        rate = [report.number(measure, "rate", area=area)] if rated else []
        return (escape(area), *found, *rate)

    columns = [
        Column("Area", numeric=False),
        Column(before.short_name, unit),
        Column(now.short_name, unit),
        Column("Change", "%"),
        Column("Chance", "p"),
        *([Column("Rate", "per 1,000 residents")] if rated else []),
    ]
    caption = f"{catalogue()[measure].name}, {now.name} against {before.name}"
    return Table(caption, tuple(columns), tuple(map(row, shown)))
