"""The edition's texts: numbers filled in by name, and what in them no number supports.

A placeholder is ``{{ tno.mps.change_percent.12m }}``, or short ``{{ tno.change_percent }}`` for
the page's own area and window. With ``was -3.1 within 0.5`` it also says what the number was when
the sentence was written and how far it may move before the sentence is stale. Nothing in it is
executed: a name is looked up, or refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from scrutiny import places
from scrutiny.edition import REPORTS, Edition
from scrutiny.edition.new import CARRIED
from scrutiny.errors import FaultyEdition, near
from scrutiny.measures import Result, result_id
from scrutiny.statements import sentence, statements
from scrutiny.statements.numbers import COUNT, PERCENT, POINTS, Number, numbers
from scrutiny.statements.sentences import sentences

_BRACED = re.compile(r"\{\{(?P<inner>[^{}]*)\}\}|\{\{|\}\}")
_NAMED = re.compile(
    r"\s*(?P<name>[a-z0-9][a-z0-9_.-]*)"
    r"(?:\s+was\s+(?P<was>[+-]?[\d,]+(?:\.\d+)?)%?(?:\s+within\s+(?P<within>[\d,]+(?:\.\d+)?))?)?\s*"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
PARTS_OF_A_SHORT_FORM = 2
WINDOWS_OF_A_LEVEL = ("month", "day")
WRITE = "write {{ measure.statistic }} or a result_id of results.csv, or leave the braces out"


@dataclass(frozen=True)
class Placeholder:
    """A number's place in a text: where it stands, the number, and what the text says it was."""

    start: int
    end: int
    result: Result
    was: float | None
    within: float


def placeholders(
    text: str, called: str, edition: Edition, area: str, known: Mapping[str, Result]
) -> list[Placeholder]:
    """Return the placeholders of a text in order, each with its number.

    Raises :class:`scrutiny.errors.FaultyEdition` for one that names no number of the page, with
    the nearest names, and for one whose number is not to be shown.
    """
    return [_placeholder(found, called, edition, area, known) for found in _BRACED.finditer(text)]


def _placeholder(
    found: re.Match, called: str, edition: Edition, area: str, known: Mapping[str, Result]
) -> Placeholder:
    line = found.string[: found.start()].count("\n") + 1
    where = f"{edition.target}/{called}.md, line {line}: {found[0]!r}"
    named = _NAMED.fullmatch(found["inner"] or "")
    if named is None:
        raise FaultyEdition(f"{where} is not a placeholder; {WRITE}")
    name = named["name"]
    key = next((key for key in _keys(name, edition, area) if key in known), "")
    if not key:
        shorter = {short for own in known for short in [own, _short(own)]}
        raise FaultyEdition(f"{where} names no number of this page{near(name, shorter)}; {WRITE}")
    if known[key].status in ("withheld", "suppressed"):
        raise FaultyEdition(f"{where}: the figure is {known[key].status}; delete the placeholder")
    was, within = (_float(named[group]) for group in ("was", "within"))
    digits = (named["was"] or "").partition(".")[2]
    half = 0.5 * 10.0 ** -len(digits)
    return Placeholder(*found.span(), known[key], was, half if within is None else within)


def _keys(name: str, edition: Edition, area: str) -> Iterator[str]:
    """Yield the ids that a name may stand for: as it is, or short."""
    yield name
    parts = name.split(".")
    if len(parts) == PARTS_OF_A_SHORT_FORM:
        compare = [edition.now.kind] if hasattr(edition.settings, "compare") else []
        for window in (*compare, *WINDOWS_OF_A_LEVEL):
            yield result_id(parts[0], area, parts[1], window)


def _short(key: str) -> str:
    measure, _, statistic, *_ = key.split(".")
    return f"{measure}.{statistic}"


def _float(text: str | None) -> float | None:
    return None if text is None else float(text.replace(",", ""))


def stale(found: Placeholder) -> bool:
    """Whether a number is no longer what its text says, or has turned its direction."""
    now = found.result.value
    if found.was is None or now is None:
        return found.was is not None
    return abs(now - found.was) > found.within or now * found.was < 0


def warnings(edition: Edition, area: str, known: Mapping[str, Result]) -> list[str]:
    """Return what an author should settle in the texts: missing, carried over, stale, unsupported.

    Raises :class:`scrutiny.errors.FaultyEdition` for a placeholder that cannot be filled in.
    """
    told = [
        f"no text {name}.md beside edition.yml"
        for name in REPORTS[edition.report].texts
        if not edition.texts.get(name, "").strip()
    ]
    told += [
        f"{name}.md is carried over from another edition; read it, and delete its first line"
        for name, text in edition.texts.items()
        if CARRIED.match(text)
    ]
    for name, text in edition.texts.items():
        found = placeholders(text, name, edition, area or places.MPS, known)
        told += [_told(name, text, one) for one in found if stale(one)]
        bare = _without(text, found)
        told += [f"{name}.md, line {one.line}: {sentence(one)}" for one in statements(bare)
                 if not one.follows]  # fmt: skip
        told += [
            f"{name}.md, line {line}: {number.text} is typed, and no number of the page supports it"
            for line, said in sentences(bare)
            for number in numbers(said)
            if any(map(str.isdigit, number.text)) and not _supported(number, known)
        ]
    return told


def _told(name: str, text: str, found: Placeholder) -> str:
    line = text[: found.start].count("\n") + 1
    return (
        f"{name}.md, line {line}: stale: {found.result.result_id} is now {found.result.printed}, "
        f"was {found.was:+.10g}; rewrite the sentence"
    )


def _without(text: str, found: list[Placeholder]) -> str:
    """Return the text with a word for each placeholder, so that none of it is read as a number."""
    for one in reversed(found):
        text = f"{text[: one.start]}so many{text[one.end :]}"
    return text


def _supported(number: Number, known: Mapping[str, Result]) -> bool:
    """Whether a number of the page, or a year, is what is typed."""
    if _YEAR.fullmatch(number.text):
        return True
    units = {PERCENT: ("%",), POINTS: ("percentage points",)}.get(number.kind)
    return any(
        abs(abs(result.value) - number.value) <= number.half
        for result in known.values()
        if result.value is not None and (result.unit in units if units else number.kind == COUNT)
    )
