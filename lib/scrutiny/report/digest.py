"""All that a page will say as one digest: two equal ones are two equal pages."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
from collections.abc import Callable, Mapping
from enum import Enum
from functools import cache
from operator import attrgetter
from typing import Any

import pandas as pd

from scrutiny.measures.results import COLUMNS, Result
from scrutiny.registers import Registers
from scrutiny.report.model import Report
from scrutiny.sources.reading import Reading

# What has a text of its own; of the others, the parts.
PLAIN = (str, int, float, type(None), dt.date, pd.Period)
_of_a_result = attrgetter(*COLUMNS)


def digest(report: Report) -> str:
    """Return the digest of a report: of its numbers and words, files and register rows.

    Of the registers the report holds the rows that it shows; of the documents, which pages look
    up by key, those count whose key it holds.
    """
    said = _plain(report)
    documents = [d for d in report.registers.documents if repr(d.document) in said]
    return hashlib.sha256((said + _plain(documents)).encode()).hexdigest()


def _plain(value: Any) -> str:
    """Return a value as text that is the same for equal values; raises ``TypeError`` for others."""
    return _teller(type(value))(value)


@cache
def _teller(kind: type) -> Callable[[Any], str]:
    """Return what tells values of this kind."""
    if issubclass(kind, PLAIN):
        return repr
    if kind is Result:  # flat: a page has a thousand
        return lambda value: repr(_of_a_result(value))
    if issubclass(kind, Registers):
        return lambda value: "registers"
    if issubclass(kind, Reading):  # the observations follow from the file
        return lambda value: _plain(
            (value.source, value.vintage, value.layout, value.path, value.sha256)
        )
    if dataclasses.is_dataclass(kind):
        names = [field.name for field in dataclasses.fields(kind)]
        return lambda value: _plain([getattr(value, name) for name in names])
    if issubclass(kind, Enum):
        return lambda value: repr(value.value)
    if hasattr(kind, "model_dump"):
        return lambda value: _plain(value.model_dump())
    if issubclass(kind, Mapping):
        return lambda value: _plain([*value.items()])
    if issubclass(kind, (list, tuple)):
        return lambda value: f"[{','.join(map(_plain, value))}]"
    raise TypeError(f"a report holds {kind.__name__}, which its digest does not know")
