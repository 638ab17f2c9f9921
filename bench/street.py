"""Street-level months to counts by borough and type: pandas against this project's reader.

Makes files of records in the publisher's form in a temporary folder, then counts them both ways,
each time in a fresh process, and prints wall time and peak memory. Writes nothing else, and
fails where the two counts differ in one figure. Linux and macOS.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HEADER = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,"
    "Crime type,Last outcome category,Context\n"
)
MPS = "Metropolitan Police Service"
ASB = "Anti-social behaviour"
TYPES = {  # about how many of a hundred records have the type
    "Violence and sexual offences": 24, ASB: 22, "Other theft": 11, "Vehicle crime": 10,
    "Burglary": 6, "Criminal damage and arson": 5, "Public order": 5, "Drugs": 4,
    "Shoplifting": 4, "Theft from the person": 4, "Robbery": 3, "Bicycle theft": 1,
    "Other crime": 1, "Possession of weapons": 1,
}  # fmt: skip
OUTCOMES = {
    "Investigation complete; no suspect identified": 60, "Unable to prosecute suspect": 18,
    "Status update unavailable": 8, "Under investigation": 6, "Awaiting court outcome": 3,
    "Local resolution": 3, "Offender given a caution": 2,
}  # fmt: skip
FIRST_YEAR, SEED = 2020, 20200101
UNLOCATED, ABROAD = 0.015, 0.001  # of the records: no place; an LSOA outside London
LSOAS, POINTS = 147, 9  # of a borough; of an LSOA
ROUNDS = 3
WAYS = {"pandas": "pandas.read_csv, concat, groupby", "scrutiny": "scrutiny.sources.read_all"}
TARGETS = "at least 3 times as fast, at most an eighth of the memory"


def generate(folder, rows, months):
    """Write ``rows`` records into a file a month; the same numbers give the same bytes."""
    from scrutiny import places

    random.seed(SEED)
    boroughs = [place.name for place in places.boroughs()]
    inside = [point for n, name in enumerate(boroughs) for point in _points(name, n, LSOAS)]
    inside += _points("City of London", 40, 6)
    abroad = _points("Slough", 41, 3)
    for number in range(months):
        month = f"{FIRST_YEAR + number // 12}-{number % 12 + 1:02d}"
        count = rows * (number + 1) // months - rows * number // months
        elsewhere, nowhere = round(count * ABROAD), round(count * UNLOCATED)
        places_of = random.choices(inside, k=count - elsewhere - nowhere)
        places_of += random.choices(abroad, k=elsewhere)
        places_of.sort()  # the publisher's files are in the order of the LSOAs
        places_of += [("", ",,No location,,")] * nowhere
        types = random.choices([*TYPES], [*TYPES.values()], k=count)
        outcomes = random.choices([*OUTCOMES], [*OUTCOMES.values()], k=count)
        ids = random.randbytes(32 * count).hex()
        with (folder / f"{month}-metropolitan-street.csv").open("w", newline="") as file:
            file.write(HEADER)
            file.writelines(
                f",{month},{MPS},{MPS},{place},{kind},,\n"
                if kind == ASB
                else f"{ids[64 * i : 64 * i + 64]},{month},{MPS},{MPS},{place},{kind},{outcome},\n"
                for i, ((_, place), kind, outcome) in enumerate(
                    zip(places_of, types, outcomes, strict=True)
                )
            )


def _points(borough, number, lsoas):
    """Return points of a borough, each with its LSOA's name and five fields of a record."""
    points = []
    for i in range(lsoas):
        name = f"{borough} {i // 5 + 1:03d}{'ABCDE'[i % 5]}"
        for _ in range(POINTS):
            where = f"{random.uniform(-0.5, 0.3):.6f},{random.uniform(51.3, 51.69):.6f}"
            road = "On or near " + random.choice(["Parking Area", f"Road {random.randrange(9999)}"])
            points.append((name, f"{where},{road},E01{number:03d}{i:03d},{name}"))
    return points


