"""What stands in outputs/ keeps its contract: names, results, manifests, the same bytes again."""

import csv
import datetime as dt
import hashlib
import json
import os
import re
import shutil
import sys
import tempfile
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from importlib import metadata
from pathlib import Path

import pytest
from scrutiny import places
from scrutiny.measures import catalogue
from shipped import BOROUGHS, PAGES, document, notebook, results, stem

ROOT = Path(__file__).parents[1]
COLUMNS = (
    "result_id,measure,area,area_kind,period,comparator,statistic,value,unit,lower,upper,"
    "numerator,denominator,printed,status,method,sources,note"
)
STATISTICS = {
    "count", "change_percent", "change_points", "rate", "share", "gap_points", "revision_percent",
    "difference_points", "p_value", "spc_point", "spc_upper", "spc_mean", "spc_lower",
    "illustrative", "illustrative_gap_points", "change_percent_lower", "change_percent_upper",
    "boroughs_change_above", "boroughs_change_below", "boroughs_rate_high", "boroughs_rate_low",
    "funnel_lower", "funnel_upper", "gap_points_lower", "gap_points_upper", "gap_p_value",
    "ratio_of_ratios", "ratio_of_ratios_lower", "ratio_of_ratios_upper", "dispersion",
    "difference_in_differences_points", "difference_in_differences_ratio",
    "difference_in_differences_ratio_lower", "difference_in_differences_ratio_upper",
    "difference_in_differences_p_value", "boroughs_beating", "boroughs_beating_apart",
    "boroughs_beating_kept", "boroughs_beaten_kept", "boroughs_beating_by_chance",
    "boroughs_beating_apart_by_chance",
    "change", "days_late", "age_months", "amount", "days",
    "projected", "projected_lower", "projected_upper",
    "share_lower", "share_upper", "boroughs_meeting", "boroughs_meeting_surely",
    "target", "interim_target", "areas", "rank", "top_tenth_months", "top_tenth_areas",
    "top_tenth_areas_share", "top_tenth_share", "lasting_areas", "lasting_areas_by_chance",
    "tied_areas",
}  # fmt: skip
BEHIND = ("count", "p_value", "gap_p_value")  # what may stand behind a printed number
COMMITTEE = tuple(f"committee-monthly/{name}" for name in ("2012-09", "2012-10", "2025-12"))
OWN_CHART = re.compile(r"[a-z0-9-]+\.mps\.(count|spc_[a-z]+)\.(?:\d{4}-\d\d|window)(\..+)?")
STATUSES = {"ok", "provisional", "withheld", "suppressed", "not-comparable", "as-published"}
AREA_KINDS = {"force", "borough", "bcu", "ward", "lsoa", "group"}
IDENTITY = re.compile(r"[a-z0-9-]+\.[a-z0-9-]+\.[a-z_]+\.[a-z0-9-]+(\.[a-z0-9-]+)?")
MONTHS = {"month": 1, "3m": 3, "quarter": 3, "12m": 12, "fy": 12, "ytd": None}  # of each window
# What a value is made of its numerator and denominator.
MADE = {
    "change_percent": lambda now, before: 100 * (now - before) / before,
    "rate": lambda count, residents: 1000 * count / residents,
    "share": lambda part, whole: 100 * part / whole,
}

# The recommendations of each edition of the tracker: each has a page.
TRACKED = {"2013-03": 19, "2013-06": 19, "2019-05": 4}

of_each_page = pytest.mark.parametrize("page", PAGES)


@cache
def shown(folder, page):
    """Every number on a page, as its id and its text."""
    numbers = document(folder / f"{stem(page)}.html").iter("data")
    return [(number.get("value"), "".join(number.itertext())) for number in numbers]


