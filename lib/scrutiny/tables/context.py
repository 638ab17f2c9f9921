"""What else is on file: police strength, and what residents think."""

from __future__ import annotations

from scrutiny import places
from scrutiny.markup import text as escape
from scrutiny.measures import catalogue
from scrutiny.measures.context import KNOWN
from scrutiny.report import Report
from scrutiny.tables.table import Cell, Column, Table

NOT_ON_FILE = "not on file"


def context(report: Report) -> Table:
    """Return strength, confidence and fear of crime at the end of both windows, where on file."""
    now, before = report.edition.now.last, report.edition.before.last
    areas = tuple(dict.fromkeys([report.area, places.MPS]))
    held = {(m, a): _statistic(report, m, a) for m in KNOWN for a in areas}
    shown = [m for m in KNOWN if any(held[m, area] for area in areas)]
    absent = [catalogue()[m].in_sentence for m in KNOWN if m not in shown]
    rows = [_row(report, measure, area, held[measure, area]) for measure in shown for area in areas]
    return Table(
        f"Police strength and what residents think, {now.strftime('%B %Y')} and "
        f"{before.strftime('%B %Y')}",
        (
            Column("Measure and area", numeric=False),
            Column(before.strftime("%b %Y"), "people, or %"),
            Column(now.strftime("%b %Y"), "people, or %"),
            Column("Change", "in the unit beside it"),
            Column("Unit of the change", numeric=False),
        ),
        tuple(rows) or (("None", *[NOT_ON_FILE] * 4),),
        (
            "Strength is in full-time equivalents. Shares are of the Public Attitude Survey, "
            "twelve months to the end of the quarter; some 400 people a borough are asked in a "
            "year, so a borough's share is uncertain by some five percentage points either way.",
            *([f"Not on file for these months: {escape(', '.join(absent))}."] if absent else []),
        ),
    )


def _statistic(report: Report, measure: str, area: str) -> str:
    """Return by which statistic the report holds a level; empty where it does not."""
    known = (s for s in ("share", "count") if report.has(measure, s, "month", area=area))
    return next(known, "")


def _row(report: Report, measure: str, area: str, statistic: str) -> tuple[Cell, ...]:
    name = f"{escape(catalogue()[measure].name)}, {escape(area)}"
    if not statistic:
        return (name, *[NOT_ON_FILE] * 4)
    change = "change_points" if statistic == "share" else "change_percent"
    return (
        name,
        report.number(measure, statistic, "month-before", area=area),
        report.number(measure, statistic, "month", area=area),
        report.number(measure, change, "month", area=area),
        report.number(measure, change, "month", area=area).unit,
    )
