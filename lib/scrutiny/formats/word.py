"""A page as a Word file: Word's own headings, lists and captions, described pictures, tables."""

from __future__ import annotations

import io
from collections.abc import Iterable

from docx.document import Document as WordFile
from docx.enum.section import WD_SECTION
from docx.image.image import Image
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Inches
from docx.text.paragraph import Paragraph as Line

from scrutiny.charts import renderer
from scrutiny.formats import word_styles, word_table
from scrutiny.formats.blocks import (
    Block,
    Figure,
    Heading,
    Listing,
    Outline,
    Paragraph,
    Run,
    Runs,
    Table,
    Terms,
)
from scrutiny.formats.office import settled

DOTS_A_PIXEL = 2  # a picture is drawn twice as fine as a screen, for paper
PIXELS_AN_INCH = 96
DEEPEST_LIST = 2
STYLES = {
    "series": "Subtitle", "standing": "Quote", "quote": "Quote", "caption": "Caption",
    "source": word_styles.SMALL, "notes": word_styles.SMALL,
}  # fmt: skip


def make(outline: Outline) -> bytes:
    """Return a page as a Word file; the same page gives the same bytes."""
    writer = _Writer(outline)
    writer.write((*outline.masthead, *outline.body, *outline.foot))
    file = io.BytesIO()
    writer.document.save(file)
    return settled(file.getvalue())


class _Writer:
    """Writes the blocks of a page one after the other."""

    def __init__(self, outline: Outline) -> None:
        self.document: WordFile = word_styles.empty(outline.title)
        # Word's names of the places that a link may lead to.
        self.places = {
            block.identity: f"place_{number}"
            for number, block in enumerate(outline.body, start=1)
            if isinstance(block, Heading) and block.identity
        }

    def write(self, blocks: Iterable[Block]) -> None:
        """Write blocks at the end of the file."""
        for block in blocks:
            if isinstance(block, Heading):
                self._heading(block)
            elif isinstance(block, Paragraph):
                self._runs(self.document.add_paragraph(style=STYLES.get(block.kind)), block.runs)
            elif isinstance(block, Listing):
                self._list(block, 1)
            elif isinstance(block, Terms):
                self._terms(block)
            elif isinstance(block, Figure):
                self._picture(block)
            else:
                self._table(block)

    def _heading(self, heading: Heading) -> None:
        style = word_styles.TITLE if heading.level == 1 else f"Heading {heading.level - 1}"
        line = self.document.add_paragraph(heading.text, style=style)
        if name := self.places.get(heading.identity):
            number = name.rpartition("_")[2]
            start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
            start.set(qn("w:name"), name)
            for mark in (start, end):
                mark.set(qn("w:id"), number)
                line._p.append(mark)

    def _list(self, listing: Listing, depth: int) -> None:
        style = ("List Number" if listing.ordered else "List Bullet") + f" {depth}" * (depth > 1)
        number = self._numbering(style) if listing.ordered else None
        for item in listing.items:
            for place, block in enumerate(item):
                if isinstance(block, Listing):
                    self._list(block, min(depth + 1, DEEPEST_LIST))
                    continue
                following = f"List Continue{f' {depth}' * (depth > 1)}"
                line = self.document.add_paragraph(style=following if place else style)
                if number is not None and not place:
                    properties = line._p.get_or_add_pPr().get_or_add_numPr()
                    properties.get_or_add_numId().val = number
                    properties.get_or_add_ilvl().val = 0
                self._runs(line, block.runs)

    def _numbering(self, style: str) -> int:
        """Return a numbering of its own for a list, which begins at 1."""
        numbering = self.document.part.numbering_part.element
        usual = self.document.styles[style].element.pPr.numPr.numId.val
        abstract = next(n for n in numbering.num_lst if n.numId == usual).abstractNumId.val
        own = numbering.add_num(abstract)
        own.add_lvlOverride(ilvl=0).add_startOverride(1)
        return own.numId

    def _terms(self, terms: Terms) -> None:
        for term, described in terms.items:
            line = self.document.add_paragraph()
            self._runs(line, (*(Run(run.text, strong=True) for run in term), Run(": ")))
            self._runs(line, described)

    def _picture(self, figure: Figure) -> None:
        drawn = renderer.library().svg_to_png(figure.svg, scale=DOTS_A_PIXEL)
        dots = Image.from_blob(drawn).px_width
        width = min(
            Inches(dots / DOTS_A_PIXEL / PIXELS_AN_INCH),
            word_styles.text_width(self.document.sections[-1]),
        )
        picture = self.document.add_paragraph().add_run().add_picture(io.BytesIO(drawn), width)
        about = picture._inline.docPr
        about.set("name", figure.title)
        about.set("title", figure.title)
        about.set("descr", figure.description)

    def _table(self, table: Table) -> None:
        wide = word_table.is_wide(table)
        if wide:
            word_styles.on_its_side(self.document.add_section(WD_SECTION.NEW_PAGE))
        caption = self.document.add_paragraph(table.caption, style="Caption")
        caption.paragraph_format.keep_with_next = True
        width = word_styles.text_width(self.document.sections[-1])
        word_table.add(self.document, table, width, self._runs)
        for note in table.notes:
            self._runs(self.document.add_paragraph(style=word_styles.SMALL), note)
        if not table.notes:
            self.document.add_paragraph(style=word_styles.SMALL)  # or two tables would be one
        if wide:
            word_styles.upright(self.document.add_section(WD_SECTION.NEW_PAGE))

    def _runs(self, line: Line, runs: Runs) -> None:
        for run in runs:
            written = line.add_run(run.text)
            written.bold, written.italic = run.strong or None, run.emphasis or None
            link = self._link(line, run.link)
            if link is not None:
                written.style = word_styles.LINK
                link.append(written._r)
                line._p.append(link)

    def _link(self, line: Line, address: str) -> OxmlElement | None:
        """Return the element of a link to a place of the file or to an address."""
        link = OxmlElement("w:hyperlink")
        if address.startswith("#") and address[1:] in self.places:
            link.set(qn("w:anchor"), self.places[address[1:]])
        elif address and not address.startswith("#"):
            kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
            link.set(qn("r:id"), line.part.relate_to(address, kind, is_external=True))
        else:
            return None
        return link
