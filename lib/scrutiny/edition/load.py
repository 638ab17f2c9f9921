"""An edition from its folder: ``edition.yml`` and the texts beside it, checked as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import pandas as pd

from scrutiny.edition import corrections, fields
from scrutiny.edition.reports import REPORTS
from scrutiny.edition.settings import (
    EDITION_NAMES,
    Declared,
    RecommendationTracker,
    Settings,
)
from scrutiny.errors import FaultyEdition, UnknownTarget, near
from scrutiny.periods import (
    Window,
    financial_year_window,
    key,
    month,
    month_name,
    week,
    window,
)

FILE = "edition.yml"


@dataclass(frozen=True)
class Edition:
    """One edition: ``settings`` are its checked fields, ``texts`` its Markdown by file stem.

    ``corrections`` are what was corrected after it was approved, the first first.
    """

    report: str
    name: str
    settings: Settings
    texts: Mapping[str, str]
    corrections: tuple[corrections.Correction, ...] = ()

    @property
    def revision(self) -> int:
        """The number of its revision: 1 before any correction."""
        return len(self.corrections) + 1

    @property
    def target(self) -> str:
        """The name on the command line: ``committee-monthly/2012-10``."""
        return f"{self.report}/{self.name}"

    @property
    def now(self) -> Window:
        """The window that the report compares, up to the month ``data_to``."""
        compare = self.settings.compare
        if isinstance(compare, Declared):
            return compare.period
        return window(compare, self.settings.data_to)

    @property
    def before(self) -> Window:
        """The window that :attr:`now` is compared with."""
        compare = self.settings.compare
        if isinstance(compare, Declared):
            return compare.comparator
        return self.now.a_year_earlier()

    @property
    def period_name(self) -> str:
        """The period that names the edition, in words: ``October 2012``."""
        if EDITION_NAMES["month"].fullmatch(self.name):
            return month_name(month(self.name))
        if EDITION_NAMES["week"].fullmatch(self.name):
            return f"week to {month_name(week(self.name))}"
        if EDITION_NAMES["quarter"].fullmatch(self.name):
            return self.now.name
        return f"{self.name[2:6]}/{self.name[-2:]}"

    @property
    def pins(self) -> tuple[tuple[str, str], ...]:
        """The exact files that the edition names: path and sha256."""
        return tuple((pin.path, pin.sha256) for pin in self.settings.files)


def editions_of(params: Path, report: str) -> list[str]:
    """Return the editions that have a folder, in order of name."""
    folder = params / report
    if not folder.is_dir():
        return []
    return sorted(path.name for path in folder.iterdir() if (path / FILE).is_file())


def previous(params: Path, edition: Edition, **alike: object) -> Edition | None:
    """Return the edition of the same report that comes before it by name; None without one.

    Of those alone whose fields are ``alike``: ``origin="..."``. One that is faulty is passed over:
    it is refused where it is built itself.
    """
    for name in reversed(editions_of(params, edition.report)):
        if name < edition.name:
            with suppress(FaultyEdition):
                earlier = load(params, edition.report, name)
                if all(getattr(earlier.settings, key) == value for key, value in alike.items()):
                    return earlier
    return None


def load(params: Path, report: str, name: str) -> Edition:
    """Return the checked edition.

    Raises :class:`scrutiny.errors.UnknownTarget` where there is none and
    :class:`scrutiny.errors.FaultyEdition`, in one message, for all that is wrong with it.
    """
    if report not in REPORTS:
        raise UnknownTarget(
            f"no report is called {report!r}; known: {', '.join(REPORTS)}{near(report, REPORTS)}"
        )
    known = editions_of(params, report)
    if name not in known:
        raise UnknownTarget(
            f"{report} has no edition {name!r}; known: {', '.join(known) or 'none'}; "
            f"an edition is a folder with edition.yml in params/{report}; "
            f"scrutiny new {report} {name} makes one from the last"
        )
    path = params / report / name / FILE
    settings = _settings(path, report, name)
    made = corrections.load(path.parent, f"{report}/{name}")
    return Edition(report, name, settings, _texts(path.parent), made)


def _settings(path: Path, report: str, name: str) -> Settings:
    called = f"{report}/{name}/{FILE}"
    kind = REPORTS[report]
    settings = fields.checked(path, called, kind.settings, FaultyEdition)
    if problem := _contradiction(kind.named_by, name, settings):
        raise FaultyEdition(f"{called}: {problem}")
    return settings


def _contradiction(named_by: tuple[str, ...], name: str, settings: Settings) -> str | None:
    """Return what in the edition contradicts its name or itself."""
    if not any(EDITION_NAMES[kind].fullmatch(name) for kind in named_by):
        return f"the edition's name {name!r} is not a {' or a '.join(named_by)}"
    if EDITION_NAMES["financial year"].fullmatch(name):
        try:
            financial_year_window(name[2:].replace("-", "/"))
        except ValueError:
            return f"the edition's name {name!r} is not a financial year like fy2018-19"
    if hasattr(settings, "meeting") and f"{settings.meeting:%Y-%m}" != name:
        return f"meeting {settings.meeting} is not in {name}, the month that names the edition"
    if problem := _wrong_window(settings):
        return problem
    if isinstance(settings, RecommendationTracker) and str(settings.data_to) != name:
        return f"data_to {settings.data_to} is not {name}, the month that names the edition"
    if {"quarter", "week"} & set(named_by) and key(settings.data_to) != last_month(name):
        last = "week" if settings.weekly else "month"
        return f"data_to {key(settings.data_to)} is not the last {last} of {name}"
    return None


def _wrong_window(settings: Settings) -> str | None:
    compare = getattr(settings, "compare", None)
    if isinstance(compare, Declared):
        last = compare.period.last
        if last != settings.data_to:
            return f"compare: the period ends with {last}, data_to is {settings.data_to}"
    elif compare is not None:
        try:
            window(compare, settings.data_to)
        except ValueError as error:
            return f"compare: {compare} and data_to: {error}"
    return None


def last_month(name: str) -> str:
    """Return the last month, or the week, of the period that names an edition."""
    if EDITION_NAMES["quarter"].fullmatch(name):
        year, quarter = name.split("-q")
        return str(pd.Period(f"{year}-{int(quarter) * 3:02d}", "M"))
    if EDITION_NAMES["financial year"].fullmatch(name):
        return f"{int(name[2:6]) + 1}-03"
    return name if EDITION_NAMES["week"].fullmatch(name) else name[:7]


def _texts(folder: Path) -> Mapping[str, str]:
    return MappingProxyType({path.stem: _text(path) for path in sorted(folder.glob("*.md"))})


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError as error:
        called = "/".join(path.parts[-3:])
        raise FaultyEdition(f"{called}: not UTF-8 text; save the file as UTF-8") from error
