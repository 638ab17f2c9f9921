"""Small areas that come up month after month in the territorial performance report."""

from __future__ import annotations

from scrutiny.markup import number
from scrutiny.markup import text as escape
from scrutiny.measures import catalogue
from scrutiny.measures.hot_spots import LASTING, MONTHS, NAMES, HotSpots
from scrutiny.report import Report
from scrutiny.statistics.suppression import FEWEST
from scrutiny.tables.table import Column, Table


def lasting(report: Report) -> Table | None:
    """Return for each kind of area and crime how many stay at the top; None without a file."""
    found = report.territorial.hot_spots
    if not found:
        return None
    return Table(
        f"Areas in the top tenth of London in at least {LASTING} of {MONTHS} months",
        (
            Column("Crime", numeric=False),
            Column("Months", numeric=False),
            Column("In the file", "areas"),
            Column("In the top tenth in a usual month", "areas"),
            Column("Which is of all", "%"),
            Column(f"There in at least {LASTING} months", "areas"),
            Column("By chance, were all alike", "areas"),
            Column(f"Offences in the tenth with most in {MONTHS} months", "%"),
        ),
        tuple(
            (
                f"{escape(catalogue()[each.measure].name)}, {escape(NAMES[each.kind])}",
                escape(each.window.name),
                each.areas,
                each.top,
                each.top_share,
                each.lasting,
                each.by_chance,
                each.share,
            )
            for each in found
        ),
        (
            "By chance, were all alike: how many there would be if the top tenth of every month "
            "were drawn anew from areas that are all alike, which they are not: they differ in "
            "size and in how many people come there. The tenth with most would by chance have "
            "somewhat more than a tenth of the offences too.",
        ),
        cards=True,
    )


def hot_spots(report: Report, kind: str) -> Table | None:
    """Return the first areas of a kind, ``ward`` or ``lsoa``, by crime; None without a file."""
    found = [each for each in report.territorial.hot_spots if each.kind == kind]
    if not found:
        return None
    return Table(
        f"{NAMES[kind][0].upper()}{NAMES[kind][1:]} with the most offences, {found[0].window.name}",
        (
            Column("Area", numeric=False),
            Column("Crime", numeric=False),
            Column("Rank", "from the most"),
            Column("Offences", "count"),
            Column(f"Months in the top tenth, of {MONTHS}", "months"),
        ),
        tuple(
            (
                escape(spot.name),
                escape(catalogue()[each.measure].name),
                spot.rank,
                spot.count,
                spot.months,
            )
            for each in found
            for spot in each.spots
        ),
        (
            "Areas with as many offences share a rank. The order is unstable: areas that are a few "
            "offences apart cannot be told apart.",
            f"Counts of {MONTHS} months from 1 to {FEWEST - 1} are left out.",
            *(told for each in found for told in _tied(each)),
        ),
        cards=True,
    )


def _tied(each: HotSpots) -> list[str]:
    if each.tied is None:
        return []
    name = escape(catalogue()[each.measure].name)
    return [f"{name}: {number(each.tied)} more share the last rank that is shown."]
