"""Where a figure was printed: the results of the editions that are built."""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from scrutiny import places
from scrutiny.edition import EXPLORE
from scrutiny.measures import Result

REPORTS = "/reports/"  # where a server of dashboards has the built pages
MOST = 3


@dataclass(frozen=True)
class Page:
    """A built page: its title in a list, its address, and its part: a borough's folder name."""

    title: str
    address: str
    part: str


class Printed:
    """The numbers of every built report below a folder, by name, months and printed text.

    The pages that show what a dashboard shows are no report that printed it.
    """

    def __init__(self, outputs: Path) -> None:
        self._pages: dict[tuple[str, ...], list[Page]] = defaultdict(list)
        for path in sorted(outputs.glob("*/*/**/results.csv")):
            folder = path.parent.relative_to(outputs)
            page = path.parent / f"{'-'.join(folder.parts)}.html"
            shown = not any(part.startswith(".") for part in folder.parts)
            if shown and folder.parts[0] != EXPLORE and page.is_file():
                address = REPORTS + page.relative_to(outputs).as_posix()
                part = "/".join(folder.parts[2:])
                self._add(path, Page(", ".join(folder.parts), address, part))

    def _add(self, results: Path, page: Page) -> None:
        with results.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                if row["statistic"] == "change_percent":
                    key = (row["measure"], row["area"], row["period"], row["comparator"])
                    self._pages[*key, row["printed"]].append(page)

    def editions(self, number: Result) -> list[Page]:
        """Return the pages that print the same number of the same months, few at most.

        Those that are about its area come first.
        """
        key = (number.measure, number.area, number.period, number.comparator, number.printed)
        area = "" if number.area == places.MPS else places.place(number.area).folder
        found = dict.fromkeys(self._pages.get(key, []))
        return sorted(found, key=lambda page: page.part != area)[:MOST]
