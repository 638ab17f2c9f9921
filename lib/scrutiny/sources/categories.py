"""Which publisher's categories count towards which measure.

The two tables beside this file say it, one line a category: ``borough_categories.csv`` for the
recorded-crime files (compared without regard to capitals and repeated spaces; ``*`` is every
category of a group, an empty measure is a category known not to count towards one) and
``workbook_categories.csv`` for the sheets of the Datastore workbook.
"""

from __future__ import annotations

import csv
from functools import cache
from importlib import resources

import pandas as pd

NOT_NOTIFIABLE = "other accepted crime"
TIDY_LAYOUT = "tidy figures"  # the project's own form, whose categories are measures

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


@cache
def workbook_table() -> dict[tuple[str, str], tuple[str, str]]:
    """Return sheet and heading, folded, to measure (maybe empty) and unit."""
    return {
        (fold(r["sheet"]), fold(r["heading"])): (r["measure"], r["unit"])
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


def workbook_measures(group: str, category: str) -> tuple[str, ...]:
    """Return the measure that a sheet's column holds, if any."""
    table = workbook_table()
    measure, _ = table.get((fold(group), fold(category))) or table.get((fold(group), "*"), ("", ""))
    return (measure,) if measure else ()


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
    if layout == TIDY_LAYOUT or source == "population":
        return (category,)
    if source.startswith("borough-"):
        return borough_measures(group, category)
    return workbook_measures(group, category)
