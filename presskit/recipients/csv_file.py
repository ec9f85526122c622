"""Lists as CSV: UTF-8, UTF-16 or Windows-1252; comma, semicolon or tab; German or English."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from types import MappingProxyType

from presskit.errors import Place, RecipientsError
from presskit.people import Recipient
from presskit.recipients.addresses import Address, read_address
from presskit.recipients.columns import map_columns, read_gender
from presskit.wording import LANGUAGES

_DELIMITERS = (";", ",", "\t")
_UTF8_LETTER = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


@dataclass(frozen=True)
class Problem:
    """What is wrong with one row; ``left_out`` says whether the person gets no mail for it."""

    place: Place
    sentence: str
    left_out: bool = True

    def __str__(self) -> str:
        return f"{self.place}: {self.sentence}"


@dataclass(frozen=True)
class ListEntry:
    """A recipient of a file, with the key by which one mailbox is known again."""

    recipient: Recipient
    key: str


def read_csv(content: bytes, file: str) -> Iterator[ListEntry | Problem]:
    """The rows of a list file, each as a recipient or as a problem."""
    text = _decoded(content, file)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        headings = next((row for row in rows if any(cell.strip() for cell in row)), [])
        fields = map_columns(headings, Place(file, max(rows.line_num, 1)))
        before = rows.line_num
        for row in rows:
            if any(cell.strip() for cell in row):
                yield from _entry(fields, row, Place(file, before + 1))
            before = rows.line_num
    except csv.Error as fault:
        raise RecipientsError(
            "the table cannot be read: {fault}.",
            remedy="Look for a quotation mark that is opened and not closed.",
            place=Place(file, rows.line_num),
            fault=str(fault),
        ) from None


def _decoded(content: bytes, file: str) -> str:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    else:
        encoding = "utf-8-sig" if _is_utf8(content) else "cp1252"
    try:
        text = content.decode(encoding)
        if encoding != "cp1252" or not _UTF8_LETTER.search(content):
            return text
        position = _first_fault(content)
    except UnicodeDecodeError as fault:
        position = fault.start
    raise RecipientsError(
        "the file mixes encodings or is damaged.",
        remedy="Open it in your spreadsheet program and save it again as “CSV UTF-8”.",
        place=Place(file, content.count(b"\n", 0, position) + 1),
    )


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return True


def _first_fault(content: bytes) -> int:
    try:
        content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        return fault.start
    return 0


def _delimiter(text: str) -> str:
    """The sign that parts the headings; Excel's own line “sep=;” is not expected."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    bare = re.sub(r'"[^"]*"', "", first)
    return max(_DELIMITERS, key=bare.count)


def _entry(fields: tuple[str, ...], row: list[str], place: Place) -> Iterator[ListEntry | Problem]:
    if any(cell.strip() for cell in row[len(fields) :]):
        yield Problem(place, f"the row has {len(row)} cells, the headings are {len(fields)}.")
        return
    cells = {
        field: " ".join(cell.split()) for field, cell in zip(fields, row, strict=False) if field
    }
    fault = next((name for name, cell in cells.items() if _CONTROL.search(cell)), None)
    if fault:
        yield Problem(place, f"an invisible control character stands under {fault!r}.")
        return
    address = read_address(cells.pop("address", ""))
    if isinstance(address, str):
        written = row[fields.index("address")] if fields.index("address") < len(row) else ""
        yield Problem(place, f"{written.strip()!r} is no e-mail address: {address}")
        return
    yield from _recipient(cells, address, place)


def _recipient(
    cells: dict[str, str], address: Address, place: Place
) -> Iterator[ListEntry | Problem]:
    written = cells.pop("gender", "")
    gender = read_gender(written)
    if gender is None:
        sentence = f"{written!r} is no known form of address; the greeting is neutral."
        yield Problem(place, sentence, left_out=False)
    language = cells.pop("language", "").lower()[:2]
    known = ("name", "first_name", "last_name", "title", "office", "organisation", "city")
    person = {name: cells.pop(name, "") for name in (*known, "salutation")}
    recipient = Recipient(
        address=address.written,
        gender=gender or "",
        language=language if language in LANGUAGES else None,
        more=MappingProxyType(cells),
        **person,
    )
    yield ListEntry(recipient, address.key)
