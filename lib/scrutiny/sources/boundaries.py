"""The boroughs' outlines in GeoJSON, and the area that each encloses.

The outlines are generalised: shore lines and bends are simpler than they are, and the tidal Thames
is left out. Areas are therefore near those of the land, and below those that count the river in.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import pandas as pd

from scrutiny import places
from scrutiny.errors import Problem
from scrutiny.sources.raw import RawFile
from scrutiny.sources.reading import Note, Reading, reading

SOURCE = "boundaries"
# The file has no date. Its codes have stood for the boroughs since January 2011, and it holds for
# as long as they do.
PERIOD = "2011"
WEST, SOUTH, EAST, NORTH = -0.6, 51.2, 0.4, 51.8  # around Greater London, with room
FEWEST_POINTS = 4  # of a ring: a triangle, and its first point again
# Against the area that the file gives with the river in it: the outlines seen have 0.91 to 1.01.
LEAST_ENCLOSED, MOST_ENCLOSED = 0.85, 1.05
_CODE = re.compile(r"E09\d{6}", re.ASCII)
_CODE_QUOTED = re.compile(r'"E09\d{6}"', re.ASCII)
_WHOLE = "ask the publisher for a whole file"
_RESTORE = "restore the publisher's outline"

EQUATOR = 6378.137  # kilometres from the centre of the WGS 84 ellipsoid to its equator
FLATTENING = 1 / 298.257223563
_SQUARED = FLATTENING * (2 - FLATTENING)  # of the eccentricity

Point = tuple[float, float]
Ring = list[Point]


@dataclass(frozen=True)
class Outline:
    """A borough's outline: its polygons, each of an outer ring and perhaps holes.

    ``number`` is the feature's place in the file, from 1.
    """

    name: str
    number: int
    polygons: list[list[Ring]]

    @property
    def square_kilometres(self) -> float:
        """The area that the outline encloses."""
        return sum(ring_area(outer) - sum(map(ring_area, holes)) for outer, *holes in self.polygons)


class _Faulty(ValueError):
    """A part of the file that is no outline; the arguments are those of a problem."""

    def __init__(self, reason: str, column: str, value: object = "", cure: str = _RESTORE):
        super().__init__(reason)
        # Lists can be long and deep; what stands in them is told by the row and the column.
        self.value = str(value)[:60] if isinstance(value, (str, int, float)) else ""
        self.reason, self.column, self.cure = reason, column, cure


def read(raw: RawFile) -> Reading | None:
    """Return the area of each borough in square kilometres; None where the file has no outlines.

    Raises :class:`scrutiny.errors.FaultyFile` for a file of outlines that is broken.
    """
    text = raw.text
    if not text or not text.lstrip().startswith("{"):
        return None
    if '"FeatureCollection"' not in text or not _CODE_QUOTED.search(text):
        return None
    found = _outlines(raw)
    cells = [
        {
            "row": outline.number,
            "column": 1,
            "area": outline.name,
            "period": PERIOD,
            "category": "area",
            "value": outline.square_kilometres,
            "unit": "number",
        }
        for outline in found
    ]
    notes = []
    if all(outline.name != "City of London" for outline in found):
        notes.append(Note("no outline of the City of London"))
    layout = "GeoJSON, a feature a borough"
    return reading(raw, SOURCE, layout, pd.DataFrame(cells), rows=len(found), notes=notes)


def outlines(raw: RawFile) -> dict[str, list[Ring]]:
    """Return each borough's rings, outer rings and holes alike, as longitude and latitude.

    Raises :class:`scrutiny.errors.FaultyFile` for a file that :func:`read` refuses.
    """
    return {
        outline.name: [ring for polygon in outline.polygons for ring in polygon]
        for outline in _outlines(raw)
    }


def ring_area(ring: Ring) -> float:
    """Return the square kilometres within a closed ring of degrees on the WGS 84 ellipsoid.

    The ring is drawn on the cylindrical equal-area map (J. P. Snyder, Map Projections: A Working
    Manual, US Geological Survey 1987, chapter 10 with equation 3-12), on which every area is true
    but for sides being straight on the map: over a few kilometres that is far below a thousandth.
    """
    on_map = [(EQUATOR * math.radians(east), _northing(north)) for east, north in ring]
    sides = pairwise(on_map)
    return abs(math.fsum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in sides)) / 2


def _northing(latitude: float) -> float:
    e = math.sqrt(_SQUARED)
    sine = math.sin(math.radians(latitude))
    q = sine / (1 - _SQUARED * sine**2) - math.log((1 - e * sine) / (1 + e * sine)) / (2 * e)
    return EQUATOR * (1 - _SQUARED) * q / 2


def _outlines(raw: RawFile) -> list[Outline]:
    features = _features(raw)
    problems: list[Problem] = []
    found: dict[str, Outline] = {}
    for number, feature in enumerate(features, start=1):
        try:
            outline = _outline(feature, number)
            if outline.name in found:
                first = found[outline.name].number
                raise _Faulty(
                    f"the borough stands already in feature {first}", "name", outline.name,
                    "ask the publisher which outline is right",
                )  # fmt: skip
            found[outline.name] = outline
        except _Faulty as fault:
            problems.append(
                Problem(
                    fault.reason,
                    row=number,
                    column=fault.column,
                    value=fault.value,
                    cure=fault.cure,
                )
            )
    missing = [place.name for place in places.boroughs() if place.name not in found]
    if missing and not problems:
        value = ", ".join(missing[:4])
        problems.append(
            Problem(
                f"{len(missing)} of the {len(places.boroughs())} boroughs have no outline",
                row=len(features) or None,
                column="name",
                value=value,
                cure=_WHOLE,
            )
        )
    if problems:
        raise raw.fault(*problems, source=SOURCE)
    return list(found.values())


def _features(raw: RawFile) -> list:
    """Return the features of the file; raises ``FaultyFile`` for text that is not JSON."""
    if (size := raw.text.count("[")) > raw.limits.rows:  # a point is a list
        raise raw.fault(raw.too_many_rows(size), source=SOURCE)
    try:
        content = json.loads(
            raw.text, object_pairs_hook=_each_once, parse_constant=_refuse_constant
        )
        if content.get("type") != "FeatureCollection":
            raise _Faulty("not a collection of features", "type", content.get("type"), _WHOLE)
        features = content.get("features")
        if not isinstance(features, list):
            raise _Faulty("no list of features", "features", features, _WHOLE)
    except json.JSONDecodeError as error:
        problem = Problem(
            f"not whole JSON: {error.msg}",
            row=error.lineno,
            column=str(error.colno),
            value=raw.text[max(0, error.pos - 20) : error.pos + 20],
            cure="copy the file again",
        )
        raise raw.fault(problem, source=SOURCE) from error
    except RecursionError as error:
        problem = Problem("JSON nested too deeply", row=1, column="1", cure=_WHOLE)
        raise raw.fault(problem, source=SOURCE) from error
    except _Faulty as error:
        problem = Problem(
            error.reason, row=1, column=error.column, value=error.value, cure=error.cure
        )
        raise raw.fault(problem, source=SOURCE) from error
    except ValueError as error:  # a number of thousands of digits
        problem = Problem("a number that is none", row=1, value=str(error)[:60], cure=_RESTORE)
        raise raw.fault(problem, source=SOURCE) from error
    return features


def _each_once(pairs: list[tuple[str, object]]) -> dict:
    made = dict(pairs)
    if len(made) < len(pairs):
        name = next(name for name, _ in pairs if [n for n, _ in pairs].count(name) > 1)
        raise _Faulty("a name stands twice in one object", name, name)
    return made


def _refuse_constant(text: str) -> None:
    raise _Faulty("a number that is none", "coordinates", text)


def _outline(feature: object, number: int) -> Outline:
    if not isinstance(feature, dict) or feature.get("type") != "Feature":
        raise _Faulty("not a feature", "type")
    about, geometry = feature.get("properties"), feature.get("geometry")
    if not isinstance(about, dict):
        raise _Faulty("a feature without properties", "properties", about)
    name = _borough(about)
    if not isinstance(geometry, dict) or geometry.get("type") not in ("Polygon", "MultiPolygon"):
        kind = geometry.get("type") if isinstance(geometry, dict) else geometry
        raise _Faulty("neither a polygon nor several", "geometry", kind)
    given = geometry.get("coordinates")
    parts = [given] if geometry["type"] == "Polygon" else _list_of(given, "a list of polygons")
    polygons = [
        [[*_points(ring)] for ring in _list_of(part, "a polygon's list of rings")] for part in parts
    ]
    outline = Outline(name, number, polygons)
    _check_area(outline, about)
    return outline


def _borough(about: dict) -> str:
    """Return the full name of the borough that a feature's properties name and give a code of."""
    texts = {key: text.strip() for key, text in about.items() if isinstance(text, str)}
    codes = {key: text for key, text in texts.items() if _CODE.fullmatch(text)}
    if len(codes) != 1:
        value = ", ".join(codes.values())
        raise _Faulty("not one code of a borough, as E09000002", "code", value, "correct the code")
    (code,) = codes.values()
    named = {key: places.find(text) for key, text in texts.items() if key not in codes}
    named = {key: place for key, place in named.items() if place and _CODE.match(place.code)}
    if not named:
        value = texts.get("name", "")
        raise _Faulty("no name of a borough", "name", value, "correct the name")
    for key, place in named.items():
        if place.code != code:
            raise _Faulty(f"the code {code} is not that of the name", key, texts[key], "correct it")
    return next(iter(named.values())).name


