"""The pack of a meeting: what a secretary opens, what it is proved by, what it refuses."""

import csv
import hashlib
import io
import re
import shutil
import subprocess
import zipfile
from pathlib import Path
from urllib.parse import unquote

import html5lib
import openpyxl
import pikepdf
import pypdfium2
import pytest
from scrutiny.__main__ import main
from scrutiny.pack.document import chapter

ROOT = Path(__file__).parents[1]
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


@pytest.fixture(scope="module")
def draft(built, scrutiny, tmp_path_factory):
    """The shipped meeting packed as a draft, from the shipped editions: the folder of the pack."""
    out = tmp_path_factory.mktemp("draft")
    shutil.copytree(built / "committee-monthly", out / "committee-monthly")
    shutil.copy2(built / "accessibility.html", out)
    finished = scrutiny("pack", "2012-10-25", "--draft", "--out", out)
    assert finished.returncode == 0, finished.stderr
    return out / "packs" / "2012-10-25"


@pytest.fixture(scope="module")
def params(tmp_path_factory):
    """Editions of which the borough review is approved, and a meeting that it is for."""
    params = tmp_path_factory.mktemp("approved") / "params"
    shutil.copytree(ROOT / "params", params)
    edition = params / "borough-priorities" / "2018-q4" / "edition.yml"
    edition.write_text(edition.read_text("utf-8").replace("status: draft", "status: approved"))
    (params / "meetings" / "2019-03-01.yml").write_text(MEETING)
    return params


@pytest.fixture(scope="module")
def approved(params, scrutiny):
    """The output folder of two approved pages, and a pack of them."""
    out = params.parent / "out"
    pages = [f"borough-priorities/2018-q4/{place}" for place in ("croydon", "bromley")]
    finished = scrutiny("build", *pages, "--params", params, "--out", out)
    assert finished.returncode == 0, finished.stderr
    finished = scrutiny("pack", "2019-03-01", "--params", params, "--out", out)
    assert finished.returncode == 0, finished.stderr
    return out


@pytest.fixture
def ask(monkeypatch, capsys):
    """The command line from the project's folder: exit status and what it says on stderr."""
    monkeypatch.chdir(ROOT)

    def run(*arguments):
        status = main([*map(str, arguments)])
        return status, capsys.readouterr().err

    return run


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


def copy_of(approved, tmp_path):
    """The approved pages in a folder that a test may spoil."""
    shutil.copytree(approved / "borough-priorities", tmp_path / "borough-priorities")
    return tmp_path / "borough-priorities" / "2018-q4" / "croydon"


def test_the_pack_of_the_shipped_meeting_is_whole(draft):
    assert {path.name for path in draft.iterdir()} == {
        "index.html",
        "pack-2012-10-25-draft.pdf",
        f"{MONTHLY}.html",
        f"{MONTHLY}.xlsx",
        f"{MONTHLY}-results.csv",
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


def test_the_pdf_is_bookmarked_by_item_of_the_agenda_and_then_by_section(draft, built):
    found = bookmarks(pdf(draft))
    page = tree(built / "committee-monthly" / "2012-10" / f"{MONTHLY}.html")
    sections = ["".join(h2.itertext()).strip() for h2 in page.find("body/main").iter("h2")]
    sections.remove("Contents")
    items = [title[:7] for level, title, _ in found if level == 0]
    assert items == ["Questio", "Item 1:", "Item 2:"]
    assert [title for level, title, _ in found if level == 1] == sections
    assert [page for _, _, page in found] == sorted(page for _, _, page in found)


def test_an_item_of_several_pages_is_bookmarked_by_page_and_then_by_section(approved):
    found = bookmarks(pdf(approved / "packs" / "2019-03-01"))
    assert [title for level, title, _ in found if level == 0] == [
        "Briefing <b>on boroughs</b>, 1 March 2019",
        "Item 4a: Two boroughs",
        "Item 7: Any other business",
    ]
    titles = [title for level, title, _ in found if level == 1]
    assert ["Croydon" in titles[0], "Bromley" in titles[1], len(titles)] == [True, True, 2]
    assert sum(level == 2 for level, _, _ in found) > 8


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


def test_approved_pages_are_packed_byte_for_byte_and_without_the_mark(approved):
    pack = approved / "packs" / "2019-03-01"
    for place in ("croydon", "bromley"):
        name = f"borough-priorities-2018-q4-{place}.html"
        page = approved / "borough-priorities" / "2018-q4" / place / name
        assert (pack / name).read_bytes() == page.read_bytes()
    assert (pack / "pack-2019-03-01.zip").is_file()
    assert "Draft" not in " ".join(words_of_pages(pdf(pack)))
    assert WARNING.upper() not in (pack / "covering-note.txt").read_text("utf-8")


def test_markup_in_a_meetings_file_shows_as_text(approved):
    cover = approved / "packs" / "2019-03-01" / "index.html"
    assert tree(cover).findtext("body/header/h1") == "Briefing <b>on boroughs</b>, 1 March 2019"


def test_the_same_pages_make_the_same_pack_byte_for_byte(approved, params, scrutiny):
    pack = approved / "packs" / "2019-03-01"
    first = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in pack.iterdir()}
    finished = scrutiny("pack", "2019-03-01", "--params", params, "--out", approved)
    assert finished.returncode == 0, finished.stderr
    again = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in pack.iterdir()}
    assert again == first


