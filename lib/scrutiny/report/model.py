"""The report: every number, text and register row that its page will show."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd

from scrutiny import places
from scrutiny.edition import EXPLORE, REPORTS, Edition
from scrutiny.errors import near
from scrutiny.measures import Result, catalogue, result_id, to_frame
from scrutiny.measures.challenge import Challenge
from scrutiny.measures.comparability import Comparability
from scrutiny.measures.portfolios import in_sentence
from scrutiny.measures.results import UnknownResult
from scrutiny.measures.standing import Standing
from scrutiny.measures.summaries import Summary
from scrutiny.measures.trajectory import Trajectory
from scrutiny.measures.variation import Variation
from scrutiny.measures.victims import Victims
from scrutiny.periods import MONTH, Window
from scrutiny.registers import (
    Decision,
    LocalPriority,
    Meeting,
    PublishedFigure,
    Registers,
)
from scrutiny.report.continuity import Ended
from scrutiny.report.elsewhere import Elsewhere
from scrutiny.report.finance import Finance
from scrutiny.report.listing import Listing
from scrutiny.report.recommended import Recommended
from scrutiny.report.records import PART as REGISTERS
from scrutiny.report.records import Records
from scrutiny.report.scorecard import Scorecard
from scrutiny.report.since import Since
from scrutiny.report.territory import Territorial
from scrutiny.report.tracker import Tracker
from scrutiny.sources.inputs import SMALL_AREA_FILES
from scrutiny.sources.reading import Reading


@dataclass(frozen=True)
class Comparison:
    """A figure as a document printed it, beside the same figure computed, where it can be.

    ``agreement`` is ``rounded`` or ``cut`` where the computed figure, rounded or cut to the digits
    printed, is the printed one; ``near`` where it is within one of the last digit printed;
    ``none`` where it is not; empty where it cannot be computed.
    """

    published: Result
    computed: Result | None
    difference: Result | None
    agreement: str
    figure: PublishedFigure


@dataclass(frozen=True)
class Report:
    """One page's contents. Frames for whoever wants to dig: ``results`` and ``observations``.

    ``area`` is the area that the page is about; ``measures`` are the keys that it compares, in
    order; ``files`` are the files that its figures came from; ``warnings`` go to the manifest and
    the checklist. ``ended``, ``alarms`` and ``late`` say what is no longer, not any more and not
    yet there; ``compared`` whether each measure compares; ``elsewhere`` what other files hold;
    ``standings`` how each borough stands beside London, by measure and borough; ``varying`` the
    months of each measure against their usual variation; ``trajectory`` the year's path to an aim.
    ``challenge`` where the MOPAC Challenge stands, ``aims`` what the files hold of each measure
    that an aim was set for; ``victims`` a table of victims; ``finance`` what may be said of it,
    ``records`` the registers as they stood, ``since`` what changed since the last edition;
    ``listing`` is what the committee is given, item by item;
    ``recommended`` are the recommendations with a row on the page, ``tracker`` all about them;
    ``scorecard`` the indicators by portfolio, and those that left; ``territorial`` what only the
    territorial report shows.
    """

    edition: Edition
    area: str
    part: str
    numbers: Mapping[str, Result]
    measures: tuple[str, ...]
    registers: Registers
    files: tuple[Reading, ...] = field(default=(), repr=False)
    warnings: tuple[str, ...] = ()
    published: tuple[Comparison, ...] = ()
    missing_measures: tuple[str, ...] = ()
    ended: tuple[Ended, ...] = ()
    alarms: tuple[str, ...] = ()
    late: tuple[str, ...] = ()
    compared: Mapping[str, Comparability] = field(default_factory=dict, repr=False)
    elsewhere: tuple[Elsewhere, ...] = ()
    shares: tuple[str, ...] = ()
    recommended: tuple[Recommended, ...] = ()
    tracker: Tracker | None = field(default=None, repr=False)
    listing: Listing | None = field(default=None, repr=False)
    choices: tuple[LocalPriority, ...] = ()
    leading: tuple[str, ...] = ()
    standings: Mapping[tuple[str, str], Standing] = field(default_factory=dict, repr=False)
    varying: Mapping[str, Variation] = field(default_factory=dict, repr=False)
    trajectory: Trajectory | None = field(default=None, repr=False)
    challenge: Challenge | None = field(default=None, repr=False)
    victims: Victims | None = field(default=None, repr=False)
    aims: Mapping[str, Summary] = field(default_factory=dict, repr=False)
    held: tuple[Meeting, ...] = ()
    upcoming: tuple[Meeting, ...] = ()
    decisions: tuple[Decision, ...] = ()
    finance: Finance | None = field(default=None, repr=False)
    since: Since | None = field(default=None, repr=False)
    records: Records | None = field(default=None, repr=False)
    scorecard: Scorecard | None = field(default=None, repr=False)
    territorial: Territorial | None = field(default=None, repr=False)

    @property
    def name(self) -> str:
        """The report's name: ``committee-monthly``."""
        return self.edition.report

    @property
    def title(self) -> str:
        """The page's title, with the borough or the recommendations where it is about some."""
        return ": ".join(filter(None, (self.edition.settings.title, self.part_name)))

    @property
    def part_name(self) -> str:
        """What tells the page from the others of its edition; empty for the main page."""
        if not self.part:
            return ""
        if self.part == "mopac-challenge":
            return "MOPAC Challenge"
        if self.part == REGISTERS:
            return "registers"
        if self.name == EXPLORE:
            return catalogue()[self.part].in_sentence
        if self.listing:
            return in_sentence(self.listing.portfolio)
        if self.tracker is None:
            return self.area
        named = self.part.replace("-to-", " to ")
        return f"recommendation{'s' * (not self.tracker.alone)} {named}"

    @property
    def is_extract(self) -> bool:
        """Whether the page is cut out of a list, and leaves to the list what is said of all."""
        return bool(self.part) and not REPORTS[self.name].for_places

    @cached_property
    def documents(self) -> tuple[str, ...]:
        """The keys of the documents that the page draws on, each once: its own, then those cited.

        The registers have a page of their own, which cites their documents row by row.
        """
        own = getattr(self.edition.settings, "document", None)
        cited = [found.figure.document for found in self.published]
        if self.records and self.is_extract:
            own = None
            spent = (*self.finance.shown, *self.finance.withheld) if self.finance else ()
            cited = [*self.records.documents, *(row.document for row in spent)]
        return tuple(dict.fromkeys(filter(None, [own, *cited])))

    @property
    def has_challenge_elsewhere(self) -> bool:
        """Whether another page of the edition has the MOPAC Challenge month by month."""
        return self.trajectory is None and (self.is_extract or self.challenge is not None)

    @property
    def is_for_london(self) -> bool:
        """Whether the page is about London as a whole."""
        return self.area == places.MPS

    @cached_property
    def printed_files(self) -> tuple[Reading, ...]:
        """The files that the page's own figures came from, without those only set beside them."""
        return self._files_of(self._own)

    @cached_property
    def files_of_measures(self) -> tuple[Reading, ...]:
        """Those of the measures that the page compares: without residents, strength and surveys."""
        return self.files_of({*self.measures, *self.shares})

    def files_of(self, measures: Container[str]) -> tuple[Reading, ...]:
        """Return the files of some measures, as the page compares them: by borough or force."""
        used = self._files_of(n for n in self._own if n.measure in measures)
        return tuple(f for f in used if f.source not in ("population", *SMALL_AREA_FILES))

    @cached_property
    def _own(self) -> tuple[Result, ...]:
        """The page's numbers without those of other files that stand beside them."""
        beside = {n.result_id for e in self.elsewhere for n in (*e.others.values(), e.largest) if n}
        return tuple(n for key, n in self.numbers.items() if key not in beside)

    def _files_of(self, numbers: Iterable[Result]) -> tuple[Reading, ...]:
        named = {part for number in numbers for part in number.sources.split(";")}
        return tuple(f for f in self.files if f"{f.edition}@{f.sha256[:12]}" in named)

    @cached_property
    def results(self) -> pd.DataFrame:
        """Every number on the page: a row a number, columns as in ``results.csv``."""
        return to_frame(self.numbers.values())

    @cached_property
    def observations(self) -> pd.DataFrame:
        """Every published cell of the files that the figures came from, in the tidy schema."""
        from scrutiny.sources import concat

        return concat(list(self.files))

    def number(
        self, measure: str, statistic: str, window: str = "", *, area: str = "", tag: str = ""
    ) -> Result:
        """Return a result, by default of the page's own area and window.

        Raises :class:`scrutiny.measures.results.UnknownResult` with the near names.
        """
        key = result_id(measure, area or self.area, statistic, window or self.edition.now.kind, tag)
        if key not in self.numbers:
            raise UnknownResult(f"the report holds no number {key}{near(key, self.numbers)}")
        return self.numbers[key]

    def monthly(self, measure: str, window: Window | None = None) -> list[tuple[str, Result]]:
        """Return the months of a measure in order, each as ``2012-08`` with its result.

        Of the window, or of every month that the report holds.
        """
        prefix = f"{result_id(measure, self.area, 'count', '')}"
        found = {
            key.removeprefix(prefix): number
            for key, number in self.numbers.items()
            if key.startswith(prefix) and MONTH.fullmatch(key.removeprefix(prefix))
        }
        months = window.months if window else sorted(found)
        return [(name, found[name]) for name in months]

    def has(
        self, measure: str, statistic: str, window: str = "", *, area: str = "", tag: str = ""
    ) -> bool:
        """Whether the report holds that number."""
        key = result_id(measure, area or self.area, statistic, window or self.edition.now.kind, tag)
        return key in self.numbers
