"""The boroughs' outlines: the area each encloses, and every fault that would falsify it."""

import csv
import json
import math
from pathlib import Path

import pytest
from scrutiny import places
from scrutiny.errors import FaultyFile
from scrutiny.limits import DEFAULT, Limits
from scrutiny.sources import boundaries
from scrutiny.sources.raw import RawFile

TEXT = (Path(__file__).parent / "layouts" / "boundaries.geojson").read_text("utf-8")
# The outlines are generalised, and Enfield's follows a reservoir's shore that the land area leaves
# out: the farthest of the published outlines is 1.7% from the area of the land.
TOLERANCE = 0.02


def read(text, limits=DEFAULT):
    """What the reader makes of a file with this text."""
    return boundaries.read(RawFile("downloaded", text.encode(), limits))


def refused(text, limits=DEFAULT):
    """The first problem for which a file with this text is refused."""
    with pytest.raises(FaultyFile, match=r"^downloaded: ") as caught:
        read(text, limits)
    assert caught.value.source == "boundaries"
    assert all(p.reason and p.cure and (p.row or p.column) for p in caught.value.problems)
    return caught.value.problems[0]


def changed(**change):
    """The sample with the second feature, Barnet, changed."""
    content = json.loads(TEXT)
    feature = content["features"][1]
    assert feature["properties"]["name"] == "Barnet"
    for name, value in change.items():
        part = feature if name in feature else feature["properties"]
        part[name] = value
    return json.dumps(content)


def outline(*points):
    """A polygon of one ring."""
    return {"type": "Polygon", "coordinates": [[list(point) for point in points]]}


def test_every_borough_has_its_area_in_square_kilometres():
    found = read(TEXT)
    assert (found.source, found.vintage, found.rows, found.areas, found.notes) == (
        "boundaries", "2011", 33, 33, (),
    )  # fmt: skip
    rows = found.observations
    assert set(rows["area"]) == {p.name for p in places.all_places() if p.code.startswith("E09")}
    assert set(zip(rows["category"], rows["unit"], strict=True)) == {("area", "number")}
    assert rows["row"].tolist() == list(range(1, 34))


def test_the_area_is_that_on_the_ellipsoid_either_way_round():
    corners = [(0, 0), (1, 0), (1, 1), (0, 1), (0, 0)]
    assert boundaries.ring_area(corners) == pytest.approx(12_308, abs=1)
    assert boundaries.ring_area(corners[::-1]) == boundaries.ring_area(corners)


def test_the_areas_of_all_bands_make_the_surface_of_the_earth():
    bands = [
        boundaries.ring_area([(0, s), (1, s), (1, s + 1), (0, s + 1), (0, s)])
        for s in range(-90, 90)
    ]
    assert 360 * math.fsum(bands) == pytest.approx(510_065_622, abs=1)


def test_a_hole_is_not_part_of_the_area_and_several_parts_are():
    west, south, east, north = -0.38, 51.3, -0.28, 51.35
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    hole = [[x + 0.01 * (x == west) - 0.01 * (x == east), y] for x, y in ring]
    hectares = boundaries.ring_area([tuple(p) for p in ring]) * 100

    def area(geometry, given):
        rows = read(changed(geometry=geometry, area_hectares=given)).observations
        return rows.set_index("area")["value"]["Barnet"]

    whole = area({"type": "Polygon", "coordinates": [ring]}, hectares)
    pierced = area({"type": "Polygon", "coordinates": [ring, hole]}, hectares * 0.2)
    assert pierced == pytest.approx(whole * 0.2, rel=1e-6)
    moved = [[x + 0.12, y] for x, y in ring]
    both = {"type": "MultiPolygon", "coordinates": [[ring], [moved]]}
    assert area(both, hectares * 2) == pytest.approx(whole * 2)


def test_the_outlines_are_given_for_maps():
    found = boundaries.outlines(RawFile("downloaded", TEXT.encode()))
    assert len(found) == 33
    assert [len(found[name]) for name in ("Greenwich", "Barnet")] == [2, 1]
    assert all(ring[0] == ring[-1] for rings in found.values() for ring in rings)


def test_without_the_city_of_london_a_file_is_whole_and_says_so():
    content = json.loads(TEXT)
    content["features"] = [
        f for f in content["features"] if f["properties"]["name"] != "City of London"
    ]
    found = read(json.dumps(content))
    assert (found.rows, [n.reason for n in found.notes]) == (
        32, ["no outline of the City of London"],
    )  # fmt: skip


