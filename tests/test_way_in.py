"""The index leads to the static pages always, and to the dashboards where their address is set."""

import re

import pytest
from scrutiny.due import Origins
from scrutiny.errors import WrongOption
from scrutiny.project import DASHBOARD_VARIABLE, open_project
from scrutiny.publish import write_index

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
