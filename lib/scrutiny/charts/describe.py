"""The words of figures: descriptions from the numbers, and the source line."""

from __future__ import annotations

from scrutiny.measures import Result
from scrutiny.periods import month, month_name
from scrutiny.report import Report


def extremes(points: list[tuple[str, Result]]) -> str:
    """Return when a monthly series stood highest and lowest, with both figures."""
    (highest, high) = max(points, key=lambda point: point[1].value)
    (lowest, low) = min(points, key=lambda point: point[1].value)
    if high.value == low.value:
        return f"Every month stands at {high.printed}."
    return (
        f"Highest in {month_name(month(highest))} ({high.printed}), lowest in "
        f"{month_name(month(lowest))} ({low.printed})."
    )


def source_line(report: Report) -> str:
    """Return the source of a chart with its vintage."""
    monthly = [file for file in report.printed_files if file.source != "population"]
    named = "; ".join(f"{f.publisher}: {f.dataset}, data to {f.vintage}" for f in monthly)
    return f"Source: {named}. Open Government Licence v3.0."
