"""Surveys and strength: what is read of each, what is refused, and against other readings."""

from pathlib import Path

import pandas as pd
import pytest
from scrutiny.errors import FaultyFile
from scrutiny.sources import attitudes, workforce
from scrutiny.sources.categories import count_towards
from scrutiny.sources.raw import RawFile

LAYOUTS = Path(__file__).parent / "layouts"
READERS = {
    "public-attitudes-boroughs": attitudes.read,
    "public-attitudes": attitudes.read,
    "public-perception": attitudes.read,
    "workforce": workforce.read,
}
GOOD = '"Good Job" local'
MARCH = "31/03/2023;PAS;Barnet;Listen to concerns"

# By source: what is changed into what; row, column and value of the fault; words of the reason.
FAULTS = {
    "public-attitudes-boroughs": {
        "wrong decimal sign": (
            "Barnet;Trust MPS;0,77", "Barnet;Trust MPS;0.77", 20, "Proportion", "0.77",
            "not a figure",
        ),
        "unknown borough": (
            "31/03/2023;PAS;Barnet;Listen to concerns", "31/03/2023;PAS;Barnett;Listen to concerns",
            11, "Borough", "Barnett", "not an area",
        ),
        "force among boroughs": (
            "31/03/2023;PAS;Barnet;Listen to concerns", "31/03/2023;PAS;MPS;Listen to concerns", 11,
            "Borough", "MPS", "not an area",
        ),
        "same borough, quarter and statement": (
            "Richmond Upon Thames;Listen to concerns;0,71", "BARNET;Listen to  Concerns;0,71", 18,
            "Measure", "Barnet, 2023-06, pas, listen to concerns", "already in row 17",
        ),
        "two figures of the force": (
            ";0,56;0,6\r", ";0,56;0,65\r", 13, "MPS", "0,65", "0.6 in row 11",
        ),
    },
    "public-attitudes": {
        "per cent": ("Trust MPS;0,7\r", "Trust MPS;70%\r", 8, "Proportion", "70%", "not a"),
        "above one": ("Trust MPS;0,7\r", "Trust MPS;70\r", 8, "Proportion", "70", "at most 1"),
        "borough in the table of the force": (
            "MPS;Trust MPS;0,7\r", "Brent;Trust MPS;0,7\r", 8, "Borough", "Brent", "not an area",
        ),
        "field too many": ("Trust MPS;0,7\r", "Trust MPS;0;7\r", 8, None, None, "6 fields"),
        "American day": (
            "30/06/2023;PAS;MPS;Trust", "06/30/2023;PAS;MPS;Trust", 8, "Date", "06/30/2023",
            "not a day",
        ),
        "day of another style": (
            "30/06/2023;PAS;MPS;Trust", "2023-06-30;PAS;MPS;Trust", 8, "Date", "2023-06-30",
            "not a day",
        ),
        "day within a quarter": (
            "30/06/2023;PAS;MPS;Trust", "29/06/2023;PAS;MPS;Trust", 8, "Date", "29/06/2023",
            "last day of a quarter",
        ),
        "no statement": ("MPS;Trust MPS;0,7\r", "MPS;;0,7\r", 8, "Measure", "", "empty"),
        "lost column": ("Survey;Borough", "Borough", 1, "survey", "", "missing"),
    },
    "public-perception": {
        "fraction among per cents": ("area,49", "area,0.49", 13, "proportion", "0.49", "whole"),
        "sign of per cent": ("area,49", "area,49%", 13, "proportion", "49%", "whole"),
        "above a hundred": ("area,49", "area,490", 13, "proportion", "490", "at most 100"),
        "month in words": ("Jun-15,Police", "June 2015,Police", 13, "date", "June 2015", "month"),
        "no quarter": ("Jun-15,Police", "May-15,Police", 13, "date", "May-15", "quarter"),
        "same statement": (
            "Jun-15,Police", "Mar-15,Police", 13, "measure",
            "2015-03, police do a good job in the local area", "already in row 9",
        ),
        "column more": ("measure,", "measure,extra,", 1, "extra", "extra", "not a column"),
    },
    "workforce": {
        "thousands": ("20111", '"20,111"', 5, "Police Officer Strength", "20,111", "whole"),
        "decimals": ("20111", "20111.5", 5, "Police Officer Strength", "20111.5", "whole"),
        "negative": ("20111", "-20111", 5, "Police Officer Strength", "-20111", "whole"),
        "no figure": ("20111", "", 5, "Police Officer Strength", "", "whole"),
        "month twice": ("Jan-14", "Dec-13", 5, "Date", "2013-12", "already in row 4"),
        "day for month": ("Jan-14", "01/01/2014", 5, "Date", "01/01/2014", "not a month"),
        "field missing": ("20111,", "", 5, None, None, "3 fields"),
        "a line end gone": ("1456\n", "1456", 13, "PCSO Strength", "1456", "no line end"),
    },
}  # fmt: skip


