"""Preview: every rendition of a draft to look at, marked “Entwurf”, without a number."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from presskit.desk.renditions import open_whole, rendered
from presskit.errors import DraftError
from presskit.office import Office
from presskit.reference import Reference
from presskit.wording import word


@dataclass(frozen=True, kw_only=True)
class Preview:
    """What was written to look at."""

    title: str
    files: tuple[Path, ...]


def preview(office: Office, path: Path, folder: Path) -> Preview:
    """Write the renditions into a folder, over those of an earlier preview; draws no number."""
    opened = open_whole(office, path)
    mark = word("draft", opened.draft.language)
    reference = Reference(opened.draft.series, 0, None, mark)
    renditions = rendered(office, opened, reference, mark=mark)
    files = {folder / f"{path.stem}{each.suffix}": each.content for each in renditions}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for file, content in files.items():
            file.write_bytes(content)
    except OSError as fault:
        raise DraftError(
            "the preview of {draft} cannot be written: {fault}.",
            remedy="Name another folder with --to.",
            draft=opened.shown,
            fault=fault.strerror,
        ) from None
    return Preview(title=opened.draft.title, files=tuple(files))
