"""A download that breaks off, drags or is stopped goes on later, and is never taken cut short."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import format_datetime

import pytest
from publisher import (
    HALF,
    QUICK,
    REVISED,
    SOURCE,
    TABLE,
    bringing,
    cases,
    dripping,
    hidden,
    sent,
    serving,
    status,
    without_data,
)
from scrutiny.fetch import Report, Settings, addresses
from scrutiny.fetch.part import About, Part
from scrutiny.sources.inputs import files_in

publisher = pytest.fixture(serving)
project = pytest.fixture(without_data)
bring = pytest.fixture(bringing)


class Waits(Report):
    """Keeps what is reported."""

    def __init__(self):
        self.seconds, self.kept = [], []

    def started(self, label, address, kept, total):
        self.kept.append(kept)

    def waiting(self, label, why, seconds, attempt):
        self.seconds.append(seconds)


# A download that breaks off


def test_a_download_that_breaks_off_goes_on_where_it_broke(publisher, bring):
    address = publisher.gives("/crime.csv", sent(TABLE, cut=HALF), sent(TABLE))
    (fetched,) = bring(address)
    assert publisher.header("Range") == f"bytes={HALF}-"
    assert publisher.header("If-Range") == '"one"'
    assert fetched.path.read_bytes() == TABLE


def test_a_later_run_goes_on_where_the_last_one_broke(publisher, project, bring):
    address = publisher.gives("/crime.csv", sent(TABLE, cut=HALF))
    (failed,) = bring(address, settings=Settings(attempts=1))
    assert (failed.state, failed.path, failed.bytes) == ("failed", None, HALF)
    assert f"{HALF} bytes of {len(TABLE)} bytes are kept: run it again to go on" in failed.message
    assert [path.suffix for path in hidden(project, ".partial/*.part")] == [".part"]
    assert files_in(project.inbox) == []
    publisher.gives("/crime.csv", sent(TABLE))
    (fetched,) = bring(address)
    assert publisher.header("Range") == f"bytes={HALF}-"
    assert (fetched.state, fetched.path.read_bytes()) == ("fetched", TABLE)


def test_a_date_will_do_where_there_is_no_etag(publisher, bring):
    dated = {"Last_Modified": "Tue, 06 Jan 2026 09:00:00 GMT"}
    address = publisher.gives(
        "/crime.csv", sent(TABLE, "", cut=HALF, **dated), sent(TABLE, "", ranges=False, **dated)
    )
    assert bring(address)[0].path.read_bytes() == TABLE
    assert publisher.header("If-Range") == "Tue, 06 Jan 2026 09:00:00 GMT"


def another(to):
    """The rest, but of a file with another ETag: a server that does not know If-Range."""
    del to.headers["If-Range"]
    sent(REVISED, '"two"')(to)


ANEW = {
    "range-ignored": [sent(TABLE, cut=HALF), sent(TABLE, ranges=False)],
    "changed-meanwhile": [sent(TABLE, cut=HALF), sent(REVISED, '"two"')],
    "no-etag-no-date": [sent(TABLE, "", cut=HALF), sent(TABLE, "")],
    "weak-etag": [sent(TABLE, 'W/"one"', cut=HALF), sent(TABLE, 'W/"one"')],
    "rest-of-another": [
        sent(TABLE, cut=HALF),
        another,
        sent(TABLE),
    ],
    "no-such-range": [sent(TABLE, cut=HALF), status(416), sent(TABLE)],
    "wrong-range": [
        sent(TABLE, cut=HALF),
        status(206, Content_Range=f"bytes 3-9/{len(TABLE)}", ETag='"one"'),
        sent(TABLE),
    ],
}


@pytest.mark.parametrize("steps", ANEW.values(), ids=ANEW)
def test_a_download_that_cannot_go_on_starts_from_the_beginning(publisher, bring, steps):
    (fetched,) = bring(publisher.gives("/crime.csv", *steps))
    whole = REVISED if steps is ANEW["changed-meanwhile"] else TABLE
    assert (fetched.state, fetched.path.read_bytes()) == ("fetched", whole), fetched.message


def test_fewer_bytes_than_announced_are_never_taken(publisher, project, bring):
    address = publisher.gives("/crime.csv", sent(TABLE, "", says=len(TABLE) + 5))
    (fetched,) = bring(address)
    assert (fetched.state, len(publisher.asked)) == ("failed", 3)
    assert "the connection broke off; given up after 3 attempts; nothing is kept" in fetched.message
    assert hidden(project) == []


# A slow download


def test_a_slow_drip_ends_with_what_was_kept_and_is_not_tried_again(publisher, bring):
    address = publisher.gives("/crime.csv", dripping(TABLE, 0.02))
    (fetched,) = bring(address, settings=Settings(slowest=1024, slow_seconds=0.2))
    assert (fetched.state, len(publisher.asked)) == ("failed", 1)
    assert "slower than 1.02 kB a second for 0.2" in fetched.message
    assert "are kept: run it again to go on" in fetched.message
    assert 0 < fetched.bytes < len(TABLE)


def test_a_slow_but_steady_download_is_waited_for(publisher, bring):
    address = publisher.gives("/crime.csv", dripping(TABLE, 0.02, block=20))
    (fetched,) = bring(address, settings=Settings(slowest=20, slow_seconds=0.1))
    assert fetched.path.read_bytes() == TABLE


def test_a_silent_connection_is_given_up_and_the_download_goes_on(publisher, bring):
    address = publisher.gives("/crime.csv", dripping(TABLE, 9, block=HALF), sent(TABLE, '"drip"'))
    (fetched,) = bring(address, settings=replace(QUICK, read_seconds=0.5))
    assert publisher.header("Range") == f"bytes={HALF}-"
    assert fetched.path.read_bytes() == TABLE


# A fetch that is stopped or kept from writing


def test_one_address_is_not_downloaded_by_two_at_once(publisher, project, bring):
    address = publisher.gives("/crime.csv", sent(TABLE))
    with Part(project.inbox, address).locked():
        (fetched,) = bring(address)
    assert "another process is downloading it now" in fetched.message
    assert publisher.asked == []


def test_a_disk_that_takes_nothing_is_reported(publisher, project, bring):
    (project.inbox / ".partial").write_text("in the way", "utf-8")
    (fetched,) = bring(publisher.gives("/crime.csv", sent(TABLE)))
    assert "nothing can be written in data/inbox: File exists" in fetched.message


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signal")
def test_ctrl_c_keeps_what_came_and_the_next_run_goes_on(publisher, project, bring):
    address = publisher.gives("/crime.csv", dripping(TABLE, 30, block=HALF))
    addresses.path_of(project).write_text(
        f"source,address,file,keep\n{SOURCE},{address},,\n", "utf-8"
    )
    program = (
        "import argparse; from scrutiny.fetch import command; p = argparse.ArgumentParser(); "
        "command.add_arguments(p); raise SystemExit(command.run(p.parse_args([])))"
    )
    environment = os.environ | {"NO_PROXY": "127.0.0.1", "no_proxy": "127.0.0.1"}
    with subprocess.Popen(
        [sys.executable, "-c", program], cwd=project.root, env=environment,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8",
    ) as process:  # fmt: skip
        part = Part(project.inbox, address)
        deadline = time.monotonic() + 60
        while part.size < HALF and time.monotonic() < deadline:
            time.sleep(0.02)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (130, ""), err
    assert err.splitlines()[-1].startswith("scrutiny: stopped; what came so far is kept")
    assert (part.size, part.resumable, files_in(project.inbox)) == (HALF, True, [])
    publisher.gives("/crime.csv", sent(TABLE, '"drip"'))
    assert bring(address)[0].path.read_bytes() == TABLE
    assert publisher.header("Range") == f"bytes={HALF}-"


def test_a_whole_download_that_was_not_put_away_is_not_asked_for_again(publisher, project, bring):
    address = publisher.gives("/crime.csv", sent(TABLE))
    part = Part(project.inbox, address)
    part.restart(About(address, address, etag='"one"', total=len(TABLE)))
    part.path.write_bytes(TABLE)
    (fetched,) = bring(address)
    assert publisher.header("If-None-Match") == '"one"'
    assert (fetched.state, fetched.path.read_bytes()) == ("fetched", TABLE)


# A publisher that is asked again


@pytest.mark.parametrize("code", [408, 429, 500, 502, 503, 504])
def test_a_passing_fault_is_tried_again(publisher, bring, code):
    (fetched,) = bring(publisher.gives("/crime.csv", status(code), sent(TABLE)))
    assert (fetched.state, len(publisher.asked)) == ("fetched", 2)


def test_attempts_end_and_the_waits_between_them_double(publisher, bring):
    waits = Waits()
    (fetched,) = bring(publisher.gives("/crime.csv", status(500)), report=waits)
    assert (fetched.state, len(publisher.asked)) == ("failed", 3)
    assert "answered 500 Internal Server Error; given up after 3 attempts" in fetched.message
    assert waits.seconds == [0.01, 0.02]


@cases(
    ("asked", "least", "most"),
    {
        "seconds": ("1", 1, 1),
        "none": ("0", 0, 0),
        "date": (format_datetime(datetime(2020, 1, 1, tzinfo=UTC), usegmt=True), 0, 0),
        "nonsense": ("soon", 0.01, 0.01),
    },
)
def test_a_publisher_is_given_the_time_that_it_asks_for(publisher, bring, asked, least, most):
    waits, address = Waits(), publisher.gives("/a.csv", status(429, Retry_After=asked), sent(TABLE))
    assert bring(address, report=waits)[0].state == "fetched"
    (seconds,) = waits.seconds
    assert least <= seconds <= most


def test_a_publisher_that_asks_for_an_hour_is_left_alone(publisher, bring):
    began = time.monotonic()
    (fetched,) = bring(publisher.gives("/crime.csv", status(503, Retry_After="3600")))
    assert "503 Service Unavailable and asks to wait 3600 seconds" in fetched.message
    assert (len(publisher.asked), time.monotonic() - began < 60) == (1, True)


def test_no_server_at_all_is_reported_in_a_line(publisher, bring):
    (fetched,) = bring("http://127.0.0.1:9/crime.csv")
    assert "no connection to 127.0.0.1; given up after 3 attempts" in fetched.message
