"""Lists as CSV: UTF-8, UTF-16 or Windows-1252; comma, semicolon or tab; German or English."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from types import MappingProxyType

from presskit.errors import Place, RecipientsError, shortened
from presskit.people import Recipient
from presskit.recipients.addresses import Address, read_address
from presskit.recipients.columns import map_columns, read_gender, read_language

_LINE_END = re.compile(r"\r\n|\r|\n")
_DELIMITERS = (";", ",", "\t")
# ä, ö, ü, ß, é … or a quotation mark or dash as UTF-8 writes them. Read as Windows-1252 they are
# “Ã¤” and “â€ž”, which no name holds.
_UTF8_LETTER = re.compile(rb"\xc3[\x80-\xbf]|\xe2\x80[\x90-\xbf]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
# Excel’s own first line, which names the sign between the cells.
_EXCEL_LINE = re.compile(r"[ \t]*\"?sep=([^\r\n\"])\"?[;,\t]*(?=[\r\n])", re.IGNORECASE)


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
    text, delimiter = _delimited(_decoded(content, file))
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    before = 0
    try:
        fields: tuple[str, ...] = ()
        for row in rows:
            if not any(cell.strip() for cell in row):
                pass
            elif fields:
                yield from _entry(fields, row, Place(file, before + 1))
            else:
                fields = map_columns(row, Place(file, before + 1))
            before = rows.line_num
        if not fields:
            remedy = "Write the headings into the first line, one of them “E-Mail”."
            raise RecipientsError("the file is empty.", remedy=remedy, place=Place(file))
    except csv.Error as fault:
        raise RecipientsError(
            "the row that begins here cannot be read: {fault}.",
            remedy="Look for a quotation mark that is opened and not closed.",
            place=Place(file, before + 1),
            fault=str(fault),
        ) from None


def _decoded(content: bytes, file: str) -> str:
    encoding = _encoding(content)
    try:
        text = content.decode(encoding)
        if encoding == "cp1252" and _UTF8_LETTER.search(content):
            content.decode("utf-8")
        return text.removeprefix("\ufeff")
    except UnicodeDecodeError as fault:
        read = encoding if encoding.startswith("utf-16") else "latin-1"
        before = content[: fault.start].decode(read, "ignore")
    raise RecipientsError(
        "the file mixes encodings or is damaged.",
        remedy="Open it in your spreadsheet program and save it again as “CSV UTF-8”.",
        place=Place(file, len(_LINE_END.findall(before)) + 1),
    )


def _encoding(content: bytes) -> str:
    """What the first bytes tell, else UTF-8 where that fits, else Windows-1252."""
    if content.startswith(codecs.BOM_UTF16_LE) or content[1:2] == b"\0":
        return "utf-16-le"
    if content.startswith(codecs.BOM_UTF16_BE) or content[:1] == b"\0":
        return "utf-16-be"
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "utf-8" if content.startswith(codecs.BOM_UTF8) else "cp1252"
    return "utf-8"


def _delimited(text: str) -> tuple[str, str]:
    """The text, and the sign that parts its cells: named by Excel, or seen in the headings."""
    if found := _EXCEL_LINE.match(text):
        return text[found.end() :], found[1]
    first = next((line for line in _LINE_END.split(text) if line.strip()), "")
    bare = re.sub(r'"[^"]*"', "", first)
    return text, max(_DELIMITERS, key=bare.count)


def _entry(fields: tuple[str, ...], row: list[str], place: Place) -> Iterator[ListEntry | Problem]:
    if any(cell.strip() for cell in row[len(fields) :]):
        yield Problem(place, f"the row has {len(row)} cells, the headings are {len(fields)}.")
        return
    cells = {
        field: " ".join(cell.split()) for field, cell in zip(fields, row, strict=False) if field
    }
    fault = next((name for name, cell in cells.items() if _CONTROL.search(cell)), None)
    if fault:
        yield Problem(place, f"an invisible control character stands under {shortened(fault)!r}.")
        return
    written = cells.pop("address", "")
    address = read_address(written)
    if isinstance(address, str):
        sentence = f"{shortened(written)!r} is no e-mail address: {address}"
        yield Problem(place, sentence if written else "there is no e-mail address.")
        return
    yield from _recipient(cells, address, place)


def _recipient(
    cells: dict[str, str], address: Address, place: Place
) -> Iterator[ListEntry | Problem]:
    written = cells.pop("gender", "")
    gender = read_gender(written)
    if gender is None:
        sentence = f"{shortened(written)!r} is no known form of address; the greeting is neutral."
        yield Problem(place, sentence, left_out=False)
    spoken = cells.pop("language", "")
    language = read_language(spoken)
    if spoken and language is None:
        sentence = (
            f"presskit does not write {shortened(spoken)!r}; the release’s language is taken."
        )
        yield Problem(place, sentence, left_out=False)
    known = ("name", "first_name", "last_name", "title", "office", "organisation", "city")
    person = {name: cells.pop(name, "") for name in (*known, "salutation")}
    recipient = Recipient(
        address=address.written,
        gender=gender or "",
        language=language,
        more=MappingProxyType(cells),
        **person,
    )
    yield ListEntry(recipient, address.key)
