"""A drawn chart to the SVG that a page carries: the same picture in fewer bytes, one image."""

from __future__ import annotations

import re
from itertools import groupby
from xml.etree import ElementTree

from scrutiny.markup import literal_braces, visible
from scrutiny.theme import FONT, MEASURED

NAMESPACE = "http://www.w3.org/2000/svg"
# What the renderer says for programs that take a chart apart: here the chart is one image.
_NOISE = re.compile(r"class|role|pointer-events|aria-.*|\{http://www\.w3\.org/1999/xlink\}.*")
# What is so without being said; the renderer sets none of these on a group.
_DEFAULTS = {
    "opacity": "1", "fill-opacity": "1", "stroke-opacity": "1", "stroke-width": "1", "x2": "0",
    "y2": "0", "transform": "translate(0,0)", "version": "1.1",
}  # fmt: skip
_NO_SIZE = re.compile(r"M0,0h0v0h0Z")
_MOVED = re.compile(r"translate\((-?[\d.]+),(-?[\d.]+)\)")
_DISC = re.compile(r"M([\d.]+),0A\1,\1,0,1,1,-\1,0A\1,\1,0,1,1,\1,0")
_GROUP, _PATH, _LINE, _TEXT, _CLIP, _STYLE = (
    f"{{{NAMESPACE}}}{tag}" for tag in ("g", "path", "line", "text", "clipPath", "style")
)
# On a narrow screen the page shows a figure's table before its picture; with this, focus and
# screen readers go the same way. It stands here and not in the page's sheet because the Nu checker
# does not know the property yet; a browser that does not either keeps the order of the markup.
READING_FLOW = "figure{reading-flow:flex-visual}"
_LONG_DECIMAL = re.compile(r"(-?\d+)\.(\d)\d+")


def tidy(drawn: str, identity: str, title: str, description: str) -> str:
    """Return the drawing as one image with title and description, its ids begun by ``identity``."""
    ElementTree.register_namespace("", NAMESPACE)
    root = ElementTree.fromstring(visible(drawn))  # noqa: S314 (our own renderer wrote it)
    _clean(root)
    _named_apart(root, identity)
    named = {f"{identity}-title": title, f"{identity}-description": description}
    for place, (tag, name) in enumerate(zip(("title", "desc"), named, strict=True)):
        element = ElementTree.Element(f"{{{NAMESPACE}}}{tag}", id=name)
        element.text = named[name]
        root.insert(place, element)
    root.attrib |= {
        "role": "img", "aria-labelledby": " ".join(named), "focusable": "false",
        "font-family": FONT,
    }  # fmt: skip
    ElementTree.SubElement(root, _STYLE).text = READING_FLOW
    return literal_braces(ElementTree.tostring(root, encoding="unicode").replace(" />", "/>"))


def _clean(parent: ElementTree.Element) -> None:
    """Take out what is not seen, and lift what a group without attributes holds."""
    parent.attrib = {
        name: _LONG_DECIMAL.sub(r"\1.\2", value)
        for name, value in parent.attrib.items()
        if not _NOISE.fullmatch(name)
        and _DEFAULTS.get(name) != value
        and (name, value) != ("font-family", MEASURED)
        and (name != "stroke-width" or "stroke" in parent.attrib)
    }
    if parent.tag == _CLIP:
        return  # its paths are an edge, and have no paint
    kept: list[ElementTree.Element] = []
    for child in parent:
        _clean(child)
        kept += child if _is_bare_group(child) else [child] if _is_seen(child) else []
    parent[:] = _joined(kept)


def _joined(elements: list[ElementTree.Element]) -> list[ElementTree.Element]:
    """Return the elements, neighbouring lines of one look as one path, and discs likewise."""
    kept: list[ElementTree.Element] = []
    for element in elements:
        shorter = _shorter(element)
        last = kept[-1] if kept else None
        if shorter.tag == _PATH and last is not None and _look(last) == _look(shorter):
            last.set("d", last.get("d", "") + shorter.get("d", ""))
        else:
            kept.append(shorter)
    runs = [list(run) for _, run in groupby(kept, lambda element: element.tag == _TEXT)]
    return [element for run in runs for element in _with_one_look(run)]


def _with_one_look(run: list[ElementTree.Element]) -> list[ElementTree.Element]:
    """Return neighbouring texts in a group that says once what is the same of all."""
    if len(run) < 2 or run[0].tag != _TEXT:
        return run
    first = {k: v for k, v in run[0].items() if k not in ("x", "y")}  # a group has no place
    same = {k: v for k, v in first.items() if all(text.get(k) == v for text in run)}
    group = ElementTree.Element(_GROUP, same)
    for text in run:
        text.attrib = {k: v for k, v in text.items() if k not in same}
    group.extend(run)
    return [group]


def _shorter(element: ElementTree.Element) -> ElementTree.Element:
    """Return a line as a path, a disc as a round dot of a path, a text with its place as x and y.

    Whatever else, and what is turned or scaled, comes back as it is.
    """
    given = dict(element.attrib)
    start = _MOVED.fullmatch(given.pop("transform", "translate(0,0)"))
    disc = _DISC.fullmatch(given.pop("d", ""))
    if not start:
        return element
    if element.tag == _LINE and not {"x1", "y1"} & given.keys():
        across, down = (float(given.pop(name, 0)) for name in ("x2", "y2"))
        return _path(f"M{start[1]},{start[2]}l{across:g},{down:g}", given)
    if disc and "stroke" not in given:
        # A stroke of no length with round ends is a disc as wide as the stroke.
        look = {"stroke": given.pop("fill"), "stroke-width": f"{2 * float(disc[1]):g}"}
        return _path(f"M{start[1]},{start[2]}h0", look | {"stroke-linecap": "round"} | given)
    if element.tag == _TEXT and not len(element):  # lines of a text begin where it was moved to
        element.attrib = {"x": start[1], "y": start[2]} | given
    return element


def _path(drawn: str, given: dict[str, str]) -> ElementTree.Element:
    return ElementTree.Element(_PATH, {"d": drawn} | given)


def _look(element: ElementTree.Element) -> tuple:
    """Return what an element looks like but for where it goes."""
    return element.tag, {k: v for k, v in element.attrib.items() if k != "d"}


def _is_bare_group(element: ElementTree.Element) -> bool:
    return element.tag == _GROUP and not element.attrib


def _is_seen(element: ElementTree.Element) -> bool:
    """Whether it draws; an empty group does not, nor a path hidden, of no size or without paint."""
    if element.tag == _GROUP:
        return len(element) > 0
    if element.tag == _PATH:
        painted = "fill" in element.attrib or "stroke" in element.attrib
        hidden = element.get("display") == "none" or _NO_SIZE.fullmatch(element.get("d", ""))
        return painted and not hidden
    return True


def _named_apart(root: ElementTree.Element, identity: str) -> None:
    """Put the figure's name before every id and every reference to one."""
    for element in root.iter():
        for name, value in element.attrib.items():
            if name == "id":
                element.set(name, f"{identity}-{value}")
            elif "url(#" in value:
                element.set(name, value.replace("url(#", f"url(#{identity}-"))
