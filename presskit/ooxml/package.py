"""A Word file as a package of parts and relationships (ECMA-376 part 2), read and written.

Names and kinds of parts are python-docx's. Its own package is not used to write: it puts the time
of day into the file, leaves out parts that nothing points to, and writes every part anew; here a
part that nobody touched keeps its bytes.
"""

from __future__ import annotations

import copy
import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from docx.opc.constants import RELATIONSHIP_TYPE
from lxml import etree

from presskit.ooxml.faults import PackageError
from presskit.ooxml.formats import other_kind
from presskit.ooxml.markup import Element, parse, q, serialise
from presskit.ooxml.packing import Packed, pack, zip_of
from presskit.ooxml.xml_parts import read_part, refuse_declarations
from presskit.ooxml.zipped import unzip

CONTENT_TYPES = "[Content_Types].xml"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_STRICT_KINDS = {"http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument"}


@dataclass(frozen=True)
class Link:
    """What a part points to (a relationship): a ``part`` of the package, or an outside ``target``.

    ``part`` is empty where the target is outside or missing.
    """

    identity: str
    kind: str
    target: str
    part: str
    external: bool


class Package:
    """The parts of a Word file by name, such as ``word/document.xml``."""

    def __init__(
        self, contents: Mapping[str, bytes], trees: Mapping[str, Element] | None = None
    ) -> None:
        self._contents = dict(contents)
        self._trees = dict(trees or {})
        self._packed_parts: dict[str, tuple[bytes, Packed]] = {}

    def copy(self) -> Package:
        """A package that can be changed while this one stays as it is."""
        copied = {name: copy.deepcopy(tree) for name, tree in self._trees.items()}
        made = Package(self._contents, copied)
        made._packed_parts = self._packed_parts
        return made

    def __contains__(self, name: str) -> bool:
        return name in self._contents or name in self._trees

    def __iter__(self) -> Iterator[str]:
        """The names of all parts."""
        return iter(dict.fromkeys((*self._contents, *self._trees)))

    def content(self, name: str) -> bytes:
        """The bytes of a part, such as a picture."""
        return self._bytes(name)

    def tree(self, name: str) -> Element:
        """The root of a part; what is changed there is written with the package.

        Raises :class:`PackageError` where the part is no XML that can be read safely.
        """
        if name not in self._trees:
            self._trees[name] = read_part(name, self._contents[name])
        return self._trees[name]

    def check(self) -> None:
        """Refuse the package if one of its XML parts is broken; the parts keep their bytes."""
        for name in self:
            if _is_xml(name) and name not in self._trees:
                read_part(name, self._contents[name])

    def put(self, name: str, root: Element, content_type: str) -> None:
        """Add a part, or set another in its place."""
        self._trees[name] = root
        self.set_content_type(name, content_type)

    def put_content(self, name: str, content: bytes, content_type: str) -> None:
        """Add a part that is no XML, such as a picture, or set another in its place."""
        self._contents[name] = content
        self.set_content_type(name, content_type)

    def content_type(self, name: str) -> str:
        """The content type of a part by its own entry, else by its ending, else empty."""
        entry = self._override(name)
        if entry is None:
            entry = self._default(name)
        return "" if entry is None else entry.get("ContentType", "")

    def main_part(self) -> str:
        """The part that everything begins with, such as ``word/document.xml``."""
        for name in self.related("", RELATIONSHIP_TYPE.OFFICE_DOCUMENT):
            return name
        kinds = {each.get("Type", "") for each in self._relationships("")}
        raise PackageError("strict" if kinds & _STRICT_KINDS else "no_document")

    def set_content_type(self, name: str, content_type: str) -> None:
        """Say of which content type a part is."""
        entry = self._override(name)
        if entry is None:
            types = self.tree(CONTENT_TYPES)
            entry = etree.SubElement(types, f"{{{_TYPES}}}Override", PartName=f"/{name}")
        entry.set("ContentType", content_type)

    def related(self, source: str, kind: str) -> list[str]:
        """The parts that a part points to with a kind of relationship, in their order.

        What is pointed to and missing is left out: files of many hands hold such leftovers.
        """
        return [each.part for each in self.links(source) if each.kind == kind and each.part]

    def links(self, source: str) -> Iterator[Link]:
        """All that a part points to, in its order."""
        for each in self._relationships(source):
            target = each.get("Target", "")
            external = each.get("TargetMode") == "External"
            part = "" if external else self._find(source, target)
            yield Link(each.get("Id", ""), each.get("Type", ""), target, part, external)

    def target(self, source: str, relation: str) -> str:
        """The part that a part points to under a relationship's id, empty where there is none."""
        return next((each.part for each in self.links(source) if each.identity == relation), "")

    def relate(self, source: str, kind: str, target: str, *, external: bool = False) -> str:
        """Let a part point to another one or to an address; gives the relationship's id."""
        name = self._spelled(_relationships_of(source)) or _relationships_of(source)
        if name not in self:
            self._trees[name] = parse(f'<Relationships xmlns="{_RELATIONSHIPS}"/>'.encode())
        taken = {each.get("Id") for each in self._relationships(source)}
        number = len(taken) + 1
        while f"rId{number}" in taken:
            number += 1
        entry = etree.SubElement(self.tree(name), f"{{{_RELATIONSHIPS}}}Relationship")
        entry.attrib.update({"Id": f"rId{number}", "Type": kind})
        entry.set("Target", target if external else f"/{target}")
        if external:
            entry.set("TargetMode", "External")
        return f"rId{number}"

    def zipped(self) -> bytes:
        """The file; the same parts give the same bytes at any time and in any process."""
        names = sorted({*self._contents, *self._trees} - {CONTENT_TYPES})
        return zip_of((name, self._packed(name)) for name in (CONTENT_TYPES, *names))

    def _packed(self, name: str) -> Packed:
        """A part packed; one that nobody touched is packed once for all copies of the package."""
        if name in self._trees:
            return pack(self._bytes(name))
        content = self._contents[name]
        known = self._packed_parts.get(name)
        if known is None or known[0] is not content:
            known = self._packed_parts[name] = (content, pack(content))
        return known[1]

    def _bytes(self, name: str) -> bytes:
        tree = self._trees.get(name)
        return self._contents[name] if tree is None else serialise(tree)

    def _override(self, name: str) -> Element | None:
        types = self.tree(CONTENT_TYPES).iterchildren(f"{{{_TYPES}}}Override")
        found = (each for each in types if each.get("PartName", "").lower() == f"/{name}".lower())
        return next(found, None)

    def _default(self, name: str) -> Element | None:
        ending = name.rpartition(".")[2].lower()
        types = self.tree(CONTENT_TYPES).iterchildren(f"{{{_TYPES}}}Default")
        return next((each for each in types if each.get("Extension", "").lower() == ending), None)

    def _relationships(self, source: str) -> Iterator[Element]:
        name = self._spelled(_relationships_of(source))
        entries = f"{{{_RELATIONSHIPS}}}Relationship"
        return self.tree(name).iterchildren(entries) if name else iter(())

    def _find(self, source: str, target: str) -> str:
        """The part a target means; some programs write blanks and umlauts in it as ``%20``."""
        names = (_resolve(source, each) for each in (target, unquote(target)))
        return next((found for each in names if (found := self._spelled(each))), "")

    def _spelled(self, name: str) -> str:
        """A part's name as it is written in the package: case does not count; empty if missing."""
        if name in self:
            return name
        return next((each for each in self if each.lower() == name.lower()), "")


