"""Tables of counts in proportion: per resident, and detections per offence."""

from __future__ import annotations

from scrutiny import places
from scrutiny.markup import text as escape
from scrutiny.measures import catalogue
from scrutiny.report import Report
from scrutiny.tables.table import Column, Table
from scrutiny.words.sentence import of_the_whole

MADE_OF_RATES = (
    "Made from the rates that the workbook prints for each month, weighted by the month's "
    "offences. Where a month's offences were revised after its rate, the share is approximate."
)


def rates(report: Report) -> Table:
    """Return counts per 1,000 residents, of the page's area and of London."""
    areas = tuple(dict.fromkeys([report.area, places.MPS]))
    measures = [m for m in report.measures if report.has(m, "rate", area=areas[0])]
    now = report.edition.now
    notes = [
        f"Residents at mid-{now.last.year}, estimated or projected. The MPS has the residents of "
        "its 32 boroughs.",
        "Many victims do not live where they are victims: rates of boroughs with many visitors, "
        "Westminster above all, are high for that reason too.",
    ]
    caption = f"Offences per 1,000 residents, {now.name}"
    if not measures:
        return Table(
            caption,
            (Column("Crime", numeric=False), Column("Rate", numeric=False)),
            (("All crimes", f"no residents for {now.last.year} in the files"),),
        )
    return Table(
        caption,
        (Column("Crime", numeric=False), *(Column(area) for area in areas)),
        tuple(
            (
                escape(catalogue()[m].name),
                *(report.number(m, "rate", area=area) for area in areas),
            )
            for m in measures
        ),
        tuple(notes),
    )


@of_the_whole
def shares(report: Report) -> Table:
    """Return each share in both windows and its change in percentage points."""
    now, before = report.edition.now, report.edition.before
    changes = [report.number(measure, "change_points") for measure in report.shares]
    refused = dict.fromkeys(escape(change.note) for change in changes if not change.comparable)
    return Table(
        f"Sanction detection rates in the MPS, {now.name} against {before.name}",
        (
            Column("Measure", numeric=False),
            Column(before.short_name, "%"),
            Column(now.short_name, "%"),
            Column("Change", "percentage points"),
        ),
        tuple(
            (
                escape(catalogue()[measure].name),
                report.number(measure, "share", f"{now.kind}-before"),
                report.number(measure, "share"),
                report.number(measure, "change_points"),
            )
            for measure in report.shares
        )
        or (("None", "not in the files", "not in the files", "not in the files"),),
        (MADE_OF_RATES, *refused) if report.shares else (),
    )
