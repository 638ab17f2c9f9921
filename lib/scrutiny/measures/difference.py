"""What differs between the numbers of two editions; the command and the page say the same."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

COUNTS = ("figures-changed", "figures-added", "figures-dropped", "figures-same", "figures-revised")
LEFT = ("commitments-left", "actions-left", "letters-left", "decisions-left")
PROJECTED = "projected"
LAST_EDITION = "last-edition"  # the tag of a number as the last edition had it


def difference(before: pd.DataFrame, after: pd.DataFrame) -> dict:
    """Return what changed between two frames of results, as columns are in ``results.csv``.

    ``changed``, ``added`` and ``dropped`` are lists in the order of the pages; a changed number
    has ``before`` and ``after`` (value and printed text) and ``change``, the difference of the
    values, None where one of them has none. ``same`` counts the others.
    """
    before, after = (
        _compared(frame).set_index("result_id", drop=False) for frame in (before, after)
    )
    earlier, later = (
        {row["result_id"]: row for row in f.to_dict("records")} for f in (before, after)
    )
    shared = [key for key in later if key in earlier]
    changed = [
        _about(later[key])
        | {
            "before": _shown(earlier[key]),
            "after": _shown(later[key]),
            "change": _change(earlier[key]["value"], later[key]["value"]),
        }
        for key in shared
        if _printed(earlier[key]) != _printed(later[key])
    ]
    return {
        "same": len(shared) - len(changed),
        "changed": changed,
        "added": _all(later, [key for key in later if key not in earlier]),
        "dropped": _all(earlier, [key for key in earlier if key not in later]),
    }


def revised(found: dict) -> list[dict]:
    """Return those of the changed numbers that are of the same period: revised, not moved on.

    A projection moves with every month, and is no revision.
    """
    return [
        number
        for number in found["changed"]
        if number["before"]["period"] == number["after"]["period"]
        and not number["statistic"].startswith(PROJECTED)
    ]


def _compared(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the numbers without those that speak of the last edition themselves."""
    counts = frame["measure"].isin((*COUNTS, *LEFT))
    return frame[~(counts | frame["result_id"].str.endswith(f".{LAST_EDITION}"))]


def _all(numbers: dict[str, dict], keys: Iterable[str]) -> list[dict]:
    return [_about(numbers[key]) | _shown(numbers[key]) for key in keys]


def _about(number: dict) -> dict:
    return {name: number[name] for name in ("result_id", "measure", "area", "statistic", "unit")}


def _shown(number: dict) -> dict:
    value = number["value"]
    return {
        "value": None if pd.isna(value) else float(value),
        "printed": number["printed"],
        "period": number["period"],
        "status": number["status"],
    }


def _printed(number: dict) -> tuple:
    """Return what makes a number another; that it is of another period does not."""
    return tuple(_shown(number)[name] for name in ("value", "printed", "status"))


def _change(before: float, after: float) -> float | None:
    return None if pd.isna(before) or pd.isna(after) else float(after - before)
