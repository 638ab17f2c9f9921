"""Control charts of what is counted: shares (p), rates (u) and counts (c).

Shewhart's three standard errors of a binomial or Poisson count, as in Montgomery, "Introduction to
Statistical Quality Control", chapter 7. Crime varies more than such counts do: where the numbers
are large, the limits of :mod:`scrutiny.statistics.xmr` are the ones to use.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

REACH = 3  # standard errors from the centre to a limit


class AttributeLimits(NamedTuple):
    """The centre, and for each point its own lower and upper limit; no limit is impossible."""

    centre: float
    lower: NDArray[np.float64]
    upper: NDArray[np.float64]


def p_chart_limits(events: ArrayLike, sizes: ArrayLike) -> AttributeLimits:
    """Return the limits of the shares ``events / sizes``, as fractions."""
    counted, size = np.asarray(events, dtype=float), np.asarray(sizes, dtype=float)
    centre = float(counted.sum() / size.sum())
    return _limits(centre, np.sqrt(centre * (1 - centre) / size), highest=1)


def u_chart_limits(events: ArrayLike, exposures: ArrayLike) -> AttributeLimits:
    """Return the limits of the rates ``events / exposures``."""
    counted, exposure = np.asarray(events, dtype=float), np.asarray(exposures, dtype=float)
    centre = float(counted.sum() / exposure.sum())
    return _limits(centre, np.sqrt(centre / exposure))


def c_chart_limits(events: ArrayLike) -> AttributeLimits:
    """Return the limits of counts over equal exposures."""
    counted = np.asarray(events, dtype=float)
    return u_chart_limits(counted, np.ones_like(counted))


def _limits(centre: float, error: NDArray[np.float64], highest: float = np.inf) -> AttributeLimits:
    reach = REACH * error
    return AttributeLimits(
        centre, np.maximum(centre - reach, 0), np.minimum(centre + reach, highest)
    )
