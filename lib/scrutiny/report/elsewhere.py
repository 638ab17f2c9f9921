"""The counts of a page in the other files that hold the same months: revised, or otherwise made."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from scrutiny import statistics
from scrutiny.measures import Figures, Result, printing, result_id
from scrutiny.measures.revisions import overlap
from scrutiny.periods import Window


@dataclass(frozen=True)
class Elsewhere:
    """A printed count, the same count in each other file by its edition, and how far they go.

    ``unlike`` are the files that are of about the same age as the printed one and count otherwise;
    ``largest`` is of the others, None without any.
    """

    printed: Result
    others: dict[str, Result]
    largest: Result | None
    unlike: tuple[str, ...]


def contents(
    figures: Figures, measures: Iterable[str], area: str, window: Window, counts: dict[str, Result]
) -> tuple[Elsewhere, ...]:
    """Return the counts of the page's area and window in every other file; none if none moves."""
    found = []
    for measure in measures:
        printed = counts.get(result_id(measure, area, "count", window.kind))
        if printed is None or printed.value is None:
            continue
        sums = figures.elsewhere(measure, area, window)
        others = {
            s.readings[0].edition: _other(printed, s.readings[0].edition, s.value, s.sources)
            for s in sums
            if s.sources != printed.sources
        }
        if others:
            unlike = _unlike(figures, printed)
            alike = {name: other for name, other in others.items() if name not in unlike}
            found.append(Elsewhere(printed, others, _largest(printed, alike), unlike))
    moved = any(o.printed != e.printed.printed for e in found for o in e.others.values())
    return tuple(found) if moved else ()


def _other(printed: Result, edition: str, value: float, sources: str) -> Result:
    return replace(
        printed,
        result_id=f"{printed.result_id}.{edition.replace('/', '-')}",
        value=value,
        printed=printing.count(value),
        sources=sources,
        note=f"as {edition} has it",
    )


def _largest(printed: Result, others: dict[str, Result]) -> Result | None:
    if not others:
        return None
    furthest = max(others.values(), key=lambda other: abs(other.value - printed.value))
    percent = statistics.percent_change(printed.value, furthest.value)
    window = printed.result_id.rpartition(".")[2]
    return replace(
        furthest,
        result_id=result_id(printed.measure, printed.area, "revision_percent", window),
        statistic="revision_percent",
        value=percent,
        unit="%",
        numerator=furthest.value,
        denominator=printed.value,
        printed=printing.percent_change(percent),
        method="100 (count of the file that is furthest - printed count) / printed count",
    )


def _unlike(figures: Figures, printed: Result) -> tuple[str, ...]:
    own = [r for r in figures.readings if f"{r.edition}@{r.sha256[:12]}" in printed.sources]
    return tuple(
        other.edition
        for other in figures.readings
        if any(
            shared.disagrees
            for one in own
            if one is not other and (shared := overlap(one, other, printed.measure, printed.area))
        )
    )
