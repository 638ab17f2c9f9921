"""The schemes of categories that recorded-crime files have used, and which one a file uses."""

from __future__ import annotations

from collections.abc import Iterable

# Which categories tell the schemes apart; the line that a file matches best names its scheme.
_SCHEMES = (
    ("A'", {"burglary - residential", "theft person"}, "theft and handling"),
    ("A", {"burglary in a dwelling", "other theft person"}, "theft and handling"),
    ("C+", {"stalking and harassment", "res burglary of a home"}, "theft"),
    ("C", {"burglary in a dwelling", "theft from the person"}, "theft"),
    ("B first form", {"burglary - residential", "theft from person"}, "theft"),
    ("B", {"domestic burglary", "theft from person"}, "theft"),
)


def scheme_of(pairs: Iterable[tuple[str, str]]) -> str:
    """Return the scheme of a file that holds these major and minor categories."""
    folded = {(group.casefold(), category.casefold()) for group, category in pairs}
    groups, names = {group for group, _ in folded}, {name for _, name in folded}
    matches = {scheme: len(signs & names) for scheme, signs, group in _SCHEMES if group in groups}
    best = max(matches, key=matches.__getitem__, default=None)
    return best if best and matches[best] else "unknown scheme"
