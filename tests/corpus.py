"""Sound files to be made faulty: the samples, a grid of all boroughs, the publishers' own files."""

from pathlib import Path

from scrutiny import places

LAYOUTS = Path(__file__).parent / "layouts"
SAMPLES = {path.stem: path.read_bytes() for path in sorted(LAYOUTS.glob("*.csv"))}
# A table that an office writes itself has lines before its header: see test_declared.
SAMPLES.pop("declared", None)
CATEGORIES = (
    ("ARSON AND CRIMINAL DAMAGE", "CRIMINAL DAMAGE"), ("BURGLARY", "BURGLARY IN A DWELLING"),
    ("ROBBERY", "ROBBERY OF PERSONAL PROPERTY"), ("THEFT", "THEFT FROM THE PERSON"),
    ("VEHICLE OFFENCES", "THEFT FROM A VEHICLE"),
    ("VIOLENCE AGAINST THE PERSON", "VIOLENCE WITH INJURY"),
)  # fmt: skip
MONTHS = [f"{year}{month:02d}" for year in (2023, 2024) for month in range(1, 13)]


def london():
    """A made-up file of all boroughs in the publisher's latest form."""
    lines = [",".join(["MajorText", "MinorText", "BoroughName", *MONTHS])]
    for b, place in enumerate(places.boroughs()):
        for c, pair in enumerate(CATEGORIES):
            counts = [str(40 + b + 7 * c + (5 * b + 3 * c + 11 * m) % 17) for m in range(24)]
            lines.append(",".join([*pair, place.name, *counts]))
    return ("\r\n".join(lines) + "\r\n").encode()


GRIDS = {"boroughs": london()} | {n: SAMPLES[n] for n in ("ward-24-months", "lsoa-24-months")}
REAL = {
    "real boroughs": "borough-24-months/2025-11/*.csv",
    "real boroughs of 2018": "borough-24-months/2018-12/*.csv",
    "real wards": "ward-24-months/*/*.csv",
}
QUICK = tuple(REAL)[:2]  # the file of wards takes its time
WITH_CODES = ("ward-24-months", "lsoa-24-months", "real wards")
REAL_TABLES = {
    "real population": "population/11-22borough_pop.csv",
    "real densities": "population/housing-density-borough.csv",
    "real attitudes": "public-attitudes/PAS_Total.csv",
    "real perception": "public-attitudes/public-perception-data.csv",
    "real strength": "workforce/*.csv",
    "real homicides": "homicide/*.csv",
    "real rates": "older/*.csv",
    "real outcomes": "police-uk/2019-06-metropolitan-outcomes.csv",
    "real searches": "police-uk/2017-11-metropolitan-stop-and-search.csv",
}
# A row a crime or search: the same row may well come twice.
RECORDS = ("real outcomes", "real searches")
