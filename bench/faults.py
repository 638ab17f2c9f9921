"""The long form of ``tests/test_faults.py``: a build killed 200 times, at random moments.

After each kill the published page must be the old one or the new one, whole. Ends with a build
that is left alone, and counts what was left behind: processes, scratch folders, locks. Linux.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))
import killing  # noqa: E402  its folder is on the path only now


def main() -> int:
    """Kill, count, print; return 1 where anything was torn or left."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1, help="of the moments")
    given = parser.parse_args()
    moments = random.Random(given.seed)
    found = {"kills": given.kills, "old": 0, "new": 0, "torn": 0}
    with tempfile.TemporaryDirectory() as base:
        out = Path(base) / "out"
        params = [killing.params_with(Path(base) / n, f"The {n} title") for n in ("old", "new")]
        pages = []
        for each in params:
            begun = time.monotonic()
            assert killing.build(each, out)[0] == 0
            pages.append(killing.standing(out))
        took = time.monotonic() - begun
        for _ in range(given.kills):
            before = pages.index(killing.standing(out))
            killing.kill_after(moments.uniform(0, 1.1 * took), params[1 - before], out)
            try:
                after = killing.standing(out)
            except (AssertionError, OSError, ValueError):
                after = None
            found["torn"] += after not in pages
            if after not in pages:
                break
            found["old" if after == pages[before] else "new"] += 1
        found["processes left"] = len(killing.processes_of(out))
        found["last build"] = killing.build(params[0], out)[0]
        found["files left"] = len(killing.left_behind(out))
    print(json.dumps(found, indent=2))
    left = found["torn"] + found["processes left"] + found["files left"] + found["last build"]
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
