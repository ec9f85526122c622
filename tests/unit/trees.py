"""Generated trees for the formats that are read by paragraphs, and the words they must show."""

from __future__ import annotations

import re

from hypothesis import strategies as st

from presskit.document import (
    Block,
    BulletList,
    Code,
    CodeBlock,
    Document,
    Emphasis,
    Footnote,
    Heading,
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
    from_json,
    nodes,
    to_json,
)


def _several(strategy: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(strategy, max_size=3).map(tuple)


_characters = st.characters(exclude_categories=("Cs", "Cn"))
_hostile = st.sampled_from(
    ("<&>\"'", "😀 Ä\u0308", "\r\n", "22921‑48", "{{ x }}", "\x0b\x00", "\u00ad")
)
_words = st.one_of(st.text(_characters, max_size=20), _hostile)
_targets = st.sampled_from(
    ("https://example.org/?a=b&c=d", "mailto:a@example.org", "tel:+49711", "ä b\x01", "#ziel", "")
)
texts = st.builds(Text, _words)
_unlinked = st.recursive(
    st.one_of(texts, st.builds(Code, _words), st.builds(LineBreak)),
    lambda inner: st.one_of(
        st.builds(Emphasis, _several(inner)), st.builds(Strong, _several(inner))
    ),
    max_leaves=4,
)


_linked = st.one_of(_unlinked, st.builds(Link, _several(_unlinked), _targets, _words))


def _blocks(inline: st.SearchStrategy[Inline]) -> st.SearchStrategy[Block]:
    line = _several(inline)
    single = st.one_of(
        st.builds(Paragraph, line),
        st.builds(Heading, st.integers(2, 6), line),
        st.builds(CodeBlock, _words),
        st.builds(ThematicBreak),
        _tables(line),
    )
    return st.recursive(single, _around, max_leaves=6)


def _around(inner: st.SearchStrategy[Block]) -> st.SearchStrategy[Block]:
    items = _several(st.builds(ListItem, _several(inner)))
    return st.one_of(
        st.builds(Quote, _several(inner)),
        st.builds(BulletList, items),
        st.builds(OrderedList, items, st.integers(0, 999_999_999)),
    )


@st.composite
def _tables(draw: st.DrawFn, cell: st.SearchStrategy[tuple[Inline, ...]]) -> Table:
    alignments = draw(st.lists(st.sampled_from(("", "left", "center", "right")), max_size=3))
    row = st.tuples(*[cell] * len(alignments))
    return Table(draw(row), tuple(draw(st.lists(row, max_size=2))), tuple(alignments))


_notes = st.builds(Footnote, _several(_blocks(_linked)))


@st.composite
def _documents(draw: st.DrawFn, inline: st.SearchStrategy[Inline]) -> Document:
    """Trees of fresh nodes: those that Hypothesis has built itself, it prints far too slowly."""
    return from_json(to_json(Document(draw(_several(_blocks(inline))))))


documents_without_notes = _documents(_linked)
documents = _documents(st.one_of(_linked, _notes))


def words(document: Document) -> list[str]:
    """All words of a text in reading order, footnotes where their marks stand; no controls."""
    contents: list[str] = []
    for node in nodes(document):
        match node:
            case Text(content) | Code(content) | CodeBlock(content):
                contents.append(content)
            case LineBreak():
                contents.append("\n")
    return re.sub("[\x00-\x1f]", " ", "".join(contents)).split()
