"""Everybody can read a page: valid, closed to the network, and never by colour or chart alone."""

import re
from functools import cache
from itertools import pairwise

import html5lib
import pytest
from shipped import EXPLORE, PAGES, document, results, stem

TRACKER = "recommendation-tracker/2013-06"
STATUSES = {
    1: "AMBER", 2: "GREEN", 3: "GREEN", 4: "GREEN", 5: "AMBER", 6: "AMBER", 7: "AMBER",
    8: "GREEN", 9: "AMBER", 10: "GREEN", 11: "AMBER", 12: "AMBER", 13: "AMBER", 14: "AMBER",
    15: "GREEN", 16: "GREEN", 17: "AMBER", 18: "AMBER", 19: "AMBER",
}  # fmt: skip

POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; "
    "form-action 'none'"
)
ELEMENTS = {
    "html", "head", "meta", "title", "style", "body", "header", "nav", "main", "footer",
    "h1", "h2", "h3", "h4", "p", "ul", "ol", "li", "dl", "dt", "dd", "div", "blockquote",
    "a", "br", "code", "data", "em", "pre", "span", "strong", "figure", "figcaption",
    "section", "table", "caption", "thead", "tbody", "tr", "th", "td",
    "svg", "desc", "g", "line", "path", "rect", "text", "tspan", "defs", "clipPath", "circle",
}  # fmt: skip
LARGEST_PAGE = 150_000
SMALLEST_TEXT = 12
GREYS = {"#3D3D3D", "#D9D9D9", "white", "transparent", "none", None}

# A measured number: with thousands, per cent, or sign and decimals; not a date or reference.
MEASURED = re.compile(
    r"(?<![\w.,])[+-]?(?:\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?(?=%)|\d+\.\d(?!\d|[ap]m))"
)
# A base, the widths of intervals and limits, an aim: set beforehand, so in no results.
NOT_MEASURED = re.compile(r"1,000 residents|\b(?:95|99\.8)%|\b(?:20|62|74\.4|75)%|around 32,000")
# Pages with a chart whose table may have a single row: of one recommendation, of one question.
SHORT = re.compile(r"recommendation-tracker/.*/\d+|.*/catalogue-opinion")
SUB_PART = re.compile(r"\d+\.\d")  # of a recommendation: "8.1"

of_each_page = pytest.mark.parametrize("page", PAGES)
SITE = ("index", "accessibility")  # the way in, and the statement beside it
of_each_page_and_the_way_in = pytest.mark.parametrize("page", [*PAGES, *SITE])


def path_of(built, page):
    """The file of a page, of the way in or of the statement."""
    return built / f"{page}.html" if page in SITE else built / page / f"{stem(page)}.html"


@cache
def read(built, page):
    """A page as a browser reads it."""
    return document(path_of(built, page))


def name_of(element):
    """An element's name; svg's elements too."""
    return element.tag.rsplit("}", 1)[-1] if isinstance(element.tag, str) else ""


def elements(tree, *names):
    """Every element of those names, or every element, in the page's order."""
    return [e for e in tree.iter() if name_of(e) in names or (not names and name_of(e))]


def addresses(html):
    """Where the links of a page lead."""
    return [a.get("href") for a in elements(html, "a")]


def is_beside(built, page, address):
    """Whether an address is that of a file which is published with the page."""
    file = (path_of(built, page).parent / address.partition("#")[0]).resolve()
    return file.is_file() and file.is_relative_to(built.resolve())


def text_of(element):
    """An element's text, spaces squeezed."""
    return " ".join("".join(element.itertext()).split())


@of_each_page_and_the_way_in
def test_a_page_is_valid_html(built, page):
    text = path_of(built, page).read_text("utf-8")
    parser = html5lib.HTMLParser(strict=True)
    parser.parse(text)
    assert text.startswith("<!DOCTYPE html>\n")


