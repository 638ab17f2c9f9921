"""What the recommendation tracker holds: each recommendation as it stands at the edition's end."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from scrutiny.edition import Edition
from scrutiny.errors import FaultyEdition, UnknownPlace, near
from scrutiny.registers import Action, HistoryEntry, NotableImpact, Recommendation, Registers
from scrutiny.report import tracked
from scrutiny.report.recommended import Recommended

# What fits a page beside its other sections, as measured on pages of long lists.
BYTES_OF_A_LIST, BYTES_OF_A_ROW, BYTES_OF_AN_ENTRY = 90_000, 600, 180
LONGEST_TAG = 40


@dataclass(frozen=True)
class Tracker:
    """What a page of the tracker holds beside its numbers.

    ``all`` are the recommendations that its numbers count, ``listed`` those with a row on the
    page; ``pages`` are the parts that list the others. ``tags`` gives themes and owners the short
    names that their numbers have. ``before`` is the last edition about the same recommendations.
    """

    at: dt.date
    all: tuple[Recommended, ...]
    listed: tuple[Recommended, ...]
    pages: tuple[tuple[str, tuple[Recommended, ...]], ...]
    themes: dict[str, str]
    owners: dict[str, str]
    impacts: tuple[NotableImpact, ...]
    actions: tuple[Action, ...]
    before: Edition | None
    alone: bool

    def of_owner(self, owner: str) -> tuple[Recommended, ...]:
        """Return the recommendations that were made to an owner, alone or with others."""
        return tuple(r for r in self.all if owner in owners_of(r.recommendation))

    def of_theme(self, theme: str) -> tuple[Recommended, ...]:
        """Return the recommendations about a theme that have a row on the page."""
        return tuple(r for r in self.listed if r.recommendation.theme == theme)


def contents(edition: Edition, registers: Registers, part: str, before: Edition | None) -> dict:
    """Return the fields of the page: the edition whole, a page of its list, or one recommendation.

    Raises :class:`scrutiny.errors.FaultyEdition` where the edition names an origin that the
    register does not hold, and :class:`scrutiny.errors.UnknownPlace` for a part that is none.
    """
    everything = _as_they_stand(edition, registers, before)
    pages = _pages(everything)
    of_parts = {r.tag: (r,) for r in everything} | dict(pages)
    if part and part not in of_parts:
        raise UnknownPlace(
            f"{edition.target} has no part {part!r}{near(part, of_parts)}; a part is the number of "
            "a recommendation"
        )
    own = of_parts.get(part, everything)
    names = {r.recommendation.theme: None for r in own}
    owners = {owner: None for r in own for owner in owners_of(r.recommendation)}
    tracker = Tracker(
        at=edition.settings.data_to.end_time.date(),
        all=own,
        listed=() if pages and not part else own,
        pages=() if part else pages,
        themes=_tags(names),
        owners=_tags(owners),
        impacts=_impacts(edition, registers, own, whole=not part),
        actions=() if part else _actions(edition, registers),
        before=before,
        alone=bool(part) and len(own) == 1,
    )
    numbers = tracked.numbers(edition, tracker, part)
    return {
        "results": numbers,
        "measures": tuple(dict.fromkeys(number.measure for number in numbers)),
        "recommended": tracker.listed,
        "tracker": tracker,
    }


def parts(edition: Edition, registers: Registers) -> tuple[list[str], list[str]]:
    """Return the parts that are built with the edition, and those that are built when named.

    The first are a page a recommendation; where there are too many for one table, the pages of
    the list instead, and a recommendation's own page is made for a hearing when it is asked for.
    """
    everything = _as_they_stand(edition, registers, None)
    own, pages = [r.tag for r in everything], [name for name, _ in _pages(everything)]
    return (pages, own) if pages else (own, [])


def owners_of(recommendation: Recommendation) -> list[str]:
    """Return whom a recommendation was made to."""
    return [name.strip() for name in recommendation.addressee.split(";") if name.strip()]


def _as_they_stand(
    edition: Edition, registers: Registers, before: Edition | None
) -> tuple[Recommended, ...]:
    """Return the edition's recommendations with their history up to the end of its month."""
    origin, month = edition.settings.origin, edition.name
    own = [r for r in registers.recommendations if r.origin == origin and r.asked_on[:7] <= month]
    if not own:
        raise FaultyEdition(
            f"{edition.target}: recommendations.csv holds none of origin {origin!r} "
            f"asked by {month}; correct the edition's origin, or add the rows"
        )
    histories: dict[str, list[HistoryEntry]] = defaultdict(list)
    for entry in registers.recommendation_history:
        if entry.date[:7] <= month:
            histories[entry.reference].append(entry)
    under: dict[str, list[Recommendation]] = defaultdict(list)
    for recommendation in own:
        if recommendation.parent is not None:
            under[recommendation.parent].append(recommendation)
    whole = [r for r in own if r.parent is None]
    tags = _tags(r.number for r in whole)
    return tuple(
        Recommended(
            recommendation=r,
            tag=tags[r.number],
            parts=tuple(under[r.number]),
            history=(history := tuple(sorted(histories[r.reference], key=lambda e: e.date))),
            at=edition.settings.data_to.end_time.date(),
            earlier=_colour(history, before),
            was_known=before is not None and r.asked_on[:7] <= before.name,
        )
        for r in whole
    )


