"""Work out every statement of a text from its own numbers."""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from scrutiny import statistics
from scrutiny.statements.numbers import COUNT, PERCENT, POINTS, Number, numbers
from scrutiny.statements.pairs import CHANGE, SHARE, Pair, figure, moved, pairs
from scrutiny.statements.sentences import sentences

_INTERVAL = re.compile(r"\b(?:confidence )?interval\b", re.IGNORECASE)
_WIDTH = re.compile(r"\b(?:range|width|wide)\b[^.;]{0,20}$", re.IGNORECASE)
_ENDS = re.compile(r"\b(?:between|from|low|lower)\b[^.;]{0,25}$", re.IGNORECASE)
_TO_END = re.compile(r"\s*(?:\w+\s+){0,3}(?:and|to|high)\b", re.IGNORECASE)
_THIS = re.compile(r"\b(?:this|that|which|it)\s+(?:is|was|represents|means)\b", re.IGNORECASE)
_FROM_LEVEL = re.compile(r"\bfrom\b[^.;,]{0,60}$", re.IGNORECASE)
_TINY = 1e-9


@dataclass(frozen=True)
class Statement:
    """A per cent, share or difference that can be worked out from numbers beside it.

    ``line`` is where its paragraph begins; ``kind`` is ``change of counts``, ``share``, ``change of
    percentages`` or ``interval``; ``stated`` is as the text has it, ``computed`` what its numbers
    give, ``working`` how; ``follows`` whether they agree within rounding, ``reason`` why not.
    """

    line: int
    sentence: str
    kind: str
    stated: str
    computed: str
    working: str
    follows: bool
    reason: str = ""


def statements(text: str) -> list[Statement]:
    """Return every statement of a text that the checker can read, in order."""
    made: list[Statement] = []
    last: list[Number] = []
    for line, sentence in sentences(text):
        found = numbers(sentence)
        made += _of_sentence(line, sentence, found, last)
        last = [n for n in found if n.kind == PERCENT and moved(sentence, n) is None]
    return made


def sentence(statement: Statement) -> str:
    """Return why a statement does not follow, with its working."""
    reason = statement.reason if "follow" in statement.reason else f"({statement.reason})"
    return f"{statement.stated} {reason}: {statement.working} is {statement.computed}"


def _of_sentence(
    line: int, sentence: str, found: list[Number], last: list[Number]
) -> Iterator[Statement]:
    taken: set[Number] = set()
    if ends := _interval(sentence, found):
        yield _judged(line, sentence, *ends)
        taken |= set(found)
    own = [p for p in pairs(sentence, found) if not {p.first, p.second} & taken]
    for pair in own:
        stated = figure(sentence, pair, found, taken)
        if stated is not None:
            taken |= {pair.first, pair.second, stated}
            yield _judged(line, sentence, pair, stated)
    # "This is an increase of 1.9% from 51.2%": the level after stands alone in the sentence before.
    if _THIS.search(sentence) and len(last) == 1:
        levels = [n for n in found if n.kind == PERCENT and moved(sentence, n) is None]
        changes = [n for n in found if n.kind != COUNT and moved(sentence, n) is not None]
        free = not taken & {*levels, *changes}
        if len(levels) == len(changes) == 1 and free:
            before = sentence[: levels[0].start]
            if _FROM_LEVEL.search(before):
                yield _judged(line, sentence, Pair(CHANGE, levels[0], last[0]), changes[0])


def _interval(sentence: str, found: list[Number]) -> tuple[Pair, Number] | None:
    """Return the ends of an interval and its width, where a sentence gives all three."""
    levels = [n for n in found if n.kind in (PERCENT, POINTS)]
    if not _INTERVAL.search(sentence) or len(levels) != 3:
        return None
    width, low, high = levels
    between = sentence[low.end : high.start]
    if not _WIDTH.search(sentence[: width.start]) or not _TO_END.match(between):
        return None
    if not _ENDS.search(sentence[: low.start]) or low.value > high.value:
        return None
    return Pair("interval", low, high), width


def _judged(line: int, sentence: str, pair: Pair, stated: Number) -> Statement:
    if pair.kind == SHARE:
        kind, ways = "share", [(pair.first, pair.second, statistics.share, "100 x {} / {}")]
    elif pair.kind == "interval":
        kind, ways = "interval", [(pair.first, pair.second, _difference, "from {} to {}")]
    else:
        counts = pair.first.kind == COUNT
        kind = "change of counts" if counts else "change of percentages"
        work = _difference if stated.kind == POINTS else statistics.percent_change
        ways = [(pair.first, pair.second, work, "from {} to {}")]
        if not pair.ordered:
            ways.append((pair.second, pair.first, work, "from {} to {}"))
    way = moved(sentence, stated) if pair.kind == CHANGE else 1
    signed = stated.value * (way or 1)
    results = [(first, second, work(first.value, second.value), work, how)
               for first, second, work, how in ways]  # fmt: skip
    good = [r for r in results if _agrees(signed, stated, r[0], r[1], r[3], either=not way)]
    first, second, value, work, how = (good or results)[0]
    unit = "%" if stated.kind == PERCENT and pair.kind != "interval" else " percentage points"
    sign = "+" if pair.kind == CHANGE else ""
    return Statement(
        line,
        sentence,
        kind,
        stated.text,
        f"{value:{sign}.{max(1, _places(stated))}f}{unit}",
        how.format(first.text.strip("+-−– "), second.text.strip("+-−– ")),
        bool(good),
        "" if good else _reason(signed, stated, first, second, value, kind),
    )


def _agrees(
    signed: float,
    stated: Number,
    first: Number,
    second: Number,
    work: Callable[[float, float], float],
    *,
    either: bool = False,
) -> bool:
    """Return whether a figure is what the numbers give, each known to its last digit."""
    corners = [
        work(a, b)
        for a, b in itertools.product(
            {first.value - first.half, first.value + first.half},
            {second.value - second.half, second.value + second.half},
        )
    ]
    if any(map(math.isnan, corners)):
        return False
    half = stated.half * (2 if stated.rough else 1) + _TINY
    low, high = min(corners) - half, max(corners) + half
    return low <= signed <= high or (either and low <= -signed <= high)


def _reason(
    signed: float, stated: Number, first: Number, second: Number, value: float, kind: str
) -> str:
    if kind == "interval" and _agrees(2 * signed, stated, first, second, _difference):
        return "this is half of the interval, not its range"
    of_levels = kind == "change of percentages"
    if of_levels and stated.kind == PERCENT and _agrees(signed, stated, first, second, _difference):
        return "these are percentage points, not per cent"
    relative = statistics.percent_change
    if of_levels and stated.kind == POINTS and _agrees(signed, stated, first, second, relative):
        return "this is per cent, not percentage points"
    if kind.startswith("change") and _agrees(-signed, stated, first, second, relative):
        return "the other way"
    step = 2 * stated.half
    if abs(signed - math.trunc(value / step) * step) < _TINY:
        return "cut, not rounded"
    return "does not follow"


def _difference(before: float, after: float) -> float:
    return after - before


def _places(number: Number) -> int:
    return max(0, round(-math.log10(2 * number.half)))
