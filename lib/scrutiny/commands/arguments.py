"""What several commands take and say."""

from __future__ import annotations

from pathlib import Path

from scrutiny.errors import WrongOption

DATA = {"nargs": "+", "action": "extend", "default": [], "metavar": "DIR"}


def folders(given: list[str], names: list[str]) -> tuple[tuple[Path, ...], list[str]]:
    """Tell the folders of ``--data`` from the targets that may stand after them."""
    if "" in given:
        raise WrongOption("--data: an empty name is no folder")
    found = [name for i, name in enumerate(given) if i == 0 or Path(name).is_dir()]
    return tuple(map(Path, found)), [*names, *(name for name in given if name not in found)]


def shown(path: Path) -> str:
    """Return a path as a user at work here would write it."""
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)
