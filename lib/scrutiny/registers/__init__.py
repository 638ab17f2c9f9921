"""The committee's own registers: CSV files in ``data/registers``, checked row by row."""

from scrutiny.registers.cells import first_day, last_day
from scrutiny.registers.load import Registers, load
from scrutiny.registers.monthly import Commitment, CycleMeeting, FinanceFigure, Letter
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
    ForceSurvey,
    ListedItem,
    LocalPriority,
    Meeting,
    PerformanceTarget,
    PublishedFigure,
    ScorecardChange,
    SeriesBreak,
    Target,
)
from scrutiny.registers.said_dates import days_meant

__all__ = [
    "AcceptanceRag",
    "Action",
    "Commitment",
    "CycleMeeting",
    "Decision",
    "Document",
    "FinanceFigure",
    "ForceSurvey",
    "HistoryEntry",
    "Letter",
    "ListedItem",
    "LocalPriority",
    "Meeting",
    "NotableImpact",
    "PerformanceRag",
    "PerformanceTarget",
    "PublishedFigure",
    "RagRule",
    "Recommendation",
    "Registers",
    "ScorecardChange",
    "SeriesBreak",
    "Target",
    "days_meant",
    "first_day",
    "last_day",
    "load",
]
