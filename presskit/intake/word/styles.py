"""What the styles of a Word file mean: headings, quotations, lists, code, stressed characters."""

from __future__ import annotations

import re
from collections.abc import Iterator

from presskit.ooxml.markup import Element, q, value

_OFF = ("0", "false", "off")
_HEADING = re.compile(r"heading ([1-9])")
_CODE = ("html preformatted", "preformatted text", "source code", "macro text", "plain text code")
_CODE_CHARACTERS = ("html code", "source text", "verbatim char", "html keyboard", "teletype")
_QUOTES = ("quote", "intense quote", "block text", "quotations", "block quotation")
_TITLES = ("title", "heading 1")


class Styles:
    """The styles of one file by their names, which are the same in every language of Word."""

    def __init__(self, root: Element | None) -> None:
        styles = [] if root is None else list(root.iterchildren(q("w:style")))
        self._by_id = {each.get(q("w:styleId"), ""): each for each in styles}

    def names(self, identity: str) -> Iterator[str]:
        """The name of a style and of those it is based on, in small letters."""
        for style in self._chain(identity):
            yield value(style.find(q("w:name"))).lower()

    def heading(self, paragraph: Element | None) -> int:
        """The level of a paragraph as a heading, 0 where it is none."""
        direct = _child(paragraph, "w:outlineLvl")
        identity = value(_child(paragraph, "w:pStyle"))
        for name in self.names(identity):
            if found := _HEADING.fullmatch(name):
                return int(found[1])
        levels = (each.find(f"{q('w:pPr')}/{q('w:outlineLvl')}") for each in self._chain(identity))
        written = value(direct) or next((value(each) for each in levels if each is not None), "9")
        level = int(written) if written.isdigit() else 9
        return level + 1 if level < 9 else 0

    def is_title(self, paragraph: Element | None) -> bool:
        """Whether a paragraph has the look of a document's title."""
        return any(each in _TITLES for each in self.names(value(_child(paragraph, "w:pStyle"))))

    def is_quote(self, identity: str) -> bool:
        """Whether a style sets quotations."""
        return any(each in _QUOTES for each in self.names(identity))

    def is_code(self, identity: str) -> bool:
        """Whether a style sets lines of code."""
        return any(each in _CODE for each in self.names(identity))

    def is_code_character(self, identity: str) -> bool:
        """Whether a character style sets code."""
        return any(each in _CODE_CHARACTERS for each in self.names(identity))

    def named(self, identity: str, *names: str) -> bool:
        """Whether a style, or one it is based on, has one of the names."""
        return any(each in names for each in self.names(identity))

    def first(self, identity: str, path: str) -> Element | None:
        """The nearest property along the chain of a style, such as ``w:pPr/w:ind``."""
        steps = "/".join(q(part) for part in path.split("/"))
        found = (style.find(steps) for style in self._chain(identity))
        return next((each for each in found if each is not None), None)

    def switched(self, properties: Element | None, name: str) -> bool:
        """Whether a run is bold or italic, by itself or by its character style."""
        direct = _child(properties, name)
        if direct is None:
            style = value(_child(properties, "w:rStyle"))
            direct = self.first(style, f"w:rPr/{name}") if style else None
        return direct is not None and value(direct) not in _OFF

    def _chain(self, identity: str) -> list[Element]:
        chain: list[Element] = []
        style = self._by_id.get(identity)
        while style is not None and style not in chain:
            chain.append(style)
            style = self._by_id.get(value(style.find(q("w:basedOn"))))
        return chain


def _child(node: Element | None, name: str) -> Element | None:
    return None if node is None else node.find(q(name))
