"""The project's own tidy form: one published vintage of figures a file, a row a figure.

The file is gzip-compressed CSV. Its first lines are ``# key: value`` and say once what holds for
the whole table: publisher, data set, vintage, licence, the scheme and the sha256 of the file that
the figures were taken from. The rows are measure, area, period, unit, value.
"""

from __future__ import annotations

import gzip
import io
from collections.abc import Mapping

import pandas as pd

from scrutiny import observations
from scrutiny.errors import Problem
from scrutiny.sources.categories import TIDY_LAYOUT
from scrutiny.sources.reading import RawFile, Reading

MAGIC = "# scrutiny tidy figures 1"
COLUMNS = ("measure", "area", "period", "unit", "value")
FIELDS = ("source", "vintage", "publisher", "dataset", "licence", "scheme", "original")
LARGEST_UNPACKED = 64 * 1024 * 1024
_GZIP = b"\x1f\x8b"


def read(raw: RawFile) -> Reading | None:
    """Return the figures, or None where the file is not of this form.

    Raises :class:`scrutiny.errors.FaultyFile` for one that is, and is broken.
    """
    text = _unpack(raw)
    if text is None or not text.startswith(MAGIC):
        return None
    lines = text.split("\n", len(FIELDS) + 1)
    about = dict(
        line.removeprefix("# ").partition(": ")[::2] for line in lines[1 : len(FIELDS) + 1]
    )
    if missing := [name for name in FIELDS if name not in about]:
        raise raw.fault(
            Problem("the head of the table lacks a line", row=2, value=", ".join(missing))
        )
    table = pd.read_csv(io.StringIO(lines[-1]), dtype={"value": "float64", "period": "str"})
    if tuple(table.columns) != COLUMNS:
        raise raw.fault(Problem("not the columns of the tidy form", value=", ".join(table.columns)))
    repeated = table.duplicated(["measure", "area", "period"])
    if repeated.any():
        where = int(repeated.idxmax())
        raise raw.fault(
            Problem(
                "measure, area and period stand twice",
                row=where + len(FIELDS) + 3,
                value=", ".join(table.loc[where, ["measure", "area", "period"]]),
            )
        )
    made = pd.DataFrame(
        {
            "source": about["source"],
            "vintage": about["vintage"],
            "layout": TIDY_LAYOUT,
            "sha256": raw.sha256,
            "path": raw.name,
            "sheet": "",
            "row": table.index.to_numpy() + len(FIELDS) + 3,
            "column": COLUMNS.index("value") + 1,
            "area": table["area"],
            "period": table["period"],
            "group": "",
            "category": table["measure"],
            "value": table["value"],
            "unit": table["unit"],
        }
    )
    if made.isna().any(axis=None):
        where = int(made.isna().any(axis=1).idxmax())
        raise raw.fault(
            Problem("a cell is empty", row=where + len(FIELDS) + 3, cure="fill the row, or drop it")
        )
    return Reading(
        source=about["source"],
        layout=TIDY_LAYOUT,
        vintage=about["vintage"],
        publisher=about["publisher"],
        dataset=about["dataset"],
        licence=about["licence"],
        path=raw.name,
        sha256=raw.sha256,
        rows=len(table),
        sparse=False,
        observations=observations.check(made),
    )


def write(figures: pd.DataFrame, about: Mapping[str, str]) -> bytes:
    """Return the file for a frame of figures (:data:`COLUMNS`); same figures, same bytes."""
    head = [MAGIC, *(f"# {name}: {about[name]}" for name in FIELDS)]
    rows = figures[list(COLUMNS)].sort_values(["measure", "area", "period"])
    body = rows.to_csv(index=False, lineterminator="\n", float_format="%.10g")
    return gzip.compress(("\n".join(head) + "\n" + body).encode(), compresslevel=9, mtime=0)


def _unpack(raw: RawFile) -> str | None:
    if not raw.content.startswith(_GZIP):
        return None
    with gzip.GzipFile(fileobj=io.BytesIO(raw.content)) as file:
        try:
            content = file.read(LARGEST_UNPACKED + 1)
        except (OSError, EOFError) as error:
            raise raw.fault(
                Problem("the compressed file is damaged", value=str(error), cure="copy it again")
            ) from error
    if len(content) > LARGEST_UNPACKED:
        raise raw.fault(Problem(f"more than {LARGEST_UNPACKED} bytes when unpacked"))
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return None
