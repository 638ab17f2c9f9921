"""What else is on file: police strength, and what residents think."""

from __future__ import annotations

from scrutiny import places
from scrutiny.markup import text as escape
from scrutiny.measures import catalogue
from scrutiny.measures.context import KNOWN
from scrutiny.report import Report
from scrutiny.tables.table import Column, Table

NOT_ON_FILE = "not on file"


def context(report: Report) -> Table:
    """Return strength, confidence and fear of crime at the end of both windows, where on file."""
    now, before = report.edition.now.last, report.edition.before.last
    rows = []
    for measure in KNOWN:
        for area in dict.fromkeys([report.area, places.MPS]):
            statistic = "share" if catalogue()[measure].unit == "fraction" else "count"
            held = report.has(measure, statistic, "month", area=area)
            change = "change_points" if statistic == "share" else "change_percent"
            rows.append(
                (
                    f"{escape(catalogue()[measure].name)}, {escape(area)}",
                    *(
                        report.number(measure, name, window, area=area) if held else NOT_ON_FILE
                        for name, window in (
                            (statistic, "month-before"),
                            (statistic, "month"),
                            (change, "month"),
                        )
                    ),
                    "percentage points" if statistic == "share" else "%",
                )
            )
    return Table(
        f"Police strength and what residents think, {now.strftime('%B %Y')} and "
        f"{before.strftime('%B %Y')}",
        (
            Column("Measure and area", numeric=False),
            Column(before.strftime("%b %Y")),
            Column(now.strftime("%b %Y")),
            Column("Change"),
            Column("Unit of the change", numeric=False),
        ),
        tuple(rows),
        (
            "Strength is in full-time equivalents. Shares are of the Public Attitude Survey, "
            "twelve months to the end of the quarter; some 400 people a borough are asked in a "
            "year, so a borough's share is uncertain by some five percentage points either way.",
        ),
    )