def test_a_draft_is_refused_with_the_cure(ask, tmp_path):
    status, said = ask("pack", "2012-10-25", "--out", tmp_path)
    assert (status, "committee-monthly/2012-10 (draft)" in said, "--draft" in said) == (
        1,
        True,
        True,
    )
    assert not any(tmp_path.iterdir())


def test_what_is_for_review_is_not_approved(ask, params, tmp_path):
    shutil.copytree(params, tmp_path / "params")
    edition = tmp_path / "params" / "borough-priorities" / "2018-q4" / "edition.yml"
    text = edition.read_text("utf-8")
    edition.write_text(text.replace("status: approved", "status: for review"))
    status, said = ask("pack", "2019-03-01", "--params", edition.parents[2], "--out", tmp_path)
    assert status == 1
    assert "borough-priorities/2018-q4/croydon (for review)" in said


def test_what_is_not_built_is_named_with_the_command_that_builds_it(ask, tmp_path):
    status, said = ask("pack", "2012-10-25", "--draft", "--out", tmp_path)
    assert (status, "scrutiny build committee-monthly/2012-10" in said) == (1, True)
    assert not any(tmp_path.iterdir())


@pytest.mark.parametrize("name", ["borough-priorities-2018-q4-croydon.html", "results.csv"])
def test_a_file_that_changed_after_its_build_is_refused(ask, approved, params, tmp_path, name):
    spoilt = copy_of(approved, tmp_path) / name
    spoilt.write_bytes(spoilt.read_bytes() + b" ")
    status, said = ask("pack", "2019-03-01", "--params", params, "--out", tmp_path)
    assert status == 1
    assert f"croydon: {name} is not what was published" in said
    assert not (tmp_path / "packs").exists()


def test_a_page_without_its_manifest_is_refused(ask, approved, params, tmp_path):
    (copy_of(approved, tmp_path) / "manifest.json").unlink()
    status, said = ask("pack", "2019-03-01", "--params", params, "--out", tmp_path)
    assert (status, "is not what was published" in said) == (1, True)


def test_an_edition_that_changed_after_its_build_is_refused(ask, approved, params, tmp_path):
    shutil.copytree(params, tmp_path / "params")
    text = tmp_path / "params" / "borough-priorities" / "2018-q4" / "introduction.md"
    text.write_text("Something else.\n")
    status, said = ask("pack", "2019-03-01", "--params", tmp_path / "params", "--out", approved)
    assert status == 1
    assert "introduction.md changed after the page was built" in said


