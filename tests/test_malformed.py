"""No malformed file gets in: it is refused with place and cure, or says what the sound file says.

Each fault is made in every layout that it can befall: the samples, a grid of all boroughs, and the
publishers' own files where they are at hand.
"""

import gzip
import io
import zipfile

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from corpus import GRIDS, QUICK, REAL, REAL_TABLES, RECORDS, SAMPLES, WITH_CODES, london
from faults import HARMLESS, TABLE, bytes_of, lines_of, rows_of
from grid_faults import GRID, SMALL_AREAS, borough, first_month, major, minor
from scrutiny import sources
from scrutiny.errors import FaultyFile
from scrutiny.limits import DEFAULT, Limits


def read(folder, content, limits=DEFAULT):
    """The reading of a file with these contents."""
    (folder / "downloaded").write_bytes(content)
    return sources.read(folder / "downloaded", "downloaded", None, limits)


def figures(reading):
    """All that a file says: its figures by area, code, category and period."""
    by = ["area_kind", "area", "code", "group", "category", "period", "unit"]
    sums = reading.observations.groupby(by)["value"].sum()
    return sums[sums != 0] if reading.sparse else sums


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    """The source and the figures of a sound file, read once."""
    found = {}

    def of(name, content):
        if name not in found:
            reading = read(tmp_path_factory.mktemp("sound"), content)
            assert reading is not None, f"{name}: the sound file is not read"
            found[name] = reading.source, figures(reading)
        return found[name]

    return of


@pytest.fixture
def contents(request):
    """The bytes of a sample, of the grid of all boroughs, or of a publisher's own file."""

    def of(name):
        if name in SAMPLES | GRIDS:
            return (SAMPLES | GRIDS)[name]
        (path,) = request.getfixturevalue("real_data").glob((REAL | REAL_TABLES)[name])
        return path.read_bytes()

    return of


def refused(folder, content, source, limits=DEFAULT, *, place=True):
    """The problems for which a file is refused; each says why, where and what cures it."""
    with pytest.raises(FaultyFile, match=r"^downloaded: ") as caught:
        read(folder, content, limits)
    assert caught.value.source == source
    for problem in caught.value.problems:
        assert problem.reason
        assert problem.cure
        assert problem.row or problem.column or not place, problem.as_dict()
    return caught.value.problems


def says_the_same(reading, source, wanted):
    """An accepted file says what the sound one says."""
    assert reading.source == source
    pd.testing.assert_series_equal(figures(reading), wanted)


@pytest.mark.parametrize(
    ("name", "fault"),
    [(name, fault) for name in (*GRIDS, *QUICK) for fault in GRID]
    + [("real wards", fault) for fault in GRID if not fault.startswith("count ")]
    + [(name, fault) for name in WITH_CODES for fault in SMALL_AREAS],
)
def test_a_faulty_grid_is_refused(tmp_path, sound, contents, name, fault):
    content = contents(name)
    source, _ = sound(name, content)
    faulty = (GRID | SMALL_AREAS)[fault](content)
    assert faulty != content
    refused(tmp_path, faulty, source)


@pytest.mark.parametrize("name", [*SAMPLES, "boroughs", *REAL, *REAL_TABLES])
@pytest.mark.parametrize("fault", TABLE)
def test_a_faulty_table_is_refused(tmp_path, sound, contents, name, fault):
    content = contents(name)
    source, _ = sound(name, content)
    refused(tmp_path, TABLE[fault](content), source)


@pytest.mark.parametrize("name", [*SAMPLES, "boroughs", *REAL, *REAL_TABLES])
@pytest.mark.parametrize("change", HARMLESS)
def test_what_does_no_harm_changes_no_figure(tmp_path, sound, contents, name, change):
    content = contents(name)
    reading = read(tmp_path, HARMLESS[change](content))
    says_the_same(reading, *sound(name, content))
    if change == "trailing blank rows":
        assert "blank rows at the end" in [note.reason for note in reading.notes]


