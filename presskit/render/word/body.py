"""The text of a release as Word's paragraphs and tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from presskit.document import (
    Block,
    BulletList,
    CodeBlock,
    Footnote,
    Heading,
    Image,
    Inline,
    ListItem,
    OrderedList,
    Paragraph,
    Quote,
    Table,
    ThematicBreak,
    figure,
    nodes,
    plain,
)
from presskit.ooxml.markup import STEP, Element, q, run, w
from presskit.render.word import tables
from presskit.render.word.footnotes import add_footnote
from presskit.render.word.inlines import Inlines
from presskit.render.word.manuscript import Manuscript

_POINT = 1 / 20  # a twip in points


@dataclass(frozen=True)
class Frame:
    """Where a block stands: its style by name, how far in, on which level of lists.

    ``marker`` is the list and level whose mark the next paragraph bears; ``loose`` says that items
    of the list have several paragraphs; ``below_table`` that the next one needs some space above.
    """

    style: str = ""
    indent: int = 0
    level: int = 0
    marker: tuple[int, int] | None = None
    loose: bool = False
    below_table: bool = False


class Body:
    """Writes blocks into one story of a manuscript; ``width`` is that of the text, in twips."""

    def __init__(self, manuscript: Manuscript, story: str, width: int) -> None:
        self._manuscript = manuscript
        self._width = width
        note = self._note if story == manuscript.document else None
        self._inlines = Inlines(manuscript, story, width * _POINT, note)

    def write(self, blocks: tuple[Block, ...], frame: Frame = Frame()) -> list[Element]:
        """The paragraphs and tables of some blocks; what has no words leaves no empty line."""
        written: list[Element] = []
        for block in blocks:
            added = list(self._block(block, frame))
            if not added:
                continue
            if tables.is_table(added[0]) and frame.below_table:
                written.append(tables.closing_paragraph())
            written += added
            frame = replace(frame, marker=None, below_table=tables.is_table(added[-1]))
        return written + [tables.closing_paragraph()] * frame.below_table

    def _block(self, block: Block, frame: Frame) -> Iterator[Element]:
        match block:
            case Paragraph() if image := figure(block):
                yield from self._figure(image, frame)
            case Paragraph(children):
                yield from self._paragraph(children, frame.style, frame)
            case Heading(level, children):
                yield from self._paragraph(children, f"heading {level}", frame)
            case CodeBlock(content):
                if content.strip():
                    yield self._code(content, frame)
            case Quote(children):
                indent = frame.indent + STEP
                yield from self.write(children, replace(frame, style="Quote", indent=indent))
            case _:
                yield from self._below_mark(block, frame)

    def _below_mark(self, block: Block, frame: Frame) -> Iterator[Element]:
        """A block that cannot bear the mark of a list's item: the mark has a line of its own."""
        if frame.marker:
            yield w("p", self._properties(frame.style, frame))
            frame = replace(frame, marker=None)
        match block:
            case BulletList(items):
                number = self._manuscript.numbering.new_list("bullet", frame.level)
                yield from self._list(items, number, frame)
            case OrderedList(items, start):
                number = self._manuscript.numbering.new_list("decimal", frame.level, start)
                yield from self._list(items, number, frame)
            case Table() if block.alignments:
                yield self._table(block, frame)
            case ThematicBreak():
                yield w("p", self._properties("Press Rule", frame))

    def _paragraph(
        self, children: tuple[Inline, ...], style: str, frame: Frame
    ) -> Iterator[Element]:
        if _has_words(children):
            inlines = self._inlines.narrower((self._width - frame.indent) * _POINT)
            yield w("p", self._properties(style, frame), *inlines.write(children))

    def _figure(self, image: Image, frame: Frame) -> Iterator[Element]:
        """A picture in a paragraph of its own, and its caption below it on the same page."""
        written = list(self._paragraph((image,), frame.style, frame))
        yield from written
        if image.title:
            _keep_with_next(written[-1])
            below = replace(frame, marker=None, below_table=False)
            yield w("p", self._properties("caption", below), run(image.title))

    def _code(self, content: str, frame: Frame) -> Element:
        style = "HTML Preformatted"
        return w("p", self._properties(style, frame), run(content.removesuffix("\n")))

    def _list(self, items: tuple[ListItem, ...], number: int, frame: Frame) -> Iterator[Element]:
        inside = replace(
            frame,
            style=frame.style or "List Paragraph",
            indent=frame.indent + STEP,
            level=frame.level + 1,
            marker=(number, frame.level),
            loose=any(_is_loose(item) for item in items),
        )
        for item in items:
            written = self.write(item.children, inside)
            yield from written or [w("p", self._properties(inside.style, inside))]
            inside = replace(inside, below_table=False)

    def _table(self, table: Table, frame: Frame) -> Element:
        widths = tables.column_widths(table, self._width - frame.indent)
        inlines = [self._inlines.narrower((each - tables.MARGINS) * _POINT) for each in widths]
        rows = [
            [
                w("p", self._properties("Press Table Text", jc=jc), *column.write(cell))
                for cell, jc, column in zip(row, table.alignments, inlines, strict=True)
            ]
            for row in (table.header, *table.rows)
        ]
        style = self._manuscript.styles.id_of("Press Table")
        return tables.table(rows, widths, style, frame.indent)

    def _note(self, footnote: Footnote) -> int:
        """Write a footnote into its part; its first paragraph begins with its mark."""
        story = self._manuscript.footnotes()
        note = add_footnote(self._manuscript.package.tree(story))
        body = Body(self._manuscript, story, self._width)
        note.extend(body.write(footnote.children, Frame(style="footnote text")))
        if not len(note) or tables.is_table(note[0]):
            note.insert(0, w("p", self._properties("footnote text")))
        style = self._manuscript.styles.id_of("footnote reference")
        mark = w("r", w("rPr", w("rStyle", val=style)), w("footnoteRef"))
        at = len(note[0].findall(q("w:pPr")))
        note[0][at:at] = [mark, run(" ")]
        return int(note.get(q("w:id"), "0"))

    def _properties(self, style: str, frame: Frame = Frame(), jc: str = "") -> Element | None:
        """The properties of a paragraph, in the order of the schema; None where it has none."""
        properties = w(
            "pPr",
            w("pStyle", val=self._manuscript.styles.id_of(style)) if style else None,
            _list_mark(frame),
            w("spacing", before=160) if frame.below_table and _is_close(style) else None,
            _indent(style, frame),
            w("contextualSpacing", val=0) if frame.loose and style == "List Paragraph" else None,
            w("jc", val=jc) if jc else None,
        )
        return properties if len(properties) else None


