"""Stop and search: how many records, of all and by one column at a time.

Never by two columns: a cell of few people can tell who they are. The file names neither its force
nor a borough, so the figures are of the whole force whose searches the coordinates show. Its
month is the month of London, although its times are in UTC: in summer it starts at 23:00 the day
before.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from functools import cache
from functools import partial as partial_of
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from scrutiny import periods, places
from scrutiny.sources import categories
from scrutiny.sources.police_uk.crimes import CITY, MPS
from scrutiny.sources.police_uk.records import BLANK, Records
from scrutiny.sources.police_uk.table import LONGITUDE, Layout
from scrutiny.sources.reading import Note, Reading, reading

SEARCHES = Layout(
    "police-uk-stop-and-search",
    "Date",
    "Outcome",
    (
        "Type", "Date", "Part of a policing operation", "Policing operation", "Latitude",
        "Longitude", "Gender", "Age range", "Self-defined ethnicity", "Officer-defined ethnicity",
        "Legislation", "Object of search", "Outcome", "Outcome linked to object of search",
        "Removal of more than just outer clothing",
    ),
)  # fmt: skip
TABLES = ("Type", "Object of search", "Outcome", "Officer-defined ethnicity", "Age range", "Gender")
ALL = "Searches"
_TRUTHS = (
    "Part of a policing operation", "Outcome linked to object of search",
    "Removal of more than just outer clothing",
)  # fmt: skip
_TRUTH = ("", "true", "false")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)", re.ASCII)
_LONDON = ZoneInfo("Europe/London")
NEARLY_ALL = 0.9
# Chance hardly ever leaves a day without a search in a month of more than 20 a day, nor the first
# or last six hours of a month of more than 100 a day.
MANY_A_DAY, MANY_A_QUARTER = 20, 100
QUARTER = pd.Timedelta(hours=6)
# Greater London and the City within it, as longitudes and latitudes; the City has a force of its
# own, and so many located records are needed to tell.
GREATER_LONDON = (-0.52, 0.34, 51.28, 51.70)
SQUARE_MILE = (-0.115, -0.072, 51.506, 51.524)
ENOUGH_TO_TELL = 50


def count(records: Records) -> Reading:
    """Return the counts of a file; raises :class:`scrutiny.errors.FaultyFile` if it is broken."""
    form = "not a time like 2018-11-01T00:00:00+00:00"
    records.refuse("Date", lambda text: _london(text) is None, form)
    records.refuse("Type", lambda text: not text, "the type is empty")
    for heading in TABLES:
        moved = partial_of(_is_moved, heading)
        records.refuse(heading, moved, "it belongs in another column")
    for heading in _TRUTHS:
        records.refuse(heading, lambda text: text.lower() not in _TRUTH, "not True or False")
    records.refuse_other_coordinates()
    records.refuse_if_faulty()
    month, times = _month(records)
    force, area = _force(records)
    records.refuse_if_faulty()
    if partial := _gap(times, month):
        records.notes.append(Note(partial))
    _note(records)
    return reading(
        records.raw,
        SEARCHES.source,
        f"stop and search, {force}",
        pd.concat(_tables(records), ignore_index=True).assign(
            period=month, area=area, unit="count"
        ),
        rows=len(records),
        sparse=True,
        notes=records.notes,
        partial=partial,
    )


@cache
def _london(text: str) -> dt.datetime | None:
    """Return a published time as London's clocks had it; None for anything else."""
    try:
        time = dt.datetime.fromisoformat(_TIME.fullmatch(text)[0]).astimezone(_LONDON)
    except (TypeError, ValueError, OverflowError):
        return None
    return time if periods.MONTH.fullmatch(f"{time:%Y-%m}") else None


def _is_moved(heading: str, text: str) -> bool:
    known = [other for other in TABLES if categories.is_named(SEARCHES.source, other, text)]
    return bool(known) and heading not in known


