"""Where the names of marks go, so that none covers another or a mark."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product

import altair as alt
import numpy as np
import pandas as pd

from scrutiny import theme

LETTER = 0.56  # of the text's size: how wide a letter of Arial is, on average
MARK = 7  # half a mark, in pixels
AIR = 5  # between two names
NEAR = 12  # so close to its mark a name needs no line
_STEP = 7  # names are tried so many pixels apart
_REACHES = (11, 22)  # so many steps to each side, and farther where nothing near is free


@dataclass(frozen=True)
class Box:
    """A rectangle in pixels, from its left upper corner to its right lower one."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle(self) -> tuple[float, float]:
        """Its middle point."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def overlaps(self, other: Box) -> bool:
        """Whether the two have ground in common."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def holds(self, other: Box) -> bool:
        """Whether the other lies within it."""
        return (
            self.left <= other.left
            and other.right <= self.right
            and self.top <= other.top
            and other.bottom <= self.bottom
        )

    def nearest(self, x: float, y: float) -> tuple[float, float]:
        """Return its point that is nearest to another point."""
        return min(max(x, self.left), self.right), min(max(y, self.top), self.bottom)


@dataclass(frozen=True)
class Scale:
    """Where a value stands: the pixels from the domain's start to a power of the value."""

    domain: list[float]
    length: float
    power: float

    @classmethod
    def over(
        cls, values: pd.Series | np.ndarray, length: float, *, power: float, margin: float
    ) -> Scale:
        """Return the scale of the values with a margin, so that names have room."""
        low, high = values.min() ** power, values.max() ** power
        space = margin * (high - low)
        ends = max(low - space, 0), high + space
        return cls([end ** (1 / power) for end in ends], length, power)

    def pixel(self, value: float) -> float:
        """Return how far from its start a value stands."""
        low, high = (end**self.power for end in self.domain)
        return self.length * (value**self.power - low) / (high - low)


def placed(
    named: dict[str, tuple[float, float]],
    marks: Iterable[tuple[float, float]],
    size: float,
    frame: Box,
    *kept_free: Box,
) -> dict[str, Box]:
    """Return the place of each name by its mark: the nearest that is free.

    ``named`` is where the mark of each name is, ``marks`` are all marks, in pixels. A place is
    within the frame and off what is kept free, and no line from a name to its mark crosses another
    name; a name without such a place is left out, and stands in the chart's table.
    """
    taken = [*kept_free, *(Box(x - MARK, y - MARK, x + MARK, y + MARK) for x, y in marks)]
    places: dict[str, Box] = {}
    for name, (x, y) in sorted(named.items(), key=lambda item: (item[1][1], item[1][0])):
        width = LETTER * size * len(name) + AIR
        free = (
            box
            for reach in _REACHES
            for box in _around(x, y, width, size, reach)
            if frame.holds(box)
            and not any(map(box.overlaps, taken))
            and not any(dot.overlaps(other) for dot in _led(box, x, y) for other in places.values())
        )
        if box := next(free, None):
            places[name] = box
            taken += [box, *_led(box, x, y)]
    return places


def _led(box: Box, x: float, y: float) -> list[Box]:
    """Return the line from a name to its mark, in dots; none where the name is near."""
    end_x, end_y = box.nearest(x, y)
    distance = math.dist((end_x, end_y), (x, y))
    if distance <= NEAR:
        return []
    shares = np.linspace(0, 1, int(distance / AIR) + 2)
    dots = [(end_x + share * (x - end_x), end_y + share * (y - end_y)) for share in shares[1:]]
    return [Box(left - 1, top - 1, left + 1, top + 1) for left, top in dots]


def _around(x: float, y: float, width: float, height: float, reach: int) -> list[Box]:
    """Return the places for a name of that size about a mark, the nearest first."""
    beside = [x + MARK + 1, x - MARK - 1 - width]
    steps = [_STEP * step for step in range(-reach, reach + 1)]
    corners = [
        *product(beside, [y]),
        *((x - width / 2 + dx, y + dy) for dy in steps for dx in steps),
    ]
    boxes = [Box(left, at - height / 2, left + width, at + height / 2) for left, at in corners]
    # The same distance on both sides: right before left, as the list has it.
    return sorted(boxes, key=lambda box: round(math.dist(box.nearest(x, y), (x, y)), 1))


def drawn(
    found: dict[str, Box], marks: dict[str, tuple[float, float]], size: float
) -> list[alt.Chart]:
    """Return the layers of the names and of the lines that lead to those not near their marks."""
    where = pd.DataFrame([_leading(name, *marks[name], box) for name, box in found.items()])
    if where.empty:
        return []

    def at(axis: str, field: str) -> alt.X | alt.Y:
        return {"x": alt.X, "y": alt.Y}[axis](f"{field}:Q", scale=None)

    return [
        alt.Chart(where[where["distance"] > NEAR])
        .mark_rule(color=theme.DARK_GREY)
        .encode(at("x", "end_x"), at("y", "end_y"), x2="mark_x:Q", y2="mark_y:Q"),
        alt.Chart(where)
        .mark_text(fontSize=size, color=theme.DARK_GREY)
        .encode(at("x", "x"), at("y", "y"), text="name:N"),
    ]


def _leading(name: str, mark_x: float, mark_y: float, box: Box) -> dict[str, float | str]:
    """Return where a name stands and the line from its edge to its mark."""
    x, y = box.middle
    end_x, end_y = box.nearest(mark_x, mark_y)
    return {
        "name": name, "x": x, "y": y, "end_x": end_x, "end_y": end_y,
        "mark_x": mark_x, "mark_y": mark_y,
        "distance": math.dist((end_x, end_y), (mark_x, mark_y)),
    }  # fmt: skip
