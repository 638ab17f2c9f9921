"""The borough pages of a month, made the usual ways and by this project's runner.

Ways: A, a shell's loop of ``papermill`` and ``jupyter nbconvert``; A lean, the same in an
environment without viewers (``--lean PYTHON``); B, their Python interfaces in one process, kernels
as ever; D, the floor: the same cells executed in one warm process, without kernel, notebook or
page; ours, ``scrutiny build``. In turns and in changing order, so that what else the machine does
falls on all. The slow ways are made in the first round alone with ``--slow-rounds 1``. Memory is
looked at in a run of its own, which takes time from the processors: of a few pages, where every
page is made by processes of its own. Fails where two ways show something else. Linux.
"""

from __future__ import annotations

import argparse
import ast
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).parents[1]
REPORT, EDITION = "borough-priorities", "2018-q4"
NOTEBOOK = ROOT / "notebooks" / f"{REPORT}.ipynb"
WAYS = ("A", "B", "D", "ours")
RESULTS = Path(__file__).with_name("RESULTS.md")
SLOW = ("A", "A lean", "B")
BY_PROCESSES_OF_THEIR_OWN = ("A", "A lean")
PAGES_FOR_MEMORY = 3
SAMPLED_EVERY = 0.5  # seconds


def with_commands(python, places, out):
    """A: two commands a page."""
    for place in places:
        notebook = out / f"{place or 'london'}.ipynb"
        words = [
            "-m",
            "papermill",
            NOTEBOOK,
            notebook,
            "-p",
            "edition",
            EDITION,
            "-p",
            "place",
            place,
        ]
        for command in (words, ["-m", "nbconvert", "--to", "html", "--no-input", notebook]):
            quiet = subprocess.DEVNULL
            subprocess.run([python, *command], cwd=ROOT, check=True, stdout=quiet, stderr=quiet)


def with_interfaces(places, out):
    """B: the Python interfaces of Papermill and nbconvert, one page after another."""
    import papermill
    from nbconvert import HTMLExporter

    exporter = HTMLExporter(exclude_input=True)
    for place in places:
        notebook = out / f"{place or 'london'}.ipynb"
        given = {"edition": EDITION, "place": place}
        papermill.execute_notebook(NOTEBOOK, notebook, given, progress_bar=False, cwd=ROOT)
        html, _ = exporter.from_filename(str(notebook))
        notebook.with_suffix(".html").write_text(html, "utf-8")


def in_one_process(places, out):
    """D: each cell's source executed here, each shown value turned into its HTML."""
    cells = [
        c for c in json.loads(NOTEBOOK.read_text("utf-8"))["cells"] if c["cell_type"] == "code"
    ]
    for place in places:
        space, shown = {}, []
        for number, cell in enumerate(cells):
            *body, last = ast.parse("".join(cell["source"])).body
            if isinstance(last, ast.Expr):
                exec(compile(ast.Module(body, []), "cell", "exec"), space)
                value = eval(compile(ast.Expression(last.value), "cell", "eval"), space)
                shown.append(value._repr_html_() if hasattr(value, "_repr_html_") else "")
            else:
                exec(compile(ast.Module([*body, last], []), "cell", "exec"), space)
            if number == 0:  # the cell of the parameters
                space |= {"edition": EDITION, "place": place}
        (out / f"{place or 'london'}.json").write_text(json.dumps(shown), "utf-8")


def shown_in(out, place):
    """What the cells of a page showed, in whichever form the way has left it."""
    name = place or "london"
    if (path := out / f"{name}.json").is_file():
        return [html for html in json.loads(path.read_text("utf-8")) if html]
    path = out / f"{name}.ipynb"
    if not path.is_file():
        folder = out.joinpath(REPORT, EDITION, *filter(None, [place]))
        (path,) = folder.glob("*.ipynb")
    cells = json.loads(path.read_text("utf-8"))["cells"]
    outputs = [output for cell in cells for output in cell.get("outputs", ())]
    return ["".join(output["data"]["text/html"]) for output in outputs if "data" in output]


def command_of(way, places, out, jobs, lean):
    """The command that makes the pages in a fresh process."""
    if way == "ours":
        targets = [f"{REPORT}/{EDITION}/{place}" for place in places if place]
        targets = [f"{REPORT}/{EDITION}"] if "" in places else targets
        more = ["--jobs", str(jobs)] if jobs else []
        return [sys.executable, "-m", "scrutiny", "build", *targets, "--force", "--out", out, *more]
    python = lean if way == "A lean" else sys.executable
    return [sys.executable, __file__, "--make", way, "--python", python, "--out", out, *places]


