"""A meeting from ``params/meetings/<date>.yml``: its agenda, and the editions under each item."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from scrutiny.edition import fields
from scrutiny.edition.targets import MEETINGS, Target, resolve
from scrutiny.errors import FaultyMeeting, RequestError, UnknownMeeting, near


def _as_text(value: object) -> object:
    return str(value) if type(value) is int else value


def _of_an_edition(target: str) -> str:
    if "/" not in target:
        raise ValueError(f"{target!r} names no edition, like committee-monthly/2012-10")
    return target


def _told_apart(items: tuple[Item, ...]) -> tuple[Item, ...]:
    numbers = [item.number for item in items]
    if repeated := sorted({number for number in numbers if numbers.count(number) > 1}):
        raise ValueError(f"two items have the number {', '.join(repeated)}")
    return items


Text = Annotated[str, Field(min_length=1)]
EditionName = Annotated[str, AfterValidator(_of_an_edition)]


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Item(_Model):
    """An item of the agenda; ``editions`` are targets, none where nothing of ours is under it."""

    number: Annotated[str, BeforeValidator(_as_text), Field(pattern=r"^[0-9A-Za-z.]{1,8}$")]
    title: Text
    editions: tuple[EditionName, ...] = ()


class Settings(_Model):
    """The fields of a meeting's file; ``venue`` and ``time`` stand as they are to be printed."""

    title: Text
    body: Text
    venue: Text
    time: Text
    items: Annotated[tuple[Item, ...], Field(min_length=1), AfterValidator(_told_apart)]
    note: str = ""


@dataclass(frozen=True)
class Meeting:
    """One meeting: ``targets`` has, for each item of the agenda, the editions or parts under it."""

    day: dt.date
    settings: Settings
    targets: tuple[tuple[Target, ...], ...]

    @property
    def name(self) -> str:
        """The name on the command line: ``2012-10-25``."""
        return self.day.isoformat()


def meetings(params: Path) -> list[str]:
    """Return the meetings that have a file, in order of name."""
    return sorted(path.stem for path in (params / MEETINGS).glob("*.yml"))


def load(params: Path, name: str) -> Meeting:
    """Return the checked meeting.

    Raises :class:`scrutiny.errors.UnknownMeeting` where there is none and
    :class:`scrutiny.errors.FaultyMeeting`, in one message, for all that is wrong with it.
    """
    known = meetings(params)
    if name not in known:
        raise UnknownMeeting(
            f"no meeting is called {name!r}; known: {', '.join(known) or 'none'}"
            f"{near(name, known)}; each is a file like {MEETINGS}/2012-10-25.yml in params"
        )
    called = f"{MEETINGS}/{name}.yml"
    try:
        day = dt.datetime.strptime(name, "%Y-%m-%d").date()  # noqa: DTZ007 (a day has no zone)
    except ValueError as error:
        raise FaultyMeeting(f"{called}: the file's name is not a day like 2012-10-25") from error
    settings = fields.checked(params / MEETINGS / f"{name}.yml", called, Settings, FaultyMeeting)
    try:
        targets = tuple(tuple(resolve(params, item.editions)) for item in settings.items)
    except RequestError as error:
        raise FaultyMeeting(f"{called}: {error}") from error
    if twice := _named_twice(targets):
        raise FaultyMeeting(f"{called}: {twice} is named twice; a page stands in a pack once")
    return Meeting(day, settings, targets)


def _named_twice(targets: tuple[tuple[Target, ...], ...]) -> str:
    """Return the first edition or part that two items name, or an empty text."""
    seen: set[Target] = set()
    for target in (target for under in targets for target in under):
        whole = Target(target.report, target.edition)
        its_parts = {t for t in seen if (t.report, t.edition) == (whole.report, whole.edition)}
        if seen & {target, whole}:
            return str(target)
        if target.part is None and its_parts:
            return str(min(its_parts, key=str))
        seen.add(target)
    return ""
