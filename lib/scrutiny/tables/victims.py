"""Victims by what they are, small counts left out."""

from __future__ import annotations

from scrutiny.markup import text as escape
from scrutiny.measures import catalogue
from scrutiny.measures.victims import WHOLE
from scrutiny.report import Report
from scrutiny.statistics.suppression import FEWEST
from scrutiny.tables.table import Column, Table


def victims(report: Report) -> Table | None:
    """Return the victims of homicide by age; None where the page has none."""
    found = report.victims
    if found is None:
        return None
    names = {m: catalogue()[m].name for m in found.measures} | {WHOLE: "All victims of homicide"}
    *years, over = found.years
    return Table(
        f"Victims of homicide in the MPS by age, {years[0]} to {years[-1]}",
        (
            Column("Victims", numeric=False),
            *(Column(year, "victims") for year in years),
            Column(f"{years[0]} to {years[-1]}", "victims"),
        ),
        tuple(
            (
                escape(names[measure].removeprefix("Victims of homicide ").capitalize()),
                *(found.cells[measure, year] for year in (*years, over)),
            )
            for measure in found.measures
        ),
        (
            f"Counts from 1 to {FEWEST - 1} are left out, and as many others as it takes that none "
            "of them can be worked out from the totals. A nought is shown. The victims are those "
            "of the police's file of homicide, which counts them by the year of recording; the "
            "workbook's homicides may differ.",
        ),
    )
