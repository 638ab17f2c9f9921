"""``scrutiny approve``: a built edition is approved as it stands, and recorded."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from scrutiny.due import Origins
from scrutiny.edition import Target, load
from scrutiny.edition.load import FILE
from scrutiny.errors import NotApproved
from scrutiny.project import Project
from scrutiny.publish.approval import Approval, hashes, in_force, parts_in, record
from scrutiny.publish.build import build
from scrutiny.publish.pages import pages_of
from scrutiny.publish.revise import set_status
from scrutiny.publish.verify import verify

APPROVED = "approved"
RESULTS = "results.csv"


def approve(project: Project, out: Path, target: Target, *, by: str, jobs: int) -> str:
    """Approve an edition whole; return in a sentence what was done.

    Its pages must stand, as they were built and up to date. They are then made once more, with
    the status that they now have; the numbers must be the same to the byte. Raises
    :class:`scrutiny.errors.NotApproved`.
    """
    folder = out / target.report / target.edition
    if (already := in_force(project, target)) and already.stands(folder):
        return f"{target} was approved by {already.by} on {already.on}; nothing has changed"
    if already:
        raise NotApproved(
            f"{target} was approved by {already.by} on {already.on}, and what stands is not that; "
            f"run scrutiny verify {target}, then scrutiny build {target} --force"
        )
    _refuse_unready(project, out, target)
    before = _results(folder)
    own = project.params / target.report / target.edition / FILE
    edition = load(project.params, target.report, target.edition)
    if edition.settings.status != APPROVED:
        undo = set_status(own, APPROVED)
        try:
            outcome = build(project, [target], out, named=True, jobs=jobs)
            if outcome.failed or outcome.stopped:
                why = outcome.failed[0][1] if outcome.failed else "it was stopped"
                raise NotApproved(f"{target}: not approved, as its pages could not be made: {why}")
            if _results(folder) != before:
                raise NotApproved(
                    f"{target}: not approved, as its numbers changed while it was; read it again"
                )
        except BaseException:
            undo()
            raise
    outputs = {part: hashes(folder / part) for part in parts_in(folder)}
    day = dt.datetime.now(dt.UTC).date()
    record(project, target, Approval(edition.revision, by, f"{day}", outputs))
    return (
        f"{target}, revision {edition.revision}, is approved by {by}: {len(outputs)} pages, "
        f"{sum(map(len, outputs.values()))} files"
    )


def _refuse_unready(project: Project, out: Path, target: Target) -> None:
    folder = out / target.report / target.edition
    cure = f"run scrutiny build {target}, read it, then approve"
    missing = sorted(set(pages_of(project, target)) - set(parts_in(folder)))
    if missing:
        raise NotApproved(f"{target}: {len(missing)} of its pages are not built; {cure}")
    origins = Origins(project, out)
    for part in pages_of(project, target):
        if changes := origins.changes(target, part):
            raise NotApproved(f"{target}: {changes[0]} since it was built; {cure}")
    if faults := verify(project, out, [target]).faults:
        raise NotApproved(f"{target}: {faults[0]}")


def _results(folder: Path) -> dict[str, str]:
    """Return the hash of each page's numbers."""
    return {part: hashes(folder / part).get(RESULTS, "") for part in parts_in(folder)}
