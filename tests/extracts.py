"""The samples of the two dashboard extracts, and how the tests change and read them."""

import csv
import io
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from scrutiny.errors import FaultyFile
from scrutiny.limits import DEFAULT
from scrutiny.sources import dashboards
from scrutiny.sources.raw import RawFile

LAYOUTS = Path(__file__).parent / "layouts"
VAWG = (LAYOUTS / "vawg-dashboard.csv").read_text("utf-8")
KNIFE = (LAYOUTS / "knife-crime-dashboard.csv").read_text("utf-8")
VAWG_DAYS = ("recorded_date_months", "date_committed_from_date_months")
KNIFE_DAYS = ("month_year", "refresh_date")


def read(content, limits=DEFAULT):
    """What the reader makes of a file with these contents."""
    content = content.encode() if isinstance(content, str) else content
    return dashboards.read(RawFile("downloaded", content, limits))


def problems(content):
    """The problems for which a file with these contents is refused."""
    with pytest.raises(FaultyFile, match=r"^downloaded: ") as caught:
        read(content)
    assert all(p.reason and p.cure for p in caught.value.problems)
    return caught.value.problems


def as_parquet(text, days, **changes):
    """The table as the publisher's Parquet has it: days as moments, counts as whole numbers."""
    frame = pd.read_csv(io.StringIO(text), dtype=str).assign(**changes)
    frame["count"] = pd.to_numeric(frame["count"])
    for name in days:
        frame[name] = pd.to_datetime(frame[name])
    out = io.BytesIO()
    pq.write_table(pa.Table.from_pandas(frame, preserve_index=False), out)
    return out.getvalue()


def figures(reading, *by):
    """The sums of a reading's figures."""
    return reading.observations.groupby(list(by))["value"].sum().to_dict()


def edited(text, row, column, value):
    """The text with another value in one cell."""
    rows = list(csv.reader(io.StringIO(text)))
    rows[row - 1][rows[0].index(column)] = value
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()
