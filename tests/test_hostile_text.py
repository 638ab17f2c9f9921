"""Whatever is written into a register, an edition or a text shows as text, and does nothing."""

import html
import re
import shutil

import altair as alt
import html5lib
import pandas as pd
import pytest
from hostile import (
    BRACES,
    ELSEWHERE,
    HOSTILE,
    IN_A_ROW,
    LAST,
    TRACKER,
    hostile_page,
    hostile_project,
)
from scrutiny import build_report, render
from scrutiny.charts.figure import Figure
from scrutiny.errors import FailedPage, FaultyEdition
from scrutiny.markup import markdown, text, visible
from scrutiny.project import Project
from scrutiny.proof import prove
from scrutiny.tables import Column, Table

EVIL = "evil.example"


def shown(source):
    """A text as a reader sees it: without what cannot be seen, spaces squeezed."""
    return " ".join(visible(source).split())


def document(page):
    """A page as a browser reads it."""
    return html5lib.parse(page, treebuilder="lxml", namespaceHTMLElements=False)


def names(tree):
    """The names of all elements."""
    return [e.tag.rsplit("}", 1)[-1] for e in tree.iter() if isinstance(e.tag, str)]


def attributes(tree):
    """Every attribute of every element, as name and value."""
    return [pair for e in tree.iter() if isinstance(e.tag, str) for pair in e.attrib.items()]


def seen(tree):
    """All text of the page's body, spaces squeezed."""
    return " ".join("".join(tree.getroot().find("body").itertext()).split())


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """A project whose registers, edition and texts are hostile."""
    return hostile_project(tmp_path_factory.mktemp("hostile"))


@pytest.fixture(scope="module")
def made(project, tmp_path_factory):
    """The page of that project."""
    return hostile_page(project, tmp_path_factory.mktemp("page"))


@pytest.fixture(scope="module")
def hostile(made):
    """The page as a browser reads it."""
    return document(made)


def test_there_are_at_least_40_hostile_strings():
    assert len(set(HOSTILE)) >= 40


def test_no_hostile_text_becomes_an_element_that_runs_or_asks(hostile):
    assert not set(names(hostile)) & {
        "script", "iframe", "object", "embed", "base", "link", "form", "input", "button", "img",
        "template", "math", "animate", "details", "textarea",
    }  # fmt: skip
    assert names(hostile).count("h1") == names(hostile).count("main") == 1
    assert [m.get("http-equiv") for m in hostile.iter("meta") if m.get("http-equiv")] == [
        "Content-Security-Policy"
    ]


def test_no_hostile_text_becomes_a_handler_or_an_address(hostile):
    for name, value in attributes(hostile):
        assert not name.startswith("on")
        assert name not in ("src", "style", "action", "{http://www.w3.org/1999/xlink}href")
        if name == "href":
            assert value.startswith(("#", "http://", "https://", "mailto:"))


def test_no_hostile_text_closes_the_style_sheet_or_opens_a_comment(hostile, project):
    styles = [e.text for e in hostile.iter("style")]
    assert styles[0] == render.style(project)
    assert [node for node in hostile.iter() if not isinstance(node.tag, str)] == []


@pytest.mark.parametrize("written", [*IN_A_ROW, *ELSEWHERE, *LAST, BRACES], ids=ascii)
def test_hostile_text_of_a_register_shows_as_it_was_written(hostile, written):
    assert shown(written) in seen(hostile)


def test_a_hostile_title_shows_as_it_was_written(hostile):
    wanted = shown(f"{HOSTILE[2]} {BRACES} {HOSTILE[42]}")
    assert shown("".join(hostile.getroot().find("body/header/h1").itertext())) == wanted


def test_no_number_is_put_in_by_text(hostile):
    values = [value for name, value in attributes(hostile) if name == "value"]
    assert "burglary.mps.count.12m" not in values


def test_what_turns_round_the_text_after_it_is_left_out(made):
    assert not re.search(r"[\u200b\u202a-\u202e\u2066-\u2069\ufeff\x00-\x08\x7f]", made)


@pytest.mark.parametrize("written", [*HOSTILE, BRACES], ids=ascii)
def test_text_is_never_markup_and_reads_as_it_was_written(written):
    safe = text(written)
    assert not re.search(r"[<>\"']|\{\{|\}\}", safe)
    assert html.unescape(safe) == visible(written)


@pytest.mark.parametrize("written", HOSTILE, ids=ascii)
@pytest.mark.parametrize("begun", ["", "# ", "- ", "> ", "    ", "**", "[x](", "1. "], ids=repr)
def test_markdown_has_its_own_elements_and_no_others(written, begun):
    made = document(f"<main>{markdown(begun + written)}</main>")
    allowed = {
        "html", "head", "body", "main", "p", "h3", "h4", "ul", "ol", "li", "strong", "em", "a",
        "blockquote", "br", "code", "pre",
    }  # fmt: skip
    assert set(names(made)) <= allowed
    assert {name for name, _ in attributes(made)} <= {"href"}
    for _, address in attributes(made):
        assert address.startswith(("http://", "https://", "mailto:"))


