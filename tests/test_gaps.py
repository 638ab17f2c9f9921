"""A borough against the rest of London: gap, interval, chance, and what others did."""

import dataclasses
import math

import pandas as pd
import pytest
from files import read
from scrutiny import build_report, places, tables, words
from scrutiny.measures import Figures
from scrutiny.measures.baseline import baseline, claim, not_chosen
from scrutiny.measures.gaps import beating, gaps
from scrutiny.periods import parse_window
from scrutiny.project import open_project
from scrutiny.sources.inputs import Inputs
from test_words import plain

BOROUGHS = [place.name for place in places.boroughs()]
NOW, BEFORE = parse_window("2018-10..2018-12"), parse_window("2017-10..2017-12")
RECENT = "borough-24-months/2018-12"


@pytest.fixture(scope="module")
def croydon():
    return build_report("borough-priorities", "2018-q4", "croydon")


@pytest.fixture(scope="module")
def overview():
    return build_report("borough-priorities", "2018-q4")


def of_numbers(report, measure, *statistics, **where):
    """The values of several statistics."""
    return tuple(report.number(measure, statistic, **where).value for statistic in statistics)


def test_croydons_burglary_did_better_than_londons_and_chance_could_explain_it(croydon):
    change, gap = of_numbers(croydon, "burglary", "change_percent", "gap_points")
    assert (round(change, 2), round(gap, 2)) == (1.46, -3.84)
    assert croydon.number("burglary", "change_percent", area="MPS").printed == "+5.3%"
    # 756 to 767 in Croydon, 20,310 to 21,415 in the rest of the MPS.
    log = math.log(767 / 756) - math.log(21_415 / 20_310)
    error = math.sqrt(1 / 756 + 1 / 767 + 1 / 20_310 + 1 / 21_415)
    ratio = croydon.number("burglary", "ratio_of_ratios").value
    assert ratio == pytest.approx(math.exp(log))
    p = croydon.number("burglary", "gap_p_value", tag="poisson").value
    assert p == pytest.approx(math.erfc(abs(log) / error / math.sqrt(2)))
    assert croydon.number("burglary", "gap_p_value").value > p > 0.05
    found = croydon.number("burglary", "gap_points")
    assert found.lower < found.value < 0 < found.upper


def test_the_interval_in_points_is_that_of_the_ratio_scaled_to_the_gap(croydon):
    for measure in croydon.measures:
        gap, ratio = (croydon.number(measure, s) for s in ("gap_points", "ratio_of_ratios"))
        scale = gap.value / (ratio.value - 1)
        assert (gap.lower, gap.upper) == pytest.approx(
            (scale * (ratio.lower - 1), scale * (ratio.upper - 1))
        )
        for end in ("lower", "upper"):
            assert croydon.number(measure, f"gap_points_{end}").value == getattr(gap, end)
            assert croydon.number(measure, f"ratio_of_ratios_{end}").value == getattr(ratio, end)


def test_all_violence_with_injury_stands_in_for_the_part_that_no_file_holds(croydon):
    assert croydon.leading == ("burglary", "violence-with-injury")
    own = croydon.number("violence-with-injury", "change_percent")
    mps = croydon.number("violence-with-injury", "change_percent", area="MPS")
    assert (own.printed, mps.printed) == ("-4.8%", "-2.7%")
    published = croydon.number("non-da-violence-with-injury", "change_percent", tag="published")
    assert (published.printed, published.status) == ("-7.7%", "as-published")


def test_a_borough_without_a_choice_leads_with_the_crimes_furthest_from_london():
    report = build_report("borough-priorities", "2018-q4", "westminster")
    gap = {m: abs(report.number(m, "gap_points").value) for m in report.measures if m != "mopac7"}
    assert set(report.leading) == set(sorted(gap, key=gap.get)[-2:])
    said = plain(words.choice(report))
    assert "No choice of priority crimes is on record for Westminster in 2018/19." in said
    assert "Westminster,2018/19,burglary," in said


def a_city(folder, rows):
    """Figures of burglary in which each borough has three months of each count, by default 100."""
    months = [f"{year}{month:02d}" for year in (2017, 2018) for month in range(1, 13)]
    held = {
        ("Burglary", "Burglary - Residential", borough): [
            *[0] * 9, *[before] * 3, *[0] * 9, *[now] * 3
        ]
        for borough, (before, now) in (dict.fromkeys(BOROUGHS, (100, 100)) | rows).items()
    }  # fmt: skip
    return Figures(Inputs((read(folder, of_boroughs(months, held)),)))


