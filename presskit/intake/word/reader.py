"""A Word file opened for reading: its parts, its notes, its pictures, and what was remarked."""

from __future__ import annotations

from collections.abc import Iterator

from docx.opc.constants import RELATIONSHIP_TYPE

from presskit.document import Block, Image
from presskit.errors import DraftError, Place
from presskit.german import ascii_name
from presskit.intake.pictures import read_picture
from presskit.intake.word.numbering import Numbering
from presskit.intake.word.remarks import Notes
from presskit.intake.word.styles import Styles
from presskit.ooxml.markup import NAMESPACES, Element, q
from presskit.ooxml.package import Package
from presskit.pictures import Picture

_RELATION = "{" + NAMESPACES["r"] + "}"
_VML = "{urn:schemas-microsoft-com:vml}"
_NOTE_KINDS = {"footnote": RELATIONSHIP_TYPE.FOOTNOTES, "endnote": RELATIONSHIP_TYPE.ENDNOTES}


class WordFile:
    """One file while it is read; ``name`` is for messages."""

    def __init__(self, package: Package, name: str) -> None:
        self.package = package
        self.name = name
        self.document = package.main_part()
        self.notes = Notes()
        self.styles = Styles(self._part(RELATIONSHIP_TYPE.STYLES))
        self.numbering = Numbering(self._part(RELATIONSHIP_TYPE.NUMBERING))
        self.found_pictures: dict[str, Picture] = {}
        self._sources: dict[str, str] = {}
        self._note_parts = {kind: self._notes_of(kind) for kind in _NOTE_KINDS}
        self._in_note = False
        self.top_headings = 0

    def note(self, rule: str, words: str = "") -> None:
        """Note something for the person who imports."""
        self.notes.add(rule, words)

    def note_field(self, code: str) -> None:
        """Note a field whose result changes by itself."""
        name = code.split()[0].upper() if code.split() else ""
        if name in ("DATE", "TIME"):
            self.note("date-field", code.strip())

    def address(self, story: str, relation: str) -> str:
        """The address to which a story points, empty where there is none."""
        found = (each for each in self.package.links(story) if each.identity == relation)
        return next((each.target for each in found if each.external), "")

    def note_blocks(self, kind: str, identity: str) -> tuple[Block, ...]:
        """The text of a footnote or an endnote; a note within a note stays empty."""
        from presskit.intake.word.stories import read_story

        part, nodes = self._note_parts[kind]
        if identity not in nodes or self._in_note:
            return ()
        self._in_note = True
        try:
            return read_story(self, part, nodes[identity])
        finally:
            self._in_note = False

    def pictures(self, node: Element, story: str) -> Iterator[Image]:
        """The pictures of a drawing, of today's kind or of that before 2007."""
        shown = list(self._shown(node))
        for relation, outside, alt in shown:
            if outside or not relation:
                self.note("outside-picture", self.address(story, outside or relation))
                continue
            source = self._source(story, relation, alt)
            if source:
                if not alt.strip():
                    self.note("alt-text")
                yield Image(source, " ".join(alt.split()))
        if not shown and next(node.iter(q("w:txbxContent")), None) is None:
            self.note("object", "".join(each.get("name", "") for each in node.iter(q("wp:docPr"))))

    def boxes(self, node: Element, story: str) -> tuple[Block, ...]:
        """The text of the boxes in a drawing."""
        from presskit.intake.word.stories import read_story

        box = next(node.iter(q("w:txbxContent")), None)
        if box is None:
            return ()
        blocks = read_story(self, story, box)
        if blocks:
            self.note("text-box")
        return blocks

    def _shown(self, node: Element) -> Iterator[tuple[str, str, str]]:
        """Relation, outside relation and words of each picture."""
        alt = ""
        for properties in node.iter(q("wp:docPr")):
            alt = properties.get("descr") or properties.get("title") or ""
        for blip in node.iter(q("a:blip")):
            yield blip.get(f"{_RELATION}embed", ""), blip.get(f"{_RELATION}link", ""), alt
        for shape in node.iter(f"{_VML}shape", f"{_VML}rect"):
            for data in shape.iter(f"{_VML}imagedata"):
                yield (
                    data.get(f"{_RELATION}id", ""),
                    data.get(f"{_RELATION}href", ""),
                    shape.get("alt", ""),
                )

    def _source(self, story: str, relation: str, alt: str) -> str:
        """The name under which the text shows a picture; empty where it cannot be taken over."""
        part = self.package.target(story, relation)
        if part in self._sources:
            return self._sources[part]
        outside = self.address(story, relation)
        if not part:
            self.note("outside-picture" if outside else "picture", outside or alt)
            return ""
        name = ascii_name(part.rpartition("/")[2].removeprefix("press-"))
        try:
            picture = read_picture(self.package.content(part), name, Place(self.name), name)
        except DraftError:
            self.note("picture", f"{name} {alt}")
            return ""
        self._sources[part] = name
        self.found_pictures[name] = picture
        return name

    def _part(self, kind: str) -> Element | None:
        for name in self.package.related(self.document, kind):
            return self.package.tree(name)
        return None

    def _notes_of(self, kind: str) -> tuple[str, dict[str, Element]]:
        for name in self.package.related(self.document, _NOTE_KINDS[kind]):
            nodes = self.package.tree(name).iterchildren(q(f"w:{kind}"))
            return name, {each.get(q("w:id"), ""): each for each in nodes}
        return "", {}
