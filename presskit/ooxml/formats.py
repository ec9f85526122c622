"""What a file is that is no Word file: told by its first bytes, never by its name."""

from __future__ import annotations

import re
from collections.abc import Iterable

from presskit.ooxml.faults import PackageError

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCK_SIZE, _LONGEST_OWNER = 162, 54
_BEGINNING = 1024

_OPEN_AND_SAVE = "Open it in Word and choose File > Save As > “Word Document (.docx)”."
_FROM_OFFICE = (
    "Open it in LibreOffice and choose File > Save As > “Word 2010–365 Document (.docx)”."
)
_TEXT = "Paste the text into a Word file or a draft, or give the file the ending .txt."
_OTHER_PROGRAM = "Put the text into a Word file."

# Streams of an OLE file (MS-CFB), the first that is found: its name and what follows from it.
_STREAMS: tuple[tuple[str, str, str], ...] = (
    ("\tDRMContent", "rights", ""),
    ("EncryptedPackage", "password", ""),
    ("WordDocument", "old", ""),
    ("Workbook", "other", "an old Excel workbook"),
    ("PowerPoint Document", "other", "an old PowerPoint presentation"),
    ("__nameid_version1.0", "other", "a mail saved by Outlook"),
    ("VisioDocument", "other", "a Visio drawing"),
)

# The beginning of a file, without leading blanks, in small letters: what it is and what to do.
_BEGINNINGS: tuple[tuple[bytes, str, str], ...] = (
    (rb"\{\\rtf", "a rich text file (RTF)", _OPEN_AND_SAVE),
    (rb"%pdf-", "a PDF", "Ask for the Word file it was made from."),
    (
        rb"(<\?xml[^>]*>\s*|<\?mso-application[^>]*>\s*)*<(pkg:package|w:worddocument)",
        "a Word document saved as XML",
        _OPEN_AND_SAVE,
    ),
    (rb"(<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(!doctype )?html", "a web page", _OPEN_AND_SAVE),
    (rb"(<\?xml[^>]*>\s*)?<office:document", "an OpenDocument file saved as XML", _FROM_OFFICE),
    (rb"<\?xml|<svg", "an XML file", _OTHER_PROGRAM),
    (rb"mime-version:|from:|return-path:|received:", "a mail or a web archive", _OPEN_AND_SAVE),
    (rb"\x89png|\xff\xd8\xff|gif8|ii\*\x00|mm\x00\*", "a picture", _OTHER_PROGRAM),
    (rb"rar!|7z\xbc\xaf|\x1f\x8b", "a packed archive", "Unpack it and take the file inside."),
)

# A ZIP with a part of one of these names, or with such a word in its ``mimetype``.
_MIMES: tuple[tuple[bytes, str, str], ...] = (
    (b"opendocument.text", "an OpenDocument text (.odt)", _FROM_OFFICE),
    (b"opendocument.spreadsheet", "an OpenDocument spreadsheet (.ods)", _OTHER_PROGRAM),
    (b"opendocument.presentation", "an OpenDocument presentation (.odp)", _OTHER_PROGRAM),
    (b"opendocument", "an OpenDocument file", _OTHER_PROGRAM),
    (b"epub", "an e-book (EPUB)", _OTHER_PROGRAM),
)
_MEMBERS: tuple[tuple[str, str, str], ...] = (
    ("Index/Document.iwa", "a Pages, Numbers or Keynote file", "Export it as Word (.docx)."),
    ("Index.zip", "a Pages, Numbers or Keynote file", "Export it as Word (.docx)."),
)

# Other files of the same packaging, by a word in the content type of their main part.
_KINDS: tuple[tuple[str, str], ...] = (
    ("spreadsheetml", "an Excel workbook"),
    ("ms-excel", "an Excel workbook"),
    ("presentationml", "a PowerPoint presentation"),
    ("ms-powerpoint", "a PowerPoint presentation"),
    ("visio", "a Visio drawing"),
    ("xps", "an XPS document"),
)


def no_zip(content: bytes) -> PackageError:
    """Why a file that is no ZIP cannot be a Word file."""
    for test in (_nothing, _unfinished, _lock, _ole, _beginning, _plain_text):
        fault = test(content)
        if fault is not None:
            return fault
    return PackageError("unknown")


def no_package(names: Iterable[str], mimetype: bytes) -> PackageError:
    """Why a ZIP without a list of content types cannot be a Word file."""
    known = set(names)
    for word, what, how in _MIMES:
        if word in mimetype:
            return PackageError("other", what=what, how=how)
    for name, what, how in _MEMBERS:
        if name in known:
            return PackageError("other", what=what, how=how)
    inside = [name for name in sorted(known) if name.lower().endswith((".docx", ".dotx"))]
    how = f"Unpack it and take the file inside: {inside[0]}." if inside else _OTHER_PROGRAM
    return PackageError("other", what="a ZIP archive", how=how.replace("{", "").replace("}", ""))


def other_kind(content_type: str) -> PackageError | None:
    """What the file is if the main part is of another program's content type."""
    for word, what in _KINDS:
        if word in content_type:
            return PackageError("other", what=what, how=_OTHER_PROGRAM)
    return None


def _nothing(content: bytes) -> PackageError | None:
    return None if content.strip(b"\x00 \t\r\n") else PackageError("empty")


def _unfinished(content: bytes) -> PackageError | None:
    return PackageError("cut") if content.startswith(_ZIP) else None


def _lock(content: bytes) -> PackageError | None:
    """Word's owner file: 162 bytes, the first counts the letters of a name (at most 54)."""
    is_one = len(content) == _LOCK_SIZE and content[0] <= _LONGEST_OWNER
    return PackageError("lock") if is_one else None


def _ole(content: bytes) -> PackageError | None:
    if not content.startswith(_OLE):
        return None
    for stream, rule, what in _STREAMS:
        if stream.encode("utf-16-le") in content:
            return PackageError(rule, what=what, how=_OTHER_PROGRAM)
    return PackageError("other", what="a file in an old format of Microsoft", how=_OPEN_AND_SAVE)


def _beginning(content: bytes) -> PackageError | None:
    start = content[:_BEGINNING].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    for pattern, what, how in _BEGINNINGS:
        if re.match(pattern, start, re.DOTALL):
            return PackageError("other", what=what, how=how)
    return None


def _plain_text(content: bytes) -> PackageError | None:
    start = content[: 4 * _BEGINNING]
    if any(byte < 9 or 13 < byte < 27 or 27 < byte < 32 for byte in start):
        return None
    return PackageError("other", what="plain text", how=_TEXT)
