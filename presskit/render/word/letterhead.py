"""The office's letterhead: opened, checked, and filled for a release."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE

from presskit.errors import LetterheadError, Place
from presskit.letterhead import BODY, FIELDS, NEEDED, NEEDED_ONE_OF
from presskit.ooxml.controls import paragraph_of, remove_paragraph, tagged, write_text
from presskit.ooxml.faults import PackageError
from presskit.ooxml.markup import Element, q
from presskit.ooxml.package import Package, open_package
from presskit.render.word.binding import write_bound_value
from presskit.render.word.styles import Styles

DOCUMENT_TYPE = CONTENT_TYPE.WML_DOCUMENT_MAIN
_STORIES = (
    RELATIONSHIP_TYPE.HEADER,
    RELATIONSHIP_TYPE.FOOTER,
    RELATIONSHIP_TYPE.FOOTNOTES,
    RELATIONSHIP_TYPE.ENDNOTES,
)
_HOW = (
    "In Word, put the cursor there, insert a content control (tab Developer, plain text; for the "
    "text itself: rich text), choose Properties and write the tag"
)


@dataclass(frozen=True)
class Letterhead:
    """A checked letterhead; ``stories`` are the parts with text, the document first."""

    package: Package
    document: str
    stories: tuple[str, ...]


def open_letterhead(content: bytes, file: str) -> Letterhead:
    """The letterhead in a file's bytes; raises :class:`LetterheadError` where it cannot be used."""
    try:
        letterhead = read_letterhead(content)
    except PackageError as fault:
        raise fault.about(LetterheadError, Place(file)) from fault
    package = letterhead.package
    roots = [package.tree(name) for name in letterhead.stories]
    _check_tags([tag for root in roots for tag, _ in tagged(root)], file)
    _check_place(roots[0], file)
    _number_drawings(roots)
    return letterhead


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


def _check_tags(tags: Iterable[str], file: str) -> None:
    found = Counter(tags)
    for tag in found:
        if tag.startswith("press.") and tag not in FIELDS and tag != BODY:
            raise _unknown_tag(tag, file)
    missing = [tag for tag in NEEDED if tag not in found]
    if not any(tag in found for tag in NEEDED_ONE_OF):
        missing.append(" or ".join(NEEDED_ONE_OF))
    if missing:
        raise LetterheadError(
            "the letterhead has no content control tagged {missing}.",
            remedy=f"{_HOW}.",
            place=Place(file),
            missing=", ".join(missing),
        )
    if found[BODY] > 1:
        raise LetterheadError(
            "the letterhead has {count} content controls tagged {tag}, but the text has one place.",
            remedy="Delete the others; none may stand in a text box.",
            place=Place(file),
            count=found[BODY],
            tag=BODY,
        )


def _unknown_tag(tag: str, file: str) -> LetterheadError:
    nearest = difflib.get_close_matches(tag, (*FIELDS, BODY), n=1, cutoff=0.0)[0]
    return LetterheadError(
        "the letterhead has a content control with the unknown tag {tag!r}.",
        remedy="Did you mean {nearest!r}? In Word, click the control, choose Properties (tab "
        "Developer) and mend the tag.",
        place=Place(file),
        tag=tag,
        nearest=nearest,
    )


def _check_place(document: Element, file: str) -> None:
    """The text needs room for paragraphs: in the document itself or in a cell, not in a header."""
    controls = [control for tag, control in tagged(document) if tag == BODY]
    if not controls or controls[0].find(f"{q('w:sdtContent')}/{q('w:tc')}") is not None:
        raise LetterheadError(
            "the content control {tag} stands where no paragraphs can follow one another.",
            remedy="Put it into a paragraph of its own on the page, outside header and footer.",
            place=Place(file),
            tag=BODY,
        )


def _number_drawings(roots: Iterable[Element]) -> None:
    """Number all drawings through the whole file; Word repairs files that use a number twice."""
    drawings = (drawing for root in roots for drawing in root.iter(q("wp:docPr")))
    for number, drawing in enumerate(drawings, start=1):
        drawing.set("id", str(number))
