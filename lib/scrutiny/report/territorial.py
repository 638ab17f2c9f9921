"""What the territorial policing performance report holds."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from scrutiny import places
from scrutiny.edition import Edition
from scrutiny.measures import Figures, Result, compare, printing, standing, to_date
from scrutiny.measures.comparability import Comparability
from scrutiny.measures.family import family
from scrutiny.measures.hot_spots import hot_spots
from scrutiny.measures.survey import CONFIDENCE, SATISFACTION, asked
from scrutiny.periods import Days, year_to
from scrutiny.registers import Registers
from scrutiny.registers.areas import read_areas
from scrutiny.report import continuity, opinion, published
from scrutiny.report.territory import FROM_PRINT, Apart, Territorial


def contents(
    edition: Edition, figures: Figures, registers: Registers, area: str, areas: Path
) -> dict:
    """Return the fields of the report; ``areas`` is the folder of the declared groups.

    Raises :class:`scrutiny.errors.MissingMonths` for months that the files lack.
    """
    settings = edition.settings
    days = year_to(settings.last_day)
    measures, ended = continuity.living(figures, settings.measures, area, days.parts()[-1][0])
    results: list[Result] = []
    for measure in measures:
        results += to_date.change(figures, measure, area, days)
    parts = tuple((part, whole) for part, whole in settings.parts.items() if whole in measures)
    results += _parts(figures, area, days, parts)
    computed = {result.result_id: result for result in results}
    windows = (days, days.a_year_earlier())
    comparisons, as_published = published.compare(
        registers, settings.document, [area], windows, computed
    )
    from_print = _from_print(registers, settings.document, windows, parts)
    apart, compared, standings = _boroughs(edition, figures)
    groups = _groups(edition, figures, areas)
    spots = hot_spots(figures, settings.borough_measures, settings.data_to)
    survey = tuple(
        found
        for m in (*CONFIDENCE, *SATISFACTION)
        if (found := asked(figures, m, settings.data_to, settings.survey_targets))
    )
    every = opinion.results(registers, settings.document)
    every += [*results, *as_published, *from_print, *compared]
    every += [r for own in groups.values() for r in own]
    similar = family(registers.force_surveys, settings.similar_forces, str(settings.data_to))
    every += [r for found in (*survey, *spots, *similar) for r in found.results]
    return {
        "results": list({r.result_id: r for r in every}.values()),
        "measures": measures,
        "ended": ended,
        "missing_measures": tuple(m for m in settings.measures if not figures.has(m, area)),
        "published": comparisons,
        "standings": standings,
        "compared": {m: _judged(figures, m, area, days) for m in measures},
        "territorial": Territorial(
            days,
            parts,
            tuple(r for r in from_print if r.statistic in ("change_percent", "share")),
            apart,
            groups,
            tuple(t for t in registers.performance_targets if t.document == settings.document),
            survey,
            spots,
            similar,
        ),
    }


def _judged(figures: Figures, measure: str, area: str, days: Days) -> Comparability:
    windows = [to_date.months(each) for each in (days.a_year_earlier(), days)]
    return figures.comparability(measure, area, *windows)


def _parts(
    figures: Figures, area: str, days: Days, parts: tuple[tuple[str, str], ...]
) -> list[Result]:
    made = []
    for part, whole in parts:
        for window, name in ((days, days.kind), (days.a_year_earlier(), f"{days.kind}-before")):
            counts = [to_date.count(figures, m, area, window, name) for m in (part, whole)]
            share = to_date.share(*counts)
            made += [*counts, share, *compare.bounds(share, printing.share, "Wilson's method")]
    return made


def _from_print(
    registers: Registers,
    document: str | None,
    windows: tuple[Days, Days],
    parts: tuple[tuple[str, str], ...],
) -> list[Result]:
    """Return what the counts that the document printed give: changes with their p, and shares.

    With the printed counts themselves.
    """
    now, before = map(str, windows)
    counts = {
        (figure.measure, figure.period): figure
        for figure in registers.published_figures
        if figure.document == document and figure.statistic == "count" and not figure.comparator
    }
    made = {
        key: opinion.printed(figure, "ytd" if key[1] == now else "ytd-before")
        for key, figure in counts.items()
        if key[1] in (now, before)
    }
    results: list[Result] = []
    for (measure, period), count in made.items():
        if period == now and (earlier := made.get((measure, before))):
            results += compare.changed([count, earlier], Comparability())[2:]
    for part, whole in parts:
        if (part, now) in made and (whole, now) in made:
            results.append(to_date.share(made[part, now], made[whole, now]))
    printed = [
        replace(r, result_id=f"{r.result_id}.published", status="as-published")
        for r in made.values()
    ]
    return printed + [replace(r, result_id=f"{r.result_id}.{FROM_PRINT}") for r in results]


def _boroughs(edition: Edition, figures: Figures) -> tuple[tuple, list[Result], dict]:
    """Return who is apart in each measure, the numbers behind it, and the lead measure's funnel.

    Of the other measures the numbers of the boroughs that are apart, or at an end, alone are kept.
    """
    now, before = edition.now, edition.before
    apart, results, standings = [], [], {}
    for measure in edition.settings.borough_measures:
        if not figures.has(measure, places.boroughs()[0].name):
            continue
        made, stood = standing.changes(figures, measure, now, before)
        changes = {r.area: r for r in made if r.statistic == "change_percent"}
        above, below = (
            tuple(changes[name] for name in sorted(stood) if stood[name].change == side)
            for side in (standing.ABOVE, standing.BELOW)
        )
        own = [r for name, r in changes.items() if name != places.MPS]
        apart.append(Apart(measure, above, below, ends := standing.ends(own)))
        results += ends.limits if ends else ()
        if not standings:
            rated, stood = standing.rates(figures, made, stood, now)
            drawn = (places.MPS, *standing.funnel_areas(rated))
            results += made
            results += [r for r in rated if r.area in drawn or not r.statistic.startswith("funnel")]
            standings = {(measure, name): found for name, found in stood.items()}
        else:
            at_the_ends = (ends.highest, ends.lowest) if ends and ends.apart else ()
            shown = {places.MPS, *(r.area for r in (*above, *below, *at_the_ends))}
            results += [r for r in made if r.area in shown]
    return tuple(apart), results, standings


def _groups(edition: Edition, figures: Figures, areas: Path) -> dict[str, tuple[Result, ...]]:
    """Return the change of each measure over three months, by group of boroughs."""
    if edition.settings.areas is None:
        return {}
    members = read_areas(areas / edition.settings.areas, edition.target)
    now, before = edition.now, edition.before
    measures = [
        m for m in edition.settings.borough_measures if figures.has(m, places.boroughs()[0].name)
    ]
    made: dict[str, tuple[Result, ...]] = {}
    for group, boroughs in members.items():
        own: list[Result] = []
        for measure in measures:
            counts = [
                _sum(group, [compare.count(figures, measure, b, window, name=name)
                             for b in boroughs])
                for window, name in ((now, now.kind), (before, f"{now.kind}-before"))
            ]  # fmt: skip
            judged = figures.comparability(measure, boroughs[0], before, now)
            own += compare.changed(counts, judged)
        made[group] = tuple(own)
    return made


def _sum(group: str, counts: list[Result]) -> Result:
    first = counts[0]
    value = sum(r.value for r in counts)
    measure, _, statistic, window = first.result_id.split(".")
    slug = places.slug(group)
    return replace(
        first,
        result_id=f"{measure}.{slug}.{statistic}.{window}",
        area=group,
        area_kind="bcu",
        value=value,
        printed=printing.count(value),
        method=f"sum of months and of {', '.join(r.area for r in counts)}",
        sources=compare.merged(*(r.sources for r in counts)),
        note="",
    )
