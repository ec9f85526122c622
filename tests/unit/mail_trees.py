"""Generated trees for the formats of a mail, and the words that must come out of them."""

from __future__ import annotations

import functools
from collections.abc import Iterator

from hypothesis import strategies as st

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
    Node,
    OrderedList,
    Paragraph,
    Quote,
    Strong,
    Table,
    Text,
    ThematicBreak,
    figure,
)

HOSTILE = (
    *('"', "'", "<b>", "&amp;", "</p>", "<!--", "-->", "{{ x }}", "{% raw %}", "]]>", "\r\n", "\r"),
    *(
        "😀",
        "👩‍👩‍👧",
        "z.\xa0B.",
        "22921‑48",
        "<!--presskit:greeting-->",
        "<!--/presskit:notice-->",
    ),
    *("\u2028", "\x85", "漢字", "ä" * 300, "</style>", "<script>", "m²", "[1]", "- ", "=2E", ".."),
)

words_of_text = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(st.characters(exclude_categories=("Cc", "Cs", "Co", "Cn")), max_size=12),
)
contents = st.lists(words_of_text, max_size=6).map(" ".join)
PICTURES = ("karte.png", "rathaus.jpg")
sources = st.sampled_from(PICTURES)
# A picture in running text, and one alone in its paragraph, which may have a caption.
images = st.builds(Image, sources, contents)
figures = st.builds(Image, sources, contents, contents).map(lambda image: Paragraph((image,)))

targets = st.sampled_from(
    (
        "https://example.org/a?b=c&d=<e>\"'",
        "https://www.städte.example/ä",
        "mailto:a@example.org?subject=Ä",
        "tel:+497110",
    )
)


# Deferred and cached: strategies built anew at each draw made these tests five times slower.


@functools.cache
def inlines(links: bool = True, notes: bool = True) -> st.SearchStrategy[tuple[Inline, ...]]:
    """Runs of inlines; links within links are left out, as no page can have them."""
    return st.deferred(lambda: _runs(links, notes))


def _runs(links: bool, notes: bool) -> st.SearchStrategy[tuple[Inline, ...]]:
    kinds: list[st.SearchStrategy[Inline]] = [
        st.builds(Text, contents),
        st.builds(Code, contents),
        st.just(LineBreak()),
        images,
    ]
    if links:
        words = inlines(links=False, notes=False).map(lambda part: (Text("hier"), *part))
        kinds.append(st.builds(Link, words, targets, title=contents))
    if notes:
        paragraph = st.builds(Paragraph, inlines(notes=False))
        kinds.append(st.builds(Footnote, st.lists(paragraph, max_size=2).map(tuple)))
    run = st.lists(st.one_of(kinds), max_size=4).map(tuple)
    return st.one_of(run, run.map(lambda part: (Emphasis(part),)), run.map(lambda p: (Strong(p),)))


@functools.cache
def blocks(
    tables: bool = False, code: bool = True, depth: int = 2
) -> st.SearchStrategy[tuple[Block, ...]]:
    """Whole texts; with ``tables`` and ``code`` some of the blocks are tables and code."""
    return st.deferred(lambda: _texts(tables, code, depth))


def _texts(tables: bool, code: bool, depth: int) -> st.SearchStrategy[tuple[Block, ...]]:
    kinds: list[st.SearchStrategy[Block]] = [
        st.builds(Paragraph, inlines()),
        st.builds(Heading, st.integers(2, 6), inlines()),
        st.just(ThematicBreak()),
        figures,
    ]
    if code:
        kinds.append(st.builds(CodeBlock, contents))
    if tables:
        kinds.append(_tables())
    if depth:
        inner = blocks(tables, code, depth - 1)
        items = st.lists(st.builds(ListItem, inner), max_size=3).map(tuple)
        kinds += [
            st.builds(Quote, inner),
            st.builds(BulletList, items),
            st.builds(OrderedList, items, st.integers(1, 120)),
        ]
    return st.lists(st.one_of(kinds), max_size=3).map(tuple)


@st.composite
def _tables(draw: st.DrawFn) -> Table:
    width = draw(st.integers(1, 4))
    row = st.lists(inlines(), min_size=width, max_size=width).map(tuple)
    alignment = st.sampled_from(("", "left", "center", "right"))
    return Table(
        header=draw(row),
        rows=tuple(draw(st.lists(row, max_size=3))),
        alignments=tuple(draw(st.lists(alignment, min_size=width, max_size=width))),
    )


def words(blocks: tuple[Block, ...], *, alt: bool = False) -> list[str]:
    """The words in the order a reader meets them; notes follow the text, in turn of their marks.

    With ``alt`` those that stand for pictures are among them.
    """
    notes: list[Footnote] = []
    found = [word for block in blocks for word in _words((block,), notes, alt)]
    done = 0
    while done < len(notes):
        done += 1
        found += _words(notes[done - 1].children, notes, alt)
    return found


def _words(children: tuple[Node, ...], notes: list[Footnote], alt: bool) -> Iterator[str]:
    """Words piece by piece: a word half of which is emphasised counts as two."""
    for node in children:
        match node:
            case Footnote():
                notes.append(node)
            case Text(content) | Code(content) | CodeBlock(content):
                yield from content.split()
            case Image(alt=words):
                yield from words.split() if alt else ()
            case _:
                yield from _words(_below(node), notes, alt)
                if isinstance(node, Paragraph) and (image := figure(node)):
                    yield from image.title.split()


def _below(node: Node) -> tuple[Node, ...]:
    children = getattr(node, "children", None) or getattr(node, "items", None)
    if isinstance(node, Table):
        return tuple(inline for row in (node.header, *node.rows) for cell in row for inline in cell)
    return tuple(children or ())
