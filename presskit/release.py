"""Draft and release: what a press officer writes, and what it becomes once it has its number."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from presskit import german
from presskit.document import (
    Block,
    BulletList,
    Document,
    Heading,
    Inline,
    LineBreak,
    Link,
    ListItem,
    Paragraph,
    Strong,
    Text,
    figure,
)
from presskit.errors import Place
from presskit.newsletter import Issue
from presskit.pictures import Picture
from presskit.reference import Reference
from presskit.wording import Language, word


@dataclass(frozen=True, kw_only=True)
class Contact:
    """A person named on the letterhead or under the text."""

    name: str
    role_label: str = ""
    office: str = ""
    email: str = ""
    phone: str = ""
    fax: str = ""
    initials: str = ""


@dataclass(frozen=True)
class FileReference:
    """A number of the file plan (Aktenzeichen): ``047.43``, ``ST862``."""

    written: str

    def __str__(self) -> str:
        return self.written


@dataclass(frozen=True)
class Embargo:
    """Until when nothing may be published: a moment (aware) or an event such as “Redebeginn”."""

    until: dt.datetime | None = None
    event: str | None = None

    def __post_init__(self) -> None:
        if (self.until is None) == (self.event is None):
            raise ValueError("an embargo ends at a moment or with an event")
        if self.until is not None and self.until.tzinfo is None:
            raise ValueError("the end of an embargo needs its time zone")

    def written(self, language: Language) -> str:
        """``Sperrfrist: 31. Juli 2017, 10:00 Uhr``."""
        if self.until is None:
            return f"{word('embargo', language)}: {self.event}"
        date = german.long_date(self.until.date(), language)
        return f"{word('embargo', language)}: {date}, {german.clock_time(self.until, language)}"


@dataclass(frozen=True)
class Attachment:
    """A file that goes with a release; its bytes are kept as they are."""

    file_name: str
    title: str
    content: bytes = field(repr=False)

    @property
    def format(self) -> str:
        """The format as people name it: ``PDF``, ``DOCX``."""
        return self.file_name.rpartition(".")[2].upper() if "." in self.file_name else "Datei"

    @property
    def archive_name(self) -> str:
        """The ASCII name under which the file is kept."""
        return german.ascii_name(self.file_name)

    def described(self) -> str:
        """``Übersicht der Städte (PDF, 120 kB)``."""
        return f"{self.title} ({self.format}, {german.file_size(len(self.content))})"


@dataclass(frozen=True, kw_only=True)
class Statement:
    """A recorded voice of a QR series: who speaks, for whom, and how long."""

    person: str
    office: str = ""
    city: str = ""
    duration: dt.timedelta | None = None
    media: str = ""

    def written(self) -> str:
        """``Stefan Schmutz, Bürgermeister, Stadt Ladenburg (0:34 Min.)``."""
        who = ", ".join(part for part in (self.person, self.office, self.city) if part)
        if self.duration is None:
            return who
        minutes, seconds = divmod(int(self.duration.total_seconds()), 60)
        return f"{who} ({minutes}:{seconds:02} Min.)"

    def blocks(self, title: str) -> tuple[Block, ...]:
        """The statement in the text: who speaks, where the title does not say it; the recording."""
        speaker = Paragraph((Text(self.written()),))
        recording = Paragraph((Link((Text(self.media),), self.media),))
        return (
            *((speaker,) if self.written() != title else ()),
            *((recording,) if self.media else ()),
        )


_DURATION = re.compile(r"(\d{1,3}):([0-5]\d)")


def read_duration(text: str) -> dt.timedelta | None:
    """Minutes and seconds as in ``0:34``; None where the text is no duration."""
    found = _DURATION.fullmatch(text.strip())
    return dt.timedelta(minutes=int(found[1]), seconds=int(found[2])) if found else None


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A text without a number, with all that its head says.

    ``pictures`` holds every picture of the text by the ``source`` of its :class:`Image`.
    """

    series: str
    kind: str
    title: str
    subject: str
    date: dt.date
    contact: Contact | None
    text: Document
    kicker: str = ""
    file_references: tuple[FileReference, ...] = ()
    inquiries: tuple[Contact, ...] = ()
    place: str = ""
    embargo: Embargo | None = None
    issuers: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    reference: str | None = None
    language: Language = "de"
    statement: Statement | None = None
    issue: Issue | None = None
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict, compare=False)

    def where(self, file: str, key: str) -> Place:
        """Where a key of the head stands in the draft's file, for messages."""
        return Place(file, self.lines.get(key), key)


