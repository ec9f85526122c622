"""Cases a press officer can edit: a draft, a line of ``=====``, the paragraphs as they are read.

Each line of the second part is one block of the tree; blanks that do not break show as ``~``.
"""

from __future__ import annotations

from pathlib import Path

import pytest

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
    Strong,
    Table,
    Text,
    ThematicBreak,
)
from presskit.errors import DraftError
from presskit.intake.head import split_draft
from presskit.intake.markdown import read_markdown, set_line

CASES = sorted(Path(__file__).parent.glob("*.txt"))


def line_of(children: tuple[Inline, ...]) -> str:
    return "".join(_inline(child) for child in children)


def _inline(node: Inline) -> str:
    match node:
        case Text(content):
            return content
        case Emphasis(children):
            return f"<em>{line_of(children)}</em>"
        case Strong(children):
            return f"<b>{line_of(children)}</b>"
        case Link(children, target, title):
            return f"<{target}{f' | {title}' if title else ''}: {line_of(children)}>"
        case Code(content):
            return f"<code>{content}</code>"
        case LineBreak():
            return "<br>"
        case Image(source, alt, title):
            return f"<{source}{f' | {title}' if title else ''}: {alt}>"
        case Footnote(blocks):
            return f"<note: {' / '.join(lines_of(blocks))}>"


def lines_of(blocks: tuple[Block, ...], indent: str = "") -> list[str]:
    return [f"{indent}{line}" for block in blocks for line in _block(block)]


def _block(block: Block) -> list[str]:
    match block:
        case Paragraph(children):
            return [line_of(children)]
        case Heading(level, children):
            return [f"heading {level}: {line_of(children)}"]
        case Quote(children):
            return ["quote", *lines_of(children, "  ")]
        case BulletList(items):
            return [line for item in items for line in _item("-", item)]
        case OrderedList(items, start):
            return [line for n, item in enumerate(items, start) for line in _item(f"{n}.", item)]
        case Table(header, rows, alignments):
            head = ["table " + " ".join(each or "none" for each in alignments)]
            return head + ["  " + " | ".join(map(line_of, row)) for row in (header, *rows)]
        case CodeBlock(content, language):
            return [f"code {language}".rstrip(), *(f"  {line}" for line in content.split("\n"))]
        case ThematicBreak():
            return ["break"]


def _item(mark: str, item: ListItem) -> list[str]:
    return [mark, *lines_of(item.children, "  ")]


def read(draft: str, name: str) -> list[str]:
    try:
        parts = split_draft(draft, name)
        language = "en" if parts.head.values.get("language") == "en" else "de"
        title = set_line(str(parts.head.values["title"]), language)
        text = read_markdown(parts.text, file=name, language=language, first_line=parts.first_line)
    except DraftError as error:
        return [str(error)]
    return [f"title: {title}", *lines_of(text.blocks)]


@pytest.mark.parametrize("case", CASES, ids=[case.stem for case in CASES])
def test_a_draft_is_read_as_its_case_says(case: Path) -> None:
    draft, _, expected = case.read_text(encoding="utf-8").partition("\n=====\n")
    found = "\n".join(read(draft, case.name)).replace("\N{NO-BREAK SPACE}", "~")
    assert found == expected.rstrip("\n")
