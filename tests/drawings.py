"""What a drawn chart says in letters, and how well it can be seen."""

from functools import cache
from xml.etree import ElementTree


@cache
def letters(figure):
    """Every text of a chart in the order in which it is drawn, with its look, its groups' too."""
    return list(_letters(ElementTree.fromstring(figure.svg), {}))


def _letters(element, outer):
    look = outer | element.attrib
    if element.tag.endswith("}text"):
        yield "".join(element.itertext()), look
    for child in element:
        yield from _letters(child, look)


def texts(figure):
    """What a chart says in letters."""
    return [text for text, _ in letters(figure)]


def luminance(colour):
    """The relative luminance of a colour, as WCAG 2.2 defines it."""
    colour = {"white": "#FFFFFF", "black": "#000000"}.get(colour, colour)
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one, other):
    """The contrast of two colours, from 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)