SQUARE = [(-0.38, 51.3), (-0.28, 51.3), (-0.28, 51.35), (-0.38, 51.35), (-0.38, 51.3)]
# what is changed; column of the fault; words of the reason.
FAULTS = {
    "another's code": ({"code": "E09000002"}, "name", "E09000002 is not that of the name"),
    "no code": ({"code": "barnet"}, "code", "not one code of a borough"),
    "two codes": ({"id": "E09000004"}, "code", "not one code of a borough"),
    "no name": ({"name": "Hertsmere"}, "name", "no name of a borough"),
    "twice": ({"name": "Brent", "code": "E09000005"}, "name", "already in feature 2"),
    "a point": ({"geometry": {"type": "Point", "coordinates": [0, 51.5]}}, "geometry", "polygon"),
    "no geometry": ({"geometry": None}, "geometry", "polygon"),
    "no properties": ({"properties": None}, "properties", "without properties"),
    "no feature": ({"type": "Borough"}, "type", "not a feature"),
    "no rings": ({"geometry": {"type": "Polygon", "coordinates": []}}, "coordinates", "rings"),
    "not closed": ({"geometry": outline(*SQUARE[:-1])}, "coordinates", "not closed"),
    "three points": ({"geometry": outline(*SQUARE[:2], SQUARE[0])}, "coordinates", "fewer than 4"),
    "text": ({"geometry": outline(("-0.38", "51.3"), *SQUARE)}, "coordinates", "a longitude"),
    "true": ({"geometry": outline((True, 51.3), *SQUARE)}, "coordinates", "a longitude"),
    "one number": ({"geometry": outline((-0.38,), *SQUARE)}, "coordinates", "a longitude"),
    "latitude first": (
        {"geometry": outline(*(point[::-1] for point in SQUARE))}, "coordinates", "outside London",
    ),
    "national grid": (
        {"geometry": outline(*([530_000, 180_000] for _ in range(4)))}, "coordinates", "outside",
    ),
    "half an outline": (
        {"geometry": outline(*SQUARE[:3], SQUARE[0])}, "area_hectares", "not the area given",
    ),
    "no figure": ({"area_hectares": "large"}, "area_hectares", "not the area given"),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_a_faulty_outline_is_refused_with_its_place(fault):
    change, column, reason = FAULTS[fault]
    problem = refused(changed(**change))
    assert problem.row == (4 if fault == "twice" else 2)
    assert (problem.column, reason in problem.reason) == (column, True)


def test_a_file_without_a_borough_is_refused():
    content = json.loads(TEXT)
    del content["features"][3]
    problem = refused(json.dumps(content))
    assert (problem.value, problem.reason) == ("Brent", "1 of the 32 boroughs have no outline")


TURNED = {
    "NaN": (TEXT.replace("51.35]", "NaN]", 1), "a number that is none"),
    "infinite": (TEXT.replace("51.35]", "1e999]", 1), "outside London"),
    "digits without end": (TEXT.replace("51.35]", f"{'9' * 5_000}]", 1), "a number that is none"),
    "nested without end": (
        TEXT.replace('"style":', f'"deep":{"[" * 100_000}{"]" * 100_000},"style":', 1),
        "nested too deeply",
    ),
    "nested a little": (TEXT.replace("[-0.5,51.3]", "[" * 900 + "]" * 900, 1), "a longitude"),
    "a name twice": (TEXT.replace('"id":1,', '"id":1,"id":2,', 1), "stands twice"),
    "no features": (TEXT.replace('"features":', '"parts":', 1), "no list of features"),
    "another kind": (
        TEXT.replace('"FeatureCollection"', '"Topology","was":"FeatureCollection"', 1),
        "not a collection of features",
    ),
    "a comma too many": (TEXT.replace("[-0.5,51.3]", "[-0.5,51.3],", 1), "not whole JSON"),
}  # fmt: skip


@pytest.mark.parametrize("fault", TURNED)
def test_what_is_not_sound_json_is_refused(fault):
    text, reason = TURNED[fault]
    assert text != TEXT
    assert reason in refused(text).reason


@pytest.mark.parametrize("end", [-1, -2, 4000, 400])
def test_a_file_that_was_cut_is_refused(end):
    problem = refused(TEXT[:end])
    assert (problem.row, problem.reason.startswith("not whole JSON")) == (1, True)


def test_a_file_with_more_points_than_the_cap_is_refused():
    assert refused(TEXT, Limits(rows=100)).reason == "more than 100 rows"


@pytest.mark.parametrize(
    "text",
    ["", "{}", "[1, 2]", '{"type": "FeatureCollection", "features": []}', '{"code": "E09000002"}'],
)
def test_other_json_is_not_known(text):
    assert read(text) is None


def test_the_publishers_outlines_are_as_large_as_the_land(real_data):
    (path,) = (real_data / "boundaries").glob("*.geojson")
    found = boundaries.read(RawFile.open(path, path.name))
    areas = found.observations.set_index("area")["value"]
    assert (found.rows, round(areas.sum())) == (33, 1574)
    with (real_data / "population" / "housing-density-borough.csv").open(
        encoding="utf-8-sig"
    ) as file:
        land = {
            row["Code"]: float(row["Inland_Area _Hectares"].replace(",", "")) / 100
            for row in csv.DictReader(file)
        }
    for name, area in areas.items():
        assert area == pytest.approx(land[places.place(name).code], rel=TOLERANCE), name
