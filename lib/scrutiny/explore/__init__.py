"""What a dashboard shows: a reader's choice to words, picture and table, without any widget."""

from scrutiny.explore.choices import COMPARISONS, PICTURES, Choice, Choices
from scrutiny.explore.printed import Printed
from scrutiny.explore.recommended import Filter, Filters
from scrutiny.explore.view import View, told, view

__all__ = [
    "COMPARISONS",
    "PICTURES",
    "Choice",
    "Choices",
    "Filter",
    "Filters",
    "Printed",
    "View",
    "told",
    "view",
]
