"""A Word file -> :class:`presskit.intake.found.Reading`: fields, text, pictures and remarks."""

from __future__ import annotations

from docx.opc.constants import RELATIONSHIP_TYPE

from presskit.document import Document
from presskit.errors import DraftError, Place
from presskit.intake.appendages import take_off
from presskit.intake.found import Found, Reading
from presskit.intake.word.body import body_of
from presskit.intake.word.fields import tagged_fields
from presskit.intake.word.reader import WordFile
from presskit.ooxml.faults import PackageError
from presskit.ooxml.markup import q
from presskit.ooxml.package import open_package

_BESIDE = (RELATIONSHIP_TYPE.HEADER, RELATIONSHIP_TYPE.FOOTER)


def read_word(content: bytes, file: str) -> Reading:
    """Read an edited release, or any other document of Word, LibreOffice or Google Docs.

    Fields are found by the tags of the letterhead's content controls, else by labels. Tracked
    insertions are kept and deletions dropped. Raises :class:`DraftError` for what is no Word file.
    """
    try:
        return _read(WordFile(open_package(content), file))
    except PackageError as fault:
        raise fault.about(DraftError, Place(file)) from fault
    except RecursionError:
        raise DraftError(
            "the file is nested too deeply.",
            remedy="Take the tables out of one another, and try again.",
            place=Place(file),
        ) from None


def _read(file: WordFile) -> Reading:
    package = file.package
    beside = [name for kind in _BESIDE for name in package.related(file.document, kind)]
    fields = tagged_fields(file, (file.document, *beside))
    body = body_of(file, fields)
    for name in package.related(file.document, RELATIONSHIP_TYPE.COMMENTS):
        count = len(package.tree(name).findall(q("w:comment")))
        file.notes.add("comment", count=count)
    text, around = take_off(Document(body.blocks))
    found = (*fields, *body.found, *around)
    if file.top_headings:
        file.notes.add("heading-1", count=file.top_headings)
    if not any(each.key == "title" for each in found):
        file.note("title")
    return Reading(
        found=_without_doubles(found),
        text=text,
        pictures=file.found_pictures,
        remarks=file.notes.remarks(),
    )


def _without_doubles(found: tuple[Found, ...]) -> tuple[Found, ...]:
    """Each key's values once; a label does not add to what a tag has said."""
    several = ("file_reference", "issuers", "documents")
    kept: dict[tuple[str, str], Found] = {}
    for each in found:
        same_key = any(key == each.key for key, _ in kept)
        if same_key and each.key not in several and each.confidence != "unsure":
            continue
        kept.setdefault((each.key, each.value), each)
    return tuple(kept.values())
