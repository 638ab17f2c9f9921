"""Areas that come near the top again and again, and how many would by chance alone.

Counts of a month are too small to rank areas by; what lasts over many months is not chance. The
idea is that of stable hot spots (Weisburd and others 2004, Criminology 42: 283-322).
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import ArrayLike, NDArray

TOP = 0.1  # of the areas


def ranks(counts: ArrayLike) -> NDArray[np.int64]:
    """Return each area's place from the highest count down; areas that tie share the first."""
    known = np.asarray(counts, dtype=float)
    return 1 + known.size - np.searchsorted(np.sort(known), known, side="right")


def in_the_top(counts: ArrayLike, top: float = TOP) -> NDArray[np.bool_]:
    """Return whether each area is in the top tenth: fewer than a tenth of all areas have more.

    Areas that tie at the edge are all in it; one that has none never is.
    """
    known = np.asarray(counts, dtype=float)
    return (ranks(known) - 1 < top * known.size) & (known > 0)


def chance_of_at_least(times: int, shares: Iterable[float]) -> float:
    """Return how likely an area is in the top at least ``times``, if each top is drawn anew.

    ``shares`` has for each time what share of the areas is in the top. The number of times is
    then Poisson-binomial (Poisson 1837; Hodges and Le Cam 1960), and binomial where the shares
    are alike.
    """
    chances = np.ones(1)
    for share in shares:
        chances = np.convolve(chances, [1 - share, share])
    return float(chances[times:].sum())
