"""Many comparisons at once: which p are small enough when so many are made."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np


def false_discovery(p_values: Sequence[float]) -> list[float]:
    """Return each p adjusted for the number of them (Benjamini and Hochberg 1995).

    Of the comparisons whose adjusted p is at most 0.05, 5% are expected to be mere chance.
    """
    given = np.asarray(p_values, dtype="float64")
    order = np.argsort(given)
    # A p is multiplied by how many there are for each that is as small, and is at most what the
    # next greater one is; scipy.stats says the same, but takes longer to load than a page to make.
    raised = given[order] * (len(given) / np.arange(1, len(given) + 1))
    adjusted = np.empty_like(given)
    adjusted[order] = np.minimum.accumulate(raised[::-1])[::-1]
    return np.minimum(adjusted, 1.0).tolist()
