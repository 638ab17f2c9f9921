"""What only the territorial policing performance report shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from scrutiny.measures import Result
from scrutiny.measures.survey import Asked
from scrutiny.periods import Days
from scrutiny.registers import PerformanceTarget

FROM_PRINT = "from-print"


@dataclass(frozen=True)
class Extremes:
    """The boroughs whose change in a measure is the lowest and the highest over three months.

    ``apart`` says whether the 95% intervals of the two leave each other out: only then is one
    named better than the other.
    """

    measure: str
    lowest: Result
    highest: Result
    apart: bool


@dataclass(frozen=True)
class Territorial:
    """The days so far, shares of parts, what was printed, boroughs and their groups.

    ``from_print`` are changes and shares worked out from the document's own counts; ``groups``
    the change of each measure by the name of a group of boroughs; ``survey`` what people said.
    """

    days: Days
    parts: tuple[tuple[str, str], ...]
    from_print: tuple[Result, ...]
    extremes: tuple[Extremes, ...]
    groups: Mapping[str, tuple[Result, ...]]
    targets: tuple[PerformanceTarget, ...]
    survey: tuple[Asked, ...]
