"""One page: what it is asked for, and the making of its files."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from scrutiny import formats as other_formats
from scrutiny import render, run
from scrutiny.edition import REPORTS, Target
from scrutiny.errors import MissingForFormat
from scrutiny.measures.results import to_csv
from scrutiny.project import Project
from scrutiny.publish import manifest
from scrutiny.report import Report, build_report
from scrutiny.report.digest import digest

Made = tuple[list[tuple[str, str]], str]  # formats not made, with what they lack; a digest


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
        """Where its files stand below a folder of outputs."""
        return base.joinpath(self.target.report, self.target.edition, *filter(None, [self.part]))


def make_page(page: Page, folder: Path, formats: tuple[str, ...]) -> Made:
    """Make a page in a new folder; return what was not made, and the report's digest.

    In ``formats``, or without any in those of its edition. Raises
    :class:`scrutiny.errors.FailedPage`; the failed notebook then stands in the folder.
    """
    project, wanted = page.project, formats or page.report.edition.settings.formats
    folder.mkdir(parents=True, exist_ok=True)  # a part that came first made the main page's
    notebook = folder / f"{page.stem}.ipynb"
    run.execute(project, page.target.report, page.parameters, notebook)
    html = render.page(project, page.report, notebook)
    (folder / f"{page.stem}.html").write_text(html, "utf-8", newline="\n")
    (folder / "results.csv").write_text(to_csv(page.report.results), "utf-8", newline="\n")
    lacking = []
    for format in sorted(set(wanted) - {"html"}):
        try:
            made = other_formats.make(project, format, html, page.report.results)
        except MissingForFormat as error:
            lacking.append((error.format, error.cure))
        else:
            (folder / f"{page.stem}.{format}").write_bytes(made)
    manifest.write(project, page.report, page.parameters, folder)
    return lacking, digest(page.report)
