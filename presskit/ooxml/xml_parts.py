"""The XML of a part from outside, read within bounds: no declarations, no flood of elements."""

from __future__ import annotations

from xml.parsers import expat

from lxml import etree

from presskit.ooxml.faults import PackageError
from presskit.ooxml.markup import Element, parse

# Each of these signs costs up to a quarter of a kilobyte of memory once it is an element or an
# attribute. A table of 10,000 rows and ten columns as Word writes it has three million of them.
MOST_SIGNS = 6_000_000

_FIRST = 4096


class _PrologueOver(Exception):  # noqa: N818 - it ends a search, nothing is wrong
    """The first element was reached."""


def read_part(name: str, content: bytes) -> Element:
    """The root of a part; raises :class:`PackageError` where it cannot be read safely."""
    refuse_declarations(name, content)
    if content.count(b"<") + content.count(b"=") > MOST_SIGNS:
        raise PackageError("long", part=name)
    try:
        return parse(content)
    except (etree.XMLSyntaxError, ValueError, LookupError) as fault:
        raise PackageError("damaged", part=f" ({name})") from fault


def refuse_declarations(name: str, content: bytes) -> None:
    """Refuse a part that declares a document type, in whatever encoding; no more is read.

    Office Open XML forbids them (ECMA-376 part 2, clause 9.1.4); all bombs of entities and all
    entities that fetch need one.
    """

    def declared(*_declaration: object) -> None:
        raise PackageError("doctype", part=name)

    def begun(*_element: object) -> None:
        raise _PrologueOver

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = declared
    parser.StartElementHandler = begun
    try:
        for start in range(0, len(content), _FIRST):
            parser.Parse(content[start : start + _FIRST], False)
    except _PrologueOver:
        return
    except (expat.ExpatError, ValueError, LookupError) as fault:
        raise PackageError("damaged", part=f" ({name})") from fault
