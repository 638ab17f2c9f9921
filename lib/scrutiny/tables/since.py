"""Figures that were revised since the last edition."""

from __future__ import annotations

from scrutiny.markup import number
from scrutiny.markup import text as escape
from scrutiny.measures import catalogue
from scrutiny.measures.difference import LAST_EDITION
from scrutiny.report import Report
from scrutiny.tables.table import Column, Table
from scrutiny.words.sentence import Passage, of_the_whole


@of_the_whole
def revised(report: Report) -> Table | Passage:
    """Return the largest revisions of figures of the same months; nothing without any."""
    if report.since is None or not report.since.revisions:
        return Passage("")
    return Table(
        "Figures of the same months that were revised since the last edition, the largest first",
        (
            Column("Figure", numeric=False),
            Column("Months", numeric=False),
            Column("Last edition", "count, % or points"),
            Column("This edition", "count, % or points"),
        ),
        tuple(_row(report, key) for key in report.since.revisions),
    )


def _row(report: Report, key: str) -> tuple[str, ...]:
    now, then = report.numbers[key], report.numbers[f"{key}.{LAST_EDITION}"]
    entry = catalogue().get(now.measure)
    name = f"{entry.name if entry else now.measure}, {now.statistic.replace('_', ' ')}, {now.area}"
    return escape(name), escape(now.period), number(then), number(now)
