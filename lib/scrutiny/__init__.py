"""Scrutiny: reports on how London's police are held to account, made from published data.

A notebook imports four names from here: :func:`build_report`, and :mod:`words`, :mod:`charts` and
:mod:`tables`, whose functions take the report and return what a cell shows.
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scrutiny import charts, tables, words
    from scrutiny.report import build_report

# jsonschema, under Altair and nbformat, would build the grammars of international addresses when it
# is imported: more than a second, to check what no notebook or chart holds. It can go without.
sys.modules.setdefault("rfc3987_syntax", None)

__all__ = ["build_report", "charts", "tables", "words"]


def __getattr__(name: str) -> object:
    """Return one of the four when it is first asked for: the command line needs no chart."""
    if name == "build_report":
        return import_module("scrutiny.report").build_report
    if name in __all__:
        return import_module(f"scrutiny.{name}")
    raise AttributeError(f"module 'scrutiny' has no attribute {name!r}")
