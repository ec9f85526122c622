"""A ZIP file written from members that may be packed already (APPNOTE 6.3.3).

Python's own writer packs every member anew; most of a letterhead is the same in each release, and
packing it once is what makes a release cheap.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field

_LOCAL = struct.Struct("<4sHHHHHIIIHH")
_CENTRAL = struct.Struct("<4sHHHHHHIIIHHHHHII")
_END = struct.Struct("<4sHHHHIIH")
_VERSION = 20  # 2.0: packed by deflate
_UTF8 = 0x0800
_DEFLATED = 8
_MIDNIGHT, _EARLIEST = 0, (0 << 9) | (1 << 5) | 1  # 1 January 1980, as Word itself writes


@dataclass(frozen=True)
class Packed:
    """A member's content, packed (RFC 1951), with its checksum and its size before."""

    checksum: int
    size: int
    content: bytes = field(repr=False)


def pack(content: bytes) -> Packed:
    """Pack a member."""
    packer = zlib.compressobj(zlib.Z_DEFAULT_COMPRESSION, zlib.DEFLATED, -zlib.MAX_WBITS)
    return Packed(zlib.crc32(content), len(content), packer.compress(content) + packer.flush())


def zip_of(members: Iterable[tuple[str, Packed]]) -> bytes:
    """The file with its members in the given order; the same members give the same bytes."""
    body: list[bytes] = []
    directory: list[bytes] = []
    offset = 0
    for name, member in members:
        encoded = name.encode("utf-8")
        facts = (
            *(0 if name.isascii() else _UTF8, _DEFLATED, _MIDNIGHT, _EARLIEST),
            *(member.checksum, len(member.content), member.size, len(encoded), 0),
        )
        local = _LOCAL.pack(b"PK\x03\x04", _VERSION, *facts) + encoded
        entry = _CENTRAL.pack(b"PK\x01\x02", _VERSION, _VERSION, *facts, 0, 0, 0, 0, offset)
        body += (local, member.content)
        directory.append(entry + encoded)
        offset += len(local) + len(member.content)
    listed = b"".join(directory)
    count = len(directory)
    end = _END.pack(b"PK\x05\x06", 0, 0, count, count, len(listed), offset, 0)
    return b"".join((*body, listed, end))
