"""A page as what it says, in reading order: headings, paragraphs, lists, tables, figures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import tinyhtml5

from scrutiny.formats.blocks import (
    Block,
    Cell,
    Figure,
    Heading,
    Listing,
    Outline,
    Paragraph,
    Run,
    Runs,
    Table,
    Terms,
    text_of,
)

SVG = "{http://www.w3.org/2000/svg}"
XMLNS = "{http://www.w3.org/2000/xmlns/}"
HEADINGS = {f"h{level}": level for level in range(1, 7)}
CONTAINERS = {
    "article", "aside", "blockquote", "details", "div", "figure", "footer", "header", "main",
    "nav", "section", "summary",
}  # fmt: skip
BLOCKS = CONTAINERS | HEADINGS.keys() | {
    "p", "pre", "figcaption", "ul", "ol", "dl", "table", f"{SVG}svg",
}  # fmt: skip
# Of no use in a document: the link over the menu, and what no reader sees.
LEFT_OUT = {"skip", "beside"}  # of use on a screen alone
LINKS = ("#", "http://", "https://", "mailto:")
ON_A_LINE_OF_ITS_OWN = {"small"}  # so does the style sheet show it in a cell
PLAIN = Run("")
_SPACE = re.compile(r"[ \t\r\n\f]+")


def read(html: str) -> Outline:
    """Return what a page says."""
    tree = tinyhtml5.parse(html, namespace_html_elements=False)
    body = tree.find("body")
    title = "".join(body.find(".//h1").itertext())
    parts = {name: tuple(_blocks(body.find(name))) for name in ("header", "main", "footer")}
    return Outline(_SPACE.sub(" ", title).strip(), parts["header"], parts["main"], parts["footer"])


def _blocks(parent: Element, kind: str = "") -> list[Block]:
    """Return the blocks of an element; loose text between them is a paragraph."""
    found: list[Block] = []
    loose: list[Run] = [Run(parent.text or "")]
    for child in parent:
        if not isinstance(child.tag, str) or LEFT_OUT & _classes(child):
            loose.append(Run(child.tail or ""))
        elif child.tag in BLOCKS:
            found += _paragraph(loose, kind)
            if "notes" in _classes(child) and found and isinstance(found[-1], Table):
                found[-1] = _with_notes(found[-1], child)
            else:
                found += _block(child, kind)
            loose = [Run(child.tail or "")]
        else:
            loose += _inline(child)
            loose.append(Run(child.tail or ""))
    return found + _paragraph(loose, kind)


def _block(element: Element, kind: str) -> list[Block]:
    tag, identity = element.tag, element.get("id", "")
    if tag in HEADINGS:
        return [Heading(HEADINGS[tag], text_of(_runs(element)), identity)]
    if tag == "figcaption":
        return _paragraph(_inside(element), "caption")
    if tag in ("p", "pre"):
        return _paragraph(_inside(element), kind or element.get("class", ""))
    if tag in ("ul", "ol"):
        items = (tuple(_blocks(item)) for item in element.iter("li") if item in list(element))
        return [Listing(tag == "ol", tuple(items))]
    if tag == "dl":
        return [Terms(tuple(_terms(element)), element.get("class", ""), identity)]
    if tag == "table":
        return [_table(element)]
    if tag == f"{SVG}svg":
        return [_figure(element)]
    return _blocks(element, "quote" if tag == "blockquote" else kind)


def _paragraph(runs: Iterable[Run], kind: str) -> list[Block]:
    settled = _settled(runs)
    return [Paragraph(settled, kind)] if settled else []


def _terms(element: Element) -> Iterator[tuple[Runs, Runs]]:
    term: Runs = ()
    for part in element.iter():
        if part.tag == "dt":
            term = _runs(part)
        elif part.tag == "dd":
            yield term, _lines(part)


def _table(element: Element) -> Table:
    head, body = element.find("thead"), element.findall("tbody")
    caption = element.find("caption")
    return Table(
        "" if caption is None else text_of(_runs(caption)),
        tuple(text_of(_lines(cell)).replace("\n", " ") for cell in head.iter("th")),
        tuple(tuple(map(_cell, row)) for part in body for row in part.iter("tr")),
        identity=element.get("id", ""),
    )


def _cell(element: Element) -> Cell:
    cell = Cell(_lines(element))
    numbers = list(element.iter("data"))
    if len(numbers) == 1 and "".join(numbers[0].itertext()).strip() == cell.text:
        return replace(cell, result_id=numbers[0].get("value", ""))
    return cell


def _with_notes(table: Table, element: Element) -> Table:
    notes = tuple(block.runs for block in _blocks(element) if isinstance(block, Paragraph))
    return replace(table, notes=table.notes + notes)


def _figure(svg: Element) -> Figure:
    for name in [name for name in svg.attrib if name.startswith(XMLNS)]:
        del svg.attrib[name]  # written anew, as XML wants it
    ElementTree.register_namespace("", SVG.strip("{}"))
    words = (svg.findtext(f"{SVG}{name}", "") for name in ("title", "desc"))
    return Figure(*words, ElementTree.tostring(svg, encoding="unicode"))


def _runs(element: Element) -> Runs:
    return _settled(_inside(element))


def _lines(element: Element) -> Runs:
    """Return what a cell or description says, each block in it on a line of its own."""
    lines: list[Run] = []
    for line in _flat(_blocks(element)):
        lines += [Run("\n"), *line] if lines else line
    return tuple(lines)


def _flat(blocks: Iterable[Block]) -> Iterator[Runs]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block.runs
        elif isinstance(block, Listing):
            for item in block.items:
                yield from _flat(item)


def _inside(element: Element, like: Run = PLAIN) -> list[Run]:
    found = [replace(like, text=element.text or "")]
    for child in element:
        if isinstance(child.tag, str):
            found += _inline(child, like)
        found.append(replace(like, text=child.tail or ""))
    return found


def _inline(element: Element, like: Run = PLAIN) -> list[Run]:
    if element.tag == "br":
        return [Run("\n")]
    if element.tag in ("strong", "b"):
        like = replace(like, strong=True)
    elif element.tag in ("em", "i"):
        like = replace(like, emphasis=True)
    elif element.tag == "a":
        address = element.get("href", "")  # what stands beside a page stands beside no document
        like = replace(like, link=address if address.startswith(LINKS) else "")
    inside = _inside(element, like)
    return [Run("\n"), *inside] if element.tag in ON_A_LINE_OF_ITS_OWN else inside


def _settled(runs: Iterable[Run]) -> Runs:
    """Return the runs with their spaces as a browser shows them, neighbours of one kind joined."""
    settled: list[Run] = []
    for run in runs:
        text = run.text if run.text == "\n" else _SPACE.sub(" ", run.text)
        if not settled or settled[-1].text.endswith((" ", "\n")):
            text = text.lstrip(" ")
        if text == "\n" and settled:
            settled[-1] = replace(settled[-1], text=settled[-1].text.rstrip(" "))
        if settled and replace(settled[-1], text="") == replace(run, text=""):
            settled[-1] = replace(run, text=settled[-1].text + text)
        elif text:
            settled.append(replace(run, text=text))
    while settled and not settled[-1].text.rstrip():
        settled.pop()
    if settled:
        settled[-1] = replace(settled[-1], text=settled[-1].text.rstrip())
    return tuple(settled)


def _classes(element: Element) -> set[str]:
    return set(element.get("class", "").split())
