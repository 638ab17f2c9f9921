"""The tags of a PDF, made whole: what WeasyPrint leaves out of them, or puts where none may be."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pydyf
    from weasyprint import Document

SCOPES = {"/THead": "/Column", "/TBody": "/Row"}
NOTHING = b"null"


def complete(_document: Document, pdf: pydyf.PDF) -> None:
    """Complete the tags of a PDF that is about to be written."""
    objects = {thing.reference: thing for thing in pdf.objects}
    elements = [thing for thing in pdf.objects if _is_element(thing)]
    root = objects[pdf.catalog["StructTreeRoot"]]
    for element in elements:
        if element["S"] == "/TH":
            _say_its_scope(element, objects)
        elif element["S"] == "/L":
            _without_boxes(element, objects)
    in_tree = _below(root, objects)
    for element in elements:
        if element.reference not in in_tree:
            _as_decoration(element, objects, root)


def _is_element(thing: object) -> bool:
    return isinstance(thing, dict) and thing.get("Type") == "/StructElem"


def _say_its_scope(header: dict, objects: dict) -> None:
    """Say whether a header heads a column or a row: those of a table's head, and of its body."""
    part = objects[objects[header["P"]]["P"]]
    header["A"]["Scope"] = SCOPES[part["S"]]


def _without_boxes(listing: pydyf.Dictionary, objects: dict) -> None:
    """Put the items of a list into it: neither a box nor a column of the layout may be between."""
    kids = []
    for kid in listing["K"]:
        if objects[kid]["S"] in ("/Div", "/L") and objects[listing["P"]]["S"] != "/LI":
            for item in objects[kid]["K"]:
                objects[item]["P"] = listing.reference
                kids.append(item)
        else:
            kids.append(kid)
    listing["K"][:] = kids


def _below(root: pydyf.Dictionary, objects: dict) -> set[bytes]:
    """Return the references of all elements of the tree."""
    found, waiting = set(), [root]
    while waiting:
        for kid in waiting.pop()["K"]:
            if kid in objects and _is_element(objects[kid]):
                found.add(kid)
                waiting.append(objects[kid])
    return found


def _as_decoration(element: dict, objects: dict, root: dict) -> None:
    """Mark a running foot, which stands in no tree, as of the page and not of the text."""
    page = objects[element["Pg"]]
    stream = objects[page["Contents"]].stream
    numbers = objects[root["ParentTree"]]["Nums"]
    marks = [kid for kid in element["K"] if isinstance(kid, int)]
    for place, operand in enumerate(stream):
        if isinstance(operand, dict) and operand.get("MCID") in marks:
            numbers[2 * page["StructParents"] + 1][operand["MCID"]] = NOTHING
            stream[place - 1] = "/Artifact"
            operand.clear()
            operand["Type"] = "/Pagination"
