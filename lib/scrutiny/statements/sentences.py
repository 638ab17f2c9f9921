"""A text, plain or Markdown, to its sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator

# A line that breaks inside a sentence is long, and ends without a mark that ends one.
LONG_LINE = 50
LONGEST_SENTENCE = 3_000  # characters; what is longer is no sentence
_BLOCK = re.compile(r"\s*(?:[-*+•|>#]|\d{1,3}[.)]\s|\[|$)")
_NUMBERED = re.compile(r"(?:^|(?<=[>\s]))\d{1,3}[.)]\s+(?=[A-Z])")
_MARKUP = re.compile(r"<[^<>]{1,200}>|[*_`]{1,3}(?=\S)|(?<=\S)[*_`]{1,3}")
_CODE = re.compile(r"^\s*(?:```|~~~)")
_END = re.compile(r"(?<=[.!?])[\"'”’)]*\s+(?=[\"'“‘(]?(?:[A-Z]|\d))")
_ABBREVIATED = re.compile(r"\b(?:v|vs|no|nos|para|paras|c|cf|e\.g|i\.e|etc|approx|p|fig)\.$", re.I)


def sentences(text: str) -> Iterator[tuple[int, str]]:
    """Yield each sentence with the line, from 1, on which its paragraph begins."""
    for line, sentence in _split(text):
        if len(sentence) <= LONGEST_SENTENCE:
            yield line, sentence


def _split(text: str) -> Iterator[tuple[int, str]]:
    for line, paragraph in _paragraphs(text):
        start = 0
        for end in _END.finditer(paragraph):
            if _ABBREVIATED.search(paragraph[: end.start()]):
                continue
            yield line, paragraph[start : end.end()].strip()
            start = end.end()
        if paragraph[start:].strip():
            yield line, paragraph[start:].strip()


def _paragraphs(text: str) -> Iterator[tuple[int, str]]:
    """Yield what stands together: a table's row, a list's item, lines broken inside a sentence."""
    held, first, code = "", 0, False
    for number, line in enumerate(text.splitlines(), 1):
        if _CODE.match(line):
            code = not code
            line = ""
        line = "" if code else line.rstrip()
        goes_on = len(held) >= LONG_LINE and not held.endswith((".", "!", "?", ":", ";", "|"))
        if held and goes_on and not _BLOCK.match(line):
            held = f"{held} {_bare(line)}"
            continue
        if held:
            yield first, held
        held, first = _bare(line), number
    if held:
        yield first, held


def _bare(line: str) -> str:
    """Return a line without its markup and the number of its paragraph."""
    plain = _MARKUP.sub(" ", line).lstrip("#>*+-•| \t") if not _signed(line) else line
    return " ".join(_NUMBERED.sub("", plain, count=1).split())


def _signed(line: str) -> bool:
    return bool(re.match(r"\s*[-+−–]\s?\d", line))
