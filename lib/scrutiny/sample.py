"""Write ``data/sample``: the published figures of a folder of real files, in our tidy form.

For developers: ``python -m scrutiny.sample FOLDER`` reads every file that a reader knows and
writes one table a data set and vintage. Same files, same bytes.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd

from scrutiny import sources
from scrutiny.errors import ScrutinyError
from scrutiny.measures.tables import table_of as figures_of_file
from scrutiny.project import find_root
from scrutiny.sources import tidy
from scrutiny.sources.categories import count_towards
from scrutiny.sources.inputs import SMALL_AREA_FILES, files_in
from scrutiny.sources.reading import Reading

# What the shipped editions and the dashboard draw on. Records would be large.
SHIPPED = (
    "borough-24-months", "borough-historical", "datastore-workbook", "population",
    "public-attitudes-boroughs", "public-attitudes", "public-perception", "workforce",
    "homicide-victims", "vawg-dashboard", "knife-crime-dashboard", "ward-24-months",
    "lsoa-24-months",
)  # fmt: skip
# Of small areas, the crimes by which the territorial report compares places: all would be large.
BY_SMALL_AREA = ("robbery", "burglary", "theft-from-motor-vehicle", "theft-of-motor-vehicle")
# The table by year and row holds every year of the two smaller ones, to the person.
NOT_SHIPPED = ("population by borough, a column a year",)


def write(folder: Path, out: Path) -> list[Path]:
    """Write a table for every known file below ``folder``; return the tables' paths."""
    found = [sources.read(p, p.relative_to(folder).as_posix()) for p in files_in(folder)]
    readings = [r for r in found if r and r.source in SHIPPED and r.layout not in NOT_SHIPPED]
    out.mkdir(parents=True, exist_ok=True)
    written = []
    for reading in readings:
        path = out / f"{reading.source}-{reading.vintage}.csv.gz"
        path.write_bytes(table_of(reading))
        written.append(path)
    return written


def table_of(reading: Reading) -> bytes:
    """Return one file's figures in the tidy form: see :mod:`scrutiny.sources.tidy`."""
    counted = count_towards(reading.observations)
    if reading.source in SMALL_AREA_FILES:
        key = list(tidy.columns_of(reading.source)[:-1])
        kept = counted[counted["measure"].isin(BY_SMALL_AREA)]
        long = kept.groupby(key, as_index=False)["value"].sum()
    else:
        figures = figures_of_file(reading)
        long = figures.reset_index().melt(["measure", "area"], value_name="value").dropna()
        units = dict(zip(counted["measure"], counted["unit"], strict=True))
        long = long.assign(unit=long["measure"].map(units))
    return tidy.write(
        pd.DataFrame(long),
        {
            "source": reading.source,
            "vintage": reading.vintage,
            "publisher": reading.publisher,
            "dataset": reading.dataset,
            "licence": reading.licence,
            "scheme": reading.layout,
            "original": reading.sha256,
        },
    )


if __name__ == "__main__":
    try:
        for table in write(Path(sys.argv[1]), find_root() / "data" / "sample"):
            print(f"{table.name}: {table.stat().st_size:,} bytes")
    except IndexError:
        sys.exit("name the folder of real files: python -m scrutiny.sample FOLDER")
    except ScrutinyError as error:
        sys.exit(str(error))