def empty_package() -> Package:
    """A package without a part."""
    types = (
        f'<Types xmlns="{_TYPES}">'
        '<Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/></Types>'
    )
    return Package({CONTENT_TYPES: types.encode()})


def open_package(content: bytes) -> Package:
    """The package of a Word document or template that comes from outside.

    Raises :class:`PackageError` for every other file, and for what no document should carry or
    nobody can read within bounded time and memory. Nothing outside the file is ever fetched.
    """
    package = read_package(content)
    main = package.main_part()
    _refuse_other_kinds(package, main)
    return package


def read_package(content: bytes) -> Package:
    """The package in a file's bytes, of whatever program; raises :class:`PackageError`."""
    package = Package(unzip(content, CONTENT_TYPES))
    for name in package:
        if _is_xml(name):
            refuse_declarations(name, package.content(name))
    return package


def _refuse_other_kinds(package: Package, main: str) -> None:
    kind = package.content_type(main)
    other = other_kind(kind)
    if other is not None:
        raise other
    macros = next((name for name in package if name.lower().endswith("vbaproject.bin")), "")
    if macros or "macroEnabled" in kind:
        raise PackageError("macros", part=macros or main)
    if package.tree(main).tag != q("w:document"):
        raise PackageError("no_document")


def _is_xml(name: str) -> bool:
    return name.lower().endswith((".xml", ".rels"))


def _relationships_of(source: str) -> str:
    """``word/_rels/document.xml.rels``; the package itself is the source with an empty name."""
    folder, name = posixpath.split(source)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _resolve(source: str, target: str) -> str:
    """The part a target means, which stands relative to its source or from the root."""
    plain = target.replace("\\", "/").partition("#")[0]
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(source), plain)).lstrip("/")
