"""What a Word file brings along that is not its own text: objects, controls, links to outside.

None of it is ever opened or fetched; readers and the letterhead's check name it.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from presskit.ooxml.faults import PackageError
from presskit.ooxml.markup import Element, q
from presskit.ooxml.package import Link, Package

StrangerKind = Literal["object", "control", "picture", "template", "insert", "file"]

# The last word of a relationship's kind, and what it means where its target is inside or outside.
_INSIDE: Mapping[str, StrangerKind] = MappingProxyType(
    {"oleObject": "object", "control": "control", "aFChunk": "insert"}
)
_OUTSIDE: Mapping[str, StrangerKind] = MappingProxyType(
    {
        **_INSIDE,
        "image": "picture",
        "attachedTemplate": "template",
        "subDocument": "insert",
        "package": "file",
        "video": "file",
        "audio": "file",
        "media": "file",
        "frame": "file",
        "mailMergeSource": "file",
        "mailMergeHeaderSource": "file",
        "externalLinkPath": "file",
    }
)
_OFFICE = "urn:schemas-microsoft-com:office:office"


@dataclass(frozen=True)
class Stranger:
    """Something of another program or from outside, in the part ``where``.

    ``name`` is the program of an object (``Equation.3``), the name of a control, else the path or
    address it comes from. Objects and controls can do things when the document is opened; an
    outside picture lets its server know who opens it.
    """

    kind: StrangerKind
    name: str
    where: str
    external: bool


def strangers(package: Package) -> tuple[Stranger, ...]:
    """All that a file brings along, in the order of its parts; hyperlinks do not count."""
    return tuple(found for source in sources(package) for found in _in_part(package, source))


def sources(package: Package) -> tuple[str, ...]:
    """The parts that point to others, the package itself (an empty name) included."""
    names = sorted(name for name in package if name.lower().endswith(".rels"))
    return tuple(posixpath.join(*_folder_and_name(name)) for name in names)


def _folder_and_name(relationships: str) -> tuple[str, str]:
    folder, name = posixpath.split(relationships)
    return posixpath.dirname(folder), name[: -len(".rels")]


def _in_part(package: Package, source: str) -> Iterator[Stranger]:
    for link in package.links(source):
        word = link.kind.rpartition("/")[2]
        kind = (_OUTSIDE if link.external else _INSIDE).get(word)
        if kind is not None:
            yield Stranger(kind, _name(package, source, link), source, link.external)


def _name(package: Package, source: str, link: Link) -> str:
    """What the part that shows it calls it, else where it lies."""
    try:
        root = package.tree(source) if source in package else None
    except PackageError:
        root = None
    shown = "" if root is None else _called(root, link.identity)
    return shown or link.part or link.target


def _called(root: Element, identity: str) -> str:
    for element in root.iter(f"{{{_OFFICE}}}OLEObject", q("w:control")):
        if element.get(q("r:id")) == identity:
            return element.get("ProgID") or element.get(q("w:name")) or ""
    return ""
