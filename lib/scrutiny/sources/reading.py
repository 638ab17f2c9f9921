"""What a reader gives back: what a file is, its observations, and what is worth a note."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field

import pandas as pd

from scrutiny import observations, places
from scrutiny.sources import catalogue
from scrutiny.sources.raw import RawFile


@dataclass(frozen=True)
class Note:
    """Something accepted that a careful reader would want to know."""

    reason: str
    row: int | None = None
    column: str | None = None
    value: str = ""

    def as_dict(self) -> dict:
        """Return the note as ``check --json`` prints it."""
        return {"row": self.row, "column": self.column, "value": self.value, "reason": self.reason}


@dataclass(frozen=True)
class Reading:
    """A file understood: what it is, and its observations.

    ``rows`` counts the rows of data that were read, ``areas`` the different areas on them;
    ``first_month`` and ``last_month`` are the first and last period. Where ``sparse`` is true, a
    month and category without a row means zero. ``partial`` says why the figures are not those of
    whole months, where they are not: such a file is sound and no count is made from it.
    """

    source: str
    layout: str
    vintage: str
    publisher: str
    dataset: str
    licence: str
    path: str
    sha256: str
    rows: int
    sparse: bool
    first_month: str
    last_month: str
    areas: int
    load: Callable[[Sequence[str]], pd.DataFrame] = field(repr=False, compare=False)
    notes: tuple[Note, ...] = ()
    partial: str = ""

    @property
    def observations(self) -> pd.DataFrame:
        """The file's cells in the tidy schema, loaded anew: what is made of them is small."""
        return self.load(observations.COLUMNS)

    def columns(self, *names: str) -> pd.DataFrame:
        """Return some columns of the observations: a file of small areas has very many cells."""
        return self.load(names)

    @property
    def edition(self) -> str:
        """Data set and vintage, as editions name them: ``borough-24-months/2018-12``."""
        return f"{self.source}/{self.vintage}"

    def about(self) -> dict:
        """Return everything but the observations, the path and the hash, for a cache."""
        kept = {name: getattr(self, name) for name in _ABOUT}
        return kept | {"notes": [asdict(note) for note in self.notes]}


_NUMBERS = {"row": "int64", "column": "int64", "value": "float64"}
_ABOUT = (
    "source", "layout", "vintage", "publisher", "dataset", "licence", "rows", "sparse",
    "first_month", "last_month", "areas", "partial",
)  # fmt: skip


def reading(
    raw: RawFile,
    source: str,
    layout: str,
    cells: pd.DataFrame | list[dict],
    *,
    rows: int,
    vintage: str = "",
    sparse: bool = False,
    notes: Iterable[Note] = (),
    partial: str = "",
    origin: catalogue.Source | None = None,
) -> Reading:
    """Return the reading of a file, its cells checked against the schema.

    ``cells`` need ``row``, ``column``, ``area``, ``period``, ``category``, ``value`` and ``unit``;
    ``sheet``, ``group``, ``code`` and ``within`` are empty and ``area_kind`` is the place's own
    unless they are given. The vintage is the last period unless given. ``origin`` stands for the
    catalogue's entry where a file names its own publisher.
    """
    entry = origin or catalogue.source(source)
    made = pd.DataFrame(cells)
    last = str(made["period"].max())
    vintage = vintage or last
    if "area_kind" not in made:
        kinds = {name: places.place(name).kind for name in made["area"].unique()}
        made["area_kind"] = made["area"].map(kinds)
    for name in ("sheet", "group", "code", "within"):
        if name not in made:
            made[name] = ""
    made = made.assign(
        source=source, layout=layout, vintage=vintage, sha256=raw.sha256, path=raw.name
    )
    made = observations.check(made.astype(_other_types(made)))
    return Reading(
        source=source,
        layout=layout,
        vintage=vintage,
        publisher=entry.publisher,
        dataset=entry.name,
        licence=entry.licence,
        path=raw.name,
        sha256=raw.sha256,
        rows=rows,
        sparse=sparse,
        first_month=str(made["period"].min()),
        last_month=last,
        areas=int(made["area"].nunique()),
        load=lambda names: made[list(names)],
        notes=tuple(notes),
        partial=partial,
    )


def _other_types(cells: pd.DataFrame) -> dict[str, str]:
    """Return the types of the columns of numbers that have another: each costs a copy of all."""
    return {name: kind for name, kind in _NUMBERS.items() if cells[name].dtype != kind}
