"""Report to sentences. Numbers come from results; nothing is computed here."""

from scrutiny.words.against_london import against_baseline
from scrutiny.words.challenge import challenge
from scrutiny.words.explored import meaning
from scrutiny.words.family import family
from scrutiny.words.headlines import headlines
from scrutiny.words.hot_spots import hot_spots
from scrutiny.words.listing import catalogued, chosen
from scrutiny.words.notes import RECONSTRUCTION, checklist, methods, published, trace
from scrutiny.words.passages import choice, implications, introduction, rule, text, title
from scrutiny.words.records import finance, registers
from scrutiny.words.sentence import Passage
from scrutiny.words.since import since
from scrutiny.words.standing import comparability, gaps
from scrutiny.words.territorial import days, from_print, groups
from scrutiny.words.tracker import impacts

__all__ = [
    "RECONSTRUCTION",
    "Passage",
    "against_baseline",
    "catalogued",
    "challenge",
    "checklist",
    "choice",
    "chosen",
    "comparability",
    "days",
    "family",
    "finance",
    "from_print",
    "gaps",
    "groups",
    "headlines",
    "hot_spots",
    "impacts",
    "implications",
    "introduction",
    "meaning",
    "methods",
    "published",
    "registers",
    "rule",
    "since",
    "text",
    "title",
    "trace",
]
