"""Targets of a document beside what it printed, and where each lies against the latest figure."""

from __future__ import annotations

from scrutiny import places
from scrutiny.markup import number
from scrutiny.markup import text as escape
from scrutiny.measures import Result, catalogue
from scrutiny.periods import date_name
from scrutiny.registers import PerformanceTarget
from scrutiny.report import Report
from scrutiny.report.territory import FROM_PRINT
from scrutiny.tables.table import Column, Table

NOT_STATED = "not stated"


def printed_targets(report: Report) -> Table:
    """Return the targets of the document with what was reached and what was at risk."""
    targets = report.territorial.targets
    return Table(
        "Targets and what was reached, as the document has them",
        (
            Column("Subject", numeric=False),
            Column("Kind", numeric=False),
            Column("Target against latest", numeric=False),
            Column("Target", numeric=False),
            Column("Due", numeric=False),
            Column("Latest", numeric=False),
            Column("Boroughs", numeric=False),
            Column("Line", numeric=False),
        ),
        tuple(
            (
                escape(t.subject),
                escape(t.kind),
                _against(report, t),
                _printed(report, t, t.kind.replace(" ", "_")),
                escape(date_name(t.due) if t.due else NOT_STATED),
                _printed(report, t, "share"),
                _of_boroughs(report, t),
                escape(t.locator),
            )
            for t in targets
        )
        or (("None", *["none on record"] * 7),),
        (
            *(
                f"{escape(t.subject)}, {escape(t.kind)}: {escape(t.note)}."
                for t in targets
                if t.note
            ),
            *_moved(report),
        ),
        cards=True,
    )


def _published(report: Report, target: PerformanceTarget, statistic: str) -> list[Result]:
    """Return what the document printed last of a target's measure, the MPS first."""
    found = [
        n
        for n in report.numbers.values()
        if (n.measure, n.statistic) == (target.measure, statistic)
        and n.status == "as-published"
        and "-before." not in n.result_id
    ]
    return sorted(found, key=lambda n: (n.area != places.MPS, n.value, n.area))


def _of_london(report: Report, target: PerformanceTarget, statistic: str) -> Result | None:
    own = [n for n in _published(report, target, statistic) if n.area == places.MPS]
    return own[0] if own else None


def _limits(report: Report, target: PerformanceTarget, statistic: str) -> list[Result]:
    ends = [_of_london(report, target, f"{statistic}_{side}") for side in ("lower", "upper")]
    return [end for end in ends if end]


def _printed(report: Report, target: PerformanceTarget, statistic: str) -> str:
    own = _of_london(report, target, statistic)
    if own is None:
        return NOT_STATED
    ends = _limits(report, target, statistic)
    limits = f" ({' to '.join(map(number, ends))})" if ends else ""
    return f"{number(own)}{limits}"


def _against(report: Report, target: PerformanceTarget) -> str:
    """Return whether the latest figure reaches a target, and on which side of its limits it is."""
    aim = _of_london(report, target, target.kind.replace(" ", "_"))
    latest = _of_london(report, target, "share")
    if aim is None or latest is None:
        return "cannot be judged: no target or no result printed"
    higher = catalogue()[target.measure].better == "higher"
    reached = latest.value >= aim.value if higher else latest.value <= aim.value
    told = "reached" if reached else "not reached"
    if target.due and target.due > latest.period[-7:]:
        told = f"not due until {escape(date_name(target.due))}; so far {told}"
    ends = _limits(report, target, "share")
    if not ends:
        return f"{told}; no limits printed"
    lower, upper = (end.value for end in ends)
    if lower <= aim.value <= upper:
        return f"{told}, but too close to tell: the target is within the limits"
    return f"{told}, by more than the limits"


def _moved(report: Report) -> list[str]:
    """Return how far the latest figures are from those before, and what their limits say of it."""
    told = []
    for target in report.territorial.targets:
        if target.kind != "target" or not target.measure:
            continue
        if not report.has(target.measure, "change_points", "month", tag=FROM_PRINT):
            continue
        change = report.number(target.measure, "change_points", "month", tag=FROM_PRINT)
        before = report.number(target.measure, "share", "month-before", tag="published")
        latest = _of_london(report, target, "share")
        said = _of_london(report, target, "change_points")
        first = (
            f"{escape(target.subject)}: {number(change)} percentage points"
            f"{f' (printed as {number(said)})' if said else ''}, from {number(before)} "
            f"in {escape(date_name(before.period[:7]))} to {number(latest)} in "
            f"{escape(date_name(latest.period[:7]))}."
        )
        if ends := _limits(report, target, "share"):
            inside = ends[0].value <= before.value <= ends[1].value
            first += (
                f" The earlier figure lies {'within' if inside else 'outside'} the limits of the "
                "latest. The document prints no limits of the earlier one and does not say whether "
                "the two share answers, so the change itself is not tested."
            )
        told.append(first)
    return told


def _of_boroughs(report: Report, target: PerformanceTarget) -> str:
    told = [
        f"{escape(n.area)} {number(n)}"
        for n in _published(report, target, "share")
        if n.area != places.MPS
    ]
    return ", ".join([*told, *([escape(target.boroughs)] if target.boroughs else [])]) or NOT_STATED
