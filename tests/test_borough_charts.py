"""Boroughs side by side: intervals, funnel and tile map."""

import dataclasses
import itertools
import re

import pytest
from drawings import contrast, letters, texts
from scrutiny import build_report, charts, places, tables
from scrutiny.charts.labels import Box, placed
from scrutiny.charts.tiles import CLASSES

BOROUGHS = [place.name for place in places.boroughs()]
SHORT = {place.name: place.short_name for place in places.boroughs()}


@pytest.fixture(scope="module")
def london():
    return build_report("borough-priorities", "2018-q4")


@pytest.fixture(scope="module")
def croydon():
    return build_report("borough-priorities", "2018-q4", "croydon")


@pytest.fixture(scope="module")
def intervals(london):
    return charts.boroughs(london, "mopac7")


@pytest.fixture(scope="module")
def own_place(croydon):
    return charts.boroughs(croydon, "mopac7")


@pytest.fixture(scope="module")
def against_london(croydon):
    return charts.against_london(croydon)


@pytest.fixture(scope="module")
def funnel(london):
    return charts.funnel(london, "mopac7")


@pytest.fixture(scope="module")
def tile_map(london):
    return charts.tiles(london, "mopac7")


def values(rows, *columns):
    """The numbers of a table's columns, row by row."""
    return [tuple(row[column].value for column in columns) for row in rows]


def test_boroughs_stand_in_the_order_of_their_change(intervals):
    changes = list(intervals.data["value"])
    assert changes == sorted(changes, reverse=True)
    assert [row[0] for row in intervals.table.rows] == ["MPS", *intervals.data["name"]]
    assert sorted(intervals.data["name"]) == BOROUGHS


def test_the_table_under_the_intervals_is_what_is_drawn(intervals):
    drawn = list(intervals.data[["value", "lower", "upper"]].itertuples(index=False, name=None))
    assert values(intervals.table.rows[1:], 1, 2, 3) == drawn


def test_a_borough_stands_apart_where_its_whole_interval_leaves_out_londons_change(
    london, intervals
):
    change = london.number("mopac7", "change_percent", area="MPS").value
    data = intervals.data
    apart = {
        "above": list(data.loc[data["lower"] > change, "name"]),
        "below": list(data.loc[data["upper"] < change, "name"]),
    }
    assert len(apart["above"]) == 9
    assert apart["below"][-3:] == ["Hammersmith and Fulham", "Islington", "Camden"]
    for side, names in apart.items():
        assert list(data.loc[data["side"] == side, "name"]) == names
        counted = london.number("mopac7", f"boroughs_change_{side}", area="MPS")
        assert counted.value == len(names)
        assert texts(intervals).count(side) == len(names)


def test_the_description_of_the_intervals_names_measure_period_and_finding(intervals):
    description = intervals.description
    assert description.startswith(
        "Dot chart of the change in MOPAC 7 in each of the 32 boroughs, October to December 2018 "
        "against October to December 2017, each with its 95% interval"
    )
    assert "The MPS: +2.2%. 9 boroughs lie above it with the whole interval: Westminster" in (
        description
    )
    assert "7 boroughs lie below it with the whole interval: Camden (-26.1%)" in description


def test_a_boroughs_own_page_marks_out_its_place_in_london(own_place):
    assert [text for text in texts(own_place) if text.startswith("◄")] == ["◄ +2.9%"]
    bold = {text for text, look in letters(own_place) if look.get("font-weight") == "bold"}
    assert bold == {"Croydon", "MPS +2.2%"}
    assert own_place.description.endswith("Croydon: +2.9%, not apart from the MPS.")


def test_a_measure_that_is_not_shown_for_every_borough_is_said_to_be_absent(london):
    for draw in (charts.boroughs, charts.tiles, charts.funnel):
        assert "not among the measures" in draw(london, "tno").html


