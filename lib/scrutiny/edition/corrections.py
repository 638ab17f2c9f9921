"""What was corrected in an edition after it was approved: ``corrections.yml`` beside it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field

from scrutiny.edition import fields
from scrutiny.errors import FaultyEdition

FILE = "corrections.yml"
LONGEST = 500  # characters of a reason


class Correction(BaseModel):
    """One correction: the day on which it was made, and why, as the page says it."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    on: dt.date
    reason: Annotated[str, Field(min_length=1, max_length=LONGEST)]


class _Corrections(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    corrections: tuple[Correction, ...]


def load(folder: Path, called: str) -> tuple[Correction, ...]:
    """Return an edition's corrections, the first first; none without the file.

    Raises :class:`scrutiny.errors.FaultyEdition`.
    """
    if not (folder / FILE).is_file():
        return ()
    return fields.checked(
        folder / FILE, f"{called}/{FILE}", _Corrections, FaultyEdition
    ).corrections


def text_of(corrections: tuple[Correction, ...]) -> str:
    """Return the file that holds the corrections."""
    return yaml.safe_dump(
        {"corrections": [correction.model_dump() for correction in corrections]},
        allow_unicode=True,
        sort_keys=False,
    )
