"""A dashboard while someone uses it: labelled controls, and what they show."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Protocol

from IPython import get_ipython
from ipywidgets import HTML, Box, Dropdown, VBox, register_comm_target

from scrutiny.dashboard.ready import asked, guarded, said


class Offers(Protocol):
    """What can be chosen: ``Choices`` or ``Filters`` of :mod:`scrutiny.explore`."""

    def read(self, query: str) -> tuple[Any, tuple[str, ...]]:
        """Return what an address asks for, and what of it was passed over."""
        ...

    def offered(self, name: str, chosen: Any) -> Mapping[str, str]:
        """Return what one control offers: key to printed name."""
        ...

    def settled(self, chosen: Any, name: str) -> tuple[Any, str]:
        """Return the choice with one field at a value that can be had, and why."""
        ...


class Page:
    """``labels`` names the controls, in order; ``shown`` gives the markup of a choice."""

    def __init__(
        self, offers: Offers, labels: Mapping[str, str], shown: Callable[[Any], str]
    ) -> None:
        if get_ipython():  # a kernel forked warm had no shell yet when widgets were imported
            register_comm_target()
        self._offers, self._busy, self._markup = offers, False, guarded(shown)
        self._chosen, messages = offers.read(asked())
        self._controls = {
            name: Dropdown(
                options=self._offered(name), value=getattr(self._chosen, name), description=label
            )
            for name, label in labels.items()
        }
        for name, dropdown in self._controls.items():
            dropdown.observe(lambda change, name=name: self._change(name, change.new), "value")
        self._shown = HTML(self._told(messages))
        self._shown.add_class("shown")
        row = Box(list(self._controls.values()))
        row.add_class("controls")
        self.box = VBox([row, self._shown])

    def _offered(self, name: str) -> tuple[tuple[str, str], ...]:
        return tuple((full, key) for key, full in self._offers.offered(name, self._chosen).items())

    def _told(self, messages: tuple[str, ...]) -> str:
        return "".join(map(said, messages)) + self._markup(self._chosen)

    def _change(self, name: str, value: str) -> None:
        """Follow one control; the others stay where they can, and say so where they cannot."""
        if self._busy:
            return
        messages: list[str] = []
        self._chosen = replace(self._chosen, **{name: value})
        self._busy = True  # what is set here is no choice of the reader's
        try:
            for other, dropdown in self._controls.items():
                self._chosen, told = self._offers.settled(self._chosen, other)
                messages += [told] if told else []
                _refill(dropdown, self._offered(other), getattr(self._chosen, other))
        finally:
            self._busy = False
        self._shown.value = self._told(tuple(messages))


def _refill(dropdown: Dropdown, options: tuple[tuple[str, str], ...], value: str) -> None:
    if dropdown.options != options:
        dropdown.options = options
    if dropdown.value != value:
        dropdown.value = value
