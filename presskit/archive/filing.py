"""Filing a release: number, bag and catalogue entry come into being together or not at all.

The order makes it so. Within one transaction the number is drawn, the release rendered with it and
the complete bag brought to the disk in the staging folder; then the transaction commits; then the
bag is moved to its place. Stopped before the commit, nothing has happened and the number is free;
stopped after it, the catalogue names the staged bag and :func:`settle` finishes the move.
"""

from __future__ import annotations

import contextlib
import hashlib
import mimetypes
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import sqlalchemy as sa

from presskit import __version__, german
from presskit.archive import bags, numbers
from presskit.archive.record import all_words, release_json, tree_json
from presskit.database import writing_alone
from presskit.database.tables import files, versions
from presskit.database.tables import numbers as numbers_table
from presskit.errors import ArchiveError
from presskit.letterhead import Association
from presskit.reference import Reference, Series
from presskit.release import Release

SOURCE = "source"
ATTACHMENT = "attachment"
PICTURE = "picture"
MAIL_PART = "mail-part"
RECORD = "record"
PUBLICATION = "publication"


@dataclass(frozen=True)
class FiledFile:
    """One file for a bag; ``role`` is a format or one of the roles above.

    ``title`` is an attachment's own name, a picture's source, the Content-ID of a mail's part.
    """

    name: str
    role: str
    content: bytes = field(repr=False)
    title: str = ""

    @property
    def path(self) -> str:
        """Where it stands below the bag's ``data`` folder."""
        folder = _FOLDERS.get(self.role)
        return f"{folder}/{self.name}" if folder else self.name

    @property
    def media_type(self) -> str:
        """The media type by the name's ending (RFC 6838)."""
        known = _MEDIA_TYPES.get(self.name.rpartition(".")[2].lower())
        guessed, packed_by = mimetypes.guess_type(self.name, strict=False)
        return known or (guessed if guessed and not packed_by else _ANY_OCTETS)


_FOLDERS = {ATTACHMENT: "attachments", PICTURE: "pictures", MAIL_PART: "mail"}
# What every system must name alike, whatever its own table of endings says.
_ANY_OCTETS = "application/octet-stream"
_MEDIA_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "gif": "image/gif",
    "html": "text/html",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "json": "application/json",
    "md": "text/markdown",
    "pdf": "application/pdf",
    "png": "image/png",
    "txt": "text/plain",
}


@dataclass(frozen=True)
class Slot:
    """A drawn number within its transaction, waiting for the release to be filed."""

    connection: sa.Connection
    folder: Path
    reference: Reference
    cycle: int
    staged: list[bags.StagedBag] = field(default_factory=list)
    places: list[Path] = field(default_factory=list)

    def file(
        self, release: Release, association: Association, contents: tuple[FiledFile, ...]
    ) -> None:
        """Stage the bag of the release and enter it in the catalogue."""
        place = bag_place(release)
        if (self.folder / place).exists():
            raise ArchiveError(
                "the archive has a folder {bag} that the catalogue does not know.",
                remedy="Is the database an old copy? Bring back the newest; else move the folder.",
                bag=place,
            )
        roles = {each.path: each.role for each in contents}
        records = (
            FiledFile("tree.json", RECORD, tree_json(release.draft.text)),
            FiledFile("release.json", RECORD, release_json(release, association, roles)),
        )
        everything = (*contents, *records)
        payload = {each.path: each.content for each in everything}
        staged = bags.stage(self.folder, payload, bag_info(release, association, payload))
        self.staged.append(staged)
        self.places.append(self.folder / place)
        _enter(self, release, everything, place)


@contextlib.contextmanager
def publication(
    engine: sa.Engine,
    folder: Path,
    series: Series,
    drawing: numbers.Drawing,
    wanted: str | None = None,
) -> Iterator[Slot]:
    """Draw a number (or take the wanted one), let the caller file the release under it, commit.

    ``folder`` is the archive's. An error inside leaves neither number nor bag.
    """
    slot: Slot | None = None
    try:
        with _disk_faults(), writing_alone(engine) as connection:
            _refuse_lost_register(connection, folder)
            if wanted is None:
                reference = numbers.draw(connection, series, drawing)
            else:
                reference = numbers.take(connection, series, wanted, drawing)
            slot = Slot(connection, folder, reference, series.cycle(reference.year or 0))
            yield slot
    except BaseException:
        _forget(engine, slot)
        raise
    for staged, place in zip(slot.staged, slot.places, strict=True):
        try:
            bags.put_in_place(staged.folder, place)
        except OSError as error:
            raise _not_in_place(slot.reference, error) from error