def sample(source):
    """The sample of a source, as its publisher would write it."""
    return (LAYOUTS / f"{source}.csv").read_bytes().decode()


def read(source, content):
    """What the reader of a source makes of a text."""
    return READERS[source](RawFile("downloaded", content.encode()))


def figures(reading):
    """The figures of a reading, by area, period, category and unit."""
    rows = reading.observations
    return rows.set_index(["area", "period", "category", "unit"])["value"].sort_index().to_dict()


def changed(source, old, new):
    """The sample with one thing changed."""
    text = sample(source)
    assert text.count(old) == 1
    return text.replace(old, new)


@pytest.mark.parametrize(
    ("source", "fault"), [(source, fault) for source in FAULTS for fault in FAULTS[source]]
)
def test_a_faulty_table_is_refused_with_the_place(source, fault):
    old, new, row, column, value, reason = FAULTS[source][fault]
    with pytest.raises(FaultyFile) as caught:
        read(source, changed(source, old, new))
    assert caught.value.source == source
    (problem,) = caught.value.problems
    assert (problem.row, problem.column) == (row, column)
    assert value is None or problem.value == value
    assert reason in problem.reason
    assert problem.cure


@pytest.mark.parametrize("source", READERS)
@pytest.mark.parametrize("variant", ["line ends", "BOM", "order", "blank rows", "blanks", "column"])
def test_what_makes_no_difference_is_accepted(source, variant):
    text = sample(source)
    separator = ";" if source.startswith("public-a") else ","
    end = "\r\n" if "\r" in text else "\n"
    first, *rest = text.removesuffix(end).split(end)
    another = {
        "line ends": text.replace(end, "\n" if end == "\r\n" else "\r\n"),
        "BOM": "\ufeff" + text,
        "order": end.join([first, *reversed(rest), ""]),
        "blank rows": text + end * 3 + separator * 4 + end,
        "blanks": end.join([first, *(f" {row} " for row in rest), ""]),
        "column": end.join([*(f"{row}{separator}" for row in [first, *rest]), ""]),
    }[variant]
    assert figures(read(source, another)) == figures(read(source, text))


@pytest.mark.parametrize("source", READERS)
def test_another_table_is_not_taken_for_one_of_these(source):
    assert read(source, "Date,Borough,Value\n31/12/2014,Barnet,1\n") is None
    assert read(source, "") is None


def test_a_survey_gives_shares_and_the_force_once_a_quarter_and_statement():
    rows = read("public-attitudes-boroughs", sample("public-attitudes-boroughs")).observations
    assert (rows["unit"] == "fraction").all()
    where = rows.set_index(["area", "period", "category"])[["row", "column", "group", "value"]]
    assert where.loc[("Westminster", "2014-12", GOOD)].tolist() == [4, 5, "PAS", 0.29]
    assert where.loc[("MPS", "2014-12", GOOD)].tolist() == [2, 6, "PAS", 0.5]
    assert where.loc[("Richmond upon Thames", "2023-06", "Trust MPS")].tolist() == [
        21,
        5,
        "PAS",
        0.8,
    ]
    assert (len(rows), len(where.loc["MPS"])) == (28, 7)


def test_whole_per_cents_become_shares():
    found = read("public-perception", sample("public-perception"))
    told = figures(found)
    assert (
        told["MPS", "2014-12", "Knows how to contact their local ward officer", "fraction"] == 0.07
    )
    assert "per cent" in found.layout


def test_a_blank_proportion_is_a_note_and_never_nought():
    text = changed("public-attitudes-boroughs", "Barnet;Trust MPS;0,77;0,7", "Barnet;Trust MPS; ;")
    found = read("public-attitudes-boroughs", text)
    assert ("Barnet", "2023-06", "Trust MPS", "fraction") not in figures(found)
    assert figures(found)["MPS", "2023-06", "Trust MPS", "fraction"] == 0.7
    blanks = [(n.row, n.column, n.value) for n in found.notes if "blank figures" in n.reason]
    assert blanks == [(20, "Proportion", "1"), (20, "MPS", "1")]


def test_spellings_gaps_and_new_statements_are_notes():
    text = sample("public-attitudes-boroughs").replace("Trust MPS", "Visible locally")
    notes = {(n.reason, n.row): n.value for n in read("public-attitudes-boroughs", text).notes}
    spellings = notes["a borough in more than one spelling", 15]
    assert spellings == "Richmond upon Thames, Richmond Upon Thames"
    assert notes["a category that no earlier file holds", 20] == "Visible locally"
    assert "Visible locally: 34 of 35, 2014-12 to 2023-03" in notes.values()


