"""Tables of the partners' scorecard."""

from __future__ import annotations

from scrutiny import places
from scrutiny.markup import number
from scrutiny.markup import text as escape
from scrutiny.measures import catalogue
from scrutiny.measures.suppression import LOW, MARK, SUPPRESSED
from scrutiny.measures.variation import LOWER, MEAN, UPPER, Month, Segment
from scrutiny.periods import Window, date_name
from scrutiny.report import Report
from scrutiny.report.scorecard import FEWEST_A_POINT, POINTS
from scrutiny.tables.changes import CHANCE
from scrutiny.tables.table import Cell, Column, Table
from scrutiny.theme import ARROWS
from scrutiny.words.scorecard import judgement, moved
from scrutiny.words.sentence import CHANCE_FROM, direction

NOT_HELD = "not held"


def scorecard(report: Report) -> Table:
    """Return each indicator by portfolio: its windows, and the change of each against last year."""
    windows = [now for now, _ in report.scorecard.windows]
    columns = [Column("Portfolio and indicator", numeric=False)]
    for now in windows:
        columns += [
            Column(now.short_name, "count or %"),
            Column(f"Change, {now.short_name}", "%, or count before"),
        ]
    longest = windows[-1]
    if not report.is_for_london:
        columns.append(Column(f"MPS, change in {longest.short_name}", "%"))
    columns.append(Column(f"Reading of {longest.short_name}", numeric=False))
    return Table(
        f"Indicators of {report.area}, {' and '.join(now.short_name for now in windows)}",
        tuple(columns),
        tuple(
            (
                _named(portfolio, measure, alone=len(own) == 1),
                *(cell for now in windows for cell in _window(report, measure, now)),
                *_london(report, measure, longest),
                _reading(report, measure, longest),
            )
            for portfolio, own in report.scorecard.portfolios
            for measure in own
        ),
        (
            "A count changes by per cent, a share by percentage points. "
            f"Each window is set against {_before(report)}.",
        ),
        cards=True,
    )  # fmt: skip


def _named(portfolio: str, measure: str, *, alone: bool) -> str:
    """Return an indicator after its portfolio, or alone where the portfolio is no more than it."""
    if alone:
        return escape(catalogue()[measure].name)
    return f"{escape(portfolio.capitalize())}: {escape(catalogue()[measure].in_sentence)}"


def usual(report: Report) -> Table:
    """Return the latest month or week of each indicator against its own usual variation."""
    rows = []
    for measure, varied in report.varying.items():
        latest, lines = varied.months[-1], varied.segments[-1].lines
        rows.append(
            (
                escape(catalogue()[measure].name),
                latest.point,
                *(lines[name] if lines else NOT_HELD for name in (LOWER, MEAN, UPPER)),
                _signal(latest, varied.segments[-1]),
            )
        )
    rows += [_without_limits(report, m) for m in report.measures if m not in report.varying]
    unit = "per 7 days" if report.edition.settings.weekly else "per 30 days"
    return Table(
        f"The latest figures of {report.area} against their usual variation",
        (
            Column("Indicator", numeric=False),
            Column(report.edition.now.short_name, unit),
            Column("Lower limit", unit),
            Column("Mean", unit),
            Column("Upper limit", unit),
            Column("Reading", numeric=False),
        ),
        tuple(rows),
        (
            f"Up to {POINTS} of the latest months or weeks; how limits are made is said below. "
            f"Where fewer than {FEWEST_A_POINT} are usual there are none, and the count is shown.",
        ),
    )


def _without_limits(report: Report, measure: str) -> tuple[Cell, ...]:
    count = report.number(measure, "count")
    why = "not told" if count.status == SUPPRESSED else "too few for limits"
    rest = MARK if count.status == SUPPRESSED else "none"
    return escape(catalogue()[measure].name), count, *[rest] * 3, f"– {why}"


def departures(report: Report) -> Table:
    """Return the indicators that left the scorecard: when, by whose decision, why, and instead."""
    return Table(
        "Indicators that left the scorecard",
        (
            Column("Indicator", numeric=False),
            Column("Left", numeric=False),
            Column("Decision", numeric=False),
            Column("Reason", numeric=False),
            Column("In its place", numeric=False),
            Column("On record in", numeric=False),
        ),
        tuple(
            (
                escape(catalogue()[change.indicator].name),
                escape(date_name(change.left_on)),
                f"{escape(change.decision)} ({escape(change.decided_by)})",
                escape(change.reason),
                escape(change.replacement),
                escape(f"{report.registers.document(change.document).title}, {change.locator}"),
            )
            for change in report.scorecard.left
        )
        or (("None", *["none"] * 5),),
        tuple(escape(change.note) for change in report.scorecard.left if change.note),
        cards=True,
    )


def _before(report: Report) -> str:
    weekly = report.edition.settings.weekly
    return "as many weeks, 52 weeks before" if weekly else "the same months a year before"


def _window(report: Report, measure: str, now: Window) -> tuple[Cell, Cell]:
    if measure in report.measures:
        change = report.number(measure, "change_percent", now.kind)
        before = report.number(measure, "count", f"{now.kind}-before")
        low = change.printed == LOW
        shown = f"{number(change)} {number(before)} the year before" if low else change
        return report.number(measure, "count", now.kind), shown
    if measure in report.shares:
        return (
            report.number(measure, "share", now.kind),
            report.number(measure, "change_points", now.kind),
        )
    return NOT_HELD, NOT_HELD


def _london(report: Report, measure: str, now: Window) -> tuple[Cell, ...]:
    if report.is_for_london:
        return ()
    if not report.has(measure, "change_percent", now.kind, area=places.MPS):
        return (NOT_HELD,)
    return (report.number(measure, "change_percent", now.kind, area=places.MPS),)


def _reading(report: Report, measure: str, now: Window) -> str:
    if measure in report.shares:
        change = report.number(measure, "change_points", now.kind)
        return f"{_arrow(direction(change))}"
    if measure not in report.measures:
        ended = {each.measure for each in report.ended}
        return "– its figures end before" if measure in ended else "– in no open file"
    way = moved(report, measure, now)
    if way not in ARROWS:
        return f"– {escape(way)}"
    if report.number(measure, "p_value", now.kind).value >= CHANCE_FROM:
        return f"{_arrow(way)}, {CHANCE}"
    word = judgement(measure, way)
    return f"{_arrow(way)}{f', {word}' if word else ''}"


def _arrow(way: str) -> str:
    return f"{ARROWS[way]} {way}" if way in ARROWS else f"– {way}"


def _signal(latest: Month, segment: Segment) -> str:
    """Return how the latest point stands, in a shape and words."""
    if not segment.lines:
        return "– too few figures for limits"
    on_trial = "; limits on trial" if segment.trial else ""
    signal = latest.signal
    if signal is None:
        return f"► within its usual variation{on_trial}"
    shape = ARROWS["up" if signal.high else "down"]
    word = f", {signal.judged}" if signal.judged else ""
    return f"{shape} {escape(signal.words)}{word}{on_trial}"
