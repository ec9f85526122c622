"""What the archive says of a release in ``release.json``, in words that outlive presskit.

The keys are described in ``archive/README.md``. Personal data of recipients never stands here.
"""

from __future__ import annotations

import json
from typing import Any

from presskit.document import Code, CodeBlock, Document, Image, Node, Text, nodes, to_json
from presskit.letterhead import Association
from presskit.release import Contact, Release

SCHEMA = "presskit release 1"


def release_json(release: Release, association: Association, files: dict[str, str]) -> bytes:
    """The record of a release; ``files`` gives the role of each file of the bag."""
    draft = release.draft
    record: dict[str, Any] = {
        "schema": SCHEMA,
        "reference": str(release.reference),
        "series": release.reference.series,
        "number": release.reference.number,
        "year": release.reference.year,
        "version": release.version,
        "state": "published",
        "publisher": association.name,
        "kind": draft.kind,
        "title": draft.title,
        "kicker": draft.kicker,
        "subject": draft.subject,
        "language": draft.language,
        "date": draft.date.isoformat(),
        "published_at": release.published_at.isoformat(),
        "file_references": [str(each) for each in draft.file_references],
        "place": draft.place,
        "contact": _person(draft.contact) if draft.contact else None,
        "inquiries": [_person(each) for each in draft.inquiries],
        "issuers": list(draft.issuers),
        "embargo": _embargo(release),
        "lists": list(draft.lists),
        "attachments": [
            {"file": each.archive_name, "original_name": each.file_name, "title": each.title}
            for each in draft.attachments
        ],
        "pictures": [
            {"file": picture.file_name, "source": source}
            for source, picture in draft.pictures.items()
        ],
        "statement": _statement(release),
        "items": _items(release),
        "files": files,
    }
    return _json(record)


def tree_json(document: Document) -> bytes:
    """The text as the tree of :mod:`presskit.document`."""
    return _json(to_json(document))


def all_words(release: Release) -> str:
    """Every word of the release that somebody may remember, for look-ups."""
    draft = release.draft
    contact = draft.contact.name if draft.contact else ""
    numbers = " ".join(str(each) for each in draft.file_references)
    head = (draft.kind, draft.kicker, draft.title, draft.subject, numbers, contact)
    text = (_words(node) for node in nodes(Document(release.blocks())))
    return " ".join(part for part in (*head, *text) if part)


def _words(node: Node) -> str:
    match node:
        case Text(content) | Code(content) | CodeBlock(content):
            return content
        case Image(alt=alt, title=title):
            return f"{alt} {title}"
    return ""


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def _person(contact: Contact) -> dict[str, str]:
    return {name: value for name, value in vars(contact).items() if value}


def _embargo(release: Release) -> dict[str, str] | None:
    embargo = release.draft.embargo
    if embargo is None:
        return None
    if embargo.until is not None:
        return {"until": embargo.until.isoformat()}
    return {"event": embargo.event or ""}


def _statement(release: Release) -> dict[str, Any] | None:
    statement = release.draft.statement
    if statement is None:
        return None
    seconds = None if statement.duration is None else int(statement.duration.total_seconds())
    return {
        "person": statement.person,
        "office": statement.office,
        "city": statement.city,
        "seconds": seconds,
        "media": statement.media,
    }


def _items(release: Release) -> list[dict[str, str]] | None:
    issue = release.draft.issue
    if issue is None:
        return None
    return [
        {"reference": each.reference, "title": each.title, "teaser": each.teaser}
        for each in issue.items
    ]