def test_a_pack_that_fails_leaves_the_one_that_stands(ask, approved, params):
    pack = approved / "packs" / "2019-03-01"
    before = sorted(path.name for path in pack.iterdir())
    results = approved / "borough-priorities" / "2018-q4" / "croydon" / "results.csv"
    whole = results.read_bytes()
    results.write_bytes(b"spoilt")
    try:
        status, _ = ask("pack", "2019-03-01", "--params", params, "--out", approved)
    finally:
        results.write_bytes(whole)
    assert (status, sorted(path.name for path in pack.iterdir())) == (1, before)
    assert not (approved / ".scratch").exists()


@pytest.mark.parametrize("name", ["2012-10-26", "../meetings/2012-10-25", "25 October", ""])
def test_an_unknown_meeting_is_a_wrong_request_and_the_near_ones_are_named(ask, tmp_path, name):
    status, said = ask("pack", name, "--out", tmp_path)
    assert (status, "known: 2012-10-25" in said) == (2, True)
    assert not any(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("venue: Room 1\n", "vennue: Room 1\n"), "unknown field 'vennue'; did you mean venue?"),
        (("venue: Room 1\n", ""), "missing field 'venue'"),
        (("number: 7", "number: 4a"), "two items have the number 4a"),
        (("number: 7", "number: a/b"), "items.1.number"),
        (
            ("other business\n", "other\n    editions: [borough-priorities/2018-q4/croydon]\n"),
            "borough-priorities/2018-q4/croydon is named twice",
        ),
        (("/bromley", "/atlantis"), "not issued for 'atlantis'"),
        (("borough-priorities/2018-q4/bromley", "borough-priorities"), "names no edition"),
        (("borough-priorities/2018-q4/bromley", "borough-priorities/2099-q1"), "no edition"),
        (("items:", "items: []\nmore:"), "unknown field 'more'"),
        (("title: Briefing", "title: [Briefing"), "not YAML"),
    ],
)
def test_a_faulty_meeting_is_refused_in_words_that_say_what_to_change(
    ask, params, tmp_path, change, said
):
    shutil.copytree(params, tmp_path / "params")
    meeting = tmp_path / "params" / "meetings" / "2019-03-01.yml"
    assert change[0] in MEETING
    meeting.write_text(MEETING.replace(*change))
    status, message = ask(
        "pack", "2019-03-01", "--params", tmp_path / "params", "--out", tmp_path / "out"
    )
    assert (status, said in message) == (2, True), message
    assert message.count("\n") == 1


def test_a_meeting_that_is_named_by_no_day_is_refused(ask, params, tmp_path):
    shutil.copytree(params, tmp_path / "params")
    (tmp_path / "params" / "meetings" / "october.yml").write_text(MEETING)
    status, said = ask("pack", "october", "--params", tmp_path / "params", "--out", tmp_path)
    assert (status, "not a day like 2012-10-25" in said) == (2, True)


def test_a_folder_of_meetings_is_no_stray_report():
    from scrutiny.edition import every_target, strangers

    assert strangers(ROOT / "params") == []
    assert not [target for target in every_target(ROOT / "params") if target.report == "meetings"]


def test_a_chapter_keeps_its_links_and_drawings_with_ids_of_its_own():
    page = """<html lang="en-GB"><head><title>A</title></head><body>
    <a class="skip" href="#main">Skip</a><header><h1>A</h1></header>
    <main id="main"><h2 id="x">B</h2><a href="#x">to B</a><a href="https://e.org/#x">away</a>
    <svg viewBox="0 0 1 1" aria-labelledby="t d"><title id="t">T</title><desc id="d">D</desc>
    <g clip-path="url(#c)"></g></svg></main><footer>F</footer></body></html>"""
    made = chapter(page, "p--")
    for kept in (
        '<h3>A</h3>', '<h4 id="p--x">B</h4>', 'href="#p--x"', 'href="https://e.org/#x"',
        'viewBox="0 0 1 1"', 'aria-labelledby="p--t p--d"', 'id="p--t"', "url(#p--c)",
    ):  # fmt: skip
        assert kept in made, kept
    assert not re.search(r"<(header|main|footer)\b|Skip", made)
