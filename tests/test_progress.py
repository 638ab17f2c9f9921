"""What a build shows while it runs: a bar on a terminal, plain lines elsewhere."""

import io
import re
import sys

from scrutiny.progress import Log


class Terminal(io.StringIO):
    def isatty(self):
        return True


def last_bar(terminal):
    """The bar as it stands, without what it was before."""
    return re.split(r"[\r\n]+", terminal.getvalue().strip())[-1]


def test_a_bar_names_the_page_at_work_and_the_time_left(monkeypatch):
    monkeypatch.setattr(sys, "stderr", terminal := Terminal())
    with Log() as log:
        log.tell("planned", pages=3)
        log.tell("began", page="committee-monthly/2012-10")
        log.tell("began", page="recommendation-tracker/2013-06")
        assert "0/3" in last_bar(terminal)
        assert "committee-monthly/2012-10 and 1 more" in last_bar(terminal)
        log.tell("made", page="committee-monthly/2012-10")
        assert re.search(r"1/3 \[\d\d:\d\d<\d\d:\d\d", last_bar(terminal))
        assert "recommendation-tracker/2013-06" in last_bar(terminal)
        assert "committee-monthly" not in last_bar(terminal)


def test_a_failure_stands_above_the_bar_as_it_comes(monkeypatch):
    monkeypatch.setattr(sys, "stderr", terminal := Terminal())
    with Log() as log:
        log.tell("planned", pages=2)
        log.tell("began", page="committee-monthly/2012-10")
        log.tell("failed", page="committee-monthly/2012-10", why="cell 3 failed")
        assert "failed: committee-monthly/2012-10: cell 3 failed\n" in terminal.getvalue()
        assert "1/2" in last_bar(terminal)


def test_without_a_terminal_each_page_is_a_line(capsys):
    with Log() as log:
        log.tell("planned", pages=2)
        log.tell("began", page="committee-monthly/2012-10")
        log.tell("made", page="committee-monthly/2012-10")
        log.tell("failed", page="recommendation-tracker/2013-06", why="cell 3 failed")
    planned, *lines = capsys.readouterr().err.splitlines()
    assert planned.startswith("2 pages to make; planned in ")
    assert lines == [
        "made: committee-monthly/2012-10",
        "failed: recommendation-tracker/2013-06: cell 3 failed",
    ]
