"""A file is parsed once: what was read is kept by its contents, and nothing else decides."""

import shutil
from dataclasses import fields

import pandas as pd
import pytest
from files import read, values
from scrutiny.errors import FaultyFile

HEADER = "Borough,Major Category,Minor Category,201811,201812\n"
SOUND = HEADER + "Barnet,Robbery,Personal Property,7,9\nUnknown,Robbery,Personal Property,1,0\n"
OTHER = HEADER + "Barnet,Robbery,Personal Property,70,90\n"
FAULTY = SOUND + "Total,Robbery,Personal Property,8,9\n"
FIGURES = {
    ("Barnet", "Personal Property", "2018-11"): 7,
    ("Barnet", "Personal Property", "2018-12"): 9,
    ("Unknown", "Personal Property", "2018-11"): 1,
    ("Unknown", "Personal Property", "2018-12"): 0,
}


@pytest.fixture
def kept(tmp_path):
    """The folder of kept readings, not made yet."""
    return tmp_path / "project" / ".cache"


def test_a_kept_reading_is_taken_for_the_file(tmp_path, kept):
    read(tmp_path, OTHER, cache=kept)
    (of_other,) = kept.iterdir()
    read(tmp_path, SOUND, cache=kept)
    (of_sound,) = set(kept.iterdir()) - {of_other}
    shutil.copy(of_other, of_sound)
    assert values(read(tmp_path, SOUND, cache=kept)) == {
        ("Barnet", "Personal Property", "2018-11"): 70,
        ("Barnet", "Personal Property", "2018-12"): 90,
    }


def test_a_second_reading_writes_nothing(tmp_path, kept):
    read(tmp_path, SOUND, cache=kept)
    (before,) = ((path, path.stat().st_ino, path.stat().st_mtime_ns) for path in kept.iterdir())
    read(tmp_path, SOUND, "elsewhere/again", kept)
    (after,) = ((path, path.stat().st_ino, path.stat().st_mtime_ns) for path in kept.iterdir())
    assert before == after


def test_a_kept_reading_is_the_same_in_every_field(tmp_path, kept):
    first, second = (read(tmp_path, SOUND, cache=kept) for _ in range(2))
    for field in fields(first):
        if field.compare:
            assert getattr(first, field.name) == getattr(second, field.name), field.name
    assert [note.value for note in second.notes] == ["Unknown"]
    pd.testing.assert_frame_equal(first.observations, second.observations)


def test_the_same_bytes_under_another_name_have_that_name_on_every_row(tmp_path, kept):
    first = read(tmp_path, SOUND, "november.csv", kept)
    second = read(tmp_path, SOUND, "downloads/copy of november.csv", kept)
    assert set(first.observations["path"]) == {"november.csv"}
    assert second.path == "downloads/copy of november.csv"
    assert set(second.observations["path"]) == {"downloads/copy of november.csv"}
    assert values(second) == values(first) == FIGURES
    assert len(list(kept.iterdir())) == 1


def test_a_changed_byte_is_parsed_anew(tmp_path, kept):
    first = read(tmp_path, SOUND, cache=kept)
    second = read(tmp_path, SOUND.replace("7,9", "8,9"), cache=kept)
    assert values(second) == {**FIGURES, ("Barnet", "Personal Property", "2018-11"): 8}
    assert first.sha256 != second.sha256
    assert len(list(kept.iterdir())) == 2


def test_the_first_file_is_found_again_after_the_second(tmp_path, kept):
    for text in (SOUND, OTHER, SOUND):
        found = read(tmp_path, text, cache=kept)
    assert values(found) == FIGURES


def test_a_faulty_file_is_refused_each_time_and_never_kept(tmp_path, kept):
    for _ in range(2):
        with pytest.raises(FaultyFile, match=r"row 4, column Borough: a total among the rows"):
            read(tmp_path, FAULTY, cache=kept)
    assert not kept.exists()


def test_a_faulty_file_is_refused_where_a_sound_one_of_its_name_was_kept(tmp_path, kept):
    read(tmp_path, SOUND, cache=kept)
    with pytest.raises(FaultyFile):
        read(tmp_path, FAULTY, cache=kept)


def test_an_unknown_file_stays_unknown(tmp_path, kept):
    assert [read(tmp_path, "Dear Mayor,", cache=kept) for _ in range(3)] == [None, None, None]


def test_without_a_folder_nothing_is_kept(tmp_path):
    assert values(read(tmp_path, SOUND)) == FIGURES
    assert [path.name for path in tmp_path.rglob("*")] == ["downloaded"]


@pytest.mark.parametrize("below", [".", "observations", "a/b"])
def test_a_folder_that_cannot_be_made_costs_nothing_but_time(tmp_path, below):
    in_the_way = tmp_path / "cache"
    in_the_way.write_text("a file stands where the folder would")
    for _ in range(2):
        assert values(read(tmp_path, SOUND, cache=in_the_way / below)) == FIGURES
    assert in_the_way.read_text() == "a file stands where the folder would"


def test_no_half_written_reading_is_left_behind(tmp_path, kept):
    read(tmp_path, SOUND, cache=kept)
    assert [path.suffix for path in kept.iterdir()] == [".parquet"]


def test_the_kept_readings_may_be_deleted_at_any_time(tmp_path, kept):
    read(tmp_path, SOUND, cache=kept)
    shutil.rmtree(kept)
    assert values(read(tmp_path, SOUND, cache=kept)) == FIGURES
    assert len(list(kept.iterdir())) == 1
