"""Which publisher's categories count towards which measure.

The tables beside this file say it, one line a category: ``borough_categories.csv`` for the
recorded-crime files (compared without regard to capitals and repeated spaces; ``*`` is every
category of a group, an empty measure is a category known not to count towards one),
``workbook_categories.csv`` for the sheets of the Datastore workbook and ``named_categories.csv``
for every other source.
"""

from __future__ import annotations

import csv
from functools import cache
from importlib import resources
from typing import NamedTuple

import pandas as pd

NOT_NOTIFIABLE = "other accepted crime"
TIDY_LAYOUT = "tidy figures"  # the project's own form, whose categories are measures

ITS_OWN = ("population", "declared")  # their categories are measures already
GRIDS = ("-24-months", "-historical")

# Groups of which only some categories count: a category that no known file holds may count or
# may not, and nobody but a person can tell.
OPEN_GROUPS = {
    "violence against the person": ("violence-with-injury", "homicide"),
    "theft and handling": ("theft-person", "theft-of-motor-vehicle", "theft-from-motor-vehicle"),
    "theft": ("theft-person",),
    "vehicle offences": ("theft-of-motor-vehicle", "theft-from-motor-vehicle"),
}


def fold(text: str) -> str:
    """Return a category's name as it is compared."""
    return " ".join(text.split()).casefold()


@cache
def _borough_table() -> tuple[tuple[str, str, str], ...]:
    return tuple((r["group"], r["category"], r["measure"]) for r in _rows("borough_categories.csv"))


class WorkbookColumn(NamedTuple):
    """What a column of the Datastore workbook holds; heading ``*`` stands for every area.

    ``category`` is what its cells are called (the heading itself unless the table says more) and
    ``measure`` is empty where they hold none.
    """

    heading: str
    category: str
    measure: str
    unit: str


def unmarked(heading: str) -> str:
    """Return a heading as it is compared: folded, without the asterisk of a footnote."""
    return fold(heading).rstrip("* ") or "*"


@cache
def workbook_table() -> dict[tuple[str, str], WorkbookColumn]:
    """Return sheet (folded) and heading (unmarked) to what the column holds."""
    return {
        (fold(r["sheet"]), unmarked(r["heading"])): WorkbookColumn(
            r["heading"], r["category"] or r["heading"], r["measure"], r["unit"]
        )
        for r in _rows("workbook_categories.csv")
    }


def is_group(text: str) -> bool:
    """Whether a borough file has ever had this major category."""
    return fold(text) in {group for group, _, _ in _borough_table()}


def is_category(text: str) -> bool:
    """Whether a borough file has ever had this minor category."""
    return fold(text) in {category for _, category, _ in _borough_table()}


def is_known(group: str, category: str) -> bool:
    """Whether a borough file has ever had this pair."""
    return (fold(group), fold(category)) in {(g, c) for g, c, _ in _borough_table()}


def measures_at_risk(group: str, category: str) -> tuple[str, ...]:
    """Return the measures that a category which no known file holds may belong to."""
    return () if is_known(group, category) else OPEN_GROUPS.get(fold(group), ())


@cache
def borough_measures(group: str, category: str) -> tuple[str, ...]:
    """Return every measure towards which a category of a borough file counts."""
    g, c = fold(group), fold(category)
    if NOT_NOTIFIABLE in (g, c):
        return ()
    return tuple(
        measure
        for its_group, its_category, measure in _borough_table()
        if measure and its_group in ("*", g) and its_category in ("*", c)
    )


@cache
def _workbook_categories() -> dict[tuple[str, str], str]:
    return {
        (sheet, fold(column.category)): column.measure
        for (sheet, _), column in workbook_table().items()
    }


def workbook_measures(group: str, category: str) -> tuple[str, ...]:
    """Return the measure that a category of a sheet holds, if any."""
    measure = _workbook_categories().get((fold(group), fold(category)), "")
    return (measure,) if measure else ()


@cache
def _named_table() -> dict[tuple[str, str, str], str]:
    return {
        (r["source"], fold(r["group"]), fold(r["category"])): r["measure"]
        for r in _rows("named_categories.csv")
    }


def named_measures(source: str, group: str, category: str) -> tuple[str, ...]:
    """Return the measure that a category of any other source holds, if any.

    A line of ``named_categories.csv`` whose group is ``*`` holds for every group.
    """
    table = _named_table()
    found = table.get((source, fold(group), fold(category)))
    found = table.get((source, "*", fold(category)), "") if found is None else found
    return (found,) if found else ()


def is_named(source: str, group: str, category: str) -> bool:
    """Whether the source has ever had this category."""
    keys = ((source, fold(group), fold(category)), (source, "*", fold(category)))
    return any(key in _named_table() for key in keys)


@cache
def holders(measure: str) -> tuple[str, ...]:
    """Return the keys of the sources whose files can hold a measure, in alphabetical order."""
    found = {
        source for (source, _, _), its_measure in _named_table().items() if its_measure == measure
    }
    if measure in {column.measure for column in workbook_table().values()}:
        found.add("datastore-workbook")
    if measure in {its_measure for _, _, its_measure in _borough_table()}:
        found |= {f"{kind}{end}" for kind in ("borough", "ward", "lsoa") for end in GRIDS}
    if measure == "population":
        found.add("population")
    return tuple(sorted(found))


def _rows(name: str) -> list[dict[str, str]]:
    with resources.files("scrutiny.sources").joinpath(name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def count_towards(observations: pd.DataFrame) -> pd.DataFrame:
    """Return the observations with a column ``measure``: a row a cell and measure it counts to.

    Cells that count towards no measure are left out; a cell that counts towards several stands
    once for each.
    """
    key = ["source", "layout", "group", "category"]
    pairs = observations[key].drop_duplicates().itertuples(index=False, name=None)
    long = pd.DataFrame(
        [(*pair, measure) for pair in pairs for measure in _measures_of(*pair)],
        columns=[*key, "measure"],
    ).astype("str")
    return observations.merge(long, on=key, how="inner", sort=False)


def _measures_of(source: str, layout: str, group: str, category: str) -> tuple[str, ...]:
    if layout == TIDY_LAYOUT or source in ITS_OWN:
        return (category,)
    if source.endswith(GRIDS):
        return borough_measures(group, category)
    if source == "datastore-workbook":
        return workbook_measures(group, category)
    return named_measures(source, group, category)
