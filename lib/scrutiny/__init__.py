"""Scrutiny: reports on how London's police are held to account, made from published data.

A notebook imports four names from here: :func:`build_report`, and :mod:`words`, :mod:`charts` and
:mod:`tables`, whose functions take the report and return what a cell shows.
"""

from scrutiny import charts, tables, words
from scrutiny.report import build_report

__all__ = ["build_report", "charts", "tables", "words"]
