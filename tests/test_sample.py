"""The sample holds the published figures in our own form, and says where they are from."""

import csv
import gzip
import io
from collections import defaultdict
from functools import cache

import pytest
from scrutiny import places, sources
from scrutiny.measures import Figures, catalogue
from scrutiny.sample import table_of
from scrutiny.sources.inputs import Inputs

LARGEST = 3 * 1024 * 1024
HEAD = ["source", "vintage", "publisher", "dataset", "licence", "scheme", "original"]
AIRPORTS = "London Heathrow and London City Airports"
BOROUGHS = {place.name for place in places.boroughs()}

# Each table: the file that it is from, its scheme, first and last month, areas besides boroughs.
RECENT = "MPS Borough Level Crime (most recent 24 months).csv"
HISTORICAL = "MPS Borough Level Crime (Historical).csv"
BY_BOROUGH = {
    "borough-24-months-2018-12": (RECENT, "A'", "2017-01", "2018-12", {AIRPORTS}),
    "borough-24-months-2019-02": (RECENT, "B first form", "2017-03", "2019-02", {AIRPORTS}),
    "borough-24-months-2024-01": (RECENT, "B", "2022-02", "2024-01", {AIRPORTS}),
    "borough-24-months-2025-11": (RECENT, "C+", "2023-12", "2025-11", {AIRPORTS, "Unknown"}),
    "borough-historical-2018-12": (
        "MPS_Borough_Level_Crime_Historic.csv", "A", "2008-01", "2018-12", set(),
    ),
    "borough-historical-2022-01": (HISTORICAL, "B", "2010-04", "2022-01", {AIRPORTS}),
    "borough-historical-2023-09": (HISTORICAL, "C", "2010-04", "2023-09", {AIRPORTS, "Unknown"}),
}  # fmt: skip
WORKBOOK, POPULATION = "datastore-workbook-2015-11", "population-2050"
OTHERS = {
    "homicide-victims-2023-12": "homicide/Homicides_2003_2023.csv",
    "knife-crime-dashboard-2026-02": "dashboard-extracts/monthly-crime-dashboard.parquet",
    "public-attitudes-2023-12": "public-attitudes/PAS_Total.csv",
    "public-attitudes-boroughs-2023-12": "public-attitudes/PAS_buroughs.csv",
    "public-perception-2025-09": "public-attitudes/public-perception-data.csv",
    "vawg-dashboard-2026-02": "dashboard-extracts/vawg-offences.parquet",
    "workforce-2026-03": "workforce/Police_Force_Strength.csv",
    WORKBOOK: "datastore-workbook/2015-11/crime.xls",
    POPULATION: "population/housing-density-borough.csv",
}
EVERY = [*BY_BOROUGH, *OTHERS]
# Each table of small areas: its file, how its codes begin, and how many areas it has.
SMALL_AREAS = {
    "ward-24-months-2025-03": (
        "ward-24-months/zhouzhou725/MPS Ward Level Crime (most recent 24 months).csv", "E05", 679,
    ),
    "lsoa-24-months-2026-02": ("lsoa/recorded-crime-lsoa.parquet", "E01", 4988),
}  # fmt: skip
MONTHS_OF_WORKBOOK, MONTHS_BY_BOROUGH = 92, 55

# What every scheme of the borough files holds; all but the oldest two have homicide as well.
MEASURES = {
    "tno", "burglary", "robbery", "robbery-personal", "criminal-damage", "sexual-offences", "rape",
    "theft-person", "theft-of-motor-vehicle", "theft-from-motor-vehicle", "violence-with-injury",
    "drug-offences",
}  # fmt: skip
AGES = ("0-12", "13-19", "20-24", "25-34", "35-44", "45-54", "55-64", "65-and-over")
OGL, MPS_ITSELF = "OGL-UK-3.0", "Metropolitan Police Service"
MOPAC = "Mayor's Office for Policing and Crime"
ORIGINS = {
    "borough-24-months": (MPS_ITSELF, "Recorded crime by borough, latest 24 months", OGL),
    "borough-historical": (MPS_ITSELF, "Recorded crime by borough, earlier years", OGL),
    "datastore-workbook": (
        "Mayor's Office for Policing and Crime, through the London Datastore",
        "Metropolitan Police Service recorded crime figures and associated data", OGL,
    ),
    "population": (
        "Greater London Authority, from the Office for National Statistics and its own models",
        "Residents of boroughs", OGL,
    ),
    "homicide-victims": (MPS_ITSELF, "Homicide victims", OGL),
    "knife-crime-dashboard": (MPS_ITSELF, "Knife crime, dashboard figures", OGL),
    "public-attitudes": (MOPAC, "Public Attitude Survey, London", OGL),
    "public-attitudes-boroughs": (MOPAC, "Public Attitude Survey by borough", OGL),
    "public-perception": (MOPAC, "Public perception of the police, London", OGL),
    "vawg-dashboard": (
        MPS_ITSELF, "Violence against women and girls, dashboard figures", OGL,
    ),
    "workforce": ("Greater London Authority", "Police force strength", OGL),
}  # fmt: skip


