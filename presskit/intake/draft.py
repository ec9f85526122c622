"""A Markdown draft with its head -> :class:`presskit.release.Draft`."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Collection
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from presskit.errors import DraftError, Place
from presskit.forms import Form
from presskit.intake.figures import read_pictures
from presskit.intake.head import Split, split_draft
from presskit.intake.markdown import read_markdown, set_line
from presskit.newsletter import Issue, IssueItem
from presskit.reference import Series, SeriesKind
from presskit.release import (
    Attachment,
    Contact,
    Draft,
    Embargo,
    FileReference,
    Statement,
    read_duration,
)
from presskit.settings import Settings, read_contact
from presskit.wording import LANGUAGES, Language

_WORD_FILE = b"PK\x03\x04"
# What a text is called where its draft does not say.
_KINDS: dict[SeriesKind, str] = {
    "release": "Presseinformation",
    "newsletter": "Newsletter",
    "statement": "Statement",
}

_MOMENT = re.compile(
    r"(?:19|20|21)[0-9]{2}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2})?"
    r"(?:Z|[+-][0-9]{2}:?[0-9]{2})?"
)
_LONGEST_DRAFT = 300_000  # characters; some hundred pages
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufdd0-\ufdef\ufffe\uffff]")


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """What a draft may name: the office's settings and lists, and the files beside it.

    ``read_file`` gives the bytes of a path written in the draft, or raises OSError.
    """

    settings: Settings
    lists: Collection[str]
    read_file: Callable[[str], bytes]


def read_draft(content: bytes, file: str, around: Surroundings) -> Draft:
    """Read a draft's bytes; ``file`` is its name for messages."""
    return read_parts(split_draft(_decoded(content, file), file), file, around)


def read_parts(parts: Split, file: str, around: Surroundings) -> Draft:
    """Read a draft whose head is taken off its text."""
    form = Form(parts.head, DraftError)
    series = _series(form, around.settings)
    language = _language(form, around.settings)
    text = read_markdown(parts.text, file=file, language=language, first_line=parts.first_line)
    statement = _statement(form) if series.kind == "statement" else None
    issue = _issue(form, language) if series.kind == "newsletter" else None
    title = _title(form, language, statement)
    issuers = form.texts("issuers")
    draft = Draft(
        series=series.letter,
        kind=form.text("kind", series.title or _KINDS[series.kind]),
        title=title,
        subject=set_line(form.text("subject", title), language),
        date=_date(form),
        contact=_contact(form, around.settings, needed=series.kind == "release" and not issuers),
        text=text,
        kicker=set_line(form.text("kicker", ""), language),
        file_references=tuple(FileReference(each) for each in form.texts("file_reference")),
        inquiries=_inquiries(form, around.settings),
        place=form.text("place", ""),
        embargo=_embargo(form, ZoneInfo(around.settings.association.time_zone)),
        issuers=issuers,
        lists=_lists(form, around.lists),
        attachments=_attachments(form, around.read_file, language),
        reference=form.optional("reference"),
        language=language,
        statement=statement,
        issue=issue,
        pictures=read_pictures(text, file, around.read_file),
        lines={key: form.place(key).line or 1 for key in form.names()},
    )
    form.close()
    if not text.blocks and statement is None and not (issue and issue.items):
        raise DraftError(
            "the draft has no text.",
            remedy="Write the text below the head.",
            place=Place(file, parts.first_line),
        )
    return draft


def _decoded(content: bytes, file: str) -> str:
    """UTF-8 with or without a mark, any line ends; control characters are refused."""
    if content.startswith(_WORD_FILE):
        raise DraftError(
            "this is a Word file (or another ZIP file), and a draft is a text file.",
            remedy="`presskit new TITLE` begins a draft; put the text below its head.",
            place=Place(file),
        )
    try:
        text = content.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("latin-1")
        raise DraftError(
            "the draft is not in UTF-8.",
            remedy="Save it again with the encoding UTF-8.",
            place=Place(file, _with_line_feeds(before).count("\n") + 1),
        ) from None
    text = unicodedata.normalize("NFC", _with_line_feeds(text))
    if len(text) > _LONGEST_DRAFT:
        remedy = "Put long material into an attachment."
        raise DraftError("the draft is too long for a release.", remedy=remedy, place=Place(file))
    if control := _CONTROL.search(text):
        raise DraftError(
            "an invisible control character ({code}) stands there.",
            remedy="Delete it; it often comes along when text is copied from a PDF.",
            place=Place(file, text.count("\n", 0, control.start()) + 1),
            code=f"U+{ord(control[0]):04X}",
        )
    return text


def taken_text(content: bytes) -> str:
    """The text of a draft’s file as it is read, also of what is refused; empty for a Word file.

    What is not in UTF-8 is read as Windows wrote it.
    """
    if content.startswith(_WORD_FILE):
        return ""
    try:
        text = content.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")
    return unicodedata.normalize("NFC", _with_line_feeds(text))


