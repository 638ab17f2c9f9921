"""Many comparisons at once: which p are small enough when so many are made."""

from __future__ import annotations

from collections.abc import Sequence


def false_discovery(p_values: Sequence[float]) -> list[float]:
    """Return each p adjusted for the number of them (Benjamini and Hochberg 1995).

    Of the comparisons whose adjusted p is at most 0.05, 5% are expected to be mere chance.
    """
    from scipy.stats import false_discovery_control

    return [float(p) for p in false_discovery_control(p_values)] if len(p_values) else []
