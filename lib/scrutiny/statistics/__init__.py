"""Numbers in, numbers out: no files, no periods, no words. Imports numpy, scipy, statsmodels."""

from scrutiny.statistics.attribute import (
    AttributeLimits,
    c_chart_limits,
    p_chart_limits,
    u_chart_limits,
)
from scrutiny.statistics.change import gap_points, percent_change, rate, share
from scrutiny.statistics.discovery import false_discovery
from scrutiny.statistics.extremes import Extremes, at_once, extremes
from scrutiny.statistics.family import Surveyed, against_family, grade
from scrutiny.statistics.funnel import (
    NOT_SIGNIFICANT,
    funnel_limits,
    funnel_significance,
    proportion_funnel_limits,
    proportion_funnel_significance,
    rate_funnel_limits,
)
from scrutiny.statistics.intervals import (
    byar_interval,
    change_interval,
    count_interval,
    poisson_interval,
    rate_interval,
)
from scrutiny.statistics.overdispersion import (
    additive_limits,
    between_areas_variance,
    dispersion,
    dispersion_p,
    multiplicative_limits,
    winsorised,
)
from scrutiny.statistics.persistence import chance_of_at_least, in_the_top, ranks
from scrutiny.statistics.proportions import (
    exact_proportion_interval,
    newcombe_interval,
    survey_interval,
    wilson_interval,
)
from scrutiny.statistics.ratio_of_ratios import (
    RatioOfRatios,
    difference_in_differences,
    gap_of_ratio,
    log_ratio_score,
    ratio_of_ratios,
)
from scrutiny.statistics.signals import assurance, point_types, special_causes, variation
from scrutiny.statistics.suppression import recoverable, suppressed
from scrutiny.statistics.trajectory import projection, seasonal_line, straight_line
from scrutiny.statistics.transforms import arcsine_root, log_change, log_ratio, root_ratio
from scrutiny.statistics.two_counts import conditional_binomial, e_test, score_test
from scrutiny.statistics.xmr import Limits, Segment, rebased, xmr_limits

__all__ = [
    "NOT_SIGNIFICANT",
    "AttributeLimits",
    "Extremes",
    "Limits",
    "RatioOfRatios",
    "Segment",
    "Surveyed",
    "additive_limits",
    "against_family",
    "arcsine_root",
    "assurance",
    "at_once",
    "between_areas_variance",
    "byar_interval",
    "c_chart_limits",
    "chance_of_at_least",
    "change_interval",
    "conditional_binomial",
    "count_interval",
    "difference_in_differences",
    "dispersion",
    "dispersion_p",
    "e_test",
    "exact_proportion_interval",
    "extremes",
    "false_discovery",
    "funnel_limits",
    "funnel_significance",
    "gap_of_ratio",
    "gap_points",
    "grade",
    "in_the_top",
    "log_change",
    "log_ratio",
    "log_ratio_score",
    "multiplicative_limits",
    "newcombe_interval",
    "p_chart_limits",
    "percent_change",
    "point_types",
    "poisson_interval",
    "projection",
    "proportion_funnel_limits",
    "proportion_funnel_significance",
    "ranks",
    "rate",
    "rate_funnel_limits",
    "rate_interval",
    "ratio_of_ratios",
    "rebased",
    "recoverable",
    "root_ratio",
    "score_test",
    "seasonal_line",
    "share",
    "special_causes",
    "straight_line",
    "suppressed",
    "survey_interval",
    "u_chart_limits",
    "variation",
    "wilson_interval",
    "winsorised",
    "xmr_limits",
]
