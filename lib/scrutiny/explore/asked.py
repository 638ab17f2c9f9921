"""What an address asks of a dashboard; nothing else is looked at, and what is refused is told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from typing import Any, TypeVar
from urllib.parse import parse_qsl, urlencode

LONGEST_QUERY = 500  # of an address, in characters
LONGEST_TOLD = 40  # of what a message repeats of it


class Asked:
    """A dataclass of what is shown, whose fields are keys as they stand in a permalink."""

    @property
    def permalink(self) -> str:
        """The query string that shows the same again."""
        return "?" + urlencode({f.name: getattr(self, f.name) for f in fields(self)})


Chosen = TypeVar("Chosen", bound=Any)  # a dataclass that is an Asked


def read(
    query: str,
    first: Chosen,
    names: Mapping[str, str],
    settled: Callable[[Chosen, str], tuple[Chosen, str]],
) -> tuple[Chosen, tuple[str, ...]]:
    """Return what a query string asks for, and a message for all that was passed over.

    ``first`` is what is shown where nothing was asked for. A message is plain text and may hold
    what a stranger wrote: escape it.
    """
    if len(query) > LONGEST_QUERY:
        return first, ("The address was too long, and was not followed.",)
    asked = dict(reversed(parse_qsl(query, errors="replace")))  # of two, the first
    messages = [f"{quoted(name)} is no choice here." for name in asked if name not in names]
    chosen = first
    for name in (f.name for f in fields(first)):
        given = asked.get(name, getattr(chosen, name))
        chosen, told = settled(replace(chosen, **{name: given}), name)
        messages += [told] if told and name in asked else []
    return chosen, tuple(messages)


def settle(
    chosen: Chosen, name: str, offered: Mapping[str, str], usual: str, called: str
) -> tuple[Chosen, str]:
    """Return the choice with one field at a value that can be had, and why it was changed."""
    given = getattr(chosen, name)
    if given in offered:
        return chosen, ""
    taken = usual if usual in offered else next(iter(offered))
    told = f"{called.capitalize()} {quoted(given)} is not on file here"
    return replace(chosen, **{name: taken}), f"{told}: {offered[taken]} is shown."


def quoted(given: str) -> str:
    """Return what an address says, shortened, in quotes: not yet safe as markup."""
    shown = given[:LONGEST_TOLD] + ("…" if len(given) > LONGEST_TOLD else "")
    return f"“{shown}”"
