"""Which rows of a register were on record on a day: those of documents that were out by then."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TypeVar

from scrutiny.registers import Registers, first_day
from scrutiny.registers.cells import Row

Kind = TypeVar("Kind", bound=Row)


def known_by(registers: Registers, rows: Iterable[Kind], day: dt.date) -> list[Kind]:
    """Return the rows whose document had appeared by the day; one without a date always has."""
    dates = {document.document: document.date for document in registers.documents}
    return [row for row in rows if not (at := dates[row.document]) or first_day(at) <= day]