def test_a_refused_comparison_draws_no_interval_and_says_why(london):
    why = "The two periods are counted otherwise."
    numbers = {
        key: dataclasses.replace(
            found, value=None, lower=None, upper=None, printed="not comparable",
            status="not-comparable", note=why,
        )
        if found.statistic.startswith("change_percent")
        else found
        for key, found in london.numbers.items()
    }  # fmt: skip
    standings = {
        key: dataclasses.replace(found, change="unknown") for key, found in london.standings.items()
    }
    refused = dataclasses.replace(london, numbers=numbers, standings=standings)
    figure = charts.boroughs(refused, "mopac7")
    assert f"Not compared: {why}" in figure.description
    assert {row[-1] for row in figure.table.rows[1:]} == {"no interval"}
    tile_map = charts.tiles(refused, "mopac7")
    assert {row[-1] for row in tile_map.table.rows} == {"no change to judge"}
    assert figure.svg.startswith("<svg")
    assert tile_map.svg.startswith("<svg")


def test_a_funnels_table_is_what_is_drawn(funnel):
    drawn = list(funnel.data[["residents", "rate"]].itertuples(index=False, name=None))
    assert values(funnel.table.rows, 1, 2) == drawn
    assert [row[0] for row in funnel.table.rows[:32]] == BOROUGHS


def test_a_boroughs_rate_in_the_funnel_is_its_count_per_thousand_residents(london):
    rate = london.number("mopac7", "rate", area="Camden")
    assert (rate.numerator, rate.denominator) == (4_053, 252_637)
    assert rate.value == pytest.approx(16.042781)
    assert (rate.lower, rate.upper) == pytest.approx((15.552639, 16.544440), abs=5e-7)
    label = london.standings["mopac7", "Camden"].rate
    assert label == "High (0.001)"


def test_the_funnels_limits_close_in_on_londons_rate_as_residents_grow(london, funnel):
    centre = london.number("mopac7", "rate", area="MPS").value
    data = funnel.data
    for line in ("lower 95", "upper 95", "lower 99-8", "upper 99-8"):
        limits = data[data["line"] == line]
        assert list(limits["name"]) == ["Kensington and Chelsea", "Haringey", "Barnet"]
        away = (limits["rate"] - centre).abs()
        assert away.is_monotonic_decreasing
        assert (limits["rate"] > centre).all() == line.startswith("upper")
    narrow = data.loc[data["line"] == "upper 95", "rate"].to_numpy()
    assert (data.loc[data["line"] == "upper 99-8", "rate"].to_numpy() > narrow).all()


def test_every_borough_outside_the_funnel_has_its_name_beside_it(london, funnel):
    outside = [name for name in BOROUGHS if london.standings["mopac7", name].rate[:3] != "Not"]
    assert len(outside) == 28
    assert set(texts(funnel)) & set(SHORT.values()) == {SHORT[name] for name in outside}


def test_the_funnel_says_that_residents_are_a_poor_measure_for_westminster(croydon, funnel):
    for text in (funnel.description, funnel.table.notes[-1], charts.funnel(croydon, "mopac7").html):
        assert "Westminster" in text
    assert (
        "7 boroughs lie above the 99.8% limits, among them Westminster (32.6)" in funnel.description
    )


def test_a_boroughs_page_says_where_its_rate_stands(croydon):
    passage = re.sub(r"<[^>]+>", "", charts.funnel(croydon, "mopac7").html)
    assert "MOPAC 7 in Croydon: 9.7 per 1,000 residents in October to December 2018" in passage
    assert "That is below the 99.8% limits of chance about the rate of the MPS." in passage


def test_without_residents_the_funnel_says_so(london):
    numbers = {
        key: found
        for key, found in london.numbers.items()
        if not found.statistic.startswith("boroughs_rate")
    }
    without = dataclasses.replace(london, numbers=numbers)
    assert "no residents" in charts.funnel(without, "mopac7").html


