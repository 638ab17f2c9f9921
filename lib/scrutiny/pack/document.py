"""Published pages as chapters of one document: their contents, one below the other, for print."""

from __future__ import annotations

import re
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import tinyhtml5

from scrutiny.errors import NotForPack

# Attributes that name other elements of the page by their ids.
NAMES_IDS = (
    "for", "headers", "aria-labelledby", "aria-describedby", "aria-details", "aria-controls",
)  # fmt: skip
# A page's title stands below the title of the document and that of the agenda's item.
LEVELS_DOWN = 2
_ID_IN_VALUE = re.compile(r"url\(\s*(['\"]?)#")
_HEADING = re.compile(r"h([1-6])")


def title(html: str) -> str:
    """Return the title of a page, as its heading says it."""
    return " ".join("".join(_tree(html).find("body").find(".//h1").itertext()).split())


def chapter(html: str, prefix: str) -> str:
    """Return what a page says, as markup for a document that holds several pages.

    Headings stand two levels lower, every id begins with ``prefix``, and what is of use on a
    screen alone (the link that skips to the contents) is left out.
    """
    body = _tree(html).find("body")
    parts = [part for part in body if isinstance(part.tag, str) and part.get("class") != "skip"]
    if "main" not in [part.tag for part in parts]:
        raise NotForPack(f"{title(html)}: the page has no main part")
    return "\n".join(_chapter_part(part, prefix) for part in parts)


def _tree(html: str) -> Element:
    tree = tinyhtml5.parse(html, namespace_html_elements=False)
    for element in tree.iter():
        if isinstance(element.tag, str):
            element.tag = element.tag.rpartition("}")[2]
            for name in [name for name in element.attrib if name.startswith("{")]:
                element.set(name.rpartition("}")[2], element.attrib.pop(name))
    return tree


def _chapter_part(part: Element, prefix: str) -> str:
    # The document has one header, main part and footer of its own.
    if part.tag in ("header", "main", "footer"):
        part.set("class", f"{part.get('class', '')} {part.tag}".strip())
        part.tag = "div"
    part.tail = None
    for element in part.iter():
        if not isinstance(element.tag, str):
            continue
        if heading := _HEADING.fullmatch(element.tag):
            element.tag = f"h{min(int(heading[1]) + LEVELS_DOWN, 6)}"
        for name, value in list(element.attrib.items()):
            element.set(name, _renamed(name, value, prefix))
    return ElementTree.tostring(part, encoding="unicode", method="html")


def _renamed(name: str, value: str, prefix: str) -> str:
    if name == "id":
        return prefix + value
    if name in NAMES_IDS:
        return " ".join(prefix + identity for identity in value.split())
    if name == "href" and value.startswith("#"):
        return f"#{prefix}{value[1:]}"
    return _ID_IN_VALUE.sub(rf"url(\1#{prefix}", value)
