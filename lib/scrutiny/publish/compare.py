"""``scrutiny compare``: what changed between two built editions or parts, number by number."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from scrutiny.edition import Target
from scrutiny.errors import WrongOption
from scrutiny.measures.difference import difference
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
    called = [f"{target}@{revision}" if revision else str(target) for target, revision in pairs]
    before, after = (_numbers(out, target, revision) for target, revision in pairs)
    return {"from": called[0], "to": called[1]} | difference(before, after)


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
    return from_csv(path)
