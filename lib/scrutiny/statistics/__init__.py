"""Numbers in, numbers out: no files, no periods, no words. Imports numpy, scipy, statsmodels."""

from scrutiny.statistics.change import gap_points, percent_change, rate, share
from scrutiny.statistics.funnel import NOT_SIGNIFICANT, funnel_limits, funnel_significance
from scrutiny.statistics.intervals import (
    byar_interval,
    change_interval,
    count_interval,
    poisson_interval,
    rate_interval,
)
from scrutiny.statistics.trajectory import straight_line
from scrutiny.statistics.two_counts import conditional_binomial
from scrutiny.statistics.xmr import Limits, special_causes, xmr_limits

__all__ = [
    "NOT_SIGNIFICANT",
    "Limits",
    "byar_interval",
    "change_interval",
    "conditional_binomial",
    "count_interval",
    "funnel_limits",
    "funnel_significance",
    "gap_points",
    "percent_change",
    "poisson_interval",
    "rate",
    "rate_interval",
    "share",
    "special_causes",
    "straight_line",
    "xmr_limits",
]
