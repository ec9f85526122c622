"""Drafts on the desk: opened from a file, or begun with a filled head."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path

from presskit import german
from presskit.errors import DraftError, Place
from presskit.intake.draft import Surroundings, read_draft
from presskit.office import Office
from presskit.reference import Series
from presskit.release import Draft


@dataclass(frozen=True, kw_only=True)
class OpenDraft:
    """A draft as read, with the bytes it was read from."""

    path: Path
    shown: str
    content: bytes = field(repr=False)
    draft: Draft


def open_draft(office: Office, path: Path) -> OpenDraft:
    """Read a draft; the files it names are looked for beside it."""
    shown = office.shown(path)
    content = read_bytes(office, path)
    draft = read_draft(content, shown, surroundings(office, path))
    return OpenDraft(path=path, shown=shown, content=content, draft=draft)


def read_bytes(office: Office, path: Path) -> bytes:
    """The bytes of a draft's file."""
    try:
        return path.read_bytes()
    except OSError as fault:
        raise DraftError(
            "the draft cannot be read: {fault}.",
            remedy="Look for a slip in its name; `presskit new TITLE` begins a draft.",
            place=Place(office.shown(path)),
            fault=fault.strerror,
        ) from None


def surroundings(office: Office, path: Path) -> Surroundings:
    """What a draft at a path may name."""
    return Surroundings(
        settings=office.settings,
        lists=office.lists,
        read_file=lambda name: (path.parent / name).read_bytes(),
    )


def begin_draft(office: Office, title: str, letter: str | None) -> Path:
    """Write a new draft with a filled head into ``drafts/``; never overwrites one."""
    series = _series(office, letter)
    if not any(each.isalnum() for each in title):
        raise DraftError("the title {title!r} has no words.", remedy="Name one.", title=title)
    folder = office.folder / "drafts"
    path = folder / f"{german.ascii_name(title)[:60].strip('-.').lower()}.md"
    try:
        if not folder.is_dir():
            folder.mkdir()
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(_head(office, series, title))
    except FileExistsError:
        raise DraftError(
            "there is a draft of this name already.",
            remedy="Open that one, or choose another title.",
            place=Place(office.shown(path)),
        ) from None
    except OSError as fault:
        raise DraftError(
            "the draft cannot be written: {fault}.",
            remedy="Make room or mend the rights of the folder.",
            place=Place(office.shown(path)),
            fault=fault.strerror,
        ) from None
    return path


def _series(office: Office, letter: str | None) -> Series:
    settings = office.settings
    if letter is None:
        return settings.default_series
    if letter.upper() not in settings.series:
        raise DraftError(
            "there is no series {letter!r}.",
            remedy="Known are: {known} (presskit.toml).",
            letter=letter,
            known=", ".join(settings.series),
        )
    return settings.series[letter.upper()]


def _head(office: Office, series: Series, title: str) -> str:
    contact = next(iter(office.settings.contacts), "")
    lines = {
        "release": (
            f"title: {_quoted(title)}",
            f"date: {office.now().date().isoformat()}",
            'file_reference: ""',
            f"contact: {contact}",
            f"place: {_quoted(office.settings.association.place)}",
            f"lists: [{', '.join(office.lists)}]",
        ),
        "newsletter": (
            f"title: {_quoted(title)}",
            f"date: {office.now().date().isoformat()}",
            f"lists: [{', '.join(office.lists)}]",
            "items:            # the releases of this issue, by their reference",
            "  - reference: ",
            "    teaser: ",
        ),
        "statement": (
            f"person: {_quoted(title)}",
            "office: ",
            "city: ",
            "duration: 0:00",
            f"date: {office.now().date().isoformat()}",
        ),
    }[series.kind]
    return "\n".join(("---", f"series: {series.letter}", *lines, "---", "", ""))


def _quoted(text: str) -> str:
    """Text as a YAML scalar: a JSON string is one (YAML 1.2)."""
    return json.dumps(" ".join(text.split()), ensure_ascii=False)
