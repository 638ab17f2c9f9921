"""The last check of a page before it is published: what none may hold, and what each must."""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

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


def prove(page: str, project: Project, beside: frozenset[str] = frozenset()) -> None:
    """Refuse a page that holds what no published page may; raises ``FailedPage``.

    ``beside`` has the relative addresses to which it may lead. Text that only looks like markup is
    text, and passes.
    """
    root = LexborHTMLParser(page).root  # as a browser reads it
    faults = [*_faults(root, beside)]
    if placeholder := _PLACEHOLDER.search(_STYLE.sub("", page, count=1)):
        faults.append(f"an unresolved placeholder: {placeholder[0]!r}")
    if str(project.root) in page:
        faults.append(f"a path of this machine: {str(project.root)!r}")
    if faults:
        raise FailedPage(f"the page holds {faults[0]}")
    if (size := len(page.encode())) > LARGEST_PAGE:
        raise FailedPage(f"the page has {size:,} bytes, the most is {LARGEST_PAGE:,}")
    if len(root.css("h1")) != 1 or not page.rstrip().endswith("</html>"):
        raise FailedPage("the page is not whole")


def _faults(root: LexborNode, beside: frozenset[str]) -> Iterator[str]:
    """Yield what no page may hold, in the page's order."""
    ids: set[str] = set()
    for element in root.traverse():
        tag, attributes = element.tag, element.attributes
        if tag in SCRIPTS:
            yield f"a script or what can hold one: <{tag}>"
        if tag in REQUESTS:
            yield f"a request to another place: <{tag}>"
        if tag == "img" and "alt" not in attributes:
            yield "an image without description"
        if tag == "style" and (found := _STYLED_FROM_ELSEWHERE.search(element.text())):
            yield f"a request to another place: {found[0]!r} in its style"
        if tag == "pre" and _TRACEBACK in element.text():
            yield "a traceback"
        for name, value in attributes.items():
            yield from _faults_of(tag, name, value or "", beside)
        if (own := attributes.get("id")) is not None:
            if own in ids:
                yield f"the id {own!r} twice"
            ids.add(own)


def _faults_of(tag: str, name: str, value: str, beside: frozenset[str]) -> Iterator[str]:
    if name.startswith("on"):
        yield f"a script: {name}={value!r}"
    elif name in LOADS and not value.startswith("data:"):
        yield f"a request to another place: {name}={value!r}"
    elif name.endswith("href") and not (
        tag == "a" and (value.lower().startswith(_LINKS) or value in beside)
    ):
        yield f"a link that is no address: {name}={value!r}"
    elif name == "style" and _STYLED_FROM_ELSEWHERE.search(value):
        yield f"a request to another place: {name}={value!r}"
