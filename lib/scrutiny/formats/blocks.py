"""What a page says, as values: its headings, paragraphs, lists, tables and figures."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Run:
    """Text of one kind; ``link`` is an address, or ``#`` and an identity on the page."""

    text: str
    strong: bool = False
    emphasis: bool = False
    link: str = ""


Runs = tuple[Run, ...]


@dataclass(frozen=True)
class Heading:
    """A heading; a page has one of level 1, its title."""

    level: int
    text: str
    identity: str = ""


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; ``kind`` is the page's class for it, such as ``source``, or ``quote``."""

    runs: Runs
    kind: str = ""

    @property
    def text(self) -> str:
        """What it says."""
        return text_of(self.runs)


@dataclass(frozen=True)
class Listing:
    """A list; an item is a sequence of paragraphs and lists."""

    ordered: bool
    items: tuple[tuple[Paragraph | Listing, ...], ...]


@dataclass(frozen=True)
class Terms:
    """Names, each with what is said of it; ``kind`` is the page's class for the list."""

    items: tuple[tuple[Runs, Runs], ...]
    kind: str = ""
    identity: str = ""


@dataclass(frozen=True)
class Cell:
    """A cell; ``result_id`` is set where it holds one number of the results and nothing else."""

    runs: Runs
    result_id: str = ""

    @property
    def text(self) -> str:
        """What it says; a line a part."""
        return text_of(self.runs)


@dataclass(frozen=True)
class Table:
    """A table; its columns' headings hold their units, the first cell of a row is its header."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[Runs, ...] = ()
    identity: str = ""


@dataclass(frozen=True)
class Figure:
    """A picture, its title, and what it shows in words; its caption is a paragraph before it."""

    title: str
    description: str
    svg: str


Block = Heading | Paragraph | Listing | Terms | Table | Figure


@dataclass(frozen=True)
class Outline:
    """A page: its title, and the blocks of its masthead, its main part and its foot."""

    title: str
    masthead: tuple[Block, ...]
    body: tuple[Block, ...]
    foot: tuple[Block, ...]

    @property
    def tables(self) -> tuple[Table, ...]:
        """Every table of the page."""
        return tuple(block for block in self.body if isinstance(block, Table))


def text_of(runs: Runs) -> str:
    """Return what the runs say."""
    return "".join(run.text for run in runs)