@pytest.mark.parametrize("name", [*SAMPLES, "boroughs", *REAL_TABLES])
@pytest.mark.parametrize("value", ["", "-7", "n/a", "[c]", "1,234", "1e9"])
def test_a_figure_that_is_none_is_refused_or_changes_nothing(
    tmp_path, sound, contents, name, value
):
    content = contents(name)
    rows = rows_of(content)
    numbers = [
        i
        for i, _ in enumerate(rows[0])
        if all(row[i].replace(",", "").replace(".", "").isdigit() for row in rows[1:4])
    ]
    for i in {*numbers[:2], *numbers[-2:]}:
        changed = [[*row] for row in rows]
        changed[2][i] = value
        try:
            reading = read(tmp_path, bytes_of(changed, content))
        except FaultyFile:
            continue
        source, wanted = sound(name, content)
        if not value and any("figure" in note.reason for note in reading.notes):
            wanted = wanted[wanted.index.isin(figures(reading).index)]  # said to be missing
        says_the_same(reading, source, wanted)


@pytest.mark.parametrize("earlier", ["as published", "0"])
@pytest.mark.parametrize("name", [*GRIDS, *REAL])
def test_a_grid_is_refused_when_its_last_figure_lost_digits(
    tmp_path, sound, contents, name, earlier
):
    content = contents(name)
    source, _ = sound(name, content)
    if earlier == "0":  # a month without an offence makes a small figure no surprise
        rows = rows_of(content)
        rows[-1][-2] = earlier
        content = bytes_of(rows, content)
    content = content.rstrip(b"\r\n")
    digits = len(content) - content.rindex(b",") - 1
    for lost in range(1, digits + 1):
        refused(tmp_path, content[:-lost], source)


@pytest.mark.parametrize("name", ["boroughs", *QUICK])
def test_a_grid_of_boroughs_that_lost_rows_is_refused(tmp_path, sound, contents, name):
    content = contents(name)
    source, lines = sound(name, content)[0], lines_of(content)
    for lost in (1, 2, 3, 22, 40, 120):
        refused(tmp_path, b"".join(lines[:-lost]), source)


