"""A fetched file is whole and says where it came from; a later fetch says what changed."""

import argparse
import gzip
import hashlib
import json

import pytest
from publisher import (
    HALF,
    MONTHS,
    OTHER,
    REVISED,
    SOURCE,
    TABLE,
    bringing,
    chunked,
    hidden,
    sent,
    serving,
    short,
    status,
    today,
    without_data,
    zipped,
)
from scrutiny.fetch import addresses, command
from scrutiny.sources.inputs import files_in

publisher = pytest.fixture(serving)
project = pytest.fixture(without_data)
bring = pytest.fixture(bringing)


@pytest.fixture
def ask(project, monkeypatch, capsys):
    """The command from the project's folder: exit status, stdout and stderr."""
    monkeypatch.chdir(project.root)

    def run(*arguments):
        parser = argparse.ArgumentParser("scrutiny fetch")
        command.add_arguments(parser)
        exit_status = command.run(parser.parse_args(arguments))
        return exit_status, *capsys.readouterr()

    return run


# A file that comes


def test_a_file_comes_into_the_folder_of_its_day_with_a_record_of_where_from(
    publisher, project, bring
):
    there = publisher.gives("/b/MPS%20crime.csv", sent(TABLE, Last_Modified="Tue, 06 Jan 2026"))
    address = publisher.gives("/a/latest", status(302, Location="/b/MPS%20crime.csv"))
    (fetched,) = bring(address, file="crime.csv")
    path = project.inbox / SOURCE / today() / "crime.csv"
    assert (fetched.state, fetched.path, fetched.failed) == ("fetched", path, False)
    assert path.read_bytes() == TABLE
    assert fetched.sha256 == hashlib.sha256(TABLE).hexdigest()
    assert f"fetched, {len(TABLE)} bytes; {SOURCE}/2018-12; data/inbox/" in fetched.message
    (record,) = json.loads((path.parent / ".fetched.json").read_text("utf-8"))["files"].values()
    assert record.pop("fetched") == record.pop("checked")
    assert record == {
        "source": SOURCE, "address": address, "final_address": there, "listing": "", "keep": "",
        "member": "", "of": 1, "sha256": fetched.sha256, "bytes": len(TABLE), "refused": "",
        "licence": "OGL-UK-3.0", "etag": '"one"', "last_modified": "Tue, 06 Jan 2026",
        "content_type": "", "recognised": f"{SOURCE}/2018-12",
    }  # fmt: skip
    assert files_in(project.inbox) == [path]
    assert hidden(project, ".partial/*") == []


def test_every_source_with_an_address_is_fetched_and_a_failure_stops_no_other(publisher, bring):
    good, bad = publisher.gives("/good.csv", sent(TABLE)), publisher.home + "/gone.csv"
    outcomes = bring(rows=f"{OTHER},{bad},,\n{SOURCE},{good},,\n")
    assert [(f.source, f.state) for f in outcomes] == [(OTHER, "failed"), (SOURCE, "fetched")]


def test_the_named_sources_alone_are_asked_for(publisher, bring):
    good = publisher.gives("/good.csv", sent(TABLE))
    bring(rows=f"{OTHER},{publisher.home}/other.csv,,\n{SOURCE},{good},,\n", asked=[SOURCE])
    assert [path for path, _ in publisher.asked] == ["/good.csv"]


def test_proxies_of_the_environment_are_used(publisher, bring, monkeypatch):
    publisher.gives("http://data.example/crime.csv", sent(TABLE))
    monkeypatch.setenv("http_proxy", publisher.home)
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    assert bring("http://data.example/crime.csv")[0].state == "fetched"


def test_a_file_that_comes_packed_for_the_journey_is_kept_and_hashed_as_it_is(publisher, bring):
    packed = gzip.compress(TABLE)
    address = publisher.gives(
        "/crime.csv",
        sent(packed, cut=40, Content_Encoding="gzip"),
        sent(packed, Content_Encoding="gzip"),
    )
    (fetched,) = bring(address)
    assert publisher.header("Accept-Encoding") == "identity"
    assert publisher.header("Range") == "bytes=40-"
    assert (fetched.state, fetched.bytes) == ("fetched", len(TABLE))
    assert (fetched.path.read_bytes(), short(TABLE)) == (TABLE, fetched.sha256[:12])


def test_five_redirects_are_followed_and_the_sixth_is_not(publisher, bring):
    publisher.gives("/0", sent(TABLE))
    for hop in range(1, 7):
        publisher.gives(f"/{hop}", status(307, Location=f"/{hop - 1}"))
    (fetched,) = bring(f"{publisher.home}/5")
    assert fetched.state == "fetched", fetched.message
    assert "more than 5 times" in bring(f"{publisher.home}/6")[0].message


def test_a_length_need_not_be_announced(publisher, bring):
    assert bring(publisher.gives("/crime.csv", chunked(TABLE)))[0].path.read_bytes() == TABLE


