"""What a cell of words shows, and the wording that all sentences share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import TypeVar

from scrutiny import places
from scrutiny.markup import number
from scrutiny.markup import text as escape
from scrutiny.measures import Measure, Result, catalogue
from scrutiny.report import Report

CHANCE_FROM = 0.05
Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Passage:
    """HTML made of our own words and escaped text; shown as it is by a notebook."""

    html: str

    def _repr_html_(self) -> str:
        return self.html


def of_the_whole(answer: Callable[..., Answer]) -> Callable[..., Answer | Passage]:
    """Return an answer that a page cut out of a list leaves to the page of the whole."""

    @wraps(answer)
    def answered(report: Report, *given: object) -> Answer | Passage:
        return Passage("") if report.is_extract else answer(report, *given)

    return answered


def listed(sentences: list[str], *, classes: str = "") -> Passage:
    """Return a list of sentences that are already markup."""
    attribute = f' class="{classes}"' if classes else ""
    items = "\n".join(f"<li>{sentence}</li>" for sentence in sentences)
    return Passage(f"<ul{attribute}>\n{items}\n</ul>")


def paragraphs(*sentences: str) -> Passage:
    """Return paragraphs that are already markup."""
    return Passage("\n".join(f"<p>{sentence}</p>" for sentence in sentences))


def absent(report: Report, measure: str) -> Passage:
    """Return why a measure is not shown: the files lack it, or the edition does not name it."""
    name = escape(catalogue()[measure].name)
    if measure in report.missing_measures:
        return paragraphs(f"{name}: not in the files that this page was made from, so not shown.")
    return paragraphs(f"{name}: not among the measures of this edition, so not shown.")


def direction(result: Result) -> str:
    """Return ``up``, ``down`` or ``no change`` for a change as it is printed.

    ``not comparable`` and ``no percentage`` where none could be made.
    """
    if not result.comparable:
        return "not comparable"
    if result.value is None:
        return "no percentage"
    sign = result.printed[0]
    return {"+": "up", "-": "down"}.get(sign, "no change")


def judged(measure: Measure, result: Result) -> str:
    """Return ``better``, ``worse`` or an empty string where neither way is good by itself."""
    way = direction(result)
    if measure.better == "neutral" or way not in ("up", "down"):
        return ""
    return "better" if (way == "down") == (measure.better == "lower") else "worse"


def could_be_chance(report: Report, measure: str, area: str = "") -> bool:
    """Whether two counts that differ so little could differ by chance alone."""
    p = report.number(measure, "p_value", area=area).value
    return p is not None and p >= CHANCE_FROM


def change_sentence(report: Report, measure: str, area: str = "") -> str:
    """Return one measure's change: the counts first, then the per cent, then chance."""
    entry = catalogue()[measure]
    now = report.number(measure, "count", area=area)
    before = report.number(measure, "count", f"{report.edition.now.kind}-before", area=area)
    change = report.number(measure, "change_percent", area=area)
    way = direction(change)
    earlier = escape(report.edition.before.name)
    if way == "not comparable":
        return (
            f"<strong>{escape(entry.name)}</strong>{_place(report, area)}: {number(now)} "
            f"{escape(entry.unit)} in {escape(report.edition.now.name)}. Not compared with "
            f"{earlier}. {escape(change.note)}"
        )
    if way == "no percentage":
        moved = f"none in {earlier}, so no percentage is given"
    elif way == "no change":
        moved = f"against {number(before)} in {earlier} ({number(change)})"
    else:
        moved = f"{way} from {number(before)} in {earlier} ({number(change)})"
    sentence = (
        f"<strong>{escape(entry.name)}</strong>{_place(report, area)}: {number(now)} "
        f"{escape(entry.unit)} in {escape(report.edition.now.name)}, {moved}."
    )
    return f"{sentence} {chance_sentence(report, measure, area)}"


def _place(report: Report, area: str) -> str:
    return f" in {escape(named(area or report.area))}"


def named(area: str) -> str:
    """Return how a sentence names an area."""
    return f"the {area}" if area == places.MPS else area


def chance_sentence(report: Report, measure: str, area: str = "") -> str:
    """Return whether chance alone could explain a change, of the area where one is named."""
    p = report.number(measure, "p_value", area=area)
    if not p.comparable:
        return ""
    shown = f"p {'' if p.printed.startswith('under') else '= '}{number(p)}"
    if could_be_chance(report, measure, area):
        what = f"{escape(area)}'s own change" if area else "a difference of this size"
        return f"Chance alone could explain {what} ({shown})."
    what = f"{escape(area)}'s own change" if area else "That"
    return f"{what} is more than chance alone would explain ({shown})."
