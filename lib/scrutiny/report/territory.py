"""What only the territorial policing performance report shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from scrutiny.measures import Result
from scrutiny.measures.family import Member
from scrutiny.measures.hot_spots import HotSpots
from scrutiny.measures.standing import Ends
from scrutiny.measures.survey import Asked
from scrutiny.periods import Days
from scrutiny.registers import PerformanceTarget

FROM_PRINT = "from-print"


@dataclass(frozen=True)
class Apart:
    """The boroughs whose change in a measure over three months chance does not join to London's.

    ``above`` and ``below`` are the changes whose whole 95% interval lies on that side of the
    change of the MPS, by the borough's name. ``ends`` are the boroughs with the highest and the
    lowest change; None where one is not known.
    """

    measure: str
    above: tuple[Result, ...]
    below: tuple[Result, ...]
    ends: Ends | None


@dataclass(frozen=True)
class Territorial:
    """The days so far, shares of parts, what was printed, boroughs and their groups.

    ``from_print`` are changes and shares worked out from the document's own counts; ``groups``
    the change of each measure by the name of a group of boroughs; ``survey`` what people said;
    ``hot_spots`` the small areas that come up month after month, by kind and measure; ``family``
    the force and those most similar to it, where their figures are on record.
    """

    days: Days
    parts: tuple[tuple[str, str], ...]
    from_print: tuple[Result, ...]
    apart: tuple[Apart, ...]
    groups: Mapping[str, tuple[Result, ...]]
    targets: tuple[PerformanceTarget, ...]
    survey: tuple[Asked, ...]
    hot_spots: tuple[HotSpots, ...] = ()
    family: tuple[Member, ...] = ()
