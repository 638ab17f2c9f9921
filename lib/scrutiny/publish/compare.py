"""``scrutiny compare``: what changed between two built editions or parts, number by number."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from scrutiny.edition import Target
from scrutiny.errors import WrongOption
from scrutiny.measures.results import from_csv
from scrutiny.publish.revise import folder_of

RESULTS = "results.csv"


def compare(out: Path, earlier: Target, later: Target, revisions: tuple[int, int] = (0, 0)) -> dict:
    """Return what changed between the main pages of two editions, or between two parts.

    ``changed``, ``added`` and ``dropped`` are lists in the order of the pages; a changed number
    has ``before`` and ``after`` (value and printed text) and ``change``, the difference of the
    values, None where one of them has none. ``same`` counts the others. ``revisions`` are earlier
    revisions to take, 0 for what stands now.

    Raises :class:`scrutiny.errors.WrongOption` for a page that is not built.
    """
    pairs = tuple(zip((earlier, later), revisions, strict=True))
    before, after = (_numbers(out, target, revision) for target, revision in pairs)
    called = [f"{target}@{revision}" if revision else str(target) for target, revision in pairs]
    shared = [key for key in after.index if key in before.index]
    changed = [
        _about(after.loc[key])
        | {
            "before": _shown(before.loc[key]),
            "after": _shown(after.loc[key]),
            "change": _difference(before.loc[key, "value"], after.loc[key, "value"]),
        }
        for key in shared
        if _printed(before.loc[key]) != _printed(after.loc[key])
    ]
    return {
        "from": called[0],
        "to": called[1],
        "same": len(shared) - len(changed),
        "changed": changed,
        "added": _all(after, [key for key in after.index if key not in before.index]),
        "dropped": _all(before, [key for key in before.index if key not in after.index]),
    }


def sentences(found: dict) -> list[str]:
    """Return a comparison in lines for people."""
    lines = [
        f"{found['from']} to {found['to']}: {len(found['changed'])} numbers changed, "
        f"{len(found['added'])} added, {len(found['dropped'])} dropped, {found['same']} the same"
    ]
    for number in found["changed"]:
        change = number["change"]
        moved = "" if change is None else f" (change {change:+,.10g})"
        printed = (number[side]["printed"] or number[side]["value"] for side in ("before", "after"))
        lines.append(f"changed  {number['result_id']:60} {' -> '.join(map(str, printed))}{moved}")
    for kind in ("added", "dropped"):
        lines += [
            f"{kind:8} {number['result_id']:60} {number['printed'] or number['value']}"
            for number in found[kind]
        ]
    return lines


def _numbers(out: Path, target: Target, revision: int) -> pd.DataFrame:
    names = (target.report, target.edition, *filter(None, [target.part]))
    path = out.joinpath(*names, RESULTS)
    if revision:
        path = folder_of(out, target, revision) / (target.part or "") / RESULTS
    if not path.is_file():
        what = (
            f"revision {revision} of {target} is not kept" if revision else f"{target} is not built"
        )
        raise WrongOption(f"{what} here; run scrutiny build {target}")
    return from_csv(path).set_index("result_id", drop=False)


def _all(numbers: pd.DataFrame, keys: Iterable[str]) -> list[dict]:
    return [_about(numbers.loc[key]) | _shown(numbers.loc[key]) for key in keys]


def _about(number: pd.Series) -> dict:
    return {name: number[name] for name in ("result_id", "measure", "area", "statistic", "unit")}


def _shown(number: pd.Series) -> dict:
    value = number["value"]
    return {
        "value": None if pd.isna(value) else float(value),
        "printed": number["printed"],
        "period": number["period"],
        "status": number["status"],
    }


def _printed(number: pd.Series) -> tuple:
    """Return what makes a number another; that it is of another period does not."""
    return tuple(_shown(number)[name] for name in ("value", "printed", "status"))


def _difference(before: float, after: float) -> float | None:
    return None if pd.isna(before) or pd.isna(after) else float(after - before)
