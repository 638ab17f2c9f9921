"""The first and the last of many areas by a change, and whether chance could have put them there.

Ranks of areas are unstable: of many that are alike, chance makes one the first and one the last
(Marshall and Spiegelhalter 1998, BMJ 316: 1701-1705). So each area's interval is widened until all
of them hold at once (Sidak 1967), and by how much areas vary beyond chance.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from scrutiny.statistics.overdispersion import dispersion, multiplicative_limits
from scrutiny.statistics.transforms import log_change


class Extremes(NamedTuple):
    """Positions of the lowest and the highest change, their limits in per cent, both apart or not.

    ``apart``: whether the two widened intervals do not overlap.
    """

    lowest: int
    highest: int
    limits_of_lowest: tuple[float, float]
    limits_of_highest: tuple[float, float]
    apart: bool


def at_once(areas: int, confidence: float = 0.95) -> float:
    """Return how sure each of many intervals must be, so that all hold at once (Sidak)."""
    return confidence ** (1 / areas)


def extremes(before: Sequence[float], now: Sequence[float], confidence: float = 0.95) -> Extremes:
    """Return the areas whose counts changed least and most, with limits widened for all of them.

    Limits are on the logarithm of the ratio of two Poisson counts, a half added to each, with an
    error times the root of the dispersion of all areas about their common change.
    """
    made = [log_change(first, second) for first, second in zip(before, now, strict=True)]
    common, _ = log_change(sum(before), sum(now))
    phi = dispersion([(change - common) / error for change, error in made])
    changes = [change for change, _ in made]
    level = at_once(len(made), confidence)
    lowest, highest = int(np.argmin(changes)), int(np.argmax(changes))
    low, high = (multiplicative_limits(*made[at], phi, level) for at in (lowest, highest))
    return Extremes(lowest, highest, _in_per_cent(low), _in_per_cent(high), low[1] < high[0])


def _in_per_cent(limits: tuple[float, float]) -> tuple[float, float]:
    return 100 * math.expm1(limits[0]), 100 * math.expm1(limits[1])
