"""A pack of drafts: what a secretary opens, what it is proved by."""

import csv
import io
import subprocess
import zipfile
from urllib.parse import unquote

import openpyxl
import pikepdf
from packs import MONTHLY, WARNING, bookmarks, links, pdf, tree, words_of_pages
from shipped import PAGES, stem

PACKED_PAGES = [name for name in PAGES if name.startswith("committee-monthly/2012-10")]
PACKED = [stem(name) for name in PACKED_PAGES]


def test_the_pack_of_the_shipped_meeting_is_whole(draft):
    files = {f"{name}{end}" for name in PACKED for end in (".html", ".xlsx", "-results.csv")}
    assert {path.name for path in draft.iterdir()} == files | {
        "index.html",
        "pack-2012-10-25-draft.pdf",
        "accessibility.html",
        "covering-note.txt",
        "sha256.txt",
        "pack-2012-10-25-draft.zip",
    }


def test_the_cover_is_valid_and_has_one_title_and_landmarks(draft):
    page = tree(draft / "index.html")
    assert page.get("lang") == "en-GB"
    assert [len(list(page.iter(tag))) for tag in ("h1", "header", "main", "footer")] == [1] * 4
    assert not list(page.iter("script"))


def test_the_cover_leads_to_every_other_file_also_when_it_is_unpacked(draft, tmp_path):
    with zipfile.ZipFile(draft / "pack-2012-10-25-draft.zip") as archive:
        archive.extractall(tmp_path)
    files = {unquote(a) for a in links(tmp_path / "index.html") if not a.startswith("#")}
    assert files == {path.name for path in tmp_path.iterdir()} - {"index.html"}


def test_the_pages_lead_to_each_other_and_to_their_numbers_inside_the_pack(draft):
    for page in draft.glob("committee-monthly-*.html"):
        away = [a for a in links(page) if not a.startswith(("#", "http"))]
        assert {"index.html", "accessibility.html", f"{page.stem}-results.csv"} <= set(away)
        assert all((draft / address).is_file() for address in away), page.name


def test_the_zip_opens_and_holds_what_the_folder_holds(draft):
    with zipfile.ZipFile(draft / "pack-2012-10-25-draft.zip") as archive:
        assert archive.testzip() is None
        packed = {name: archive.read(name) for name in archive.namelist()}
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    beside = {p.name: p.read_bytes() for p in draft.iterdir() if p.suffix != ".zip"}
    assert packed == beside
    assert all(name.isascii() for name in packed)


def test_sha256sum_confirms_every_file_of_the_pack(draft):
    done = subprocess.run(
        ["sha256sum", "--check", "--strict", "sha256.txt"],
        cwd=draft, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    lines = (draft / "sha256.txt").read_bytes().decode().splitlines()
    named = {line[66:] for line in lines}
    assert named == {p.name for p in draft.iterdir() if p.name != "sha256.txt"} - {
        "pack-2012-10-25-draft.zip"
    }


def test_the_pdf_has_page_numbers_that_run_through_from_the_cover(draft):
    pages = words_of_pages(pdf(draft))
    assert len(pages) > 5
    for number, words in enumerate(pages, 1):
        assert f"Page {number} of {len(pages)}" in words
    assert "Question and answer meeting, 25 October 2012" in pages[0]
    assert "Agenda" in pages[0]


def test_the_pdf_is_bookmarked_by_item_then_page_then_section(draft, built):
    found = bookmarks(pdf(draft))
    items = [title[:7] for level, title, _ in found if level == 0]
    assert items == ["Questio", "Item 1:", "Item 2:"]
    sections = []
    for level, title, _ in found:
        if level == 1:
            sections.append((title, []))
        elif level == 2:
            sections[-1][1].append(title)
    expected = [_headings(built / name / f"{stem(name)}.html") for name in PACKED_PAGES]
    assert sorted(sections) == sorted(expected)
    assert sections[0] == expected[0]
    assert [page for _, _, page in found] == sorted(page for _, _, page in found)


def _headings(path):
    """A page's title and those of its sections, but for the list of contents."""
    body = tree(path).find("body")
    title, *_ = (" ".join("".join(h1.itertext()).split()) for h1 in body.iter("h1"))
    sections = ["".join(h2.itertext()).strip() for h2 in body.find("main").iter("h2")]
    sections.remove("Contents")
    return title, sections


def test_the_pdf_is_tagged_in_british_english_and_says_so(draft):
    with pikepdf.open(pdf(draft)) as document:
        assert document.Root.MarkInfo.Marked
        assert str(document.Root.Lang) == "en-GB"
        assert document.Root.StructTreeRoot is not None
        with document.open_metadata() as about:
            assert str(about["pdfuaid:part"]) == "1"
            assert about["dc:title"] == "Draft: Question and answer meeting, 25 October 2012"


def test_every_link_inside_the_pdf_leads_to_a_place_in_it(draft):
    with pikepdf.open(pdf(draft)) as document:
        named = {str(name) for name in pikepdf.NameTree(document.Root.Names.Dests)}
        inside = [
            str(mark.Dest)
            for page in document.pages
            for mark in page.get("/Annots", [])
            if "/Dest" in mark
        ]
    assert len(inside) > 10
    assert set(inside) <= named


def test_a_draft_says_so_on_every_page_of_html_and_of_the_pdf(draft):
    for page in draft.glob("*.html"):
        first = next(tree(page).find("body/header").iter("p"))
        assert "".join(first.itertext()) == WARNING, page.name
        assert tree(page).findtext("head/title").startswith("Draft: "), page.name
    assert all("Draft: not approved" in words for words in words_of_pages(pdf(draft)))


def test_a_draft_says_so_in_the_covering_note_and_on_the_cover_of_the_spreadsheet(draft):
    assert (draft / "covering-note.txt").read_text("utf-8").startswith(WARNING.upper())
    cover = openpyxl.load_workbook(draft / f"{MONTHLY}.xlsx").worksheets[0]
    assert (cover.title, cover["A2"].value) == ("Cover", WARNING)


def test_the_spreadsheet_has_the_numbers_of_the_page(draft):
    book = openpyxl.load_workbook(draft / f"{MONTHLY}.xlsx")
    values = {cell.value for sheet in book for row in sheet for cell in row}
    assert {797339, 821439} <= values


def test_the_numbers_of_the_page_are_in_the_pack_as_they_were_published(draft, built):
    published = built / "committee-monthly" / "2012-10" / "results.csv"
    packed = (draft / f"{MONTHLY}-results.csv").read_bytes()
    assert packed == published.read_bytes()
    ids = {row["result_id"] for row in csv.DictReader(io.StringIO(packed.decode()))}
    assert "tno.mps.change_percent.12m" in ids


def test_the_covering_note_names_status_data_sizes_and_how_to_check(draft):
    note = (draft / "covering-note.txt").read_bytes().decode()
    assert "\r\n" in note
    for said in (
        "25 October 2012, 10.00am, The Chamber, City Hall",
        "(status: draft)",
        "reconstructions from published data",
        "vintage 2015-11",
        "sha256sum -c sha256.txt",
        "Open Government Licence v3.0",
    ):
        assert said in " ".join(note.split()), said
    for path in draft.iterdir():
        assert path.name in note or path.name == "covering-note.txt"
