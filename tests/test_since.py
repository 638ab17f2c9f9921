"""What changed since the last edition: the page and the command say the same."""

import datetime as dt
from dataclasses import replace

import pytest
from scrutiny import build_report, tables, words
from scrutiny.edition import Target
from scrutiny.measures.results import to_csv
from scrutiny.publish.compare import compare
from scrutiny.registers import load
from scrutiny.report.since import since

REPORT = "committee-monthly"
KINDS = ("changed", "added", "dropped", "same")


@pytest.fixture(scope="module")
def pages():
    return {name: build_report(REPORT, name) for name in ("2012-09", "2012-10")}


@pytest.fixture(scope="module")
def compared(pages, tmp_path_factory):
    out = tmp_path_factory.mktemp("outputs")
    for name, page in pages.items():
        (out / REPORT / name).mkdir(parents=True)
        (out / REPORT / name / "results.csv").write_text(to_csv(page.numbers.values()), "utf-8")
    return compare(out, Target(REPORT, "2012-09"), Target(REPORT, "2012-10"))


def test_the_section_counts_what_compare_counts(pages, compared):
    now = pages["2012-10"]
    said = [now.number(f"figures-{kind}", "count", "day").value for kind in KINDS]
    found = [compared["same"] if kind == "same" else len(compared[kind]) for kind in KINDS]
    assert said == found
    assert found[0] > 100
    shown = words.since(now).html
    assert all(
        f">{number}</data> {kind}" in shown for number, kind in zip(found[:3], KINDS, strict=False)
    )


def test_a_lead_change_stands_beside_that_of_the_last_edition(pages, compared):
    (homicide,) = [
        n for n in compared["changed"] if n["result_id"] == "homicide.mps.change_percent.12m"
    ]
    before, after = homicide["before"]["printed"], homicide["after"]["printed"]
    shown = words.since(pages["2012-10"]).html
    assert f">{after}</data>, " in shown
    assert f'last-edition">{before}</data> in the last edition' in shown
    assert (before, after) == ("-21.1%", "-29.5%")


def test_the_page_remembers_serious_youth_violence_and_what_moved_in_the_registers(pages):
    shown = words.since(pages["2012-10"]).html
    assert "<strong>Serious youth violence</strong> left the partners" in shown
    assert "Decisions new on record: DMPCD 2012 115" in shown
    assert words.since(pages["2012-09"]).html == (
        "<p>No edition comes before this one, so nothing is compared.</p>"
    )


def changed(page, key, **fields):
    return [replace(r, **fields) if r.result_id == key else r for r in page.numbers.values()]


def test_a_figure_of_the_same_month_that_changed_is_a_revision_with_its_size(pages, root):
    now, before = pages["2012-10"], pages["2012-09"]
    key = "tno.mps.count.2012-05"
    assert now.numbers[key].value == before.numbers[key].value
    had = changed(before, key, value=1.0, printed="1")
    books = load(root / "data" / "registers")
    own = [r for r in now.numbers.values() if not r.measure.startswith("figures-")]
    own = [r for r in own if not r.result_id.endswith(".last-edition")]
    found = since(now.edition, before.edition, had, own, books)
    assert found.revisions == (key,)
    page = replace(now, since=found, numbers=now.numbers | {r.result_id: r for r in found.results})
    table = tables.revised(page)._repr_html_()
    assert '<data value="tno.mps.count.2012-05.last-edition">1</data>' in table
    assert f">{now.numbers[key].printed}</data>" in table
    assert tables.revised(now)._repr_html_() == ""


def test_a_measure_that_came_or_went_is_named(pages, root):
    now, before = pages["2012-10"], pages["2012-09"]
    books = load(root / "data" / "registers")
    had = [r for r in before.numbers.values() if r.measure != "gun-crime"]
    has = [r for r in now.numbers.values() if r.measure != "rape"]
    has = [r for r in has if not r.measure.startswith("figures-")]
    found = since(now.edition, before.edition, had, has, books)
    assert (found.added, found.dropped) == (("gun-crime",), ("rape",))


def test_what_moved_is_told_of_the_days_between_the_two_meetings(pages, root):
    now, before = pages["2012-10"], pages["2012-09"]
    books = load(root / "data" / "registers")
    later = replace(
        now.edition,
        settings=now.edition.settings.model_copy(update={"meeting": dt.date(2012, 11, 29)}),
    )
    found = since(later, now.edition, before.numbers.values(), before.numbers.values(), books)
    assert [s for s in found.moved if "by the end of October" in s] == [
        "Commitment on Police and Crime Plan, by the end of October 2012: open before, overdue now."
    ]
