"""The tree as HTML: what each piece means, without dress, for the mail and for the page."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

from presskit.document import (
    Alignment,
    Block,
    BulletList,
    Cell,
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
    Strong,
    Table,
    Text,
    ThematicBreak,
)
from presskit.errors import Place, UnsupportedError

SCHEMES = ("http", "https", "mailto", "tel")

# What neither HTML nor XML can carry: control characters, lone surrogates, two non-characters.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def to_html(blocks: tuple[Block, ...]) -> Markup:
    """The blocks as an HTML fragment; the footnotes follow as a numbered list at its end.

    Pictures, links within links, and links other than to the web, to mail and to telephones are
    refused with :class:`UnsupportedError`.
    """
    return _Fragment().write(blocks)


def place(line: int) -> Place | None:
    """Where in the text a fault stands; None where its line is not known."""
    return Place("text", line) if line else None


def no_picture(source: str, line: int) -> UnsupportedError:
    """The refusal of a picture, shared by the formats of an e-mail."""
    return UnsupportedError(
        "an e-mail cannot carry the picture {source!r} yet.",
        remedy="Name it under attachments instead.",
        place=place(line),
        source=source,
    )


def check_characters(text: str, line: int = 0) -> str:
    """The text itself, or a refusal where it holds a character that no page can show."""
    found = _UNWRITABLE.search(text)
    if found:
        raise UnsupportedError(
            "the text holds the control character U+{code}, which no e-mail and no page can show.",
            remedy="Delete it; it often comes along when text is copied out of a PDF.",
            place=place(line),
            code=f"{ord(found[0]):04X}",
        )
    return text


def check_target(target: str, line: int) -> None:
    """Refuse a link that leads neither to the web, nor to mail, nor to a telephone."""
    if target.partition(":")[0].lower() not in SCHEMES or ":" not in target:
        raise _bad_link("a link to {target!r} cannot be followed by its readers.", target, line)


def _bad_link(sentence: str, target: str, line: int) -> UnsupportedError:
    return UnsupportedError(
        sentence,
        remedy="Give each link one address that begins with https://, mailto: or tel:.",
        place=place(line),
        target=target,
    )


class _Fragment:
    """One fragment being written: its footnotes so far, and where in the text the pen is."""

    def __init__(self) -> None:
        self._notes: list[Footnote] = []
        self._line = 0
        self._in_link = False

    def write(self, blocks: tuple[Block, ...]) -> Markup:
        text = self._blocks(blocks)
        return Markup(text + self._note_list())  # noqa: S704 - every leaf went through _text

    def _blocks(self, blocks: tuple[Block, ...]) -> str:
        return "\n".join(self._block(block) for block in blocks)

    def _block(self, block: Block) -> str:
        self._line = block.line or self._line
        match block:
            case Paragraph(children):
                return f"<p>{self._inlines(children)}</p>"
            case Heading(level, children):
                return f"<h{level}>{self._inlines(children)}</h{level}>"
            case Quote(children):
                return f"<blockquote>\n{self._blocks(children)}\n</blockquote>"
            case BulletList(items):
                return f"<ul>\n{self._items(items)}\n</ul>"
            case OrderedList(items, start):
                first = "" if start == 1 else f' start="{start}"'
                return f"<ol{first}>\n{self._items(items)}\n</ol>"
            case Table():
                return self._table(block)
            case CodeBlock(content):
                return f"<pre><code>{self._text(content)}</code></pre>"
            case ThematicBreak():
                return "<hr>"

    def _items(self, items: tuple[ListItem, ...]) -> str:
        return "\n".join(f"<li>{self._item(item)}</li>" for item in items)

    def _item(self, item: ListItem) -> str:
        """The blocks of an item; a single paragraph goes without its element, as in tight lists."""
        self._line = item.line or self._line
        paragraphs = [each for each in item.children if isinstance(each, Paragraph)]
        if len(paragraphs) != 1:
            return self._blocks(item.children)
        return "\n".join(
            self._inlines(each.children) if isinstance(each, Paragraph) else self._block(each)
            for each in item.children
        )

    def _table(self, table: Table) -> str:
        head = self._row(table.header, table.alignments, 'th scope="col"')
        rows = "\n".join(self._row(row, table.alignments, "td") for row in table.rows)
        body = f"\n<tbody>\n{rows}\n</tbody>" if rows else ""
        # The division lets a wide table scroll on a narrow screen, instead of the whole mail.
        return f'<div class="table">\n<table>\n<thead>\n{head}\n</thead>{body}\n</table>\n</div>'

    def _row(self, row: tuple[Cell, ...], alignments: tuple[Alignment, ...], tag: str) -> str:
        name = tag[:2]
        cells = "".join(
            f"<{tag}{_aligned(alignment)}>{self._inlines(cell)}</{name}>"
            for cell, alignment in zip(row, alignments, strict=True)
        )
        return f"<tr>{cells}</tr>"

    def _inlines(self, children: tuple[Inline, ...]) -> str:
        return "".join(self._inline(child) for child in children)

    def _inline(self, node: Inline) -> str:
        match node:
            case Text(content):
                return self._text(content)
            case Emphasis(children):
                return f"<em>{self._inlines(children)}</em>"
            case Strong(children):
                return f"<strong>{self._inlines(children)}</strong>"
            case Link():
                return self._link(node)
            case Code(content):
                return f"<code>{self._text(content)}</code>"
            case LineBreak():
                return "<br>\n"
            case Image(source):
                raise no_picture(source, self._line)
            case Footnote():
                return self._mark(node)

    def _link(self, link: Link) -> str:
        if self._in_link:
            raise _bad_link(
                "a link to {target!r} stands within another link.", link.target, self._line
            )
        check_target(link.target, self._line)
        title = f' title="{self._text(link.title)}"' if link.title else ""
        self._in_link = True
        words = self._inlines(link.children)
        self._in_link = False
        target = self._text(link.target)
        return f'<a href="{target}"{title}>{words if words.strip() else target}</a>'

    def _mark(self, note: Footnote) -> str:
        self._notes.append(note)
        number = len(self._notes)
        # HTML has no link within a link; the number alone still finds its note.
        mark = f"{number}" if self._in_link else f'<a href="#note-{number}">{number}</a>'
        return f'<sup class="note">{mark}</sup>'

    def _note_list(self) -> str:
        """The notes in the order of their marks; a note may bring notes of its own."""
        items: list[str] = []
        while len(items) < len(self._notes):
            note = ListItem(self._notes[len(items)].children)
            items.append(f'<li id="note-{len(items) + 1}">{self._item(note)}</li>')
        listed = "\n".join(items)
        return f'\n<ol class="notes">\n{listed}\n</ol>' if items else ""

    def _text(self, content: str) -> str:
        lines = content.replace("\r\n", "\n").replace("\r", "\n")
        return str(escape(check_characters(lines, self._line)))


def _aligned(alignment: Alignment) -> str:
    return f' style="text-align:{alignment}"' if alignment else ""
