"""Dashboards in Voila: controls over what ``explore`` shows, and the server that they run in.

A notebook imports two names from here, each of which returns its whole dashboard. What they
need is imported when they are called: a command that only checks its options needs none of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ipywidgets import VBox

__all__ = ["explore", "recommendations"]

FIGURES = {
    "measure": "Measure", "area": "Area", "compare": "Comparison", "to": "Up to", "show": "Picture",
}  # fmt: skip
RECOMMENDATIONS = {
    "edition": "As at", "status": "Status", "owner": "Owner", "theme": "Theme", "late": "Overdue",
    "one": "Which",
}  # fmt: skip


def explore() -> VBox:
    """Return the dashboard of the figures; it begins with what the address asks for."""
    from scrutiny.dashboard.controls import Page
    from scrutiny.dashboard.ready import of_figures, ready

    return Page(ready().choices, FIGURES, of_figures).box


def recommendations() -> VBox:
    """Return the dashboard of the recommendations; it begins with what the address asks for."""
    from scrutiny.dashboard.controls import Page
    from scrutiny.dashboard.ready import of_recommendations, ready

    return Page(ready().filters, RECOMMENDATIONS, of_recommendations).box
