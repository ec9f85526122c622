"""The catalogue: what is filed, found by its reference."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from presskit import german
from presskit.database import reading
from presskit.database.tables import files, numbers, versions
from presskit.errors import ArchiveError, NumberError
from presskit.reference import Reference, Spelling
from presskit.wording import Language


@dataclass(frozen=True, kw_only=True)
class CataloguedFile:
    """A file of a bag; ``path`` is below the archive, ``size`` in octets.

    ``title`` is an attachment's own name, a picture's source, the Content-ID of a mail's part.
    """

    path: str
    role: str
    title: str
    media_type: str
    size: int
    sha256: str


@dataclass(frozen=True, kw_only=True)
class FiledRelease:
    """One version as the catalogue knows it; ``sha256`` is that of its bag's manifest."""

    id: int
    reference: Reference
    version: int
    state: str
    kind: str
    title: str
    subject: str
    mail_subject: str
    date: dt.date
    published_at: dt.datetime
    language: Language
    contact: str
    reply_to: str
    file_references: tuple[str, ...]
    lists: tuple[str, ...]
    folder: str
    sha256: str

    def as_json(self) -> dict[str, Any]:
        """The entry for ``--json``."""
        return {
            "reference": str(self.reference),
            "version": self.version,
            "state": self.state,
            "kind": self.kind,
            "title": self.title,
            "date": self.date.isoformat(),
            "published_at": self.published_at.isoformat(),
            "contact": self.contact,
            "file_references": list(self.file_references),
            "lists": list(self.lists),
            "folder": self.folder,
            "sha256": self.sha256,
        }


class Catalogue:
    """Looks things up; never changes anything."""

    def __init__(self, engine: sa.Engine, folder: Path) -> None:
        self._engine = engine
        self._folder = folder

    def newest(self, limit: int) -> tuple[FiledRelease, ...]:
        """The latest filed releases, newest first."""
        return self._query(_current().limit(limit))

    def with_words(self, words: Iterable[str], limit: int) -> tuple[FiledRelease, ...]:
        """Releases in which every word occurs, however its umlauts are typed, newest first."""
        query = _current().limit(limit)
        for each in words:
            pattern = _contains(german.fold(each))
            query = query.where(versions.c.words.like(pattern, escape="\\"))
        return self._query(query)

    def by_spelling(self, spelling: Spelling) -> tuple[FiledRelease, ...]:
        """The current versions of all releases a reference as typed can mean."""
        query = _current().where(versions.c.number == spelling.number)
        if spelling.series:
            query = query.where(versions.c.series == spelling.series)
        if spelling.year is not None:
            modulus = 100 if spelling.year < 100 else 10_000
            query = query.where(versions.c.year % modulus == spelling.year)
        return self._query(query)

    def one(self, written: str) -> FiledRelease:
        """The one release a reference means; none or several are refused by name."""
        found = self.by_spelling(Spelling.read(written))
        if len(found) == 1:
            return found[0]
        if not found:
            raise NumberError(
                "nothing is filed under {written!r}.",
                remedy="`presskit find` lists what is there.",
                written=written,
            )
        raise NumberError(
            "{written!r} can mean {several}.",
            remedy="Write the one you mean in full.",
            written=written,
            several=" or ".join(str(each.reference) for each in found),
        )

    def version(self, number: int) -> FiledRelease:
        """The version with this id, superseded or not."""
        (found,) = self._query(_all().where(versions.c.id == number))
        return found

    def files(self, filed: FiledRelease) -> tuple[CataloguedFile, ...]:
        """The files of a version's bag, by path."""
        query = sa.select(files).where(files.c.version_id == filed.id).order_by(files.c.path)
        with reading(self._engine) as connection:
            rows = connection.execute(query).mappings().all()
        return tuple(_file(filed.folder, dict(row)) for row in rows)

    def content(self, file: CataloguedFile) -> bytes:
        """A filed file's bytes; refused when they are not the ones that were filed."""
        try:
            content = (self._folder / file.path).read_bytes()
        except OSError as error:
            raise ArchiveError(
                "the archive's file {path} cannot be read: {fault}.",
                remedy="Bring it back from a copy of the archive.",
                path=file.path,
                fault=error.strerror,
            ) from None
        if hashlib.sha256(content).hexdigest() != file.sha256:
            raise ArchiveError(
                "the archive's file {path} is not the one that was filed.",
                remedy="Bring it back from a copy of the archive; nothing was sent.",
                path=file.path,
            )
        return content

    def _query(self, query: sa.Select[Any]) -> tuple[FiledRelease, ...]:
        with reading(self._engine) as connection:
            return tuple(_filed(dict(row)) for row in connection.execute(query).mappings())


def _current() -> sa.Select[Any]:
    """The highest version of each number, newest date first."""
    later = versions.alias()
    superseded = sa.exists().where(
        *(later.c[name] == versions.c[name] for name in ("series", "cycle", "number")),
        later.c.version > versions.c.version,
    )
    return _all().where(~superseded).order_by(versions.c.date.desc(), versions.c.id.desc())


def _all() -> sa.Select[Any]:
    same_number = sa.and_(
        *(numbers.c[name] == versions.c[name] for name in ("series", "cycle", "number"))
    )
    return sa.select(versions, numbers.c.state, numbers.c.written).join(numbers, same_number)


def _contains(word: str) -> str:
    escaped = word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"


def _filed(row: Mapping[str, Any]) -> FiledRelease:
    same = {
        name: row[name]
        for name in (
            *("id", "version", "state", "kind", "title", "subject", "mail_subject", "date"),
            *("published_at", "language", "contact", "reply_to", "folder", "sha256"),
        )
    }
    return FiledRelease(
        reference=Reference(row["series"], row["number"], row["year"], row["written"]),
        file_references=tuple(row["file_references"]),
        lists=tuple(row["lists"]),
        **same,
    )


def _file(folder: str, row: Mapping[str, Any]) -> CataloguedFile:
    same = {name: row[name] for name in ("role", "title", "media_type", "size", "sha256")}
    return CataloguedFile(path=f"{folder}/data/{row['path']}", **same)
