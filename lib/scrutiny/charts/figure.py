"""A figure as a value: the Altair chart, its data, and the words that stand for it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import altair as alt
import pandas as pd

from scrutiny import theme
from scrutiny.charts import renderer
from scrutiny.charts.svg import tidy
from scrutiny.markup import text as escape
from scrutiny.markup import visible
from scrutiny.tables import Table


def warm_up() -> None:
    """Let Altair load what it loads when a first chart is made."""
    frame = pd.DataFrame({"x": [1.0], "y": ["a"]})
    alt.Chart(frame).mark_point().encode(x="x:Q", y="y:N").to_dict()


@dataclass(frozen=True)
class Figure:
    """``chart`` is the Altair chart and ``data`` its frame; a notebook shows inline SVG.

    ``identity`` is the figure's id on its page, ``description`` says in words what is to be seen,
    ``table`` holds the plotted numbers. The markup has caption, description, chart, source and
    table in this order; on a narrow screen the style sheet puts the table before the chart.
    """

    identity: str
    title: str
    description: str = field(repr=False)
    source: str = field(repr=False)
    table: Table = field(repr=False)
    chart: alt.TopLevelMixin = field(repr=False, compare=False)
    data: pd.DataFrame = field(repr=False, compare=False)

    @cached_property
    def svg(self) -> str:
        """The chart as one SVG image with title and description, ids unique to the figure."""
        # Altair has checked each part when it was made; the whole again takes as long as drawing.
        whole = theme.configure(self.chart).to_dict(validate=False)
        drawn = renderer.draw(_readable(whole))
        return tidy(drawn, self.identity, visible(self.title), visible(self.description))

    def _repr_html_(self) -> str:
        caption = f"{self.identity}-caption"
        return (
            f'<figure id="{self.identity}">\n'
            f'<figcaption id="{caption}">{escape(self.title)}</figcaption>\n'
            f'<p class="description">{escape(self.description)}</p>\n'
            f'<div class="chart" role="group" aria-labelledby="{caption}" tabindex="0">'
            f"{self.svg}</div>\n"
            f'<p class="source">{escape(self.source)}</p>\n{self.table._repr_html_()}</figure>\n'
        )


def _readable(given: Any) -> Any:
    """Return a chart's specification without control characters: the renderer dies of them."""
    if isinstance(given, dict):
        return {key: _readable(value) for key, value in given.items()}
    if isinstance(given, list):
        return [_readable(value) for value in given]
    return visible(given) if isinstance(given, str) else given