def sha256(path):
    """The hash of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


@of_each_page
def test_a_page_has_its_files_and_no_others(built, page):
    names = {path.name for path in (built / page).iterdir() if path.is_file()}
    assert names == {f"{stem(page)}.html", f"{stem(page)}.ipynb", "results.csv", "manifest.json"}


def test_outputs_hold_the_pages_and_the_way_in_and_nothing_is_left_behind(built):
    folders = {path.parent.relative_to(built).as_posix() for path in built.glob("*/**/*.*")}
    parts = {
        f"recommendation-tracker/{edition}/{n}"
        for edition, last in TRACKED.items()
        for n in range(1, last + 1)
    }
    assert folders == {*PAGES, *parts}
    reports = {page.split("/")[0] for page in PAGES}
    assert {path.name for path in built.iterdir()} == {
        "index.html", "accessibility.html", *reports,
    }  # fmt: skip


@of_each_page
def test_results_have_the_columns_of_the_contract_and_unique_ids(built, page):
    lines = (built / page / "results.csv").read_text("utf-8").splitlines()
    assert lines[0] == COLUMNS
    assert len(results(built / page)) == len(lines) - 1 > 0


@of_each_page
def test_an_id_says_measure_area_statistic_and_window(built, page):
    folders = {place.name: place.folder for place in places.all_places()}
    for identity, row in results(built / page).items():
        assert IDENTITY.fullmatch(identity)
        folder = folders.get(row["area"]) or places.slug(row["area"])  # of a group of boroughs
        parts = [row["measure"], folder, row["statistic"]]
        assert identity.split(".")[:3] == parts
        assert row["measure"] in catalogue()
        assert row["statistic"] in STATISTICS
        assert row["status"] in STATUSES
        assert row["area_kind"] in AREA_KINDS
        tags = identity.split(".")[4:]
        assert (row["status"] == "as-published") == (tags[:1] == ["published"])


def months(period):
    """How many months a period of whole months has; None for days."""
    if re.fullmatch(r"\d{4}-\d\d\.\.\d{4}-\d\d", period):
        first, last = (dt.date.fromisoformat(f"{m}-01") for m in period.split(".."))
        return (last.year - first.year) * 12 + last.month - first.month + 1
    for day in period.split(".."):
        dt.date.fromisoformat(day)
    return None


@of_each_page
def test_periods_parse_and_are_as_long_as_their_window_says(built, page):
    for identity, row in results(built / page).items():
        window = identity.split(".")[3].removesuffix("-before")
        length = months(row["period"])
        assert row["comparator"] == "" or months(row["comparator"]) == length
        if years := re.fullmatch(r"(\d{4})-(\d{4})", window):
            assert row["period"] == f"{years[1]}-01..{years[2]}-12"
        elif re.fullmatch(r"\d{4}-\d\d", window):
            assert row["period"] == f"{window}..{window}"
        elif re.fullmatch(r"fy\d{4}-\d\d", window):
            assert row["period"] == f"{window[2:6]}-04..20{window[7:]}-03"
        elif re.fullmatch(r"\d{4}", window):
            assert row["period"] == f"{window}-01..{window}-12"
        elif window in ("window", "ytd"):  # as many months or days as there are
            assert length or row["period"].count("-") == 4
        else:
            assert length == MONTHS[window] if window != "day" else length is None


@of_each_page
def test_a_value_is_unrounded_and_what_is_printed_is_its_rounding_half_up(built, page):
    for row in results(built / page).values():
        figure = re.match(r"[+-]?[\d,]+(\.\d+)?", row["printed"])
        if figure is None:
            left_out = {"suppressed": "[c]", "withheld": "[low]"}.get(row["status"])
            if row["statistic"] == "amount":  # of finance; nothing small is hidden
                left_out = "withheld"
            if row["statistic"] == "spc_lower":  # below 0, which no count can pass
                left_out = "no limit"
            if row["printed"] in ("under 0.001", "under 0.1"):
                assert 0 <= float(row["value"]) < float(row["printed"].removeprefix("under "))
                continue
            assert row["printed"] in (left_out, "n/a", "not comparable")
            assert not left_out or row["value"] == ""
            continue
        printed = Decimal(figure[0].replace(",", ""))
        assert Decimal(row["value"]).quantize(printed, ROUND_HALF_UP) == printed
        if row["value"] and row["denominator"] and row["statistic"] in MADE:
            exact = MADE[row["statistic"]](float(row["numerator"]), float(row["denominator"]))
            assert float(row["value"]) == pytest.approx(exact, rel=1e-9)


@of_each_page
def test_a_gap_is_the_difference_of_two_changes_before_rounding(built, page):
    rows = results(built / page)
    for identity, row in rows.items():
        if row["statistic"] == "gap_points" and row["status"] == "ok" and row["value"]:
            own = identity.replace(".gap_points.", ".change_percent.")
            mps = re.sub(r"\.[a-z-]+\.change", ".mps.change", own)
            gap = float(rows[own]["value"]) - float(rows[mps]["value"])
            assert float(row["value"]) == pytest.approx(gap, abs=1e-9)


@of_each_page
def test_a_result_says_how_it_was_made_and_from_which_file_or_document(built, page):
    manifest = json.loads((built / page / "manifest.json").read_text("utf-8"))
    files = {entry["sha256"][:12] for entry in manifest["inputs"]}
    with (ROOT / "data" / "registers" / "documents.csv").open(encoding="utf-8") as file:
        documents = {row["document"] for row in csv.DictReader(file)}
    # Registers of our own, of which rows are counted; an edition has a stroke in its name.
    documents |= {"data-lists", "commitments", "correspondence", "actions", "finance"}
    for row in results(built / page).values():
        assert row["method"]
        for source in row["sources"].split(";"):
            name, _, digits = source.partition("@")
            assert digits in files if digits else ("/" in name or name.split(" ")[0] in documents)


@of_each_page
def test_every_number_on_a_page_is_a_row_of_its_results_and_printed_as_it_says(built, page):
    rows = results(built / page)
    numbers = shown(built / page, page)
    assert numbers
    assert [(i, text) for i, text in numbers if i not in rows or rows[i]["printed"] != text] == []


def stands_behind(row, rows):
    """Whether a row that is not on the page explains one that is, given in ``rows``."""
    measure, area, statistic, window, *_ = row["result_id"].split(".")
    if row["result_id"].endswith(".count.ytd.baseline"):  # of which the gap is a share
        return f"{measure}.{area}.illustrative_gap_points.ytd" in rows
    if statistic == "p_value" or window.removesuffix("-before") in MONTHS:
        change = f"{measure}.{area}.change_percent.{window.removesuffix('-before')}"
        return change in rows  # a change is made of two counts; its p says whether it is chance
    if f"{measure}.{area}.spc_point.{window}" in rows:
        return True  # the same month per 30 days
    counts = [r for i, r in rows.items() if i.startswith(f"{measure}.{area}.count.")]
    return any(r["period"][:7] <= window <= r["period"][-7:] for r in counts)  # months of a sum


@of_each_page
def test_every_result_is_on_the_page_or_stands_behind_a_number_that_is(built, page):
    on_page = {identity for identity, _ in shown(built / page, page)}
    rows = results(built / page)
    visible = {identity: row for identity, row in rows.items() if identity in on_page}
    others = [row for identity, row in rows.items() if identity not in on_page]
    if page in COMMITTEE:  # the months of its measures are there for a chart of one's own
        others = [row for row in others if not OWN_CHART.fullmatch(row["result_id"])]
    assert [r["result_id"] for r in others if r["statistic"] not in BEHIND] == []
    assert [r["result_id"] for r in others if not stands_behind(r, visible)] == []


@of_each_page
def test_a_manifest_names_what_went_in_and_what_came_out_with_true_hashes(built, page):
    folder = built / page
    about = json.loads((folder / "manifest.json").read_text("utf-8"))
    assert list(about) == ["inputs", "outputs", "parameters", "versions", "commit", "warnings"]
    fields = ["path", "publisher", "licence", "vintage", "rows", "sha256"]
    assert {tuple(entry) for entry in about["inputs"]} == {tuple(fields)}
    assert [e["path"] for e in about["inputs"] if sha256(ROOT / e["path"]) != e["sha256"]] == []
    report, edition = page.split("/")[:2]
    own = {f"params/{report}/{edition}/edition.yml", f"notebooks/{notebook(page)}"}
    assert own < {entry["path"] for entry in about["inputs"]}
    made = {path.name: sha256(path) for path in folder.iterdir() if path.is_file()}
    made.pop("manifest.json")
    assert {entry["path"]: entry["sha256"] for entry in about["outputs"]} == made
    assert about["parameters"] == PAGES[page]
    for package in ("scrutiny", "pandas", "altair", "papermill", "nbconvert"):
        assert about["versions"][package] == metadata.version(package)
    assert re.fullmatch(r"[0-9a-f]{40}(-dirty)?", about["commit"] or 40 * "0")
    assert all(isinstance(warning, str) for warning in about["warnings"])


@of_each_page
def test_no_file_names_a_path_of_this_machine(built, page):
    folders = {str(ROOT), str(built), str(Path.home()), tempfile.gettempdir(), sys.prefix}
    for path in (built / page).iterdir():
        text = path.read_text("utf-8") if path.is_file() else ""
        assert [folder for folder in folders if f"{folder}/" in text] == []


@of_each_page
def test_the_executed_notebook_keeps_papermills_record(built, page):
    executed = json.loads((built / page / f"{stem(page)}.ipynb").read_text("utf-8"))
    about = executed["metadata"]["papermill"]
    assert about["input_path"] == f"notebooks/{notebook(page)}"
    assert about["output_path"] == f"{stem(page)}.ipynb"
    assert about["parameters"] == PAGES[page]
    assert about["exception"] is None
    tags = [tag for cell in executed["cells"] for tag in cell["metadata"].get("tags", [])]
    assert tags.count("injected-parameters") == tags.count("parameters") == 1


def test_a_report_built_again_elsewhere_gives_the_same_bytes(built, scrutiny, tmp_path):
    again = [
        f"committee-monthly/2012-10/{part}" for part in ("mopac-challenge", "catalogue-overall")
    ]
    elsewhere = {"TZ": "Asia/Tokyo", "LC_ALL": "C", "PYTHONHASHSEED": "7"}
    finished = scrutiny(
        "build", *again, "--force", "--jobs", "1", "--out", tmp_path,
        cwd=ROOT / "notebooks", env=os.environ | elsewhere,
    )  # fmt: skip
    assert finished.returncode == 0, finished.stderr
    for page in again:
        for name in (f"{stem(page)}.html", "results.csv"):
            assert (tmp_path / page / name).read_bytes() == (built / page / name).read_bytes()


def test_a_part_built_alone_is_replaced_and_the_rest_keeps_its_bytes(built, scrutiny, tmp_path):
    shutil.copytree(built / "borough-priorities", tmp_path / "borough-priorities")
    own = "borough-priorities/2018-q4/croydon"
    for path in (tmp_path / own).iterdir():
        path.write_text("yesterday's", "utf-8")
    finished = scrutiny("build", own, "--out", tmp_path)
    assert finished.returncode == 0, finished.stderr
    files = {p.relative_to(built) for p in (built / "borough-priorities").rglob("*.*")}
    assert {p.relative_to(tmp_path) for p in tmp_path.glob("*/**/*.*")} == files
    changed = {f for f in files if (tmp_path / f).read_bytes() != (built / f).read_bytes()}
    assert {f.as_posix() for f in changed} <= {f"{own}/{stem(own)}.ipynb", f"{own}/manifest.json"}


@pytest.mark.parametrize("figure", ["figure-against-london", "figure-trends"])
def test_no_two_boroughs_charts_are_alike(built, figure):
    drawn = {}
    for borough in BOROUGHS:
        page = f"borough-priorities/2018-q4/{borough}"
        (found,) = document(built / page / f"{stem(page)}.html").xpath(f"//figure[@id='{figure}']")
        marks = found.xpath(".//*[local-name()='path']")
        drawn[borough] = " ".join(f"{m.get('d')} {m.get('transform')}" for m in marks)
    assert len(set(drawn.values())) == 32


@pytest.mark.parametrize("column", ["unit", "status", "area_kind"])
def test_whatever_stands_in_a_column_is_explained(built, column):
    told = (ROOT / "docs" / "reference" / "results.md").read_text("utf-8")
    found = {row[column] for page in PAGES for row in results(built / page).values()}
    assert len(found) > 1
    assert [said for said in found if f"`{said.removesuffix(' per 30 days')}`" not in told] == []
