"""What a pack is not made of, and what is said."""

import shutil
from pathlib import Path

import pytest
from packs import MEETING

ROOT = Path(__file__).parents[2]


def copy_of(approved, tmp_path):
    """The approved pages in a folder that a test may spoil."""
    shutil.copytree(approved / "borough-priorities", tmp_path / "borough-priorities")
    return tmp_path / "borough-priorities" / "2018-q4" / "croydon"


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
