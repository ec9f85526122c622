"""The mail of one version for one list, compiled once to bytes with holes.

For each recipient only the holes are filled and the bytes joined; nothing is rendered or parsed
again. Each hole in a quoted-printable part stands between two soft line breaks, so that a value of
any length keeps every line short.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import html
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.utils import format_datetime
from typing import Literal

from presskit.dispatch import mime
from presskit.errors import ArchiveError
from presskit.markers import GREETING, pieces
from presskit.people import DistributionList
from presskit.wording import Language, word

Hole = Literal["to", "date", "message_id", "token", "greeting_text", "greeting_html"]


@dataclass(frozen=True, kw_only=True)
class Enclosure:
    """An attachment as filed; one with a ``content_id`` is a picture that the mail shows."""

    file_name: str
    media_type: str
    content: bytes = field(repr=False)
    content_id: str = ""


@dataclass(frozen=True, kw_only=True)
class FiledMail:
    """What was filed of one version, ready to be mailed.

    ``sender`` and ``reply_to`` are (display name, address); ``key`` names the version's content;
    ``parts`` are the pictures that the HTML shows by their Content-IDs.
    """

    subject: str
    sender: tuple[str, str]
    reply_to: tuple[str, str]
    language: Language
    html: str = field(repr=False)
    text: str = field(repr=False)
    enclosures: tuple[Enclosure, ...]
    key: str
    parts: tuple[Enclosure, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Personal:
    """What one recipient's message says besides; ``greeting`` has no comma yet."""

    name: str
    address: str
    greeting: str
    token: str
    date: dt.datetime


class Skeleton:
    """The compiled mail."""

    def __init__(self, segments: tuple[bytes | Hole, ...], domain: str, series_key: str) -> None:
        self._segments = segments
        self._domain = domain
        self._key = series_key

    def message(self, person: Personal) -> bytes:
        """One recipient's message (RFC 5322, CRLF line ends)."""
        greeting = f"{person.greeting},"
        values: dict[Hole, bytes] = {
            "to": mime.address_header("To", person.name, person.address),
            "date": format_datetime(person.date).encode("ascii"),
            "message_id": self.message_id(person).encode("ascii"),
            "token": person.token.encode("ascii"),
            "greeting_text": mime.quoted_printable(greeting),
            "greeting_html": mime.quoted_printable(html.escape(greeting)),
        }
        return b"".join(
            segment if isinstance(segment, bytes) else values[segment] for segment in self._segments
        )

    @property
    def octets(self) -> int:
        """How large a message is without what it says of its recipient, a few hundred octets."""
        return sum(len(each) for each in self._segments if isinstance(each, bytes))

    def message_id(self, person: Personal) -> str:
        """The same for every attempt at one delivery, so that a rare double can be told."""
        return f"<{self._key}.{person.token}@{self._domain}>"


def compile_skeleton(mail: FiledMail, to_list: DistributionList) -> Skeleton:
    """Compile the filed mail for the people of one list."""
    domain = mail.sender[1].rpartition("@")[2]
    boundary = _boundary(mail, to_list)
    segments = (
        *_head(mail, to_list, domain),
        *_body(mail, to_list, boundary),
    )
    return Skeleton(tuple(_joined(segments)), domain, mail.key[:16])


def _head(mail: FiledMail, to_list: DistributionList, domain: str) -> Iterator[bytes | Hole]:
    yield mime.address_header("From", *mail.sender)
    yield "to"
    if mail.reply_to[1]:
        yield mime.address_header("Reply-To", *mail.reply_to)
    yield mime.header("Subject", mail.subject)
    yield b"Date: "
    yield "date"
    yield b"\r\nMessage-ID: "
    yield "message_id"
    yield b"\r\n"
    yield f"List-Id: <{to_list.key}.{domain}>\r\n".encode("ascii")
    # Written by hand: Python would fold a long address to an empty first line.
    yield f"List-Unsubscribe: <mailto:{mail.sender[1]}?subject=unsubscribe%20".encode("ascii")
    yield "token"
    yield f">\r\nContent-Language: {mail.language}\r\nMIME-Version: 1.0\r\n".encode("ascii")


