"""A page as PDF/UA-1 on A4: WeasyPrint lays it out, and what it leaves out of the tags is added."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from scrutiny.errors import MissingForFormat
from scrutiny.formats import tags
from scrutiny.formats.outline import SVG
from scrutiny.formats.widths import letters_across

if TYPE_CHECKING:
    from weasyprint import HTML

VARIANT = "pdf/ua-1"
# How many letters a row of a table has room for, by the rules of print.css: on A4 upright, on its
# side, and on its side in small type. A table that needs more has its words broken.
WIDE = {"wide": 108, "wider": 150, "widest": 200}
CURE = (
    "WeasyPrint finds no Pango on this machine; install it (Debian, Ubuntu: apt-get install "
    "libpango-1.0-0 libpangoft2-1.0-0; macOS: brew install pango; conda: conda install pango), "
    "or leave the format out"
)


def make(html: str, style: str) -> bytes:
    """Return the page as a tagged PDF; ``style`` is added to the page's own style sheet.

    The same page gives the same bytes where the same fonts are. Raises
    :class:`scrutiny.errors.MissingForFormat` on a machine without the libraries that it needs.
    """
    try:
        # Imported late: it loads libraries of the system, which a machine may lack.
        from weasyprint import HTML
        from weasyprint.urls import URLFetcher
    except (ImportError, OSError) as error:
        raise MissingForFormat("pdf", CURE) from error
    page = HTML(string=html, url_fetcher=URLFetcher(allowed_protocols=("data",)))
    _prepare(page, style)
    return page.write_pdf(
        finisher=tags.complete,
        pdf_variant=VARIANT,
        pdf_identifier=hashlib.sha256(html.encode()).digest()[:16],
    )


def _prepare(page: HTML, style: str) -> None:
    """Add the style, give each picture its whole description, name the tables that are wide."""
    added = ElementTree.SubElement(page.etree_element.find("head"), "style")
    added.text = style
    for svg in page.etree_element.iter(f"{SVG}svg"):
        title, description = svg.find(f"{SVG}title"), svg.findtext(f"{SVG}desc", "")
        if title is not None:  # of the two, WeasyPrint reads the title alone
            title.text = f"{title.text}. {description}"
    parents = {child: parent for parent in page.etree_element.iter() for child in parent}
    for table in list(page.etree_element.iter("table")):
        rows = [[" ".join(cell.itertext()) for cell in row] for row in table.iter("tr")]
        letters = letters_across(rows)
        wide = [name for name, least in WIDE.items() if letters > least]
        # What is on a page of its own is the region round the table, where there is one.
        parent = parents[table]
        region = parent if "table" in parent.get("class", "").split() else table
        region.set("class", " ".join([region.get("class", ""), *wide]).strip())
