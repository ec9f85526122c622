"""A draft made ready to be rendered, and rendered under a reference; its faults named by line."""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Iterator
from pathlib import Path

from presskit.desk.drafts import OpenDraft, open_draft
from presskit.errors import DraftError, NumberError, Place, UnsupportedError
from presskit.newsletter import Issue, IssueItem
from presskit.office import Office
from presskit.reference import Reference
from presskit.release import Release
from presskit.render import Rendition, render_all


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