def _points(ring: object) -> Iterator[Point]:
    points = _list_of(ring, "a ring's list of points")
    if len(points) < FEWEST_POINTS:
        reason = f"a ring of fewer than {FEWEST_POINTS} points"
        raise _Faulty(reason, "coordinates", len(points))
    for point in points:
        numbers = isinstance(point, list) and len(point) in (2, 3)
        if not numbers or not all(type(n) in (int, float) for n in point):
            raise _Faulty("not a longitude and a latitude", "coordinates", point)
        east, north, *_ = point
        if not (WEST <= east <= EAST and SOUTH <= north <= NORTH):
            cure = "give longitude and latitude in degrees (WGS 84), in this order"
            raise _Faulty("a point outside London", "coordinates", f"{east}, {north}", cure)
        yield float(east), float(north)
    if points[0][:2] != points[-1][:2]:
        raise _Faulty("a ring that is not closed", "coordinates", points[-1])


def _list_of(value: object, what: str) -> list:
    if not isinstance(value, list) or not value:
        raise _Faulty(f"not {what}", "coordinates", value)
    return value


def _check_area(outline: Outline, about: dict) -> None:
    """Hold the outline to the hectares that the file gives, where it gives them."""
    hectares = about.get("area_hectares")
    if hectares is None:
        return
    enclosed = outline.square_kilometres
    given = hectares / 100 if type(hectares) in (int, float) else 0
    if not given * LEAST_ENCLOSED <= enclosed <= given * MOST_ENCLOSED:
        reason = f"the outline encloses {enclosed:,.1f} square kilometres, not the area given"
        raise _Faulty(reason, "area_hectares", hectares)
