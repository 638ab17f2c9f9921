"""The committee's own registers: CSV files in ``data/registers``, checked row by row."""

from scrutiny.registers.cells import first_day, last_day
from scrutiny.registers.load import Registers, load
from scrutiny.registers.recommendations import (
    AcceptanceRag,
    Action,
    HistoryEntry,
    NotableImpact,
    PerformanceRag,
    RagRule,
    Recommendation,
)
from scrutiny.registers.rows import (
    Decision,
    Document,
    LocalPriority,
    Meeting,
    PublishedFigure,
    SeriesBreak,
)

__all__ = [
    "AcceptanceRag",
    "Action",
    "Decision",
    "Document",
    "HistoryEntry",
    "LocalPriority",
    "Meeting",
    "NotableImpact",
    "PerformanceRag",
    "PublishedFigure",
    "RagRule",
    "Recommendation",
    "Registers",
    "SeriesBreak",
    "first_day",
    "last_day",
    "load",
]
