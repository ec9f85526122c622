"""The demo: an office from nothing to a release in its readers' hands, on this machine alone."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from pathlib import Path

from presskit.desk.found import found_office
from presskit.desk.publish import Publication, plan_publication, publish
from presskit.desk.send import Report, send
from presskit.dispatch.catcher import catching
from presskit.office import Office
from presskit.reporter import Reporter

CAUGHT = "caught-mail"
_DRAFTS = ("drafts/quartier-2020.md", "drafts/qr-10.md", "drafts/newsletter.md")


@dataclass(frozen=True, kw_only=True)
class Demonstration:
    """What the demo did; ``caught`` is the number of messages its mail catcher was given."""

    folder: Path
    publications: tuple[Publication, ...]
    report: Report
    caught: int


def fresh_folder(wanted: Path) -> Path:
    """The wanted folder, or the same name with the next number where it is taken."""
    folder, number = wanted, 1
    while folder.exists():
        number += 1
        folder = wanted.with_name(f"{wanted.name}-{number}")
    return folder


def demonstrate(folder: Path, who: str, reporter: Reporter) -> Demonstration:
    """Found an office, publish its samples, and send the release over SMTP on loopback."""
    found_office(folder)
    office = Office.open(folder)
    publications = tuple(
        publish(office, plan_publication(office, folder / name), who) for name in _DRAFTS
    )
    reference = str(publications[0].reference)
    with catching(folder / CAUGHT) as catcher:
        mail = dataclasses.replace(
            office.settings.mail,
            transport="smtp",
            host="127.0.0.1",
            port=catcher.port,
            security="none",
            user="",
        )
        settings = dataclasses.replace(office.settings, mail=mail)
        report = send(dataclasses.replace(office, settings=settings), reference, (), who, reporter)
        caught = catcher.caught
    return Demonstration(folder=folder, publications=publications, report=report, caught=caught)
