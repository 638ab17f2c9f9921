"""Pages made by the workers of a cluster; their files are gathered as if they were made here."""

from __future__ import annotations

import dataclasses
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from scrutiny.due import Origins
from scrutiny.edition import Target
from scrutiny.errors import NoCluster, OtherWorker, ScrutinyError
from scrutiny.project import Project, find_root
from scrutiny.publish.page import Made, make_page, warm_up
from scrutiny.publish.pages import Page

CURE = "give every worker the same checkout, the same data and the versions of requirements.lock"
Files = dict[str, bytes]  # of one page, by name


def make(
    pages: list[Page],
    scratch: Path,
    formats: dict[str, tuple[str, ...]],
    scheduler: str,
    origins: Origins,
) -> Iterator[tuple[Page, Made | None, str | None]]:
    """Let the workers of a scheduler make the pages; yield each when its files are in scratch.

    Raises :class:`NoCluster` and :class:`OtherWorker`.
    """
    try:
        from scrutiny.run import cluster
    except ModuleNotFoundError as error:
        raise NoCluster(
            f"--scheduler: the library {error.name} is not installed; "
            "install the extra: pip install '.[cluster]'"
        ) from error
    if not pages:
        return
    project = pages[0].project
    inputs = {page.target: origins.inputs(page.target) for page in pages}
    for page, gathered, why in cluster.each(pages, Work(project, inputs, formats), scheduler):
        files, made, failed = gathered or ({}, None, None)
        folder = page.folder(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            (folder / name).write_bytes(content)
        yield page, made, why or failed


@dataclass(frozen=True)
class Work:
    """What a worker is to do: the inputs of each edition, and the formats of each page."""

    project: Project
    inputs: dict[Target, dict[str, str]]
    formats: dict[str, tuple[str, ...]]

    def here(self) -> Work:
        """Return the same work with the folders of this machine.

        Raises :class:`OtherWorker` where they do not hold the same.
        """
        root = find_root()

        def moved(folder: Path) -> Path:
            inside = folder.is_relative_to(self.project.root)
            return root / folder.relative_to(self.project.root) if inside else folder

        given = tuple(map(moved, self.project.given_data))
        project = Project(root, moved(self.project.params), given)
        origins = Origins(project, root)
        for target, wanted in self.inputs.items():
            found = origins.inputs(target)
            differ = [n for n in wanted | found if wanted.get(n) != found.get(n)]
            if differ:
                more = f" (and {len(differ) - 1} more)" * (len(differ) > 1)
                raise OtherWorker(f"{differ[0]}{more} is not the same there as here; {CURE}")
        return dataclasses.replace(self, project=project)

    def warm_up(self) -> None:
        """Make ready what every page is made with."""
        warm_up(self.project)

    def make(self, page: Page) -> tuple[Files, Made | None, str | None]:
        """Make a page; return its files, what was made, and why it could not be made."""
        made = why = None
        with tempfile.TemporaryDirectory(prefix="scrutiny-") as scratch:
            folder = Path(scratch) / page.stem
            try:
                here = dataclasses.replace(page, project=self.project)
                made = make_page(here, folder, self.formats[page.name])
            except ScrutinyError as error:
                why = str(error)
            return {path.name: path.read_bytes() for path in folder.glob("*")}, made, why
