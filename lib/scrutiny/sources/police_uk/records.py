"""The records of one file, a column at a time, and what is wrong or notable about them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

import numpy as np
import pandas as pd

from scrutiny.errors import Problem
from scrutiny.sources.ledger import MOST_PROBLEMS
from scrutiny.sources.police_uk.table import COORDINATES, LONGITUDE, RESTORE, Layout, read_table
from scrutiny.sources.raw import RawFile
from scrutiny.sources.reading import Note

# From Ireland to the Channel and Shetland: what lies outside is no place of a British force.
BRITISH_ISLES = ((-11.0, 3.0), (49.0, 61.5))
_ODD = np.uint64(0x9E3779B97F4A7C15)
BLANK = "(blank)"  # the category of the records in which the publisher's cell is empty


class Records:
    """The records of ``raw``, a file of ``layout``.

    A place is counted from 0, a row as the file counts it; ``problems`` and ``notes`` are what
    was found so far. Raises :class:`scrutiny.errors.FaultyFile` for a file that is no text,
    lacks a heading or has no record.
    """

    def __init__(self, raw: RawFile, layout: Layout):
        self.raw, self.layout = raw, layout
        self.table = read_table(raw, layout)
        self.problems, self.notes = self.table.problems, self.table.notes

    def __len__(self) -> int:
        """Return how many records there are."""
        return len(self.table.rows)

    def row(self, place: int) -> int:
        """Return the row of the file in which a record stands."""
        return int(self.table.rows[place])

    def column(self, heading: str) -> int:
        """Return the number of the column under a heading, from 1."""
        return self.table.numbers[heading]

    def texts(self, heading: str) -> list[str]:
        """Return the different texts of a column."""
        return [*self.table.texts(heading)[0]]

    def codes(self, heading: str) -> np.ndarray:
        """Return the place of each record's text among those of a column."""
        return self.table.texts(heading)[1]

    def coordinates(self) -> tuple[np.ndarray, np.ndarray]:
        """Return each record's longitude and latitude, NaN where there is none."""
        return tuple(self.table.coordinates[heading] for heading in COORDINATES)

    def usual(self, heading: str, right: Collection[str]) -> str:
        """Return which of the right texts most records have in a column; empty if none has."""
        counts = np.bincount(self.codes(heading))
        texts = [(counts[i], text) for i, text in enumerate(self.texts(heading)) if text in right]
        return max(texts, default=(0, ""))[1]

    def places(self, heading: str, wanted: Iterable[str]) -> np.ndarray:
        """Return the places of the records that have one of the texts in a column."""
        numbers, codes = self.table.texts(heading)
        found = np.zeros(len(numbers), dtype=bool)
        found[[numbers[text] for text in wanted if text in numbers]] = True
        return found[codes].nonzero()[0] if found.any() else np.zeros(0, dtype="int64")

    def counted(self, keys: np.ndarray, size: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Return the keys below ``size`` that records have, in the order of the file.

        With each key comes how many records have it, and the row of the first.
        """
        counts = np.bincount(keys, minlength=size)
        first = np.zeros(size, dtype="int64")
        first[keys[::-1]] = self.table.rows[::-1]  # the last written stays: the first
        held = counts.nonzero()[0]
        held = held[first[held].argsort()]
        return held, counts[held], first[held]

    def tally(self, heading: str) -> pd.DataFrame:
        """Return ``category, value, row`` of each text of a column, in the order of the file."""
        texts = self.texts(heading)
        held, counts, rows = self.counted(self.codes(heading), len(texts))
        names = [texts[i] or BLANK for i in held]
        return pd.DataFrame({"category": names, "value": counts, "row": rows})

    def refuse(
        self, heading: str, is_wrong: Callable[[str], object], reason: str, cure: str = RESTORE
    ) -> None:
        """Write down a problem for each record whose text in a column is wrong."""
        texts, codes = self.texts(heading), self.codes(heading)
        wrong = [text for text in texts if is_wrong(text)]
        for place in self.places(heading, wrong)[:MOST_PROBLEMS] if wrong else ():
            self.problem(reason, place, heading, texts[codes[place]], cure)

    def refuse_other_coordinates(self) -> None:
        """Write down a problem for each coordinate outside the British Isles."""
        for heading, (low, high) in zip(COORDINATES, BRITISH_ISLES, strict=True):
            values = self.table.coordinates[heading]
            reason = f"not a {heading.lower()} of the British Isles"
            for place in ((values < low) | (values > high)).nonzero()[0][:MOST_PROBLEMS]:
                self.problem(reason, place, heading, str(values[place]))

    def problem(
        self, reason: str, place: int, heading: str, value: str, cure: str = RESTORE
    ) -> None:
        """Write down a problem of a record."""
        row = self.row(place)
        self.problems.append(Problem(reason, row=row, column=heading, value=value, cure=cure))

    def refuse_if_faulty(self) -> None:
        """Raise :class:`scrutiny.errors.FaultyFile` where any problem was written down."""
        if self.problems:
            ordered = sorted(self.problems, key=lambda problem: problem.row or 0)
            raise self.raw.fault(*ordered[:MOST_PROBLEMS], source=self.layout.source)

    def note(self, places: np.ndarray, reason: str, heading: str | None = None) -> None:
        """Note how many records stand at the places, if any, with the row of the first."""
        if len(places):
            value = f"{len(places):,}"
            self.notes.append(Note(reason, self.row(places[0]), heading, value))

    def note_texts(self, heading: str, notable: Iterable[str], reason: str) -> None:
        """Note how many records have each of the notable texts, with the row of the first."""
        for text in notable:
            places = self.places(heading, (text,))
            value = f"{text or BLANK}: {len(places):,}"
            self.notes.append(Note(reason, self.row(places[0]), heading, value))

    def note_missing_coordinates(self) -> None:
        """Note how many records have no place."""
        longitude, latitude = self.coordinates()
        places = np.isnan(longitude + latitude).nonzero()[0]
        self.note(places, "no coordinates; counted all the same", LONGITUDE)

    def repeats(self) -> tuple[np.ndarray, np.ndarray]:
        """Return the places of the records with the id, and with every field, of an earlier one.

        A record without an id has no id of another.
        """
        ids = self.table.ids
        places, same_id = np.arange(len(self)), np.zeros(0, dtype="int64")
        if ids is not None:
            held = ids.nonzero()[0]
            same_id = held[pd.Series(ids[held]).duplicated().to_numpy()]
            places = ((ids == 0) | np.isin(ids, ids[same_id])).nonzero()[0]
        # A number of 64 bits for each record, of all its fields: first of those that are numbers
        # already, then, of the records that these do not tell apart, of the texts too.
        number = np.zeros(len(places), dtype="uint64") if ids is None else ids[places]
        for column in self.table.coordinates.values():
            number = number * _ODD + column.view("uint64")[places]
        alike = pd.Series(number).duplicated(keep=False).to_numpy()
        places, number = places[alike], number[alike]
        for heading in self.table.text_headings:
            number = number * _ODD + self.table.texts_at(heading, places)[1].astype("uint64")
        return same_id, places[pd.Series(number).duplicated().to_numpy()]
