"""Publish: a draft gets its number, its renditions and its bag."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from presskit.archive import filing, numbers
from presskit.archive.filing import FiledFile
from presskit.database import reading
from presskit.desk.check import refuse_what_forbids
from presskit.desk.drafts import OpenDraft
from presskit.desk.renditions import at_key, open_whole, rendered
from presskit.office import Office
from presskit.reference import Reference
from presskit.release import Draft, Release
from presskit.render import Rendition, render_all
from presskit.render.pictures import MailPart, mail_parts


@dataclass(frozen=True, kw_only=True)
class PublicationPlan:
    """What publishing would do: the reference it would give, and the renditions under it."""

    opened: OpenDraft
    expected: Reference
    renditions: tuple[Rendition, ...]

    @property
    def draft(self) -> Draft:
        """What would be published."""
        return self.opened.draft


@dataclass(frozen=True, kw_only=True)
class Publication:
    """What was published and where it lies; ``folder`` is the bag's."""

    reference: Reference
    title: str
    folder: Path
    renditions: tuple[Rendition, ...]


def plan_publication(office: Office, path: Path) -> PublicationPlan:
    """Read, resolve and render a draft as it would be published now; changes nothing.

    What a check finds to forbid publishing is refused.
    """
    opened = open_whole(office, path)
    draft = opened.draft
    series = office.settings.series[draft.series]
    with reading(office.database) as connection, at_key(opened, "reference"):
        expected = numbers.expected(connection, series, draft.reference, draft.date.year)
    renditions = rendered(office, opened, expected)
    refuse_what_forbids(office, opened, renditions)
    return PublicationPlan(opened=opened, expected=expected, renditions=renditions)


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
        parts = mail_parts(release, office.house)
        contents = _contents(plan.opened, release, renditions, parts)
        slot.file(release, office.settings.association, contents)
    return Publication(
        reference=release.reference,
        title=draft.title,
        folder=office.archive_folder / filing.bag_place(release),
        renditions=renditions,
    )


def _contents(
    opened: OpenDraft,
    release: Release,
    renditions: Sequence[Rendition],
    parts: Sequence[MailPart],
) -> tuple[FiledFile, ...]:
    draft_name = f"{release.reference.file_name}{opened.path.suffix.lower() or '.md'}"
    return (
        FiledFile(draft_name, filing.SOURCE, opened.content),
        *(FiledFile(each.file_name, each.format, each.content) for each in renditions),
        *(
            FiledFile(each.archive_name, filing.ATTACHMENT, each.content, each.file_name)
            for each in release.draft.attachments
        ),
        *(
            FiledFile(each.file_name, filing.PICTURE, each.content, source)
            for source, each in release.draft.pictures.items()
        ),
        *(
            FiledFile(each.file_name, filing.MAIL_PART, each.content, each.content_id)
            for each in parts
        ),
    )
