"""The text of a release as a typed tree of blocks and inlines.

It is the one form between every reader (Markdown, Word, old pages) and every writer (Word, PDF,
mail, text, page). Nodes are frozen values; equality is by content, the line a block stood on in
its source (first line is 1, 0 where unknown) is only for messages.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

# Inlines


@dataclass(frozen=True)
class Text:
    """Running characters, typographically set."""

    content: str


@dataclass(frozen=True)
class Emphasis:
    """Stressed text, usually italic."""

    children: tuple[Inline, ...]


@dataclass(frozen=True)
class Strong:
    """Strongly stressed text, usually bold."""

    children: tuple[Inline, ...]


@dataclass(frozen=True)
class Link:
    """Text that leads to an address (URI, RFC 3986)."""

    children: tuple[Inline, ...]
    target: str
    title: str = ""


@dataclass(frozen=True)
class Code:
    """Characters to be shown as they are, in a fixed-width face."""

    content: str


@dataclass(frozen=True)
class LineBreak:
    """A forced new line within a paragraph."""


@dataclass(frozen=True)
class Image:
    """A picture in the text; ``source`` is a path beside the draft, ``alt`` its words.

    ``title`` is its caption; only a picture that is alone in its paragraph has one.
    """

    source: str
    alt: str
    title: str = ""


@dataclass(frozen=True)
class Footnote:
    """A note set at the foot of the page; it stands in the tree where its mark stands."""

    children: tuple[Block, ...]


Inline = Text | Emphasis | Strong | Link | Code | LineBreak | Image | Footnote

# Blocks


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of running text."""

    children: tuple[Inline, ...]
    line: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Heading:
    """A heading inside the text; level 2 to 6, for level 1 is the release's title."""

    level: int
    children: tuple[Inline, ...]
    line: int = field(default=0, compare=False)

    def __post_init__(self) -> None:
        if not 2 <= self.level <= 6:
            raise ValueError(f"a heading inside the text has level 2 to 6, not {self.level}")


@dataclass(frozen=True)
class Quote:
    """A passage quoted as a block of its own."""

    children: tuple[Block, ...]
    line: int = field(default=0, compare=False)


@dataclass(frozen=True)
class ListItem:
    """One item of a list."""

    children: tuple[Block, ...]
    line: int = field(default=0, compare=False)


@dataclass(frozen=True)
class BulletList:
    """A list without order."""

    items: tuple[ListItem, ...]
    line: int = field(default=0, compare=False)


@dataclass(frozen=True)
class OrderedList:
    """A numbered list that begins with ``start``."""

    items: tuple[ListItem, ...]
    start: int = 1
    line: int = field(default=0, compare=False)


Alignment = Literal["", "left", "center", "right"]
Cell = tuple[Inline, ...]
Row = tuple[Cell, ...]


@dataclass(frozen=True)
class Table:
    """A table with one header row; every row has one cell a column."""

    header: Row
    rows: tuple[Row, ...]
    alignments: tuple[Alignment, ...]
    line: int = field(default=0, compare=False)

    def __post_init__(self) -> None:
        if any(len(row) != len(self.alignments) for row in (self.header, *self.rows)):
            raise ValueError("every row of a table has one cell a column")


@dataclass(frozen=True)
class CodeBlock:
    """Lines to be shown as they are."""

    content: str
    language: str = ""
    line: int = field(default=0, compare=False)


@dataclass(frozen=True)
class ThematicBreak:
    """A change of subject, usually a rule or some space."""

    line: int = field(default=0, compare=False)


Block = Paragraph | Heading | Quote | BulletList | OrderedList | Table | CodeBlock | ThematicBreak
Node = Inline | Block | ListItem


@dataclass(frozen=True)
class Document:
    """The whole text, from the first block to the last."""

    blocks: tuple[Block, ...] = ()


# Walking


def figure(block: Block) -> Image | None:
    """The picture that stands alone in a paragraph, where it may have a caption."""
    match block:
        case Paragraph((Image() as image,)):
            return image
    return None


def nodes(node: Node | Document) -> Iterator[Node]:
    """Every node below the given one, in reading order, each before its children."""
    for child in _children(node):
        yield child
        yield from nodes(child)


def plain(children: tuple[Inline, ...]) -> str:
    """The words of some inlines without their dress; footnotes and pictures are left out."""
    return "".join(_plain(child) for child in children)


def _plain(node: Inline) -> str:
    match node:
        case Text(content) | Code(content):
            return content
        case Emphasis(children) | Strong(children) | Link(children):
            return plain(children)
        case LineBreak():
            return "\n"
        case Image() | Footnote():
            return ""


def _children(node: Node | Document) -> Iterator[Node]:
    match node:
        case Document(blocks):
            yield from blocks
        case BulletList(items) | OrderedList(items):
            yield from items
        case Table(header, rows):
            for row in (header, *rows):
                for cell in row:
                    yield from cell
        case Text() | Code() | CodeBlock() | LineBreak() | Image() | ThematicBreak():
            return
        case _:
            yield from node.children


# As JSON, for the archive and for writers outside Python

_NODE_TYPES = {
    kind.__name__: kind
    for kind in (
        *(Text, Emphasis, Strong, Link, Code, LineBreak, Image, Footnote),
        *(Paragraph, Heading, Quote, ListItem, BulletList, OrderedList, Table, CodeBlock),
        ThematicBreak,
    )
}


def to_json(document: Document) -> list[Any]:
    """The tree as lists and dictionaries for :func:`json.dumps`; lines are left out."""
    return [_encode(block) for block in document.blocks]


def from_json(data: list[Any]) -> Document:
    """The tree that :func:`to_json` wrote."""
    return Document(tuple(_decode(block) for block in data))


def _encode(value: object) -> Any:
    if isinstance(value, tuple):
        return [_encode(item) for item in value]
    if dataclasses.is_dataclass(value):
        names = [each.name for each in dataclasses.fields(value) if each.name != "line"]
        content = {name: _encode(getattr(value, name)) for name in names}
        return {"type": type(value).__name__, **content}
    return value


def _decode(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_decode(item) for item in value)
    if isinstance(value, Mapping):
        content = {name: _decode(item) for name, item in value.items() if name != "type"}
        return _NODE_TYPES[value["type"]](**content)
    return value
