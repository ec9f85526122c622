"""Twins and samples for tests: what presskit's own tests use, and what users' tests may use."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from presskit.dispatch.envelope import Envelope, Outcome
from presskit.document import Document, Emphasis, Link, Paragraph, Text
from presskit.letterhead import Association
from presskit.reference import Series
from presskit.release import Attachment, Contact, Draft, FileReference, Release

BERLIN = ZoneInfo("Europe/Berlin")

PRESS = Series(letter="P", pattern="P {number}/{year}", start=309)

ASSOCIATION = Association(
    name="Städtetag Baden-Württemberg",
    legal_form="eingetragener Verein",
    phone="0711 22921-0",
    fax="0711 22921-42",
    web="https://www.staedtetag-bw.de",
    place="Stuttgart",
)

CONZEN = Contact(
    name="Christiane Conzen",
    role_label="Bearbeiterin",
    office="Geschäftsführendes Vorstandsmitglied",
    email="christiane.conzen@staedtetag-bw.de",
    phone="0711 22921-48",
    fax="0711 22921-42",
    initials="Co",
)

FISCHER = Contact(
    name="Simone Fischer",
    office="Fachberatung Inklusion beim Städtetag Baden-Württemberg",
    email="simone.fischer@staedtetag-bw.de",
    phone="0711 22921-33",
)


def sample_draft(**changes: object) -> Draft:
    """A short draft with the facts of the release of 31 July 2017."""
    text = Document(
        (
            Paragraph(
                (
                    Text("Der Städtetag freut sich über "),
                    Emphasis((Text("147 Bewerbungen"),)),
                    Text(" beim landesweiten Quartierswettbewerb."),
                )
            ),
            Paragraph(
                (
                    Text("Mehr dazu: "),
                    Link((Text("Inklusive Quartiere"),), "https://www.inklusive-quartiere.de"),
                )
            ),
        )
    )
    values: dict[str, object] = {
        "series": "P",
        "kind": "Presseinformation",
        "title": "Statement zum Bewerbungsschluss „Quartier 2020“",
        "subject": "Statement zum Bewerbungsschluss „Quartier 2020“",
        "date": dt.date(2017, 7, 31),
        "contact": CONZEN,
        "file_references": (FileReference("047.43"),),
        "inquiries": (FISCHER,),
        "place": "Stuttgart",
        "text": text,
        "attachments": (
            Attachment("Übersicht der Städte.pdf", "Übersicht der Städte", b"%PDF-1.7\n"),
        ),
    }
    return Draft(**{**values, **changes})  # type: ignore[arg-type]


def sample_release(number: int = 309, **changes: object) -> Release:
    """The sample draft as the release P 309/2017."""
    return Release(
        draft=sample_draft(**changes),
        reference=PRESS.reference(number, 2017),
        published_at=dt.datetime(2017, 7, 31, 10, 0, tzinfo=BERLIN),
    )


def accept(_envelope: Envelope) -> Outcome:
    """What a recording transport answers unless it is told otherwise."""
    return Outcome(state="accepted", code=250, reply="recorded")


@dataclass
class RecordingTransport:
    """A transport that keeps what it is given; ``answer`` decides each outcome."""

    answer: Callable[[Envelope], Outcome] = accept
    carried: list[tuple[Envelope, bytes]] = field(default_factory=list)
    name: str = "the recording"

    def open(self) -> RecordingTransport:
        """It is its own line."""
        return self

    def carry(self, envelope: Envelope, message: bytes) -> Outcome:
        """Keep an accepted message."""
        outcome = self.answer(envelope)
        if outcome.state in ("accepted", "uncertain"):
            self.carried.append((envelope, message))
        return outcome

    def close(self) -> None:
        """Nothing is held open."""
