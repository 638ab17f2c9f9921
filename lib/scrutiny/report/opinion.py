"""What a document printed of people's opinion: its targets, its figures, and how they moved."""

from __future__ import annotations

from dataclasses import replace

from scrutiny import places, statistics
from scrutiny.measures import Result, compare, printing, result_id
from scrutiny.registers import PublishedFigure, Registers
from scrutiny.report.territory import FROM_PRINT


def results(registers: Registers, document: str | None) -> list[Result]:
    """Return the figures of the measures that a document has targets of, as it printed them.

    And the change of each share that it prints for two times, worked out from the two.
    """
    measures = {t.measure for t in registers.performance_targets if t.document == document}
    made = [
        replace(found, result_id=f"{found.result_id}.published", status="as-published")
        for figure in registers.published_figures
        if figure.document == document and figure.measure in measures
        for found in [printed(figure, figure.window)]
    ]
    return [*made, *_changes(made)]


def printed(figure: PublishedFigure, window: str) -> Result:
    """Return a figure that a document printed, under the name of a computed one."""
    return Result(
        result_id=result_id(figure.measure, figure.area, figure.statistic, window),
        measure=figure.measure,
        area=figure.area,
        area_kind=places.place(figure.area).kind,
        period=figure.period,
        comparator="",
        statistic=figure.statistic,
        value=figure.value,
        unit=figure.unit,
        printed=figure.printed,
        method="taken from the document",
        sources=f"{figure.document} {figure.locator}",
    )


def _changes(made: list[Result]) -> list[Result]:
    known = {result.result_id: result for result in made}
    changes = []
    for share in (r for r in made if r.statistic == "share"):
        before = known.get(share.result_id.replace(".month.", ".month-before."))
        if before is None or before is share:
            continue
        points = statistics.gap_points(share.value, before.value)
        changes.append(
            replace(
                share,
                result_id=result_id(
                    share.measure, share.area, "change_points", "month", FROM_PRINT
                ),
                comparator=before.period,
                statistic="change_points",
                value=points,
                unit=compare.POINTS,
                printed=printing.points(points),
                status="ok",
                method="share - share before, both as the document printed them",
                sources=compare.merged(share.sources, before.sources),
            )
        )
    return changes
