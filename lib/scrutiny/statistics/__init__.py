"""Numbers in, numbers out: no files, no periods, no words. Imports numpy, scipy, statsmodels."""

from scrutiny.statistics.change import gap_points, percent_change, rate, share
from scrutiny.statistics.two_counts import conditional_binomial

__all__ = ["conditional_binomial", "gap_points", "percent_change", "rate", "share"]
