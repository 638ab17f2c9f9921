"""``scrutiny build TARGET --revise REASON``: a new revision of an approved edition."""

from __future__ import annotations

import datetime as dt
import re
import shutil
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from scrutiny.edition import Target, corrections, load
from scrutiny.edition.load import FILE
from scrutiny.errors import WrongOption
from scrutiny.project import Project
from scrutiny.publish.approval import in_force

if TYPE_CHECKING:
    from scrutiny.publish.build import Outcome

REVISIONS = "revisions"
FOR_REVIEW = "for review"
_STATUS = re.compile(r"(?m)^status:.*$")


def folder_of(out: Path, target: Target, revision: int) -> Path:
    """Return where an earlier revision of an edition is kept."""
    return out / REVISIONS / target.report / target.edition / str(revision)


def revise(
    project: Project, out: Path, targets: list[Target], reason: str, build: Callable[[], Outcome]
) -> Outcome:
    """Give an approved edition a correction and build it; what is taken back where that fails.

    The page then says the reason and the day, and waits for review: nobody has approved it yet.
    What was approved is kept under ``revisions``. Raises :class:`scrutiny.errors.WrongOption` for
    another target than one approved edition.
    """
    reason = " ".join(reason.split())
    if not 0 < len(reason) <= corrections.LONGEST:
        raise WrongOption(f"--revise: a reason of 1 to {corrections.LONGEST} characters is wanted")
    if len(targets) != 1 or targets[0].part is not None:
        raise WrongOption("--revise corrects one edition, whole: name it as report/edition")
    (target,) = targets
    if in_force(project, target) is None:
        raise WrongOption(f"{target} is not approved; --revise is for approved editions")
    edition = load(project.params, target.report, target.edition)
    own = project.params / target.report / target.edition
    made = corrections.Correction(on=dt.datetime.now(dt.UTC).date(), reason=reason)
    text = corrections.text_of((*edition.corrections, made))
    with ExitStack() as undo:
        undo.callback(_kept(out, target, edition.revision))
        undo.callback(_changed(own / corrections.FILE, text))
        undo.callback(set_status(own / FILE, FOR_REVIEW))
        outcome = build()
        if not (outcome.failed or outcome.stopped):
            undo.pop_all()
    return outcome


def set_status(path: Path, status: str) -> Callable[[], object]:
    """Write a status into ``edition.yml``; return what takes it back."""
    text, line = path.read_text("utf-8"), f"status: {status}"
    new, replaced = _STATUS.subn(line, text, count=1)
    return _changed(path, new if replaced else f"{text.rstrip()}\n{line}\n")


def _changed(path: Path, text: str) -> Callable[[], object]:
    """Write a file whole; return what puts back what it was."""
    before = path.read_bytes() if path.is_file() else None
    new = path.with_name(f".{path.name}.new")
    new.write_text(text, "utf-8", newline="\n")
    new.replace(path)
    return path.unlink if before is None else lambda: path.write_bytes(before)


def _kept(out: Path, target: Target, revision: int) -> Callable[[], object]:
    """Keep what stands as a revision; return what removes it again."""
    kept = folder_of(out, target, revision)
    stands = out / target.report / target.edition
    if not stands.is_dir() or kept.exists():
        return lambda: None
    kept.parent.mkdir(parents=True, exist_ok=True)
    shutil.copytree(stands, kept)
    return lambda: shutil.rmtree(kept, ignore_errors=True)
