"""The last check of a page before it is published: what none may hold, and what each must."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from scrutiny.errors import FailedPage
from scrutiny.project import Project

LARGEST_PAGE = 150_000  # bytes: small enough for an e-mail, and for a telephone on a poor line
SCRIPTS = {"script", "noscript", "iframe", "object", "embed", "applet", "form", "template"}
REQUESTS = {"link", "base", "image", "use", "video", "audio", "source", "track", "portal"}
LOADS = {
    "src",
    "srcset",
    "poster",
    "background",
    "action",
    "formaction",
    "data",
    "ping",
    "manifest",
}
_STYLED_FROM_ELSEWHERE = re.compile(r"@import|url\((?!#)", re.IGNORECASE)
_STYLE = re.compile(r"<style>.*?</style>", re.DOTALL)
_PLACEHOLDER = re.compile(r"\{\{|\}\}")
_TRACEBACK = "Traceback (most recent call last)"
_LINKS = ("http://", "https://", "mailto:", "#")
_ANOTHER_PAGE = re.compile(r"(\.\./)*[a-z0-9-]+(/[a-z0-9-]+)*\.html(#[a-z0-9-]+)?")


def prove(page: str, project: Project) -> None:
    """Refuse a page that holds what no published page may; raises ``FailedPage``.

    Text that only looks like markup is text, and passes.
    """
    found = _Page()
    found.feed(page)
    found.close()
    faults = [*found.faults]
    if placeholder := _PLACEHOLDER.search(_STYLE.sub("", page, count=1)):
        faults.append(f"an unresolved placeholder: {placeholder[0]!r}")
    if str(project.root) in page:
        faults.append(f"a path of this machine: {str(project.root)!r}")
    if faults:
        raise FailedPage(f"the page holds {faults[0]}")
    if (size := len(page.encode())) > LARGEST_PAGE:
        raise FailedPage(f"the page has {size:,} bytes, the most is {LARGEST_PAGE:,}")
    if found.headings != 1 or not page.rstrip().endswith("</html>"):
        raise FailedPage("the page is not whole")


class _Page(HTMLParser):
    """Reads a page as a browser does and keeps what is wrong with it."""

    def __init__(self) -> None:
        super().__init__()
        self.faults: list[str] = []
        self.headings = 0
        self._ids: set[str] = set()
        self._inside = ""

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self._inside = tag
        self.headings += tag == "h1"
        if tag in SCRIPTS:
            self.faults.append(f"a script or what can hold one: <{tag}>")
        if tag in REQUESTS:
            self.faults.append(f"a request to another place: <{tag}>")
        if tag == "img" and "alt" not in dict(attributes):
            self.faults.append("an image without description")
        for name, value in attributes:
            self._check(tag, name, value or "")

    def handle_data(self, data: str) -> None:
        if self._inside == "style" and (found := _STYLED_FROM_ELSEWHERE.search(data)):
            self.faults.append(f"a request to another place: {found[0]!r} in its style")
        if self._inside == "pre" and _TRACEBACK in data:
            self.faults.append("a traceback")

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""

    def _check(self, tag: str, name: str, value: str) -> None:
        if name.startswith("on"):
            self.faults.append(f"a script: {name}={value!r}")
        elif name in LOADS and not value.startswith("data:"):
            self.faults.append(f"a request to another place: {name}={value!r}")
        elif name.endswith("href") and not (tag == "a" and _is_address(value)):
            self.faults.append(f"a link that is no address: {name}={value!r}")
        elif name == "style" and _STYLED_FROM_ELSEWHERE.search(value):
            self.faults.append(f"a request to another place: {name}={value!r}")
        elif name == "id":
            if value in self._ids:
                self.faults.append(f"the id {value!r} twice")
            self._ids.add(value)


def _is_address(value: str) -> bool:
    """Whether a link leads somewhere: outside, to its own page, or to another page beside it."""
    return value.lower().startswith(_LINKS) or bool(_ANOTHER_PAGE.fullmatch(value))