def _body(mail: FiledMail, to_list: DistributionList, boundary: str) -> Iterator[bytes | Hole]:
    # None may begin with another (RFC 2046, 5.1.2).
    mixed, alternative, related = (
        f"=_{name}_{boundary}" for name in ("mixed", "alternative", "related")
    )
    if mail.enclosures:
        yield _multipart("mixed", mixed)
        yield _part(mixed)
    yield _multipart("alternative", alternative)
    yield _part(alternative)
    yield from _text_part(mail, to_list)
    yield _part(alternative)
    if mail.parts:
        yield _multipart("related", related, "text/html")
        yield _part(related)
    yield from _html_part(mail, to_list)
    yield from _enclosures(mail.parts, related)
    yield _end(alternative)
    yield from _enclosures(mail.enclosures, mixed)


def _enclosures(enclosures: tuple[Enclosure, ...], boundary: str) -> Iterator[bytes]:
    """Files as the last parts of a multipart; nothing where there are none."""
    for each in enclosures:
        yield _part(boundary)
        yield _enclosure(each)
    if enclosures:
        yield _end(boundary)


def _text_part(mail: FiledMail, to_list: DistributionList) -> Iterator[bytes | Hole]:
    yield _QP_HEAD.replace(b"TYPE", b"plain")
    yield "greeting_text"
    why, leave = _notice(mail, to_list)
    yield mime.quoted_printable(f"\n\n{mail.text.rstrip()}\n\n-- \n{why}\n{leave}\n")


def _html_part(mail: FiledMail, to_list: DistributionList) -> Iterator[bytes | Hole]:
    page = pieces(mail.html)
    if page is None:
        raise ArchiveError(
            "the filed mail has lost the places for greeting and notice.",
            remedy="Bring its bag back from a copy of the archive; nothing was sent.",
        )
    yield _QP_HEAD.replace(b"TYPE", b"html")
    for piece in page:
        if piece == GREETING:
            yield "greeting_html"
        else:
            yield mime.quoted_printable(
                piece if isinstance(piece, str) else _html_notice(mail, to_list)
            )


def _html_notice(mail: FiledMail, to_list: DistributionList) -> str:
    why, _leave = _notice(mail, to_list)
    label = html.escape(word("unsubscribe", mail.language))
    leave = f"mailto:{mail.sender[1]}?subject=unsubscribe%20{to_list.key}"
    return f'{html.escape(why)} <a href="{html.escape(leave)}">{label}</a>'


def _notice(mail: FiledMail, to_list: DistributionList) -> tuple[str, str]:
    """Why the reader gets this mail, and how to leave the list."""
    marks = word("quote_marks", mail.language)
    why = f"{word('why', mail.language)} {marks[0]}{to_list.title}{marks[1]}."
    return why, f"{word('unsubscribe', mail.language)}: {mail.sender[1]}"


_QP_HEAD = (
    b"Content-Type: text/TYPE; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
)


def _multipart(kind: str, boundary: str, root: str = "") -> bytes:
    """The head of a multipart; ``root`` is the type of its first part, as related ones name it."""
    shows = f';\r\n type="{root}"' if root else ""
    head = f'Content-Type: multipart/{kind}{shows};\r\n boundary="{boundary}"\r\n\r\n'
    return head.encode("ascii")


def _part(boundary: str) -> bytes:
    return f"\r\n--{boundary}\r\n".encode("ascii")


def _end(boundary: str) -> bytes:
    return f"\r\n--{boundary}--\r\n".encode("ascii")


def _enclosure(each: Enclosure) -> bytes:
    head = mime.file_headers(each.file_name, _with_charset(each), each.content_id)
    return head + b"Content-Transfer-Encoding: base64\r\n\r\n" + mime.base64_lines(each.content)


def _with_charset(each: Enclosure) -> str:
    """The media type as it may stand over base64; a text says that it is UTF-8 where it is."""
    if each.media_type.startswith(("message/", "multipart/")):
        return "application/octet-stream"  # RFC 2046, 5.2.1 allows these no base64
    if not each.media_type.startswith("text/"):
        return each.media_type
    try:
        each.content.decode("utf-8")
    except UnicodeDecodeError:
        return each.media_type
    return f"{each.media_type}; charset=utf-8"


def _boundary(mail: FiledMail, to_list: DistributionList) -> str:
    """The same for the same mail; “=_” stands in no encoded part (RFC 2045, 6.7)."""
    digest = hashlib.sha256(f"{mail.key} {to_list.key}".encode()).hexdigest()
    return digest[:24]


def _joined(segments: tuple[bytes | Hole, ...]) -> Iterator[bytes | Hole]:
    """Neighbouring bytes as one segment."""
    held = b""
    for segment in segments:
        if isinstance(segment, bytes):
            held += segment
        else:
            yield held
            yield segment
            held = b""
    yield held
