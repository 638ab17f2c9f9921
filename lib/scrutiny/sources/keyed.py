"""A long table of counts in text or Parquet: a row a count, and columns that say of what.

Each column is kept as its different texts and, for every row, which of them stands there: what is
right or wrong about half a million cells is decided once a text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from scrutiny.errors import Problem
from scrutiny.sources.ledger import MOST_PROBLEMS, Ledger, folded
from scrutiny.sources.raw import RawFile
from scrutiny.sources.reading import Reading

LARGEST_COUNT = 1_000_000
_MOST_SHOWN = 200  # characters of a value in a message
_COUNT = re.compile(r"\d{1,7}", re.ASCII)
# A whole month; Parquet keeps it as a moment of its first day.
_MONTH = re.compile(r"((?:19|20)\d\d-(?:0[1-9]|1[0-2]))-01(?:[ T]00:00:00(?:\.0+)?)?", re.ASCII)


class KeyedRows:
    """The rows of ``raw`` by the names of their columns, which ``names`` lists, all of them.

    Names are compared without capitals, and an underscore is a blank.
    """

    def __init__(self, raw: RawFile, source: str, names: Sequence[str]):
        self.raw, self.ledger = raw, Ledger(raw, source)
        self.parts: list[pd.DataFrame] = []
        self._places = _headings(raw)
        self._check_header(names)
        self._columns: dict[str, tuple[list[str], np.ndarray]] = {}
        self._numbers = np.array([], dtype="int64")
        self._load(names)
        if not len(self._numbers):
            self.ledger.close("no rows")  # which refuses it

    @staticmethod
    def fits(raw: RawFile, names: Sequence[str]) -> bool:
        """Whether the header is of this layout, be it that a few columns have gone."""
        return len(set(_names(raw)) & set(names)) >= 0.7 * len(names)

    def _check_header(self, names: Sequence[str]) -> None:
        cure = "restore the publisher's header"
        for name in names:
            if name not in self._places:
                reason = "the column is missing"
                self.ledger.problems.append(
                    Problem(reason, row=1, column=name.replace(" ", "_"), cure=cure)
                )
        found = _names(self.raw)
        for heading, name in zip(self.raw.header, found, strict=True):
            if name not in names:
                self.ledger.fault("not a column of this layout", 1, heading, heading, cure)
        for name in sorted({n for n in found if n in names and found.count(n) > 1}):
            self.ledger.fault("the heading stands twice", 1, self.heading(name), name, cure)
        self.refuse()

    def _load(self, names: Sequence[str]) -> None:
        load = self._rows if self.raw.parquet is None else self._from_parquet
        self._numbers, columns = load()
        self.refuse()
        for name in names:
            encoded = columns[self._places[name] - 1].dictionary_encode()
            texts = encoded.dictionary.to_pylist()
            codes = encoded.indices.to_numpy(zero_copy_only=False)
            self._columns[name] = texts, codes
        most = self.raw.limits.cell
        for name in names:
            reason = f"a cell of more than {most:,} characters"
            self.check(name, lambda text: len(text) <= most, reason, "shorten it")
        self.refuse()

    def _from_parquet(self) -> tuple[np.ndarray, list[pa.Array]]:
        columns = []
        for heading, column in zip(self.raw.header, self.raw.parquet.columns, strict=True):
            if pa.types.is_dictionary(column.type):
                column = column.cast(column.type.value_type)
            try:
                texts = pc.utf8_trim_whitespace(column.cast(pa.large_string())).fill_null("")
            except pa.ArrowException as error:
                self.ledger.fault("cells that are no text", 2, heading, str(error)[:80])
                continue
            columns.append(texts.combine_chunks())
        self.ledger.rows = self.raw.parquet.num_rows
        return np.arange(2, self.ledger.rows + 2), columns

    def _rows(self) -> tuple[np.ndarray, list[pa.Array]]:
        numbered = list(self.ledger)
        if self.raw.broken:
            self.ledger.problems.append(self.raw.broken)
        columns = zip(*(row for _, row in numbered), strict=True) if numbered else ()
        arrays = [pa.array(column, pa.large_string()) for column in columns]
        empty = [pa.array([], pa.large_string())] * len(self.raw.header)
        return np.array([number for number, _ in numbered], dtype="int64"), arrays or empty

    def place(self, name: str) -> int:
        """Return the column's place in the file, from 1."""
        return self._places[name]

    def heading(self, name: str) -> str:
        """Return what stands over the column in the file."""
        return self.raw.header[self._places[name] - 1]

    def values(self, name: str, meaning: Callable[[str], object]) -> np.ndarray:
        """Return, for every row, what the text in a column means."""
        texts, codes = self._columns[name]
        meanings = np.empty(len(texts), dtype=object)
        meanings[:] = [meaning(text) for text in texts]
        return meanings[codes]

    def check(
        self,
        name: str,
        right: Callable[[str], object],
        reason: str,
        cure: str,
        where: np.ndarray | None = None,
    ) -> None:
        """Write down each cell of a column that is not ``right``, in the rows of ``where``."""
        wrong = ~self.values(name, lambda text: bool(right(text))).astype(bool)
        for i in np.flatnonzero(wrong if where is None else wrong & where)[:MOST_PROBLEMS]:
            texts, codes = self._columns[name]
            value = texts[codes[i]][:_MOST_SHOWN]
            self.ledger.fault(reason, int(self._numbers[i]), self.heading(name), value, cure)

    def counted(self, month: str) -> pd.DataFrame:
        """Return ``row``, ``period`` and ``value`` of every row; what is wrong is written down."""
        cure = "restore the publisher's figure"
        self.check(month, _MONTH.fullmatch, "not the first day of a month, as 2018-12-01", cure)
        self.check("count", _count, "not a whole count", cure)
        return pd.DataFrame(
            {
                "row": self._numbers,
                "period": self.values(month, lambda text: text[:7]),
                "value": self.values("count", lambda text: int(_count(text) or 0)).astype("int64"),
            }
        )

    def each_once(self, names: Sequence[str]) -> None:
        """Write down each row that has, in all the columns named, the texts of an earlier one."""
        keys = pd.DataFrame({name: self._columns[name][1] for name in names})
        for i in np.flatnonzero(keys.duplicated())[:MOST_PROBLEMS]:
            first = self._numbers[(keys == keys.iloc[i]).all(axis=1).to_numpy().argmax()]
            texts = (self._columns[name][0][keys[name].iloc[i]] for name in names)
            self.ledger.fault(
                f"it stands already in row {first}",
                int(self._numbers[i]),
                self.heading("count"),
                ", ".join(filter(None, texts))[:_MOST_SHOWN],
                "ask the publisher which row is right",
            )

    def combined(
        self, names: Sequence[str], meaning: Callable[..., dict | tuple[str, str]]
    ) -> pd.DataFrame:
        """Return, for every row, what its texts in several columns mean together.

        ``meaning`` gives what it is by name, or the column that is wrong and why: then the row
        has nothing. ``row`` is the row's number.
        """
        keys = pd.DataFrame({name: self._columns[name][1] for name in names})
        which = keys.groupby(list(names), sort=False).ngroup().to_numpy()
        meanings = []
        for i in np.unique(which, return_index=True)[1]:
            texts = {name: self._columns[name][0][keys[name].iloc[i]] for name in names}
            found = meaning(*texts.values())
            if isinstance(found, tuple):
                column, reason = found
                for row in self._numbers[which == which[i]][:MOST_PROBLEMS]:
                    value = texts[column]
                    self.ledger.fault(reason, int(row), self.heading(column), value, "correct it")
                found = {}
            meanings.append(found)
        return pd.DataFrame(meanings).iloc[which].assign(row=self._numbers)

    def add(self, cells: pd.DataFrame) -> None:
        """Write down cells, as observations name their columns."""
        self.parts.append(cells.assign(unit="count"))

    def refuse(self) -> None:
        """Refuse the file for what is written down; do nothing where nothing is."""
        if self.ledger.problems:
            problems = sorted(self.ledger.problems, key=lambda problem: problem.row or 0)
            raise self.raw.fault(*problems[:MOST_PROBLEMS], source=self.ledger.source)

    def close(self, layout: str, *, sparse: bool = False) -> Reading:
        """Return the reading of the cells; raises ``FaultyFile`` for any problem."""
        self.refuse()
        for part in self.parts:
            self.ledger.cells += part.to_dict("records")
        return self.ledger.close(layout, sparse=sparse)


def _names(raw: RawFile) -> tuple[str, ...]:
    return folded(text.replace("_", " ") for text in raw.header)


def _headings(raw: RawFile) -> dict[str, int]:
    """Return the place of each column by its name, from 1; of two with one name, the first."""
    places: dict[str, int] = {}
    for place, name in enumerate(_names(raw), start=1):
        places.setdefault(name, place)
    return places


def _count(text: str) -> str | None:
    return text if _COUNT.fullmatch(text) and int(text) <= LARGEST_COUNT else None
