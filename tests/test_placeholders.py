"""Texts name their numbers: what is misspelt is refused, what is typed or stale is told."""

import shutil
from dataclasses import replace

import pytest
from scrutiny import build_report, words
from scrutiny.errors import FaultyEdition
from scrutiny.report import texts

PAGE = "committee-monthly", "2012-10"
MARKED = '<data value="tno.mps.change_percent.12m">-2.9%</data>'


@pytest.fixture(scope="module")
def page():
    return build_report(*PAGE)


@pytest.fixture
def written(page):
    """The page with another introduction, and what is told of it."""

    def report(text):
        edition = replace(page.edition, texts={**page.edition.texts, "introduction": text})
        told = texts.warnings(edition, page.area, page.numbers)
        return replace(page, edition=edition, warnings=tuple(told))

    return report


def notes(report):
    return [w for w in report.warnings if w.startswith("introduction.md")]


@pytest.mark.parametrize(
    "name",
    [
        "tno.mps.change_percent.12m",
        "tno.change_percent",
        "tno.change_percent was -2.9",
        "tno.change_percent was -3.5% within 1",
    ],
)
def test_a_number_is_put_in_by_its_name_long_or_short(written, name):
    report = written(f"Crime fell ({{{{ {name} }}}}).\n\n- in *{{{{{name}}}}}*\n")
    assert words.text(report, "introduction").html.count(MARKED) == 2
    assert notes(report) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{{ tno.change_percnt }}", r"line 1: .*did you mean tno\.change_percent"),
        ("a\n\nb {{ homicde.mps.count.12m }}", r"line 3: .*did you mean homicide\.mps\.count"),
        ("{{ 7*7 }}", "is not a placeholder"),
        ("{{ tno.__class__ }}", "is not a placeholder|names no number"),
        ("{% for x in y %}{{ x }}", "names no number"),
        ("{{ spending-actual.mps.amount.2012-08 }}", "the figure is withheld"),
        ("a }} b", "is not a placeholder"),
    ],
)
def test_what_names_no_number_is_refused_and_nothing_is_executed(written, text, said):
    with pytest.raises(FaultyEdition, match=said):
        written(text)


def test_a_placeholder_in_an_address_is_refused(written):
    report = written("[x](https://example.org/{{tno.count}})")
    with pytest.raises(FaultyEdition, match="stands in an address"):
        words.text(report, "introduction")


@pytest.mark.parametrize(
    ("was", "is_stale"),
    [
        ("-2.9", False),
        ("-2.8", True),
        ("-3.5 within 1", False),
        ("-4.5 within 1", True),
        ("+0.1 within 5", True),
    ],
)
def test_a_sentence_is_stale_once_its_number_moved_more_than_it_says_or_turned(
    written, was, is_stale
):
    told = notes(written(f"It fell by {{{{ tno.change_percent was {was} }}}}."))
    assert [note.startswith("introduction.md, line 1: stale: tno.mps") for note in told] == [
        True
    ] * is_stale


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("There were 797,339 offences.", []),
        ("Homicide fell by 29.5%.", []),
        ("Homicide fell by 45.7%.", ["45.7%"]),
        (
            "There were 4,711 offences on 25 October 2012 in 2011/12, as paragraph 9 says.",
            ["4,711"],
        ),
        ("The aims of 20-20-20 are for 2016; period 5 ended.", []),
    ],
)
def test_a_typed_number_that_no_number_of_the_page_supports_is_told(written, text, told):
    found = [note for note in notes(written(text)) if "no number of the page supports it" in note]
    assert [note.split(": ")[1].split(" is typed")[0] for note in found] == told


@pytest.mark.parametrize("edition", ["committee-monthly/2012-10", "recommendation-tracker/2013-06"])
def test_texts_that_ship_type_no_number_of_their_own(edition):
    told = build_report(*edition.split("/")).warnings
    assert not [w for w in told if "is typed" in w or "stale" in w]


def test_check_lists_them(root, scrutiny, tmp_path):
    params = shutil.copytree(root / "params", tmp_path / "params")
    text = params / "/".join(PAGE) / "introduction.md"
    text.write_text("Homicide fell by 45.7%, {{ tno.change_percent was 5 }}.", "utf-8")
    found = scrutiny("check", "/".join(PAGE), "--params", params)
    assert "introduction.md, line 1: 45.7% is typed" in found.stdout
    assert "introduction.md, line 1: stale: tno.mps.change_percent.12m is now -2.9%" in found.stdout
