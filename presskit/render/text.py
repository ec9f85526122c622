"""Release -> plain text for mails: written from the tree, never from HTML.

Lines end with ``\\n`` and have 72 columns at most, unless one word alone is longer; an address is
never broken. Links are numbered ``[1]``, footnotes ``¹``; both are listed below the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from presskit.document import (
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
from presskit.german import NO_BREAK_SPACE
from presskit.letterhead import Association, fields
from presskit.release import Release
from presskit.render.columns import (
    BREAKABLE,
    aligned,
    columns,
    fold,
    hung,
    joined,
    records,
    underlined,
)
from presskit.render.house import House
from presskit.render.html import check_characters
from presskit.wording import Language, word

WIDTH = 72
_NARROWEST = 24  # deep lists and quotes get no narrower than this, but stick out to the right

_SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"


def render(release: Release, house: House) -> bytes:
    """The plain text of a release, UTF-8: letterhead, text, notes, addresses, imprint."""
    parts = [
        *_head(release, house.association),
        _text_lines(release.blocks(), WIDTH, release.draft.language),
        [_rule(WIDTH), *_imprint(house.association, release.draft.language)],
    ]
    text = joined(parts)
    return check_characters("\n".join(text) + "\n").encode()


def body_text(blocks: tuple[Block, ...], width: int = WIDTH, language: Language = "de") -> str:
    """The blocks as wrapped text, with their notes and addresses below; no line end at its end.

    Of a picture its words are shown, as ``[Bild: …]``, and its caption below.
    """
    return "\n".join(_text_lines(blocks, width, language))


# What stands around the text


def _head(release: Release, association: Association) -> list[list[str]]:
    field = {tag.removeprefix("press."): text for tag, text in fields(release, association).items()}
    return [
        _folded([field["kind"].upper(), field["association.name"]]),
        _folded(_contact(field)),
        _folded([field["reference_line"], field["date"]]),
        _folded([field["embargo"]]),
        [*_folded([field["kicker"]]), *underlined(fold(field["title"], WIDTH), "=")],
    ]


def _contact(field: Mapping[str, str]) -> Iterator[str]:
    yield from (field["sender.office"], field["contact.role"], field["contact.name"])
    for letter, name in (("E", "contact.email"), ("T", "contact.phone"), ("F", "contact.fax")):
        if field[name]:
            yield f"{letter} {field[name]}"


def _imprint(association: Association, language: Language) -> list[str]:
    labelled = (
        ("phone", association.phone),
        ("fax", association.fax),
        ("email", association.email),
        ("", association.web),
        ("", association.register),
        ("represented_by", association.represented_by),
        ("responsible", association.responsible),
    )
    name = ", ".join(part for part in (association.name, association.legal_form) if part)
    lines = [
        f"{word(label, language)}: {text}" if label else text for label, text in labelled if text
    ]
    return _folded([name, *association.address, *lines])


def _folded(texts: Iterable[str]) -> list[str]:
    return [line for text in texts if text for line in fold(text, WIDTH)]


def _rule(width: int) -> str:
    return "-" * width


# The text itself


def _text_lines(blocks: tuple[Block, ...], width: int, language: Language) -> list[str]:
    writer = _Writer(language)
    text = writer.blocks(blocks, width)
    notes = writer.notes(width)
    addresses = writer.addresses()
    rule = [_rule(width)] if notes or addresses else []
    return joined([text, rule, notes, addresses])


class _Writer:
    """A text being written: its addresses and footnotes so far, and where the pen is."""

    def __init__(self, language: Language) -> None:
        self._picture = word("picture", language)
        self._addresses: dict[str, int] = {}
        self._notes: list[Footnote] = []
        self._line = 0

    def blocks(self, blocks: tuple[Block, ...], width: int) -> list[str]:
        return joined([self._block(block, max(width, _NARROWEST)) for block in blocks])

    def notes(self, width: int) -> list[str]:
        """The footnotes in the order of their marks; a note may bring notes of its own."""
        lines: list[str] = []
        number = 0
        while number < len(self._notes):
            number += 1
            mark = f"{_superscript(number)} "
            note = self.blocks(self._notes[number - 1].children, width - len(mark))
            lines += hung(mark, note)
        return lines

    def addresses(self) -> list[str]:
        return [f"[{number}] {address}" for address, number in self._addresses.items()]

    def _block(self, block: Block, width: int) -> list[str]:
        self._line = block.line or self._line
        match block:
            case Paragraph(children):
                image = figure(block)
                caption = fold(self._plain(image.title), width) if image and image.title else []
                return [*fold(self._words(children), width), *caption]
            case Heading(level, children):
                return underlined(fold(self._words(children), width), "-" if level == 2 else "~")
            case Quote(children):
                return [f"> {line}".rstrip() for line in self.blocks(children, width - 2)]
            case BulletList(items):
                return self._list(items, ["- "] * len(items), width)
            case OrderedList(items, start):
                return self._list(items, _numbers(start, len(items)), width)
            case Table():
                return self._table(block, width)
            case CodeBlock(content):
                return [line.rstrip() for line in self._checked(content).splitlines()]
            case ThematicBreak():
                return ["* * *"]

    def _list(self, items: tuple[ListItem, ...], marks: list[str], width: int) -> list[str]:
        parts = [
            hung(mark, self._item(item, width - len(mark)))
            for item, mark in zip(items, marks, strict=True)
        ]
        if all(_is_tight(item) for item in items):
            return [line for part in parts for line in part]
        return joined(parts)

    def _item(self, item: ListItem, width: int) -> list[str]:
        self._line = item.line or self._line
        if not _is_tight(item):
            return self.blocks(item.children, width)
        return [line for each in item.children for line in self.blocks((each,), width)]

    def _table(self, table: Table, width: int) -> list[str]:
        header, *rows = [self._cells(row) for row in (table.header, *table.rows)]
        widths = [max(map(columns, column)) for column in zip(header, *rows, strict=True)]
        if sum(widths) + 2 * (len(widths) - 1) > width:
            return records(header, rows, width)
        return aligned(header, rows, widths, table.alignments)

    def _cells(self, row: tuple[Cell, ...]) -> list[str]:
        return [" ".join(BREAKABLE.split(self._words(cell))).strip() for cell in row]

    def _words(self, children: tuple[Inline, ...]) -> str:
        """The words of some inlines; the only line ends among them are the forced ones."""
        text = ""
        for child in children:
            text += self._inline(child, text)
        return text

    def _inline(self, node: Inline, before: str) -> str:
        match node:
            case Text(content) | Code(content):
                return self._plain(content)
            case Emphasis(children) | Strong(children):
                return self._words(children)
            case Link(children, target):
                return self._link(self._words(children), target)
            case LineBreak():
                return "\n"
            case Image(alt=alt):
                return f"[{self._picture}: {self._plain(alt)}]"
            case Footnote():
                self._notes.append(node)
                # m² with note 1 must not become m²¹
                space = NO_BREAK_SPACE if before.endswith(tuple(_SUPERSCRIPTS)) else ""
                return space + _superscript(len(self._notes))

    def _link(self, words: str, target: str) -> str:
        address = re.sub(r"\s", "%20", self._checked(target))
        if not words.strip():
            return _without_scheme(address)
        if _tells(words, address):
            return words
        number = self._addresses.setdefault(_without_scheme(address), len(self._addresses) + 1)
        return f"{words}{NO_BREAK_SPACE}[{number}]"

    def _plain(self, content: str) -> str:
        return BREAKABLE.sub(" ", self._checked(content))

    def _checked(self, content: str) -> str:
        return check_characters(content.replace("\r\n", "\n").replace("\r", "\n"), self._line)


def _tells(words: str, address: str) -> bool:
    """Whether the words of a link already are its address or its telephone number."""
    scheme, _, rest = address.partition(":")
    if scheme == "tel":
        digits = re.sub(r"\D", "", words).lstrip("0")
        return bool(digits) and re.sub(r"\D", "", rest).endswith(digits)
    return _bare(words) == _bare(address)


def _bare(address: str) -> str:
    return re.sub(r"^(?:https?://|mailto:)", "", address.strip().casefold()).rstrip("/")


def _without_scheme(address: str) -> str:
    return re.sub(r"^(?:mailto|tel):", "", address)


def _superscript(number: int) -> str:
    return "".join(_SUPERSCRIPTS[int(digit)] for digit in str(number))


def _is_tight(item: ListItem) -> bool:
    """Whether an item is one paragraph and at most lists, and so needs no blank lines."""
    first, rest = item.children[:1], item.children[1:]
    return all(isinstance(each, Paragraph | BulletList | OrderedList) for each in first) and all(
        isinstance(each, BulletList | OrderedList) for each in rest
    )


def _numbers(start: int, count: int) -> list[str]:
    marks = [f"{number}. " for number in range(start, start + count)]
    widest = max(map(len, marks), default=0)
    return [mark.ljust(widest) for mark in marks]
