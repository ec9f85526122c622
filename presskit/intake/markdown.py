"""Markdown (CommonMark with tables and footnotes) -> the tree of :mod:`presskit.document`.

Raw HTML is not HTML here but text; see :mod:`presskit.intake.grammar` for the other rules.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from markdown_it.tree import SyntaxTreeNode

from presskit import german
from presskit.document import (
    Alignment,
    Block,
    BulletList,
    Code,
    CodeBlock,
    Document,
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
)
from presskit.errors import DraftError, Place
from presskit.intake.grammar import Refusal, parse, parse_line
from presskit.wording import Language


def read_markdown(
    text: str, *, file: str, language: Language = "de", first_line: int = 1
) -> Document:
    """The tree of a Markdown text whose first line is ``first_line`` of ``file``."""

    def refuse(line: int, sentence: str, remedy: str, **facts: object) -> DraftError:
        place = Place(file, line + first_line)
        return DraftError(sentence, remedy=remedy, place=place, **facts)

    try:
        root = SyntaxTreeNode(parse(text, language, refuse))
        return _TreeBuilder(refuse, language, first_line).document(root)
    except RecursionError:
        raise refuse(0, "the text is nested too deeply.", "Write it flatter.") from None


def set_line(text: str, language: Language) -> str:
    """One line of plain text (a headline) with the quotation marks and spaces of a language."""
    return german.typography(parse_line(text, language), language)


# Line ends inside a text, as an entity such as &#10; can bring them, are blanks.
_BLANKS = re.compile(r"[\t\n\r\f\v\x85\u2028\u2029]+")


class _TreeBuilder:
    """Turns the parser's nodes into the tree, one method a family of nodes."""

    def __init__(self, refuse: Refusal, language: Language, first_line: int) -> None:
        self._refuse = refuse
        self._language = language
        self._first_line = first_line
        self._notes: dict[int, SyntaxTreeNode] = {}
        self._line = 0

    def document(self, root: SyntaxTreeNode) -> Document:
        body = [node for node in root.children if node.type != "footnote_block"]
        for block in root.children:
            if block.type == "footnote_block":
                self._notes = {note.meta["id"]: note for note in block.children}
        return Document(self.blocks(body))

    def refuse(self, sentence: str, remedy: str, **facts: object) -> DraftError:
        return self._refuse(self._line, sentence, remedy, **facts)

    # blocks

    def blocks(self, nodes: Sequence[SyntaxTreeNode]) -> tuple[Block, ...]:
        found = (self._block(node) for node in nodes)
        return tuple(each for each in found if each != Paragraph(()))  # only no-break spaces

    def _block(self, node: SyntaxTreeNode) -> Block:
        if node.map:
            self._line = node.map[0]
        build = _BLOCKS.get(node.type)
        if build is None:
            raise self.refuse("a {kind!r} cannot be read.", "Write it plainly.", kind=node.type)
        return build(self, node, self._line + self._first_line)

    def paragraph(self, node: SyntaxTreeNode, line: int) -> Block:
        return Paragraph(self.inlines(node), line=line)

    def heading(self, node: SyntaxTreeNode, line: int) -> Block:
        level = int(node.tag[1:])
        if level == 1:
            raise self.refuse(
                "a heading of level 1 stands in the text, but level 1 is the title.",
                "Begin the heading with “##”.",
            )
        return Heading(level, self.inlines(node), line=line)

    def quote(self, node: SyntaxTreeNode, line: int) -> Block:
        return Quote(self.blocks(node.children), line=line)

    def bullet_list(self, node: SyntaxTreeNode, line: int) -> Block:
        return BulletList(self._items(node), line=line)

    def ordered_list(self, node: SyntaxTreeNode, line: int) -> Block:
        start = int(node.attrs.get("start", 1))
        self._check_numbers(node.children, start)
        return OrderedList(self._items(node), start=start, line=line)

    def _check_numbers(self, items: Sequence[SyntaxTreeNode], start: int) -> None:
        """A list counts on, or says 1 throughout; any other number would be lost."""
        if start <= 1 and all(int(item.info) == start for item in items):
            return
        for right, item in enumerate(items, start):
            if int(item.info) != right:
                self._line = item.map[0] if item.map else self._line
                raise self.refuse(
                    "the numbers of the list jump: {number} stands where {right} should.",
                    r"Count on; for a number that is text write “{number}\.”.",
                    number=int(item.info),
                    right=right,
                )

    def _items(self, node: SyntaxTreeNode) -> tuple[ListItem, ...]:
        items = []
        for item in node.children:
            self._line = item.map[0] if item.map else self._line
            line = self._line + self._first_line
            items.append(ListItem(self.blocks(item.children), line=line))
        return tuple(items)

    def table(self, node: SyntaxTreeNode, line: int) -> Block:
        rows = [row for part in node.children for row in part.children]
        alignments = tuple(_alignment(cell) for cell in rows[0].children)
        header, *body = (self._row(row) for row in rows)
        return Table(header, tuple(body), alignments, line=line)

    def _row(self, row: SyntaxTreeNode) -> Row:
        return tuple(self.inlines(cell) for cell in row.children)

    def code_block(self, node: SyntaxTreeNode, line: int) -> Block:
        return CodeBlock(node.content.removesuffix("\n"), node.info.strip(), line=line)

    def thematic_break(self, node: SyntaxTreeNode, line: int) -> Block:
        return ThematicBreak(line=line)

    # inlines

    def inlines(self, node: SyntaxTreeNode, *, as_typed: bool = False) -> tuple[Inline, ...]:
        children = [each for child in node.children for each in self._unwrapped(child)]
        found: list[Inline] = []
        for child in children:
            inline = self._inline(child)
            before = found[-1] if found else None
            if isinstance(inline, Text) and isinstance(before, Text):
                found[-1] = Text(before.content + inline.content)
            else:
                found.append(inline)
        return tuple(
            self._set(each) if not as_typed else each for each in found if each != Text("")
        )

    def _unwrapped(self, node: SyntaxTreeNode) -> Iterator[SyntaxTreeNode]:
        if node.type == "inline":
            yield from node.children
        elif node.type != "footnote_anchor":
            yield node

    def _set(self, inline: Inline) -> Inline:
        if isinstance(inline, Text):
            return Text(german.typography(inline.content, self._language))
        return inline

    def _inline(self, node: SyntaxTreeNode) -> Inline:
        match node.type:
            case "text":
                return Text(_BLANKS.sub(" ", node.content))
            case "softbreak":
                return Text(" ")
            case "hardbreak":
                return LineBreak()
            case "code_inline":
                return Code(node.content)
            case "em":
                return Emphasis(self.inlines(node))
            case "strong":
                return Strong(self.inlines(node))
            case "link":
                return self._link(node)
            case "image":
                return self._image(node)
            case "footnote_ref":
                return self._footnote(node.meta["id"])
            case other:
                raise self.refuse("a {kind!r} cannot be read.", "Write it plainly.", kind=other)

    def _link(self, node: SyntaxTreeNode) -> Inline:
        target = str(node.attrs["href"])
        children = self.inlines(node, as_typed=node.info == "auto")
        if not children:
            remedy = "Write “[text]({target})”."
            raise self.refuse("a link has no text.", remedy, target=target)
        return Link(children, target, _title(node))

    def _image(self, node: SyntaxTreeNode) -> Inline:
        """A picture; its words are those between the brackets, without their dress."""
        words = "".join(
            " " if each.type in ("softbreak", "hardbreak") else each.content
            for each in node.walk()
            if each is not node and not each.children
        )
        return Image(str(node.attrs["src"]), _BLANKS.sub(" ", words), _title(node))

    def _footnote(self, number: int) -> Inline:
        blocks = [each for each in self._notes[number].children if each.type != "footnote_anchor"]
        return Footnote(self.blocks(blocks))


def _title(node: SyntaxTreeNode) -> str:
    return _BLANKS.sub(" ", str(node.attrs.get("title", "")))


def _alignment(cell: SyntaxTreeNode) -> Alignment:
    style = str(cell.attrs.get("style", ""))
    return next((each for each in ("left", "center", "right") if each in style), "")


_BLOCKS: dict[str, Callable[[_TreeBuilder, SyntaxTreeNode, int], Block]] = {
    "paragraph": _TreeBuilder.paragraph,
    "heading": _TreeBuilder.heading,
    "blockquote": _TreeBuilder.quote,
    "bullet_list": _TreeBuilder.bullet_list,
    "ordered_list": _TreeBuilder.ordered_list,
    "table": _TreeBuilder.table,
    "fence": _TreeBuilder.code_block,
    "code_block": _TreeBuilder.code_block,
    "hr": _TreeBuilder.thematic_break,
}
