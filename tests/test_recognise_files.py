"""A file is known by its contents, whatever its name, its folder and its columns are called."""

import json
import re
import shutil

import pytest
from files import checked_in, london, measured, read, values
from scrutiny.__main__ import main
from scrutiny.errors import FaultyFile

RECENT = "MPS Borough Level Crime (most recent 24 months).csv"
HISTORICAL = "MPS Borough Level Crime (Historical).csv"

# Source, layout, vintage, first month, rows and areas of every real file of these families.
REAL = {
    f"borough-24-months/2018-12/{RECENT}": ("A'", "2018-12", "2017-01", 1050, 33),
    f"borough-24-months/2019-02/{RECENT}": ("B first form", "2019-02", "2017-03", 1594, 33),
    f"borough-24-months/2024-01/{RECENT}": ("B", "2024-01", "2022-02", 1574, 33),
    f"borough-24-months/2025-11/{RECENT}": ("C+", "2025-11", "2023-12", 1056, 34),
    "borough-historical/2018-12/MPS_Borough_Level_Crime_Historic.csv": (
        "A", "2018-12", "2008-01", 1056, 32,
    ),
    f"borough-historical/2022-01/{HISTORICAL}": ("B", "2022-01", "2010-04", 1730, 33),
    f"borough-historical/2023-09/{HISTORICAL}": ("C", "2023-09", "2010-04", 949, 34),
    "datastore-workbook/2015-11/crime.xls": (
        "Datastore workbook", "2015-11", "2008-04", 1229, 34,
    ),
    "population/housing-density-borough.csv": (
        "housing density by borough", "2050", "1999", 1872, 36,
    ),
}  # fmt: skip

PLAIN = """\
Borough,Major Category,Minor Category,201811,201812
Barnet,Burglary,Burglary - Residential,118,120
Barnet,Theft and Handling,Theft Person,21,22
Brent,Robbery,Personal Property,7,9
Sutton,Burglary,Burglary - Residential,55,56
"""
FIGURES = {
    ("Barnet", "Burglary - Residential", "2018-11"): 118,
    ("Barnet", "Burglary - Residential", "2018-12"): 120,
    ("Barnet", "Theft Person", "2018-11"): 21,
    ("Barnet", "Theft Person", "2018-12"): 22,
    ("Brent", "Personal Property", "2018-11"): 7,
    ("Brent", "Personal Property", "2018-12"): 9,
    ("Sutton", "Burglary - Residential", "2018-11"): 55,
    ("Sutton", "Burglary - Residential", "2018-12"): 56,
}


def reordered(text, *columns):
    """The same file with its columns in another order."""
    return "".join(
        ",".join(line.split(",")[i] for i in columns) + "\n" for line in text.splitlines()
    )


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(PLAIN, id="plain"),
        pytest.param(
            PLAIN.replace("Borough,Major Category,Minor Category", "BOCU,Group,SubGroup"),
            id="other names",
        ),
        pytest.param(
            reordered(PLAIN, 1, 2, 0, 3, 4).replace(
                "Major Category,Minor Category,Borough", "Group,SubGroup,BOCU"
            ),
            id="Group,SubGroup,BOCU",
        ),
        pytest.param(reordered(PLAIN, 2, 1, 0, 3, 4), id="minor first"),
        pytest.param(reordered(PLAIN, 3, 4, 2, 0, 1), id="months first"),
        pytest.param(reordered(PLAIN, 0, 1, 2, 4, 3), id="last month first"),
        pytest.param(PLAIN.replace("Borough,Major Category,Minor Category", ",,"), id="no names"),
        pytest.param(PLAIN.replace("201811,201812", "2018-11,2018-12"), id="2018-11"),
        pytest.param(PLAIN.replace("\n", "\r\n"), id="CRLF"),
        pytest.param("\ufeff" + PLAIN, id="byte-order mark"),
        pytest.param(PLAIN + "\n\n\n", id="blank lines at the end"),
        pytest.param(PLAIN + ",,,,\r\n,,,,\r\n", id="rows of commas at the end"),
        pytest.param(PLAIN.rstrip("\n"), id="no line end at the end"),
        pytest.param(PLAIN.replace("\n", ",\n"), id="empty last column in the header too"),
        pytest.param(
            "\n".join(
                ",".join(f'"{cell}"' for cell in line.split(",")) for line in PLAIN.splitlines()
            ),
            id="quoted",
        ),
        pytest.param(PLAIN.replace(",118,", ", 118 ,"), id="spaces around a figure"),
    ],
)
def test_the_columns_are_found_by_their_values(tmp_path, text):
    found = read(tmp_path, text)
    assert (found.layout, found.vintage, found.rows, found.areas) == ("A'", "2018-12", 4, 3)
    assert values(found) == FIGURES


