"""Boroughs and groups of boroughs beside London in the territorial performance report."""

from __future__ import annotations

from scrutiny import places
from scrutiny.markup import number
from scrutiny.markup import text as escape
from scrutiny.measures import Result, catalogue, result_id
from scrutiny.measures.standing import Ends
from scrutiny.report import Report
from scrutiny.tables.changes import CHANCE
from scrutiny.tables.table import Column, Table
from scrutiny.words.sentence import CHANCE_FROM
from scrutiny.words.territorial import CHANCE_APART

NONE_NAMED = "no borough named"
UNSTABLE = (
    "Which borough comes first and which last is unstable: chance, and what boroughs ordinarily "
    "differ by, put one there. So the two are named only where their limits do not overlap, which "
    "are wider than those above: they hold for all boroughs at once (95%, Sidak) and allow for how "
    "much boroughs differ beyond chance (times the root of the dispersion). That the two differ "
    "does not say that their neighbours in the order do."
)


def apart(report: Report) -> Table:
    """Return for each measure how many boroughs chance does not join to London, and which."""
    now = report.edition.now
    return Table(
        f"Boroughs whose change differs from London's by more than chance, {now.name} against a "
        "year before",
        (
            Column("Measure", numeric=False),
            Column("MPS, change", "%"),
            Column("Above London", "boroughs"),
            Column("Which are above, with 95% limits", numeric=False),
            Column("Below London", "boroughs"),
            Column("Which are below, with 95% limits", numeric=False),
        ),
        tuple(
            (
                escape(catalogue()[e.measure].name),
                report.number(e.measure, "change_percent", area=places.MPS),
                report.number(e.measure, "boroughs_change_above", area=places.MPS),
                _which(report, e.above),
                report.number(e.measure, "boroughs_change_below", area=places.MPS),
                _which(report, e.below),
            )
            for e in report.territorial.apart
        )
        or (("None", *["not held"] * 5),),
        (
            "A borough is named, in the order of the alphabet, where its whole interval lies on "
            f"one side of the change of the MPS. {CHANCE_APART} The others cannot be told apart "
            "from London.",
        ),
        cards=True,
    )


def ends(report: Report) -> Table:
    """Return for each measure the boroughs with the highest and the lowest change, if not chance.

    None is named where the intervals of the two, widened for as many boroughs, overlap.
    """
    return Table(
        f"Boroughs with the highest and the lowest change, {report.edition.now.name} against a "
        "year before",
        (
            Column("Measure", numeric=False),
            Column("Highest change, with widened limits", numeric=False),
            Column("Lowest change, with widened limits", numeric=False),
        ),
        tuple(
            (escape(catalogue()[e.measure].name), *_at_the_ends(e.ends))
            for e in report.territorial.apart
        )
        or (("None", "not held", "not held"),),
        (UNSTABLE,),
        cards=True,
    )


def _at_the_ends(found: Ends | None) -> tuple[str, str]:
    if found is None:
        return "not known", "not known"
    highest, lowest = (
        f"{escape(change.area)} {number(change)}" if found.apart else NONE_NAMED
        for change in (found.highest, found.lowest)
    )
    lower, upper, lower_of_lowest, upper_of_lowest = map(number, found.limits)
    return (
        f"{highest} ({lower} to {upper})",
        f"{lowest} ({lower_of_lowest} to {upper_of_lowest})",
    )


def _which(report: Report, changes: tuple[Result, ...]) -> str:
    return (
        "; ".join(
            f"{escape(r.area)} {number(r)} ({number(_bound(report, r, 'lower'))} to "
            f"{number(_bound(report, r, 'upper'))})"
            for r in changes
        )
        or "none"
    )


def groups(report: Report) -> Table | None:
    """Return the change of each measure by group of boroughs; None without groups."""
    found = report.territorial.groups
    if not found:
        return None
    measures = [e.measure for e in report.territorial.apart]
    now = report.edition.now
    changes = {
        (group, r.measure): r
        for group, own in found.items()
        for r in own
        if r.statistic == "change_percent"
    }
    chance = {
        (group, r.measure): r
        for group, own in found.items()
        for r in own
        if r.statistic == "p_value"
    }
    return Table(
        f"Change by group of boroughs, {now.name} against a year before",
        (
            Column("Group", numeric=False),
            *(Column(catalogue()[m].name, "%", numeric=False) for m in measures),
        ),
        tuple(
            (
                escape(group),
                *(
                    f"{number(changes[group, m])} {_short(changes[group, m], chance[group, m])}"
                    for m in measures
                ),
            )
            for group in found
        ),
        ("Where no word stands beside a change, chance alone would not explain it.",),
        cards=True,
    )


def _bound(report: Report, result: Result, side: str) -> Result:
    window = report.edition.now.kind
    key = result_id(result.measure, result.area, f"change_percent_{side}", window)
    return report.numbers[key]


def _short(change: Result, p: Result) -> str:
    return f"({CHANCE})" if p.value is not None and p.value >= CHANCE_FROM else ""
