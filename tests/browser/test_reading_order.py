"""A screen reader is told what the page shows, in the order in which it shows it."""

import pytest
from opening import DESKTOP, PHONE

BLOCKS = {"heading", "paragraph", "caption", "Figcaption"}
PICTURE = "image"
NOT_TEXT = {"ListMarker"}


def squashed(text):
    """A text without its spaces, which lines break at will."""
    return "".join(text.split())


def heard(opened):
    """The words of the accessibility tree, and its blocks: heading, paragraph, caption, picture."""
    session = opened.page.context.new_cdp_session(opened.page)
    nodes = {node["nodeId"]: node for node in session.send("Accessibility.getFullAXTree")["nodes"]}
    session.detach()
    words, blocks = [], []

    def walk(node):
        role = "" if node["ignored"] else node["role"]["value"]
        if role in NOT_TEXT:
            return
        if role == PICTURE:
            blocks.append(squashed(node["name"]["value"]))
            return
        if role == "StaticText":
            words.append(squashed(node["name"]["value"]))
            return
        start = len(words)
        place = len(blocks)
        for child in node["childIds"]:
            if child in nodes:
                walk(nodes[child])
        if role in BLOCKS:
            blocks.insert(place, "".join(words[start:]))

    walk(next(iter(nodes.values())))
    return "".join(words), blocks


def read(page, width):
    """What the page shows at a width, and what is heard of it: its words and its blocks."""

    def find():
        return page.at(width).ask("reading"), *heard(page)

    return page.once(("reading", width), find)


def test_a_screen_reader_hears_every_word_in_the_pages_order(page):
    shown, words, _ = read(page, DESKTOP)
    assert words == squashed("".join(shown["words"]))


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_what_is_heard_first_stands_first(page, width):
    shown, _, blocks = read(page, width)
    assert blocks == from_the_top(shown["blocks"])


def from_the_top(blocks):
    """The texts of blocks as they stand, from the top of the page down."""
    return [
        squashed(b["text"]) for b in sorted(blocks, key=lambda b: (round(b["top"]), b["order"]))
    ]


def test_a_text_kept_from_screen_readers_is_seen(shown):
    opened = shown("<p>One</p><div role='img' aria-label='x'><p>Two</p></div>")
    assert heard(opened)[0] == "One"
    assert opened.ask("reading")["words"] == ["One", "Two"]


def test_an_order_made_by_style_alone_is_seen(shown):
    up = "<style>body { display: flex; flex-direction: column-reverse }</style>"
    opened = shown("<p>One</p><p>Two</p>", up)
    assert heard(opened)[1] == ["One", "Two"]
    assert from_the_top(opened.ask("reading")["blocks"]) == ["Two", "One"]