@pytest.mark.parametrize(
    "name", ["crime.xls", "MPS Ward Level Crime.csv", "deep/er/2011/figures", "POPULATION.CSV.gz"]
)
def test_name_and_folder_make_no_difference(tmp_path, name):
    assert values(read(tmp_path, PLAIN, name)) == FIGURES


def test_every_observation_says_where_its_cell_stood(tmp_path):
    found = read(tmp_path, reordered(PLAIN, 3, 1, 2, 0, 4)).observations
    cell = found[(found["area"] == "Brent") & (found["period"] == "2018-12")].iloc[0]
    assert (cell["row"], cell["column"], cell["value"]) == (4, 5, 9)
    assert (cell["path"], cell["sheet"], cell["group"]) == ("downloaded", "", "Robbery")


def test_a_missing_borough_and_category_row_means_zero(tmp_path):
    found = read(tmp_path, PLAIN)
    assert measured(found, "burglary", "Brent") == [0, 0]
    assert measured(found, "robbery", "Barnet") == [0, 0]
    assert measured(found, "burglary", "Sutton") == [55, 56]


def test_a_borough_without_any_row_has_no_figures(tmp_path):
    assert measured(read(tmp_path, PLAIN), "burglary", "Ealing") == []


@pytest.mark.parametrize(("number", "source"), [(24, "24-months"), (25, "historical")])
def test_more_than_24_months_make_a_historical_file(tmp_path, number, source):
    months = [f"{2016 + i // 12}{i % 12 + 1:02d}" for i in range(number)]
    row = ["Barnet", "Burglary", "Burglary in a Dwelling", *map(str, range(number))]
    text = "\n".join([",".join(["a", "b", "c", *months]), ",".join(row)])
    found = read(tmp_path, text)
    assert (found.source, found.first_month) == (f"borough-{source}", "2016-01")


@pytest.mark.parametrize(
    ("published", "name"),
    [
        ("Hammersmith & Fulham", "Hammersmith and Fulham"),
        ("KENSINGTON  AND CHELSEA", "Kensington and Chelsea"),
        ("Richmond Upon Thames", "Richmond upon Thames"),
        ("City of Westminster", "Westminster"),
        ("London Borough of Camden", "Camden"),
        ("Aviation Security (SO18)", "London Heathrow and London City Airports"),
        ("Heathrow Airport", "London Heathrow and London City Airports"),
        ("Unknown", "Unknown"),
    ],
)
def test_a_borough_is_known_in_each_of_its_spellings(tmp_path, published, name):
    found = read(tmp_path, PLAIN.replace("Brent", published))
    assert measured(found, "robbery", name) == [7, 9]


def test_offences_whose_borough_is_unknown_are_noted(tmp_path):
    (note,) = read(tmp_path, PLAIN.replace("Sutton", "Unknown")).notes
    assert (note.row, note.value) == (5, "Unknown")


@pytest.mark.parametrize(
    ("category", "burglary"),
    [
        ("Burglary,Burglary by Drone", [118 + 7, 120 + 9]),
        ("Theft and Handling,Theft by Drone", [118, 120]),
    ],
    ids=["whole major", "open major"],
)
def test_a_category_that_no_file_had_is_noted_and_the_file_is_sound(tmp_path, category, burglary):
    text = PLAIN.replace("Brent,Robbery,Personal Property", f"Barnet,{category}")
    found = read(tmp_path, text)
    (note,) = found.notes
    assert (note.row, note.value) == (4, category.replace(",", ", "))
    rows = found.observations[lambda f: (f["area"] == "Barnet") & (f["period"] == "2018-11")]
    assert rows["value"].tolist() == [118, 21, 7]
    if "Burglary," in category:
        assert measured(found, "burglary", "Barnet") == burglary


@pytest.fixture(scope="module")
def checked(real_data, scrutiny):
    """What ``check --json`` says of the folder of real files: by path, and the finished process."""
    finished = scrutiny("check", real_data, "--json")
    return {entry["path"]: entry for entry in json.loads(finished.stdout)}, finished


@pytest.mark.parametrize("path", REAL, ids=lambda path: path.rpartition("/")[0])
def test_every_real_file_is_recognised(checked, real_data, path):
    found = checked[0][str(real_data / path)]
    layout, vintage, first_month, rows, areas = REAL[path]
    assert found["source"] == path.partition("/")[0]
    assert (found["layout"], found["vintage"]) == (layout, vintage)
    assert (found["first_month"], found["last_month"]) == (first_month, vintage)
    assert (found["rows"], found["areas"]) == (rows, areas)
    assert found["problems"] == []


