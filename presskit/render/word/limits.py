"""What a Word file cannot carry, refused before a word is written."""

from __future__ import annotations

from collections.abc import Collection

from presskit.document import (
    Block,
    BulletList,
    Document,
    Footnote,
    Image,
    Link,
    Node,
    OrderedList,
    Quote,
    nodes,
)
from presskit.errors import Place, UnsupportedError
from presskit.render.word.numbering import LEVELS


def refuse_unsupported(
    blocks: tuple[Block, ...], source: str, pictures: Collection[str] = ()
) -> None:
    """Raise :class:`UnsupportedError` at the first thing that Word has no place for.

    ``pictures`` names the sources of those that came with the draft.
    """
    for block in blocks:
        line = block.line
        _check_depth((block,), Place(source, line or None))
        for node in nodes(Document((block,))):
            line = getattr(node, "line", 0) or line
            _check(node, Place(source, line or None), pictures)


def _check(node: Node, place: Place, pictures: Collection[str]) -> None:
    match node:
        case Image(picture) if picture not in pictures:
            raise UnsupportedError(
                "the picture {source!r} did not come with the draft.",
                remedy="Put it beside the draft.",
                place=place,
                source=picture,
            )
        case Link() if any(isinstance(each, Link) for each in nodes(node)):
            raise _nested("link", place)
        case Footnote() if any(isinstance(each, Footnote) for each in nodes(node)):
            raise _nested("footnote", place)
        case Footnote(blocks):
            _check_depth(blocks, place)


def _nested(thing: str, place: Place) -> UnsupportedError:
    return UnsupportedError(
        "a Word document cannot carry a {thing} within a {thing}.",
        remedy="Set the inner {thing} apart.",
        place=place,
        thing=thing,
    )


def _check_depth(blocks: tuple[Block, ...], place: Place) -> None:
    if _depth(blocks) > LEVELS:
        raise UnsupportedError(
            "a Word document cannot carry lists nested more than {levels} levels deep.",
            remedy="Make the inmost list a paragraph.",
            place=place,
            levels=LEVELS,
        )


def _depth(blocks: tuple[Block, ...]) -> int:
    """How many levels of lists stand in one another."""
    deepest = 0
    for block in blocks:
        match block:
            case BulletList(items) | OrderedList(items):
                deepest = max(deepest, 1, *(1 + _depth(item.children) for item in items))
            case Quote(children):
                deepest = max(deepest, _depth(children))
    return deepest