def of_boroughs(months, held):
    """A table of the publisher's layout with a row a borough."""
    lines = [",".join(["Borough", "Major Category", "Minor Category", *months])]
    lines += [
        ",".join([borough, major, minor, *map(str, counts)])
        for (major, minor, borough), counts in held.items()
    ]
    return "\n".join(lines) + "\n"


def test_where_boroughs_differ_by_chance_alone_nothing_is_allowed_for(tmp_path):
    found = gaps(a_city(tmp_path, {"Camden": (100, 60)}), "burglary", NOW, BEFORE)
    assert found.dispersion.value == 1
    camden = found.tests["Camden"]
    # 300 to 180 against 9,300 to 9,300 in the rest.
    assert camden.ratio == pytest.approx(0.6)
    error = math.sqrt(1 / 300 + 1 / 180 + 2 / 9300)
    assert camden.p == pytest.approx(math.erfc(-math.log(0.6) / error / math.sqrt(2)))


def test_where_boroughs_differ_by_more_the_interval_is_wider(tmp_path):
    spread = {b: (100, 60 if i % 2 else 140) for i, b in enumerate(BOROUGHS)}
    found = gaps(a_city(tmp_path, spread), "burglary", NOW, BEFORE)
    assert found.dispersion.value > 10
    assert found.tests["Camden"].p > 0.05


def test_a_borough_with_none_before_has_a_gap_that_is_not_tested(tmp_path):
    found = gaps(a_city(tmp_path, {"Camden": (0, 2)}), "burglary", NOW, BEFORE)
    printed = {r.statistic: r.printed for r in found.results("Camden")}
    assert {printed[s] for s in ("gap_points", "ratio_of_ratios", "gap_p_value")} == {"n/a"}
    assert found.tests["Barnet"].p == pytest.approx(1, abs=0.1)


def test_boroughs_that_beat_london_are_counted_beside_those_that_would_by_chance(tmp_path):
    fell = {"Camden": (100, 40), "Barnet": (100, 40), "Harrow": (100, 180)}
    found = gaps(a_city(tmp_path, fell), "burglary", NOW, BEFORE)
    counted = {r.statistic: r.value for r in beating(found)}
    assert counted == {
        "boroughs_beating": 2,  # London fell by 1.25%, boroughs where nothing changed did not
        "boroughs_beating_apart": 2,
        "boroughs_beating_kept": 2,
        "boroughs_beaten_kept": 1,
        "boroughs_beating_by_chance": 16,
        "boroughs_beating_apart_by_chance": 0.8,
    }


@pytest.mark.parametrize(
    ("chosen", "others"),
    [
        (["burglary", "non-da-violence-with-injury"], 5),
        (["robbery-personal"], 6),
        (["tno"], 7),
    ],
)
def test_a_crime_of_which_a_part_was_chosen_is_no_baseline(chosen, others):
    assert len(not_chosen(chosen)) == others


def test_a_chosen_crime_stands_against_those_not_chosen(croydon):
    assert croydon.number("mopac7", "count", tag="not-chosen").value == 255 + 154 + 303 + 794 + 649
    before = croydon.number("mopac7", "count", "quarter-before", tag="not-chosen").value
    assert before == 295 + 143 + 269 + 558 + 750
    own, rest, difference = (
        croydon.number("burglary", "gap_points").value,
        croydon.number("mopac7", "gap_points", tag="not-chosen").value,
        croydon.number("burglary", "difference_in_differences_points").value,
    )
    assert difference == pytest.approx(own - rest)
    said = plain(words.against_baseline(croydon))
    assert "what is high tends to fall back by itself" in said
    assert "Burglary stands -8.1 percentage points from that baseline" in said


def test_no_baseline_is_made_of_crimes_that_do_not_compare(tmp_path):
    found = gaps(a_city(tmp_path, {}), "burglary", NOW, BEFORE)
    assert baseline([found], [], "Camden") == []
    assert baseline([found], [dataclasses.replace(found, tests={})], "Camden") == []


def test_under_ten_choices_the_letters_claim_is_not_tested(overview):
    said = plain(words.against_baseline(overview))
    assert "Too few are on record to test that: 3 recorded choices can be computed" in said
    assert not overview.has("local-priorities", "p_value")


def test_a_year_without_a_choice_on_record_tests_no_claim():
    said = plain(words.against_baseline(build_report("borough-priorities", "2025-11")))
    assert "No choice that is on record can be computed for these months" in said
    assert claim([]) == []


