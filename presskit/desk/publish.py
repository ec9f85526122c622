"""Publish: a draft gets its number, its renditions and its bag."""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from presskit.archive import filing, numbers
from presskit.archive.filing import FiledFile
from presskit.database import reading
from presskit.desk.drafts import OpenDraft, open_draft
from presskit.errors import DraftError, NumberError, Place, UnsupportedError
from presskit.newsletter import Issue, IssueItem
from presskit.office import Office
from presskit.reference import Reference
from presskit.release import Draft, Release
from presskit.render import Rendition, render_all


@dataclass(frozen=True, kw_only=True)
class PublicationPlan:
    """What publishing would do: the reference it would give, and the renditions under it."""

    opened: OpenDraft
    draft: Draft
    expected: Reference
    renditions: tuple[Rendition, ...]


@dataclass(frozen=True, kw_only=True)
class Publication:
    """What was published and where it lies; ``folder`` is the bag's."""

    reference: Reference
    title: str
    folder: Path
    renditions: tuple[Rendition, ...]


def plan_publication(office: Office, path: Path) -> PublicationPlan:
    """Read, resolve and render a draft as it would be published now; changes nothing."""
    opened = open_draft(office, path)
    draft = _with_items(office, opened)
    series = office.settings.series[draft.series]
    with reading(office.database) as connection, _at_key(opened, "reference"):
        expected = numbers.expected(connection, series, draft.reference, draft.date.year)
    release = Release(draft=draft, reference=expected, published_at=office.now())
    try:
        renditions = render_all(release, office.house)
    except UnsupportedError as fault:
        line = fault.place.line if fault.place else None
        place = Place(opened.shown, line)
        raise DraftError(fault.sentence, remedy=fault.remedy, place=place, **fault.facts) from None
    return PublicationPlan(opened=opened, draft=draft, expected=expected, renditions=renditions)


def publish(office: Office, plan: PublicationPlan, who: str) -> Publication:
    """Draw the number and file the release under it, whole or not at all."""
    draft = plan.draft
    now = office.now()
    drawing = numbers.Drawing(who=who, at=now, year=draft.date.year, why=filing.PUBLICATION)
    series = office.settings.series[draft.series]
    with filing.publication(
        office.database, office.archive_folder, series, drawing, draft.reference
    ) as slot:
        release = Release(draft=draft, reference=slot.reference, published_at=now)
        renditions = render_all(release, office.house)
        contents = _contents(plan.opened, release, renditions)
        slot.file(release, office.settings.association, contents)
    return Publication(
        reference=release.reference,
        title=draft.title,
        folder=office.archive_folder / filing.bag_place(release),
        renditions=renditions,
    )


def _contents(
    opened: OpenDraft, release: Release, renditions: Sequence[Rendition]
) -> tuple[FiledFile, ...]:
    source = f"{release.reference.file_name}{opened.path.suffix.lower() or '.md'}"
    return (
        FiledFile(source, filing.SOURCE, opened.content),
        *(FiledFile(each.file_name, each.format, each.content) for each in renditions),
        *(
            FiledFile(each.archive_name, filing.ATTACHMENT, each.content, each.file_name)
            for each in release.draft.attachments
        ),
    )


@contextlib.contextmanager
def _at_key(opened: OpenDraft, key: str) -> Iterator[None]:
    """Say of a number's fault where in the draft it stands."""
    try:
        yield
    except NumberError as fault:
        place = opened.draft.where(opened.shown, key)
        raise NumberError(fault.sentence, remedy=fault.remedy, place=place, **fault.facts) from None


def _with_items(office: Office, opened: OpenDraft) -> Draft:
    """The draft, its newsletter items told what the archive knows of them."""
    draft = opened.draft
    if draft.issue is None:
        return draft
    items = tuple(_resolved(office, opened, each) for each in draft.issue.items)
    return dataclasses.replace(draft, issue=Issue(items))


def _resolved(office: Office, opened: OpenDraft, item: IssueItem) -> IssueItem:
    with _at_key(opened, "items"):
        found = office.catalogue.one(item.reference)
    return item.resolved(found.reference, found.title, found.date, "")
