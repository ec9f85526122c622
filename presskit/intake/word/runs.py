"""Running text of a Word file: runs, links, fields, notes and pictures -> inlines."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from presskit.document import (
    Code,
    Emphasis,
    Inline,
    LineBreak,
    Link,
    Strong,
    Text,
)

_HYPERLINK = re.compile(r'HYPERLINK\s+(?:"([^"]*)"|([^\s\\"]\S*))?', re.IGNORECASE)
_ANCHOR = re.compile(r'\\l\s+"?([^"\s]+)', re.IGNORECASE)
_TIP = re.compile(r'\\o\s+"([^"]*)"', re.IGNORECASE)


@dataclass(frozen=True)
class Goal:
    """Where a link leads."""

    target: str
    title: str = ""


@dataclass(frozen=True)
class Leaf:
    """An inline without children in the dress that its run gives it."""

    inline: Inline
    strong: bool = False
    emphasis: bool = False
    goal: Goal | None = None


def dressed(leaves: Iterable[Leaf]) -> tuple[Inline, ...]:
    """Leaves as inlines: a link around strength, strength around emphasis, neighbours joined."""
    inlines: list[Inline] = []
    for goal, linked in itertools.groupby(leaves, key=lambda each: each.goal):
        inner = tuple(_strong(list(linked)))
        inlines += inner if goal is None else [Link(inner, goal.target, goal.title)]
    return tuple(inlines)


def _strong(leaves: Sequence[Leaf]) -> Iterator[Inline]:
    for strong, group in itertools.groupby(leaves, key=lambda each: each.strong):
        inner = tuple(_emphasised(list(group)))
        yield from (Strong(inner),) if strong else inner


def _emphasised(leaves: Sequence[Leaf]) -> Iterator[Inline]:
    for emphasis, group in itertools.groupby(leaves, key=lambda each: each.emphasis):
        inner = tuple(_joined(each.inline for each in group))
        yield from (Emphasis(inner),) if emphasis else inner


def _joined(inlines: Iterable[Inline]) -> Iterator[Inline]:
    """Neighbouring words as one text, neighbouring code as one piece."""
    held: Text | Code | None = None
    for inline in inlines:
        if isinstance(inline, Text | Code) and type(inline) is type(held) and held is not None:
            held = type(inline)(held.content + inline.content)
            continue
        if held is not None:
            yield held
            held = None
        if isinstance(inline, Text | Code):
            held = inline
        else:
            yield inline
    if held is not None:
        yield held


def trimmed(leaves: list[Leaf]) -> list[Leaf]:
    """Leaves without blanks and line breaks at either end, which no paragraph means."""
    start, end = 0, len(leaves)
    while start < end and _is_blank(leaves[start].inline):
        start += 1
    while end > start and _is_blank(leaves[end - 1].inline):
        end -= 1
    kept = leaves[start:end]
    if kept:
        kept[0] = _stripped(kept[0], left=True)
        kept[-1] = _stripped(kept[-1], left=False)
    return kept


def words(leaves: Iterable[Leaf]) -> str:
    """The words of some leaves without their dress."""
    return "".join(
        each.inline.content
        if isinstance(each.inline, Text | Code)
        else "\n" * isinstance(each.inline, LineBreak)
        for each in leaves
    )


def hyperlink(code: str) -> Goal | None:
    """Where a field leads whose code is ``HYPERLINK "https://…"``; None for another field."""
    found = _HYPERLINK.match(code.strip())
    if found is None:
        return None
    target, tip = found[1] or found[2] or "", _TIP.search(code)
    anchor = _ANCHOR.search(code)
    if anchor and not target:
        target = f"#{anchor[1]}"
    elif anchor:
        target = f"{target}#{anchor[1]}"
    return Goal(target, tip[1] if tip else "")


def _is_blank(inline: Inline) -> bool:
    if isinstance(inline, Text):
        return not inline.content.strip(" \t\n")
    return isinstance(inline, LineBreak)


def _stripped(leaf: Leaf, *, left: bool) -> Leaf:
    if not isinstance(leaf.inline, Text):
        return leaf
    content = leaf.inline.content
    content = content.lstrip(" \t\n") if left else content.rstrip(" \t\n")
    return Leaf(Text(content), leaf.strong, leaf.emphasis, leaf.goal)
