"""The office's settings: ``presskit.toml`` read into values, every fault with its key and line."""

from __future__ import annotations

import re
import zoneinfo
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from presskit.errors import NumberError, OfficeError
from presskit.forms import Form, read_toml
from presskit.letterhead import Association
from presskit.reference import RESTARTS, SERIES_KINDS, Restart, Series, SeriesKind
from presskit.release import Contact

FILE_NAME = "presskit.toml"

Security = Literal["starttls", "tls", "none"]
SECURITIES: tuple[Security, ...] = ("starttls", "tls", "none")
TRANSPORTS = ("outbox", "smtp")
# How a picture comes with a mail: as a part of it, from the press room, or not at all.
Carriage = Literal["embedded", "hosted", "none"]

_THIS_MACHINE = ("localhost", "127.0.0.1", "::1")
_ADDRESS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_MAILBOX = re.compile(r"[^@<>]*<[^@<>\s]+@[^@<>\s]+>|[^@<>\s]+@[^@<>\s]+")


@dataclass(frozen=True, kw_only=True)
class MailSettings:
    """How mail leaves the office; ``timeout`` is in seconds, the password is named, never kept."""

    sender: str
    transport: str = "outbox"
    outbox: str = "outbox"
    reply_to: str = ""
    host: str = "localhost"
    port: int = 587
    security: Security = "starttls"
    user: str = ""
    password_env: str = "PRESSKIT_SMTP_PASSWORD"  # noqa: S105 - the name of a variable
    connections: int = 4
    timeout: int = 60
    pictures: Carriage = "embedded"
    logo: Carriage = "embedded"


@dataclass(frozen=True, kw_only=True)
class Settings:
    """All that ``presskit.toml`` says."""

    association: Association
    series: Mapping[str, Series]
    contacts: Mapping[str, Contact]
    mail: MailSettings
    database_url: str = "sqlite:///presskit.sqlite3"
    base_url: str = ""
    # Read by the checks, which know their rules; a slip in it is told when a draft is checked.
    check: Form | None = field(default=None, compare=False, repr=False)

    @property
    def default_series(self) -> Series:
        """The first series of the file, taken where a draft names none."""
        return next(iter(self.series.values()))


def read_settings(text: str, file: str = FILE_NAME) -> Settings:
    """Read the text of a ``presskit.toml``."""
    form = Form(read_toml(text, file, OfficeError), OfficeError)
    base_url = _web(form.form("web"))
    settings = Settings(
        association=_association(_table(form, "association")),
        series=_series(_table(form, "series")),
        contacts=_contacts(form.form("contacts")),
        mail=_mail(_table(form, "mail"), base_url),
        database_url=_database(form.form("database")),
        base_url=base_url,
        check=form.form("check"),
    )
    form.close()
    return settings


def _table(form: Form, key: str) -> Form:
    table = form.form(key)
    if table is None:
        raise form.refuse(
            key, "this table is missing.", "Add “[{key}]”; `presskit init` shows one.", key=key
        )
    return table


def _association(form: Form) -> Association:
    association = Association(
        name=form.text("name"),
        legal_form=form.text("legal_form", ""),
        address=form.texts("address"),
        phone=form.text("phone", ""),
        fax=form.text("fax", ""),
        email=form.text("email", ""),
        web=form.text("web", ""),
        register=form.text("register", ""),
        represented_by=form.text("represented_by", ""),
        responsible=form.text("responsible", ""),
        place=form.text("place", ""),
        language=form.choice("language", ("de-DE", "de-AT", "de-CH", "en-GB", "en-US"), "de-DE"),
        time_zone=_time_zone(form),
    )
    form.close()
    return association


def _time_zone(form: Form) -> str:
    name = form.text("time_zone", "Europe/Berlin")
    try:
        zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        raise form.refuse(
            "time_zone", "{name!r} is no time zone.", "Write one like Europe/Berlin.", name=name
        ) from None
    return name


def _series(form: Form) -> dict[str, Series]:
    series = {}
    for letter in form.names():
        table = form.form(letter)
        if table is not None:
            series[letter] = _one_series(letter, table)
    if not series:
        raise form.refuse(None, "there is no series.", "Add a table such as “[series.P]”.")
    return series


