"""How time and memory grow with the pages, and what a build costs where little or nothing changed.

Editions are a borough review for each month back from December 2018, in a project of their own in
a temporary folder. For the build of a hundred editions in which
nothing changed, one edition is built and its pages, with the records of what they were made from,
are copied: the build looks at as many files as if each had been built. Adds its table to
RESULTS.md. Linux.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

from pages import EDITION, REPORT, RESULTS, ROOT, about, measured

HEADING = "# Scale"
REGISTER = Path("data", "registers", "local-priorities.csv")
LAST_MONTH = "data_to: 2018-12"
OLD, NEW = "Croydon,2018/19,burglary,burglary", "Croydon,2018/19,robbery,robbery"
NAMES = [f"{year}-{month:02d}" for year in range(2018, 2009, -1) for month in range(12, 0, -1)]


def project(folder, editions):
    """A project of so many borough editions and no other."""
    for name in ("templates", "notebooks", "data/registers", "data/sample"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy2(ROOT / "data" / "limits.yml", folder / "data")
    add_editions(folder, NAMES[:editions])
    return folder


def add_editions(folder, names):
    """Add an edition for each month: that of the fourth quarter of 2018 with another last month."""
    for name in names:
        edition = folder / "params" / REPORT / name
        shutil.copytree(ROOT / "params" / REPORT / EDITION, edition)
        settings = edition / "edition.yml"
        given = settings.read_text("utf-8")
        assert LAST_MONTH in given
        given = given.replace("compare: quarter", "compare: 12m")  # any month may end them
        settings.write_text(given.replace(LAST_MONTH, f"data_to: {name}"), "utf-8")


def build(folder, *more):
    """Seconds of wall and processor and MiB of a build of the project."""
    command = [sys.executable, "-m", "scrutiny", "build", *more]
    return measured(command, folder)


def pages_in(folder):
    """The pages that stand, their number and their bytes."""
    sizes = [p.stat().st_size for p in (folder / "outputs" / REPORT).rglob(f"{REPORT}-*.html")]
    return len(sizes), sum(sizes)


def copy_the_first(folder, editions):
    """Let the pages of the first edition stand for those of the others, with their records."""
    from scrutiny.due import Origins
    from scrutiny.edition import every_target
    from scrutiny.project import Project
    from scrutiny.publish.pages import pages_of

    out = folder / "outputs"
    add_editions(folder, NAMES[1:editions])
    for name in NAMES[1:editions]:
        shutil.copytree(out / REPORT / NAMES[0], out / REPORT / name)
        rename(out / REPORT / name, f"{REPORT}-{NAMES[0]}", f"{REPORT}-{name}")
    made = Project(folder, folder / "params")
    origins = Origins(made, out)
    for target in every_target(made.params):
        for part in pages_of(made, target):
            origins.record(target, part, origins.says(target, part))


def rename(edition, old, new):
    """Give the files of a copied edition, and its manifests, the edition's name."""
    for path in sorted(edition.rglob(f"{old}*")):
        path.rename(path.with_name(path.name.replace(old, new)))
    for path in edition.rglob("manifest.json"):
        path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")


def table(sizes, unchanged):
    """Measure; return the lines of the table, a build a line."""
    lines = [
        "| build | pages | wall s | s a page | processor s | peak MiB | KB a page |",
        "|---|---|---|---|---|---|---|",
    ]

    def add(what, made, folder, figures):
        wall, cpu, peak = figures
        number, size = pages_in(folder)
        a_page = f"{wall / made:.2f}" if made else ""
        lines.append(
            f"| {what} | {made} | {wall:.1f} | {a_page} | {cpu:.1f} | {peak:.0f} | "
            f"{size / number / 1024:.0f} |"
        )
        print(lines[-1], flush=True)

    for editions in sizes:
        with tempfile.TemporaryDirectory(prefix="bench-") as name:
            folder = project(Path(name), editions)
            first = build(folder, f"{REPORT}/{NAMES[0]}/croydon")
            add("cold start: one page, no cache", 1, folder, first) if editions == 1 else None
            add("all", 33 * editions, folder, build(folder, "--force"))
            if editions > 1:
                continue
            register = folder / REGISTER
            text = register.read_text("utf-8")
            assert OLD in text
            register.write_text(text.replace(OLD, NEW, 1), "utf-8")
            add("one row of a register changed", 1, folder, build(folder))
            copy_the_first(folder, unchanged)
            build(folder)  # puts the copies into the index
            add(f"{unchanged} editions, nothing changed", 0, folder, build(folder))
    return lines


def main():
    """Read the options, measure, and put the table under its heading in RESULTS.md."""
    given = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    given.add_argument("--editions", default="1,10,30", help="of 33 pages each, with commas")
    given.add_argument("--unchanged", type=int, default=100, help="editions where nothing changed")
    given = given.parse_args()
    lines = table(map(int, given.editions.split(",")), given.unchanged)
    before = RESULTS.read_text("utf-8").split(HEADING)[0].rstrip() if RESULTS.is_file() else ""
    text = "\n".join([before, "", HEADING, "", *lines, "", about()])
    RESULTS.write_text(text.lstrip() + "\n", "utf-8")


if __name__ == "__main__":
    main()
