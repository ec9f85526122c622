"""The tree of :mod:`presskit.document` -> Markdown that :mod:`presskit.intake.markdown` reads.

Each block is read again after it is written: what Markdown could not carry as it was (a line break
in a cell, emphasis in the midst of a word) is told, never lost without a word.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from presskit.document import (
    Block,
    BulletList,
    Cell,
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
    Strong,
    Table,
    Text,
    ThematicBreak,
    to_json,
)
from presskit.errors import DraftError
from presskit.intake.markdown import read_markdown
from presskit.wording import Language

_SPECIAL = re.compile(r"([\\`*_\[\]<>|~^&])")
_LINE_START = re.compile(r"^([#+=-]|\d{1,9}(?=[.)]))")
_SPACES = re.compile(" +")
_BLANKS = re.compile(r"[ \t\n\r]+")
_RULES = {"left": ":--", "center": ":-:", "right": "--:", "": "---"}


@dataclass(frozen=True)
class WrittenMarkdown:
    """The Markdown of a tree; ``changed`` are the beginnings of blocks it cannot carry whole."""

    text: str
    changed: tuple[str, ...] = ()


def write_markdown(document: Document, language: Language = "de") -> WrittenMarkdown:
    """Write a tree; the words are the same when it is read again."""
    writer = _Writer()
    pieces: list[str] = []
    changed: list[str] = []
    before: Block | None = None
    for block in document.blocks:
        piece = "\n".join(writer.block(block, after=before))
        before = block
        if not piece.strip():
            continue
        pieces.append(piece)
        if not _comes_back(block, language):
            changed.append(" ".join(piece.split())[:60])
    notes = list(writer.notes())
    text = "\n\n".join((*pieces, *notes)) + "\n" * bool(pieces)
    return WrittenMarkdown(text, tuple(changed))


def _comes_back(block: Block, language: Language) -> bool:
    """Whether a block is the same when it is read again by itself."""
    writer = _Writer()
    text = "\n\n".join(("\n".join(writer.block(block)), *writer.notes()))
    try:
        again = read_markdown(text, file="", language=language)
    except DraftError:
        return False
    return _set_plainly(again) == _set_plainly(Document((block,)))


# What the reader's typography sets by itself: no-break spaces, dashes, quotation marks.
_MARKS = dict.fromkeys('„“”‚‘’"', "'")
_TYPOGRAPHY = str.maketrans({"\xa0": " ", "\u202f": " ", "–": "-", "‑": "-", **_MARKS})


def _set_plainly(document: Document) -> str:
    text = json.dumps(to_json(document), ensure_ascii=False)
    return _SPACES.sub(" ", text.replace('\\"', "'").translate(_TYPOGRAPHY))


@dataclass
class _Writer:
    """Writes blocks as lines and keeps the footnotes for the end."""

    _notes: list[Footnote] = field(default_factory=list)

    def notes(self) -> Iterator[str]:
        """The footnotes, which may bring notes of their own."""
        number = 0
        while number < len(self._notes):
            lines = self._blocks(self._notes[number].children) or [""]
            number += 1
            yield "\n".join(_set_in(lines, f"[^{number}]: ", "    "))

    def block(self, block: Block, after: Block | None = None) -> list[str]:
        match block:
            case Paragraph(children):
                return self._lines(children)
            case Heading(level, children):
                words = " ".join(self._lines(children))
                return [f"{'#' * level} {words}"] if words.strip() else []
            case Quote(children):
                return [f"> {line}".rstrip() for line in self._blocks(children) or [""]]
            case BulletList(items):
                mark = "*" if isinstance(after, BulletList) else "-"
                return self._list([(item, f"{mark} ") for item in items])
            case OrderedList(items, start):
                sign = ")" if isinstance(after, OrderedList) else "."
                marks = (f"{start + number}{sign} " for number in range(len(items)))
                return self._list(list(zip(items, marks, strict=True)))
            case Table():
                return self._table(block)
            case CodeBlock(content, language):
                fence = "`" * max(3, 1 + _longest_ticks(content))
                return [f"{fence}{language}", *content.split("\n"), fence]
            case ThematicBreak():
                return ["***"]

    def _blocks(self, blocks: tuple[Block, ...]) -> list[str]:
        lines: list[str] = []
        before: Block | None = None
        for block in blocks:
            written = self.block(block, after=before)
            lines += [""] * bool(lines and written) + written
            before = block
        return lines

    def _list(self, items: list[tuple[ListItem, str]]) -> list[str]:
        loose = any(len(item.children) > 1 for item, _ in items)
        lines: list[str] = []
        for item, mark in items:
            lines += [""] * (loose and bool(lines))
            lines += _set_in(self._blocks(item.children) or [""], mark, " " * len(mark))
        return lines

    def _table(self, table: Table) -> list[str]:
        if not table.alignments:
            return []
        rule = "|".join(_RULES[each] for each in table.alignments)
        rows = [self._row(row) for row in (table.header, *table.rows)]
        return [rows[0], f"|{rule}|", *rows[1:]]

    def _row(self, row: tuple[Cell, ...]) -> str:
        cells = (" ".join(self._lines(cell, in_cell=True)).strip() for cell in row)
        return "| " + " | ".join(cells) + " |"

    def _lines(self, children: tuple[Inline, ...], *, in_cell: bool = False) -> list[str]:
        text = self._inlines(children).strip(" \n")
        lines = [_BLANKS.sub(" ", line).strip(" ") for line in text.split("\\\n")]
        if in_cell:
            return [" ".join(lines)]
        lines = [_LINE_START.sub(_escaped_start, line) for line in lines]
        return [*(f"{line}\\" for line in lines[:-1]), lines[-1]]

    def _inlines(self, children: tuple[Inline, ...]) -> str:
        return "".join(self._inline(child) for child in children)

    def _inline(self, node: Inline) -> str:
        match node:
            case Text(content):
                return _SPECIAL.sub(r"\\\1", content)
            case Emphasis((Strong(children),)):
                return _around(self._inlines(children), "***")
            case Strong((Emphasis(children),)):
                return _around(_around(self._inlines(children), "_"), "**")
            case Emphasis(children):
                return _around(self._inlines(children), "*")
            case Strong(children):
                return _around(self._inlines(children), "**")
            case Code(content):
                return _code(content)
            case Link():
                return self._link(node)
            case LineBreak():
                return "\\\n"
            case Image(source, alt, title):
                return f"![{_SPECIAL.sub(_escaped, alt)}]({_target(source)}{_title(title)})"
            case Footnote():
                self._notes.append(node)
                return f"[^{len(self._notes)}]"

    def _link(self, link: Link) -> str:
        if link.children == (Text(link.target),) and not link.title and ":" in link.target:
            return f"<{link.target}>"
        return f"[{self._inlines(link.children)}]({_target(link.target)}{_title(link.title)})"


def _escaped(found: re.Match[str]) -> str:
    return f"\\{found[0]}"


def _escaped_start(found: re.Match[str]) -> str:
    """A sign at a line's start that would make it a heading, a list or a rule."""
    return f"{found[0]}\\" if found[0].isdigit() else f"\\{found[0]}"


