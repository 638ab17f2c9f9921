"""Our dashboards against the same notebook under Voila as it comes, in one run.

For each: seconds until the first control can be used (in headless Chromium, the two in turn),
seconds in which ten plain requests at once are answered, and what one more visitor takes (PSS).
Ten tabs at once are asked of ours. Figures depend on what else the machine does: the load is
printed with them. Each is printed once it is known; a quiet machine takes some ten minutes, a busy
one an hour (``--runs 1 --at-once 3`` is shorter).
"""

import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[1]
VISITORS = 5
OURS, PLAIN = 8931, 8932
COMMANDS = {
    OURS: ["-m", "scrutiny", "dashboard", "--port", str(OURS), "--visitors", "60"],
    PLAIN: ["-m", "voila", "notebooks/explore.ipynb", "--no-browser", f"--port={PLAIN}"],
}
PATHS = {OURS: "explore", PLAIN: ""}
NAMES = {OURS: "ours", PLAIN: "Voila as it comes"}


def address(port):
    return f"http://127.0.0.1:{port}/{PATHS[port]}"


def start(port):
    """Start a server; return it once it listens."""
    process = subprocess.Popen(
        [sys.executable, *COMMANDS[port]], cwd=ROOT,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    home = f"http://127.0.0.1:{port}/voila/static/voila.js"
    for _ in range(600):
        try:
            urlopen(home).close()
            return process
        except URLError:
            time.sleep(0.2)
    raise SystemExit(f"{NAMES[port]} did not begin")


def answered(port):
    """How long a plain request takes to be answered whole."""
    begun = time.monotonic()
    with urlopen(address(port), timeout=300) as answer:
        answer.read()
    return time.monotonic() - begun


def usable(browser, port):
    """How long until a change of a control has changed the sentence, without what it takes."""
    page = browser.new_context().new_page()
    page.set_default_timeout(300_000)
    begun = time.monotonic()
    page.goto(address(port), wait_until="commit")
    page.wait_for_selector(".said", state="attached")
    ready = time.monotonic() - begun
    before = page.text_content(".said")
    page.get_by_label("Area", exact=True).select_option(label="Croydon", force=True)
    page.wait_for_function("b => document.querySelector('.said').textContent !== b", arg=before)
    page.context.close()
    return ready


def tabs(browser, port, at_once):
    """How long until as many tabs that are opened at once can all be used."""
    context = browser.new_context()
    pages = [context.new_page() for _ in range(at_once)]
    begun = time.monotonic()
    for page in pages:
        page.set_default_timeout(300_000)
        page.goto(address(port), wait_until="commit")
    for page in pages:
        page.wait_for_selector(".said", state="attached")
    took = time.monotonic() - begun
    context.close()
    return took


def memory(process):
    """The proportional share of memory of a process and all that it started, in megabytes."""
    found, waiting = 0, [process.pid]
    while waiting:
        pid = waiting.pop()
        for children in Path(f"/proc/{pid}/task").glob("*/children"):
            waiting += map(int, children.read_text().split())
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
        found += int(re.search(r"Pss:\s+(\d+)", text)[1])
    return found / 1024


def a_visitor(process, port):
    """What one more visitor takes, in megabytes."""
    answered(port)
    before = memory(process)
    for _ in range(VISITORS):
        answered(port)
    return (memory(process) - before) / VISITORS


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--runs", type=int, default=5, help="first visits to each, in turn")
    parser.add_argument("--at-once", type=int, default=10, help="plain requests, and tabs")
    given = parser.parse_args()
    tell("at the beginning")
    servers = {port: start(port) for port in COMMANDS}
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    try:
        for port, process in servers.items():
            print(f"{NAMES[port]}: a visitor {a_visitor(process, port):.0f} MB", flush=True)
        with ThreadPoolExecutor(given.at_once) as pool:
            for port in COMMANDS:
                slowest = max(pool.map(answered, [port] * given.at_once))
                print(
                    f"{NAMES[port]}: {given.at_once} requests at once {slowest:.1f} s", flush=True
                )
        time.sleep(30)  # those of ours are gone by then
        with sync_playwright() as driver:
            browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            first = {port: [] for port in COMMANDS}
            for _ in range(given.runs):
                for port, times in first.items():
                    times.append(usable(browser, port))
            for port, times in first.items():
                print(
                    f"{NAMES[port]}: first control {statistics.median(times):.1f} s "
                    f"({min(times):.1f} to {max(times):.1f}, {given.runs} visits)", flush=True,
                )  # fmt: skip
            ten = tabs(browser, OURS, given.at_once)
            print(f"{NAMES[OURS]}: {given.at_once} tabs at once {ten:.1f} s", flush=True)
            browser.close()
    finally:
        for process in servers.values():
            process.terminate()
            process.wait(60)
        tell("at the end")


def tell(when):
    """Print what else the machine does."""
    print(f"load {when}:", *(f"{load:.1f}" for load in os.getloadavg()), flush=True)


if __name__ == "__main__":
    main()
