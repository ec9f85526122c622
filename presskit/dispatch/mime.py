"""Pieces of MIME written by hand: those joined per recipient, and those Python folds wrongly."""

from __future__ import annotations

import base64
import re
from email import quoprimime
from email.header import Header
from email.utils import parseaddr, quote
from urllib.parse import quote as percent_encode

from presskit.errors import OfficeError, Place
from presskit.german import ascii_name

EOL = "\r\n"
# RFC 2045, 6.7: 76 characters a line; one is kept for the soft break that closes a piece.
_QP_LINE = 75
# RFC 5322, 2.1.1: lines should keep to this.
_LINE = 78
# An address as a server takes it (RFC 5321, 4.1.2, without quoted local parts and literals).
ADDRESS = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+"
_PLAIN_WORDS = re.compile(r"[\x20-\x7e]*")
_LONGEST_PLAIN_WORD = 60


def quoted_printable(text: str) -> bytes:
    """A piece of a quoted-printable body (RFC 2045, 6.7) that may be joined to others.

    It ends with a soft line break, so that no line grows when the next piece follows.
    """
    octets = text.replace("\r\n", "\n").encode("utf-8").decode("latin-1")
    encoded = quoprimime.body_encode(octets, maxlinelen=_QP_LINE, eol=EOL)
    return (encoded + "=" + EOL).encode("ascii")


def base64_lines(content: bytes) -> bytes:
    """A base64 body (RFC 2045, 6.8) with lines of 76 characters."""
    return base64.encodebytes(content).replace(b"\n", b"\r\n")


def header(name: str, text: str) -> bytes:
    """An unstructured header line, folded, with RFC 2047 words where needed."""
    text = _one_line(text)
    charset = "us-ascii" if _is_plain(text) else "utf-8"
    value = Header(text, charset, header_name=name).encode(linesep=EOL)
    return f"{name}: {value}{EOL}".encode("ascii")


def address_header(name: str, display: str, address: str) -> bytes:
    """A header line with one mailbox (RFC 5322, 3.4)."""
    return f"{name}: {_mailbox(display, address, len(name) + 2)}{EOL}".encode("ascii")


def file_headers(file_name: str, media_type: str, content_id: str = "") -> bytes:
    """Content-Type and Content-Disposition of an attachment, or of a part the mail itself shows.

    A ``content_id`` makes it the latter (RFC 2387), which the mail names as ``cid:`` (RFC 2392).

    The true name stands as RFC 2231 has it, cut to short lines; the ASCII one is the ``name`` that
    readers fall back on.
    """
    plain = _short(ascii_name(file_name))
    kind = f'Content-Type: {media_type};{EOL} name="{plain}"{EOL}'
    name = f'filename="{plain}"'
    if plain != file_name:
        name = f";{EOL} ".join(_percent_parameters(_one_line(file_name)))
    way = "inline" if content_id else "attachment"
    shown_as = f"Content-ID: <{content_id}>{EOL}" if content_id else ""
    return f"{kind}{shown_as}Content-Disposition: {way};{EOL} {name}{EOL}".encode("ascii")


def _short(name: str) -> str:
    """A file name that fits into a line; its ending stays."""
    stem, dot, ending = name.rpartition(".")
    return f"{stem[:40]}{dot}{ending[:12]}" if stem else name[:50]


def _percent_parameters(text: str) -> list[str]:
    """``filename*=…``, or ``filename*0*=…`` and on where a line would grow too long."""
    pieces = _percent_pieces(text)
    if len(pieces) == 1:
        return [f"filename*={pieces[0]}"]
    return [f"filename*{number}*={each}" for number, each in enumerate(pieces)]


def _percent_pieces(text: str) -> list[str]:
    """Percent-encoded UTF-8 in pieces of at most 60 characters, no sign cut in two."""
    pieces = ["UTF-8''"]
    for sign in text:
        encoded = percent_encode(sign, safe="")
        if len(pieces[-1]) + len(encoded) > _LONGEST_PLAIN_WORD:
            pieces.append("")
        pieces[-1] += encoded
    return pieces


def read_mailbox(written: str, place: Place) -> tuple[str, str]:
    """Display name and address of ``Name <address>``."""
    name, address = parseaddr(_one_line(written))
    if not re.fullmatch(ADDRESS, address):
        raise OfficeError(
            "{written!r} is no sender for a mail.",
            remedy="Write it as “Name <address@example.org>”.",
            place=place,
            written=written,
        )
    return name, address


def _mailbox(display: str, address: str, column: int) -> str:
    display = _one_line(display)
    if not display:
        return address
    if _is_plain(display) and len(display) <= _LINE:
        name = f'"{quote(display)}"'
        short = column + len(name) + len(address) + 3 <= _LINE
        return f"{name} <{address}>" if short else f"{name}{EOL} <{address}>"
    words = Header(display, "utf-8", header_name="x" * column).encode(linesep=EOL)
    return f"{words}{EOL} <{address}>"


def _is_plain(text: str) -> bool:
    """Whether text can stand in a header as it is: printable ASCII, no word too long to fold."""
    return (
        _PLAIN_WORDS.fullmatch(text) is not None
        and "=?" not in text
        and all(len(word) <= _LONGEST_PLAIN_WORD for word in text.split(" "))
    )


def _one_line(text: str) -> str:
    """Text without line ends and control characters: nothing in it can begin a header."""
    return " ".join(re.sub(r"[\x00-\x20\x7f-\x9f\u2028\u2029]+", " ", text).split(" ")).strip()
