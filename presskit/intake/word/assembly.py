"""Lines of a Word file -> a tree: marks become lists, styles quotations, indents what belongs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from presskit.document import (
    Block,
    BulletList,
    CodeBlock,
    Heading,
    Image,
    Inline,
    ListItem,
    OrderedList,
    Paragraph,
    Quote,
    ThematicBreak,
    figure,
    plain,
)
from presskit.intake.word.numbering import Mark

Kind = Literal["paragraph", "heading", "code", "caption", "rule", "block"]
# Indents that differ by less are the same to the eye: a tenth of an inch, in twips.
_NEAR = 144


@dataclass(frozen=True)
class Line:
    """A paragraph as the file has it; ``indent`` is in twips, ``quote`` how deep it is quoted."""

    kind: Kind = "paragraph"
    inlines: tuple[Inline, ...] = ()
    text: str = ""
    level: int = 0
    mark: Mark | None = None
    indent: int = 0
    quote: int = 0
    block: Block | None = None
    is_table: bool = False

    @property
    def written(self) -> Block:
        """The line alone, as a block."""
        match self.kind:
            case "heading":
                return Heading(min(max(self.level, 2), 6), self.inlines)
            case "code":
                return CodeBlock(self.text)
            case "rule":
                return ThematicBreak()
        return self.block if self.block is not None else Paragraph(self.inlines)


@dataclass
class _List:
    """A list being made; ``items`` are the blocks of each item."""

    mark: Mark
    indent: int
    items: list[list[Block]] = field(default_factory=list)

    def block(self) -> Block:
        items = tuple(ListItem(tuple(blocks)) for blocks in self.items)
        if self.mark.is_bullet:
            return BulletList(items)
        return OrderedList(items, start=self.mark.start)


class _Assembly:
    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._lists: list[_List] = []
        self._counts: dict[tuple[int, int], int] = {}

    def add(self, line: Line) -> None:
        if line.mark is not None:
            self._item(line)
            return
        while self._lists and not _belongs(line, self._lists[-1]):
            self._close()
        blocks = self._lists[-1].items[-1] if self._lists else self.blocks
        if line.kind == "caption" and _takes_caption(blocks):
            _add_caption(blocks, line)
        elif line.quote and not self._lists:
            _add_quoted(blocks, line)
        else:
            _append(blocks, line.written)

    def finish(self) -> tuple[Block, ...]:
        while self._lists:
            self._close()
        return tuple(self.blocks)

    def _item(self, line: Line) -> None:
        """An item goes to the open list of its level, or begins a list within the last item."""
        mark = line.mark
        if mark is None:
            raise ValueError("the line has no mark")
        while self._lists and self._lists[-1].mark.level > mark.level:
            self._close()
        top = self._lists[-1] if self._lists else None
        if top is not None and top.mark.level == mark.level and not _continues(top.mark, mark):
            self._close()
            top = self._lists[-1] if self._lists else None
        if top is None or top.mark.level < mark.level:
            top = _List(self._counted(mark), line.indent)
            self._lists.append(top)
        top.items.append([line.written] if line.inlines or line.kind != "paragraph" else [])
        self._counts[mark.list, mark.level] = top.mark.start + len(top.items)

    def _counted(self, mark: Mark) -> Mark:
        """The mark with the number it shows: a list that was interrupted counts on."""
        start = self._counts.get((mark.list, mark.level), mark.start)
        if mark.level:
            start = mark.start
        return Mark(mark.list, mark.level, mark.format, start, mark.indent)

    def _close(self) -> None:
        done = self._lists.pop()
        blocks = self._lists[-1].items[-1] if self._lists else self.blocks
        blocks.append(done.block())


def assembled(lines: list[Line]) -> tuple[Block, ...]:
    """The tree of some lines."""
    assembly = _Assembly()
    for line in lines:
        assembly.add(line)
    return assembly.finish()


def _continues(open_mark: Mark, mark: Mark) -> bool:
    return open_mark.list == mark.list and open_mark.is_bullet == mark.is_bullet


def _belongs(line: Line, items: _List) -> bool:
    """Whether a line without a mark of its own goes on with the last item of a list."""
    if line.kind in ("heading", "rule") or items.indent <= 0:
        return False
    return line.indent >= items.indent - _NEAR


def _append(blocks: list[Block], block: Block) -> None:
    """Add a block; lines of code that follow one another are one block of code."""
    last = blocks[-1] if blocks else None
    if isinstance(block, CodeBlock) and isinstance(last, CodeBlock):
        blocks[-1] = CodeBlock(f"{last.content}\n{block.content}")
    else:
        blocks.append(block)


def _add_quoted(blocks: list[Block], line: Line) -> None:
    """Put a line into the quotation before it, as deep as it stands."""
    inner: Block = line.written
    for _ in range(line.quote):
        inner = Quote((inner,))
    if blocks and isinstance(blocks[-1], Quote) and isinstance(inner, Quote):
        blocks[-1] = _together(blocks[-1], inner)
    else:
        blocks.append(inner)


def _together(first: Quote, second: Quote) -> Quote:
    last, added = first.children[-1], second.children[0]
    if isinstance(last, Quote) and isinstance(added, Quote):
        return Quote((*first.children[:-1], _together(last, added)))
    return Quote((*first.children, added))


def _takes_caption(blocks: list[Block]) -> bool:
    image = figure(blocks[-1]) if blocks else None
    return image is not None and not image.title


def _add_caption(blocks: list[Block], line: Line) -> None:
    image = figure(blocks[-1])
    if image is not None:
        caption = " ".join(plain(line.inlines).split())
        blocks[-1] = Paragraph((Image(image.source, image.alt, caption),))