def test_a_survey_whose_last_quarter_lacks_boroughs_is_cut():
    text = sample("public-attitudes-boroughs")
    with pytest.raises(FaultyFile, match="is cut: no row of Trust MPS for 1 of 3 boroughs"):
        read("public-attitudes-boroughs", text[: text.rindex("30/06/2023")])
    earlier = "".join(x for x in text.splitlines(True) if not x.startswith(MARCH))
    (note,) = [n for n in read("public-attitudes-boroughs", earlier).notes if "no row" in n.reason]
    assert (note.value, "2023-03" in note.reason) == ("Barnet", True)


def test_a_month_in_a_date_may_have_one_figure():
    text = sample("public-attitudes").replace("31/03/2023", "31/3/2023")
    known = figures(read("public-attitudes", sample("public-attitudes")))
    assert figures(read("public-attitudes", text)) == known


def test_a_copy_with_commas_and_points_is_read_as_its_own_layout():
    text = sample("public-attitudes").replace(",", ".").replace(";", ",")
    assert figures(read("public-attitudes", text)) == figures(
        read("public-attitudes", sample("public-attitudes"))
    )


def test_missing_months_of_strength_are_a_note():
    text = "".join(
        x for x in sample("workforce").splitlines(True) if x[:6] not in ("Feb-14", "Mar-14")
    )
    (note,) = read("workforce", text).notes
    assert (note.reason, note.value) == (
        "months missing between the first and the last", "2014-02, 2014-03",
    )  # fmt: skip


@pytest.fixture(scope="module")
def survey(real_data):
    """The survey by borough as pandas reads it, with the quarter as a month."""
    frame = pd.read_csv(real_data / "public-attitudes" / "PAS_buroughs.csv", sep=";", decimal=",")
    return frame.assign(
        period=pd.to_datetime(frame["Date"], format="%d/%m/%Y").dt.strftime("%Y-%m")
    )


def real(source, path):
    return READERS[source](RawFile.open(path, path.name))


def test_the_published_survey_is_read_as_pandas_reads_it(real_data, survey):
    folder = real_data / "public-attitudes"
    by_borough = real("public-attitudes-boroughs", folder / "PAS_buroughs.csv")
    rows = by_borough.observations
    theirs = survey.groupby(["period", "Measure"])["Proportion"].sum()
    ours = rows[rows["area"] != "MPS"].groupby(["period", "category"])["value"].sum()
    assert (ours - theirs.rename_axis(["period", "category"])).abs().max() < 1e-9
    assert (len(rows), by_borough.areas, by_borough.vintage) == (9312 + 291, 33, "2023-12")
    told = figures(by_borough)
    assert told["Barking and Dagenham", "2014-12", GOOD, "fraction"] == 0.56
    assert told["Ealing", "2014-12", GOOD, "fraction"] == 0.6
    assert told["Westminster", "2023-12", "Understand issues", "fraction"] == 0.67
    assert told["Waltham Forest", "2023-12", "Understand issues", "fraction"] == 0.39
    assert told["MPS", "2022-09", GOOD, "fraction"] == 0.5


def test_the_three_surveys_tell_the_same_of_the_force(real_data):
    folder = real_data / "public-attitudes"
    measured = []
    for source, name in [
        ("public-attitudes-boroughs", "PAS_buroughs.csv"),
        ("public-attitudes", "PAS_Total.csv"),
        ("public-perception", "public-perception-data.csv"),
    ]:
        rows = count_towards(real(source, folder / name).observations)
        mps = rows[rows["area"] == "MPS"]
        measured.append(mps.set_index(["measure", "period"])["value"].to_dict())
    by_borough, total, perception = measured
    assert by_borough == total
    assert len(total) == 291
    both = total.keys() & perception.keys()
    assert len(both) == 245
    assert {key: total[key] for key in both} == {key: perception[key] for key in both}
    assert perception["fair-treatment", "2025-09"] == 0.66


def test_the_published_strength_agrees_with_pandas_and_with_the_workbook(real_data):
    path = real_data / "workforce" / "Police_Force_Strength.csv"
    found = real("workforce", path)
    theirs = pd.read_csv(path)
    sums = found.observations.groupby("category")["value"].sum().to_dict()
    assert sums == theirs.drop(columns="Date").sum().to_dict()
    assert (found.first_month, found.last_month, len(found.observations)) == (
        "2013-05",
        "2026-03",
        465,
    )
    told = {key[1:3]: value for key, value in figures(found).items()}
    assert told["2013-05", "Police Officer Strength"] == 30636
    assert told["2015-11", "Police Staff Strength"] == 10342  # the workbook: 10,341.65
    assert told["2015-11", "PCSO Strength"] == 1667  # 1,667.33
    assert told["2022-09", "Police Officer Strength"] == 34112
    assert told["2026-03", "PCSO Strength"] == 1389
    assert set(count_towards(found.observations)["measure"]) == {"officers", "staff", "pcsos"}
