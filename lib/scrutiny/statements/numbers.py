"""The measured numbers of a sentence: counts, percentages and percentage points."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

COUNT, PERCENT, POINTS = "count", "per cent", "percentage points"

# Not "one", which more often points than counts.
_WORDS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
          "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15,
          "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20}  # fmt: skip
_SCALES = {"thousand": 1e3, "k": 1e3, "million": 1e6, "m": 1e6, "billion": 1e9, "bn": 1e9}
_NUMBER = re.compile(
    r"(?<![\w.,/:&#])(?<!\d[-–−])"
    r"(?P<sign>[+−–-]\s?(?=[\d.]))?(?P<money>[£$€])?"
    rf"(?P<digits>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?|\b(?:{'|'.join(_WORDS)})\b)"
    r"(?!\d|[.,]\d)(?P<scale>\s?(?:thousand|million|billion|bn|m|k)\b)?"
    r"(?P<unit>[\s-]?(?:percentage|per[\s-]?cent|%)[\s-]points?\b|\s?pp\b|[\s-]points?\b"
    r"|\s?%|[\s-]?per[\s-]?cent(?:age)?\b)?",
    re.IGNORECASE,
)
_TIMES = r"(?:year|month|week|day|hour|minute|quarter|night|o'clock|am|pm)s?\b"
_MONTHS = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b"
)
# What follows or stands before a number that names or times something, and measures nothing.
_NAMED_AFTER = re.compile(
    rf"[\s-]?{_TIMES}|(?:st|nd|rd|th)\b|\s{_MONTHS}|\s?[-–−]\s?\d|[A-Za-z]", re.IGNORECASE
)
_NAMED_BEFORE = re.compile(
    r"\b(?:paragraphs?|paras?|sections?|tables?|figures?|pages?|chapters?|appendix|annex|item|no|"
    rf"number|recommendations?|report|line|aged?|ages|ni|q|quarter|version|{_MONTHS})\.?\s*$",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d$")
_OF_A_YEAR = re.compile(
    r"(?:^|\b(?:in|since|until|till|by|of|for|during|from|to|before|after|end|year|early|late|"
    r"spring|summer|autumn|winter|and|between|mid-?|than|with|against|versus|vs|v)\.?\s*|[(,;:]\s*|[A-Za-z]-)$",
    re.IGNORECASE,
)
_FINANCIAL_YEAR = re.compile(r"(?:19|20)\d\d[/–-]\d\d(?:\d\d)?\b(?![/.]\d)")
_AGE = re.compile(r"\b(?:under|over|below|above)\s*$", re.IGNORECASE)
_NO_NOUN = re.compile(r"\s*(?:$|[(),.;:]|(?:and|or|were|are|at|when)\b)", re.IGNORECASE)
DIGITS_OF_AN_AGE = 2
LOOK_BACK = 40
_ROUGH = re.compile(
    r"(?:about|around|some|nearly|almost|over|under|approximately|approx\.?|roughly|more than|"
    r"less than|fewer than|at least|at most|up to|just over|just under|circa|c\.|region of|~|"
    r"close to|order of)\s*(?:a\s)?[£$€]?$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Number:
    """A measured number as it is written, where it stands, and how finely it is given.

    ``half`` is half a unit of its last digit, none (0) of a whole count; ``sign`` is 1, -1 or 0.
    """

    text: str
    value: float
    kind: str
    start: int
    end: int
    half: float
    sign: int = 0
    rough: bool = False


def numbers(sentence: str) -> list[Number]:
    """Return the measured numbers of a sentence, in order; dates and names are left out."""
    years = [(found.start(), found.end()) for found in _FINANCIAL_YEAR.finditer(sentence)]
    return [
        made
        for found in _tokens(sentence)
        if not any(first <= found.start("digits") < last for first, last in years)
        for made in [_made(sentence, found)]
        if made
    ]


def years(text: str) -> list[int]:
    """Return the years that a text names; a financial year by its first."""
    return [int(found) for found in re.findall(r"(?<![\d,.])(?:19|20)\d\d(?![\d,.]\d)", text)]


def _tokens(sentence: str) -> Iterator[re.Match]:
    yield from _NUMBER.finditer(sentence)
    # The whole of a fraction, 74/358, follows a stroke, and so is not among the others.
    yield from re.finditer(
        r"(?<=\d/)(?P<sign>)(?P<money>)(?P<digits>\d[\d,]*)(?P<scale>)(?P<unit>)(?![/\d])", sentence
    )


def _made(sentence: str, found: re.Match) -> Number | None:
    unit = " ".join((found["unit"] or "").lower().replace("-", " ").split())
    digits = found["digits"].lower()
    before, after = (
        sentence[max(0, found.start() - LOOK_BACK) : found.start()],
        sentence[found.end() :],
    )
    kind = POINTS if "point" in unit or unit == "pp" else PERCENT if unit else COUNT
    word = digits in _WORDS
    if kind == COUNT:
        if _NAMED_AFTER.match(after) or _NAMED_BEFORE.search(before):
            return None
        if _YEAR.match(digits) and (_OF_A_YEAR.search(before) or after[:1] in ("", ".", ",", ")")):
            return None
        if len(digits) <= DIGITS_OF_AN_AGE and _AGE.search(before) and _NO_NOUN.match(after):
            return None
    value = float(_WORDS[digits]) if word else float(digits.replace(",", ""))
    places = len(digits.partition(".")[2])
    scale = _SCALES.get((found["scale"] or "").strip().lower(), 1)
    rough = bool(_ROUGH.search(before))
    half = 0.5 * scale * 10.0**-places
    if kind == COUNT and scale == 1 and not places:
        half = 0.5 * 10.0 ** _noughts(digits) if rough else 0.0
    sign = (found["sign"] or "").strip()
    return Number(
        found[0].strip(),
        value * scale,
        kind,
        found.start(),
        found.end(),
        half,
        0 if not sign or kind == COUNT else 1 if sign == "+" else -1,
        rough,
    )


def _noughts(digits: str) -> int:
    plain = digits.replace(",", "")
    return len(plain) - len(plain.rstrip("0"))