def test_no_two_pages_have_the_same_title(built):
    read_title = re.compile("<title>(.*?)</title>").search
    titles = [read_title(path.read_text("utf-8"))[1] for path in built.rglob("*.html")]
    assert sorted(set(titles)) == sorted(titles)
    assert len(titles) > len(PAGES)


@of_each_page_and_the_way_in
def test_a_page_has_language_title_one_heading_and_landmarks(built, page):
    html = read(built, page).getroot()
    assert html.get("lang") == "en-GB"
    assert text_of(html.find("head/title"))
    assert [name_of(child) for child in html.find("body")] == ["a", "header", "main", "footer"]
    assert len(html.findall("body/main/nav")) == (page not in SITE)
    assert len(elements(html, "h1")) == len(elements(html, "main")) == 1
    skip = html.find("body")[0]
    assert (skip.get("href"), html.find("body/main").get("id")) == ("#main", "main")


@of_each_page_and_the_way_in
def test_headings_do_not_skip_a_level(built, page):
    levels = [int(name_of(h)[1]) for h in elements(read(built, page), "h1", "h2", "h3", "h4")]
    steps = [after - before for before, after in pairwise(levels)]
    assert levels[0] == 1
    assert max(steps) == 1


@of_each_page
def test_the_contents_list_every_section(built, page):
    html = read(built, page)
    sections = [(f"#{h.get('id')}", text_of(h)) for h in html.findall("body/main/h2")]
    links = [(a.get("href"), text_of(a)) for a in elements(html.find("body/main/nav"), "a")]
    assert links == sections != []


@of_each_page
def test_the_key_messages_come_before_the_contents(built, page):
    main = read(built, page).getroot().find("body/main")
    shown = [child.get("class") or name_of(child) for child in main]
    assert shown.index("key-messages") < shown.index("contents") < shown.index("h2", 1)


@of_each_page_and_the_way_in
def test_ids_are_unique_and_every_reference_resolves(built, page):
    html = read(built, page)
    ids = [e.get("id") for e in elements(html) if e.get("id")]
    assert len(ids) == len(set(ids))
    wanted = {a.get("href")[1:] for a in elements(html, "a") if a.get("href").startswith("#")}
    for element in elements(html):
        wanted |= set(element.get("aria-labelledby", "").split())
        wanted |= {i for v in element.values() for i in re.findall(r"url\(#([^)]+)\)", v)}
    assert wanted - set(ids) == set()


@of_each_page_and_the_way_in
def test_the_policy_allows_no_script_and_no_request(built, page):
    head = read(built, page).getroot().find("head")
    policies = [e for e in head.iter("meta") if e.get("http-equiv")]
    assert [e.get("http-equiv") for e in policies] == ["Content-Security-Policy"]
    assert policies[0].get("content") == POLICY
    assert [name_of(e) for e in head].index("style") > list(head).index(policies[0])


@of_each_page_and_the_way_in
def test_a_page_is_one_file_that_asks_for_nothing(built, page):
    html = read(built, page)
    assert {name_of(e) for e in elements(html)} <= ELEMENTS
    for element in elements(html):
        names = {name.rsplit("}", 1)[-1] for name in dict(element.attrib)}
        assert not {name for name in names if name.startswith("on")}
        assert not names & {"src", "srcset", "poster", "action", "style", "background"}
        assert "href" not in names or name_of(element) == "a"
    for address in addresses(html):
        assert address.startswith(("https://", "http://", "mailto:", "#")) or is_beside(
            built, page, address
        )
    assert not [s for s in elements(html, "style") if re.search(r"@import|url\(", s.text)]
    assert path_of(built, page).stat().st_size <= LARGEST_PAGE


@of_each_page
def test_a_page_leads_to_the_index_to_its_parts_and_to_its_numbers(built, page):
    here = path_of(built, page).parent
    found = {(here / address).resolve() for address in addresses(read(built, page))}
    report, edition, *part = page.split("/")
    whole = built / report / edition / f"{report}-{edition}.html"
    parts = [path_of(built, p) for p in PAGES if p.startswith(f"{page}/")]
    files = {built / "index.html", built / "accessibility.html", here / "results.csv"}
    assert {path.resolve() for path in files | ({whole} if part else set(parts))} <= found


