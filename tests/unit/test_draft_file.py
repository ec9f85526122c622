"""Drafts written by an import: Markdown that reads back as it was, heads that need no mending."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from test_word_reader import documents, lines

from presskit.document import (
    Block,
    BulletList,
    Code,
    Document,
    Emphasis,
    Footnote,
    Image,
    Inline,
    LineBreak,
    Link,
    ListItem,
    Paragraph,
    Strong,
    Text,
    nodes,
    to_json,
)
from presskit.intake.markdown import read_markdown
from presskit.intake.markdown_writer import write_markdown

GERMAN = (
    "31. Juli ist Montag",
    "# kein Titel",
    "- kein Punkt",
    "1. kein Punkt",
    "a *b* _c_ `d` [e](f) <g> |h| ~~i~~ &amp; \\j",
    "Fußnote[^1] und ![Bild](x)",
    "> kein Zitat",
    "=====",
    "„Quartier 2020“ – § 3 (c)",
)


def again(document: Document) -> Document:
    return read_markdown(write_markdown(document).text, file="x")


@pytest.mark.parametrize("words", GERMAN)
def test_signs_of_markdown_in_the_text_stay_text(words: str) -> None:
    document = Document((Paragraph((Text(words), LineBreak(), Text(words))),))
    written = write_markdown(document)
    read = read_markdown(written.text, file="x")
    assert written.changed == ()
    assert _plainly(read) == _plainly(document)


def _plainly(document: Document) -> str:
    return str(to_json(document)).replace("\\xa0", " ")


@pytest.mark.parametrize(
    "inline",
    [
        Strong((Emphasis((Text("beides"),)),)),
        Emphasis((Strong((Text("beides"),)),)),
        Code("a `b` c"),
        Link((Text("Wort"),), "https://example.org/a(b) c".replace(" ", "%20")),
        Link((Text("https://example.org/"),), "https://example.org/"),
        Image("karte.png", "Karte [der] Städte"),
        Footnote((Paragraph((Text("Note"),)), BulletList((ListItem((Paragraph((Text("p"),)),)),)))),
    ],
)
def test_every_inline_comes_back(inline: Inline) -> None:
    document = Document((Paragraph((Text("Vor "), inline, Text(" nach."))),))
    assert again(document) == document


@settings(deadline=None, max_examples=80, suppress_health_check=[HealthCheck.too_slow])
@given(documents)
def test_what_does_not_come_back_as_it_was_is_named(written: tuple[Block, ...]) -> None:
    document = Document(written)
    result = write_markdown(document)
    read = read_markdown(result.text, file="x")
    if not result.changed:
        assert len(read.blocks) == len(document.blocks)
        assert [type(each) for each in read.blocks] == [type(each) for each in document.blocks]


@settings(deadline=None, max_examples=60)
@given(lines)
def test_whatever_its_dress_no_word_is_lost(children: tuple[Inline, ...]) -> None:
    document = Document((Paragraph(children),))
    result = write_markdown(document)
    written, read = (
        "".join(_contents(each)).replace("\xa0", " ")
        for each in (document, read_markdown(result.text, file="x"))
    )
    # Emphasis in the midst of a word may come back as its signs, and that is told.
    assert read == written or result.changed
    assert not Counter(written) - Counter(read)


def _contents(document: Document) -> list[str]:
    return [each.content for each in nodes(document) if isinstance(each, Text | Code)]
