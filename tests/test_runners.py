"""Items are worked on by processes that stay: who gets which, and what one does to the others."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest
from scrutiny.project import ONE_THREAD
from scrutiny.run import pages

ROOT = Path(__file__).parents[1]

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="processes are forked on Linux alone"
)

# Work for two runners, and what the process that asks for it prints of what came of it.
AT_WORK = """\
import os, time
from scrutiny.charts import renderer
from scrutiny.errors import FaultyFile, Problem
from scrutiny.limits import Limits
from scrutiny.run import Runners, forked, pages

def draw(text):
    mark = {"type": "text", "text": text}
    return renderer.draw({"data": {"values": [{}]}, "mark": mark})[:4]

def who(item):
    time.sleep(0.05)
    return os.getpid()

def refuse(item):
    return FaultyFile("a.csv", [Problem("it is late", row=item)])

def stop(item):
    if item == "exit":
        os._exit(3)
    if item == "raise":
        raise MemoryError
    if item == "hang":
        time.sleep(60)
    return item

with Runners(2, Limits(page_seconds=3), lambda: None) as runners:
    each = lambda work, items: {item: (made, why) for item, made, why in runners.each(items, work)}
"""


def at_work(*lines):
    """What these lines print, at the end of that program."""
    finished = subprocess.run(
        [sys.executable, "-c", AT_WORK + "".join(f"    {line}\n" for line in lines)],
        env=os.environ | ONE_THREAD, encoding="utf-8", cwd=ROOT, capture_output=True, check=True,
    )  # fmt: skip
    return finished.stdout.split("\n")[:-1]


def test_a_renderer_that_dies_takes_one_item_with_it_and_nothing_else():
    (made,) = at_work("print({t: m for t, (m, _) in each(draw, ['a', chr(0), 'b', 'c']).items()})")
    assert ast.literal_eval(made) == {"a": "<svg", "\0": None, "b": "<svg", "c": "<svg"}


def test_an_item_that_ends_its_process_or_takes_too_long_takes_no_other_with_it():
    told = at_work("print(each(stop, ['a', 'exit', 'b', 'raise', 'hang', 'c', 'd']))")
    assert ast.literal_eval(told[0]) == {
        **{item: (item, None) for item in "abcd"},
        **dict.fromkeys(["exit", "raise"], (None, pages.ENDED)),
        "hang": (None, "took longer than 3 seconds, page_seconds in limits.yml"),
    }


def test_an_item_comes_again_to_the_process_that_knows_it():
    first, again = at_work("print(each(who, range(9)))", "print(each(who, reversed(range(9))))")
    where = {item: process for item, (process, _) in ast.literal_eval(first).items()}
    assert len(set(where.values())) == 2
    taken = {item: process for item, (process, _) in ast.literal_eval(again).items()}
    # One that has none left of its own takes over another's last.
    assert sum(where[item] != taken[item] for item in where) <= 2


def test_no_process_works_on_items_for_ever():
    (made,) = at_work("pages.ITEMS_A_PROCESS = 3", "print(each(who, range(12)))")
    processes = [process for process, _ in ast.literal_eval(made).values()]
    assert all(processes.count(process) <= 3 for process in processes)


def test_an_error_comes_from_another_process_as_it_was():
    (same,) = at_work("error = each(refuse, [7])[7][0]", "print(error.problems[0].row, error)")
    assert same.startswith("7 a.csv: ")


def test_whoever_stops_in_the_midst_leaves_no_item_at_work():
    (left,) = at_work(
        "working = runners.each(['a', 'hang'], stop)", "next(working)",
        "process = next(r for r in runners._runners if r.item == 'hang')._process",
        "working.close()", "print(os.path.exists(f'/proc/{process}'))",
    )  # fmt: skip
    assert left == "False"


def test_runners_have_a_processor_each_where_there_are_as_many():
    usable = sorted(os.sched_getaffinity(0))
    assert pages.processors(len(usable)) == usable
    assert pages.processors(len(usable) + 1) == [None] * (len(usable) + 1)
