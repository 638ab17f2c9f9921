"""Tables of gaps to London: with their intervals, of neighbours, of every recorded priority."""

from __future__ import annotations

from scrutiny import places
from scrutiny.markup import text as escape
from scrutiny.measures import Result, catalogue
from scrutiny.measures.catalogue import MOPAC_7
from scrutiny.measures.gaps import POISSON
from scrutiny.report import Report
from scrutiny.tables.table import Cell, Column, Table
from scrutiny.words.against_london import better_or_worse, gap_could_be_chance

POINTS = "percentage points"
NONE_ON_RECORD = "none on record"
REST = (
    "The gap is to the MPS, the borough in it. The ratio is the borough's change over that of the "
    "rest of the MPS: 1 means alike. The interval and p are of that ratio; in percentage "
    "points it is scaled to the gap."
)
ALLOWS_ONCE = (
    "Dispersion: how many times more the boroughs' changes vary than chance alone would make them; "
    "every p here allows for it."
)
ALLOWS = (
    "Dispersion: how many times more the boroughs' changes vary than chance alone would make them. "
    "Reading, interval and p allow for it: they ask whether a borough stands out among boroughs. "
    "The p without it takes offences for rare events that come one by one."
)
BY_CHANCE = (
    "If nothing set boroughs apart, half of them would beat the MPS, and one in forty would by "
    "more than chance. Kept are those that remain when the share of false findings is held down "
    "over all boroughs (Benjamini and Hochberg)."
)


def chance(report: Report) -> Table:
    """Return each crime's gap with its interval; for London, how many boroughs beat it."""
    return _beating(report) if report.is_for_london else _tested(report)


def neighbours(report: Report) -> Table | None:
    """Return the leading crimes in the other boroughs of the same command unit; London: none."""
    if report.is_for_london:
        return None
    unit = places.place(report.area).bcu
    rows = tuple(
        (
            f"{escape(catalogue()[measure].name)}, {escape(name)}",
            report.number(measure, "count", f"{report.edition.now.kind}-before", area=name),
            report.number(measure, "count", area=name),
            report.number(measure, "change_percent", area=name),
            *_gap(report, measure, name),
        )
        for measure in report.leading
        for name in (report.area, *places.neighbours(report.area))
    )
    now, before = report.edition.now, report.edition.before
    return Table(
        f"The boroughs of the Basic Command Unit {unit}, {now.name} and {before.name}",
        (
            Column("Crime and borough", numeric=False),
            Column(before.short_name, "count"),
            Column(now.short_name, "count"),
            Column("Change", "%"),
            Column("Gap to MPS", POINTS),
            Column("Reading of the gap", numeric=False),
        ),
        rows,
        ("No file here gives groups of boroughs that are most alike, so none is shown.",),
    )


def priorities(report: Report) -> Table | None:
    """Return every borough with its recorded priorities; for a borough's page, nothing.

    A borough without a choice on record is shown by the seven crimes together, and says so.
    """
    if not report.is_for_london:
        return None
    rows = [
        row
        for place in places.boroughs()
        for row in _of_borough(report, place.name)
    ]  # fmt: skip
    now, before = report.edition.now, report.edition.before
    return Table(
        f"Every borough and its recorded priorities, {now.name} against {before.name}",
        (
            Column("Borough", numeric=False),
            Column("Priority", numeric=False),
            Column("Change", "%"),
            Column("Gap to MPS", POINTS),
            Column("Reading of the gap", numeric=False),
        ),
        tuple(rows),
        (f"{NONE_ON_RECORD.capitalize()}: the figures are of the seven crimes together.", REST),
    )


def _of_borough(report: Report, borough: str) -> list[tuple[Cell, ...]]:
    rows = []
    for choice in (c for c in report.choices if c.borough == borough):
        name = f"{escape(borough)}: {escape(catalogue()[choice.measure].in_sentence)}"
        if report.has(choice.measure, "gap_points", area=borough):
            rows.append((name, "chosen", *_changes(report, choice.measure, borough)))
        else:
            rows.append((name, "chosen", "not on file", "not on file", "– not computable"))
    if rows or not report.has(MOPAC_7, "gap_points", area=borough):
        return rows
    return [(escape(borough), NONE_ON_RECORD, *_changes(report, MOPAC_7, borough))]


def _changes(report: Report, measure: str, borough: str) -> tuple[Cell, ...]:
    return (
        report.number(measure, "change_percent", area=borough),
        *_gap(report, measure, borough),
    )


def _gap(report: Report, measure: str, borough: str) -> tuple[Result, str]:
    gap = report.number(measure, "gap_points", area=borough)
    return gap, reading(report, gap)


def reading(report: Report, gap: Result) -> str:
    """Return on which side a gap lies and whether by chance: a shape and words."""
    if gap.value is None:
        return "– not compared"
    side = better_or_worse(gap)
    if not side:
        return "○ none"
    if gap_could_be_chance(report, gap.measure, gap.area):
        return f"○ {side}, within chance"
    shape = "✓" if side == "better" else "✗"
    return f"{shape} {side}, more than chance"


def _tested(report: Report) -> Table:
    rows = []
    for measure in report.measures:
        gap, read = _gap(report, measure, report.area)
        rows.append(
            (
                escape(catalogue()[measure].name),
                read,
                gap,
                *(report.number(measure, f"gap_points_{end}") for end in ("lower", "upper")),
                report.number(measure, "ratio_of_ratios"),
                *(report.number(measure, f"ratio_of_ratios_{end}") for end in ("lower", "upper")),
                report.number(measure, "gap_p_value"),
                report.number(measure, "dispersion", area=places.MPS),
                report.number(measure, "gap_p_value", tag=POISSON),
            )
        )
    return Table(
        f"Gaps of {report.area} to London with 95% intervals, {report.edition.now.name}",
        (
            Column("Crime", numeric=False),
            Column("Reading of the gap", numeric=False),
            Column("Gap to MPS", "points"),
            Column("From", "points"),
            Column("To", "points"),
            Column("Change over that of the rest", "ratio"),
            Column("From", "ratio"),
            Column("To", "ratio"),
            Column("p", "probability"),
            Column("Dispersion", "times"),
            Column("p without it", "probability"),
        ),
        tuple(rows),
        (REST, ALLOWS),
    )


def _beating(report: Report) -> Table:
    statistics = (
        "boroughs_beating",
        "boroughs_beating_by_chance",
        "boroughs_beating_apart",
        "boroughs_beating_apart_by_chance",
        "boroughs_beating_kept",
        "boroughs_beaten_kept",
    )
    measures = dict.fromkeys([*report.measures, *(c.measure for c in report.choices)])
    rows = tuple(
        (
            escape(catalogue()[measure].name),
            *(report.number(measure, statistic) for statistic in statistics),
            report.number(measure, "dispersion"),
        )
        for measure in measures
        if report.has(measure, statistics[0])
    )
    return Table(
        f"Boroughs whose change was better than London's, {report.edition.now.name}",
        (
            Column("Crime", numeric=False),
            Column("Better", "boroughs"),
            Column("By chance", "boroughs"),
            Column("Better by p under 0.05", "boroughs"),
            Column("By chance", "boroughs"),
            Column("Better, kept", "boroughs"),
            Column("Worse, kept", "boroughs"),
            Column("Dispersion", "times"),
        ),
        rows or (("None compares", *["not compared"] * (len(statistics) + 1)),),
        (BY_CHANCE, ALLOWS_ONCE),
    )
