"""All that a page will say as one digest: two equal ones are two equal pages."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
from collections.abc import Mapping
from enum import Enum
from functools import cache
from typing import Any

import pandas as pd

from scrutiny.measures import Result
from scrutiny.registers import Registers
from scrutiny.report.model import Report
from scrutiny.sources.reading import Reading

# What has a text of its own; of the others, the parts. Results are flat: their text says all.
PLAIN = (str, int, float, type(None), dt.date, pd.Period, Result)


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
    if isinstance(value, PLAIN):
        return repr(value)
    if isinstance(value, Registers):
        return "registers"
    if isinstance(value, Reading):  # the observations follow from the file
        return _plain((value.source, value.vintage, value.layout, value.path, value.sha256))
    if dataclasses.is_dataclass(value):
        return _plain([getattr(value, name) for name in _fields(type(value))])
    if isinstance(value, Enum):
        return repr(value.value)
    if hasattr(value, "model_dump"):
        return _plain(value.model_dump())
    if isinstance(value, Mapping):
        return _plain([*value.items()])
    if isinstance(value, (list, tuple)):
        return f"[{','.join(map(_plain, value))}]"
    raise TypeError(f"a report holds {type(value).__name__}, which its digest does not know")


@cache
def _fields(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in dataclasses.fields(kind))
