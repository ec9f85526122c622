"""CSS as mails have it: the declarations of an element, and what rules say beside them."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import tinycss2

_MOST_NESTED = 8
_PSEUDO_ELEMENT = re.compile(r"::?(before|after)\b", re.I)


@dataclass(frozen=True)
class Declaration:
    """One property and its value, in lower case and without “!important”."""

    name: str
    value: str


@dataclass(frozen=True)
class Rule:
    """A rule that stays in a style block: its at-rule's name, or the pseudo-elements it is for.

    ``words`` says that it brings words of its own; ``sometimes``, that it stands in an at-rule.
    """

    at: str = ""
    pseudo_elements: frozenset[str] = frozenset()
    words: bool = False
    sometimes: bool = False


@functools.lru_cache(maxsize=2000)
def declarations(style: str) -> tuple[Declaration, ...]:
    """The declarations of a style attribute, in their order; what is no CSS is passed over."""
    return tuple(_declared(tinycss2.parse_blocks_contents(style)))


def _declared(nodes: list[Any]) -> Iterator[Declaration]:
    for node in nodes:
        if node.type == "declaration":
            value = " ".join(tinycss2.serialize(node.value).split())
            yield Declaration(node.lower_name, value.lower())


def rules(css: str, sometimes: bool = False, depth: int = 0) -> Iterator[Rule]:
    """The rules of a style block, those within at-rules behind the at-rule."""
    for node in tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True):
        if node.type == "at-rule":
            yield Rule(at=node.lower_at_keyword, sometimes=sometimes)
            if node.content and depth < _MOST_NESTED:
                yield from rules(tinycss2.serialize(node.content), True, depth + 1)
        elif node.type == "qualified-rule":
            found = _PSEUDO_ELEMENT.findall(tinycss2.serialize(node.prelude))
            pseudo = frozenset(each.lower() for each in found)
            yield Rule(pseudo_elements=pseudo, words=_brings_words(node), sometimes=sometimes)


def _brings_words(rule: Any) -> bool:
    """Whether ``content`` brings letters or digits, and not an empty text or an ornament."""
    return any(
        each.name == "content"
        and re.search(r"[^\W_]", "".join(re.findall(r"[\"'](.*?)[\"']", each.value)))
        for each in _declared(tinycss2.parse_blocks_contents(rule.content))
    )