@pytest.mark.parametrize("name", ["boroughs", *REAL])
def test_a_last_month_that_is_half_there_is_refused(tmp_path, sound, contents, name):
    content = contents(name)
    rows = rows_of(content)
    for row in rows[1:]:
        row[-1] = str(int(row[-1]) // 2)
    (problem,) = refused(tmp_path, bytes_of(rows, content), sound(name, content)[0])
    assert (problem.reason, problem.column) == ("the last month is not whole", rows[0][-1])


@pytest.mark.parametrize("name", [*GRIDS, *REAL])
def test_category_columns_that_changed_places_are_found_by_their_values(
    tmp_path, sound, contents, name
):
    content = contents(name)
    header, *rows = rows_of(content)
    one, other = minor([header]), major([header])
    for row in rows:
        row[one], row[other] = row[other], row[one]
    says_the_same(read(tmp_path, bytes_of([header, *rows], content)), *sound(name, content))


def test_an_unknown_borough_is_noted_and_changes_no_borough(tmp_path, sound):
    content = GRIDS["boroughs"]
    rows = rows_of(content)
    rows.append([*rows[1]])
    rows[-1][borough(rows)] = "Unknown"
    reading = read(tmp_path, bytes_of(rows, content))
    found, (_, wanted) = figures(reading), sound("boroughs", content)
    pd.testing.assert_series_equal(found.drop("Unknown", level="area"), wanted)
    assert found.xs("Unknown", level="area").sum() == sum(map(int, rows[1][first_month(rows) :]))
    assert [note.reason for note in reading.notes] == ["offences whose borough is unknown"]


@pytest.mark.parametrize("name", RECORDS)
def test_records_that_come_twice_or_without_a_place_are_counted_and_noted(tmp_path, contents, name):
    content = contents(name)
    header, *rows = rows_of(content)
    reading = read(tmp_path, bytes_of([header, *rows, rows[4], rows[4]], content))
    assert reading.rows == len(rows) + 2
    assert any("earlier" in note.reason for note in reading.notes)
    without = [i for i, heading in enumerate(header) if heading in ("Longitude", "Latitude")]
    rows[4] = ["" if i in without else cell for i, cell in enumerate(rows[4])]
    reading = read(tmp_path, bytes_of([header, *rows], content))
    assert reading.rows == len(rows)
    assert "no coordinates; counted all the same" in [note.reason for note in reading.notes]


@pytest.mark.parametrize(
    "content", [b"", b"\n\n", b"\xef\xbb\xbf"], ids=["no byte", "blank", "mark"]
)
def test_an_empty_file_is_not_known(tmp_path, content):
    assert read(tmp_path, content) is None


@pytest.mark.parametrize("name", [*SAMPLES, "boroughs"])
def test_files_over_the_caps_are_refused(tmp_path, sound, name):
    content = (SAMPLES | GRIDS)[name]
    source, _ = sound(name, content)
    most = Limits(bytes=len(content) * 2 // 3)
    assert "bytes" in refused(tmp_path, content, source, most, place=False)[0].reason
    assert refused(tmp_path, content, source, Limits(rows=5))[0].reason == "more than 5 rows"
    lines = lines_of(content)
    lines[8] = b"x" * 30_000 + lines[8]
    reasons = [p.reason for p in refused(tmp_path, b"".join(lines), source)]
    assert "a cell of more than 20,000 characters" in reasons


def zipped(name, content):
    """An archive with one file in it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return out.getvalue()


MUCH = b" " * 3_000_000
UNPACKED = Limits(unpacked_bytes=1_000_000)
PACKED = {
    "zip bomb": (zipped("a.csv", MUCH), "more than 1,000,000 bytes when unpacked"),
    "spreadsheet bomb": (zipped("xl/workbook.xml", MUCH), "more than 1,000,000 bytes"),
    "gzip bomb": (gzip.compress(MUCH), "more than 1,000,000 bytes"),
    "gzip bomb of a table": (
        gzip.compress(b"# scrutiny tidy figures 1\n" + MUCH), "more than 1,000,000 bytes",
    ),
    "archive": (zipped("a.csv", london()), "tables in an archive are not read"),
    "cut archive": (zipped("a.csv", london())[:-30], "the archive is damaged"),
    "cut spreadsheet": (zipped("xl/workbook.xml", b"x")[:-30], "the archive is damaged"),
}  # fmt: skip


@pytest.mark.parametrize("fault", PACKED)
def test_what_unpacks_to_too_much_or_not_at_all_is_refused(tmp_path, fault):
    content, reason = PACKED[fault]
    with pytest.raises(FaultyFile, match=r"^downloaded: ") as caught:
        read(tmp_path, content, UNPACKED)
    (problem,) = caught.value.problems
    assert reason in problem.reason
    assert problem.cure


def parquet(frame):
    """A table as Parquet."""
    out = io.BytesIO()
    pq.write_table(pa.Table.from_pandas(frame, preserve_index=False), out)
    return out.getvalue()


def grid_frame(months=int):
    """The sample of LSOAs with its counts as numbers."""
    header, *rows = rows_of(SAMPLES["lsoa-24-months"])
    frame = pd.DataFrame(rows, columns=header)
    return frame.astype(dict.fromkeys(header[5:], months))


def test_parquet_says_what_the_text_says(tmp_path, sound):
    source, wanted = sound("lsoa-24-months", SAMPLES["lsoa-24-months"])
    says_the_same(read(tmp_path, parquet(grid_frame())), source, wanted)
    says_the_same(read(tmp_path, parquet(grid_frame(str))), source, wanted)


@pytest.mark.parametrize("value", [None, -1, 0.5, 1e12, float("inf")])
def test_a_count_of_parquet_that_is_none_is_refused(tmp_path, value):
    frame = grid_frame(float if value is None or isinstance(value, float) else int)
    frame.loc[3, "202502"] = value
    problems = refused(tmp_path, parquet(frame), "lsoa-24-months")
    assert (5, "202502") in [(problem.row, problem.column) for problem in problems]


def test_parquet_over_the_caps_or_cut_is_refused(tmp_path):
    content = parquet(grid_frame())
    (problem,) = refused(tmp_path, content, None, Limits(rows=10))
    assert (problem.row, problem.reason) == (11, "more than 10 rows")
    refused(tmp_path, content, None, Limits(unpacked_bytes=100), place=False)
    for end in (-1, -40, len(content) // 2, 8):
        refused(tmp_path, content[:end], None, place=False)
