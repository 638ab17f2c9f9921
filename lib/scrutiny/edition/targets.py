"""What a user asks to be built: ``report``, ``report/edition`` or ``report/edition/part``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from scrutiny import places
from scrutiny.edition.load import FILE, editions_of
from scrutiny.edition.reports import REPORTS
from scrutiny.errors import UnknownPlace, UnknownTarget, near

MEETINGS = "meetings"
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True)
class Target:
    """One edition, whole (``part`` is None) or one part of it alone."""

    report: str
    edition: str
    part: str | None = None

    def __str__(self) -> str:
        """Return the target as a user writes it."""
        return "/".join(filter(None, (self.report, self.edition, self.part)))


def every_target(params: Path) -> list[Target]:
    """Return every edition that has a folder."""
    return [Target(report, name) for report in REPORTS for name in editions_of(params, report)]


def strangers(params: Path) -> list[str]:
    """Return what below ``params`` looks like an edition and is none, each with the reason."""
    found = []
    for report in sorted(path for path in params.iterdir() if path.is_dir()):
        if report.name not in (*REPORTS, MEETINGS):
            known = ", ".join(REPORTS)
            found.append(f"params/{report.name} is no report{near(report.name, REPORTS)} ({known})")
            continue
        found += [
            f"params/{report.name}/{folder.name} has no {FILE}"
            for folder in sorted(report.iterdir())
            if report.name in REPORTS and folder.is_dir() and not (folder / FILE).is_file()
        ]
    return found


def resolve(params: Path, texts: Iterable[str]) -> list[Target]:
    """Return the editions and parts that the texts name, each once.

    Raises :class:`scrutiny.errors.UnknownTarget` or :class:`scrutiny.errors.UnknownPlace`.
    """
    found: dict[Target, None] = {}
    for text in texts:
        for target in _resolve_one(params, text):
            found[target] = None
    whole = {(t.report, t.edition) for t in found if t.part is None}
    return [t for t in found if t.part is None or (t.report, t.edition) not in whole]


def _resolve_one(params: Path, text: str) -> list[Target]:
    parts = text.split("/")
    if (
        parts[0] == "params"
        or not 1 <= len(parts) <= 3
        or not all(_NAME.fullmatch(part) for part in parts)
    ):
        raise UnknownTarget(
            f"{text!r} is not a target: name a report, report/edition or report/edition/part, "
            "like committee-monthly/2012-10, not a path"
        )
    report, *rest = parts
    if report not in REPORTS:
        raise UnknownTarget(
            f"no report is called {report!r}; known: {', '.join(REPORTS)}{near(report, REPORTS)}"
        )
    if not rest:
        return [Target(report, name) for name in editions_of(params, report)]
    edition, *part = rest
    known = editions_of(params, report)
    if edition not in known:
        raise UnknownTarget(
            f"{report} has no edition {edition!r}; known: {', '.join(known) or 'none'}"
            f"{near(edition, known)}; each has a folder with edition.yml in params/{report}; "
            f"scrutiny new {report} {edition} makes one from the last"
        )
    boroughs = [place.folder for place in places.boroughs()]
    if part and not REPORTS[report].parted:
        raise UnknownPlace(f"{report} has no parts; build {report}/{edition}")
    if part and REPORTS[report].for_places and part[0] not in boroughs:
        raise UnknownPlace(
            f"{report} is not issued for {part[0]!r}; it is for the 32 boroughs"
            f"{near(part[0], boroughs)}"
        )
    return [Target(report, edition, part[0] if part else None)]