def settle(engine: sa.Engine, folder: Path) -> tuple[str, ...]:
    """Finish or clear up what a stopped publication left in the staging folder; say what was done.

    A publication writes alone while its bag is staged, and so does this: what lies there now
    belongs to nobody at work.
    """
    with writing_alone(engine) as connection:
        return tuple(_settled(connection, folder, staged) for staged in bags.staged_folders(folder))


def _settled(connection: sa.Connection, folder: Path, staged: Path) -> str:
    """Settle one staged bag; a fault of the disk is told and does not keep anybody from reading."""
    place = connection.scalar(sa.select(versions.c.folder).where(versions.c.staging == staged.name))
    try:
        if place:
            bags.put_in_place(staged, folder / place)
            return f"finished filing {place}"
        shutil.rmtree(staged)
    except OSError as error:
        return f"archive/{bags.STAGING}/{staged.name} could not be settled: {error.strerror}"
    return "cleared up a publication that was stopped before it had its number"


def _not_in_place(reference: Reference, error: OSError) -> ArchiveError:
    return ArchiveError(
        "{reference} is published, but its folder could not be moved to its place: {fault}.",
        remedy="Do not publish it again; mend what is named, and the next command moves it.",
        reference=reference,
        fault=error.strerror,
    )


def _refuse_lost_register(connection: sa.Connection, folder: Path) -> None:
    """An empty register beside a full archive would give numbers a second time."""
    register = connection.scalar(sa.select(numbers_table.c.number).limit(1))
    if register is None and bags.has_bags(folder):
        raise ArchiveError(
            "the archive holds releases, but the register of numbers is empty.",
            remedy="Bring the office's database back from a copy; nothing was published.",
        )


def bag_place(release: Release) -> str:
    """``P/2017/P-309-2017.v1``: where a version's bag stands below the archive."""
    reference = release.reference
    year = reference.year or release.draft.date.year
    return f"{reference.series}/{year}/{reference.file_name}.v{release.version}"


def bag_info(
    release: Release, association: Association, payload: Mapping[str, bytes]
) -> dict[str, str]:
    """What ``bag-info.txt`` says (RFC 8493, part 2.2.2)."""
    octets = sum(len(content) for content in payload.values())
    return {
        "Source-Organization": association.name,
        "External-Identifier": str(release.reference),
        "External-Description": release.draft.title,
        "Bagging-Date": release.published_at.date().isoformat(),
        "Payload-Oxum": f"{octets}.{len(payload)}",
        "Bag-Software-Agent": f"presskit {__version__}",
    }


def _enter(slot: Slot, release: Release, contents: tuple[FiledFile, ...], place: str) -> None:
    draft = release.draft
    staged = slot.staged[-1]
    result = slot.connection.execute(
        sa.insert(versions).values(
            series=release.reference.series,
            cycle=slot.cycle,
            number=release.reference.number,
            year=release.reference.year,
            version=release.version,
            kind=draft.kind,
            title=draft.title,
            subject=draft.subject,
            mail_subject=release.mail_subject,
            date=draft.date,
            published_at=release.published_at,
            language=draft.language,
            contact=draft.contact.name if draft.contact else "",
            reply_to=draft.contact.email if draft.contact else "",
            file_references=[str(each) for each in draft.file_references],
            lists=list(draft.lists),
            words=german.fold(all_words(release)),
            folder=place,
            staging=staged.folder.name,
            sha256=staged.sha256,
        )
    )
    version = result.inserted_primary_key[0]  # type: ignore[index]
    slot.connection.execute(sa.insert(files), [_file_row(version, each) for each in contents])


def _file_row(version: int, filed: FiledFile) -> dict[str, object]:
    return {
        "version_id": version,
        "path": filed.path,
        "role": filed.role,
        "title": filed.title,
        "media_type": filed.media_type,
        "size": len(filed.content),
        "sha256": hashlib.sha256(filed.content).hexdigest(),
    }


def _forget(engine: sa.Engine, slot: Slot | None) -> None:
    """Remove the staged bags of a publication, unless the commit went through after all."""
    for staged in slot.staged if slot else ():
        with contextlib.suppress(Exception), writing_alone(engine) as connection:
            known = connection.scalar(
                sa.select(versions.c.id).where(versions.c.staging == staged.folder.name)
            )
            if known is None:
                shutil.rmtree(staged.folder, ignore_errors=True)


@contextlib.contextmanager
def _disk_faults() -> Iterator[None]:
    """Turn what the disk says into a sentence."""
    try:
        yield
    except OSError as error:
        raise ArchiveError(
            "the archive cannot be written: {fault}.",
            remedy="Make room or mend the rights, then try again; no number was spent.",
            fault=error.strerror or str(error),
        ) from error
