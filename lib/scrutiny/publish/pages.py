"""Which pages an edition has, and how each is called."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

from scrutiny import places
from scrutiny.edition import EXPLORE, REPORTS, Target
from scrutiny.measures import catalogue
from scrutiny.measures.portfolios import PORTFOLIOS
from scrutiny.project import Project
from scrutiny.report import Report, build_report, parts

_OF_COMMITTEE = {
    "mopac-challenge": "MOPAC Challenge",
    "registers": "Commitments, actions, letters, decisions and finance",
}


def pages_of(project: Project, target: Target) -> list[str]:
    """Return the parts that a target builds; the empty part is the main page."""
    if target.part is not None:
        return [target.part]
    return ["", *parts(project, target.report, target.edition)[0]]


def known_parts(project: Project, target: Target) -> frozenset[str]:
    """Return every part that an edition may have, built with it or when named; empty: the main."""
    with_it, when_named = parts(project, target.report, target.edition)
    return frozenset(("", *with_it, *when_named))


def part_name(report: str, part: str) -> str:
    """Return what a part is called where pages are listed; of one that no report has, its folder.

    Pages of an earlier version of the program may still stand in the outputs.
    """
    if report == "recommendation-tracker":
        return f"Recommendation{'s' * ('-to-' in part)} {part.replace('-to-', ' to ')}"
    if REPORTS[report].for_places:
        return {place.folder: place.name for place in places.boroughs()}.get(part, part)
    if report == EXPLORE:
        return catalogue()[part].name if part in catalogue() else part
    return _OF_COMMITTEE.get(part) or PORTFOLIOS.get(part.removeprefix("catalogue-"), part)


@dataclass(frozen=True)
class Page:
    """One page to make: its edition's target, and its part (empty: the main page)."""

    project: Project = field(repr=False)
    target: Target
    part: str

    @property
    def report(self) -> Report:
        """What the page will say; raises what :func:`scrutiny.report.build_report` raises."""
        place, other = (
            (self.part, "") if REPORTS[self.target.report].for_places else ("", self.part)
        )
        target = self.target
        return build_report(target.report, target.edition, place, other, project=self.project)

    @property
    def whole(self) -> Page:
        """The main page of the same edition."""
        return replace(self, target=replace(self.target, part=None), part="")

    @property
    def name(self) -> str:
        """The page as a user names it."""
        return "/".join(filter(None, (self.target.report, self.target.edition, self.part)))

    @property
    def stem(self) -> str:
        """The file name without its ending: ``borough-priorities-2018-q4-croydon``."""
        return "-".join(filter(None, (self.target.report, self.target.edition, self.part)))

    @property
    def parameters(self) -> dict[str, str]:
        """What the notebook's parameters cell is given."""
        kind = REPORTS[self.target.report]
        given = {"edition": self.target.edition}
        if kind.parted:
            given["place" if kind.for_places else "part"] = self.part
        return given

    def folder(self, base: Path) -> Path:
        """Return the page's folder below one of outputs."""
        return base.joinpath(*self.name.split("/"))