def _around(text: str, sign: str) -> str:
    """Text between two signs, blanks at its ends outside of them."""
    inner = text.strip(" ")
    if not inner:
        return text
    left = text[: len(text) - len(text.lstrip(" "))]
    right = text[len(text.rstrip(" ")) :]
    return f"{left}{sign}{inner}{sign}{right}"


def _code(content: str) -> str:
    if not content:
        return ""
    ticks = "`" * (1 + _longest_ticks(content) if "`" in content else 1)
    pad = " " if content.startswith(("`", " ")) or content.endswith(("`", " ")) else ""
    return f"{ticks}{pad}{content}{pad}{ticks}"


def _longest_ticks(content: str) -> int:
    return max((len(each) for each in re.findall("`+", content)), default=0)


def _target(target: str) -> str:
    return f"<{target}>" if re.search(r"[\s()<>]", target) or not target else target


def _title(title: str) -> str:
    quoted = title.replace("\\", "\\\\").replace('"', '\\"')
    return f' "{quoted}"' if title else ""


def _set_in(lines: list[str], first: str, others: str) -> list[str]:
    """Lines behind a mark; what follows stands as far in as the mark is wide."""
    rest = (f"{others}{line}".rstrip() if line else "" for line in lines[1:])
    return [f"{first}{lines[0]}".rstrip() if not lines[0] else f"{first}{lines[0]}", *rest]
