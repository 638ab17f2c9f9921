"""Report to tables. Every figure in them is a result; nothing is computed here."""

from scrutiny.tables.changes import against_london, changes, published
from scrutiny.tables.context import context
from scrutiny.tables.elsewhere import elsewhere
from scrutiny.tables.gaps import chance, neighbours, priorities
from scrutiny.tables.rates import rates, shares
from scrutiny.tables.recommendations import recommendations, statuses
from scrutiny.tables.records import decisions, meetings, sources, upcoming
from scrutiny.tables.table import Column, Table

__all__ = [
    "Column",
    "Table",
    "against_london",
    "chance",
    "changes",
    "context",
    "decisions",
    "elsewhere",
    "meetings",
    "neighbours",
    "priorities",
    "published",
    "rates",
    "recommendations",
    "shares",
    "sources",
    "statuses",
    "upcoming",
]