def test_ten_choices_that_all_beat_london_are_more_than_chance(tmp_path):
    fell = dict.fromkeys(BOROUGHS[:10], (100, 90))
    found = gaps(a_city(tmp_path, fell), "burglary", NOW, BEFORE)
    made = claim([(borough, found) for borough in BOROUGHS[:10]])
    assert [r.value for r in made] == [10, 10, pytest.approx(2 / 2**10)]
    assert made[2].result_id == "local-priorities.mps.p_value.window"
    assert len(claim([(borough, found) for borough in BOROUGHS[:9]])) == 2


def test_the_overview_has_every_borough_and_every_recorded_choice(overview):
    rows = tables.priorities(overview).rows
    assert [row[0].partition(":")[0] for row in rows] == sorted([*BOROUGHS, "Croydon", "Haringey"])
    chosen = {row[0]: row[-1] for row in rows if row[1] == "chosen"}
    assert chosen == {
        "Croydon: burglary": "○ better, within chance",
        "Croydon: violence with injury outside domestic abuse": "– not computable",
        "Haringey: violence with injury": "✓ better, more than chance",
        "Haringey: personal robbery": "○ better, within chance",
    }


def test_a_boroughs_page_shows_the_others_of_its_command_unit(croydon):
    names = [row[0] for row in tables.neighbours(croydon).rows]
    assert names == [
        f"{crime}, {borough}"
        for crime in ("Burglary", "Violence with injury")
        for borough in ("Croydon", "Bromley", "Sutton")
    ]


def test_what_is_on_file_of_strength_and_views_is_shown_and_the_rest_is_named(croydon):
    table = tables.context(croydon)
    rows = {row[0]: [getattr(cell, "printed", cell) for cell in row[1:]] for row in table.rows}
    assert rows["Police officers, MPS"] == ["30,046", "29,692", "-1.2%", "%"]
    assert rows["Police officers, Croydon"] == ["not on file"] * 4
    good = rows["Police do a good job in the local area, Croydon"]
    assert good == ["61%", "55%", "-6", "percentage points"]
    assert "worry about crime in the area" in table.notes[-1]


@pytest.mark.parametrize("borough", ["Croydon", "Westminster", "Kingston upon Thames"])
def test_counts_changes_and_gaps_are_those_of_pandas_on_the_raw_file(real_data, borough):
    """Nothing but pandas and the publisher's file: no code of the project in what is expected."""
    (path,) = (real_data / RECENT).glob("*.csv")
    raw = pd.read_csv(path)
    sums = raw.melt(id_vars=list(raw.columns[:3]), var_name="month", value_name="count")
    quarter = {"201710": "before", "201711": "before", "201712": "before"}
    quarter |= {"201810": "now", "201811": "now", "201812": "now"}
    sums["window"] = sums["month"].map(quarter)
    minors = {
        "violence-with-injury": ["Assault with Injury", "Wounding/GBH", "Grievous Bodily Harm"],
        "theft-person": ["Theft Person"],
        "theft-of-motor-vehicle": ["Theft/Taking of M/V"],
        "theft-from-motor-vehicle": ["Theft From M/V"],
    }
    majors = {"robbery": "Robbery", "burglary": "Burglary", "criminal-damage": "Criminal Damage"}
    of_measure = {
        **{key: sums["Minor Category"].str.strip().isin(names) for key, names in minors.items()},
        **{key: sums["Major Category"] == name for key, name in majors.items()},
    }
    of_measure["mopac7"] = pd.concat(of_measure, axis=1).any(axis=1)
    project = dataclasses.replace(open_project(), given_data=(real_data / RECENT,))
    place = borough.lower().replace(" ", "-")
    report = build_report("borough-priorities", "2018-q4", place, project=project)
    for measure, own in of_measure.items():
        here = sums[own & (sums["Borough"] == borough)].groupby("window")["count"].sum()
        everywhere = sums[own].groupby("window")["count"].sum()
        change, london_s = (
            100 * (s["now"] - s["before"]) / s["before"] for s in (here, everywhere)
        )
        assert report.number(measure, "count").value == here["now"]
        assert report.number(measure, "count", "quarter-before").value == here["before"]
        assert report.number(measure, "count", area="MPS").value == everywhere["now"]
        assert report.number(measure, "change_percent").value == pytest.approx(change, rel=1e-12)
        gap = report.number(measure, "gap_points").value
        assert gap == pytest.approx(change - london_s, abs=1e-9)