@cache
def rows(path):
    """A table's rows, unpacked and split by nothing of ours."""
    lines = gzip.decompress(path.read_bytes()).decode("utf-8").splitlines()
    return list(csv.DictReader(io.StringIO("\n".join(lines[8:]))))


@pytest.fixture(scope="module")
def sample(root):
    return root / "data" / "sample"


def in_real_data(name):
    """Where in the folder of real files the table's original is."""
    if name in SMALL_AREAS:
        return SMALL_AREAS[name][0]
    if name in OTHERS:
        return OTHERS[name]
    source, year, month = name.rsplit("-", 2)
    return f"{source}/{year}-{month}/{BY_BOROUGH[name][0]}"


def test_the_sample_is_these_tables_and_is_small(sample):
    files = [path for path in sample.iterdir() if path.is_file()]
    assert {path.name for path in files} == {f"{n}.csv.gz" for n in (*EVERY, *SMALL_AREAS)}
    assert sum(path.stat().st_size for path in files) < LARGEST


@pytest.mark.parametrize("name", EVERY)
def test_every_table_opens_with_where_it_is_from(sample, name):
    with gzip.open(sample / f"{name}.csv.gz", "rt", encoding="utf-8") as file:
        magic, *head = (next(file).rstrip("\n") for _ in range(8))
        columns = next(file)
    assert magic == "# scrutiny tidy figures 1"
    said = dict(line.removeprefix("# ").split(": ", 1) for line in head)
    assert list(said) == HEAD
    assert (said["publisher"], said["dataset"], said["licence"]) == ORIGINS[said["source"]]
    assert f"{said['source']}-{said['vintage']}" == name
    assert len(bytes.fromhex(said["original"])) == 32
    assert columns == "measure,area,period,unit,value\n"


@pytest.mark.parametrize("name", EVERY)
def test_a_table_names_areas_and_units_and_no_person(sample, name):
    table = rows(sample / f"{name}.csv.gz")
    assert set(table[0]) == {"measure", "area", "period", "unit", "value"}
    assert {row["area"] for row in table} <= {place.name for place in places.all_places()}
    assert {row["measure"] for row in table} <= set(catalogue())
    units = {"count", "fraction", "residents", "fte", "headcount"}
    assert {row["unit"] for row in table} <= units
    assert all(float(row["value"]) >= 0 for row in table)


@pytest.mark.parametrize("name", BY_BOROUGH)
def test_every_measure_stands_for_every_borough_and_month(sample, name):
    _, scheme, first, last, others = BY_BOROUGH[name]
    periods = defaultdict(set)
    for row in rows(sample / f"{name}.csv.gz"):
        periods[row["measure"], row["area"]].add(row["period"])
    wanted = MEASURES if scheme in ("A", "A'") else MEASURES | {"homicide"}
    assert set(periods) == {(m, area) for m in wanted for area in BOROUGHS | others}
    year, month = int(last[:4]) - int(first[:4]), int(last[5:]) - int(first[5:])
    for key, found in periods.items():
        assert (min(found), max(found), len(found)) == (first, last, 12 * year + month + 1), key


def test_the_workbook_has_every_measure_that_its_sheets_map_to(root, sample):
    path = root / "lib" / "scrutiny" / "sources" / "workbook_categories.csv"
    with path.open(encoding="utf-8") as file:
        mapped = {row["measure"] for row in csv.DictReader(file)} - {""}
    found = defaultdict(int)
    for row in rows(sample / f"{WORKBOOK}.csv.gz"):
        found[row["measure"], row["area"]] += 1
    assert {measure for measure, _ in found} == mapped
    whole = {"tno", "violence-with-injury", "homicide", "stop-and-search", "officers", "pcsos"}
    assert {found[measure, "MPS"] for measure in whole} == {MONTHS_OF_WORKBOOK}
    boroughs = {area: n for (measure, area), n in found.items() if measure == "mopac7"}
    assert boroughs == dict.fromkeys(BOROUGHS | {AIRPORTS, "MPS"}, MONTHS_BY_BOROUGH)


