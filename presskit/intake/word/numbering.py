"""The lists of a Word file: which paragraph stands on which level of which list."""

from __future__ import annotations

from dataclasses import dataclass

from presskit.ooxml.markup import Element, q, value


@dataclass(frozen=True)
class Mark:
    """The mark of a list's item: its list, its level from 0, and how the level is counted.

    ``indent`` is how far in the item's text stands, in twips.
    """

    list: int
    level: int
    format: str
    start: int
    indent: int

    @property
    def is_bullet(self) -> bool:
        """Whether the item has a sign instead of a number."""
        return self.format in ("bullet", "none", "")


class Numbering:
    """The numbering part of one file."""

    def __init__(self, root: Element | None) -> None:
        self._patterns: dict[str, Element] = {}
        self._lists: dict[str, Element] = {}
        self._linked: dict[str, Element] = {}
        for node in root if root is not None else ():
            if node.tag == q("w:abstractNum"):
                self._patterns[node.get(q("w:abstractNumId"), "")] = node
                link = value(node.find(q("w:styleLink")))
                if link:
                    self._linked[link] = node
            elif node.tag == q("w:num"):
                self._lists[node.get(q("w:numId"), "")] = node

    def mark(self, properties: Element | None) -> Mark | None:
        """The mark that ``w:numPr`` asks for; None where it takes the mark off."""
        if properties is None:
            return None
        identity = value(properties.find(q("w:numId")))
        entry = self._lists.get(identity)
        if entry is None or not identity.isdigit():
            return None
        level = min(_number(value(properties.find(q("w:ilvl"))), 0), 8)
        pattern = self._level(entry, level)
        indent = None if pattern is None else pattern.find(f"{q('w:pPr')}/{q('w:ind')}")
        return Mark(
            list=int(identity),
            level=level,
            format="bullet" if pattern is None else value(pattern.find(q("w:numFmt"))),
            start=self._start(entry, pattern, level),
            indent=left_indent(indent) if indent is not None else 0,
        )

    def _level(self, entry: Element, level: int) -> Element | None:
        override = _of_level(entry.findall(q("w:lvlOverride")), level)
        if override is not None and (own := override.find(q("w:lvl"))) is not None:
            return own
        pattern = self._patterns.get(value(entry.find(q("w:abstractNumId"))))
        if pattern is not None and (link := value(pattern.find(q("w:numStyleLink")))):
            pattern = self._linked.get(link, pattern)
        return None if pattern is None else _of_level(pattern.findall(q("w:lvl")), level)

    def _start(self, entry: Element, pattern: Element | None, level: int) -> int:
        override = _of_level(entry.findall(q("w:lvlOverride")), level)
        start = None if override is None else override.find(q("w:startOverride"))
        if start is None and pattern is not None:
            start = pattern.find(q("w:start"))
        return _number(value(start), 1)


def left_indent(node: Element | None) -> int:
    """How far in a paragraph stands on its left, in twips."""
    if node is None:
        return 0
    return _number(node.get(q("w:left")) or node.get(q("w:start")) or "0", 0)


def _of_level(nodes: list[Element], level: int) -> Element | None:
    return next((each for each in nodes if each.get(q("w:ilvl")) == str(level)), None)


def _number(written: str, default: int) -> int:
    try:
        return int(float(written))
    except (ValueError, OverflowError):
        return default
