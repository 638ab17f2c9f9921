"""The table of the same counts in other files."""

from __future__ import annotations

from scrutiny.markup import text as escape
from scrutiny.measures import catalogue
from scrutiny.report import Report
from scrutiny.tables.table import Column, Table
from scrutiny.words.sentence import named, of_the_whole

NOT_THERE = "not held"


@of_the_whole
def elsewhere(report: Report) -> Table | None:
    """Return each count that another file moves, in every file; None where none does."""
    if not report.elsewhere:
        return None
    now = report.edition.now
    files = sorted({name for found in report.elsewhere for name in found.others})
    rows = tuple(
        (
            escape(catalogue()[found.printed.measure].name),
            found.printed,
            *(found.others.get(name, NOT_THERE) for name in files),
            found.largest or "no other",
        )
        for found in report.elsewhere
    )
    unlike = {
        f"{catalogue()[found.printed.measure].name}: {name} counts otherwise than the printed "
        "file, which is of about its age, so no series runs across the two."
        for found in report.elsewhere
        for name in found.unlike
    }
    return Table(
        f"The counts of {now.name} in {named(report.area)}, as each file has them",
        (
            Column("Measure", numeric=False),
            Column("On this page", "count"),
            *(Column(name, "count") for name in files),
            Column("Largest revision", "%"),
        ),
        rows,
        (
            "A file is named by its data set and the last month that it holds. Later files hold "
            "revisions; they may also count by other classes. The largest revision leaves out the "
            "files that count otherwise.",
            *map(escape, sorted(unlike)),
        ),
    )
