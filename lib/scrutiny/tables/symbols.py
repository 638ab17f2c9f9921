"""The signs and set words that cells use, and what each means."""

from __future__ import annotations

import re

SYMBOLS = {
    "▲ up": "the figure is higher than the one it is compared with",
    "▼ down": "the figure is lower than the one it is compared with",
    "► no change": "the figure, as it is printed, is the same",
    "better, worse": "which way is good is said in the catalogue of measures; where neither way is "
    "good by itself, no such word stands",
    "within chance": "chance alone could make a difference of this size (p of 0.05 or more)",
    "✓": "the computed figure agrees with the printed one",
    "≈": "the computed figure is within one of the last digit printed",
    "✗": "the computed figure does not agree with the printed one",
    "–": "nothing could be said; the words beside it say why",
    "● GREEN": "carried out, or accepted in substance",
    "◆ AMBER": "some progress",
    "■ RED": "not accepted",
    "○ OPEN": "not judged yet",
    "(chosen)": "a crime that the borough chose as a priority",
    "n/a": "not available: there is nothing to divide by, so no percentage is given",
    "not comparable": "the two periods are not counted alike; the notes say why",
    "not held": "the file has no such figure",
    "no series": "the files have no figure for the month",
    "[c]": "suppressed, because so few could identify a person",
    "[low]": "too few to make a percentage of",
    "[p]": "provisional: it may still be revised",
    "[z]": "not applicable",
    "○ NOT DONE": "no document on record shows it done",
    "◇ NOT YET DUE": "open, and the day that was named for it had not passed",
    "✗ OVERDUE": "its day has passed, and no document on record shows it done",
    "● DONE": "a document on record shows it done",
    "withheld": "there is a figure, or may be, that nobody has approved; it is not shown",
    "[r]": "revised since it was first printed",
}
_AS_WORDS = {"better, worse": r"\b(?:better|worse)\b", "n/a": r"\bn/a\b", "–": r"(?:^|[>|])– "}


def symbols_in(cells: str) -> list[tuple[str, str]]:
    """Return each symbol that occurs in the cells' markup with its meaning, in the key's order."""
    return [
        (symbol, meaning)
        for symbol, meaning in SYMBOLS.items()
        if re.search(_AS_WORDS.get(symbol) or _sign(symbol), cells)
    ]


def _sign(symbol: str) -> str:
    """Return the pattern of a symbol: of ``▲ up`` the shape, which may stand in markup alone."""
    shape, _, word = symbol.partition(" ")
    return re.escape(shape if word and len(shape) == 1 else symbol)
