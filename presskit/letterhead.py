"""Who speaks: the association and the fields that its letterhead carries for a release."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from presskit import german
from presskit.release import Contact, Release

_NOBODY = Contact(name="")


@dataclass(frozen=True, kw_only=True)
class Association:
    """The body that publishes, with what § 5 DDG and § 18 (2) MStV ask it to name."""

    name: str
    legal_form: str = ""
    address: tuple[str, ...] = ()
    phone: str = ""
    fax: str = ""
    email: str = ""
    web: str = ""
    register: str = ""
    represented_by: str = ""
    responsible: str = ""
    place: str = ""
    language: str = "de-DE"
    time_zone: str = "Europe/Berlin"


# The tags of a letterhead's fields, each with what it carries. Those of NEEDED must be there.
FIELDS: Mapping[str, str] = MappingProxyType(
    {
        "press.kind": "kind of text, such as Presseinformation",
        "press.sender.office": "office in whose name the contact writes",
        "press.contact.role": "label of the contact, such as Bearbeiterin",
        "press.contact.name": "name of the contact",
        "press.contact.email": "e-mail of the contact",
        "press.contact.phone": "phone of the contact",
        "press.contact.fax": "fax of the contact",
        "press.contact.initials": "initials of the contact",
        "press.reference": "number, such as P 309/2017",
        "press.file_reference": "file reference (Az)",
        "press.reference_label": "“Az”, where there is a file reference",
        "press.reference_line": "file reference, number and initials in one line",
        "press.date": "date, as 31.07.2017",
        "press.embargo": "notice of the embargo",
        "press.kicker": "line above the headline",
        "press.title": "headline",
        "press.association.name": "name of the association",
        "press.association.address": "address in one line",
        "press.association.phone": "phone of the association",
        "press.association.fax": "fax of the association",
        "press.association.email": "e-mail of the association",
        "press.association.web": "web address of the association",
    }
)
BODY = "press.body"
NEEDED = ("press.title", "press.date", BODY)
NEEDED_ONE_OF = ("press.reference", "press.reference_line")


def reference_line(release: Release) -> str:
    """``047.43 - P 309/2017 · Co``: file reference, number and initials, as far as there are."""
    contact = release.draft.contact or _NOBODY
    numbers = " - ".join(
        part for part in (file_references(release), str(release.reference)) if part
    )
    return " · ".join(part for part in (numbers, contact.initials) if part)


def file_references(release: Release) -> str:
    """Several file references in one line: ``047.43; ST862``."""
    return "; ".join(str(each) for each in release.draft.file_references)


def fields(release: Release, association: Association) -> dict[str, str]:
    """The text of every field for a release; an empty text where it has none."""
    draft = release.draft
    contact = draft.contact or _NOBODY
    embargo = draft.embargo.written(draft.language) if draft.embargo else ""
    return {
        "press.kind": draft.kind,
        "press.sender.office": contact.office,
        "press.contact.role": contact.role_label,
        "press.contact.name": contact.name,
        "press.contact.email": contact.email,
        "press.contact.phone": german.phone_number(contact.phone),
        "press.contact.fax": german.phone_number(contact.fax),
        "press.contact.initials": contact.initials,
        "press.reference": str(release.reference),
        "press.file_reference": file_references(release),
        "press.reference_label": "Az" if draft.file_references else "",
        "press.reference_line": reference_line(release),
        "press.date": german.short_date(draft.date),
        "press.embargo": embargo,
        "press.kicker": draft.kicker,
        "press.title": draft.title,
        "press.association.name": association.name,
        "press.association.address": ", ".join(association.address),
        "press.association.phone": german.phone_number(association.phone),
        "press.association.fax": german.phone_number(association.fax),
        "press.association.email": association.email,
        "press.association.web": association.web,
    }