def test_the_name_that_a_server_suggests_is_not_used(publisher, project, bring):
    step = sent(TABLE, Content_Disposition='attachment; filename="../../../evil.csv"')
    (fetched,) = bring(publisher.gives("/..%2Fcrime.csv", step))
    assert fetched.path == project.inbox / SOURCE / today() / "crime.csv"


# The same again


def test_the_same_contents_are_not_kept_twice(publisher, project, bring):
    address = publisher.gives("/crime.csv", sent(TABLE, ""))
    (first,) = bring(address)
    (again,) = bring(address)
    assert (again.state, again.path, again.failed) == ("unchanged", first.path, False)
    assert f"crime.csv: unchanged since {today()}" in again.message
    assert files_in(project.inbox) == [first.path]


def test_a_publisher_that_says_unchanged_sends_nothing(publisher, bring):
    address = publisher.gives("/latest.zip", sent(zipped(MONTHS)))
    first = bring(address, keep="*metropolitan*")
    again = bring(address, keep="*metropolitan*")
    assert publisher.header("If-None-Match") == '"one"'
    assert {f.state for f in again} == {"unchanged"}
    assert [f.path for f in again] == [f.path for f in first]


@pytest.mark.parametrize("what", ["deleted", "altered"])
def test_a_copy_that_is_lost_is_fetched_again(publisher, bring, what):
    address = publisher.gives("/crime.csv", sent(TABLE))
    (first,) = bring(address)
    first.path.unlink() if what == "deleted" else first.path.write_bytes(REVISED)
    (again,) = bring(address)
    assert publisher.header("If-None-Match") is None
    assert (again.state, first.path.read_bytes()) == ("fetched", TABLE)


def test_changed_contents_are_said_to_be_changed(publisher, bring):
    address = publisher.gives("/crime.csv", sent(TABLE), sent(REVISED, '"two"'))
    bring(address)
    (changed,) = bring(address)
    assert (changed.state, changed.path.read_bytes()) == ("changed", REVISED)
    told = f"sha256 {short(TABLE)} (332 bytes), now {short(REVISED)} (332 bytes)"
    assert f"changed since {today()}: {told}" in changed.message


def test_a_damaged_record_costs_a_download_and_nothing_else(publisher, bring):
    address = publisher.gives("/crime.csv", sent(TABLE))
    (first,) = bring(address)
    (first.path.parent / ".fetched.json").write_text('{"files": {"crime.csv": 3}}', "utf-8")
    (again,) = bring(address)
    assert "move it away" in again.message
    assert first.path.read_bytes() == TABLE


# The command


def test_the_command_tells_each_file_and_ends_with_0_or_1(publisher, project, ask, bring):
    good = publisher.gives("/good.csv", sent(TABLE))
    bring(rows=f"{SOURCE},{good},,\n{OTHER},{publisher.home}/gone.csv,,\n", asked=[SOURCE])
    exit_status, out, err = ask()
    assert exit_status == 1
    assert out.splitlines() == [
        f"= {SOURCE}: good.csv: unchanged since {today()}; data/inbox/{SOURCE}/{today()}/good.csv",
        f"✗ {OTHER}: gone.csv: the publisher answered 404 Not Found: nothing is there; "
        "correct data/addresses.csv",
        "1 unchanged, 1 failed",
    ]
    assert err == ""
    assert ask(SOURCE)[0] == 0


def test_progress_is_plain_lines_where_there_is_no_terminal(publisher, project, ask):
    address = publisher.gives("/crime.csv", sent(TABLE, cut=HALF), sent(TABLE))
    addresses.path_of(project).write_text(
        f"source,address,file,keep\n{SOURCE},{address},,\n", "utf-8"
    )
    _, _, err = ask()
    assert err.splitlines() == [
        f"{SOURCE}: downloading 332 bytes from {address}",
        f"{SOURCE}: the connection broke off; attempt 2 in 1 seconds",
        f"{SOURCE}: downloading 332 bytes from {address}, resumed at {HALF} bytes",
    ]


def test_the_list_has_every_address_and_its_last_fetch(publisher, ask, bring):
    good = publisher.gives("/good.csv", sent(TABLE))
    bring(rows=f"{SOURCE},{good},,\n{OTHER},{good}?all,,*.csv\n", asked=[SOURCE])
    exit_status, out, _ = ask("--list")
    fetched, never = out.splitlines()
    assert (exit_status, fetched.split()) == (0, [SOURCE, today(), f"({SOURCE}/2018-12)", good])
    assert never.split() == [OTHER, "never", f"{good}?all", "keep", "*.csv"]


def test_the_help_has_examples(capsys):
    parser = argparse.ArgumentParser("scrutiny fetch")
    command.add_arguments(parser)
    with pytest.raises(SystemExit):
        parser.parse_args(["--help"])
    assert "  scrutiny fetch borough-24-months workforce\n" in capsys.readouterr().out
