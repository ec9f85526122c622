"""A ZIP from outside, unpacked within bounds; nothing it says of its own sizes is believed.

Word's packages use ZIP with two ways of packing, stored and deflated (ECMA-376 part 2, annex C).
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator

from presskit.ooxml.faults import PackageError
from presskit.ooxml.formats import no_package, no_zip

MEGABYTE = 1024 * 1024
LARGEST_FILE = 256 * MEGABYTE
MOST_PARTS = 20_000

# A file may always unpack to the first of these, to the second only if it is large itself: text
# with long tables packs to a fiftieth, while a bomb packs to a thousandth.
SMALLEST_ROOM, LARGEST_ROOM, _RATIO = 64 * MEGABYTE, 512 * MEGABYTE, 100

_CHUNK = 256 * 1024
_CENTRAL_ENTRY = b"PK\x01\x02"
_PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 0x1
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, EOFError, OSError),
    *(RuntimeError, NotImplementedError, ValueError, OverflowError, UnicodeError, IndexError),
)


def unzip(content: bytes, needed: str) -> dict[str, bytes]:
    """The members of a ZIP by name; ``needed`` is the one without which it is something else.

    Raises :class:`PackageError`; then nothing was unpacked beyond the bounds.
    """
    if len(content) > LARGEST_FILE:
        raise PackageError("large", limit=LARGEST_FILE // MEGABYTE)
    if not zipfile.is_zipfile(io.BytesIO(content)):
        raise no_zip(content)
    if content.count(_CENTRAL_ENTRY) > MOST_PARTS:
        raise PackageError("parts", limit=MOST_PARTS)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _members(archive, _room(content), needed)
    except _BROKEN as fault:
        raise PackageError("damaged", part="") from fault


def _members(archive: zipfile.ZipFile, room: int, needed: str) -> dict[str, bytes]:
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    spelled = {needed.lower(): needed}
    for entry in entries:
        spelled.setdefault(_plain_name(entry.filename).lower(), _plain_name(entry.filename))
    if not any(_plain_name(entry.filename).lower() == needed.lower() for entry in entries):
        raise no_package((entry.filename for entry in entries), _mimetype(archive, room))
    if sum(entry.file_size for entry in entries) > room:
        raise _too_much(archive, room)
    found: dict[str, bytes] = {}
    left = room
    for entry in entries:
        name = spelled[_plain_name(entry.filename).lower()]
        member = _read(archive, entry, room, left)
        left -= len(member)
        if found.setdefault(name, member) != member:
            raise PackageError("twice", part=name)
    return found


def _plain_name(name: str) -> str:
    """A member's name as parts are called: some programs write ``/word/…`` or ``word\\…``."""
    plain = name.replace("\\", "/").removeprefix("/")
    if not plain or {"", ".", ".."} & set(plain.split("/")):
        raise PackageError("name", part=repr(name))
    return plain


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, room: int, left: int) -> bytes:
    """A member, unpacked piece by piece until it ends or the room does."""
    if entry.flag_bits & _ENCRYPTED:
        raise PackageError("password")
    if entry.compress_type not in _PACKINGS:
        raise PackageError("packing", part=entry.filename)
    try:
        return b"".join(_pieces(archive, entry, room, left))
    except _BROKEN as fault:
        raise PackageError("damaged", part=f" ({entry.filename})") from fault


def _pieces(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, room: int, left: int
) -> Iterator[bytes]:
    with archive.open(entry) as member:
        while piece := member.read(_CHUNK):
            left -= len(piece)
            if left < 0:
                raise _too_much(archive, room)
            yield piece


def _too_much(archive: zipfile.ZipFile, room: int) -> PackageError:
    size = archive.fp.seek(0, io.SEEK_END) if archive.fp else 0
    return PackageError("bomb", size=size / MEGABYTE, limit=room // MEGABYTE)


def _mimetype(archive: zipfile.ZipFile, room: int) -> bytes:
    """What OpenDocument files and e-books say of themselves in a member of this name."""
    if "mimetype" not in archive.namelist():
        return b""
    return _read(archive, archive.getinfo("mimetype"), room, 1024)


def _room(content: bytes) -> int:
    return max(SMALLEST_ROOM, min(LARGEST_ROOM, _RATIO * len(content)))
