"""Bags: a release version's folder in the archive (BagIt 1.0, RFC 8493).

A bag is written in a staging folder, brought to the disk for good, and only then moved to its
place by one rename. Bags are never rewritten.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import shutil
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

STAGING = ".staging"
MANIFEST = "manifest-sha512.txt"
# Staged bags have names of chance; anything else there was laid down by somebody else.
_OURS = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True)
class StagedBag:
    """A complete bag that waits in the staging folder; ``sha256`` is that of its manifest."""

    folder: Path
    sha256: str


def stage(archive: Path, files: Mapping[str, bytes], info: Mapping[str, str]) -> StagedBag:
    """Write a bag with the given payload (path below ``data/`` -> bytes) and bring it to the disk.

    On an error nothing is left behind.
    """
    folder = archive / STAGING / uuid.uuid4().hex
    try:
        for path, content in sorted(files.items()):
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        _make_bag(folder, info)
        _sync_tree(folder)
        for parent in (folder.parent, archive):
            _sync_folder(parent)
        digest = hashlib.sha256((folder / MANIFEST).read_bytes()).hexdigest()
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return StagedBag(folder, digest)


def put_in_place(staged: Path, place: Path) -> None:
    """Move a staged bag to its place; done by another process meanwhile, it stays as it is."""
    place.parent.mkdir(parents=True, exist_ok=True)
    try:
        staged.rename(place)
    except FileNotFoundError:
        if not place.is_dir():
            raise
    archive = staged.parent.parent
    for folder in (*_up_to(archive, place.parent), staged.parent):
        _sync_folder(folder)


def staged_folders(archive: Path) -> tuple[Path, ...]:
    """What lies in the staging folder: bags under way, or left by a process that was stopped."""
    with contextlib.suppress(FileNotFoundError):
        found = sorted((archive / STAGING).iterdir())
        return tuple(each for each in found if _OURS.fullmatch(each.name))
    return ()


def has_bags(archive: Path) -> bool:
    """Whether a bag stands in the archive."""
    return any(archive.glob("*/*/*.v[0-9]*"))


def _up_to(top: Path, folder: Path) -> Iterator[Path]:
    """A folder and those above it, up to the top one."""
    while folder != top:
        yield folder
        folder = folder.parent
    yield top


def _make_bag(folder: Path, info: Mapping[str, str]) -> None:
    import bagit

    with _same_folder():
        bagit.make_bag(str(folder), dict(info), processes=1, checksums=["sha512"])


@contextlib.contextmanager
def _same_folder() -> Iterator[None]:
    """Come back to the current folder, which bagit leaves and does not return to on an error."""
    current = Path.cwd()
    try:
        yield
    finally:
        os.chdir(current)


def _sync_tree(folder: Path) -> None:
    for parent, _folders, names in os.walk(folder):
        for name in names:
            with (Path(parent) / name).open("rb+") as file:
                os.fsync(file.fileno())
        _sync_folder(Path(parent))


def _sync_folder(folder: Path) -> None:
    """Make a folder's entries durable; Windows has no way to ask for it and no need."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