@of_each_page
def test_a_page_says_what_it_is_and_which_vintages_its_figures_come_from(built, page):
    html = read(built, page)
    assert "reconstruction" in text_of(html.find("body/header"))
    assert "not an official publication" in text_of(html.find("body/header"))
    sources = ";".join(row["sources"] for row in results(built / page).values())
    vintages = {source.partition("@")[0].split("/")[1] for source in re.findall(r"\S+@", sources)}
    footer = text_of(html.find("body/footer"))
    assert [vintage for vintage in vintages if f"vintage {vintage}" not in footer] == []


@of_each_page
def test_every_chart_is_an_image_with_a_title_and_a_description(built, page):
    figures = elements(read(built, page), "figure")
    # A scorecard, the registers and the list of measures are tables.
    tables = page.startswith("partner-scorecard") or page.endswith("/registers") or page == EXPLORE
    assert figures or tables
    for figure in figures:
        (svg,) = elements(figure, "svg")
        title, description = svg[0], svg[1]
        assert (name_of(title), name_of(description)) == ("title", "desc")
        assert svg.get("role") == "img"
        labels = [title.get("id"), description.get("id")]
        assert svg.get("aria-labelledby").split() == labels
        assert text_of(title) == text_of(figure.find("figcaption"))
        assert re.search(r"\d", text_of(description)), "written from the numbers"


@of_each_page
def test_every_chart_is_followed_by_the_table_of_its_data(built, page):
    for figure in elements(read(built, page), "figure"):
        shown = [child.get("class") or name_of(child) for child in figure]
        assert shown[:5] == ["figcaption", "description", "chart", "source", "table"]
        assert len(figure.findall("*/table/tbody/tr")) >= (1 if SHORT.fullmatch(page) else 4)


@of_each_page
def test_a_chart_scrolls_in_a_group_that_takes_focus_and_has_the_name_of_its_caption(built, page):
    for figure in elements(read(built, page), "figure"):
        chart = figure.find("div[@class='chart']")
        assert (chart.get("role"), chart.get("tabindex")) == ("group", "0")
        assert chart.get("aria-labelledby") == figure.find("figcaption").get("id")


def inherited(element, name):
    """An attribute of a drawing's element, its own or the one of the groups around it."""
    return next(e.get(name) for e in [element, *element.iterancestors()] if e.get(name))


@of_each_page
def test_text_in_charts_is_large_enough(built, page):
    for svg in elements(read(built, page), "svg"):
        sizes = [inherited(e, "font-size") for e in elements(svg, "text")]
        assert min(float(size.removesuffix("px")) for size in sizes) >= SMALLEST_TEXT


@of_each_page
def test_series_of_a_chart_differ_by_dash_or_shape_as_well_as_colour(built, page):
    for svg in elements(read(built, page), "svg"):
        looks = {}
        for mark in elements(svg, "path", "line"):
            shape = mark.get("d") if mark.get("fill") not in GREYS else ""
            for colour in {mark.get("fill"), mark.get("stroke")} - GREYS:
                looks.setdefault(colour, set()).add((mark.get("stroke-dasharray"), shape))
        for colour, own in looks.items():
            assert [c for c, others in looks.items() if c != colour and own & others] == []


@of_each_page
def test_every_table_has_a_caption_and_scopes_and_no_empty_cell(built, page):
    tables = elements(read(built, page), "table")
    assert tables
    for table in tables:
        assert name_of(table[0]) == "caption"
        (head,), rows = table.findall("thead/tr"), table.findall("tbody/tr")
        assert {(name_of(cell), cell.get("scope")) for cell in head} == {("th", "col")}
        for row in rows:
            assert (name_of(row[0]), row[0].get("scope")) == ("th", "row")
            assert {name_of(cell) for cell in row[1:]} == {"td"}
            assert len(row) == len(head)
        assert [cell for cell in elements(table, "caption", "th", "td") if not text_of(cell)] == []


