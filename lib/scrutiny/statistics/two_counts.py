"""Whether chance could explain the difference between two counts, or two rates.

Each takes the counts for Poisson counts. Crime counts vary more than that, so a p that is not small
shows that chance could explain a difference; a small p alone does not show that it could not.

``alternative`` is ``two-sided``, ``greater`` (the first rate is the higher) or ``less``.
"""

from __future__ import annotations

from scipy.special import bdtr

TWO_SIDED = "two-sided"


def conditional_binomial(
    first: int,
    second: int,
    exposures: tuple[float, float] = (1, 1),
    *,
    ratio: float = 1,
    alternative: str = TWO_SIDED,
) -> float:
    """Return the p of two counts, given their sum (Przyborowski and Wilenski 1940).

    If the first rate is ``ratio`` times the second, the first count is binomial of the sum. Two
    sides: all counts that are no likelier than the one found.
    """
    total = first + second
    if total == 0:
        return 1.0
    share = ratio * exposures[0] / (ratio * exposures[0] + exposures[1])
    if alternative == TWO_SIDED and share == 0.5:
        # Both tails are alike; this spares every page the seconds of loading scipy.stats.
        return float(min(1.0, 2 * bdtr(min(first, second), total, share)))
    from scipy.stats import binomtest

    return float(binomtest(first, total, share, alternative=alternative).pvalue)


def e_test(
    first: int,
    second: int,
    exposures: tuple[float, float] = (1, 1),
    *,
    alternative: str = TWO_SIDED,
) -> float:
    """Return the p of two counts by the E-test (Krishnamoorthy and Thomson 2004).

    It finds more than the conditional test where counts are small.
    """
    from scipy.stats import poisson_means_test

    made = poisson_means_test(first, exposures[0], second, exposures[1], alternative=alternative)
    return float(made.pvalue)


def score_test(
    first: int,
    second: int,
    exposures: tuple[float, float] = (1, 1),
    *,
    ratio: float = 1,
    alternative: str = TWO_SIDED,
) -> float:
    """Return the p of two rates by the score test (Gu and others 2008, their W2)."""
    from statsmodels.stats.rates import test_poisson_2indep

    made = test_poisson_2indep(
        first,
        exposures[0],
        second,
        exposures[1],
        value=ratio,
        method="score",
        compare="ratio",
        alternative={"greater": "larger", "less": "smaller"}.get(alternative, alternative),
    )
    return float(made.pvalue)
