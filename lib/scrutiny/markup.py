"""Text to safe markup: everything that enters a page passes here."""

from __future__ import annotations

import html
import re

import nh3
from markdown_it import MarkdownIt

from scrutiny.measures import Result

_TAGS = {
    "p", "h3", "h4", "ul", "ol", "li", "strong", "em", "a", "blockquote", "br", "code",
}  # fmt: skip
_MARKDOWN = MarkdownIt("commonmark", {"html": False})
ESCAPED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def text(value: object) -> str:
    """Return the value as text that no browser takes for markup."""
    return html.escape(ESCAPED.sub("", str(value)), quote=True)


def markdown(source: str) -> str:
    """Return a text of an edition or register as clean HTML; raw tags show as text.

    Headings start below the page's own sections; links keep only http, https and mailto.
    """
    rendered = _MARKDOWN.render(source)
    rendered = re.sub(r"<(/?)h[12]>", r"<\1h3>", rendered)
    return nh3.clean(
        rendered,
        tags=_TAGS,
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )


def number(result: Result) -> str:
    """Return a printed number that carries the name by which it can be traced."""
    return f'<data value="{text(result.result_id)}">{text(result.printed)}</data>'
