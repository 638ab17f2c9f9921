"""Text to safe markup: everything that enters a page passes here."""

from __future__ import annotations

import html
import re

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

from scrutiny.measures import Result

_TAGS = {
    "p", "h3", "h4", "ul", "ol", "li", "strong", "em", "a", "blockquote", "br", "code", "pre",
}  # fmt: skip
_ADDRESSES = ("http://", "https://", "mailto:")
# What no reader sees and what turns round the text that follows: control characters, lone
# surrogates, zero-width spaces, embeddings, overrides and isolates of direction.
_UNSEEN = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u2028-\u202e\u2060-\u206f\ud800-\udfff"
    r"\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]"
)


def _parser() -> MarkdownIt:
    """Return a parser that knows no raw HTML and no image, and leaves a doubtful link as text."""
    parser = MarkdownIt("commonmark", {"html": False}).disable("image")
    parser.validateLink = lambda address: address.lower().startswith(_ADDRESSES)
    return parser


_MARKDOWN = _parser()


def visible(value: object) -> str:
    """Return the value as text without what a reader cannot see."""
    return _UNSEEN.sub("", str(value))


def text(value: object) -> str:
    """Return the value as text that no browser takes for markup, and no template for its own."""
    return literal_braces(html.escape(visible(value), quote=True))


def markdown(source: str) -> str:
    """Return a text of an edition or register as clean HTML; raw tags show as text.

    Headings start below the page's own sections and skip no level; links keep only http, https
    and mailto; an image is shown as a link to it, so nothing is asked for.
    """
    tokens = _below_sections(_MARKDOWN.parse(visible(source)))
    for token in tokens:
        token.children = _with_words(token.children or [])
    rendered = nh3.clean(
        _MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {}),
        tags=_TAGS,
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )
    return literal_braces(rendered)


def literal_braces(markup: str) -> str:
    """Return the markup with doubled braces as entities: they are text, not a placeholder."""
    return markup.replace("{{", "&#123;&#123;").replace("}}", "&#125;&#125;")


def number(result: Result) -> str:
    """Return a printed number that carries the name by which it can be traced."""
    return f'<data value="{text(result.result_id)}">{text(result.printed)}</data>'


def _below_sections(tokens: list[Token]) -> list[Token]:
    """Return the text's tokens with headings of the third and fourth level, none of them empty."""
    opened = [i for i, token in enumerate(tokens) if token.type == "heading_open"]
    headings = [i for i in opened if tokens[i + 1].content.strip()]
    highest = min((tokens[i].tag for i in headings), default="h1")
    for place, i in enumerate(headings):
        level = "h3" if place == 0 or tokens[i].tag == highest else "h4"
        tokens[i].tag = tokens[i + 2].tag = level
    empty = {i + step for i in opened if i not in headings for step in range(3)}
    return [token for i, token in enumerate(tokens) if i not in empty]


def _with_words(inline: list[Token]) -> list[Token]:
    """Return a line's tokens in which a link without words shows its address."""
    kept: list[Token] = []
    for token in inline:
        if token.type == "link_close" and kept and kept[-1].type == "link_open":
            kept.append(Token("text", "", 0, content=str(kept[-1].attrGet("href"))))
        kept.append(token)
    return kept
