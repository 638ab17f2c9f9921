"""Report to tables. Every figure in them is a result; nothing is computed here."""

from scrutiny.tables.boroughs_apart import apart, ends, groups
from scrutiny.tables.challenge import challenge, challenge_boroughs, targets
from scrutiny.tables.changes import against_london, changes, published
from scrutiny.tables.context import context
from scrutiny.tables.elsewhere import elsewhere
from scrutiny.tables.explored import by_area, measures
from scrutiny.tables.family import family
from scrutiny.tables.gaps import chance, neighbours, priorities
from scrutiny.tables.hearings import actions, timeline
from scrutiny.tables.hot_spots import hot_spots, lasting
from scrutiny.tables.listing import ended, listing
from scrutiny.tables.printed_targets import printed_targets
from scrutiny.tables.rates import rates, shares
from scrutiny.tables.recommendations import recommendations, statuses, themes
from scrutiny.tables.records import decisions, meetings, sources, upcoming
from scrutiny.tables.registers import commitments, correspondence, decided, finance, taken_away
from scrutiny.tables.scorecard import departures, scorecard, usual
from scrutiny.tables.since import revised
from scrutiny.tables.table import Column, Table
from scrutiny.tables.territorial import parts, survey, to_date
from scrutiny.tables.tracking import (
    ages,
    ahead,
    movements,
    overdue,
    owners,
    promises,
)
from scrutiny.tables.victims import victims

__all__ = [
    "Column",
    "Table",
    "actions",
    "against_london",
    "ages",
    "ahead",
    "apart",
    "by_area",
    "challenge",
    "challenge_boroughs",
    "chance",
    "changes",
    "commitments",
    "context",
    "correspondence",
    "decided",
    "decisions",
    "departures",
    "elsewhere",
    "ended",
    "ends",
    "family",
    "finance",
    "groups",
    "hot_spots",
    "lasting",
    "listing",
    "measures",
    "meetings",
    "movements",
    "neighbours",
    "overdue",
    "owners",
    "parts",
    "printed_targets",
    "priorities",
    "promises",
    "published",
    "rates",
    "recommendations",
    "revised",
    "scorecard",
    "shares",
    "sources",
    "statuses",
    "survey",
    "taken_away",
    "targets",
    "themes",
    "timeline",
    "to_date",
    "upcoming",
    "usual",
    "victims",
]