def _one_series(letter: str, form: Form) -> Series:
    # choice() gives one of the words it is handed; the type checker cannot follow that.
    kind: SeriesKind = form.choice("kind", SERIES_KINDS, "release")  # type: ignore[assignment]
    restart: Restart = form.choice("restart", RESTARTS, "never")  # type: ignore[assignment]
    pattern = form.text("pattern", letter + " {number}/{year}")
    start = form.integer("start", 1, minimum=1)
    title = form.text("title", "")
    form.close()
    try:
        return Series(
            letter=letter, pattern=pattern, kind=kind, restart=restart, start=start, title=title
        )
    except NumberError as error:
        key = "pattern" if "pattern" in error.facts else None
        raise form.refuse(key, error.sentence, error.remedy, **error.facts) from None


def _contacts(form: Form | None) -> dict[str, Contact]:
    if form is None:
        return {}
    return {key: read_contact(table) for key in form.names() if (table := form.form(key))}


def read_contact(form: Form) -> Contact:
    """A contact's block, in the settings or in a draft's head."""
    contact = Contact(
        name=form.text("name"),
        role_label=form.text("role_label", ""),
        office=form.text("office", ""),
        email=_address(form),
        phone=form.text("phone", ""),
        fax=form.text("fax", ""),
        initials=form.text("initials", ""),
    )
    form.close()
    return contact


def _address(form: Form) -> str:
    """A contact's e-mail address, to which readers answer; empty where there is none."""
    written = form.text("email", "")
    if written and not _ADDRESS.fullmatch(written):
        remedy = "Write it like presse@example.org, a domain with umlauts as xn--…."
        raise form.refuse("email", "{written!r} is no e-mail address.", remedy, written=written)
    return written


def _mail(form: Form, hosted_at: str) -> MailSettings:
    mail = MailSettings(
        sender=_mailbox(form, "from", None),
        transport=form.choice("transport", TRANSPORTS, "outbox"),
        outbox=form.text("outbox", "outbox"),
        reply_to=_mailbox(form, "reply_to", ""),
        host=form.text("host", "localhost"),
        port=form.integer("port", 587, minimum=1, maximum=65535),
        security=form.choice("security", SECURITIES, "starttls"),  # type: ignore[arg-type]
        user=form.text("user", ""),
        password_env=form.text("password_env", "PRESSKIT_SMTP_PASSWORD"),
        connections=form.integer("connections", 4, minimum=1, maximum=64),
        timeout=form.integer("timeout", 60, minimum=1, maximum=3600),
        pictures=form.choice("pictures", ("embedded", "hosted"), "embedded"),  # type: ignore[arg-type]
        logo=form.choice("logo", ("embedded", "hosted", "none"), "embedded"),  # type: ignore[arg-type]
    )
    _check_hosting(form, mail, hosted_at)
    form.close()
    if mail.user and mail.security == "none" and mail.host not in _THIS_MACHINE:
        remedy = "Set it to “starttls” or “tls”."
        raise form.refuse("security", "the password would travel on an open line.", remedy)
    return mail


def _check_hosting(form: Form, mail: MailSettings, hosted_at: str) -> None:
    for key, carriage in (("pictures", mail.pictures), ("logo", mail.logo)):
        if carriage == "hosted" and not hosted_at.startswith("https://"):
            remedy = "Set base_url under [web] to its https:// address, or write “embedded”."
            raise form.refuse(key, "there is no press room that could show pictures.", remedy)


def _mailbox(form: Form, key: str, default: str | None) -> str:
    """A name and an address; the whole address is checked where mail is sent."""
    written = form.text(key, default)
    if written and not _MAILBOX.fullmatch(written):
        remedy = "Write it like “Städtetag <presse@example.org>”."
        raise form.refuse(key, "{written!r} holds no e-mail address.", remedy, written=written)
    return written


def _database(form: Form | None) -> str:
    default = "sqlite:///presskit.sqlite3"
    if form is None:
        return default
    url = form.text("url", default)
    form.close()
    if not re.match(r"[a-z][a-z0-9+]*://", url):
        remedy = "Write one like sqlite:///presskit.sqlite3 or postgresql://host/name."
        # The address itself is not shown: it may hold a password.
        raise form.refuse("url", "this is no database address.", remedy)
    return url


def _web(form: Form | None) -> str:
    if form is None:
        return ""
    url = form.text("base_url", "")
    form.close()
    if url and not re.match(r"https?://[^\s/]+", url):
        remedy = "Write one like https://presse.example.org."
        raise form.refuse("base_url", "{url!r} is no web address.", remedy, url=url)
    return url.rstrip("/")