def measured(command, folder=ROOT, *, memory=True):
    """Seconds of wall and of processor, and the most MiB that the tree of processes held.

    To look at the memory of every process costs time itself: without ``memory`` it is nought.
    """
    peak, over = [0.0], threading.Event()
    start = time.perf_counter()
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, cwd=folder, stdout=quiet, stderr=subprocess.PIPE)

    def watch():
        while not over.wait(SAMPLED_EVERY):
            peak[0] = max(peak[0], sum(map(held, tree(process.pid))))

    watching = threading.Thread(target=watch)
    if memory:
        watching.start()
    said = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    over.set()
    if memory:
        watching.join()
    if process.returncode:
        raise SystemExit(f"{command} ended with {process.returncode}: {said.decode()[-500:]}")
    return seconds, usage.ru_utime + usage.ru_stime, peak[0]


def tree(pid):
    """A process and all that it started."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []
    return [pid, *(below for child in children for below in tree(int(child)))]


def held(pid):
    """MiB of a process, what it shares divided among those that share it (PSS)."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:")), 0.0)


def compare(ways, places, rounds, slow_rounds, jobs, lean):
    """Measure every way in turn; return the lines of the table, a way a line."""
    runs, first, peaks = {way: {} for way in ways}, None, {}

    def run(way, places, *, memory):
        with tempfile.TemporaryDirectory(prefix="bench-") as folder:
            command = command_of(way, places, Path(folder), jobs, lean)
            found = measured(command, memory=memory)
            return found, {place: shown_in(Path(folder), place) for place in places}

    for turn in range(rounds):
        for way in ways if turn % 2 == 0 else reversed(ways):
            if way in SLOW and turn >= slow_rounds:
                continue
            runs[way][turn], shown = run(way, places, memory=False)
            first = first or shown
            if shown != first:
                raise SystemExit(f"{way} does not show what {ways[0]} shows")
            wall, cpu, _ = runs[way][turn]
            print(f"round {turn + 1} {way:8}{wall:10.1f}{cpu:10.1f}", flush=True)
    for way in ways:
        few = places[:PAGES_FOR_MEMORY] if way in BY_PROCESSES_OF_THEIR_OWN else places
        (*_, peaks[way]), _ = run(way, few, memory=True)
        print(f"memory  {way:8}{peaks[way]:10.0f} MiB", flush=True)
    lines = [
        "| way | rounds | wall s | s a page | processor s | peak MiB | wall, ours = 1 |",
        "|---|---|---|---|---|---|---|",
    ]
    for way in ways:
        wall, cpu, _ = (
            statistics.median(values) for values in zip(*runs[way].values(), strict=True)
        )
        ratio = statistics.median(
            found[0] / runs["ours"][turn][0] for turn, found in runs[way].items()
        )
        lines.append(
            f"| {way} | {len(runs[way])} | {wall:.1f} | {wall / len(places):.2f} | {cpu:.1f} | "
            f"{peaks[way]:.0f} | {ratio:.2f} |"
        )
    return lines


def about():
    """The machine and the versions, in a sentence."""
    names = (
        "scrutiny",
        "papermill",
        "nbconvert",
        "ipykernel",
        "altair",
        "pandas",
        "vl-convert-python",
    )
    said = ", ".join(f"{name} {metadata.version(name)}" for name in names)
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    return (
        f"{os.cpu_count()} processors, {platform.system()} {platform.machine()}, Python "
        f"{platform.python_version()}; {said}. Load of the machine at the end: {load}."
    )


def main():
    """Read the options and measure, or make the pages one way in this process."""
    given = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    given.add_argument("--pages", type=int, default=33, help="how many: London and boroughs")
    given.add_argument("--rounds", type=int, default=3)
    given.add_argument("--slow-rounds", type=int, help="of A, A lean and B; without it, as many")
    given.add_argument("--ways", default=",".join(WAYS), help="which, with commas; ours is one")
    given.add_argument("--jobs", type=int, help="of ours; without it, one a processor")
    given.add_argument("--lean", help="the Python of an environment without viewers: adds A lean")
    given.add_argument("--make", help=argparse.SUPPRESS)
    given.add_argument("--python", help=argparse.SUPPRESS)
    given.add_argument("--out", type=Path, help=argparse.SUPPRESS)
    given.add_argument("places", nargs="*", help=argparse.SUPPRESS)
    given = given.parse_args()
    if given.make:
        make = {"B": with_interfaces, "D": in_one_process}.get(given.make)
        make(given.places, given.out) if make else with_commands(
            given.python, given.places, given.out
        )
        return
    from scrutiny import places

    wanted = ["", *(place.folder for place in places.boroughs())][: given.pages]
    ways = [*given.ways.split(","), *(["A lean"] if given.lean else [])]
    if len(wanted) < 33:
        wanted = wanted[1:]
    slow_rounds = given.slow_rounds or given.rounds
    lines = compare(ways, wanted, given.rounds, slow_rounds, given.jobs, given.lean)
    text = "\n".join([f"# Results\n\n{len(wanted)} pages, medians.\n", *lines])
    RESULTS.write_text(f"{text}\n\n{about()}\n", "utf-8")
    print(RESULTS.read_text("utf-8"))


if __name__ == "__main__":
    main()
