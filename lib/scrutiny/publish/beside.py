"""What stands beside a page, and the links by which a reader gets there.

On a site the pages stand in folders; in a pack all files stand in one. No form but HTML carries
these links: paper and Word have nothing beside them.
"""

from __future__ import annotations

import re

from scrutiny.edition import EXPLORE
from scrutiny.publish.pages import Page, pages_of, part_name
from scrutiny.render import Beside, Link

INDEX = "index.html"
STATEMENT = "accessibility.html"
RESULTS = "results.csv"
ALL_REPORTS = "All reports"
COVER = "Cover of this pack"
EXPLORED = "Explore every measure"
_EXPLORED = re.compile(rf'<li><a href="[^"]*">{EXPLORED}</a></li>')
_ADDRESS = re.compile(r'(?<=<a href=")(?![a-z]+:|#)[^"]*')


def beside(page: Page) -> Beside:
    """Return the links of a page on the site."""
    up = "../" * len(page.name.split("/"))
    report = page.target.report
    above = [Link(ALL_REPORTS, up + INDEX)]
    if report != EXPLORE:
        above.append(Link(EXPLORED, f"{up}{INDEX}#{EXPLORE}"))
    files = [
        Link("Every number of this page (CSV)", RESULTS),
        Link("How accessible these pages are", up + STATEMENT),
    ]
    if page.part:
        above.append(Link("Main page of this edition", f"../{page.whole.stem}.html"))
        return Beside(tuple(above), tuple(files))
    parts = tuple(
        Link(part_name(report, part), f"{part}/{page.stem}-{part}.html")
        for part in pages_of(page.project, page.target)[1:]
    )
    if not parts or report == EXPLORE:
        return Beside(tuple(above), tuple(files), parts)
    above.append(Link("Other pages of this edition", "#beside"))
    return Beside(tuple(above), (*parts, *files))


def in_pack(html: str, stem: str) -> str:
    """Return a page whose links lead to the files of a pack, which are all in one folder.

    A pack has nothing to explore.
    """

    def file(address: re.Match) -> str:
        name = address[0].rsplit("/", 1)[-1]
        return f"{stem}-{RESULTS}" if name == RESULTS else name

    return _ADDRESS.sub(file, _EXPLORED.sub("", html)).replace(f">{ALL_REPORTS}<", f">{COVER}<")
