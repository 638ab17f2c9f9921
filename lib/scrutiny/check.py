"""What a file is and what is wrong with it; whether an edition can be built."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from scrutiny import sources
from scrutiny.edition import resolve
from scrutiny.errors import FaultyFile, Problem, ScrutinyError, UnknownTarget
from scrutiny.project import Project
from scrutiny.publish.build import Outcome, plan
from scrutiny.sources.inputs import files_in

FIELDS = (
    "path", "source", "layout", "vintage", "first_month", "last_month", "rows", "areas",
    "problems", "notes",
)  # fmt: skip


@dataclass(frozen=True)
class Checked:
    """One file or edition: ``named`` says that the user named it, not a folder around it."""

    about: dict
    known: bool
    named: bool

    @property
    def fails(self) -> bool:
        """Whether it makes the check fail: faulty, or unknown although named."""
        return bool(self.about["problems"]) or (self.named and not self.known)


def check(project: Project, names: Iterable[str]) -> list[Checked]:
    """Return what the named files, folders and targets are, in order.

    Raises :class:`scrutiny.errors.UnknownTarget` for a name that is none of the three.
    """
    found: list[Checked] = []
    for name in names:
        path = Path(name)
        if path.is_dir():
            found += [_file(project, inner, named=False) for inner in files_in(path)]
        elif path.is_file():
            found.append(_file(project, path, named=True))
        else:
            found += _editions(project, name)
    return found


def _file(project: Project, path: Path, *, named: bool) -> Checked:
    about = dict.fromkeys(FIELDS) | {"path": str(path), "problems": [], "notes": []}
    try:
        reading = sources.read(path, str(path), project.cache)
    except FaultyFile as error:
        about["source"] = error.source
        about["problems"] = [problem.as_dict() for problem in error.problems]
        return Checked(about, known=True, named=named)
    except OSError as error:
        about["problems"] = [Problem(f"cannot be read: {error.strerror}").as_dict()]
        return Checked(about, known=False, named=named)
    if reading is None:
        about["notes"] = [
            {"row": None, "column": None, "value": "", "reason": "no reader knows its contents"}
        ]
        return Checked(about, known=False, named=named)
    about |= {field: getattr(reading, field) for field in FIELDS[1:8]}
    about["notes"] = [note.as_dict() for note in reading.notes]
    return Checked(about, known=True, named=named)


def _editions(project: Project, name: str) -> list[Checked]:
    try:
        targets = resolve(project.params, [name])
    except UnknownTarget as error:
        raise UnknownTarget(f"{error}; nor is there a file or folder {name}") from error
    found = []
    for target in targets:
        about = dict.fromkeys(FIELDS) | {"path": str(target), "source": "edition"}
        about |= {"problems": [], "notes": []}
        try:
            pages = plan(project, [target], named=True, outcome=Outcome())
            about["notes"] = [
                {"row": None, "column": None, "value": "", "reason": warning}
                for warning in dict.fromkeys(w for page in pages for w in page.report.warnings)
            ]
        except ScrutinyError as error:
            about["problems"] = [Problem(str(error)).as_dict()]
        found.append(Checked(about, known=True, named=True))
    return found


def sentence(checked: Checked) -> str:
    """Return the check of one file in a line, and a line for each problem and note."""
    about = checked.about
    if not checked.known and not about["problems"]:
        head = f"?  {about['path']}: unknown, no reader knows its contents"
        return head
    mark = "✗" if about["problems"] else "✓"
    if about["source"] == "edition":
        what = "cannot be built" if about["problems"] else "can be built"
    elif about["vintage"]:
        what = (
            f"{about['source']}, layout {about['layout']}, vintage {about['vintage']}, "
            f"{about['first_month']} to {about['last_month']}, {about['rows']:,} rows, "
            f"{about['areas']} areas"
        )
    else:
        what = f"{about['source'] or 'a file'}, refused whole"
    lines = [f"{mark}  {about['path']}: {what}"]
    lines += [f"     problem: {Problem(**_words(p)).sentence()}" for p in about["problems"]]
    lines += [f"     note: {Problem(**_words(n)).sentence()}" for n in about["notes"]]
    return "\n".join(lines)


def _words(entry: dict) -> dict:
    return {key: value for key, value in entry.items() if value is not None}
