"""The tracker with thousands of recommendations and ten years of history: time and page weights.

Makes a project in a temporary folder, builds the whole edition and one recommendation's own page,
and prints wall time, the number of pages and the largest. Fails where a build fails.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from large_register import EDITION, project


def main() -> None:
    """Build the pages of a long list and say how long it took and how heavy they are."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--recommendations", type=int, default=5000)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = project(Path(folder), given.recommendations)
        rows = sum(1 for _ in (root / "data/registers/recommendation-history.csv").open()) - 1
        print(f"{given.recommendations:,} recommendations, {rows:,} entries of history")
        for target in (f"recommendation-tracker/{EDITION}/7", f"recommendation-tracker/{EDITION}"):
            started = time.perf_counter()
            command = [sys.executable, "-m", "scrutiny", "build", target, "--out", "out"]
            subprocess.run(command, cwd=root, check=True, capture_output=True)
            taken = time.perf_counter() - started
            pages = sorted((root / "out").rglob("recommendation-tracker-*.html"), key=_size)
            heaviest = pages[-1]
            print(
                f"{target}: {taken:.0f} s, {len(pages)} pages there, the heaviest "
                f"{heaviest.name} with {_size(heaviest):,} bytes"
            )


def _size(path: Path) -> int:
    return path.stat().st_size


if __name__ == "__main__":
    main()
