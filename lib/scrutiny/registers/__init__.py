"""The committee's own registers: CSV files in ``data/registers``, checked row by row."""

from scrutiny.registers.load import Registers, load
from scrutiny.registers.rows import (
    Decision,
    Document,
    HistoryEntry,
    LocalPriority,
    Meeting,
    NotableImpact,
    PublishedFigure,
    Rag,
    Recommendation,
    SeriesBreak,
)

__all__ = [
    "Decision",
    "Document",
    "HistoryEntry",
    "LocalPriority",
    "Meeting",
    "NotableImpact",
    "PublishedFigure",
    "Rag",
    "Recommendation",
    "Registers",
    "SeriesBreak",
    "load",
]
