"""Editions that cannot be: each is refused by name before a kernel starts."""

import pytest
from scrutiny.edition import load, strangers
from scrutiny.errors import FaultyEdition
from test_requests import BOROUGHS, COMMITTEE, TRACKER, ask, cases, edition, out, refused

__all__ = ["ask", "out", "refused"]  # fixtures

FAULTS = {
    "no-such-day": ("2012-10-25\nvenue", "2012-02-30\nvenue", ["not YAML"]),
    "nested-without-end": ("", "x: " + "[" * 20_000, ["not YAML"]),
    "number-without-end": ("", "x: " + "9" * 5_000, ["not YAML"]),
}


@cases(("old", "new", "says"), FAULTS)
def test_a_faulty_edition_is_refused_by_name(refused, tmp_path, old, new, says):
    said = refused("build", COMMITTEE, "--params", edition(tmp_path, COMMITTEE, old, new))
    assert said.startswith(f"scrutiny: {COMMITTEE}/edition.yml: ")
    assert [words for words in says if words not in said] == []


def test_a_text_that_is_not_utf_8_is_refused_by_name(refused, tmp_path):
    params = edition(tmp_path, COMMITTEE)
    (params / COMMITTEE / "finance.md").write_bytes(b"\xff\xfe\x00")
    assert "finance.md" in refused("build", COMMITTEE, "--params", params)


def test_a_financial_year_that_does_not_exist_names_no_edition(tmp_path):
    old, new = "2018-12\ncompare: quarter", "2019-03\ncompare: fy"
    params = edition(tmp_path, BOROUGHS, old, new, name="fy2018-20")
    with pytest.raises(FaultyEdition, match="fy2018-20"):
        load(params, "borough-priorities", "fy2018-20")


def test_an_origin_that_the_register_lacks_is_the_editions_fault(refused, tmp_path):
    params = edition(tmp_path, TRACKER, "Committee's", "Committe's")
    assert "holds none of origin" in refused("build", TRACKER, "--params", params)


def test_one_edition_with_an_unknown_origin_does_not_stop_the_others(scrutiny, tmp_path, out):
    params = edition(tmp_path, TRACKER)
    edition(tmp_path, TRACKER, "2013-06", "2013-07\norigin: nobody's #", name="2013-07")
    path = params / "recommendation-tracker/2013-07/edition.yml"
    kept = [x for x in path.read_text("utf-8").splitlines() if not x.startswith("origin: Comm")]
    path.write_text("\n".join(kept), "utf-8")
    finished = scrutiny("build", "--params", params, "--out", out)
    assert finished.returncode == 1
    assert (out / TRACKER / "recommendation-tracker-2013-06.html").is_file()


@pytest.mark.parametrize("format", ["", "html,"], ids=["empty", "comma"])
def test_an_empty_format_is_refused_in_words(ask, format, tmp_path):
    params = edition(tmp_path, TRACKER)
    status, said = ask("build", "--params", params, "--format", format)
    assert (status, "'' is not a format" in said) == (2, True)


def test_a_file_as_the_folder_to_publish_in_is_refused(ask, out):
    out.write_text("a file", "utf-8")
    status, said = ask("build", TRACKER)
    assert (status, said.count("\n")) == (2, 1)


def test_an_empty_folder_name_is_not_this_folder(refused):
    assert "an empty name is no folder" in refused("build", COMMITTEE, "--data", "")


def test_what_looks_like_an_edition_and_is_none_is_named(tmp_path):
    (tmp_path / "comittee-monthly" / "2012-10").mkdir(parents=True)
    (tmp_path / "committee-monthly" / "2012-11").mkdir(parents=True)
    (tmp_path / "meetings").mkdir()
    said = strangers(tmp_path)
    assert [text.split(";")[0] for text in said] == [
        "params/comittee-monthly is no report",
        "params/committee-monthly/2012-11 has no edition.yml",
    ]
    assert "did you mean committee-monthly?" in said[0]