def _keep_with_next(paragraph: Element) -> None:
    properties = paragraph.find(q("w:pPr"))
    if properties is None:
        properties = w("pPr")
        paragraph.insert(0, properties)
    at = len(properties.findall(q("w:pStyle")))
    properties.insert(at, w("keepNext"))


def _list_mark(frame: Frame) -> Element | None:
    if frame.marker is None:
        return None
    number, level = frame.marker
    return w("numPr", w("ilvl", val=level), w("numId", val=number))


def _indent(style: str, frame: Frame) -> Element | None:
    """How far in a paragraph stands, said only where its style or its list does not say so."""
    if frame.marker is not None:
        if frame.indent == STEP * (frame.marker[1] + 1):
            return None
        return w("ind", left=frame.indent, hanging=STEP)
    usual = STEP if style == "Quote" else 0
    return None if frame.indent == usual else w("ind", left=frame.indent)


def _is_close(style: str) -> bool:
    """Whether a paragraph has no space of its own above it."""
    return not style.startswith("heading")


def _is_loose(item: ListItem) -> bool:
    return sum(not isinstance(block, BulletList | OrderedList) for block in item.children) > 1


def _has_words(children: tuple[Inline, ...]) -> bool:
    seen = any(isinstance(node, Footnote | Image) for node in nodes(Paragraph(children)))
    return seen or bool(plain(children).strip())
