"""How long work tells a person how far it is: a bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from tqdm import tqdm

tqdm.monitor_interval = 0  # no thread beside the bar: kernels are forked from this process


def files(paths: list[Path]) -> Iterable[Path]:
    """Return the paths, to be gone through behind a bar where there is a terminal."""
    return tqdm(paths, unit="file", file=sys.stderr, leave=False, disable=not sys.stderr.isatty())


class Pages:
    """A context in which pages are counted; on a terminal a bar with the time left."""

    def __init__(self) -> None:
        self._bar: tqdm | None = None
        self._at_work: list[str] = []

    def __enter__(self) -> Pages:
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.close()

    def started(self, pages: int) -> None:
        """Show how many pages there are to make."""
        if sys.stderr.isatty():
            self._bar = tqdm(total=pages, unit="page", file=sys.stderr, dynamic_ncols=True)
        else:
            sys.stderr.write(f"{pages} pages to make\n")

    def began(self, name: str) -> None:
        """Show that a page is at work, on a terminal alone."""
        self._at_work.append(name)
        self._show()

    def ended(self, name: str, why: str | None) -> None:
        """Show that a page is made, or why it failed."""
        if name in self._at_work:
            self._at_work.remove(name)
        if self._bar is None:
            line(f"{name}: {why}" if why else name, "failed" if why else "made")
            return
        self._bar.update()
        self._show()
        if why:
            self._bar.write(f"failed: {name}: {why}", file=sys.stderr)

    def _show(self) -> None:
        if self._bar is not None and self._at_work:
            more = f" and {len(self._at_work) - 1} more" if len(self._at_work) > 1 else ""
            self._bar.set_postfix_str(self._at_work[0] + more)


def line(name: str, state: str = "made") -> None:
    """Show on a line of its own that a file is made, or what else came of it."""
    sys.stderr.write(f"{state}: {name}\n")
    sys.stderr.flush()
