"""How a download tells a person how far it is: a bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
from types import TracebackType

from tqdm import tqdm

from scrutiny.fetch.outcome import Fetched, plain, size


class Report:
    """Says nothing; what a download calls as it goes."""

    def started(self, label: str, address: str, kept: int, total: int | None) -> None:
        """An answer has begun: ``kept`` bytes are there already, of ``total`` if that is said."""

    def received(self, count: int) -> None:
        """So many more bytes have come."""

    def waiting(self, label: str, why: str, seconds: float, attempt: int) -> None:
        """The download broke off, and is tried again after a time."""

    def ended(self, fetched: Fetched) -> None:
        """A file has been dealt with."""


class Bar(Report):
    """A context that reports to the screen: results on stdout, progress on stderr."""

    def __init__(self) -> None:
        self._bar: tqdm | None = None

    def __enter__(self) -> Bar:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._close()

    def started(self, label: str, address: str, kept: int, total: int | None) -> None:
        """Show what is coming, from where, how much of it, and how much was kept."""
        self._close()
        if sys.stderr.isatty():
            self._bar = tqdm(
                desc=label, initial=kept, total=total, file=sys.stderr,
                unit="B", unit_scale=True, dynamic_ncols=True,
            )  # fmt: skip
            return
        much = f" {size(total)}" if total is not None else ""
        resumed = f", resumed at {size(kept)}" if kept else ""
        self._say(f"{label}: downloading{much} from {plain(address)}{resumed}")

    def received(self, count: int) -> None:
        """Move the bar on."""
        if self._bar is not None:
            self._bar.update(count)

    def waiting(self, label: str, why: str, seconds: float, attempt: int) -> None:
        """Show why the download waits, and how long."""
        self._close()
        self._say(f"{label}: {why}; attempt {attempt} in {seconds:g} seconds")

    def ended(self, fetched: Fetched) -> None:
        """Show what became of a file."""
        self._close()
        sys.stderr.flush()
        sys.stdout.write(f"{_SIGNS[fetched.state]} {fetched.source}: {fetched.message}\n")
        sys.stdout.flush()

    def _say(self, line: str) -> None:
        sys.stderr.write(f"{line}\n")
        sys.stderr.flush()

    def _close(self) -> None:
        if self._bar is not None:
            self._bar.close()
            self._bar = None


_SIGNS = {
    "fetched": "✓", "changed": "✓", "unchanged": "=",
    "unrecognised": "?", "faulty": "✗", "failed": "✗",
}  # fmt: skip
