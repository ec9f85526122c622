"""One story of a Word file (the text, or its footnotes): links, styles, lists and notes of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE

from presskit.ooxml.markup import Element, w
from presskit.ooxml.package import Package
from presskit.pictures import Picture
from presskit.render.word.footnotes import empty_footnotes
from presskit.render.word.numbering import Numbering
from presskit.render.word.styles import Styles

_PARTS = {
    "styles": (RELATIONSHIP_TYPE.STYLES, CONTENT_TYPE.WML_STYLES),
    "numbering": (RELATIONSHIP_TYPE.NUMBERING, CONTENT_TYPE.WML_NUMBERING),
    "footnotes": (RELATIONSHIP_TYPE.FOOTNOTES, CONTENT_TYPE.WML_FOOTNOTES),
    "settings": (RELATIONSHIP_TYPE.SETTINGS, CONTENT_TYPE.WML_SETTINGS),
}
# The letterhead's own drawings are numbered from 1.
_OUR_DRAWINGS = 100_000
_NOT_IN_ADDRESS = re.compile(r"[\x00-\x20\x7f<>\"{}|\\^`\ud800-\udfff]")


class Manuscript:
    """A package whose text is being written, with the parts that the text needs beside it."""

    def __init__(
        self, package: Package, document: str, pictures: Mapping[str, Picture] | None = None
    ) -> None:
        self.package = package
        self.document = document
        self._pictures = pictures or {}
        self._shown: dict[tuple[str, str], str] = {}
        self._drawings = 0
        self.styles = Styles(package.tree(self._part("styles", lambda: w("styles"))))
        self._numbering: Numbering | None = None

    @property
    def numbering(self) -> Numbering:
        """The lists; the part is made with the first list."""
        if self._numbering is None:
            name = self._part("numbering", lambda: w("numbering"))
            self._numbering = Numbering(self.package.tree(name))
        return self._numbering

    def footnotes(self) -> str:
        """The name of the part with the notes, which is made with the first note."""
        return self._part("footnotes", empty_footnotes)

    def link(self, story: str, target: str) -> str:
        """The id under which a story points to an address."""
        address = _NOT_IN_ADDRESS.sub(_percent, target)
        return self.package.relate(story, RELATIONSHIP_TYPE.HYPERLINK, address, external=True)

    def picture(self, story: str, source: str) -> tuple[Picture, str, int]:
        """A picture of the text, the id under which a story points to it, and a number of its own.

        Word repairs files in which two drawings have one number.
        """
        picture = self._pictures[source]
        name = f"word/media/press-{picture.file_name}"
        if name not in self.package:
            self.package.put_content(name, picture.content, picture.media_type)
        if (story, name) not in self._shown:
            relation = self.package.relate(story, RELATIONSHIP_TYPE.IMAGE, name)
            self._shown[story, name] = relation
        self._drawings += 1
        return picture, self._shown[story, name], _OUR_DRAWINGS + self._drawings

    def _part(self, kind: str, new: Callable[[], Element]) -> str:
        """The part of a kind that belongs to the document, made where it is missing."""
        relation, content_type = _PARTS[kind]
        for name in self.package.related(self.document, relation):
            return name
        name = f"word/{kind}.xml"
        self.package.put(name, new(), content_type)
        self.package.relate(self.document, relation, name)
        return name


def _percent(found: re.Match[str]) -> str:
    """A character that no address may hold, percent-encoded (RFC 3986)."""
    return "".join(f"%{octet:02X}" for octet in found[0].encode("utf-8", "replace"))
