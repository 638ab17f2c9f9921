"""What a paper states beside its own numbers is worked out again, and told where it is wrong."""

import shutil
import subprocess
import sys

import pytest
from scrutiny import build_report
from scrutiny.project import Project
from scrutiny.statements import statements
from statements import FIRST, SECOND, THIRD
from statements import statements as made_up

ENOUGH = 2_000


def said(text):
    """What the checker says of each statement of a text, in short."""
    return [(s.stated, s.computed, s.reason or s.follows) for s in statements(text)]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            "Homicide + 81.1% Homicide; 11 last year compared to 20 this year.",
            [("+ 81.1%", "+81.8%", "does not follow")],
        ),
        ("20 homicides, 9 more (81.8%).", [("81.8%", "+81.8%", True)]),
        ("Of the 358 offences 74 (20.7%) involved guns.", [("20.7%", "20.7%", True)]),
        ("477 of 1,426 offences (33.9%) caused injury.", [("33.9%", "33.5%", "does not follow")]),
        (
            "It is at 53.1%. This is an increase of 1.9% from 51.2% at the end of September.",
            [("1.9%", "+3.7%", "these are percentage points, not per cent")],
        ),
        ("It rose 1.9 percentage points, from 51.2% to 53.1%.", [
            ("1.9 percentage points", "+1.9 percentage points", True)]),
        (
            "The confidence interval range is 2.6%, between a low at 50.5% and a high at 55.7%.",
            [("2.6%", "5.2 percentage points", "this is half of the interval, not its range")],
        ),
        ("Burglary fell by 5.3%, from 21,066 to 22,182.", [("5.3%", "+5.3%", "the other way")]),
        ("Homicide fell 29% from 132 to 93.", [("29%", "-29.5%", "cut, not rounded")]),
        ("Offences fell from 1.2 million to 1.1 million (8%).", [("8%", "-8.3%", True)]),
        ("£500 million out of a £3.6 billion budget (20%).", [("20%", "13.9%", "does not follow")]),
    ],
)  # fmt: skip
def test_a_statement_is_worked_out_from_the_numbers_beside_it(text, says):
    assert said(text) == says


@pytest.mark.parametrize(
    "text",
    [
        "Confidence ranges from 11% in one borough to 87% in another, up from 2009.",
        "The target is 59.4% by March 2012, the interim target 55.4% by March 2011.",
        "Officers go from 31,000 to 28,215 by 2022/23, and crime is up over 8 per cent.",
        "Burglary rose by 1.5 per cent, less than the average of 5.3 per cent.",
        "On 17.5.10 and for 12 weeks 7 of the 32 boroughs met the target of 45%.",
        "From 800 calls in the north to 200 in the south, calls were down 5% on the week.",
    ],
)
def test_numbers_that_state_nothing_of_each_other_raise_no_alarm(text):
    assert said(text) == []


def test_a_sentence_that_is_broken_over_lines_is_read_whole_and_has_the_line_it_begins_on():
    text = "# Crime\n\nIn the year to March the count of burglaries rose by\n5%, from 100 to 107.\n"
    assert [(s.line, s.computed) for s in statements(text)] == [(3, "+7.0%")]


@pytest.mark.parametrize(
    ("wordings", "precision", "recall"),
    [
        pytest.param(FIRST, 1.0, 0.95, id="first"),
        pytest.param(SECOND, 1.0, 0.93, id="second"),
        pytest.param(THIRD, 0.99, 0.70, id="third"),
    ],
)
def test_in_many_wordings_nearly_all_that_is_called_wrong_is_wrong(
    wordings, precision, recall, record_property
):
    found = [
        (kind is not None and not follows, any(not s.follows for s in statements(text)))
        for text, kind, follows in made_up(wordings, ENOUGH)
    ]
    both = found.count((True, True))
    measured = {
        "precision": both / sum(called for _, called in found),
        "recall": both / sum(wrong for wrong, _ in found),
    }
    for name, value in measured.items():
        record_property(name, round(value, 3))
    assert measured["precision"] >= precision
    assert measured["recall"] >= recall


# Every statement that the checker reads in the five documents: line, as stated, whether it follows.
READ = {
    "2010-06-10-tp-performance-report.txt": [
        (56, "+ 81.1%", False),
        (57, "20.7%", True),
        (58, "33.5%", True),
        (68, "1.9%", False),
        (68, "2.6%", False),
    ],
    "2012-10-25-committee-qa-20-20-20.txt": [],
    "2012-10-25-mopac-monthly-report.txt": [],
    "2013-recommendation-rag-tracker.txt": [],
    "2019-05-03-mayors-letter-borough-priorities.txt": [],
}


@pytest.mark.parametrize("name", READ)
def test_the_errors_of_the_documents_are_found_and_nothing_else_is_called_wrong(name, real_data):
    path = real_data.parent / "reference" / name
    if not path.is_file():
        pytest.skip("the document is not there")
    text = path.read_text("utf-8")
    assert [(s.line, s.stated, s.follows) for s in statements(text)] == READ[name]


def test_the_texts_of_the_shipped_editions_state_nothing_wrong(root):
    texts = {path: path.read_text("utf-8") for path in (root / "params").rglob("*.md")}
    assert texts
    wrong = {p.name: s for p, t in texts.items() for s in statements(t) if not s.follows}
    assert wrong == {}


def check(*names):
    """The answer of ``scrutiny check --document``."""
    asked = [sys.executable, "-m", "scrutiny", "check", "--document", *map(str, names)]
    return subprocess.run(asked, capture_output=True, text=True, check=False)


def test_the_command_names_line_sentence_and_both_figures_and_ends_with_1(tmp_path):
    paper = tmp_path / "paper.md"
    text = "# Paper\n\nHomicide rose from 11 to 20 (+81.1%). 74 of 358 (20.7%).\n"
    paper.write_text(text, "utf-8")
    done = check(paper)
    assert done.returncode == 1
    assert done.stdout == (
        f"✗  {paper}, line 3: +81.1% does not follow: from 11 to 20 is +81.8%\n"
        "     Homicide rose from 11 to 20 (+81.1%).\n"
        "2 statements read, 1 does not follow\n"
    )


def test_a_paper_whose_statements_follow_ends_with_0(tmp_path):
    paper = tmp_path / "paper.txt"
    paper.write_text("74 of 358 offences (20.7%) involved guns.", "utf-8")
    done = check(paper)
    assert (done.returncode, done.stdout) == (0, "1 statement read, none that does not follow\n")


@pytest.mark.parametrize(
    ("contents", "says"),
    [
        (None, "no file"),
        (b"a budget of \xa35", "is not text in UTF-8"),
        (b"PK\x03\x04", "is not text or Markdown"),
    ],
)
def test_what_is_no_text_is_a_wrong_request(contents, says, tmp_path):
    paper = tmp_path / "paper.docx"
    if contents is not None:
        paper.write_bytes(contents)
    done = check(paper)
    assert done.returncode == 2
    assert says in done.stderr
    assert "Traceback" not in done.stderr


def test_a_text_of_an_edition_that_does_not_follow_warns_when_the_page_is_made(root, tmp_path):
    params = tmp_path / "params"
    shutil.copytree(root / "params", params)
    text = params / "committee-monthly" / "2012-10" / "introduction.md"
    text.write_text("Homicide rose from 11 to 20 (+81.1%).\n", "utf-8")
    report = build_report("committee-monthly", "2012-10", project=Project(root, params))
    warning = "introduction.md, line 1: +81.1% does not follow: from 11 to 20 is +81.8%"
    assert warning in report.warnings