def count_with_pandas(folder):
    """Return the counts as an analyst would make them; an LSOA outside London is unknown."""
    import pandas as pd
    from scrutiny import places

    whole = pd.concat(map(pd.read_csv, sorted(folder.glob("*.csv"))), ignore_index=True)
    known = [p.name for p in places.all_places() if p.kind == "borough"] + ["City of London"]
    borough = whole["LSOA name"].str.rsplit(" ", n=1).str[0]
    borough = borough.where(borough.isin(known), places.UNKNOWN).rename("borough")
    return whole.groupby([borough, "Crime type", "Month"]).size()


def count_with_scrutiny(folder):
    """Return the counts from the observations, each file read without a cache."""
    import pandas as pd
    from scrutiny import sources

    files = [(path, path.name) for path in sorted(folder.glob("*.csv"))]
    whole = pd.concat([found.result().observations for found in sources.read_all(files)])
    return whole.groupby(["area", "category", "period"])["value"].sum()


def digest(counts):
    """Return what two equal sets of counts share: how many, their sum, a hash of all."""
    lines = sorted(f"{key}={int(value)}" for key, value in counts.items())
    whole = hashlib.sha256("\n".join(lines).encode()).hexdigest()
    return {"groups": len(lines), "records": int(counts.sum()), "sha256": whole}


def measured(way, folder):
    """Return seconds, peak MiB and counts of one fresh process."""
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, __file__, "--count", way, folder], stdout=subprocess.PIPE
    )
    out = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"counting with {way} ended with {process.returncode}")
    unit = 1024**2 if sys.platform == "darwin" else 1024  # of ru_maxrss
    return seconds, usage.ru_maxrss / unit, json.loads(out)


def compare(rows, months):
    """Measure both ways, in turn and in changing order, and print the table."""
    with tempfile.TemporaryDirectory(prefix="street-") as folder:
        # In a process of its own: a child's peak memory is never less than its parent's was.
        size = [sys.executable, __file__, "--rows", str(rows), "--months", str(months)]
        subprocess.run([*size, "--generate", folder], check=True)
        bytes_ = sum(path.stat().st_size for path in Path(folder).iterdir())
        print(f"{rows:,} records in {months} monthly files, {bytes_ / 1024**2:,.0f} MiB\n")
        print(f"{'round':<8}{'way':<34}{'seconds':>9}{'peak MiB':>10}")
        runs = {way: [] for way in WAYS}
        for turn in range(1, ROUNDS + 1):
            for way in [*WAYS] if turn % 2 else reversed([*WAYS]):
                seconds, peak, found = measured(way, folder)
                runs[way].append((seconds, peak, found))
                print(f"{turn:<8}{WAYS[way]:<34}{seconds:>9.2f}{peak:>10.0f}", flush=True)
    results = [found for way in runs.values() for _, _, found in way]
    if any(found != results[0] for found in results):
        raise SystemExit(f"the counts differ: {results}")
    pandas, ours = (
        [statistics.median(column) for column in list(zip(*runs[way], strict=True))[:2]]
        for way in WAYS
    )
    for way, (seconds, peak) in zip(WAYS.values(), (pandas, ours), strict=True):
        print(f"{'median':<8}{way:<34}{seconds:>9.2f}{peak:>10.0f}")
    print(
        f"\n{pandas[0] / ours[0]:.1f} times as fast, 1/{pandas[1] / ours[1]:.1f} of the memory "
        f"(wanted: {TARGETS})\n"
        f"counts equal: {results[0]['groups']:,} groups, {results[0]['records']:,} records"
    )


def main():
    """Run the comparison, or one part of it in its own process."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=5_000_000)
    parser.add_argument("--months", type=int, default=60)
    parser.add_argument("--generate", type=Path, metavar="FOLDER", help=argparse.SUPPRESS)
    parser.add_argument("--count", nargs=2, metavar=("WAY", "FOLDER"), help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.generate:
        generate(asked.generate, asked.rows, asked.months)
    elif asked.count:
        way, folder = asked.count
        count = {"pandas": count_with_pandas, "scrutiny": count_with_scrutiny}[way]
        print(json.dumps(digest(count(Path(folder)))))
    else:
        compare(asked.rows, asked.months)


if __name__ == "__main__":
    main()
