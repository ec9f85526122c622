"""The office's letterhead: opened, checked, and filled for a release."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE

from presskit.errors import LetterheadError, Place
from presskit.letterhead import BODY
from presskit.ooxml.controls import paragraph_of, remove_paragraph, tagged, write_text
from presskit.ooxml.faults import PackageError
from presskit.ooxml.markup import Element, q
from presskit.ooxml.package import Package, open_package
from presskit.render.word.binding import write_bound_value
from presskit.render.word.refusals import REFUSALS
from presskit.render.word.sheet import Sheet
from presskit.render.word.styles import Styles

DOCUMENT_TYPE = CONTENT_TYPE.WML_DOCUMENT_MAIN
_STORIES = (
    RELATIONSHIP_TYPE.HEADER,
    RELATIONSHIP_TYPE.FOOTER,
    RELATIONSHIP_TYPE.FOOTNOTES,
    RELATIONSHIP_TYPE.ENDNOTES,
)


@dataclass(frozen=True)
class Letterhead:
    """A checked letterhead; ``stories`` are the parts with text, the document first."""

    package: Package
    document: str
    stories: tuple[str, ...]

    @property
    def sheet(self) -> Sheet:
        """The letterhead as one looks at it."""
        return Sheet(self.package, self.document, self.stories)


def open_letterhead(content: bytes, file: str) -> Letterhead:
    """The letterhead in a file's bytes; raises :class:`LetterheadError` where it cannot be used."""
    try:
        letterhead = read_letterhead(content)
    except PackageError as fault:
        raise fault.about(LetterheadError, Place(file)) from fault
    sheet = letterhead.sheet
    for rule in REFUSALS:
        for each in rule(sheet):
            raise LetterheadError(
                each.sentence, remedy=each.remedy, place=Place(file), **each.facts
            )
    _number_drawings(letterhead.package.tree(name) for name in letterhead.stories)
    return letterhead


@functools.lru_cache(maxsize=4)
def compiled_letterhead(content: bytes, file: str) -> Letterhead:
    """The same, opened and checked once for all releases set on it; it is never changed."""
    return open_letterhead(content, file)


def read_letterhead(content: bytes) -> Letterhead:
    """The stories of a Word file, whatever stands in them; raises :class:`PackageError`.

    Every part that the writer may touch is read once, so that none can fail later.
    """
    package = open_package(content)
    document = package.main_part()
    stories = [document]
    for kind in _STORIES:
        stories += package.related(document, kind)
    package.check()
    return Letterhead(package, document, tuple(dict.fromkeys(stories)))


def fill_fields(
    package: Package, letterhead: Letterhead, styles: Styles, texts: Mapping[str, str]
) -> None:
    """Write the text of every field; a paragraph whose fields are all empty disappears."""
    placeholder = styles.find("placeholder text")
    for name in letterhead.stories:
        lines: dict[Element, bool] = {}
        for tag, control in list(tagged(package.tree(name))):
            if tag not in texts:
                continue
            write_bound_value(package, letterhead.document, control, texts[tag])
            write_text(control, texts[tag], placeholder)
            line = paragraph_of(control)
            if line is not None:
                lines[line] = lines.get(line, False) or bool(texts[tag].strip())
        for line, has_text in lines.items():
            if not has_text:
                remove_paragraph(line)


def place_of_text(document: Element) -> Element:
    """What the text takes the place of: the marked control, or the paragraph it stands in."""
    control = next(control for tag, control in tagged(document) if tag == BODY)
    return next(control.iterancestors(q("w:p")), control)


def _number_drawings(roots: Iterable[Element]) -> None:
    """Number all drawings through the whole file; Word repairs files that use a number twice."""
    drawings = (drawing for root in roots for drawing in root.iter(q("wp:docPr")))
    for number, drawing in enumerate(drawings, start=1):
        drawing.set("id", str(number))
