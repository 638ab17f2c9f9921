"""``scrutiny new``: the next edition of a report, carried forward from the last one."""

from __future__ import annotations

import datetime as dt
import re
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from scrutiny.edition.load import FILE, Edition, editions_of, last_month, load
from scrutiny.edition.reports import REPORTS
from scrutiny.edition.settings import EDITION_NAMES
from scrutiny.errors import UnknownTarget, WrongOption, near
from scrutiny.periods import Window, key, period
from scrutiny.registers import CycleMeeting

DAYS_IN_A_WEEK = 7
# Fields that are true of the last edition alone.
LEFT_OUT = {
    "files": "the exact files, if the edition is to use no others",
    "vintage": "which files to believe first, if not the latest",
    "next_edition": "the day of the edition after this one",
}
_BLOCK = re.compile(r"(?m)^(?=[A-Za-z_]+:)")


@dataclass(frozen=True)
class Made:
    """A new edition: its folder, the one that it was made from, what is left to fill in."""

    folder: Path
    origin: Edition
    to_do: tuple[str, ...]


def carried_over(name: str) -> str:
    """Return the line that marks a text as taken from another edition and not yet read again."""
    return f"*Draft, carried over from {name}: read it, correct it, then delete this line.*"


CARRIED = re.compile(re.escape(carried_over("@")).replace("@", r"[a-z0-9-]+"))


def new(params: Path, report: str, name: str, calendar: Iterable[CycleMeeting] = ()) -> Made:
    """Make the folder of a new edition from the last one before it, and return what it is.

    Dates are those of the ``calendar``; what it lacks is moved by the time between the two. Texts
    are carried over and marked as drafts.
    Raises :class:`scrutiny.errors.RequestError` where that cannot be, and then makes nothing.
    """
    if report not in REPORTS:
        raise UnknownTarget(
            f"no report is called {report!r}; known: {', '.join(REPORTS)}{near(report, REPORTS)}"
        )
    kind = _kind(report, name)
    if (params / report / name).exists():
        raise WrongOption(f"{report}/{name} exists already; edit it, or delete its folder first")
    alike = [n for n in editions_of(params, report) if EDITION_NAMES[kind].fullmatch(n)]
    earlier = [n for n in alike if n < name]
    if not earlier:
        raise WrongOption(
            f"no edition of {report} named by a {kind} comes before {name}; write the first one "
            f"by hand: a folder with {FILE} in params/{report}"
        )
    origin = load(params, report, earlier[-1])
    source, folder = params / report / origin.name, params / report / name
    scratch = folder.with_name(f".{name}.new")
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir()
    row = next((row for row in calendar if row.key == (report, name)), None)
    fields, to_do = _fields(origin, name, (source / FILE).read_text("utf-8"), row)
    (scratch / FILE).write_text(fields, "utf-8", newline="\n")
    for text in sorted(source.glob("*.md")):
        kept = CARRIED.sub("", text.read_text("utf-8")).lstrip()
        marked = f"{carried_over(origin.name)}\n\n{kept}"
        (scratch / text.name).write_text(marked, "utf-8", newline="\n")
    scratch.rename(folder)
    return Made(folder, origin, to_do)


def _kind(report: str, name: str) -> str:
    """Return how the new edition is named: by a month, a quarter, a financial year."""
    named_by = REPORTS[report].named_by
    for kind in named_by:
        if EDITION_NAMES[kind].fullmatch(name):
            return kind
    raise WrongOption(f"{name!r} names no edition of {report}: write a {' or a '.join(named_by)}")


