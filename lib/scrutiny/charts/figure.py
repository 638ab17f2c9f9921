"""A figure as a value: the Altair chart, its data, and the words that stand for it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property

import altair as alt
import pandas as pd

from scrutiny import theme
from scrutiny.markup import text as escape
from scrutiny.tables import Table

_NOISE = re.compile(
    r' (?:class|role|pointer-events|xmlns:xlink|aria-[a-z]+)="[^"]*"|<path[^>]*display="none"/>'
)
_LONG_DECIMAL = re.compile(r"(\d+\.\d{2})\d+")


@dataclass(frozen=True)
class Figure:
    """``chart`` is the Altair chart and ``data`` its frame; a notebook shows inline SVG.

    ``identity`` is the figure's id on its page, ``description`` says in words what is to be seen,
    ``table`` holds the plotted numbers.
    """

    identity: str
    title: str
    description: str
    source: str
    table: Table
    chart: alt.TopLevelMixin = field(repr=False, compare=False)
    data: pd.DataFrame = field(repr=False, compare=False)

    @cached_property
    def svg(self) -> str:
        """The chart as one SVG image with title and description, ids unique to the figure."""
        # Imported late: the renderer takes a second to start, and not every caller draws.
        import vl_convert

        drawn = vl_convert.vegalite_to_svg(theme.configure(self.chart).to_dict())
        drawn = _LONG_DECIMAL.sub(r"\1", _NOISE.sub("", drawn))
        drawn = re.sub(r'\bid="', f'id="{self.identity}-', drawn)
        drawn = re.sub(r"url\(#", f"url(#{self.identity}-", drawn)
        names = f"{self.identity}-title", f"{self.identity}-description"
        opening = f'<svg role="img" focusable="false" aria-labelledby="{" ".join(names)}"'
        head, rest = drawn.replace("<svg", opening, 1).split(">", 1)
        return (
            f'{head}><title id="{names[0]}">{escape(self.title)}</title>'
            f'<desc id="{names[1]}">{escape(self.description)}</desc>{rest}'
        )

    def _repr_html_(self) -> str:
        return (
            f'<figure id="{self.identity}">\n<figcaption>{escape(self.title)}</figcaption>\n'
            f'<p class="description">{escape(self.description)}</p>\n'
            f'<div class="chart" role="group" tabindex="0" aria-label="Chart, may scroll: '
            f'{escape(self.title)}">{self.svg}</div>\n'
            f'<p class="source">{escape(self.source)}</p>\n</figure>\n' + self.table._repr_html_()
        )
