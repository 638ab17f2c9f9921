"""A meeting of the tests, and how the files of a pack are read."""

import html5lib
import pypdfium2

MONTHLY = "committee-monthly-2012-10"
WARNING = "Draft: not approved. Do not publish or quote."
MEETING = """\
title: Briefing <b>on boroughs</b>
body: A committee
venue: Room 1
time: 9.30am
items:
  - number: 4a
    title: Two boroughs
    editions: [borough-priorities/2018-q4/croydon, borough-priorities/2018-q4/bromley]
  - number: 7
    title: Any other business
"""


def pdf(folder):
    """The pack's one PDF."""
    (path,) = folder.glob("*.pdf")
    return path


def words_of_pages(path):
    """The words of each page of a PDF."""
    document = pypdfium2.PdfDocument(path)
    texts = [document[i].get_textpage().get_text_range() for i in range(len(document))]
    document.close()
    return [" ".join(text.split()) for text in texts]


def bookmarks(path):
    """The bookmarks of a PDF: level, title, page from 1."""
    document = pypdfium2.PdfDocument(path)
    found = [(b.level, b.get_title(), b.get_dest().get_index() + 1) for b in document.get_toc()]
    document.close()
    return found


def tree(path):
    """A page as a browser reads it; a page that is not valid fails."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    return parser.parse(path.read_text("utf-8"))


def links(path):
    """Where the links of a page lead."""
    return [a.get("href") for a in tree(path).iter("a")]
