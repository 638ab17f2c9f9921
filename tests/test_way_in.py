"""The index leads each reader to every page, and to the dashboards where their address is set."""

import csv
import re

import pytest
from scrutiny.due import Origins
from scrutiny.errors import WrongOption
from scrutiny.project import DASHBOARD_VARIABLE, open_project
from scrutiny.publish import write_index
from shipped import PAGES, document, stem

ADDRESS = "https://dashboards.example.org/?a=1&b=2"


@pytest.fixture
def index(tmp_path, monkeypatch):
    """``index(address)`` is the index of an empty folder, with the dashboards at the address."""

    def written(address):
        monkeypatch.setenv(DASHBOARD_VARIABLE, address)
        return write_index(open_project(), tmp_path).read_text("utf-8")

    return written


def links(text):
    """Every address that the index leads to."""
    return re.findall(r'<a href="([^"#]+)"', text)


def test_without_an_address_the_index_leads_to_no_dashboard(index):
    assert links(index("")) == ["accessibility.html"]


def test_the_index_leads_to_the_dashboards_under_explore(index):
    text = index(ADDRESS)
    assert links(text) == [ADDRESS.replace("&", "&amp;"), "accessibility.html"]
    assert text.index('id="explore"') < text.index("dashboards.example.org")


@pytest.mark.parametrize(
    "address",
    ["dashboards.example.org", "javascript:alert(1)", "https://", "ftp://a.org", "https://a b.org"],
)
def test_what_is_no_address_is_refused_before_anything_is_built(address, monkeypatch):
    monkeypatch.setenv(DASHBOARD_VARIABLE, address)
    with pytest.raises(WrongOption, match=r"SCRUTINY_DASHBOARD=.* is no address"):
        open_project()


def test_an_index_is_written_again_where_the_dashboards_have_moved(index, tmp_path, monkeypatch):
    index(ADDRESS)
    assert not Origins(open_project(), tmp_path).index_is_due()
    for other in ("", "https://elsewhere.example.org/"):
        monkeypatch.setenv(DASHBOARD_VARIABLE, other)
        assert Origins(open_project(), tmp_path).index_is_due()


def test_the_way_in_leads_by_reader_to_every_page(built):
    index = document(built / "index.html")
    assert [heading.text for heading in index.iter("h2")] == [
        "For the committee", "My borough", "How policing of the boroughs performs",
        "For boroughs and their partners", "What became of our recommendations", "Explore",
    ]  # fmt: skip
    links = {a.get("href") for a in index.iter("a") if not a.get("href").startswith("#")}
    tables = {f"{page}/results.csv" for page in PAGES if page.count("/") == 1}
    pages = {path.relative_to(built).as_posix() for path in built.glob("*/**/*.html")}
    assert pages >= {f"{page}/{stem(page)}.html" for page in PAGES}
    whole = {link.partition("#")[0] for link in links}
    assert whole == {*pages, *tables, "accessibility.html"}
    assert [link for link in whole if not (built / link).is_file()] == []


def test_every_page_of_a_report_leads_to_what_can_be_explored(built):
    for page in PAGES:
        text = (built / page / f"{stem(page)}.html").read_text("utf-8")
        link = f'href="{"../" * len(page.split("/"))}index.html#explore"'
        assert (link in text) is not page.startswith("explore/")


def test_the_way_in_counts_the_changes_that_the_monthly_page_counts(built):
    index = re.sub(r"\s+", " ", (built / "index.html").read_text("utf-8"))
    for edition, since in (("2012-10", "September 2012"), ("2025-12", "October 2012")):
        with (built / "committee-monthly" / edition / "results.csv").open(encoding="utf-8") as file:
            values = {row["measure"]: float(row["value"] or 0) for row in csv.DictReader(file)}
        changed, same, added, dropped = (
            int(values[f"figures-{kind}"]) for kind in ("changed", "same", "added", "dropped")
        )
        assert (
            f"What changed since {since}: of {changed + same:,} numbers in both, {changed:,} are "
            f"not the same; {added:,} are new, {dropped:,} are no longer there."
        ) in index


def test_a_link_of_the_index_into_a_page_leads_to_a_section(built):
    links = re.findall(r'href="([^"#]+)#([^"]+)"', (built / "index.html").read_text("utf-8"))
    assert len(links) > 5
    for page, section in links:
        assert f'id="{section}"' in (built / page).read_text("utf-8"), (page, section)


def test_a_page_that_no_report_has_any_more_is_listed_by_its_folder(tmp_path):
    for report, edition, part in (
        ("committee-monthly", "2012-10", "catalogue-gone"),
        ("borough-priorities", "2018-q4", "middlesex"),
        ("explore", "2025-11", "highway-robbery"),
    ):
        folder = tmp_path / report / edition / part
        folder.mkdir(parents=True)
        (folder / f"{report}-{edition}-{part}.html").write_text("old")
    index = write_index(open_project(), tmp_path).read_text("utf-8")
    for name in ("catalogue-gone", "middlesex", "highway-robbery"):
        assert f">{name}</a>" in index
