"""The catalogue: what each measure means, its unit, which direction is better, its caveats."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType

import yaml

MOPAC_7 = "mopac7"


@dataclass(frozen=True)
class Measure:
    """One entry: ``better`` is ``lower``, ``higher`` or ``neutral``; ``made_of`` adds up to it.

    A measure that is a fraction names the count that it is a fraction of in ``share_of``; one that
    publishers have dropped names its nearest living measure in ``relative``. A ``level``, such as
    the officers at a month's end, is not added up over months or areas. One that is wholly within
    another names that in ``part_of``.
    """

    key: str
    name: str
    unit: str
    better: str
    definition: str
    caveats: tuple[str, ...] = ()
    made_of: tuple[str, ...] = ()
    share_of: str = ""
    relative: str = ""
    level: bool = False
    part_of: str = ""

    @property
    def in_sentence(self) -> str:
        """The name within a sentence: its first letter small but for abbreviations."""
        first, *rest = self.name.split(" ", 1)
        return self.name if first.isupper() else " ".join([first.lower(), *rest])


@cache
def catalogue() -> Mapping[str, Measure]:
    """Return every measure by its key, in the catalogue's order."""
    text = resources.files("scrutiny.measures").joinpath("catalogue.yml").read_text("utf-8")
    entries = [
        Measure(
            **entry
            | {
                "caveats": tuple(entry.get("caveats", ())),
                "made_of": tuple(entry.get("made_of", ())),
            }
        )
        for entry in yaml.safe_load(text)
    ]
    return MappingProxyType({entry.key: entry for entry in entries})


def mopac_seven() -> tuple[str, ...]:
    """Return the keys of the seven crimes, in the order in which MOPAC lists them."""
    return catalogue()[MOPAC_7].made_of
