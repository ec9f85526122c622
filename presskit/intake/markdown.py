"""Markdown (CommonMark with tables and footnotes) -> the tree of :mod:`presskit.document`.

Raw HTML is not HTML here but text. A line that begins with a date is no numbered list.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block.list import list_block
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.footnote import footnote_plugin

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
from presskit.wording import Language, word


def read_markdown(
    text: str, *, file: str, language: Language = "de", first_line: int = 1
) -> Document:
    """The tree of a Markdown text whose first line is ``first_line`` of ``file``."""
    environment: dict[str, Any] = {}
    tokens = _parser(language).parse(text, environment)
    root = SyntaxTreeNode(tokens)
    return _TreeBuilder(file, language, first_line, environment).document(root)


def set_line(text: str, language: Language) -> str:
    """One line of plain text (a headline) with the quotation marks and spaces of a language."""
    token = _line_parser(language).parseInline(text)[0]
    return german.typography("".join(child.content for child in token.children or ()), language)


@cache
def _parser(language: Language) -> MarkdownIt:
    options = {"typographer": True, "quotes": word("quote_marks", language), "html": False}
    parser = MarkdownIt("commonmark", options).enable(["table", "smartquotes"])
    parser.use(footnote_plugin, inline=False)
    parser.block.ruler.at(
        "list", _list_unless_date, {"alt": ["paragraph", "reference", "blockquote"]}
    )
    return parser


@cache
def _line_parser(language: Language) -> MarkdownIt:
    options = {"typographer": True, "quotes": word("quote_marks", language)}
    return MarkdownIt("zero", options).enable("smartquotes")


_LIST_NUMBER = re.compile(r"\s*(\d{1,9})\. ")


def _list_unless_date(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Markdown's list rule, but a date or a lone ordinal at a line's start is running text."""
    line = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
    if german.begins_with_date(line) or (not silent and _is_lone_ordinal(state, line, start, end)):
        return False
    return list_block(state, start, end, silent)


def _is_lone_ordinal(state: StateBlock, line: str, start: int, end: int) -> bool:
    """Whether ``25. Hauptversammlung`` opens a sentence: no item 26 comes after it."""
    found = _LIST_NUMBER.match(line)
    if not found or int(found[1]) in (0, 1):
        return False
    following = f"{int(found[1]) + 1}. "
    lines = (state.src[state.bMarks[n] : state.eMarks[n]].lstrip() for n in range(start + 1, end))
    return not any(each.startswith((following, found[0].lstrip())) for each in lines)


class _TreeBuilder:
    """Turns the parser's nodes into the tree, one method a family of nodes."""

    def __init__(
        self, file: str, language: Language, first_line: int, environment: dict[str, Any]
    ) -> None:
        self._file = file
        self._language = language
        self._first_line = first_line
        self._environment = environment
        self._notes: dict[int, SyntaxTreeNode] = {}
        self._open_notes: list[int] = []
        self._line = first_line

    def document(self, root: SyntaxTreeNode) -> Document:
        body = [node for node in root.children if node.type != "footnote_block"]
        for block in root.children:
            if block.type == "footnote_block":
                self._notes = {note.meta["id"]: note for note in block.children}
        self._refuse_unused_notes()
        return Document(self.blocks(body))

    def _refuse_unused_notes(self) -> None:
        for label, number in self._environment.get("footnotes", {}).get("refs", {}).items():
            if number < 0:
                raise self.refuse(
                    "the footnote {label!r} is written but nothing refers to it.",
                    "Set “[^{label}]” where it belongs, or remove it.",
                    label=label.lstrip(":"),
                )

    def refuse(self, sentence: str, remedy: str, **facts: object) -> DraftError:
        return DraftError(sentence, remedy=remedy, place=Place(self._file, self._line), **facts)

    # blocks

    def blocks(self, nodes: Sequence[SyntaxTreeNode]) -> tuple[Block, ...]:
        return tuple(self._block(node) for node in nodes)

    def _block(self, node: SyntaxTreeNode) -> Block:
        if node.map:
            self._line = node.map[0] + self._first_line
        build = _BLOCKS.get(node.type)
        if build is None:
            raise self.refuse("a {kind!r} cannot be read.", "Write it plainly.", kind=node.type)
        return build(self, node, self._line)

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
        return OrderedList(self._items(node), start=int(node.attrs.get("start", 1)), line=line)

    def _items(self, node: SyntaxTreeNode) -> tuple[ListItem, ...]:
        items = []
        for item in node.children:
            line = item.map[0] + self._first_line if item.map else self._line
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
                return Text(node.content)
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
                alt = "".join(child.content for child in node.walk() if child.type == "text")
                return Image(str(node.attrs["src"]), alt, str(node.attrs.get("title", "")))
            case "footnote_ref":
                return self._footnote(node.meta["id"])
            case other:
                raise self.refuse("a {kind!r} cannot be read.", "Write it plainly.", kind=other)

    def _link(self, node: SyntaxTreeNode) -> Inline:
        target = str(node.attrs["href"])
        title = str(node.attrs.get("title", ""))
        return Link(self.inlines(node, as_typed=node.info == "auto"), target, title)

    def _footnote(self, number: int) -> Inline:
        if number in self._open_notes:
            raise self.refuse("a footnote refers to itself.", "Remove the mark inside the note.")
        self._open_notes.append(number)
        note = Footnote(self.blocks(self._notes[number].children))
        self._open_notes.pop()
        return note


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
