"""A Word file as a package of parts and relationships (ECMA-376 part 2), read and written.

Names and kinds of parts are python-docx's. Its own package is not used to write: it puts the time
of day into the file, leaves out parts that nothing points to, and writes every part anew; here a
part that nobody touched keeps its bytes.
"""

from __future__ import annotations

import copy
import io
import zipfile
from collections.abc import Iterator, Mapping

from docx.opc.packuri import PackURI
from lxml import etree

from presskit.ooxml.markup import Element, parse, serialise

CONTENT_TYPES = "[Content_Types].xml"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_EARLIEST = (1980, 1, 1, 0, 0, 0)


class Package:
    """The parts of a Word file by name, such as ``word/document.xml``."""

    def __init__(
        self, contents: Mapping[str, bytes], trees: Mapping[str, Element] | None = None
    ) -> None:
        self._contents = dict(contents)
        self._trees = dict(trees or {})

    def copy(self) -> Package:
        """A package that can be changed while this one stays as it is."""
        return Package(
            self._contents, {name: copy.deepcopy(tree) for name, tree in self._trees.items()}
        )

    def __contains__(self, name: str) -> bool:
        return name in self._contents or name in self._trees

    def tree(self, name: str) -> Element:
        """The root of a part; what is changed there is written with the package."""
        if name not in self._trees:
            self._trees[name] = parse(self._contents[name])
        return self._trees[name]

    def put(self, name: str, root: Element, content_type: str) -> None:
        """Add a part, or set another in its place."""
        self._trees[name] = root
        self.set_content_type(name, content_type)

    def content_type(self, name: str) -> str:
        """The content type of a part by its own entry, empty where only its ending tells it."""
        entry = self._override(name)
        return "" if entry is None else entry.get("ContentType", "")

    def set_content_type(self, name: str, content_type: str) -> None:
        """Say of which content type a part is."""
        entry = self._override(name)
        if entry is None:
            types = self.tree(CONTENT_TYPES)
            entry = etree.SubElement(types, f"{{{_TYPES}}}Override", PartName=f"/{name}")
        entry.set("ContentType", content_type)

    def related(self, source: str, kind: str) -> list[str]:
        """The parts that a part points to with a kind of relationship, in their order."""
        return [
            _resolve(source, each.get("Target", ""))
            for each in self._relationships(source)
            if each.get("Type") == kind and each.get("TargetMode") != "External"
        ]

    def target(self, source: str, relation: str) -> str:
        """The part that a part points to under a relationship's id, empty where there is none."""
        for each in self._relationships(source):
            if each.get("Id") == relation and each.get("TargetMode") != "External":
                return _resolve(source, each.get("Target", ""))
        return ""

    def content(self, name: str) -> bytes:
        """The bytes of a part."""
        return self._bytes(name)

    def relate(self, source: str, kind: str, target: str, *, external: bool = False) -> str:
        """Let a part point to another one or to an address; gives the relationship's id."""
        name = _relationships_of(source)
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
        buffer = io.BytesIO()
        names = sorted({*self._contents, *self._trees} - {CONTENT_TYPES})
        with zipfile.ZipFile(buffer, "w") as archive:
            for name in (CONTENT_TYPES, *names):
                entry = zipfile.ZipInfo(name, _EARLIEST)
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.create_system = 0
                archive.writestr(entry, self._bytes(name))
        return buffer.getvalue()

    def _bytes(self, name: str) -> bytes:
        tree = self._trees.get(name)
        return self._contents[name] if tree is None else serialise(tree)

    def _override(self, name: str) -> Element | None:
        types = self.tree(CONTENT_TYPES)
        found = (each for each in types if each.get("PartName", "").lower() == f"/{name}".lower())
        return next(found, None)

    def _relationships(self, source: str) -> Iterator[Element]:
        name = _relationships_of(source)
        return iter(self.tree(name)) if name in self else iter(())


def empty_package() -> Package:
    """A package without a part."""
    types = (
        f'<Types xmlns="{_TYPES}">'
        '<Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/></Types>'
    )
    return Package({CONTENT_TYPES: types.encode()})


def read_package(content: bytes) -> Package:
    """The package in a file's bytes; raises :class:`zipfile.BadZipFile` where there is none."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = [each.filename for each in archive.infolist() if not each.is_dir()]
        return Package({name: archive.read(name) for name in names})


def _relationships_of(source: str) -> str:
    """``word/_rels/document.xml.rels``; the package itself is the source with an empty name."""
    return str(PackURI(f"/{source}").rels_uri.membername)


def _resolve(source: str, target: str) -> str:
    return str(PackURI.from_rel_ref(PackURI(f"/{source}").baseURI, target).membername)
