"""What every kernel finds in memory: the figures, the registers and where figures were printed."""

from __future__ import annotations

import os
import secrets
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, wraps
from pathlib import Path

from scrutiny.errors import ScrutinyError
from scrutiny.explore import Choice, Choices, Filter, Filters, Printed, told
from scrutiny.explore.recommended import shown
from scrutiny.markup import text as escape
from scrutiny.measures import Figures
from scrutiny.project import open_project
from scrutiny.registers import Registers
from scrutiny.report.build import opened

OUTPUTS_VARIABLE = "SCRUTINY_OUTPUTS"
VIEWS_KEPT = 16  # a page each, some 100 KB
FAILED = (
    "This could not be shown. Choose something else, or start again. If it happens again, tell "
    "whoever runs this page the reference"
)


@dataclass(frozen=True)
class Ready:
    """The figures, the registers, what can be chosen of both, and where figures were printed."""

    figures: Figures
    registers: Registers
    choices: Choices
    filters: Filters
    printed: Printed


@lru_cache(maxsize=1)
def ready() -> Ready:
    """Return what the data of the project hold, read once a process.

    Kernels that a server forks share what it has read.
    """
    project = open_project()
    figures, registers = opened(project)
    outputs = Path(os.environ.get(OUTPUTS_VARIABLE, project.root / "outputs"))
    return Ready(figures, registers, Choices(figures), Filters(project), Printed(outputs))


# What was shown before a fork costs the forks nothing, neither time nor memory of their own.
@lru_cache(maxsize=VIEWS_KEPT)
def of_figures(choice: Choice) -> str:
    """Return the page under the controls of the figures, as markup."""
    data = ready()
    return told(data.figures, data.registers, choice, data.printed)


@lru_cache(maxsize=VIEWS_KEPT)
def of_recommendations(chosen: Filter) -> str:
    """Return the page under the controls of the recommendations, as markup."""
    return shown(ready().filters, chosen)


def asked() -> str:
    """Return the query string of the address that the page was opened with."""
    return os.environ.get("QUERY_STRING", "")


def said(why: str) -> str:
    """Return a message as markup."""
    return f'<p class="message">{escape(why)}</p>'


def guarded(shown: Callable[..., str]) -> Callable[..., str]:
    """Return markup as before, or a message where there is none: never a traceback.

    What a reader cannot cure gets a reference, under which the server's own log has the rest.
    """

    @wraps(shown)
    def shown_or_said(*given: object) -> str:
        try:
            return shown(*given)
        except ScrutinyError as error:
            return said(str(error))
        except Exception:
            reference = secrets.token_hex(4)
            log = sys.__stderr__
            if log:
                log.write(f"dashboard: failure {reference}\n{traceback.format_exc()}")
                log.flush()
            return said(f"{FAILED} {reference}.")

    return shown_or_said
