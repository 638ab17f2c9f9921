"""Which pages an edition has."""

from __future__ import annotations

from scrutiny.edition import Target
from scrutiny.project import Project
from scrutiny.report import parts


def pages_of(project: Project, target: Target) -> list[str]:
    """Return the parts that a target builds; the empty part is the main page."""
    if target.part is not None:
        return [target.part]
    return ["", *parts(project, target.report, target.edition)[0]]
