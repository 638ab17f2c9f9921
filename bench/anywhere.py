"""Every edition built again and again, each time elsewhere: is it the same to the byte?

Each build is of a fresh clone at this commit, in a folder of another name, in another language,
time zone and order of hashes. All files of its outputs but notebooks and manifests, which hold
times, must be those of the first build; the inputs that its manifests name must be too; and
``scrutiny verify`` must find all whole. Fails where anything differs. It leaves nothing behind.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import locale
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
LANGUAGES = ("C", "en_GB.UTF-8", "tr_TR.UTF-8")
ZONES = ("UTC", "Europe/London", "Asia/Tokyo", "America/St_Johns")
SEEDS = ("0", "1", "4294967295", "20121018", "7")
FOLDERS = ("plain", "a folder", "größer", "x" * 60, "İstanbul")
HAVE_TIMES = (".ipynb", ".json")


def in_force(language):
    """Whether the machine has the language."""
    before = locale.setlocale(locale.LC_ALL)
    try:
        locale.setlocale(locale.LC_ALL, language)
        return True
    except locale.Error:
        return False
    finally:
        locale.setlocale(locale.LC_ALL, before)


def built(number, targets):
    """Build in a clone of its own: the hash of each file, and the inputs of each page."""
    language = LANGUAGES[number % len(LANGUAGES)]
    if not in_force(language):
        raise SystemExit(f"the language {language} is not on this machine: see .ci/run")
    zone, seed = ZONES[number % len(ZONES)], SEEDS[number % len(SEEDS)]
    with tempfile.TemporaryDirectory(prefix="anywhere-") as folder:
        clone = Path(folder) / FOLDERS[number % len(FOLDERS)]
        subprocess.run(["git", "clone", "-q", ROOT, clone], check=True)
        own = {"LC_ALL": language, "TZ": zone, "PYTHONHASHSEED": seed}
        own |= {"PYTHONPATH": str(clone / "lib")}
        for words in (["build", *targets], ["verify"]):
            done = subprocess.run(
                [sys.executable, "-m", "scrutiny", *words], cwd=clone, env=os.environ | own,
                capture_output=True, text=True,
            )  # fmt: skip
            if done.returncode:
                raise SystemExit(f"{words[0]} ended with {done.returncode}: {done.stderr[-500:]}")
        out = clone / "outputs"
        files = [path for path in sorted(out.rglob("*")) if path.is_file()]
        hashes = {
            path.relative_to(out).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in files
            if path.suffix not in HAVE_TIMES
        }
        inputs = {
            path.relative_to(out).as_posix(): json.loads(path.read_text("utf-8"))["inputs"]
            for path in files
            if path.name == "manifest.json"
        }
    return f"{language}, {zone}, PYTHONHASHSEED {seed}, {clone.name!r}", hashes, inputs


def main():
    """Build so many times and compare."""
    given = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    given.add_argument("--builds", type=int, default=10)
    given.add_argument("targets", nargs="*", metavar="TARGET", help="none: every edition")
    given = given.parse_args()
    first, differ = None, 0
    for number in range(given.builds):
        begun = time.monotonic()
        way, hashes, inputs = built(number, given.targets)
        first = first or (hashes, inputs)
        names = [n for n in first[0] | hashes if first[0].get(n) != hashes.get(n)]
        names += [n for n in first[1] | inputs if first[1].get(n) != inputs.get(n)]
        differ += bool(names)
        found = f"not the same: {', '.join(names[:5])}" if names else "the same"
        seconds = time.monotonic() - begun
        print(
            f"{number + 1}: {way}: {len(hashes)} files of {len(inputs)} pages, {found}; "
            f"{seconds:.0f} s",
            flush=True,
        )
    if differ:
        raise SystemExit(f"{differ} of {given.builds} builds differ")


if __name__ == "__main__":
    main()
