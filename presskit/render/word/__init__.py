"""A release as a Word file on the office's own letterhead."""

from __future__ import annotations

from presskit.letterhead import fields
from presskit.ooxml.markup import Element, q, w
from presskit.release import Release
from presskit.render.house import House
from presskit.render.word.body import Body
from presskit.render.word.letterhead import (
    DOCUMENT_TYPE,
    Letterhead,
    compiled_letterhead,
    fill_fields,
    place_of_text,
)
from presskit.render.word.limits import refuse_unsupported
from presskit.render.word.manuscript import Manuscript
from presskit.render.word.properties import language_tag, set_properties

BOOKMARK = "press_body"
_A4_TEXT = 9354  # the text's width, in twips, where the letterhead tells no other: 165 mm


def render(release: Release, house: House) -> bytes:
    """The release as a .docx file; the same release and house give the same bytes."""
    refuse_unsupported(release.blocks(), str(release.reference), release.draft.pictures)
    letterhead = compiled_letterhead(house.letterhead, house.letterhead_file)
    return write(release, house, letterhead)


def write(release: Release, house: House, letterhead: Letterhead) -> bytes:
    """The release on a letterhead that was opened before and stays as it is."""
    association = house.association
    package = letterhead.package.copy()
    manuscript = Manuscript(package, letterhead.document, release.draft.pictures)
    document = package.tree(letterhead.document)
    fill_fields(package, letterhead, manuscript.styles, fields(release, association))
    body = Body(manuscript, letterhead.document, _text_width(document))
    _set_text(document, body.write(release.blocks()))
    manuscript.styles.set_language(language_tag(release.draft.language, association.language))
    set_properties(package, release, association)
    package.set_content_type(letterhead.document, DOCUMENT_TYPE)
    return package.zipped()


def _set_text(document: Element, blocks: list[Element]) -> None:
    """Put the text into its place, between the two ends of a bookmark by which it is found again.

    The control itself goes: LibreOffice 7.4 loses paragraphs with footnotes inside of one.
    """
    place = place_of_text(document)
    parent = place.getparent()
    if parent is None:
        raise ValueError("the text's place has no page around it")
    number = 1 + max((int(each.get(q("w:id"), "0")) for each in _bookmarks(document)), default=0)
    start = w("bookmarkStart", id=number, name=BOOKMARK)
    if not blocks and parent.tag == q("w:tc"):
        blocks = [w("p")]
    at = parent.index(place)
    parent[at : at + 1] = [start, *blocks, w("bookmarkEnd", id=number)]


def _bookmarks(document: Element) -> list[Element]:
    return list(document.iter(q("w:bookmarkStart")))


def _text_width(document: Element) -> int:
    """The room between the margins of the last section, in twips."""
    section = document.find(f"{q('w:body')}/{q('w:sectPr')}")
    size = None if section is None else section.find(q("w:pgSz"))
    margins = None if section is None else section.find(q("w:pgMar"))
    if size is None or margins is None:
        return _A4_TEXT
    edges = (int(margins.get(q(f"w:{side}"), "0")) for side in ("left", "right"))
    return int(size.get(q("w:w"), "0")) - sum(edges)
