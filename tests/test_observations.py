"""The tidy schema: what a reader may hand on, and what it may not."""

import pytest
from files import SOUND, read
from scrutiny import observations


@pytest.fixture
def frame(tmp_path):
    """The observations of a sound file."""
    return read(tmp_path, SOUND).observations


def test_a_sound_frame_comes_back_as_it_is(frame):
    assert observations.check(frame).equals(frame)
    assert observations.check(observations.empty()).empty


@pytest.mark.parametrize(
    ("column", "value", "rule"),
    [
        ("value", -1.0, "numbers"),
        ("row", 0, "numbers"),
        ("column", 0, "numbers"),
        ("vintage", "December", "texts"),
        ("period", "2018-13-40x", "texts"),
        ("sha256", "abc", "texts"),
        ("source", "", "texts"),
        ("category", "", "texts"),
        ("area", "Atlantis", "places: "),
        ("area_kind", "street", "lists"),
        ("within", "Atlantis", "lists"),
        ("unit", "pints", "lists"),
    ],
)
def test_one_wrong_cell_breaks_the_rule_of_its_column(frame, column, value, rule):
    frame.loc[3, column] = value
    with pytest.raises(observations.BrokenSchema, match=rule):
        observations.check(frame)


def test_a_missing_cell_is_no_text(frame):
    frame.loc[3, "category"] = None
    with pytest.raises(observations.BrokenSchema):
        observations.check(frame)


def test_a_column_of_another_type_is_refused(frame):
    with pytest.raises(observations.BrokenSchema, match="types"):
        observations.check(frame.astype({"value": "int64"}))


def test_a_cell_stands_in_one_place_of_a_file(frame):
    frame.loc[3, ["row", "column"]] = frame.loc[2, ["row", "column"]]
    with pytest.raises(observations.BrokenSchema):
        observations.check(frame)


def test_a_lacking_column_is_refused(frame):
    with pytest.raises(KeyError, match="unit"):
        observations.check(frame.drop(columns="unit"))
