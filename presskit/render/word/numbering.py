"""Lists: one pattern of nine levels for each kind, and a count of its own for each list."""

from __future__ import annotations

from typing import Literal

from presskit.ooxml.markup import STEP, Element, q, w

Kind = Literal["bullet", "decimal"]
LEVELS = 9  # as many as Word has

# Word takes patterns with the same mark for one; marks of our own keep ours apart.
_MARKS = {"bullet": "50524542", "decimal": "50524544"}
_BULLETS = ("•", "–")


class Numbering:
    """The lists of one document."""

    def __init__(self, root: Element) -> None:
        self._root = root
        self._patterns: dict[Kind, int] = {}

    def new_list(self, kind: Kind, level: int, start: int = 1) -> int:
        """The id of a new list whose items stand on a level and count from ``start``."""
        if kind not in self._patterns:
            self._patterns[kind] = self._add_pattern(kind)
        identity = self._next("w:num", "w:numId", first=1)
        entry = w("num", w("abstractNumId", val=self._patterns[kind]), numId=identity)
        if kind == "decimal":
            # Without it Word would go on counting where the list before had stopped.
            entry.append(w("lvlOverride", w("startOverride", val=start), ilvl=level))
        self._insert(entry, before=("w:numIdMacAtCleanup",))
        return identity

    def _add_pattern(self, kind: Kind) -> int:
        identity = self._next("w:abstractNum", "w:abstractNumId", first=0)
        levels = (_level(kind, level) for level in range(LEVELS))
        pattern = w(
            "abstractNum",
            w("nsid", val=_MARKS[kind]),
            w("multiLevelType", val="multilevel"),
            *levels,
            abstractNumId=identity,
        )
        self._insert(pattern, before=("w:num", "w:numIdMacAtCleanup"))
        return identity

    def _next(self, tag: str, attribute: str, first: int) -> int:
        taken = (int(each.get(q(attribute), "0")) for each in self._root.iterchildren(q(tag)))
        return max(taken, default=first - 1) + 1

    def _insert(self, node: Element, before: tuple[str, ...]) -> None:
        later = next(self._root.iterchildren(*(q(tag) for tag in before)), None)
        if later is None:
            self._root.append(node)
        else:
            later.addprevious(node)


def _level(kind: Kind, level: int) -> Element:
    """Figures on all levels, as in the other renditions, so that “point 2” is the same there."""
    text = _BULLETS[level % 2] if kind == "bullet" else f"%{level + 1}."
    return w(
        "lvl",
        w("start", val=1),
        w("numFmt", val=kind),
        w("lvlText", val=text),
        w("lvlJc", val="left"),
        w("pPr", w("ind", left=STEP * (level + 1), hanging=STEP)),
        ilvl=level,
    )