def test_each_of_the_32_boroughs_has_a_tile_of_its_own():
    tiles = {place.name: place.tile for place in places.boroughs()}
    assert len(set(tiles.values())) == 32
    assert places.place("City of London").tile is None
    (north, _), (south, _) = tiles["Enfield"], tiles["Sutton"]
    assert {row for row, _ in tiles.values()} == set(range(north, south + 1))
    (_, west), (_, east) = tiles["Hillingdon"], tiles["Havering"]
    assert {column for _, column in tiles.values()} == set(range(west, east + 1))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Barnet", "Harrow"),
        ("Camden", "Islington"),
        ("Hackney", "Tower Hamlets"),
        ("Lambeth", "Southwark"),
        ("Lambeth", "Wandsworth"),
        ("Croydon", "Merton"),
        ("Croydon", "Bromley"),
        ("Sutton", "Merton"),
        ("Greenwich", "Bexley"),
        ("Ealing", "Hillingdon"),
        ("Westminster", "Camden"),
        ("Newham", "Tower Hamlets"),
    ],
)
def test_neighbours_on_the_ground_touch_on_the_tile_map(one, other):
    (row, column), (other_row, other_column) = places.place(one).tile, places.place(other).tile
    assert max(abs(row - other_row), abs(column - other_column)) == 1


def test_a_tile_says_its_borough_its_change_and_its_class(london, tile_map):
    drawn = texts(tile_map)
    for name, printed, short in zip(
        BOROUGHS, tile_map.data["printed"], tile_map.data["name"], strict=True
    ):
        assert london.number("mopac7", "change_percent", area=name).printed == printed
        assert short == SHORT[name]
        assert {short, printed} <= set(drawn)
    assert sum(drawn.count(words) for _, words, *_ in CLASSES.values()) == 32
    assert [(row[0], row[1].printed) for row in tile_map.table.rows] == list(
        zip(BOROUGHS, tile_map.data["printed"], strict=True)
    )


def test_a_tile_up_or_down_is_beyond_chance(london, tile_map):
    for row in tile_map.table.rows:
        p = london.number("mopac7", "p_value", area=row[0]).value
        change = row[1].value
        expected = "within chance" if p >= 0.05 else f"{'up' if change > 0 else 'down'}, by more"
        assert row[2].startswith(expected)


def test_classes_of_tiles_are_told_apart_without_colour():
    grounds = {key: ground for key, (_, _, ground, *_) in CLASSES.items()}
    assert len(grounds) <= 5
    judged = [grounds[key] for key in ("up", "down", "chance")]
    assert min(contrast(*pair) for pair in itertools.combinations(judged, 2)) >= 3
    assert len({words for _, words, *_ in CLASSES.values()}) == len(CLASSES)
    assert all(contrast(ground, ink) >= 4.5 for _, _, ground, ink, _ in CLASSES.values())


def test_a_chart_of_two_areas_names_them_and_has_no_legend(against_london):
    drawn = texts(against_london)
    assert (drawn.count("Croydon"), drawn.count("MPS")) == (1, 1)


def test_an_overview_has_a_table_where_a_borough_is_drawn_against_london(london):
    assert charts.against_london(london) == tables.changes(london)


FIGURES = ["intervals", "own_place", "against_london", "funnel", "tile_map"]


@pytest.mark.parametrize("name", FIGURES)
def test_text_in_a_chart_is_large_and_dark_enough(request, name):
    for _, look in letters(request.getfixturevalue(name)):
        assert float(look["font-size"].removesuffix("px")) >= 12
        assert look["fill"] in {"#12436D", "#801650", "#3D3D3D", "black", "white"}


def test_a_name_takes_the_nearest_place_that_covers_nothing():
    frame = Box(0, 0, 300, 100)
    alone = placed({"One": (50, 50)}, [(50, 50)], 12, frame)
    assert alone["One"].nearest(50, 50)[0] <= 58
    marks = {"One": (50, 50), "Two": (55, 52), "Three": (60, 48)}
    crowd = list(placed(marks, marks.values(), 12, frame, Box(0, 0, 300, 30)).values())
    assert not any(one.overlaps(other) for one, other in itertools.combinations(crowd, 2))
    assert all(frame.holds(box) and box.top >= 30 for box in crowd)
    assert not any(
        box.left < x < box.right and box.top < y < box.bottom
        for box in crowd
        for x, y in marks.values()
    )
