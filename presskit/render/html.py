"""The tree as HTML: what each piece means, without dress, for the mail and for the page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from markupsafe import Markup, escape

from presskit import german
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
    figure,
)
from presskit.errors import Place, UnsupportedError
from presskit.wording import Language, word

SCHEMES = ("http", "https", "mailto", "tel")

# What neither HTML nor XML can carry: control characters, lone surrogates, two non-characters.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


Medium = Literal["page", "mail"]

# Word, which shows mail in Outlook, knows margins and borders of cells only.
_FRAME = 'role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"'


@dataclass(frozen=True)
class Shown:
    """How a picture is shown: the address of its file, and its size in CSS pixels."""

    address: str
    width: int
    height: int


def to_html(
    blocks: tuple[Block, ...],
    pictures: Mapping[str, Shown] = MappingProxyType({}),
    medium: Medium = "page",
    language: Language = "de",
) -> Markup:
    """The blocks as an HTML fragment; the footnotes follow as a numbered list at its end.

    ``pictures`` says of each picture's source how it is shown. In a mail, what needs a margin or a
    background stands in a table's cell. Web and mail addresses in running text become links. Links
    within links, and links other than to the web, to mail and to telephones are refused with
    :class:`UnsupportedError`, and so are pictures that are not there.
    """
    return _Fragment(pictures, medium, language).write(blocks)


def place(line: int) -> Place | None:
    """Where in the text a fault stands; None where its line is not known."""
    return Place("text", line) if line else None


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

    def __init__(self, pictures: Mapping[str, Shown], medium: Medium, language: Language) -> None:
        self._pictures = pictures
        self._language = language
        self._for_mail = medium == "mail"
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
                image = figure(block)
                return self._figure(image) if image else f"<p>{self._inlines(children)}</p>"
            case Heading(level, children):
                return f"<h{level}>{self._inlines(children)}</h{level}>"
            case Quote(children):
                quoted = f"<blockquote>\n{self._blocks(children)}\n</blockquote>"
                return self._framed("quote", quoted)
            case BulletList(items):
                return f"<ul>\n{self._items(items)}\n</ul>"
            case OrderedList(items, start):
                first = "" if start == 1 else f' start="{start}"'
                return f"<ol{first}>\n{self._items(items)}\n</ol>"
            case Table():
                return self._table(block)
            case CodeBlock(content):
                return self._framed("code", f"<pre><code>{self._text(content)}</code></pre>")
            case ThematicBreak():
                return "<hr>"

    def _framed(self, name: str, content: str) -> str:
        """What has a margin, a rule or a ground of its own; in a mail, a table's cell."""
        if not self._for_mail:
            return content
        return self._frame(f'<tr><td class="{name}">{content}</td></tr>')

    def _frame(self, rows: str) -> str:
        """A table of one column; its last row keeps a distance, for Outlook knows no other way."""
        gap = '<tr><td class="gap">\N{NO-BREAK SPACE}</td></tr>'
        return f'<table class="frame" {_FRAME}>\n{rows}\n{gap}\n</table>'

    def _figure(self, image: Image) -> str:
        """A picture on its own, with its caption."""
        picture = self._image(image)
        caption = self._text(image.title)
        if self._for_mail:
            below = f'\n<tr><td class="caption">{caption}</td></tr>' if caption else ""
            row = f'<tr><td class="picture">{picture}</td></tr>'
            return self._frame(f"{row}{below}")
        below = f"\n<figcaption>{caption}</figcaption>" if caption else ""
        return f"<figure>\n{picture}{below}\n</figure>"

    def _image(self, image: Image, title: str = "") -> str:
        shown = self._pictures.get(image.source)
        if shown is None:
            raise UnsupportedError(
                "the picture {source!r} is not there.",
                remedy="Put it beside the draft, or take it out of the text.",
                place=place(self._line),
                source=image.source,
            )
        address, words = self._text(shown.address), self._text(image.alt)
        size = f'width="{shown.width}" height="{shown.height}"'
        return f'<img src="{address}" alt="{words}" {size}{title}>'

    def _items(self, items: tuple[ListItem, ...]) -> str:
        return "\n".join(f"<li>{self._item(item)}</li>" for item in items)

    def _item(self, item: ListItem) -> str:
        """The blocks of an item; a single paragraph goes without its element, as in tight lists."""
        self._line = item.line or self._line
        paragraphs = [each for each in item.children if isinstance(each, Paragraph)]
        if len(paragraphs) != 1 or figure(paragraphs[0]):
            return self._blocks(item.children)
        return "\n".join(
            self._inlines(each.children) if isinstance(each, Paragraph) else self._block(each)
            for each in item.children
        )

    def _table(self, table: Table) -> str:
        head = self._row(table.header, table.alignments, 'th scope="col"')
        rows = "\n".join(self._row(row, table.alignments, "td") for row in table.rows)
        body = f"\n<tbody>\n{rows}\n</tbody>" if rows else ""
        # The division lets a wide table scroll on a narrow screen, instead of the whole text; on
        # a page the keyboard has to reach it for that.
        spacing = ' cellpadding="0" cellspacing="0" border="0"' if self._for_mail else ""
        table_ = f'<table class="data"{spacing}>\n<thead>\n{head}\n</thead>{body}\n</table>'
        reach = "" if self._for_mail else ' tabindex="0"'
        return f'<div class="table"{reach}>\n{table_}\n</div>'

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
                return self._text(content) if self._in_link else self._running(content)
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
            case Image(title=title):
                return self._image(node, f' title="{self._text(title)}"' if title else "")
            case Footnote():
                return self._mark(node)

    def _running(self, content: str) -> str:
        """Running text; the addresses in it can be followed."""
        parts: list[str] = []
        end = 0
        for found in german.ADDRESS.finditer(content):
            written = found[0]
            scheme = "" if "://" in written else "mailto:" if "@" in written else "https://"
            target, words = self._text(scheme + written), self._text(written)
            parts += (self._text(content[end : found.start()]), f'<a href="{target}">{words}</a>')
            end = found.end()
        return "".join((*parts, self._text(content[end:])))

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
        role = "" if self._for_mail else ' role="doc-noteref"'
        mark = f"{number}" if self._in_link else f'<a href="#note-{number}"{role}>{number}</a>'
        name = "" if self._for_mail else f' id="mark-{number}"'
        return f'<sup class="note"{name}>{mark}</sup>'

    def _note_list(self) -> str:
        """The notes in the order of their marks; a note may bring notes of its own."""
        items: list[str] = []
        while len(items) < len(self._notes):
            number = len(items) + 1
            note = self._item(ListItem(self._notes[number - 1].children))
            items.append(f'<li id="note-{number}">{note}{self._way_back(number)}</li>')
        if not items:
            return ""
        listed = "\n".join(items)
        return "\n" + self._framed("endnotes", f'<ol class="notes">\n{listed}\n</ol>')

    def _way_back(self, number: int) -> str:
        """The link from a note to its mark; mail programs cannot be relied on to follow it."""
        if self._for_mail:
            return ""
        label = f"{word('back', self._language)} ({number})"
        target = f'href="#mark-{number}" role="doc-backlink" aria-label="{label}"'
        return f' <a class="back" {target}>↩</a>'

    def _text(self, content: str) -> str:
        lines = content.replace("\r\n", "\n").replace("\r", "\n")
        return str(escape(check_characters(lines, self._line)))


def _aligned(alignment: Alignment) -> str:
    return f' style="text-align:{alignment}"' if alignment else ""
