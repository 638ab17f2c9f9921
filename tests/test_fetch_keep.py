"""Of an archive, or of a page that lists files, what keep names is fetched, or nothing is."""

import json
import os

import pytest
from publisher import (
    FAULTY,
    MONTHS,
    OTHER,
    PAGE,
    REVISED,
    SOURCE,
    TABLE,
    bringing,
    cases,
    hidden,
    sent,
    serving,
    status,
    today,
    without_data,
    zipped,
)
from scrutiny.fetch import Settings, addresses, listing
from scrutiny.sources.inputs import files_in

publisher = pytest.fixture(serving)
project = pytest.fixture(without_data)
bring = pytest.fixture(bringing)


# Archives


def test_the_members_that_keep_names_are_unpacked_and_no_others(publisher, project, bring):
    address = publisher.gives("/latest.zip", sent(zipped(MONTHS)))
    outcomes = bring(address, keep="*-metropolitan-street.csv")
    folder = project.inbox / SOURCE / today()
    wanted = [folder / f"2018-{month}-metropolitan-street.csv" for month in (11, 12)]
    assert [(f.state, f.path) for f in outcomes] == [("fetched", path) for path in wanted]
    assert files_in(project.inbox) == wanted
    assert [path.read_bytes() for path in wanted] == [TABLE, REVISED]
    records = json.loads((folder / ".fetched.json").read_text("utf-8"))["files"]
    assert [r["member"] for r in records.values()] == [*MONTHS][:2]
    assert hidden(project, ".partial/*") == []


def test_members_of_one_name_are_called_after_their_folders(publisher, bring):
    archive = zipped({"x/2018-11/crime.csv": TABLE, "x/2018-12/crime.csv": REVISED})
    outcomes = bring(publisher.gives("/latest.zip", sent(archive)), keep="crime.csv")
    assert [f.file for f in outcomes] == ["2018-11-crime.csv", "2018-12-crime.csv"]


def test_sources_of_one_archive_share_one_download(publisher, bring):
    address = publisher.gives("/latest.zip", sent(zipped(MONTHS)))
    outcomes = bring(rows=f"{SOURCE},{address},,2018-11*\n{OTHER},{address},,*12-met*\n")
    assert [(f.source, f.state) for f in outcomes] == [(SOURCE, "fetched"), (OTHER, "unrecognised")]
    assert len(publisher.asked) == 1


def test_a_member_that_is_faulty_stops_no_other(publisher, project, bring):
    archive = zipped({"a.csv": FAULTY, "b.csv": TABLE})
    outcomes = bring(publisher.gives("/latest.zip", sent(archive)), keep="*.csv")
    assert [f.state for f in outcomes] == ["faulty", "fetched"]
    assert [path.name for path in files_in(project.inbox)] == ["b.csv"]


def test_without_keep_an_archive_is_taken_as_it_is(publisher, bring):
    (fetched,) = bring(publisher.gives("/latest.zip", sent(zipped(MONTHS))))
    assert fetched.state == "faulty"
    assert "tables in an archive are not read" in fetched.message


SMALL = Settings(most_members=5, most_kept=2, most_unpacked=400_000, most_times_larger=50)
HOSTILE = {
    "slip": (zipped({"../../../x.csv": TABLE}), "leads outside itself: '../../../x.csv'"),
    "absolute": (zipped({"/etc/x.csv": TABLE}), "leads outside itself"),
    "drive": (zipped({"C:/x.csv": TABLE}), "leads outside itself"),
    "backslash": (zipped({"..\\x.csv": TABLE}), "leads outside itself"),
    "link": (zipped({"x.csv": b"/etc/passwd"}, link="x.csv"), "leads outside itself"),
    "bomb": (zipped({"x.csv": bytes(300_000)}), "more than 50 times its size: a bomb"),
    "large": (zipped({"x.csv": os.urandom(450_000)}), "unpacks to more than 400 kB"),
    "many": (zipped({f"{n}.txt": b"" for n in range(6)}), "6 members, more than 5"),
    "many-kept": (zipped({f"{n}.csv": b"" for n in range(3)}), "fits 3 members, more than 2"),
    "twice": (zipped({"a/x.csv": b"", "b/a/x.csv": b""}), "two files that would be called"),
    "none": (zipped({"a.txt": b""}), "no member of the archive fits keep ('*.csv'); it holds a."),
    "damaged": (zipped({"x.csv": TABLE})[:-30], "the archive is damaged"),
    "two-names": (zipped({"x.csv": TABLE}).replace(b"x.csv", b"y.csv", 1), "archive is damaged"),
}  # fmt: skip


