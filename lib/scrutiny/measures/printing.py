"""How numbers are printed: half up, one decimal for per cent and points, whole for counts."""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Decimal

NOT_AVAILABLE = "n/a"
NOT_COMPARABLE = "not comparable"
SMALLEST_PRINTED_P = 0.001
SMALLEST_LEVEL_PRINTED_WHOLE = 100


def rounded(value: float, decimals: int) -> Decimal:
    """Return the value rounded half up: 0.25 to one decimal is 0.3."""
    return Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def count(value: float) -> str:
    """Return ``797,339``."""
    return f"{rounded(value, 0):,}"


def count_change(value: float) -> str:
    """Return ``+7``: how many more; ``0`` for no change."""
    return _signed(value, 0)


def percent_change(value: float) -> str:
    """Return ``+1.5%``; ``n/a`` where there was nothing before."""
    return NOT_AVAILABLE if math.isnan(value) else f"{_signed(value, 1)}%"


def share(value: float, decimals: int = 1) -> str:
    """Return ``15.5%``; ``n/a`` of nothing."""
    return NOT_AVAILABLE if math.isnan(value) else f"{rounded(value, decimals)}%"


def points(value: float, decimals: int = 1) -> str:
    """Return ``-3.8``, in percentage points."""
    return NOT_AVAILABLE if math.isnan(value) else _signed(value, decimals)


def level(value: float, around: float) -> str:
    """Return a value of a series that stands ``around`` a level: a decimal where that is small."""
    return f"{rounded(value, 0 if around >= SMALLEST_LEVEL_PRINTED_WHOLE else 1):,}"


def rate(value: float) -> str:
    """Return ``2.0``, events per 1,000 residents."""
    return f"{rounded(value, 1):,}"


def money(value: float) -> str:
    """Return ``3,612.4``, in millions of pounds."""
    return f"{rounded(value, 1):,}"


def ratio(value: float) -> str:
    """Return ``0.96``."""
    return f"{rounded(value, 2):,}"


def p_value(value: float) -> str:
    """Return ``0.79``, or ``under 0.001``."""
    if value < SMALLEST_PRINTED_P:
        return f"under {SMALLEST_PRINTED_P}"
    # Enough digits that a p just under 0.05 is not printed as 0.05.
    return str(rounded(value, 2 if value >= 0.1 else 4))


def _signed(value: float, decimals: int) -> str:
    number = rounded(value, decimals)
    return f"{number:+,}" if number else f"{abs(number)}"
