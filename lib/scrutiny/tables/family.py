"""The police force beside its most similar forces, by the suite's own test."""

from __future__ import annotations

from scrutiny.markup import number
from scrutiny.markup import text as escape
from scrutiny.measures import catalogue
from scrutiny.report import Report
from scrutiny.tables.table import Column, Table


def family(report: Report) -> Table | None:
    """Return each force against the mean of the others; None without a figure of all of them."""
    members = report.territorial.family
    if not members:
        return None
    return Table(
        "The MPS and its most similar forces",
        (
            Column("Force", numeric=False),
            Column("Measure", numeric=False),
            Column("Share", "%"),
            Column("Asked", "people"),
            Column("Against the mean of the others, with 95% limits", "percentage points"),
            Column("The suite's own test", numeric=False),
        ),
        tuple(
            (
                escape(member.force),
                escape(catalogue()[member.share.measure].name),
                member.share,
                member.asked,
                f"{number(member.difference)} ({' to '.join(map(number, member.limits))})",
                escape(member.grade),
            )
            for member in members
        ),
        ("The suite's own test; not the Home Office grading.",),
        cards=True,
    )