def _month(records: Records) -> tuple[str, pd.Series]:
    """Return the file's month and the times of its records in London.

    Records outside the month count towards it, as the publisher has put them there.
    """
    texts, codes = records.texts("Date"), records.codes("Date")
    times = pd.Series([_london(text).replace(tzinfo=None) for text in texts])[codes]
    months = times.dt.strftime("%Y-%m").to_numpy()
    month = pd.Series(months).mode()[0]
    outside = (months != month).nonzero()[0]
    if len(outside) > round(len(records) * (1 - NEARLY_ALL)):
        reason = f"the file is not of one month: most of its records are of {month}"
        text = texts[codes[outside[0]]]
        records.problem(reason, outside[0], "Date", text, "split the file by month")
    reason = f"outside {month} by London's clocks; counted in it, as published"
    records.note(outside, reason, "Date")
    return month, times


def _force(records: Records) -> tuple[str, str]:
    """Return the force whose searches these are, and its area: the file itself does not say."""
    longitude, latitude = records.coordinates()
    located = ~np.isnan(longitude) & ~np.isnan(latitude)
    total = int(located.sum())
    in_london = _within(GREATER_LONDON, longitude, latitude)
    in_city = _within(SQUARE_MILE, longitude, latitude)
    enough = total >= ENOUGH_TO_TELL
    if in_london.sum() < total * (NEARLY_ALL if enough else 0.5):
        place = int((located & ~in_london).argmax())
        value = f"{longitude[place]}, {latitude[place]}"
        reason = "the searches are not those of a force of London: many lie outside it"
        cure = "give a file of the Metropolitan Police"
        records.problem(reason, place, LONGITUDE, value, cure)
    of_the_city = total and in_city.sum() >= total * NEARLY_ALL
    force, area = (f"{CITY} Police", CITY) if of_the_city else (MPS, places.MPS)
    value = f"{in_london.sum():,} of {total:,} located records in Greater London"
    records.notes.append(Note(f"the file names no force: taken as the {force}'s", value=value))
    return force, area


def _within(box: tuple[float, ...], longitude: np.ndarray, latitude: np.ndarray) -> np.ndarray:
    west, east, south, north = box
    return (longitude >= west) & (longitude <= east) & (latitude >= south) & (latitude <= north)


def _gap(times: pd.Series, month: str) -> str:
    """Return what shows that the file is not of a whole month; empty if nothing does."""
    period = pd.Period(month, "M")
    start, end = period.start_time, (period + 1).start_time
    times = times[(times >= start) & (times < end)]
    days = sorted(set(range(1, period.days_in_month + 1)) - set(times.dt.day))
    usual = len(times) / (period.days_in_month - len(days))
    if days and usual > MANY_A_DAY:
        named = ", ".join(map(str, days[:3])) + (" ..." if len(days) > 3 else "")
        return f"not a whole month: no record on {len(days)} days of {month} ({named})"
    if usual > MANY_A_QUARTER and max(times.min() - start, end - times.max()) > QUARTER:
        return f"not a whole month: no record in the first or last six hours of {month}"
    return ""


def _tables(records: Records) -> Iterator[pd.DataFrame]:
    """Yield the count of all records, and of those with each text of a column."""
    total = {"value": len(records), "row": records.row(0), "category": ALL, "group": ""}
    yield pd.DataFrame([total]).assign(sheet="records", column=records.column("Date"))
    for heading in TABLES:
        yield records.tally(heading).assign(
            group=heading, sheet=f"records by {heading}", column=records.column(heading)
        )


def _note(records: Records) -> None:
    records.note_missing_coordinates()
    records.notes.append(Note("no figures by borough: the file has coordinates alone"))
    reason = "a category that no earlier file holds; it counts towards no measure"
    for heading in TABLES:
        texts = records.texts(heading)
        known = {t for t in texts if categories.is_named(SEARCHES.source, heading, t or BLANK)}
        records.note_texts(heading, [text for text in texts if text not in known], reason)
    _, same = records.repeats()
    records.note(same, "every field is that of an earlier record; kept, as published")
