"""Results: a row a number, with how and from what it was made."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable
from dataclasses import dataclass, fields
from pathlib import Path

import pandas as pd

from scrutiny import places
from scrutiny.errors import ScrutinyError

NOT_COMPARABLE = "not-comparable"


@dataclass(frozen=True)
class Result:
    """One number. ``value`` is unrounded, ``printed`` is how a page shows it.

    ``status`` is ok, provisional, withheld, suppressed, not-comparable or as-published.
    """

    result_id: str
    measure: str
    area: str
    area_kind: str
    period: str
    comparator: str
    statistic: str
    value: float | None
    unit: str
    lower: float | None = None
    upper: float | None = None
    numerator: float | None = None
    denominator: float | None = None
    printed: str = ""
    status: str = "ok"
    method: str = ""
    sources: str = ""
    note: str = ""

    @property
    def comparable(self) -> bool:
        """Whether the comparison could be made; ``note`` says why where it could not."""
        return self.status != NOT_COMPARABLE


COLUMNS = tuple(field.name for field in fields(Result))
_NUMBERS = ("value", "lower", "upper", "numerator", "denominator")
_PLACES_OF_NUMBERS = tuple(map(COLUMNS.index, _NUMBERS))


def result_id(measure: str, area: str, statistic: str, window: str, tag: str = "") -> str:
    """Return the one name of a number: ``tno.mps.change_percent.12m``."""
    parts = [measure, places.place(area).folder, statistic, window, *([tag] if tag else [])]
    return ".".join(parts).lower()


def to_frame(results: Iterable[Result]) -> pd.DataFrame:
    """Return the results as a frame: a row a number, columns as in ``results.csv``.

    Raises :class:`ValueError` where two results share an id.
    """
    rows = [[getattr(result, name) for name in COLUMNS] for result in results]
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    repeated = frame.loc[frame["result_id"].duplicated(), "result_id"]
    if not repeated.empty:
        raise ValueError(f"two results are called {repeated.iloc[0]}")
    return frame


def to_csv(results: Iterable[Result]) -> str:
    """Return ``results.csv``: numbers unrounded, whole numbers without a point."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(COLUMNS)
    for result in results:
        cells = [getattr(result, name) for name in COLUMNS]
        for place in _PLACES_OF_NUMBERS:
            cells[place] = _number(cells[place])
        writer.writerow(cells)
    return written.getvalue()


def from_csv(path: Path) -> pd.DataFrame:
    """Return the results that :func:`to_csv` wrote, as they were."""
    frame = pd.read_csv(path, dtype=str, keep_default_na=False)
    # Python's own reading of a number is exact in every version of pandas.
    for column in _NUMBERS:
        frame[column] = [float(text) if text else math.nan for text in frame[column]]
    return frame


def _number(value: float | None) -> str:
    if value is None or math.isnan(value):
        return ""
    return str(int(value)) if float(value).is_integer() else repr(float(value))


class UnknownResult(ScrutinyError):
    """A number that a report does not hold."""
