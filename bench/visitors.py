"""Many visitors to our dashboard: ten tabs at once, again and again, and two hundred in a row.

One visitor stays from beginning to end and must still be served. Prints seconds until ten tabs at
once can be used, and beside them ten pages of the static copy; how many tabs of all hung; what the
server holds before two hundred visitors in a row and after; how soon kernels of those who left are
gone. Needs Chromium, a quiet machine and a quarter of an hour.
"""

import argparse
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from dashboard import COMMANDS, OURS, ROOT, memory, start, tell
from playwright.sync_api import Error, sync_playwright

HUNG = 30_000  # a tab that cannot be used by then, in milliseconds
PAGE = "explore/2025-11"
MEASURE = "mopac7"


def home(path):
    return f"http://127.0.0.1:{OURS}/{path}"


def kernels(process):
    """How many processes the server has."""
    found, waiting = 0, [process.pid]
    while waiting:
        pid = waiting.pop()
        for children in Path(f"/proc/{pid}/task").glob("*/children"):
            waiting += map(int, children.read_text().split())
        found += 1
    return found


def at_once(browser, path, wanted, number):
    """How long until so many tabs opened at once show what is wanted, and how many never did."""
    context = browser.new_context()
    pages = [context.new_page() for _ in range(number)]
    begun = time.monotonic()
    for page in pages:
        page.goto(home(path), wait_until="commit")
    hung = 0
    for page in pages:
        try:
            page.wait_for_selector(wanted, state="attached", timeout=HUNG)
        except Error:
            hung += 1
    took = time.monotonic() - begun
    context.close()
    return took, hung


def choose(page, area):
    """Change a control and wait for the sentence to follow."""
    page.wait_for_selector(".said", state="attached", timeout=HUNG)
    before = page.text_content(".said")
    page.get_by_label("Area", exact=True).select_option(label=area, force=True)
    page.wait_for_function(
        "b => document.querySelector('.said').textContent !== b", arg=before, timeout=HUNG
    )


def visit(browser):
    context = browser.new_context()
    page = context.new_page()
    page.goto(home("explore"), wait_until="commit")
    choose(page, "Croydon")
    context.close()


def until_gone(process, resting):
    """How long until the server has as many processes as before its visitors came."""
    begun = time.monotonic()
    while kernels(process) > resting and time.monotonic() - begun < 300:
        time.sleep(0.5)
    return time.monotonic() - begun


def memory_at_rest(process):
    """What the server holds half a minute after the last visitor."""
    time.sleep(30)
    return memory(process)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument(
        "--tabs", type=int, default=100, help="ten at once, until there were so many"
    )
    parser.add_argument("--visitors", type=int, default=200, help="in a row")
    given = parser.parse_args()
    tell("at the beginning")
    with tempfile.TemporaryDirectory() as out:
        built = [sys.executable, "-m", "scrutiny", "build", f"{PAGE}/{MEASURE}", "--out", out]
        subprocess.run(built, cwd=ROOT, check=True, capture_output=True)
        COMMANDS[OURS] += ["--out", out]
        process = start(OURS)
        try:
            with sync_playwright() as driver:
                chromium = shutil.which("chromium") or shutil.which("google-chrome")
                browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
                measure(browser, process, given)
                browser.close()
        finally:
            process.terminate()
            process.wait(60)
    tell("at the end")


def measure(browser, process, given):
    visit(browser)
    time.sleep(60)
    stays = browser.new_context().new_page()
    stays.goto(home("explore"), wait_until="commit")
    choose(stays, "Croydon")
    resting = kernels(process)
    static = f"reports/{PAGE}/{MEASURE}/{PAGE.replace('/', '-')}-{MEASURE}.html"
    beside, _ = at_once(browser, static, "h1", 10)
    rounds = [at_once(browser, "explore", ".said", 10) for _ in range(given.tabs // 10)]
    if rounds:
        times = [took for took, _ in rounds]
        print(
            f"ten tabs at once: {statistics.median(times):.1f} s ({min(times):.1f} to "
            f"{max(times):.1f}); ten static pages {beside:.1f} s; "
            f"hung: {sum(hung for _, hung in rounds)} of {10 * len(rounds)}", flush=True,
        )  # fmt: skip
    print(f"gone after {until_gone(process, resting):.0f} s", flush=True)
    before = memory_at_rest(process)
    for _ in range(given.visitors):
        visit(browser)
    gone = until_gone(process, resting)
    print(
        f"{given.visitors} visitors in a row: {before:.0f} MB before, "
        f"{memory_at_rest(process):.0f} MB after, the last gone after {gone:.0f} s", flush=True,
    )  # fmt: skip
    choose(stays, "Camden")
    print("who stayed was served", flush=True)


if __name__ == "__main__":
    main()