@dataclass(frozen=True, kw_only=True)
class Release:
    """A draft with its number; ``version`` 2 and up are corrections under the same number.

    ``mark`` is what every page says of a text that is not published yet: ``Entwurf``.
    """

    draft: Draft
    reference: Reference
    published_at: dt.datetime
    version: int = 1
    mark: str = ""

    def __post_init__(self) -> None:
        if self.published_at.tzinfo is None:
            raise ValueError("the moment of publication needs its time zone")

    @property
    def mail_subject(self) -> str:
        """The subject line of the mail: the short title, with the embargo before it."""
        mark = f"[{word('embargo', self.draft.language)}] " if self.draft.embargo else ""
        return f"{mark}{self.draft.subject}"

    def blocks(self) -> tuple[Block, ...]:
        """The whole text below the title: dateline and text, items, contacts, attachments."""
        draft = self.draft
        special = (
            *(draft.statement.blocks(draft.title) if draft.statement else ()),
            *(draft.issue.blocks() if draft.issue else ()),
        )
        return (
            *with_dateline(draft.text.blocks, draft.place),
            *special,
            *_issuers(draft),
            *_inquiries(draft),
            *_attachments(draft),
        )


def with_dateline(blocks: tuple[Block, ...], place: str) -> tuple[Block, ...]:
    """The blocks with ``Stuttgart.`` before the first words; a picture above them stays alone."""
    if not place:
        return blocks
    if blocks and figure(blocks[0]):
        return (blocks[0], *with_dateline(blocks[1:], place))
    dateline = Strong((Text(f"{place}."),))
    if blocks and isinstance(blocks[0], Paragraph):
        first = Paragraph((dateline, Text(" "), *blocks[0].children), line=blocks[0].line)
        return (first, *blocks[1:])
    return (Paragraph((dateline,)), *blocks)


def _issuers(draft: Draft) -> tuple[Block, ...]:
    if not draft.issuers:
        return ()
    label = Strong((Text(f"{word('issuers', draft.language)}: "),))
    return (Paragraph((label, Text(", ".join(draft.issuers)))),)


def _inquiries(draft: Draft) -> tuple[Block, ...]:
    if not draft.inquiries:
        return ()
    lines: list[Inline] = [Strong((Text(f"{word('contact', draft.language)}: "),))]
    for position, person in enumerate(draft.inquiries):
        lines += [LineBreak()] * (position > 0)
        lines += _inquiry(person, draft.language)
    return (Paragraph(tuple(lines)),)


def _inquiry(person: Contact, language: Language) -> list[Inline]:
    """``Simone Fischer, Fachberatung Inklusion, Telefon 0711 22921-33, E-Mail …``."""
    line: list[Inline] = [Text(", ".join(part for part in (person.name, person.office) if part))]
    if person.phone:
        number = Text(german.phone_number(person.phone))
        line += [
            Text(f", {word('phone', language)}{german.NO_BREAK_SPACE}"),
            _link(number, german.phone_uri(person.phone)),
        ]
    if person.email:
        line += [
            Text(f", {word('email', language)} "),
            _link(Text(person.email), f"mailto:{person.email}"),
        ]
    return line


def _link(text: Text, target: str) -> Link:
    return Link((text,), target)


def _attachments(draft: Draft) -> tuple[Block, ...]:
    if not draft.attachments:
        return ()
    items = tuple(ListItem((Paragraph((Text(each.described()),)),)) for each in draft.attachments)
    heading = Heading(2, (Text(word("attachments", draft.language)),))
    return (heading, BulletList(items))
