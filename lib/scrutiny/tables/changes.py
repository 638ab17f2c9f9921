"""Tables of counts and changes."""

from __future__ import annotations

from scrutiny import places
from scrutiny.markup import text as escape
from scrutiny.measures import Result, catalogue
from scrutiny.periods import parse_window
from scrutiny.report import Comparison, Report
from scrutiny.tables.table import Column, Table
from scrutiny.theme import ARROWS
from scrutiny.words.sentence import could_be_chance, direction, judged, of_the_whole
from scrutiny.words.standing import breaks

CHANCE = "within chance"


@of_the_whole
def changes(report: Report) -> Table:
    """Return each measure's count in both windows and its change, with the baseline year."""
    now, before = report.edition.now, report.edition.before
    year = getattr(report.edition.settings, "baseline_year", None)
    columns = [
        Column("Measure", numeric=False),
        Column(before.short_name, "count"),
        Column(now.short_name, "count"),
        Column("Change", "%"),
        Column("Reading", numeric=False),
    ]
    if year:
        columns.append(Column(f"Baseline {year}", "count"))
    rows = []
    for measure in report.measures:
        row = [
            escape(catalogue()[measure].name),
            report.number(measure, "count", f"{now.kind}-before"),
            report.number(measure, "count"),
            report.number(measure, "change_percent"),
            reading(report, measure),
        ]
        if year:
            name = f"fy{year.replace('/', '-')}"
            row.append(
                report.number(measure, "count", name)
                if report.has(measure, "count", name)
                else "not in the baseline"
            )
        rows.append(tuple(row))
    return Table(
        f"Recorded crime in the MPS, {now.name} against {before.name}",
        tuple(columns),
        tuple(rows),
        (*breaks(report, report.measures), *_baseline(year), *_mps(report), *_missing(report)),
    )


def against_london(report: Report) -> Table:
    """Return each crime of the borough against London."""
    now, before = report.edition.now, report.edition.before
    chosen = {choice.measure for choice in report.choices}
    rows = tuple(
        (
            escape(catalogue()[measure].name) + (" (chosen)" if measure in chosen else ""),
            report.number(measure, "count", f"{now.kind}-before"),
            report.number(measure, "count"),
            report.number(measure, "change_percent"),
            report.number(measure, "change_percent", area=places.MPS),
            report.number(measure, "gap_points"),
            reading(report, measure),
        )
        for measure in report.measures
    )
    return Table(
        f"Crime in {report.area} against London, {now.name} and {before.name}",
        (
            Column("Crime", numeric=False),
            Column(f"{report.area}, {before.short_name}", "count"),
            Column(f"{report.area}, {now.short_name}", "count"),
            Column(f"{report.area}, change", "%"),
            Column("MPS, change", "%"),
            Column("Gap to MPS", "percentage points"),
            Column(f"Reading for {report.area}", numeric=False),
        ),
        rows,
        (
            "The gap is the borough's change less the change of the MPS, the borough included; "
            "below zero, the borough did better than London for a crime where fewer is better.",
            *_mps(report),
            *_missing(report),
        ),
    )


@of_the_whole
def published(report: Report) -> Table | None:
    """Return each figure that the document printed beside the same figure computed, if any."""
    if not report.published:
        return None
    document = report.registers.document(report.edition.settings.document)
    rows = tuple(
        (
            escape(
                f"{catalogue()[c.published.measure].name}, {_what(c.published)}{_over(report, c)}"
            ),
            escape(c.published.area),
            c.published,
            c.computed or "not in open data",
            c.difference or "none: shown as published",
            _verdict(c.agreement),
        )
        for c in report.published
    )
    return Table(
        f"Figures printed in the {document.title} beside those computed",
        (
            Column("Figure", numeric=False),
            Column("Area", numeric=False),
            Column("As published"),
            Column("Computed"),
            Column("Computed less printed", "percentage points"),
            Column("Verdict", numeric=False),
        ),
        rows,
        tuple(_notes(report)),
    )


def _over(report: Report, found: Comparison) -> str:
    own = found.figure.document == report.edition.settings.document
    return "" if own else f", {parse_window(found.figure.period).name}"


def _notes(report: Report) -> list[str]:
    """Return each note of the published figures once, with the figures that it is about."""
    about: dict[str, list[str]] = {}
    for found in report.published:
        if found.figure.note:
            name = f"{catalogue()[found.published.measure].name} ({found.published.area})"
            names = about.setdefault(found.figure.note, [])
            names += [name] if name not in names else []
    return [escape(f"{', '.join(names)}: {note}.") for note, names in about.items()]


def _what(result: Result) -> str:
    return {"change_percent": "change", "gap_points": "gap to the MPS average"}.get(
        result.statistic, result.statistic
    )


def _verdict(agreement: str) -> str:
    return {
        "rounded": "✓ agrees to the digits printed",
        "cut": "✓ agrees if cut, not rounded",
        "near": "≈ within one of the last digit",
        "none": "✗ does not agree",
        "": "– not computable",
    }[agreement]


def reading(report: Report, measure: str) -> str:
    """Return direction, polarity and chance of a change: a shape and words."""
    change = report.number(measure, "change_percent")
    way = direction(change)
    if way in ("no percentage", "not comparable"):
        return "– none before" if way == "no percentage" else "– not comparable"
    words = [f'<span aria-hidden="true">{ARROWS[way]}</span> {way}']
    if way == "no change":
        return words[0]
    if could_be_chance(report, measure):
        words.append(CHANCE)
    elif polarity := judged(catalogue()[measure], change):
        words.append(polarity)
    return ", ".join(words)


def _baseline(year: str | None) -> tuple[str, ...]:
    if not year:
        return ()
    return (
        escape(
            f"Baseline {year}: the financial year from which the MOPAC Challenge measured its aim "
            "for the seven crimes. The aim is for them alone."
        ),
    )


def _mps(report: Report) -> tuple[str, ...]:
    """Return what the MPS takes in here, where the file lets one tell."""
    note = report.number(report.measures[0], "count", area=places.MPS).note
    return (escape(f"MPS: {note}."),) if note else ()


def _missing(report: Report) -> tuple[str, ...]:
    if not report.missing_measures:
        return ()
    names = ", ".join(catalogue()[m].name for m in report.missing_measures)
    return (escape(f"Not in the files given, so not shown: {names}."),)
