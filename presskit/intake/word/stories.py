"""The blocks of one story of a Word file (its text, a note, a cell, a box), one after another.

Word knows no lists and no quotations, only paragraphs with marks, indents and styles. Each
paragraph becomes a :class:`Line`; :mod:`presskit.intake.word.assembly` makes a tree of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from presskit.document import Block, LineBreak, Paragraph, Text, plain
from presskit.intake.word.assembly import Kind, Line, assembled
from presskit.intake.word.numbering import left_indent
from presskit.intake.word.paragraphs import ParagraphReader
from presskit.intake.word.reader import WordFile
from presskit.intake.word.runs import Leaf, dressed, trimmed, words
from presskit.intake.word.tables import is_layout, rows_of, table_of
from presskit.ooxml.controls import tagged
from presskit.ooxml.markup import Element, q, value

_THROUGH = tuple(q(f"w:{name}") for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo"))
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_TYPED_ITEM = re.compile(r"(?:[-–—•·▪*]\s+|\d{1,2}[.)]\s+|[a-z]\)\s+)\S")
_LONGEST_HEADING = 90
_DEEPEST = 40


def read_story(file: WordFile, story: str, parent: Element, depth: int = 0) -> tuple[Block, ...]:
    """The tree of all that stands below an element of a story."""
    return assembled(list(_Story(file, story, depth).lines(parent)))


class _Story:
    def __init__(self, file: WordFile, story: str, depth: int) -> None:
        self._file = file
        self._story = story
        self._depth = depth
        self._paragraphs = ParagraphReader(file, story)

    def lines(self, parent: Element) -> Iterator[Line]:
        for node in parent:
            if node.tag == q("w:p"):
                yield from self._paragraph(node)
            elif node.tag == q("w:tbl"):
                yield from self._table(node)
            elif node.tag in _THROUGH:
                yield from self.lines(node)
            elif node.tag == f"{_MC}AlternateContent":
                chosen = node.find(f"{_MC}Choice")
                yield from self.lines(chosen) if chosen is not None else ()
            elif node.tag == q("w:altChunk"):
                self._file.note("object")

    def _paragraph(self, node: Element) -> Iterator[Line]:
        properties = node.find(q("w:pPr"))
        found = self._paragraphs.read(node)
        identity = "" if properties is None else value(properties.find(q("w:pStyle")))
        code = self._file.styles.is_code(identity)
        leaves = found.leaves if code else trimmed(found.leaves)
        line = self._line(properties, identity, leaves, code=code)
        if _has_words(leaves) or line.mark is not None:
            self._hint(line, leaves)
            yield line
        elif self._file.styles.named(identity, "press rule", "horizontal line") or _is_rule(
            properties
        ):
            yield Line(kind="rule")
        for block in found.boxes:
            yield Line(kind="block", block=block)

    def _line(
        self, properties: Element | None, identity: str, leaves: list[Leaf], *, code: bool
    ) -> Line:
        styles = self._file.styles
        number = None if properties is None else properties.find(q("w:numPr"))
        if number is None and identity:
            number = styles.first(identity, "w:pPr/w:numPr")
        mark = self._file.numbering.mark(number)
        direct = None if properties is None else properties.find(q("w:ind"))
        by_style = left_indent(styles.first(identity, "w:pPr/w:ind")) if identity else 0
        indent = left_indent(direct) if direct is not None else by_style
        if direct is None and mark is not None:
            indent = mark.indent
        level = 0 if mark is not None else styles.heading(properties)
        kind: Kind = "paragraph"
        self._file.top_headings += level == 1
        if code:
            kind = "code"
        elif level:
            kind = "heading"
        elif styles.named(identity, "caption"):
            kind = "caption"
        quoted = styles.is_quote(identity)
        return Line(
            kind=kind,
            inlines=dressed(leaves),
            text=words(leaves) if code else "",
            level=level,
            mark=mark,
            indent=indent,
            quote=self._depth_of_quote(indent, by_style) if quoted else 0,
        )

    def _depth_of_quote(self, indent: int, by_style: int) -> int:
        step = by_style or 425
        return max(1, round(indent / step)) if step > 0 else 1

    def _hint(self, line: Line, leaves: list[Leaf]) -> None:
        """Note what was made to look like a heading or a list by hand."""
        text = words(leaves).strip()
        if line.kind != "paragraph" or line.mark is not None:
            if line.mark is not None and line.mark.format not in ("bullet", "decimal", "none", ""):
                self._file.note("list-numbers")
            return
        written = [
            each for each in leaves if isinstance(each.inline, Text) and each.inline.content.strip()
        ]
        if written and all(each.strong for each in written) and len(text) <= _LONGEST_HEADING:
            if "\n" not in text and not text.endswith((".", ",", ":", ";")):
                self._file.note("manual-heading", text)
        elif _TYPED_ITEM.match(text):
            self._file.note("manual-list", text)

    def _table(self, node: Element) -> Iterator[Line]:
        if self._depth > _DEEPEST:
            text = " ".join(each.text or "" for each in node.iter(q("w:t")))
            yield Line(kind="block", block=Paragraph((Text(text),)))
            return
        rows = rows_of(node)
        if is_layout(rows) or any(True for _ in tagged(node)):
            for row in rows:
                for cell in row:
                    yield from _Story(self._file, self._story, self._depth + 1).lines(cell)
            return
        indent = node.find(f"{q('w:tblPr')}/{q('w:tblInd')}")
        written = None if indent is None else indent.get(q("w:w"))
        table = table_of(self._file, rows, self._cell)
        inset = (
            int(float(written)) if written and written.lstrip("-").replace(".", "").isdigit() else 0
        )
        yield Line(kind="block", block=table, indent=inset, is_table=True)

    def _cell(self, cell: Element) -> tuple[tuple[Leaf, ...], str]:
        """What a cell holds, its paragraphs divided by line breaks, and how it is aligned."""
        leaves: list[Leaf] = []
        aligned = ""
        reader = ParagraphReader(self._file, self._story)
        for number, node in enumerate(_paragraphs_of(cell)):
            properties = node.find(q("w:pPr"))
            if number == 0 and properties is not None:
                aligned = value(properties.find(q("w:jc")))
            found = trimmed(reader.read(node).leaves)
            if found and leaves:
                leaves.append(Leaf(LineBreak()))
            leaves += found
        if next(cell.iter(q("w:tbl")), None) is not None:
            self._file.note("inner-table")
        return tuple(leaves), aligned


def _paragraphs_of(cell: Element) -> Iterator[Element]:
    """Every paragraph of a cell, also those of tables within it; boxes are not looked into."""
    for node in cell.iter(q("w:p")):
        around = next(node.iterancestors(q("w:txbxContent"), q("w:tc")), None)
        if around is None or around.tag == q("w:tc"):
            yield node


def _has_words(leaves: list[Leaf]) -> bool:
    return any(not isinstance(each.inline, Text | LineBreak) for each in leaves) or bool(
        plain(tuple(each.inline for each in leaves)).strip()
    )


def _is_rule(properties: Element | None) -> bool:
    """Whether an empty paragraph is there for the line below it."""
    return properties is not None and properties.find(f"{q('w:pBdr')}/{q('w:bottom')}") is not None
