"""The look of a Word file: A4, Arial, British English, and Word's own styles set to match."""

from __future__ import annotations

from docx import Document
from docx.document import Document as WordFile
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Emu, Mm, Pt, RGBColor
from docx.styles.style import BaseStyle
from docx.text.paragraph import Paragraph

from scrutiny.formats.office import FONT, LANGUAGE

INK, BLUE, GREY = RGBColor(0x0B, 0x0C, 0x0C), RGBColor(0x12, 0x43, 0x6D), RGBColor(0x3D, 0x3D, 0x3D)
TITLE = "Title"
SMALL = "Source or note"
LINK = "Hyperlink"
TABLE = "Table Grid"
# Size in points, colour, space before and after in points.
LOOK = {
    "Normal": (11, INK, 0, 8),
    TITLE: (22, INK, 0, 12),
    "Subtitle": (11, GREY, 0, 4),
    "Heading 1": (16, INK, 20, 8),
    "Heading 2": (13, INK, 14, 6),
    "Heading 3": (11, INK, 10, 4),
    "Caption": (11, INK, 8, 6),
    "Quote": (11, GREY, 0, 8),
    "List Bullet": (11, INK, 0, 4),
    "List Bullet 2": (11, INK, 0, 4),
    "List Number": (11, INK, 0, 4),
    "List Number 2": (11, INK, 0, 4),
    SMALL: (9.5, GREY, 0, 4),
}
BOLD = {TITLE, "Heading 1", "Heading 2", "Heading 3", "Caption"}
MARGIN, FOOT_MARGIN = Mm(18), Mm(16)
LONG, SHORT = Mm(297), Mm(210)


def empty(title: str, language: str = LANGUAGE) -> WordFile:
    """Return a Word file with no text yet."""
    document = Document()
    document.styles.add_style(SMALL, WD_STYLE_TYPE.PARAGRAPH).base_style = document.styles["Normal"]
    _link(document.styles.add_style(LINK, WD_STYLE_TYPE.CHARACTER))
    for name, look in LOOK.items():
        _set(document.styles[name], *look, bold=name in BOLD)
    _table_borders(document.styles[TABLE])
    for element in document.styles.element.iter(qn("w:lang")):
        element.set(qn("w:val"), language)
    settings = document.settings.element
    settings.find(qn("w:themeFontLang")).set(qn("w:val"), language)
    settings.find(qn("w:zoom")).set(qn("w:percent"), "100")
    for setting in settings.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")  # today's Word, not the one of 2010
    about = document.core_properties
    about.title, about.language = title, language
    about.author = about.comments = ""
    upright(document.sections[0])
    _foot(document.sections[0], title)
    return document


def upright(section: Section) -> None:
    """Make a section's pages A4 upright."""
    _page(section, SHORT, LONG)


def on_its_side(section: Section) -> None:
    """Make a section's pages A4 on its side."""
    _page(section, LONG, SHORT)


def text_width(section: Section) -> Emu:
    """Return how wide a line is."""
    return Emu(section.page_width - section.left_margin - section.right_margin)


def _page(section: Section, width: Mm, height: Mm) -> None:
    section.page_width, section.page_height = width, height
    section.left_margin = section.right_margin = section.top_margin = MARGIN
    section.bottom_margin, section.footer_distance = FOOT_MARGIN, Mm(8)
    sheet = section._sectPr.find(qn("w:pgSz"))
    sheet.set(qn("w:orient"), "landscape" if width > height else "portrait")


def _set(
    style: BaseStyle, size: float, colour: RGBColor, before: float, after: float, *, bold: bool
) -> None:
    font = style.font
    font.name, font.size, font.color.rgb = FONT, Pt(size), colour
    font.bold, font.italic = bold, False
    fonts = style.element.rPr.rFonts
    for kind in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{kind}"), None)
    for kind in ("cs", "eastAsia"):
        fonts.set(qn(f"w:{kind}"), FONT)
    about = style.paragraph_format
    about.space_before, about.space_after, about.line_spacing = Pt(before), Pt(after), 1.15
    about.keep_with_next = bold
    for border in style.element.findall(f".//{qn('w:pBdr')}"):
        border.getparent().remove(border)
    for spacing in style.element.rPr.findall(qn("w:spacing")):
        style.element.rPr.remove(spacing)


def _link(style: BaseStyle) -> None:
    style.font.color.rgb, style.font.underline = BLUE, True


def _table_borders(style: BaseStyle) -> None:
    """Leave a table the lines between its rows."""
    borders = style.element.find(f".//{qn('w:tblBorders')}")
    for side in ("left", "right", "insideV"):
        borders.find(qn(f"w:{side}")).set(qn("w:val"), "nil")
    for side in ("top", "bottom", "insideH"):
        borders.find(qn(f"w:{side}")).set(qn("w:color"), "B1B4B6")


def _foot(section: Section, title: str) -> None:
    line = section.footer.paragraphs[0]
    line.paragraph_format.tab_stops.clear_all()
    line.paragraph_format.tab_stops.add_tab_stop(text_width(section), WD_TAB_ALIGNMENT.RIGHT)
    line.add_run(f"{title}\tPage ").font.size = Pt(8)
    _field(line, "PAGE")
    line.add_run(" of ").font.size = Pt(8)
    _field(line, "NUMPAGES")


def _field(line: Paragraph, instruction: str) -> None:
    """Add a number that Word itself fills in."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), instruction)
    run = line.add_run("1")
    run.font.size = Pt(8)
    field.append(run._r)
    line._p.append(field)
