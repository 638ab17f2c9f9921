"""Which two numbers of a sentence are set against each other: before and after, part and whole."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, replace

from scrutiny.statements.numbers import COUNT, PERCENT, POINTS, Number, years

CHANGE, SHARE = "change", "share"

_UP = (
    r"increas\w*|ris(?:e|es|en|ing)|rose|gr(?:ew|own|owth|ow|owing)|up|higher|more|gain\w*|"
    r"climb\w*|improv\w*|jump\w*|surg\w*|greater"
)
_DOWN = (
    r"decreas\w*|fall\w*|fell|down|drop\w*|reduc\w*|declin\w*|lower\w*|fewer|less|cuts?|shrank|"
    r"shrunk|dipped|slipped|smaller"
)
_EITHER = r"chang\w*|differen\w*|moved|movement"
_LINK = (
    r"(?:\s+(?:of|by|was|is|were|about|around|some|nearly|almost|just|only|over|under|a|an|"
    r"approximately|roughly|more than|less than|at least))*"
)
_MOVED_BEFORE = re.compile(
    rf"\b(?:(?P<up>{_UP})|(?P<down>{_DOWN})|{_EITHER})\b(?:\s+in(?:\s+[\w'’-]+){{1,4}}?\s+of)?"
    rf"{_LINK}[\s:(]*$",
    re.IGNORECASE,
)
_MOVED_AFTER = re.compile(
    rf"\s*(?:(?P<up>{_UP})|(?P<down>{_DOWN})|{_EITHER})\b(?!\s+than\s+\d)", re.IGNORECASE
)
_FILLER = r"(?:\s+(?!and\b|or\b|to\b|from\b|of\b)[\w'’()-]+){0,5}\s*[£$€]?$"
_FROM = re.compile(rf"\bfrom{_FILLER}", re.IGNORECASE)
_FROM_FIRST = re.compile(r"\bfrom(?:\s+(?!to\b)[\w'’()-]+){0,8}\s*[£$€]?$", re.IGNORECASE)
_TO = re.compile(rf"\bto{_FILLER}", re.IGNORECASE)
_COMPARED = re.compile(
    r"\b(?:compared\s+(?:with|to)|in comparison (?:with|to)|against|versus|vs?\.?|relative to)\W",
    re.IGNORECASE,
)
_EARLIER = re.compile(
    r"\b(?:last|previous|prior|preceding|earlier)\s+(?:\w+\s+)?(?:year|month|quarter|week|period|"
    r"months|weeks)|\b(?:year|month|quarter|period|months|weeks)\s+(?:before|earlier|ago|"
    r"previously)|\bpreviously\b|\bformerly\b|\bhad been\b|\bhaving been\b|\bwas\s*\|",
    re.IGNORECASE,
)
_LATER = re.compile(
    r"\bthis\s+(?:year|month|quarter|week|time|period)|\bnow\b|\bcurrent(?:ly)?\b|\blatest\b",
    re.IGNORECASE,
)
_OF = re.compile(
    r"(?:^|\s)(?:[\w'’-]+\s+){0,6}?(?:out of|of)(?:\s+(?:a|an|the|its)\s+\w+\s+of)?"
    r"(?:\s+(?:the|a|all|these|those|total|of|its|their|some|over|about|around|our))*\s*[£$€]?$",
    re.IGNORECASE,
)
_OF_FIRST = re.compile(
    r"(?:(?:^|[.;:,%)–-]\s*|\s)(?:Of|Out of|Among)|(?:^|[.;:,%)–-]\s*)(?:out of|among|of))"
    r"(?:\s+(?:the|a|all|these|those|total|of|its|some|our))*\s*$"
)
_OF_WHICH = re.compile(
    r"\b(?:of (?:which|whom|these|those|them)|includ(?:es?|ed|ing)|among them)\s*,?\s*$",
    re.IGNORECASE,
)
_OF_THEM = re.compile(r"\s*(?:\w+\s+)?of (?:which|whom|these|those|them)\b", re.IGNORECASE)
_RANGE = re.compile(r"\b(?:rang\w+|varie[sd]|var(?:y|ying))\b", re.IGNORECASE)
_OTHER_CLAUSE = re.compile(r"[.;:]\s|\b(?:and|while|whilst|but|whereas|although|target)\b", re.I)
_OTHER_SUBJECT = re.compile(
    r",\s+(?!which|this|that|it\b|a\b|an\b|or\b)[^,]*\b(?:was|were|is|are)\b", re.I
)
_INTRODUCED = re.compile(
    r"[(,:=–]\s*(?:(?:or|that is|that's|which is|i\.e\.|making|giving|a rate of|a share of|"
    r"equal to|equivalent to|this is|about|around|some|just|only|nearly|almost|over|under)\s*)*$",
    re.IGNORECASE,
)
_ON = re.compile(
    r"\b(?:on|than)(?:\s+(?:the|last year['’]s|a year earlier['’]s))?\s*$", re.IGNORECASE
)
FURTHEST = 90


@dataclass(frozen=True)
class Pair:
    """Two numbers set against each other: ``first`` is before, or part; ``second`` after or whole.

    ``ordered`` says whether the wording tells which of a change is before.
    """

    kind: str
    first: Number
    second: Number
    ordered: bool = True

    @property
    def start(self) -> int:
        """Where the pair begins in its sentence."""
        return min(self.first.start, self.second.start)

    @property
    def end(self) -> int:
        """Where it ends."""
        return max(self.first.end, self.second.end)


def moved(sentence: str, number: Number) -> int | None:
    """Return 1, -1 or 0 for a number that is said to be a change: up, down or either; else None."""
    before, after = _before(sentence, number), sentence[number.end :]
    found = _MOVED_BEFORE.search(before) or _MOVED_AFTER.match(after)
    if found:
        return 1 if found["up"] else -1 if found["down"] else number.sign
    return number.sign or None


def pairs(sentence: str, found: list[Number]) -> list[Pair]:
    """Return the pairs of a sentence: neighbours of one kind, changes between them left out."""
    made: list[Pair] = []
    for kind in (COUNT, PERCENT):
        still = [n for n in found if n.kind == kind and (kind == COUNT or not _told(sentence, n))]
        used: set[Number] = set()
        for left, right in itertools.pairwise(still):
            if left in used or right.start - left.end > FURTHEST:
                continue
            if pair := _pair(sentence, left, right, found):
                made.append(pair)
                used |= {left, right}
    return made + _further_parts(sentence, made, found)


def _further_parts(sentence: str, made: list[Pair], found: list[Number]) -> list[Pair]:
    """Return later parts of a whole that a sentence began with."""
    paired = {number for pair in made for number in (pair.first, pair.second)}
    return [
        Pair(SHARE, number, pair.second)
        for pair in made
        if pair.kind == SHARE and pair.second.start < pair.first.start
        for number, share in itertools.pairwise(found)
        if number.kind == COUNT and number.start > pair.end and number not in paired
        if share.kind == PERCENT and sentence[number.end : share.start].strip() == "("
    ]


def figure(sentence: str, pair: Pair, found: list[Number], taken: set[Number]) -> Number | None:
    """Return the per cent that a sentence gives for a pair, or None.

    It stands beside the pair or inside it, with no other measured number between, in its clause.
    """
    candidates = []
    for number in found:
        if number in taken or number.kind == COUNT or number in (pair.first, pair.second):
            continue
        inside = pair.start < number.start < pair.end
        after = number.start >= pair.end
        low, high = (pair.end, number.start) if after else (number.end, pair.start)
        if not inside:
            if any(low <= other.start < high for other in found) or high - low > FURTHEST:
                continue
            if _elsewhere(sentence[low:high], number, after=after):
                continue
        if _fits(sentence, pair, number, after=after, inside=inside):
            candidates.append((0 if inside else high - low + 1, not after, number))
    return min(candidates, key=lambda c: c[:2])[2] if candidates else None


def _elsewhere(between: str, number: Number, *, after: bool) -> bool:
    if after and _OTHER_SUBJECT.search(between):
        return True
    # A colon leads from a figure to its counts; a semicolon does so in a table's row alone.
    loose = between.replace(":", ",")
    return bool(_OTHER_CLAUSE.search(loose.replace(";", ",") if number.sign else loose))


def _fits(sentence: str, pair: Pair, number: Number, *, after: bool, inside: bool) -> bool:
    way = moved(sentence, number)
    between = sentence[pair.end : number.start]
    if pair.kind == SHARE:
        ahead = sentence[number.end : pair.start]
        introduced = inside or bool(
            _INTRODUCED.search(between) if after else re.search(r"[(:–]\s*$", ahead)
        )
        return number.kind == PERCENT and way is None and introduced
    if way is not None:
        return True
    return after and bool(re.fullmatch(r"[\s\w]{0,20}[(,:–]\s*(?:or\s+)?(?:by\s+)?", between))


def _before(sentence: str, number: Number) -> str:
    """Return what stands before a number, as far as any pattern looks."""
    first = max(0, number.start - FURTHEST)
    return f"{'…' if first else ''}{sentence[first : number.start]}"


def _told(sentence: str, number: Number) -> bool:
    return moved(sentence, number) is not None


def _pair(sentence: str, left: Number, right: Number, found: list[Number]) -> Pair | None:
    between = _blanked(sentence, left.end, right.start, found)
    before = _before(sentence, left)
    if left.kind == COUNT and (share := _share(sentence, before, left, right, between, found)):
        return share
    if re.search(r"[.!?]\s", between):
        return None
    if left.kind == COUNT and (way := moved(sentence, right)) and not _told(sentence, left):
        return Pair(CHANGE, _apart(left, right, way), left)
    if left.kind == COUNT and (way := moved(sentence, left)) and between.strip() == "to":
        return Pair(CHANGE, _apart(right, left, way), right)
    told = any(left.end <= n.start < right.start and _told(sentence, n) for n in found)
    if told and _ON.search(between):
        return Pair(CHANGE, right, left)
    if between.strip() == "to" and before.rstrip().endswith("("):
        return Pair(CHANGE, left, right)
    if _FROM_FIRST.search(before) and _TO.search(between) and not _ranges(before):
        return Pair(CHANGE, left, right)
    if _FROM.search(between):
        return Pair(CHANGE, right, left)
    return _by_time(sentence, before, left, right, between)


def _share(
    sentence: str, before: str, left: Number, right: Number, between: str, found: list[Number]
) -> Pair | None:
    if re.fullmatch(r"/|\s+in(?:\s+every)?\s+", between) or _OF.fullmatch(between):
        return Pair(SHARE, left, right)
    inside = [n for n in found if left.end <= n.start < right.start]
    if len(inside) == 1 and re.fullmatch(
        r"\s+of(?:\s+(?:the|all|its))?\s*", sentence[inside[0].end : right.start]
    ):
        return Pair(SHARE, left, right)
    if _OF_FIRST.search(before) and not re.search(r"[;:.]", between):
        return Pair(SHARE, right, left)
    whole = _OF_WHICH.search(between) or _OF_THEM.match(sentence[right.end :])
    return Pair(SHARE, right, left) if whole else None


def _apart(after: Number, difference: Number, way: int) -> Number:
    """Return the count before, of the count after and by how much it moved."""
    before = after.value - way * difference.value
    return replace(difference, value=before, text=f"{before:,.10g}")


def _by_time(sentence: str, before: str, left: Number, right: Number, between: str) -> Pair | None:
    """Return a pair that words of time, or of comparing, set against each other."""
    after = re.split(r"[.;)]", sentence[right.end : right.end + 60])[0]
    middle = re.split(r"[,;(]|\b(?:and|to|with|against|versus)\b", between)
    near_left, near_right = before[-45:] + " | " + middle[0], " ".join(middle[1:]) + " | " + after
    compared = bool(_COMPARED.search(f" {between}"))
    order = _order(near_left, near_right)
    if order is None:
        return Pair(CHANGE, right, left, ordered=False) if compared else None
    return Pair(CHANGE, left, right) if order else Pair(CHANGE, right, left)


def _order(left: str, right: str) -> bool | None:
    """Return whether the left of two numbers is the earlier one, or None where nothing says."""
    named = [years(left.rpartition("|")[2]), years(right)]
    if all(named) and named[0][0] != named[1][0]:
        return named[0][0] < named[1][0]
    marks = [(bool(_EARLIER.search(side)), bool(_LATER.search(side))) for side in (left, right)]
    if marks[0][0] != marks[1][0]:
        return marks[0][0]
    if marks[0][1] != marks[1][1]:
        return marks[1][1]
    return None


def _ranges(before: str) -> bool:
    return bool(_RANGE.search(before[-60:]))


def _blanked(sentence: str, start: int, end: int, found: list[Number]) -> str:
    """Return a stretch of a sentence without the percentages that stand in it."""
    text = sentence[start:end]
    for number in found:
        if start <= number.start < end and number.kind in (PERCENT, POINTS):
            text = text.replace(sentence[number.start : number.end], " ", 1)
    return re.sub(r"\(\s*\)", " ", text)
