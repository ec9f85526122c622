"""The XML of Word: names, elements, and text as runs (ECMA-376 part 1, clause 17)."""

from __future__ import annotations

import re
from functools import cache

from docx.oxml.ns import nsmap
from lxml import etree

from presskit.german import NO_BREAK_HYPHEN

Element = etree._Element

NAMESPACES = {
    **nsmap,
    "ds": "http://schemas.openxmlformats.org/officeDocument/2006/customXml",
}

# Each level of a list or of a quotation stands this far in, in twentieths of a point: 7.5 mm.
STEP = 425

_WORD = {"w": NAMESPACES["w"]}
_CHARACTERS = {
    "\n": "br",
    "\t": "tab",
    NO_BREAK_HYPHEN: "noBreakHyphen",
    "\N{SOFT HYPHEN}": "softHyphen",
}
_SPLIT = re.compile("([" + "".join(_CHARACTERS) + "])")
_NOT_IN_XML = re.compile("[^\t\n -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@cache
def q(name: str) -> str:
    """A prefixed name such as ``w:p`` with its namespace spelled out."""
    prefix, _, local = name.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


def w(local: str, /, *children: Element | None, **attributes: object) -> Element:
    """An element of Word's own namespace; a child that is None is left out."""
    node = etree.Element(q(f"w:{local}"), nsmap=_WORD)
    for key, value in attributes.items():
        node.set(q(f"w:{key}"), str(value))
    node.extend([child for child in children if child is not None])
    return node


def parse(content: bytes, *, trim: bool = False) -> Element:
    """The root of a part; entities and the network stay untouched, and no size is too large.

    What comes from outside goes through ``xml_parts`` before it. With ``trim`` the blanks between
    elements go, which only serve whoever wrote them by hand.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=True, remove_blank_text=trim
    )
    return etree.fromstring(content, parser)


def serialise(root: Element) -> bytes:
    """A part as bytes, the way Word declares it."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def clean(text: str) -> str:
    """The text with one kind of line end, and a blank for each character XML cannot hold."""
    return _NOT_IN_XML.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))


def run(text: str, properties: Element | None = None) -> Element:
    """Text as a run; line ends, tabs and special hyphens become the elements Word has for them."""
    node = w("r", properties)
    for part in _SPLIT.split(clean(text)):
        if part in _CHARACTERS:
            node.append(w(_CHARACTERS[part]))
        elif part:
            node.append(_characters(part))
    return node


def _characters(text: str) -> Element:
    node = w("t")
    node.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    node.text = text
    return node


def value(node: Element | None) -> str:
    """The ``w:val`` of an element, empty where there is none."""
    return "" if node is None else node.get(q("w:val"), "")
