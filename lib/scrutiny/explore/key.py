"""What the symbols of a view's tables mean."""

from __future__ import annotations

from scrutiny.markup import text as escape
from scrutiny.tables.symbols import symbols_in
from scrutiny.tables.table import KEY


def key_of(markup: str) -> str:
    """Return the key to which the tables of the markup lead; nothing where none does."""
    if KEY not in markup:
        return ""
    rows = "".join(
        f"<div><dt>{escape(symbol)}</dt><dd>{escape(meaning)}</dd></div>"
        for symbol, meaning in symbols_in(markup)
    )
    return f'<h2 id="symbols">What the symbols mean</h2><dl class="symbols">{rows}</dl>'