def _with_line_feeds(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _series(form: Form, settings: Settings) -> Series:
    letter = form.choice("series", tuple(settings.series), settings.default_series.letter)
    return settings.series[letter]


def _language(form: Form, settings: Settings) -> Language:
    default = "de" if settings.association.language.startswith("de") else "en"
    return form.choice("language", LANGUAGES, default)  # type: ignore[return-value]


def _title(form: Form, language: Language, statement: Statement | None) -> str:
    return set_line(form.text("title", statement.written() if statement else None), language)


def _date(form: Form) -> dt.date:
    date = form.date("date")
    if date is None:
        remedy = "Add the date of the letterhead, as in “date: 2017-07-31”."
        raise form.missing("date", remedy)
    return date


def _contact(form: Form, settings: Settings, *, needed: bool) -> Contact | None:
    people = form.forms("contact", "name")
    if not people and not needed:
        return None
    if len(people) != 1:
        sentence = "this is missing." if not people else "the letterhead has room for one contact."
        remedy = "Name one of: {known}; others belong under “inquiries”."
        raise form.refuse("contact", sentence, remedy, known=", ".join(settings.contacts) or "none")
    return _person(people[0], settings)


def _inquiries(form: Form, settings: Settings) -> tuple[Contact, ...]:
    return tuple(_person(each, settings) for each in form.forms("inquiries", "name"))


def _person(person: Form, settings: Settings) -> Contact:
    """A person named by the key of the settings, or described in full."""
    if person.names() != ("name",):
        return read_contact(person)
    name = person.text("name")
    if name not in settings.contacts:
        raise person.refuse(
            None,
            "{name!r} is not among the contacts of the office.",
            "Known are: {known}; or write a block with name, phone and email.",
            name=name,
            known=", ".join(settings.contacts) or "none",
        )
    return settings.contacts[name]


def _embargo(form: Form, zone: ZoneInfo) -> Embargo | None:
    found = form.forms("embargo", "until")
    if not found:
        return None
    table = found[0]
    event, until = table.optional("event"), table.optional("until")
    table.close()
    if (event is None) == (until is None) or len(found) > 1:
        remedy = "Write a moment such as 2017-07-31T10:00, or “{{event: Redebeginn}}”."
        raise form.refuse("embargo", "an embargo has either a moment or an event.", remedy)
    if event is not None:
        return Embargo(event=event)
    moment = _moment(until or "", zone)
    if moment is None:
        remedy = "Write date and time, as in 2017-07-31T10:00."
        raise form.refuse("embargo", "{until!r} is no moment.", remedy, until=until)
    return Embargo(until=moment)


def _moment(written: str, zone: ZoneInfo) -> dt.datetime | None:
    """Date and time in the zone; None where the clocks never showed them."""
    if not _MOMENT.fullmatch(written):
        return None
    try:
        moment = dt.datetime.fromisoformat(written)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=zone)
        shown = moment.astimezone(dt.UTC).astimezone(moment.tzinfo)
    except (ValueError, OverflowError):
        return None
    if shown.replace(tzinfo=None) != moment.replace(tzinfo=None):
        return None
    return moment.astimezone(zone)


def _lists(form: Form, known: Collection[str]) -> tuple[str, ...]:
    named = form.texts("lists")
    for index, each in enumerate(named):
        if each not in known:
            raise form.refuse(
                ("lists", index),
                "there is no list {name!r}.",
                "Known are: {known} (recipients/lists.toml).",
                name=each,
                known=", ".join(known) or "none",
            )
    return named


def _attachments(
    form: Form, read_file: Callable[[str], bytes], language: Language
) -> tuple[Attachment, ...]:
    found: list[Attachment] = []
    for each in form.forms("attachments", "file"):
        attachment = _attachment(each, read_file, language)
        if any(attachment.archive_name.lower() == other.archive_name.lower() for other in found):
            remedy = "Rename one of them, so that each has a name of its own."
            facts = {"name": attachment.archive_name}
            raise each.refuse("file", "two attachments are called {name!r}.", remedy, **facts)
        found.append(attachment)
    return tuple(found)


def _attachment(form: Form, read_file: Callable[[str], bytes], language: Language) -> Attachment:
    path = form.text("file")
    name = path.replace("\\", "/").rpartition("/")[2]
    title = set_line(form.text("title", name.rpartition(".")[0] or name), language)
    form.close()
    try:
        content = read_file(path)
    except OSError as fault:
        remedy = "Put it beside the draft, or mend the name."
        sentence = "the file {path!r} cannot be read: {fault}."
        facts = {"path": path, "fault": fault.strerror or "it is not there"}
        raise form.refuse("file", sentence, remedy, **facts) from None
    if not content:
        remedy = "Put the right file in its place."
        raise form.refuse("file", "the file {path!r} is empty.", remedy, path=path)
    return Attachment(name, title, content)


def _statement(form: Form) -> Statement:
    written = form.optional("duration")
    duration = read_duration(written) if written else None
    if written and duration is None:
        remedy = "Write minutes and seconds, as in 0:34."
        raise form.refuse("duration", "{written!r} is no duration.", remedy, written=written)
    return Statement(
        person=form.text("person"),
        office=form.text("office", ""),
        city=form.text("city", ""),
        duration=duration,
        media=form.text("media", ""),
    )


def _issue(form: Form, language: Language) -> Issue:
    items = []
    for each in form.forms("items", "reference"):
        reference = each.text("reference")
        items.append(
            IssueItem(reference=reference, teaser=set_line(each.text("teaser", ""), language))
        )
        each.close()
    return Issue(tuple(items))
