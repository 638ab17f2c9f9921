"""The caps of a file: settings, and what is over them is refused before it is read."""

import io
import zipfile

import pytest
from files import SOUND
from scrutiny import sources
from scrutiny.errors import FaultyFile
from scrutiny.limits import FaultyLimits, Limits, load


def refused(folder, content, limits):
    """The problem for which a file is refused under the limits."""
    path = folder / "downloaded"
    path.write_bytes(content)
    with pytest.raises(FaultyFile) as caught:
        sources.read(path, "downloaded", None, limits)
    (problem,) = caught.value.problems
    return problem


def test_a_known_file_over_the_cap_of_bytes_is_refused(tmp_path):
    problem = refused(tmp_path, SOUND.encode(), Limits(bytes=100))
    assert problem.reason == "more than 100 bytes"
    assert problem.value == f"{len(SOUND):,}"
    assert problem.cure == "raise bytes in data/limits.yml, if the file is right"


def test_an_unknown_file_over_the_cap_is_unknown(tmp_path):
    path = tmp_path / "film"
    path.write_bytes(b"\x00\x01\x02" * 100)
    assert sources.read(path, "film", None, Limits(bytes=100)) is None


def test_a_table_over_the_cap_of_rows_is_refused_at_the_row(tmp_path):
    problem = refused(tmp_path, SOUND.encode(), Limits(rows=3))
    assert (problem.reason, problem.row) == ("more than 3 rows", 4)


def test_a_cell_over_the_cap_is_refused_at_its_row(tmp_path):
    problem = refused(tmp_path, SOUND.encode(), Limits(cell=20))
    assert (problem.reason, problem.row) == ("a cell of more than 20 characters", 2)
    assert problem.value == "Burglary - Residential"


def archive(name, size):
    """A zip archive with one member of zeros."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(name, b"0" * size)
    return content.getvalue()


@pytest.mark.parametrize("name", ["xl/workbook.xml", "crime.csv"])
def test_an_archive_that_unpacks_to_more_than_the_cap_is_refused_unread(tmp_path, name):
    content = archive(name, 5_000_000)
    assert len(content) < 10_000
    problem = refused(tmp_path, content, Limits(unpacked_bytes=1_000_000))
    assert problem.reason == "more than 1,000,000 bytes when unpacked"
    assert problem.value == "5,000,000"


def test_tables_in_an_archive_are_to_be_unpacked_first(tmp_path):
    problem = refused(tmp_path, archive("2019-05/crime.csv", 10), Limits())
    assert problem.value == "2019-05/crime.csv"
    assert problem.cure == "unpack it into the folder and take the archive away"


def test_another_archive_is_unknown(tmp_path):
    path = tmp_path / "pictures.zip"
    path.write_bytes(archive("cat.png", 10))
    assert sources.read(path, "pictures.zip") is None


def test_the_shipped_limits_are_those_of_the_program(root):
    assert load(root / "data" / "limits.yml") == Limits()


def test_a_limit_is_set_by_one_line(tmp_path):
    (tmp_path / "limits.yml").write_text("rows: 10\n")
    assert load(tmp_path / "limits.yml") == Limits(rows=10)
    assert load(tmp_path / "none.yml") == Limits()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("colour: 3", "'colour' is not a limit; known: bytes, unpacked_bytes, rows, cell"),
        ("rows: many", "rows: 'many' is not a whole number above 0"),
        ("rows: 0", "rows: 0 is not a whole number above 0"),
        ("rows: true", "rows: True is not a whole number above 0"),
        ("- rows", "lines like rows: 5000000 are wanted"),
        ("rows: [", "not YAML"),
    ],
)
def test_a_faulty_limit_is_named(tmp_path, text, message):
    (tmp_path / "limits.yml").write_text(text)
    with pytest.raises(FaultyLimits, match=r"limits\.yml") as caught:
        load(tmp_path / "limits.yml")
    assert message in str(caught.value)


def test_a_reading_kept_under_wider_limits_is_not_taken(tmp_path):
    path, kept = tmp_path / "downloaded", tmp_path / "kept"
    path.write_text(SOUND)
    assert sources.read(path, "downloaded", kept).rows == 5
    with pytest.raises(FaultyFile):
        sources.read(path, "downloaded", kept, Limits(rows=3))
