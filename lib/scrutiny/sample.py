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
from scrutiny.measures import catalogue
from scrutiny.measures.figures import table_of as figures_of_file
from scrutiny.project import find_root
from scrutiny.sources import tidy
from scrutiny.sources.inputs import files_in
from scrutiny.sources.reading import Reading


def write(folder: Path, out: Path) -> list[Path]:
    """Write a table for every known file below ``folder``; return the tables' paths."""
    readings = [
        reading
        for path in files_in(folder)
        if (reading := sources.read(path, path.relative_to(folder).as_posix())) is not None
    ]
    out.mkdir(parents=True, exist_ok=True)
    written = []
    for reading in readings:
        path = out / f"{reading.source}-{reading.vintage}.csv.gz"
        path.write_bytes(table_of(reading))
        written.append(path)
    return written


def table_of(reading: Reading) -> bytes:
    """Return one file's figures in the tidy form: measure, area, period, unit, value."""
    figures = figures_of_file(reading)
    long = figures.reset_index().melt(["measure", "area"], value_name="value").dropna()
    # The unit of a share is the file's own: fractions stay fractions.
    units = {key: measure.unit for key, measure in catalogue().items()}
    long = long.assign(unit=[_observed(units[m]) for m in long["measure"]])
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


def _observed(unit: str) -> str:
    return unit if unit in ("fraction", "residents") else "count"


if __name__ == "__main__":
    try:
        for table in write(Path(sys.argv[1]), find_root() / "data" / "sample"):
            print(f"{table.name}: {table.stat().st_size:,} bytes")
    except IndexError:
        sys.exit("name the folder of real files: python -m scrutiny.sample FOLDER")
    except ScrutinyError as error:
        sys.exit(str(error))