@of_each_page
def test_every_column_of_numbers_says_its_unit(built, page):
    for table in elements(read(built, page), "table"):
        for column, heading in enumerate(table.find("thead/tr")):
            cells = [row[column] for row in table.findall("tbody/tr")]
            numbers = [text_of(n) for cell in cells for n in cell.iter("data")]
            in_heading = heading.find("span[@class='unit']") is not None
            in_cells = all("%" in number or "points" in number for number in numbers)
            assert in_heading or in_cells or "per 1,000 residents" in text_of(table[0])


@of_each_page
def test_colour_never_speaks_alone(built, page):
    html = read(built, page)
    for badge in html.xpath("//*[contains(concat(' ', @class, ' '), ' rag ')]"):
        assert re.fullmatch(r"[●◆■○] (GREEN|AMBER|RED|OPEN)", text_of(badge))
        assert badge.get("class").split()[1:] in ([text_of(badge)[2:].lower()], [])
    for sign in html.xpath("//span[@aria-hidden='true']"):
        assert re.match(r" (up|down|no change|GREEN|AMBER|RED)\b", sign.tail)


@of_each_page
def test_every_measured_number_in_words_can_be_traced(built, page):
    """Prose and tables mark their numbers; a chart's description may only repeat printed ones."""
    printed = {row["printed"].removesuffix("%") for row in results(built / page).values()}
    for element in elements(read(built, page).find("body/main")):
        own = [element.text, *(child.tail for child in element)]
        inside = {name_of(e) for e in [element, *element.iterancestors()]}
        sub_part = name_of(element) == "strong" and SUB_PART.fullmatch(element.text)
        if inside & {"data", "code", "text"} or sub_part:
            continue
        for text in filter(None, own):
            found = MEASURED.findall(NOT_MEASURED.sub("", text))
            described = inside & {"figure", "desc", "title"}
            assert [n for n in found if not described or n not in printed] == []


def test_each_of_the_19_recommendations_is_a_row_with_its_number_and_status(built):
    rows = {}
    for row in elements(read(built, TRACKER), "tr"):
        number = re.match(r"(\d+)\. \S", text_of(row[0]))
        if number and row[0].get("scope") == "row":
            words = re.findall(r"\b(?:GREEN|AMBER|RED)\b", " ".join(map(text_of, row[1:])))
            rows[int(number[1])] = words
    assert rows == {number: [status] for number, status in STATUSES.items()}


def test_the_tracker_counts_7_green_12_amber_and_no_red(built):
    numbers = {e.get("value"): text_of(e) for e in elements(read(built, TRACKER), "data")}
    counted = {key: text for key, text in numbers.items() if key.endswith(".count.day")}
    assert {key: text for key, text in counted.items() if not key.startswith("actions")} == {
        "recommendations.mps.count.day": "19",
        "recommendations-green.mps.count.day": "7",
        "recommendations-amber.mps.count.day": "12",
        "recommendations-red.mps.count.day": "0",
        "recommendations-open.mps.count.day": "0",
        "recommendations-overdue.mps.count.day": "0",
        "recommendations-followed.mps.count.day": "19",
        "recommendations-undated.mps.count.day": "3",
    }


PALETTE = {"#12436D", "#28A197", "#801650", "#F46A25", "#3D3D3D", "#A285D1", "#D9D9D9"}


@of_each_page
def test_charts_use_the_colours_of_the_palette_alone(built, page):
    for svg in elements(read(built, page), "svg"):
        used = {m.get(way) for m in elements(svg, "path", "line") for way in ("fill", "stroke")}
        assert used - PALETTE - {None, "none", "white", "transparent"} == set()