@pytest.mark.parametrize("measure", ["officers", "pcsos", "staff", "fear-of-crime"])
def test_the_workbook_has_strength_and_fear_of_crime_by_borough(sample, measure):
    table = rows(sample / f"{WORKBOOK}.csv.gz")
    assert {row["area"] for row in table if row["measure"] == measure} == BOROUGHS | {"MPS"}


def test_the_sample_holds_no_row_of_a_victim(sample):
    table = rows(sample / "homicide-victims-2023-12.csv.gz")
    assert len({row["measure"] for row in table}) == 1 + len(AGES)
    months = [row for row in table if len(row["period"]) == len("2003-01")]
    assert {(row["area"], row["measure"]) for row in months} == {("MPS", "homicide-victims")}
    aged = {(r["area"], r["measure"]) for r in table if r["measure"] != "homicide-victims"}
    assert aged == {("MPS", f"homicide-victims-aged-{age}") for age in AGES}
    assert sum(float(row["value"]) for row in months) == 2912


def test_every_measure_that_a_borough_file_maps_to_is_in_the_sample(root, sample):
    with (root / "lib/scrutiny/sources/borough_categories.csv").open(encoding="utf-8") as file:
        mapped = {row["measure"] for row in csv.DictReader(file)} - {""}
    found = {row["measure"] for name in BY_BOROUGH for row in rows(sample / f"{name}.csv.gz")}
    assert found == mapped


def test_the_population_has_every_borough_of_every_year(sample):
    found = defaultdict(set)
    for row in rows(sample / f"{POPULATION}.csv.gz"):
        assert (row["measure"], row["unit"]) == ("population", "residents")
        found[row["area"]].add(int(row["period"]))
    assert BOROUGHS | {"City of London"} <= set(found)
    assert all(years == set(range(1999, 2051)) for years in found.values())


@pytest.mark.parametrize(
    ("name", "area", "measure", "month", "value"),
    [
        ("borough-24-months-2018-12", "MPS", "tno", "2018-12", 71390),
        ("borough-historical-2018-12", "MPS", "tno", "2018-12", 71542),
        ("borough-24-months-2019-02", "MPS", "tno", "2018-12", 71607),
        ("borough-24-months-2018-12", "Barking and Dagenham", "burglary", "2017-01", 143),
        ("datastore-workbook-2015-11", "MPS", "tno", "2008-04", 69738),
        ("datastore-workbook-2015-11", "Barnet", "mopac7", "2011-04", 1324),
    ],
)
def test_the_sample_reads_as_the_published_figures(sample, name, area, measure, month, value):
    found = sources.read(sample / f"{name}.csv.gz", name)
    assert Figures(Inputs((found,))).series(measure, area).loc[month, "value"] == value


@pytest.mark.parametrize("name", SMALL_AREAS)
def test_a_table_of_small_areas_has_all_of_them_and_no_row_of_none(sample, name):
    _, code, areas = SMALL_AREAS[name]
    table = rows(sample / f"{name}.csv.gz")
    assert list(table[0]) == ["measure", "code", "area", "within", "period", "unit", "value"]
    assert {row["measure"] for row in table} == {
        "robbery", "burglary", "theft-from-motor-vehicle", "theft-of-motor-vehicle",
    }  # fmt: skip
    assert len({row["code"] for row in table}) == areas
    assert all(row["code"].startswith(code) for row in table)
    assert {row["within"] for row in table} <= {*BOROUGHS, AIRPORTS}
    assert all(int(row["value"]) > 0 for row in table)
    found = sources.read(sample / f"{name}.csv.gz", name)
    assert (found.sparse, set(found.observations["area_kind"])) == (True, {name.split("-")[0]})


@pytest.mark.parametrize("name", [*EVERY, *SMALL_AREAS])
def test_the_real_file_gives_the_same_bytes_again(real_data, sample, name):
    reading = sources.read(real_data / in_real_data(name), "named otherwise")
    assert table_of(reading) == (sample / f"{name}.csv.gz").read_bytes()
