"""How much room a table needs, in letters of its type: its words are never to be broken."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

LETTERS_BETWEEN_COLUMNS = 2
CAPITAL_LETTERS_WIDE = 1.4
_WORD_END = re.compile(r"\s+|(?<=-)(?=\w)")  # a line may end after a hyphen too
MOST_LETTERS_FOR_TEXT = 40  # a column of long texts asks for no more than this


def letters_across(rows: Iterable[Sequence[str]]) -> float:
    """Return how many letters the longest words of the columns have, side by side."""
    return sum(_longest_words(rows))


def shares(rows: Iterable[Sequence[str]]) -> list[float]:
    """Return how much of the width each column should have; the sum is 1.

    Each has room for its longest word; what is left goes where the texts are long.
    """
    rows = list(rows)
    wanted = [
        max(word, min(max(_letters(text) for text in column), MOST_LETTERS_FOR_TEXT))
        for word, column in zip(_longest_words(rows), zip(*rows, strict=True), strict=True)
    ]
    return [letters / sum(wanted) for letters in wanted]


def _longest_words(rows: Iterable[Sequence[str]]) -> list[float]:
    longest: list[float] = []
    for row in rows:
        needed = [max(map(_letters, _WORD_END.split(cell)), default=0.0) for cell in row]
        longest = [max(pair) for pair in zip(longest or needed, needed, strict=True)]
    return [letters + LETTERS_BETWEEN_COLUMNS for letters in longest]


def _letters(text: str) -> float:
    """Return how many small letters are as wide as the text."""
    capitals = sum(letter.isupper() for letter in text)
    return len(text) - capitals + capitals * CAPITAL_LETTERS_WIDE