def _fields(
    origin: Edition, name: str, text: str, row: CycleMeeting | None
) -> tuple[str, tuple[str, ...]]:
    """Return ``edition.yml`` for the new edition, and what is to be filled in or looked at."""
    step = _step(origin.name, name)
    moved: dict[str, Callable[[str], str]] = {
        "data_to": lambda _: key(_data_to(origin, name, step)),
        "meeting": lambda _: str(_same_day(origin.settings.meeting, step)),
        "reporting_period": lambda _: _days(origin, step, row),
        "status": lambda _: "draft",
        "compare": lambda value: _compare(origin, value, step),
    }
    fixed = _from_calendar(row)
    to_do = [f"title: {origin.settings.title!r} is the last edition's"]
    kept = []
    for block in _BLOCK.split(text):
        field, colon, value = block.partition(":")
        if field in fixed:
            kept.append(f"{field}: {fixed[field]}\n")
            to_do.append(f"{field}: {fixed[field]}, from calendar.csv")
        elif field in LEFT_OUT:
            to_do.append(f"{field}: left out; {LEFT_OUT[field]}")
        elif colon and field in moved:
            written = moved[field](value)
            kept.append(f"{field}: {written}\n" if "\n" not in written else f"{field}:{written}")
            if field not in ("data_to", "status") and written != value.strip():
                to_do.append(f"{field}: moved to {' '.join(written.split())}; check it")
        else:
            kept.append(block)
            if field in ("document", "hearings", "origin"):
                to_do.append(f"{field}:{value.rstrip()} is the last edition's; is it still meant?")
    if "next_edition" in fixed and not re.search(r"(?m)^next_edition:", text):
        kept.append(f"next_edition: {fixed['next_edition']}\n")
    if row:
        due = row.paper_due or "no day in calendar.csv"
        to_do.append(f"paper due: {due}")
    to_do.append("texts (*.md): carried over; read each, correct it, delete its first line")
    return "".join(kept), tuple(to_do)


def _step(earlier: str, later: str) -> int:
    """Return the months between the periods that name two editions."""
    first, second = (pd.Period(last_month(name)[:7], "M").ordinal for name in (earlier, later))
    return second - first


def _data_to(origin: Edition, name: str, step: int) -> pd.Period:
    if hasattr(origin.settings, "meeting"):
        return origin.settings.data_to + step
    return period(last_month(name))


def _same_day(day: dt.date, step: int) -> dt.date:
    """Return the same weekday of the later month: the fourth Thursday stays one, if there is."""
    later = pd.Period(day, "M") + step
    first = later.start_time.date()
    ahead = (day.weekday() - first.weekday()) % DAYS_IN_A_WEEK
    weeks = (day.day - 1) // DAYS_IN_A_WEEK
    found = first + dt.timedelta(days=ahead + DAYS_IN_A_WEEK * weeks)
    return found if found.month == later.month else found - dt.timedelta(days=DAYS_IN_A_WEEK)


def _from_calendar(row: CycleMeeting | None) -> dict[str, str]:
    """Return the fields that the calendar fixes, as they are written."""
    if row is None:
        return {}
    days = (row.reporting_from, row.reporting_to)
    found = {
        "meeting": row.meeting,
        "venue": row.venue,
        "reporting_period": f"{days[0]}..{days[1]}" if all(days) else None,
        "data_to": row.data_to,
        "next_edition": row.next_meeting,
    }
    return {field: str(value) for field, value in found.items() if value}


def _days(origin: Edition, step: int, row: CycleMeeting | None) -> str:
    """Return the reporting period moved by months, from the day that the calendar has."""
    days = origin.settings.reporting_period
    first, last = (_moved(day, step) for day in (days.first, days.last))
    first = (row and row.reporting_from) or first
    last = (row and row.reporting_to) or last
    return f"{first}..{last}"


def _moved(day: dt.date, step: int) -> dt.date:
    return (pd.Timestamp(day) + pd.DateOffset(months=step)).date()


def _compare(origin: Edition, value: str, step: int) -> str:
    declared = origin.settings.compare
    if isinstance(declared, str):
        return value.strip()
    moved = {
        name: Window(window.kind, window.first + step, window.last + step)
        for name, window in (("period", declared.period), ("comparator", declared.comparator))
    }
    return "\n" + "".join(f"  {name}: {window}\n" for name, window in moved.items())
