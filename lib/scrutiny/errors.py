"""Everything that a user can cause and cure, one class a cause.

Each message is one or two lines: what is the case, both values, and the cure. ``exit_status`` is
what the command line ends with: 2 for a wrong request, 1 for a file, page or format that failed.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


class ScrutinyError(Exception):
    """Base of all errors that are the user's to cure; shown without a traceback."""

    exit_status = 1

    def __reduce__(self) -> tuple:
        """Errors pass from process to process as they are, without being worded anew."""
        return _as_it_was, (type(self), self.args), self.__dict__


def _as_it_was(kind: type[ScrutinyError], words: tuple) -> ScrutinyError:
    return kind.__new__(kind, *words)


class RequestError(ScrutinyError):
    """The request itself is wrong; found before a kernel starts."""

    exit_status = 2


class WrongOption(RequestError):
    """An option or argument of the command line that does not exist or has no such value."""


class UnknownTarget(RequestError):
    """A target that names no report or edition of the project."""


class UnknownPlace(RequestError):
    """A place or part that the report is not issued for."""


class FaultyEdition(RequestError):
    """An ``edition.yml`` with unknown, missing or contradictory fields."""


class UnknownMeeting(RequestError):
    """A meeting that has no file in ``params/meetings``."""


class FaultyMeeting(RequestError):
    """A meeting's file with unknown, missing or contradictory fields."""


class MissingMonths(RequestError):
    """Months that an edition needs and the files do not hold."""


class MissingMeasure(RequestError):
    """No measure of a report, or no measure of that name, is held by the files."""


class NotAdded(RequestError):
    """A level, such as the officers at a month's end, that was asked for as a sum of months."""


class NoProject(RequestError):
    """No project folder (one that holds ``params`` and ``notebooks``) is to be found."""


class NoCluster(RequestError):
    """A cluster that was asked for and cannot be had: no library, no scheduler or no worker."""


class OtherWorker(RequestError):
    """A worker whose files or versions are not those of the machine that asks it for pages."""


class CannotServe(RequestError):
    """A dashboard that cannot be served here, or not at this address."""


class FaultyFile(ScrutinyError):
    """A file of a known layout that cannot be trusted; refused whole.

    ``problems`` holds one entry a fault: row and column as a person counts them (from 1).
    """

    def __init__(self, path: str, problems: Iterable[Problem], source: str | None = None):
        self.path, self.source = path, source
        self.problems = tuple(problems)
        first = self.problems[0]
        more = f" ({len(self.problems) - 1} more)" if len(self.problems) > 1 else ""
        super().__init__(f"{path}: {first.sentence()}{more}")


class UnclassifiedCategory(ScrutinyError):
    """A publisher's category that may or may not count towards a measure that is printed."""


class FaultyRegister(ScrutinyError):
    """Registers with rows that break their rules; ``faults`` has a sentence for each."""

    def __init__(self, faults: Iterable[str]):
        self.faults = tuple(faults)
        many = [f"{len(self.faults)} faults, and nothing was read:"] * (len(self.faults) > 1)
        super().__init__("\n  ".join([*many, *self.faults]))


class RegisterConflict(ScrutinyError):
    """Cells of a register that a returned file and somebody else changed, each otherwise."""


class FailedPage(ScrutinyError):
    """A notebook that did not execute, or a page that did not pass its proof."""


class LockedEdition(ScrutinyError):
    """An edition that another run is at work on."""


class CannotPublish(ScrutinyError):
    """A disk that is full, or a folder that cannot be written: what stood there still stands."""


class NotApproved(ScrutinyError):
    """An edition that cannot be approved as it stands, or that is and would be overwritten."""


class NotForPack(ScrutinyError):
    """A page that a pack may not hold: a draft, not built, or not the one that was published."""


class MissingForFormat(ScrutinyError):
    """What a format needs and this machine lacks; the message says how to install it."""

    def __init__(self, format: str, cure: str):
        self.format, self.cure = format, cure
        super().__init__(f"{format}: {cure}")


class Problem:
    """One fault of a file: where it is, what stands there, why it is wrong, what cures it."""

    __slots__ = ("column", "cure", "reason", "row", "value")

    def __init__(
        self,
        reason: str,
        *,
        row: int | None = None,
        column: str | None = None,
        value: str = "",
        cure: str = "",
    ):
        self.row, self.column, self.value = row, column, value
        self.reason, self.cure = reason, cure

    def as_dict(self) -> dict:
        """Return the fault as ``check --json`` prints it."""
        return {
            "row": self.row,
            "column": self.column,
            "value": self.value,
            "reason": self.reason,
            "cure": self.cure,
        }

    def sentence(self) -> str:
        """Return the fault in one line."""
        where = []
        if self.row is not None:
            where.append(f"row {self.row}")
        if self.column:
            where.append(f"column {self.column}")
        place = ", ".join(where) + ": " if where else ""
        value = f" ({self.value!r})" if self.value else ""
        cure = f"; {self.cure}" if self.cure else ""
        return f"{place}{self.reason}{value}{cure}"


def near(name: str, known: Iterable[str]) -> str:
    """Return ``; did you mean a or b?`` for the names nearest to ``name``, or an empty string."""
    matches = get_close_matches(name, list(known), n=2, cutoff=0.6)
    return f"; did you mean {' or '.join(matches)}?" if matches else ""
