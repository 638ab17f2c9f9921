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

    def ended(self, name: str, why: str | None) -> None:
        """Show that a page is made, or why it failed."""
        line = f"{name}: failed: {why}" if why else name
        if self._bar is None:
            sys.stderr.write(f"{'failed' if why else 'made'}: {line}\n")
            sys.stderr.flush()
            return
        self._bar.set_postfix_str(name.rsplit("/", 1)[-1])
        self._bar.update()
        if why:
            self._bar.write(line, file=sys.stderr)


def line(name: str) -> None:
    """Show on a line of its own that a file is made."""
    sys.stderr.write(f"made: {name}\n")
    sys.stderr.flush()