def _colour(history: Iterable[HistoryEntry], before: Edition | None):
    """Return the colour that a recommendation had at the end of the edition before."""
    colours = [e.rag for e in history if e.rag and before and e.date[:7] <= before.name]
    return colours[-1] if colours else None


def _pages(everything: tuple[Recommended, ...]) -> tuple[tuple[str, tuple[Recommended, ...]], ...]:
    """Return the pages of a list that is too long for one, by name: ``1-to-27``."""
    pages: list[list[Recommended]] = []
    room = 0
    for found in everything:
        weight = _weight(found)
        if weight > room:
            pages.append([])
            room = BYTES_OF_A_LIST
        pages[-1].append(found)
        room -= weight
    if len(pages) == 1:
        return ()
    return tuple(
        (
            f"{page[0].tag}-to-{page[-1].tag}" if len(page) > 1 else f"{page[0].tag}-alone",
            tuple(page),
        )
        for page in pages
    )


def _weight(found: Recommended) -> int:
    """Return about how many bytes of a page a recommendation takes: its row, strip and reason."""
    texts = [found.recommendation.text, *(part.text for part in found.parts)]
    said = max((len(entry.response or "") for entry in found.history), default=0)
    return BYTES_OF_A_ROW + BYTES_OF_AN_ENTRY * len(found.history) + sum(map(len, texts)) + 2 * said


def _tags(names: Iterable[str]) -> dict[str, str]:
    """Return a short name for each, of small letters, digits and hyphens, no two the same."""
    tags: dict[str, str] = {}
    taken: set[str] = set()
    for name in names:
        stem = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:LONGEST_TAG].strip("-") or "x"
        tag, again = stem, 1
        while tag in taken:
            again += 1
            tag = f"{stem}-{again}"
        taken.add(tag)
        tags[name] = tag
    return tags


def _impacts(
    edition: Edition, registers: Registers, own: tuple[Recommended, ...], *, whole: bool
) -> tuple[NotableImpact, ...]:
    """Return what changed, as the edition's document has it, once that document is there."""
    document = registers.document(edition.settings.document)
    if not document.date or document.date[:7] > edition.name:
        return ()
    references = {r.recommendation.reference for r in own}
    return tuple(
        impact
        for impact in registers.notable_impacts
        if impact.document == document.document
        and (whole or references & set(impact.recommendations))
    )


def _actions(edition: Edition, registers: Registers) -> tuple[Action, ...]:
    """Return the actions of the edition's hearings, each as it stood at the end of its month."""
    last = edition.settings.data_to.end_time.date()
    return tuple(
        action
        if action.closed_on is None or action.closed_on <= last
        else action.model_copy(
            update={"closed_on": None, "closed_by": None, "closed_locator": None}
        )
        for action in registers.actions
        if action.document in edition.settings.hearings and action.meeting_on <= last
    )