@cases(("body", "says"), HOSTILE)
def test_a_hostile_or_broken_archive_leaves_nothing(publisher, project, bring, body, says):
    address = publisher.gives("/latest.zip", sent(body))
    (fetched,) = bring(address, keep="*.csv", settings=SMALL)
    assert (fetched.state, says in fetched.message) == ("failed", True), fetched.message
    assert [path for path in project.root.rglob("*.csv") if path.name != addresses.FILE] == []
    assert hidden(project) == []


def test_a_page_in_place_of_an_archive_is_refused(publisher, bring):
    (fetched,) = bring(publisher.gives("/latest.zip", sent(PAGE)), keep="*.csv")
    assert (fetched.state, "it is a web page" in fetched.message) == ("unrecognised", True)


# Pages that list files


def listed(*files):
    """A page of the London Datastore: title, address, and what tells how new a file is."""
    found = {
        str(n): {"title": title, "url": url, "format": "csv"} | more
        for n, (title, url, more) in enumerate(files)
    }
    return json.dumps({"id": "exy3m", "resources": found}).encode()


AGES = {
    "months-covered": ({"timeframe": {"to": "2018-11"}}, {"timeframe": {"to": "2018-12"}}),
    "upload": ({"origin": "a/2018-12-06T10:00:00/x"}, {"origin": "a/2019-01-06T10:00:00/x"}),
    "place": ({"order": 1}, {"order": 0}),
    "months-before-upload": (
        {"temporal_coverage_to": "2018-11", "origin": "a/2019-02-06T10:00:00/x"},
        {"temporal_coverage_to": "2018-12", "origin": "a/2019-01-06T10:00:00/x"},
    ),
    "what-one-lacks-decides-nothing": (
        {"timeframe": {"to": "2018-11"}, "order": 3},
        {"timeframe": None, "order": 2},
    ),
}


@cases(("older", "newer"), AGES)
def test_the_newest_file_that_fits_is_taken_from_a_page(publisher, bring, older, newer):
    publisher.gives("/download/new/crime.csv", sent(TABLE))
    page = publisher.gives(
        "/api/dataset/exy3m",
        status(307, Location="/api/v2/dataset/exy3m"),
    )
    files = listed(
        ("Crime (24 months)", f"{publisher.home}/download/old/crime.csv", older),
        ("Crime (24 months)", "/download/new/crime.csv", newer),
        ("Crime (Historical)", "/download/all/crime.csv", {}),
    )
    publisher.gives("/api/v2/dataset/exy3m", sent(files, ""))
    (fetched,) = bring(page, keep="crime*24 MONTHS*")
    assert (fetched.state, fetched.path.name) == ("fetched", "crime.csv"), fetched.message
    record = json.loads((fetched.path.parent / ".fetched.json").read_text("utf-8"))["files"]
    assert record["crime.csv"]["listing"] == page
    assert record["crime.csv"]["address"] == f"{publisher.home}/download/new/crime.csv"


@cases(
    ("files", "says"),
    {
        "none-fits": ([("Other", "/other.csv", {})], "no file of the page fits keep ('*crime*')"),
        "none-at-all": ([], "it lists none"),
        "two-alike": (
            [("Crime", "/a.csv", {}), ("Crime", "/b.csv", {})],
            "fits 2 files of the page, and nothing tells which is the newest",
        ),
        "not-there": ([("Crime", "/a.csv", {})], "404 Not Found"),
        "elsewhere": ([("Crime", "file:///etc/passwd", {})], "not an address that begins with"),
    },
)
def test_a_page_without_a_clear_answer_fails(publisher, bring, files, says):
    page = publisher.gives("/api/dataset/exy3m", sent(listed(*files)))
    (fetched,) = bring(page, keep="*crime*")
    assert (fetched.state, says in fetched.message) == ("failed", True), fetched.message


def test_a_page_may_put_its_list_below_result_and_call_titles_names(tmp_path):
    path = tmp_path / "page"
    files = [
        {"name": "Crime", "url": "http://a.example/old.csv", "created": "2025-12-06"},
        {"name": "Crime", "url": "http://a.example/new.csv", "created": "2026-01-06"},
        {"name": "Crime", "url": None},
        "nonsense",
    ]
    path.write_text(json.dumps({"success": True, "result": {"resources": files}}), "utf-8")
    entries = listing.read(path, "http://a.example/api", 10_000)
    assert listing.choose(entries, "crime") == "http://a.example/new.csv"
    assert listing.read(path, "https://a.example/api", 10_000) == []
    assert listing.read(path, "http://a.example/api", 10) is None
