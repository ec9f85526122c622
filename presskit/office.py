"""The office: a folder with ``presskit.toml``, opened, and its parts handed out."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from presskit.errors import OfficeError, Place
from presskit.settings import FILE_NAME, Settings, read_settings

if TYPE_CHECKING:
    import sqlalchemy as sa

    from presskit.archive.catalogue import Catalogue
    from presskit.dispatch.ledger import Ledger
    from presskit.dispatch.transports import Transport
    from presskit.people import DistributionList
    from presskit.pictures import Picture
    from presskit.render.house import House

ENVIRONMENT = "PRESSKIT_OFFICE"


def system_clock() -> dt.datetime:
    """The present moment."""
    return dt.datetime.now(dt.UTC)


def find_office(named: str | None, environment: Mapping[str, str], start: Path) -> Path:
    """The folder of the office: named, by the environment, or the nearest one from ``start`` up."""
    given = named or environment.get(ENVIRONMENT)
    if given:
        folder = Path(given)
        if (folder / FILE_NAME).is_file():
            return folder
        raise OfficeError(
            "{folder} is no office: it has no presskit.toml.",
            remedy="Make one with `presskit init {folder}`.",
            folder=folder,
        )
    for folder in (start, *start.parents):
        if (folder / FILE_NAME).is_file():
            return folder
    raise OfficeError(
        "there is no office here: neither this folder nor one above it has a presskit.toml.",
        remedy="Make one with `presskit init DIR`, or name yours with --office.",
    )


@dataclass(frozen=True)
class Office:
    """An opened office; its parts are made when they are first asked for."""

    folder: Path
    settings: Settings
    clock: Callable[[], dt.datetime] = system_clock
    settled: list[str] = field(default_factory=list)

    @classmethod
    def open(cls, folder: Path, clock: Callable[[], dt.datetime] = system_clock) -> Office:
        """Open the office in a folder and read its settings."""
        path = folder / FILE_NAME
        try:
            text = path.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError:
            raise OfficeError(
                "the settings are not in UTF-8.",
                remedy="Save the file again with the encoding UTF-8.",
                place=Place(FILE_NAME),
            ) from None
        except OSError as fault:
            raise OfficeError(
                "the settings cannot be read: {fault}.",
                remedy="Make an office with `presskit init {folder}`.",
                place=Place(str(path)),
                fault=fault.strerror,
                folder=folder,
            ) from None
        return cls(folder.resolve(), read_settings(text), clock)

    def now(self) -> dt.datetime:
        """The present moment in the association's time zone."""
        return self.clock().astimezone(ZoneInfo(self.settings.association.time_zone))

    @property
    def archive_folder(self) -> Path:
        """Where the bags stand."""
        return self.folder / "archive"

    def shown(self, path: Path) -> str:
        """A path as a person of the office would write it."""
        try:
            return path.resolve().relative_to(self.folder).as_posix()
        except ValueError:
            return str(path)

    @cached_property
    def database(self) -> sa.Engine:
        """The database, up to date; what a stopped publication left is settled first."""
        from presskit.archive.bags import staged_folders
        from presskit.database import open_database

        engine = open_database(self.settings.database_url, self.folder)
        if staged_folders(self.archive_folder):
            from presskit.archive.filing import settle

            self.settled.extend(settle(engine, self.archive_folder))
        return engine

    def close(self) -> None:
        """Let go of the database."""
        if "database" in self.__dict__:
            self.database.dispose()

    @property
    def catalogue(self) -> Catalogue:
        """What is filed."""
        from presskit.archive.catalogue import Catalogue

        return Catalogue(self.database, self.archive_folder)

    @property
    def ledger(self) -> Ledger:
        """What was sent to whom."""
        from presskit.dispatch.ledger import Ledger

        return Ledger(self.database)

    @property
    def letterhead_file(self) -> Path:
        """The Word letterhead: a document, else a template (.dotx) of Word."""
        document = self.folder / "templates" / "letterhead.docx"
        template = document.with_suffix(".dotx")
        return template if template.exists() and not document.exists() else document

    @cached_property
    def house(self) -> House:
        """The house style, from ``templates/``."""
        from presskit.render.house import House

        templates = self.folder / "templates"
        return House(
            association=self.settings.association,
            letterhead=_read(self.letterhead_file, f"templates/{self.letterhead_file.name}"),
            letterhead_file=f"templates/{self.letterhead_file.name}",
            templates={
                path.name: _read_text(path, f"templates/{path.name}")
                for path in sorted((*templates.glob("*.j2"), *templates.glob("*.typ")))
            },
            logo=self._logo(templates),
            mail_pictures=self.settings.mail.pictures,
            mail_logo=self.settings.mail.logo,
            base_url=self.settings.base_url,
            fonts=str(templates / "fonts"),
        )

    def _logo(self, templates: Path) -> Picture | None:
        """The logo, where the office has laid one beside its templates."""
        for name in ("logo.png", "logo.jpg"):
            if (templates / name).is_file():
                from presskit.intake.pictures import read_picture

                shown = f"templates/{name}"
                return read_picture(_read(templates / name, shown), name, Place(shown), name)
        return None

    @cached_property
    def lists(self) -> dict[str, DistributionList]:
        """The distribution lists by key."""
        from presskit.recipients.lists import read_lists

        path = self.folder / "recipients" / "lists.toml"
        if not path.exists():
            return {}
        return read_lists(_read_text(path, "recipients/lists.toml"), "recipients/lists.toml")

    def read_list_file(self, name: str) -> bytes:
        """The bytes of a list's file; raises OSError."""
        return (self.folder / "recipients" / name).read_bytes()

    def transport(self) -> Transport:
        """The way out that the settings name; the password comes from the environment."""
        mail = self.settings.mail
        if mail.transport == "outbox":
            from presskit.dispatch.transports.outbox import Outbox

            return Outbox(self.folder / mail.outbox)
        from presskit.dispatch.transports.smtp import SmtpServer

        return SmtpServer(
            host=mail.host,
            port=mail.port,
            security=mail.security,
            user=mail.user,
            password=self._password(),
            timeout=mail.timeout,
        )

    def _password(self) -> str:
        mail = self.settings.mail
        if not mail.user:
            return ""
        password = os.environ.get(mail.password_env)
        if password is None:
            raise OfficeError(
                "the password for {user!r} is not in the environment.",
                remedy="Set the environment variable {variable}.",
                user=mail.user,
                variable=mail.password_env,
            )
        return password


def _read(path: Path, shown: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError as fault:
        raise OfficeError(
            "this file cannot be read: {fault}.",
            remedy="Put it back; `presskit init` in another folder gives a fresh one.",
            place=Place(shown),
            fault=fault.strerror,
        ) from None


def _read_text(path: Path, shown: str) -> str:
    try:
        return _read(path, shown).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise OfficeError(
            "this file is not in UTF-8.",
            remedy="Save it again with the encoding UTF-8.",
            place=Place(shown),
        ) from None
