"""A draft made ready to be rendered, and rendered under a reference; its faults named by line."""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Iterator, Sequence
from pathlib import Path

from presskit.desk.drafts import OpenDraft, open_draft
from presskit.dispatch.mime import read_mailbox
from presskit.dispatch.skeleton import Enclosure, FiledMail, compile_skeleton
from presskit.errors import DraftError, NumberError, Place, UnsupportedError
from presskit.newsletter import Issue, IssueItem
from presskit.office import Office
from presskit.people import DistributionList
from presskit.reference import Reference
from presskit.release import Release
from presskit.render import Rendition, render_all
from presskit.render.pictures import mail_parts
from presskit.settings import FILE_NAME

_MAILED = ("mail", "text")


def open_whole(office: Office, path: Path) -> OpenDraft:
    """Read a draft, its newsletter items told what the archive knows of them."""
    return resolved(office, open_draft(office, path))


def resolved(office: Office, opened: OpenDraft) -> OpenDraft:
    """The draft with its newsletter items told what the archive knows of them."""
    if opened.draft.issue is None:
        return opened
    items = tuple(_resolved(office, opened, each) for each in opened.draft.issue.items)
    draft = dataclasses.replace(opened.draft, issue=Issue(items))
    return dataclasses.replace(opened, draft=draft)


def rendered(
    office: Office, opened: OpenDraft, reference: Reference, *, mark: str = ""
) -> tuple[Rendition, ...]:
    """Every rendition of a draft as if it were published now under a reference."""
    release = Release(draft=opened.draft, reference=reference, published_at=office.now(), mark=mark)
    try:
        return render_all(release, office.house)
    except UnsupportedError as fault:
        place = Place(opened.shown, fault.place.line if fault.place else None)
        raise DraftError(fault.sentence, remedy=fault.remedy, place=place, **fault.facts) from None


def message_size(office: Office, release: Release, renditions: Sequence[Rendition]) -> int:
    """How many octets one message with a release has, but for what it says of its recipient."""
    contents = {each.format: each.content.decode() for each in renditions if each.format in _MAILED}
    parts = (each for each in mail_parts(release, office.house) if each.content_id)
    mail = FiledMail(
        subject=release.mail_subject,
        sender=read_mailbox(office.settings.mail.sender, Place(FILE_NAME, None, "mail.from")),
        reply_to=("", ""),
        language=release.draft.language,
        html=contents["mail"],
        text=contents["text"],
        enclosures=tuple(
            Enclosure(
                file_name=each.file_name,
                media_type="application/octet-stream",
                content=each.content,
            )
            for each in release.draft.attachments
        ),
        parts=tuple(
            Enclosure(
                file_name=each.file_name,
                media_type=each.media_type,
                content=each.content,
                content_id=each.content_id,
            )
            for each in parts
        ),
        key="",
    )
    anybody = DistributionList(key="list", title="", file="", basis="press")
    return compile_skeleton(mail, anybody).octets


@contextlib.contextmanager
def at_key(opened: OpenDraft, key: str) -> Iterator[None]:
    """Say of a number's fault where in the draft it stands."""
    try:
        yield
    except NumberError as fault:
        place = opened.draft.where(opened.shown, key)
        raise NumberError(fault.sentence, remedy=fault.remedy, place=place, **fault.facts) from None


def _resolved(office: Office, opened: OpenDraft, item: IssueItem) -> IssueItem:
    with at_key(opened, "items"):
        found = office.catalogue.one(item.reference)
    return item.resolved(found.reference, found.title, found.date, "")
