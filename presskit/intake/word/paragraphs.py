"""One paragraph of a Word file: what its runs hold, through whatever stands around them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from presskit.document import Block, Code, Footnote, Inline, LineBreak, Text
from presskit.intake.word.runs import Goal, Leaf, hyperlink
from presskit.ooxml.markup import NAMESPACES, Element, q, value

if TYPE_CHECKING:
    from presskit.intake.word.reader import WordFile

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_RELATION = f"{{{NAMESPACES['r']}}}id"
_DROPPED = ("del", "moveFrom", "pPr", "rPr", "sdtPr", "sdtEndPr", "proofErr", "delText")
# Signs of Word's fonts of symbols, which have no letters; their places in the font are U+F0xx.
_SYMBOLS = {0xB7: "•", 0xA7: "▪", 0xFC: "✓", 0xE0: "→", 0xD8: "➢", 0x6F: "○", 0x2D: "–", 0x22: "∀"}
_MOST_NESTED = 60


@dataclass
class OpenField:
    """A complex field being read; what stands before its separator is code, not text."""

    code: str = ""
    in_result: bool = False
    goal: Goal | None = None


@dataclass
class Paragraph:
    """What a paragraph holds: its leaves, and the boxes whose text follows it."""

    leaves: list[Leaf] = field(default_factory=list)
    boxes: list[Block] = field(default_factory=list)
    page_break: bool = False


class ParagraphReader:
    """Reads the paragraphs of one story; a field may begin in one and end in another."""

    def __init__(self, file: WordFile, story: str) -> None:
        self._file = file
        self._story = story
        self._fields: list[OpenField] = []

    def read(self, node: Element) -> Paragraph:
        """The content of a ``w:p``."""
        found = Paragraph()
        self._children(node, found, None, 0)
        return found

    def _children(self, node: Element, found: Paragraph, goal: Goal | None, depth: int) -> None:
        if depth > _MOST_NESTED:
            found.leaves += [Leaf(Text("".join(each.text or "" for each in node.iter(q("w:t")))))]
            return
        for child in node:
            self._child(child, found, goal, depth + 1)

    def _child(self, node: Element, found: Paragraph, goal: Goal | None, depth: int) -> None:
        if not isinstance(node.tag, str):
            return
        name = node.tag.rpartition("}")[2]
        if node.tag == q("w:r"):
            self._run(node, found, goal)
        elif node.tag == q("w:hyperlink"):
            self._children(node, found, self._goal(node) or goal, depth)
        elif node.tag == q("w:fldSimple"):
            inner = hyperlink(node.get(q("w:instr"), ""))
            self._children(node, found, self._followed(inner) or goal, depth)
        elif node.tag == f"{_MC}AlternateContent":
            chosen = node.find(f"{_MC}Choice")
            self._children(node if chosen is None else chosen, found, goal, depth)
        elif node.tag in (f"{_MATH}oMath", f"{_MATH}oMathPara"):
            found.leaves.append(
                Leaf(Text("".join(each.text or "" for each in node.iter(f"{_MATH}t"))))
            )
            self._file.note("math")
        elif name == "ruby":
            base = node.find(q("w:rubyBase"))
            self._children(node if base is None else base, found, goal, depth)
        elif name not in _DROPPED:
            self._children(node, found, goal, depth)
        elif name in ("del", "moveFrom"):
            self._file.note("tracked-change")
        if name in ("ins", "moveTo"):
            self._file.note("tracked-change")

    def _run(self, run: Element, found: Paragraph, goal: Goal | None) -> None:
        properties = run.find(q("w:rPr"))
        styles = self._file.styles
        if properties is not None and styles.switched(properties, "w:vanish"):
            self._file.note("hidden-text", "".join(each.text or "" for each in run.iter(q("w:t"))))
            return
        dress = Leaf(
            Text(""),
            strong=styles.switched(properties, "w:b"),
            emphasis=styles.switched(properties, "w:i"),
            goal=goal,
        )
        style = None if properties is None else properties.find(q("w:rStyle"))
        is_code = style is not None and styles.is_code_character(value(style))
        for node in _contents(run):
            for inline in self._inlines(node, found):
                if is_code and isinstance(inline, Text):
                    inline = Code(inline.content)
                found.leaves.append(replace(dress, inline=inline, goal=self._field_goal() or goal))

    def _inlines(self, node: Element, found: Paragraph) -> Iterator[Inline]:
        name = node.tag.rpartition("}")[2]
        if name in ("fldChar", "instrText"):
            self._field(node)
        elif self._fields and not all(each.in_result for each in self._fields):
            return
        elif name in _SIGNS:
            yield Text(_SIGNS[name])
        elif name == "t":
            yield Text(node.text or "")
        elif name == "br":
            yield from self._break(node, found)
        elif name == "cr":
            yield LineBreak()
        elif name == "sym":
            yield Text(self._symbol(node))
        elif name in ("footnoteReference", "endnoteReference"):
            yield from self._note(node, name.removesuffix("Reference"))
        elif name in ("drawing", "pict", "object"):
            yield from self._file.pictures(node, self._story)
            found.boxes += self._file.boxes(node, self._story)

    def _break(self, node: Element, found: Paragraph) -> Iterator[Inline]:
        if node.get(q("w:type"), "textWrapping") == "textWrapping":
            yield LineBreak()
        else:
            found.page_break = True

    def _symbol(self, node: Element) -> str:
        code = int(node.get(q("w:char"), "0") or "0", 16) & 0xFF if _is_hex(node) else 0
        if code not in _SYMBOLS:
            self._file.note("symbol", node.get(q("w:font"), ""))
        return _SYMBOLS.get(code, "•")

    def _note(self, node: Element, kind: str) -> Iterator[Inline]:
        if kind == "endnote":
            self._file.note("endnote")
        yield Footnote(self._file.note_blocks(kind, node.get(q("w:id"), "")))

    def _field(self, node: Element) -> None:
        """Follow a complex field: begin, code, separator, result, end."""
        kind = node.get(q("w:fldCharType"), "")
        if kind == "begin":
            self._fields.append(OpenField())
        elif not self._fields:
            return
        elif kind == "separate":
            self._fields[-1].in_result = True
            self._fields[-1].goal = self._followed(hyperlink(self._fields[-1].code))
            self._file.note_field(self._fields[-1].code)
        elif kind == "end":
            self._fields.pop()
        elif kind == "":
            self._fields[-1].code += node.text or ""

    def _field_goal(self) -> Goal | None:
        return next((each.goal for each in reversed(self._fields) if each.goal), None)

    def _goal(self, node: Element) -> Goal | None:
        target = self._file.address(self._story, node.get(_RELATION, ""))
        anchor = node.get(q("w:anchor"))
        if anchor:
            target += f"#{anchor}"
        return self._followed(Goal(target, node.get(q("w:tooltip"), "")))

    def _followed(self, goal: Goal | None) -> Goal | None:
        """The goal where it leads out of the file; links within the file end with it."""
        if goal is None or not goal.target:
            return None
        if goal.target.startswith("#") or ":" not in goal.target:
            self._file.note("inner-link", goal.target)
            return None
        return goal


_SIGNS = {
    "tab": " ",
    "ptab": " ",
    "noBreakHyphen": "\N{NON-BREAKING HYPHEN}",
    "softHyphen": "\N{SOFT HYPHEN}",
}


def _contents(run: Element) -> Iterator[Element]:
    """What a run holds; of several forms of one thing, the first."""
    for child in run:
        if child.tag == f"{_MC}AlternateContent":
            chosen = child.find(f"{_MC}Choice")
            yield from chosen if chosen is not None else ()
        elif isinstance(child.tag, str):
            yield child


def _is_hex(node: Element) -> bool:
    try:
        int(node.get(q("w:char"), ""), 16)
    except ValueError:
        return False
    return True
