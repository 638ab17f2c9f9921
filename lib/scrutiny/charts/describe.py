"""The words of figures: descriptions from the numbers, and the source line."""

from __future__ import annotations

from itertools import groupby

from scrutiny.measures import Result
from scrutiny.measures.variation import DAYS, FEWEST_FOR_FIRM_LIMITS, LOWER, MEAN, UPPER, Variation
from scrutiny.periods import Window, month, month_name
from scrutiny.report import Report

ON_TRIAL = f"on trial: fewer than {FEWEST_FOR_FIRM_LIMITS} months"


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


def source_line(report: Report, *measures: str) -> str:
    """Return the source of a chart of some measures, or of all, with its vintage."""
    files = report.files_of(measures) if measures else report.files_of_measures
    named = "; ".join(f"{f.publisher}: {f.dataset}, data to {f.vintage}" for f in files)
    return f"Source: {named}. Open Government Licence v3.0."


def and_so_on(names: list[str]) -> str:
    """Return ``one, two and three``."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def usual_variation(variation: Variation, over: str) -> list[str]:
    """Return the mean and limits in sentences; which months they are of, and whether on trial."""
    latest = variation.segments[-1]
    if not latest.lines:
        return ["The latest months are too few for limits."]
    upper, mean, lower = (latest.lines[line] for line in (UPPER, MEAN, LOWER))
    limits = (
        f"below a limit of {upper.printed}; there is no lower limit, as it would be below 0"
        if lower.value is None
        else f"between limits of {lower.printed} and {upper.printed}"
    )
    first = month_name(month(latest.months[0].name))
    return [
        f"Counted per {DAYS} days, the months of {over} vary around a mean of {mean.printed}, "
        f"{limits}.",
        *(
            [f"Mean and limits begin anew in {first}, at a break of the series."]
            if len(variation.segments) > 1
            else []
        ),
        *([f"The limits are {ON_TRIAL}."] if latest.trial else []),
    ]


def standing_out(variation: Variation) -> str:
    """Return which months stand out and how, those next to each other together."""
    found = [
        (signal.words, list(group))
        for signal, group in groupby(variation.months, key=lambda each: each.signal)
        if signal
    ]
    if not found:
        return "No month stands out."
    by_words: dict[str, list[str]] = {}
    for words, months in found:
        over = Window("window", month(months[0].name), month(months[-1].name))
        by_words.setdefault(words, []).append(over.name)
    said = "; ".join(f"{and_so_on(names)} ({words})" for words, names in by_words.items())
    return f"Standing out: {said}."


def boroughs_lie(counted: Result) -> str:
    """Return ``1 borough lies`` or ``9 boroughs lie``."""
    return f"{counted.printed} " + ("borough lies" if counted.value == 1 else "boroughs lie")
