"""The signs and set words that cells use, and what each means."""

from __future__ import annotations

import html
import re
from itertools import product

from scrutiny.measures.variation import NO_LIMIT, Signal
from scrutiny.statistics.signals import OUTSIDE, RUN, TREND, TWO_OF_THREE
from scrutiny.theme import ARROWS

_SIGNALS = {
    f"{ARROWS['up' if high else 'down']} {signal.words}": signal.meaning
    for rule, high in product((OUTSIDE, TREND, TWO_OF_THREE, RUN), (True, False))
    for signal in [Signal(rule, high, "")]
}
_JUDGED = "; where neither way is good by itself, no such word stands"
# With a shape or a bracket; the shape may stand in markup of its own.
_SIGNS = {
    "▲ up": "the figure is higher than the one it is compared with",
    "▼ down": "the figure is lower than the one it is compared with",
    "► no change": "the figure, as it is printed, is the same",
    "► within its usual variation": "between its limits, and no other rule marks it",
    **_SIGNALS,
    "✓ agrees to the digits printed": "the computed figure, rounded, is the printed one",
    "✓ agrees if cut, not rounded": "the computed figure is the printed one where the digits "
    "beyond it are dropped",
    "≈ within one of the last digit": "the computed figure is within one of the last digit printed",
    "✗ does not agree": "the computed figure is not the printed one",
    "✓ better, more than chance": "on the good side of London's change, by more than chance",
    "✗ worse, more than chance": "on the bad side of London's change, by more than chance",
    "○ better, within chance": "on the good side of London's change; chance could explain it",
    "○ worse, within chance": "on the bad side of London's change; chance could explain it",
    "○ none": "no gap, or none that is good or bad by itself",
    "–": "nothing could be said; the words beside it say why",
    "● GREEN": "carried out, or accepted in substance",
    "◆ AMBER": "some progress",
    "■ RED": "not accepted",
    "○ OPEN": "not judged yet",
    "○ NOT DONE": "no document on record shows it done",
    "◇ NOT YET DUE": "open, and the day that was named for it had not passed",
    "✗ OVERDUE": "its day has passed, and no document on record shows it done",
    "● DONE": "a document on record shows it done",
    "(chosen)": "a crime that the borough chose as a priority",
    "[c]": "suppressed, because so few could identify a person",
    "[low]": "too few to make a percentage of",
    "[p]": "provisional: it may still be revised",
    "[r]": "revised since it was first printed",
    "[z]": "not applicable",
}  # fmt: skip
# After a sign or in brackets, or alone in a cell.
_JUDGEMENTS = {
    "better": f"the way that the catalogue of measures calls good{_JUDGED}",
    "worse": f"the way that the catalogue of measures calls bad{_JUDGED}",
    "within chance": "chance alone could make a difference of this size (p of 0.05 or more)",
}
# Alone in a cell, or in the place of a number.
_WORDS = {
    "n/a": "not available: there is nothing to divide by, so no percentage is given",
    NO_LIMIT: "the lower limit would be below 0",
    "not comparable": "the two periods are not counted alike; the notes say why",
    "not held": "the file has no such figure",
    "no series": "the files have no figure for the month",
    "withheld": "there is a figure, or may be, that nobody has approved; it is not shown",
}
SYMBOLS = _SIGNS | _JUDGEMENTS | _WORDS

_judgement = "|".join(_JUDGEMENTS)
_signs = "|".join(map(re.escape, sorted(set(_SIGNS) - {"–"}, key=len, reverse=True)))
_USED = re.compile(
    rf"(?P<sign>{_signs})(?!\w)(?:, (?P<after>{_judgement}))?|\((?P<inside>{_judgement})\)"
    rf"|^(?P<dash>–) |^(?P<alone>{'|'.join(map(re.escape, _JUDGEMENTS | _WORDS))})$"
)
_CELL = re.compile(r"<t[dh]\b[^>]*>(.*?)</t[dh]>", re.DOTALL)
_ENDS = re.compile(r"</?(?:br|data|li|p|ul)\b[^>]*>")
_TAG = re.compile(r"<[^>]+>")


def symbols_in(rows: str) -> list[tuple[str, str]]:
    """Return each symbol that the cells of rows use with its meaning, in the key's order.

    A shape is explained with the words beside it, the longest that are known.
    """
    used = {
        symbol
        for cell in _CELL.findall(rows)
        for said in _ENDS.split(cell)
        for found in _USED.finditer(" ".join(html.unescape(_TAG.sub("", said)).split()))
        for symbol in found.groups()
    }
    return [(symbol, meaning) for symbol, meaning in SYMBOLS.items() if symbol in used]
