"""Import: Word files and pages of past releases become drafts; nothing is published or sent."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from pathlib import Path

from presskit import german
from presskit.errors import DraftError, Place
from presskit.intake.draft_file import DraftFile, write_draft
from presskit.intake.found import Found, Reading, Remark
from presskit.intake.past import read_past
from presskit.intake.word import read_word
from presskit.office import Office

_ZIP_OR_OLE = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0")
_WORD_ENDINGS = (".docx", ".dotx", ".docm", ".doc", ".dotm")
_MOST_WORD_BYTES = 200_000_000
_ORIGIN = re.compile(r"# imported from .* \(sha256:([0-9a-f]{64})\)")


@dataclass(frozen=True, kw_only=True)
class ImportPlan:
    """What an import would write: the draft's file, and the pictures beside it."""

    source: Path
    reading: Reading
    draft: DraftFile = field(repr=False)
    target: Path

    @property
    def found(self) -> tuple[Found, ...]:
        """Every value, in the order in which it was found."""
        return self.reading.found

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """What the person who imports should know."""
        return self.draft.remarks


def plan_import(office: Office, source: Path, folder: Path) -> ImportPlan:
    """Read a file and work out its draft; changes nothing.

    Bytes that were imported before are refused with the draft that has them.
    """
    content = _content(source)
    fingerprint = hashlib.sha256(content).hexdigest()
    earlier = _earlier(folder, fingerprint)
    if earlier is not None:
        raise DraftError(
            "it was imported before, as {draft}.",
            remedy="Go on with that one, or delete it first.",
            place=Place(str(source)),
            draft=office.shown(earlier),
        )
    is_word = content.startswith(_ZIP_OR_OLE) or source.suffix.lower() in _WORD_ENDINGS
    reading = read_word(content, source.name) if is_word else read_past(content, source.name)
    stem = german.ascii_name(source.stem)[:60].strip("-.").lower() or "import"
    target = _free(folder, stem)
    name = " ".join(source.name.split())
    origin = f"imported from {name} (sha256:{fingerprint})"
    draft = write_draft(reading, office.settings, target.stem, origin)
    return ImportPlan(source=source, reading=reading, draft=draft, target=target)


def carry_out_import(office: Office, plan: ImportPlan) -> Path:
    """Write the pictures and then the draft; never over a file that is there."""
    folder = plan.target.parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in plan.draft.pictures.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        with plan.target.open("x", encoding="utf-8", newline="\n") as file:
            file.write(plan.draft.text)
    except OSError as fault:
        raise DraftError(
            "the draft cannot be written: {fault}.",
            remedy="Make room or mend the rights of the folder.",
            place=Place(office.shown(plan.target)),
            fault=fault.strerror or str(fault),
        ) from None
    return plan.target


def _content(source: Path) -> bytes:
    try:
        size = source.stat().st_size
        if size > _MOST_WORD_BYTES:
            raise DraftError(
                "the file has more than {most} megabytes.",
                remedy="Make its pictures smaller, or import the text alone.",
                place=Place(str(source)),
                most=_MOST_WORD_BYTES // 1_000_000,
            )
        return source.read_bytes()
    except OSError as fault:
        raise DraftError(
            "the file cannot be read: {fault}.",
            remedy="Look for a slip in its name.",
            place=Place(str(source)),
            fault=fault.strerror or str(fault),
        ) from None


def _earlier(folder: Path, fingerprint: str) -> Path | None:
    """The draft that says it came from the same bytes."""
    for path in sorted(folder.glob("*.md")) if folder.is_dir() else ():
        with path.open("rb") as file:
            head = file.read(2000).decode("utf-8", "replace")
        found = _ORIGIN.search(head)
        if found and found[1] == fingerprint:
            return path
    return None


def _free(folder: Path, stem: str) -> Path:
    """A name for a draft that neither a draft nor a folder of pictures has."""
    number, name = 2, stem
    while (folder / f"{name}.md").exists() or (folder / name).exists():
        name, number = f"{stem}-{number}", number + 1
    return folder / f"{name}.md"
