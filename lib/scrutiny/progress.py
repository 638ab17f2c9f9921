"""How long work tells a person how far it is: a bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

import datetime as dt
import json
import os
import sys
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

from tqdm import tqdm

tqdm.monitor_interval = 0  # no thread beside the bar: kernels are forked from this process


def files(paths: list[Path]) -> Iterable[Path]:
    """Return the paths, to be gone through behind a bar where there is a terminal."""
    return tqdm(paths, unit="file", file=sys.stderr, leave=False, disable=not sys.stderr.isatty())


class Log:
    """A context that is told of each stage of a build, shows it, and keeps it.

    On a terminal it shows a bar with the time left; elsewhere plain lines, or with ``json`` a JSON
    object a line: ``stage``, ``seconds`` since the stage before, and what it was about.
    """

    def __init__(self, *, json: bool = False) -> None:
        self.stages: list[dict] = []
        self._json, self._bar = json, None
        self._at_work: list[str] = []
        self._last = time.monotonic()
        self._begun = dt.datetime.now(dt.UTC)

    def __enter__(self) -> Log:
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.close()

    def tell(self, stage: str, **about: Any) -> None:
        """Show and keep that a stage has ended; ``took`` is its own time where stages overlap.

        That a page ``began`` is shown on a terminal alone.
        """
        if stage == "began":
            self._at_work.append(about["page"])
            self._show()
            return
        now = time.monotonic()
        seconds = round(about.pop("took", now - self._last), 3)
        self._last = now
        self.stages.append({"stage": stage, "seconds": seconds} | about)
        if self._json:
            _write(json.dumps(self.stages[-1], ensure_ascii=False))
        elif sys.stderr.isatty():
            self._draw(stage, **about)
        else:
            _write(_LINES[stage].format(seconds=seconds, **about))

    def keep(self, folder: Path, about: dict) -> None:
        """Write the run's record: when it began and ended, what it did, its stages."""
        ended = dt.datetime.now(dt.UTC)
        content = {
            "begun": f"{self._begun:%Y-%m-%dT%H:%M:%SZ}",
            "ended": f"{ended:%Y-%m-%dT%H:%M:%SZ}",
        }
        text = json.dumps(content | about | {"stages": self.stages}, indent=2, ensure_ascii=False)
        with suppress(OSError):  # a page that stands is worth more than a record that does not
            folder.mkdir(parents=True, exist_ok=True)
            name = f"{self._begun:%Y-%m-%dT%H%M%S}Z-{os.getpid()}.json"
            (folder / name).write_text(text + "\n", "utf-8")

    def _draw(self, stage: str, page: str = "", why: str = "", pages: int = 0, **_: Any) -> None:
        if stage == "planned":
            self._bar = tqdm(total=pages, unit="page", file=sys.stderr, dynamic_ncols=True)
        elif page and self._bar is not None:
            self._at_work = [name for name in self._at_work if name != page]
            self._bar.update()
            self._show()
            if why:
                self._bar.write(f"failed: {page}: {why}", file=sys.stderr)

    def _show(self) -> None:
        if self._bar is not None and self._at_work:
            more = f" and {len(self._at_work) - 1} more" if len(self._at_work) > 1 else ""
            self._bar.set_postfix_str(self._at_work[0] + more)


_LINES = {
    "planned": "{pages} pages to make; planned in {seconds:.1f} s",
    "made": "made: {page}",
    "failed": "failed: {page}: {why}",
    "published": "published: {edition}, in {seconds:.1f} s",
    "indexed": "the way in written in {seconds:.1f} s",
}


def line(name: str) -> None:
    """Show on a line of its own that a file is made."""
    _write(f"made: {name}")


def _write(text: str) -> None:
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()
