"""Find a release by its number in any spelling, or by words; show what is filed of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from presskit.archive.catalogue import CataloguedFile, FiledRelease
from presskit.errors import ArchiveError, NumberError
from presskit.office import Office
from presskit.reference import Spelling


@dataclass(frozen=True, kw_only=True)
class Filed:
    """A release with its files and its text."""

    release: FiledRelease
    files: tuple[CataloguedFile, ...]
    text: str
    folder: Path


def find(office: Office, words: Sequence[str], limit: int) -> tuple[FiledRelease, ...]:
    """Releases by a reference as people write it, else by words; without words the newest."""
    catalogue = office.catalogue
    if not words:
        return catalogue.newest(limit)
    try:
        by_number = catalogue.by_spelling(Spelling.read(" ".join(words)))
    except NumberError:
        by_number = ()
    return by_number or catalogue.with_words(" ".join(words).split(), limit)


def show(office: Office, written: str) -> Filed:
    """All that is filed of one release."""
    catalogue = office.catalogue
    release = catalogue.one(written)
    files = catalogue.files(release)
    text = next((catalogue.content(each).decode() for each in files if each.role == "text"), "")
    folder = office.archive_folder / release.folder
    return Filed(release=release, files=files, text=text, folder=folder)


def rendition_path(office: Office, written: str, role: str) -> Path:
    """Where a rendition lies, its bytes checked to be the ones that were filed."""
    catalogue = office.catalogue
    files = catalogue.files(catalogue.one(written))
    for each in files:
        if each.role == role:
            catalogue.content(each)
            return office.archive_folder / each.path
    raise ArchiveError(
        "there is no {role!r} of this release.",
        remedy="There are: {known}.",
        role=role,
        known=", ".join(sorted({each.role for each in files})),
    )