def test_a_picture_from_elsewhere_becomes_a_link_that_asks_for_nothing():
    assert (
        markdown(f"![spy](https://{EVIL}/x.png)")
        == f'<p>!<a href="https://{EVIL}/x.png">spy</a></p>\n'
    )


@pytest.mark.parametrize(
    ("source", "levels"),
    [
        ("#### Deep\n\n# High\n\n## Middle", ["h3", "h3", "h4"]),
        ("# \n\n# One\n\n###### Two", ["h3", "h4"]),
    ],
)
def test_headings_of_a_text_skip_no_level_and_are_never_empty(source, levels):
    made = document(f"<main>{markdown(source)}</main>")
    assert [name for name in names(made) if name in ("h3", "h4")] == levels


def test_a_link_without_words_shows_its_address():
    assert markdown("[](https://example.org/)") == (
        '<p><a href="https://example.org/">https://example.org/</a></p>\n'
    )


@pytest.mark.parametrize("written", [*HOSTILE, BRACES], ids=ascii)
def test_a_table_keeps_its_shape_whatever_its_words(written):
    safe = text(written)
    table = Table(written, (Column(written, written, numeric=False),) * 2, ((safe, safe),), (safe,))
    made = document(f"<main>{table._repr_html_()}</main>")
    assert [name for name in names(made) if name in ("table", "caption", "tr", "th", "td")] == [
        "table", "caption", "tr", "th", "th", "tr", "th", "td",
    ]  # fmt: skip
    assert [shown(e.text) for e in made.iter("caption", "td")] == [shown(written)] * 2


def test_a_placeholder_that_nothing_resolves_is_named_with_its_file(project, tmp_path):
    params = tmp_path / "params"
    shutil.copytree(project.params, params)
    (params / TRACKER / "rule.md").write_text("See {{ burglary.mps.count.12m }}.", "utf-8")
    itself = Project(root=project.root, params=params)
    with pytest.raises(FaultyEdition, match=r"rule\.md, line 1: '\{\{ burglary\.mps\.count\.12m"):
        build_report("recommendation-tracker", "2013-06", project=itself)


REFUSED = {
    "<script>x</script>": "a script",
    "<!--><script>x</script>-->": "a script",
    "<svg><title><script>x</script></title></svg>": "a script",
    "<svg><style><img alt='' onerror=x></style></svg>": "a script: onerror",
    "<p onclick=x>": "a script: onclick",
    "<svg><use href=#x></use></svg>": "a request to another place: <use>",
    "<p>{{ x }}</p>": "an unresolved placeholder",
    "<img src='data:image/png;base64,x'>": "an image without description",
    "<img alt='' src=https://evil.example/x.png>": "a request to another place: src",
    "<style>p{background:url(//x)}</style>": "a request to another place: 'url('",
    "<a href='javascript:x'>x</a>": "a link that is no address",
    "<a href=other.html>x</a>": "a link that is no address",
    "<p id=x></p><p id=x></p>": "the id 'x' twice",
    "<pre>Traceback (most recent call last)</pre>": "a traceback",
}


@pytest.mark.parametrize(("inside", "said"), REFUSED.items(), ids=list(REFUSED))
def test_the_last_check_refuses_what_no_page_may_hold(project, inside, said):
    with pytest.raises(FailedPage, match=re.escape(said)):
        prove(f"<!DOCTYPE html><html><body><h1>x</h1>{inside}</body></html>", project)


def test_the_last_check_passes_what_only_looks_like_markup(project):
    looks = text(" ".join([*HOSTILE, BRACES]))
    prove(f"<!DOCTYPE html><html><body><h1>x</h1><p>{looks}</p></body></html>", project)


def test_a_chart_draws_hostile_labels_as_letters():
    wanted = [*HOSTILE, BRACES]
    data = pd.DataFrame({"label": wanted, "value": range(len(wanted))})
    chart = alt.Chart(data).mark_bar().encode(x="value:Q", y="label:N", color="label:N")
    all_of_it = " ".join(wanted)
    table = Table("T", (Column("L", numeric=False),), (("x",),))
    figure = Figure("figure-x", all_of_it, all_of_it, all_of_it, table, chart, data)
    made = document(f"<!DOCTYPE html><html><body>{figure._repr_html_()}</body></html>")
    assert set(names(made)) <= {
        "html", "head", "body", "figure", "figcaption", "p", "div", "table", "caption", "thead",
        "tbody", "tr", "th", "svg", "title", "desc", "g", "path", "text", "rect", "style", "defs",
        "clipPath",
    }  # fmt: skip
    assert not [name for name, _ in attributes(made) if name.startswith("on")]
    (svg,) = made.xpath("//*[local-name()='svg']")
    assert [shown(svg[i].text) for i in (0, 1)] == [shown(all_of_it)] * 2