def test_every_file_of_the_real_folder_is_known_and_sound(checked):
    entries, finished = checked
    assert (finished.returncode, finished.stderr) == (0, "")
    sources = [entry["source"] for entry in entries.values()]
    assert len(entries) >= 26
    assert None not in sources
    assert {*sources} >= {
        "borough-24-months", "borough-historical", "ward-24-months", "lsoa-24-months",
        "datastore-workbook", "population", "public-attitudes-boroughs", "public-attitudes",
        "public-perception", "workforce", "homicide-victims", "police-uk-outcomes",
        "police-uk-stop-and-search", "borough-rates", "vawg-dashboard", "knife-crime-dashboard",
        "boundaries",
    }  # fmt: skip
    assert [entry["path"] for entry in entries.values() if entry["problems"]] == []


def test_check_says_what_a_file_changes_and_what_it_does_not_join(checked, real_data):
    notes = [note["reason"] for entry in checked[0].values() for note in entry["notes"]]
    revised = r"revises borough-24-months/2018-12 in \d+ measures, tno among them: "
    figures = r"1,541,710 against 1,540,734 in 2017-03\.\.2018-12 "
    assert any(re.match(revised + figures, n) for n in notes)
    assert any(
        n.startswith("does not count burglary as borough-historical/2018-12 does: 156,610 against")
        for n in notes
    )


def test_unknown_files_in_a_folder_are_listed_and_do_not_fail(tmp_path, scrutiny):
    (tmp_path / "letter.txt").write_text("Dear Commissioner\n")
    (tmp_path / "sound.csv").write_text(PLAIN)
    finished = scrutiny("check", tmp_path)
    assert finished.returncode == 0
    assert "letter.txt: unknown" in finished.stdout
    assert scrutiny("check", tmp_path / "letter.txt").returncode == 1


def test_check_prints_the_fields_of_its_contract_and_no_other(checked):
    for entry in checked[0].values():
        assert list(entry) == [
            "path", "source", "layout", "vintage", "first_month", "last_month", "rows", "areas",
            "problems", "notes",
        ]  # fmt: skip
        for note in entry["notes"]:
            assert list(note) == ["row", "column", "value", "reason"]


def test_a_real_file_is_known_under_any_name(real_data, tmp_path):
    shutil.copy(real_data / "datastore-workbook/2015-11/crime.xls", tmp_path / "ward.csv")
    shutil.copy(real_data / "population/housing-density-borough.csv", tmp_path / "crime.xls")
    assert [(found.about["source"], found.about["rows"]) for found in checked_in(tmp_path)] == [
        ("population", 1872),
        ("datastore-workbook", 1229),
    ]


def test_a_file_that_no_reader_knows_fails_only_where_it_is_named(tmp_path, capsys):
    (tmp_path / "letter.txt").write_text("Dear Mayor,")
    assert main(["check", str(tmp_path)]) == 0
    assert "letter.txt: unknown" in capsys.readouterr().out
    assert main(["check", str(tmp_path / "letter.txt"), "--json"]) == 1
    (entry,) = json.loads(capsys.readouterr().out)
    assert (entry["source"], entry["rows"], entry["problems"]) == (None, None, [])
    assert entry["notes"][0]["reason"] == "no reader knows its contents"


def test_a_file_that_a_reader_knows_passes_where_it_is_named(tmp_path, capsys):
    (tmp_path / "letter.txt").write_text(PLAIN)
    assert main(["check", str(tmp_path / "letter.txt")]) == 0
    assert "borough-24-months, layout A', vintage 2018-12" in capsys.readouterr().out


def test_a_borough_that_lost_a_row_which_all_others_have_often_is_refused(tmp_path):
    whole = london(["201811", "201812"], {("Burglary", "Burglary - Residential"): 40})
    lost = whole.replace("Croydon,Burglary,Burglary - Residential,40,40\n", "")
    rare = lost.replace(",40,40\n", ",0,1\n")
    assert read(tmp_path, whole + "\n").areas == 32
    table = london(["201811", "201812"], {("Robbery", "Personal Property"): 5})
    both = lost + "".join(table.splitlines(keepends=True)[1:])
    with pytest.raises(FaultyFile, match="rows are missing: Croydon has none of this category"):
        read(tmp_path, both)
    assert read(tmp_path, rare + "".join(table.splitlines(keepends=True)[1:])).areas == 32
