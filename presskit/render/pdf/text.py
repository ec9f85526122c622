"""The text of a release as data for the typst template."""

from __future__ import annotations

from typing import Any

from presskit.document import (
    Block,
    BulletList,
    Code,
    CodeBlock,
    Emphasis,
    Footnote,
    Heading,
    Image,
    Inline,
    LineBreak,
    Link,
    ListItem,
    OrderedList,
    Paragraph,
    Quote,
    Row,
    Strong,
    Table,
    Text,
    ThematicBreak,
    figure,
    nodes,
    plain,
)
from presskit.errors import Place, UnsupportedError
from presskit.render.html import check_characters, check_target

Data = dict[str, Any]


class Writer:
    """Writes blocks as nested dictionaries; ``files`` gives the file of each picture's source.

    PDF/UA-1 (ISO 14289-1, 7.4.2) forbids headings to skip a level: each keeps the look of its own
    level and takes the next free one in the structure.
    """

    def __init__(self, files: dict[str, str]) -> None:
        self._files = files
        self._levels: list[int] = [1]
        self._lists = 0
        self._line = 0

    def blocks(self, blocks: tuple[Block, ...]) -> list[Data]:
        """The data of some blocks."""
        return [self._block(block) for block in blocks]

    def _block(self, block: Block) -> Data:
        self._line = block.line or self._line
        match block:
            case Paragraph() if image := figure(block):
                return {"type": "figure", **self._picture(image), "caption": image.title}
            case Paragraph(children):
                return {"type": "paragraph", "children": self.inlines(children)}
            case Heading(level, children) if plain(children).strip():
                structure = self._structure(level)
                words = self.inlines(children)
                return {
                    "type": "heading",
                    "level": level,
                    "structure": structure,
                    "children": words,
                }
            case Quote(children):
                return {"type": "quote", "children": self.blocks(children)}
            case BulletList(items):
                return {"type": "bullets", **self._items(items)}
            case OrderedList(items, start):
                return {"type": "numbers", "start": start, **self._items(items)}
            case Heading(_, children):
                return {"type": "paragraph", "children": self.inlines(children)}
            case Table(header, rows, alignments):
                cells = [[self.inlines(cell) for cell in row] for row in (header, *rows)]
                return {
                    "type": "table",
                    "header": cells[0],
                    "rows": cells[1:],
                    "align": list(alignments),
                    "repeat": not _leads_away(header),
                }
            case CodeBlock(content):
                return {"type": "code", "content": self._characters(content)}
            case ThematicBreak():
                return {"type": "rule"}

    def _items(self, items: tuple[ListItem, ...]) -> Data:
        """The items of a list; a list is loose where an item has several paragraphs."""
        outer = self._lists == 0
        self._lists += 1
        written = [self.blocks(item.children) for item in items]
        self._lists -= 1
        return {"items": written, "outer": outer, "tight": not any(map(_is_loose, items))}

    def _structure(self, level: int) -> int:
        while self._levels and self._levels[-1] >= level:
            self._levels.pop()
        self._levels.append(level)
        return len(self._levels)

    def inlines(self, children: tuple[Inline, ...]) -> list[Data]:
        """The data of some inlines."""
        return [self._inline(child) for child in children]

    def _inline(self, node: Inline) -> Data:
        match node:
            case Text(content):
                return {"type": "text", "content": self._characters(content)}
            case Emphasis(children):
                return {"type": "emphasis", "children": self.inlines(children)}
            case Strong(children):
                return {"type": "strong", "children": self.inlines(children)}
            case Link(children, target):
                check_target(target, self._line)
                words = self.inlines(children)
                if not _shows_something(children):
                    words = [{"type": "text", "content": target}]
                return {"type": "link", "target": target, "children": words}
            case Code(content):
                return {"type": "mono", "content": self._characters(content)}
            case LineBreak():
                return {"type": "break"}
            case Image():
                return {"type": "image", **self._picture(node)}
            case Footnote(blocks):
                return {"type": "footnote", "children": self.blocks(blocks)}

    def _characters(self, text: str) -> str:
        return check_characters(text, self._line)

    def _picture(self, image: Image) -> Data:
        if image.source not in self._files:
            raise UnsupportedError(
                "the picture {source!r} is not among the draft's.",
                remedy="Put it beside the draft.",
                place=Place("text", self._line or None),
                source=image.source,
            )
        return {"file": self._files[image.source], "alt": image.alt}


def _is_loose(item: ListItem) -> bool:
    return sum(not isinstance(each, BulletList | OrderedList) for each in item.children) > 1


def _leads_away(header: Row) -> bool:
    """Whether links stand in a table's header, which then cannot be repeated on the next page."""
    found = (node for cell in header for node in nodes(Paragraph(cell)))
    return any(isinstance(each, Link | Footnote) for each in found)


def _shows_something(children: tuple[Inline, ...]) -> bool:
    seen = any(isinstance(each, Image) for each in nodes(Paragraph(children)))
    return seen or bool(plain(children).strip())
